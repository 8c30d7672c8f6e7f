"""All sentences that the code says, to see which a catalogue lacks.

`python -m rom_vision.language.gather` brings the catalogues up to date: what is said anew stands in them without a
translation, what is not said any more is gone.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from rom_vision.language.catalogues import FOLDER, of_domain
from rom_vision.language.spoken_now import ENGLISH, LANGUAGES

PACKAGE = FOLDER.parent
PAGES = PACKAGE / "dashboard"
SPEAKS = {"say", "Text", "Texts"}

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Sentence = tuple[str, str]
"""In English, and the context that tells it apart from others of the same words."""


def said_in_code(folder: Path) -> dict[Sentence, list[str]]:
    """Each sentence that `say`, `Text` or `Texts` is given below a folder, with the files in which that is."""
    found: dict[Sentence, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("*.py")):
        for call in _calls(ast.parse(file.read_text())):
            context = call.args[1].value if len(call.args) > 1 and isinstance(call.args[1], ast.Constant) else ""
            for english in _literals(call.args[0]):
                found[english, str(context)].append(file.relative_to(folder).as_posix())
    return found


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.value if isinstance(node.func, ast.Subscript) else node.func
            if isinstance(name, ast.Name) and name.id in SPEAKS:
                yield node


def _literals(told: ast.expr) -> Iterator[str]:
    """The texts of an argument; none where it is a variable, whose texts stand elsewhere."""
    match told:
        case ast.Constant(value=str(english)):
            yield from [english] if english else []
        case ast.IfExp():
            yield from _literals(told.body)
            yield from _literals(told.orelse)
        case ast.Dict():
            for value in told.values:
                yield from _literals(value)
        case ast.JoinedStr():
            raise ValueError(f"line {told.lineno}: an f-string is in no catalogue; give say() its values")


def update(language: str, domain: str, said: Mapping[Sentence, list[str]]) -> None:
    """Write a catalogue anew: with all that is said, and the translations that it had."""
    path = FOLDER / language / f"{domain}.po"
    with path.open("rb") as file:
        before = read_po(file, locale=language)
    after = Catalog(locale=language)
    for (english, context), files in sorted(said.items(), key=lambda one: one[1][0]):
        known = before.get(english, context or None)
        string = known.string if known and not known.fuzzy else ""
        after.add(english, string, context=context or None, locations=[(files[0], 0)])
    with path.open("wb") as file:
        file.write(HEADER.format(language=language).encode())
        write_po(file, after, width=115, include_lineno=False, omit_header=True)


if __name__ == "__main__":
    for code in LANGUAGES:
        if code != ENGLISH:
            below = of_domain(code, "clinical")
            update(code, "pages", {one: files for one, files in said_in_code(PAGES).items() if one not in below})
