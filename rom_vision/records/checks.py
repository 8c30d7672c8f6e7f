"""What no client and no entry can be: each nonsense gets a sentence.

A field's own limits are read from its type; what fields have to do with each other stands here, kind by kind.
"""

import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import singledispatch
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from rom_vision.edits import SETTING, by_hand
from rom_vision.errors import RecordError, RomVisionError
from rom_vision.measure import check_fits
from rom_vision.movements import Mode, Side, entry_of, load_muscles, load_red_flags, load_regions, movement_test
from rom_vision.records.clinical import Consent, Exercise, Goal, History, Letter, Limit, Referral
from rom_vision.records.entry import Between, Entry
from rom_vision.records.findings import MovementFinding, PalpationFinding, Session, Treatment
from rom_vision.records.kept import Client, Correction, KeptMeasurement

LONGEST = 20_000  # letters: some ten pages
OLDEST_YEARS = 130
FIRST_YEAR, LAST_YEAR = 1880, 2200
ICD10 = re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?")
SHA256 = re.compile(r"[0-9a-f]{64}")
LEVEL = re.compile(r"C[1-8]|T([1-9]|1[0-2])|L[1-5]|S[1-5]")
TRIGGER_POINTS = {"trigger_point_active", "trigger_point_latent"}
WITH_LEVEL = {"dermatome", "spinal_segment"}


def check(kept: Client | Entry | KeptMeasurement | Correction) -> None:
    """Whether it can be.

    Raises:
        RecordError: it can't; says what, and what to do.
        UsageError: there is no such movement test, or not with that side or mode.
        TypeError: a field holds what its type does not.
    """
    check_fields(kept)
    _check_together(kept)


def check_fields(kept: object) -> None:
    """Whether each field, by itself, can be what it is.

    Raises:
        RecordError: it can't; says what, and what to do.
        TypeError: a field holds what its type does not.
    """
    for name, hint in _hints(type(kept)).items():
        _check_field(name, getattr(kept, name), hint)


def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _check_field(name: str, value: object, hint: Any) -> None:
    choices = get_args(hint)
    if type(None) in choices and value is None:
        return
    if type(None) in choices:
        hint = choices[0]
    origin = get_origin(hint)
    if origin is tuple and isinstance(value, tuple):
        for each in value:
            _check_field(name, each, get_args(hint)[0])
    elif origin is Mapping and isinstance(value, Mapping):
        for each in (text for item in value.items() for text in item if isinstance(text, str)):
            _check_text(name, each)
    elif origin is Literal:
        _check_choice(name, value, get_args(hint))
    elif origin is Annotated:
        _check_number(name, value, *get_args(hint))
    elif isinstance(value, hint):
        _check_plain(name, value)
    else:
        raise TypeError(f"{name}: expected {hint}, got {value!r}")


def _check_plain(name: str, value: object) -> None:
    if is_dataclass(value):
        check_fields(value)
    elif isinstance(value, str):
        _check_text(name, value)
    elif isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise RecordError(f"The day {value} can't be ({_said(name)}).", remedy="Correct the year.")


def _check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise RecordError(f"There is no {_said(name)} {value!r}.", remedy=f"Choose one of: {', '.join(choices)}.")


def _check_number(name: str, value: object, kind: type, between: Between) -> None:
    whole = kind is int
    if isinstance(value, bool) or not isinstance(value, (int,) if whole else (int, float)):
        raise RecordError(f"{value!r} is no {'whole ' * whole}number ({_said(name)}).", remedy="Give a number.")
    if not between.low <= value <= between.high:
        raise RecordError(
            f"{value:g} can't be ({_said(name)}).",
            remedy=f"Give a number from {between.low:g} to {between.high:g}.",
        )


