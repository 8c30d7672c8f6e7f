"""The layers below the pages in German: nothing is missing, what is kept stays English and is read back."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import get_args, get_type_hints

import pytest
from test_quality import abduction, judged, push

from rom_vision import movements, neck, passive, quality
from rom_vision.exchange import captions, client_index
from rom_vision.language import gather, read_back, speaking
from rom_vision.language.catalogues import of_domain
from rom_vision.movements import movement_test
from rom_vision.movements.said import _Said
from rom_vision.records import Chart, Client

GERMAN = of_domain("de", "clinical")
LOADERS = [
    getattr(movements, name) for name in movements.__all__ if name.startswith("load_") and "codes" not in name
]


ENGLISH_WORDS = re.compile(r"\b(the|is|by|of|from|with|and|to)\b", re.IGNORECASE)
VALUES = {
    "_limb": "left knee", "_percent": "30 %", "part": "left arm",
    "film": movement_test("knee_flexion").film, "where": " at the end of its range",
    "stood": "", "others": "2", "if deg": "bent forward", "STAND": passive.STAND,
}  # fmt: skip
"""What may stand in a sentence, by what the code calls it."""


def places(sentence: str) -> set[str]:
    return {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(sentence) if name is not None}


def texts(entry: object) -> Iterator[str]:
    """All of an entry that is said, and of the facts within it."""
    for kind in type(entry).__mro__:
        for name, found in vars(kind).items():
            value = getattr(entry, name, None) if isinstance(found, _Said) else None
            yield from (value if isinstance(value, tuple) else [value] if value else [])
    for name in getattr(entry, "__dataclass_fields__", {}):
        value = getattr(entry, name)
        for one in value if isinstance(value, tuple) else [value]:
            if isinstance(one, movements.Fact):
                yield from texts(one)


@pytest.mark.parametrize("load", LOADERS)
def test_every_text_of_the_data_has_its_german(load) -> None:
    missing = {text for entry in load().values() for text in texts(entry) if (text, "") not in GERMAN}
    assert not missing


def test_joints_motions_sides_modes_and_end_feels_have_theirs() -> None:
    tests = movements.load_catalogue().values()
    said = {*movements.SIDES, *movements.MODES, *(test.joint for test in tests), *(test.motion for test in tests)}
    said |= {test.end_feel.feel for test in tests if test.end_feel}
    assert {word for word in said if (word, "") not in GERMAN} == set()


def test_every_field_that_is_kept_of_a_client_has_its_german_name() -> None:
    kept = [Client, *(get_args(get_type_hints(Chart)[kind])[0] for kind in client_index.KINDS)]
    names = {field.name for kind in kept for field in fields(kind)} - client_index.UNTOLD | {*client_index.KINDS}
    in_words = {(name.replace("_", " ").capitalize(), "a field of the record") for name in names}
    assert in_words - GERMAN.keys() == set()


def test_all_that_these_layers_say_has_its_german() -> None:
    said = gather.said_in_code(gather.PACKAGE)
    below = {one for one, files in said.items() if any(not file.startswith("dashboard") for file in files)}
    assert below - GERMAN.keys() - of_domain("de", "pages").keys() == set()


def test_a_sentence_and_its_german_have_the_same_places() -> None:
    assert [english for (english, _), said in GERMAN.items() if places(english) != places(said)] == []


@pytest.mark.parametrize("module", [quality, passive, neck])
def test_whatever_is_doubted_can_be_read_back(module) -> None:
    with speaking("de"):
        english = [one for one in doubts(Path(module.__file__)) if ENGLISH_WORDS.search(read_back(one))]
    assert english == []


def doubts(file: Path) -> Iterator[str]:
    """What a problem may say in a file, as message or remedy, with something in its places."""
    for call in ast.walk(ast.parse(file.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            given = call.args[1:3] if call.func.id in {"_problem", "_doubt"} else []
            given += [word.value for word in call.keywords if word.arg in {"message", "remedy"}]
            for text in given:
                if isinstance(text, ast.Constant | ast.JoinedStr):
                    yield "".join(map(filled, getattr(text, "values", [text])))


def filled(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    value = ast.unparse(part.value)
    return "12" if part.format_spec else next(said for name, said in VALUES.items() if name in value)


def test_a_measurement_made_in_german_is_kept_in_english_and_read_back() -> None:
    with speaking("de"):
        measurement = judged(push(drift_deg=-20), mode="resisted")
        (drift,) = measurement.problems
        assert drift.message.startswith("The left shoulder moved by ")
        assert re.match(
            r"Die linke Schulter bewegte sich beim Halten um \d+°, mehr als die 10°", captions.warning(drift)
        )
        asked = judged(abduction(azimuth=90)).problems[0]
        assert read_back(asked.remedy) == movement_test("shoulder_abduction").film != asked.remedy
    assert asked.remedy == movement_test("shoulder_abduction").film
