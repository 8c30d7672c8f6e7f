"""What is said in which language."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rom_vision import language
from rom_vision.language import Text, Texts, catalogues, gather, kept, read_back, say, speaking

PO = """
msgid ""
msgstr "Language: de\\n"

msgid "Back"
msgstr "Zurück"

msgctxt "the body"
msgid "Back"
msgstr "Rücken"

msgid "left"
msgstr "links"

msgid "Turned by {deg:.1f}° after {name}."
msgstr "Nach {name} um {deg:.1f}° gedreht."

msgid "The {joint} was hidden in {hidden} of {total} frames ({side})."
msgstr "In {hidden} von {total} Bildern war {joint} verdeckt ({side})."

#, fuzzy
msgid "Knee"
msgstr "Knie?"
"""


class Words:
    BACK = Text("Back")
    OF_THE_BODY = Text("Back", "the body")
    SIDES = Texts({"left": "left", "right": "right"})


@pytest.fixture(autouse=True)
def small_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "pages.po").write_text(PO)
    (tmp_path / "de" / "clinical.po").write_text('msgid ""\nmsgstr "Language: de\\n"\n')
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    _forget()
    yield
    _forget()


def _forget() -> None:
    catalogues.catalogue.cache_clear()
    kept._shapes.cache_clear()


def test_a_sentence_is_said_in_the_language_of_the_moment() -> None:
    words = Words()
    assert (words.BACK, say("{n} done", n=3)) == ("Back", "3 done")
    with speaking("de"):
        assert (words.BACK, words.OF_THE_BODY) == ("Zurück", "Rücken")
        json.dumps(words.SIDES)  # as it goes to a browser's script
        assert list(words.SIDES.items()) == [("left", "links"), ("right", "right")], (
            "what is missing stays English"
        )
        assert say("Turned by {deg:.1f}° after {name}.", deg=1234.56, name="A. 1.5") == (
            "Nach A. 1.5 um 1234,6° gedreht."
        )
        assert say("Knee") == "Knee", "a guess is no translation"
    assert words.BACK == "Back"
    with speaking("xx"):
        assert words.BACK == "Back"


def test_what_was_kept_in_english_is_read_back() -> None:
    hidden = "The knee was hidden in 3 of 40 frames (left)."
    assert read_back(hidden) == hidden
    with speaking("de"):
        assert read_back(hidden) == "In 3 von 40 Bildern war knee verdeckt (links)."
        assert read_back("Turned by 12.5° after Back.") == "Nach Zurück um 12,5° gedreht."
        assert read_back("Turned by much° after it.") == "Turned by much° after it."
        assert read_back("A note of my own.") == "A note of my own."
        assert read_back("") == ""


def test_dates_and_numbers_are_written_as_the_language_writes_them() -> None:
    on = date(2026, 3, 5)

    def written() -> tuple[str, ...]:
        return (
            language.date_text(on), language.short_date_text(on), language.short_date_text(on, with_year=False),
            language.month_text(on), language.weekday_text(on), language.number_text(3.5, ".1f"),
        )  # fmt: skip

    assert written() == ("5 March 2026", "5 Mar 2026", "5 Mar", "March 2026", "Thursday", "3.5")
    with speaking("de"):
        assert written() == ("05.03.2026", "5. März 2026", "5. März", "März 2026", "Donnerstag", "3,5")


def test_a_thread_that_was_told_nothing_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rom_vision.language.spoken_now._ask", lambda: "de")
    assert say("Back") == "Zurück"
    with speaking("en"):
        assert say("Back") == "Back"


def test_sentences_are_gathered_from_the_code(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text(
        "from rom_vision.language import say\n"
        "A = Text('One')\nB = Texts[str]({'a': 'Two', 'b': 'Thr' 'ee'}, 'of a clock')\n"
        "say('many' if n else 'few', n=n)\nsay(known)\n"
    )
    assert list(gather.said_in_code(tmp_path)) == [
        ("One", ""), ("Two", "of a clock"), ("Three", "of a clock"), ("many", ""), ("few", ""),
    ]  # fmt: skip
    (tmp_path / "words.py").write_text("say(f'{n} done')")
    with pytest.raises(ValueError, match="f-string"):
        gather.said_in_code(tmp_path)
