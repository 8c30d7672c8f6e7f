"""Whatever the pages say, they can say in every language."""

from collections.abc import Iterator
from string import Formatter
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from rom_vision.capture.landmarks import Point
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_result import words_result
from rom_vision.language import ENGLISH, LANGUAGES, gather, speaking
from rom_vision.language.catalogues import catalogue, of_domain
from rom_vision.records import (
    Consent,
    Exercise,
    Goal,
    History,
    MovementFinding,
    PalpationFinding,
    Referral,
    Session,
    Treatment,
)

ENTRIES = (
    Consent, Exercise, Goal, History, MovementFinding, PalpationFinding, Referral, Session, Treatment
)  # fmt: skip
OTHERS = [language for language in LANGUAGES if language != ENGLISH]


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_of_the_pages_lacks_its_translation(language: str) -> None:
    said = gather.said_in_code(gather.PAGES).keys()
    missing = said - catalogue(language).keys()
    assert not missing, "write them into pages.po (`python -m rom_vision.language.gather` puts them there)"
    assert not of_domain(language, "pages").keys() - said, "nobody says them any more"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_places_of_its_sentence(language: str) -> None:
    for (english, _), said in of_domain(language, "pages").items():
        assert _places(english) == _places(said), english


@pytest.mark.parametrize("language", OTHERS)
def test_every_choice_and_every_joint_has_a_name(language: str) -> None:
    choices = {value for kind in ENTRIES for hint in get_type_hints(kind).values() for value in _values(hint)}
    with speaking(language):
        names = {value: words_record.choice(value) for value in sorted(choices)}
        names |= {point.name: words_result.joint(point) for point in Point}
    same = {value for value, name in names.items() if name.lower() == value.lower().replace("_", " ")}
    assert same <= {"film", "goniometer", "massage"}, "the same in both languages"


def _places(sentence: str) -> set[tuple[str, str | None]]:
    return {(name, spec) for _, name, spec, _ in Formatter().parse(sentence) if name is not None}


def _values(hint: Any) -> Iterator[str]:
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    else:
        for part in get_args(hint):
            yield from _values(part)