def _check_text(name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise RecordError(f"{len(text)} letters are too many ({_said(name)}).", remedy=f"Give at most {LONGEST}.")
    if any(not letter.isprintable() and letter not in "\n\t" and not letter.isspace() for letter in text):
        raise RecordError(f"There are letters that can't be read ({_said(name)}).", remedy="Take them out.")


def _said(name: str) -> str:
    """A field's name in words: without its unit, which the remedy's limits show."""
    return re.sub(r"_(deg|id|m|kg|n)$", "", name).replace("_", " ").strip()


@singledispatch
def _check_together(kept: object) -> None:
    raise NotImplementedError(type(kept))


@_check_together.register
def _(kept: Client) -> None:
    _need(kept.name, "The client has no name.", "Give a name, or a letter if it must not be known.")
    if kept.birth_date and not 0 <= (date.today() - kept.birth_date).days <= OLDEST_YEARS * 366:
        raise RecordError(f"Nobody alive was born on {kept.birth_date}.", remedy="Correct the birth date.")


@_check_together.register
def _(kept: KeptMeasurement) -> None:
    _check_test(kept.movement, kept.side, kept.mode)
    if (kept.peak_deg is None) != (kept.uncertainty_deg is None) or not (kept.accepted or kept.peak_deg is None):
        raise RecordError(
            "A peak has its uncertainty, and only an accepted measurement has a peak.", remedy="Measure it again."
        )
    if not SHA256.fullmatch(kept.provenance.video_sha256):
        raise RecordError("The video's digest can't be.", remedy="Measure it again.")
    _check_edits(kept.provenance.settings)


@_check_together.register
def _(kept: Correction) -> None:
    _check_test(kept.movement, kept.side, kept.mode)
    _check_edits({SETTING: kept.changed})


def _check_edits(settings: Mapping[str, float | str | None]) -> None:
    try:
        by_hand(settings)
    except (ValueError, KeyError, TypeError, AttributeError, RomVisionError) as problem:
        raise RecordError("What was edited by hand can't be read.", remedy="Measure it again.") from problem


@_check_together.register
def _(kept: Consent) -> None:
    if kept.purpose == "other":
        _need(kept.note, "The consent does not say what for.", "Say it in the note.")
    _in_order(kept.given_on, kept.withdrawn_on, "The consent is withdrawn before it is given.")


@_check_together.register
def _(kept: Referral) -> None:
    _need(kept.physician, "The referral has no physician.", "Say who ordered.")
    _in_order(kept.written_on, kept.valid_until, "The referral ends before it is written.")
    for code in kept.icd10:
        if not ICD10.fullmatch(code):
            raise RecordError(f"{code} is no ICD-10 code.", remedy="Write it like M75.41.")
    _check_other(kept.other_technique, kept.techniques)


@_check_together.register
def _(kept: History) -> None:
    _need(kept.what, "The history does not say what it was.", "Say it in a few words.")
    if kept.on is not None and kept.age_years is not None:
        raise RecordError("The history has both a day and an age.", remedy="Give one of them.")
    _check_region(kept.region)
    for limit in kept.limits:
        _check_limit(limit)


def _check_limit(limit: Limit) -> None:
    test = movement_test(limit.movement)
    check_fits(test, limit.side or ("left" if test.sided else None), limit.mode or "active")


@_check_together.register
def _(kept: Goal) -> None:
    _need(kept.what, "The goal does not say what is to be reached.", "Say it in a few words.")
    by_test = kept.yardstick == "movement_test"
    if by_test and (kept.movement is None or kept.mode is None or kept.target_deg is None):
        raise RecordError(
            "The goal is told by a movement test, but not which or how far.",
            remedy="Give the movement test, its mode and the target in degrees.",
        )
    if not by_test and kept.target_pain is None:
        raise RecordError("The goal has no target.", remedy="Give the pain from 0 to 10 that is to be reached.")
    if by_test != (kept.target_pain is None) or by_test != (kept.target_deg is not None):
        raise RecordError("The goal has two targets.", remedy="Give degrees for a movement test, else the pain.")
    if kept.yardstick == "finding":
        _need(kept.region, "The goal is told by a finding, but not where.", "Give the region.")
    _check_region(kept.region)
    if kept.movement is not None:
        _check_test(kept.movement, kept.side, kept.mode or "active")


@_check_together.register
def _(kept: Exercise) -> None:
    _check_test(kept.movement, kept.side, "active")
    _in_order(kept.starts_on, kept.until, "The exercise ends before it starts.")


@_check_together.register
def _(kept: Session) -> None:
    if kept.on > date.today():
        raise RecordError(f"The session on {kept.on} has not been held yet.", remedy="Correct the day.")
    for flag in kept.red_flags:
        entry_of(load_red_flags(), flag, "red flag")


@_check_together.register
def _(kept: Letter) -> None:
    _need(kept.in_short + kept.suggestion, "The letter is empty.", "Write something, or delete it.")


@_check_together.register
def _(kept: PalpationFinding) -> None:
    _need(kept.region, "The finding has no region.", "Say where it is.")
    _check_region(kept.region)
    sided = load_regions()[kept.region].sided
    if sided != (kept.side is not None):
        raise RecordError(
            f"The region {kept.region} {'has two sides' if sided else 'has no side'}.",
            remedy="Say which: left or right." if sided else "Leave the side out.",
        )
    if kept.muscle is not None:
        entry_of(load_muscles(), kept.muscle, "muscle")
    if kept.referral_area and kept.kind not in TRIGGER_POINTS:
        raise RecordError(
            "Only a trigger point has an area to which it sends its pain.", remedy="Leave the area out."
        )
    if kept.kind in WITH_LEVEL and not LEVEL.fullmatch(kept.level):
        raise RecordError(f"There is no level {kept.level!r} of the spine.", remedy="Write it like C6, T12 or S1.")
    if kept.level and kept.kind not in WITH_LEVEL:
        raise RecordError("Only a dermatome or a segment of the spine has a level.", remedy="Leave the level out.")


@_check_together.register
def _(kept: MovementFinding) -> None:
    _check_test(kept.movement, kept.side, kept.mode)
    if (kept.by == "film") != (kept.measurement_id is not None):
        raise RecordError(
            "What was filmed has a measurement, what was not has none.",
            remedy="Attach the measurement, or say that it was read from a goniometer or by eye.",
        )
    if kept.by != "film" and (kept.value_deg is None) != (kept.uncertainty_deg is None):
        raise RecordError("An angle needs its uncertainty, and only an angle.", remedy="Give both or none.")
    if (kept.painful_from_deg is None) != (kept.painful_to_deg is None):
        raise RecordError("The painful arc has one end.", remedy="Give both; the same for a single angle.")
    if kept.painful_from_deg is not None and not kept.pain:
        raise RecordError("There is a painful arc, but no pain.", remedy="Give the pain from 1 to 10.")
    if kept.end_feel is not None and kept.mode != "passive":
        raise RecordError("Only a passive test has an end feel.", remedy="Leave the end feel out.")
    if (kept.strength is not None or kept.force_n is not None) and kept.mode != "resisted":
        raise RecordError("Only a resisted test has strength or force.", remedy="Leave them out.")
    if kept.concordant and not kept.pain:
        raise RecordError("The client's own pain was met, but no pain is given.", remedy="Give it from 1 to 10.")


@_check_together.register
def _(kept: Treatment) -> None:
    if not kept.techniques:
        raise RecordError("The treatment has no technique.", remedy="Choose at least one.")
    _check_other(kept.other_technique, kept.techniques)
    for region in kept.regions:
        _need(region, "A treated region has no name.", "Leave it out.")
        _check_region(region)


def _need(text: str, problem: str, remedy: str) -> None:
    if not text.strip():
        raise RecordError(problem, remedy=remedy)


def _in_order(first: date, last: date | None, problem: str) -> None:
    if last is not None and last < first:
        raise RecordError(problem, remedy="Correct the days.")


def _check_other(other: str, techniques: tuple[str, ...]) -> None:
    if bool(other.strip()) != ("other" in techniques):
        raise RecordError(
            "Own words for a technique go with the technique 'other'.", remedy="Give both or none of them."
        )


def _check_test(movement: str, side: Side | None, mode: Mode) -> None:
    check_fits(movement_test(movement), side, mode)


def _check_region(region: str) -> None:
    """An empty one is none."""
    if region:
        entry_of(load_regions(), region, "region")
