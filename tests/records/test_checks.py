"""What no client and no entry can be, and what is said of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import charted
import pytest

from rom_vision.errors import RecordError, UsageError
from rom_vision.records import Client, Limit
from rom_vision.records.checks import check

TOMORROW = date.today() + timedelta(days=1)
ADDED = datetime(2026, 11, 3, tzinfo=UTC)


def client(**changed):
    whole = Client(
        id="C-7F3K9Q", name="Anna", birth_date=date(1980, 5, 17), sex="female", added_at=ADDED, height_m=1.7,
        weight_kg=61.5, dominant_side="left", contact="by telephone only",
    )  # fmt: skip
    return replace(whole, **changed)


def one(make):
    """An entry of a client or of a session."""
    return make("C-7F3K9Q", 1) if make in charted.OF_A_SESSION else make("C-7F3K9Q")


NONSENSE = [
    (charted.consent, {"purpose": "fun"}, "no purpose 'fun'. Choose one of: treatment,"),
    (charted.consent, {"note": " "}, "does not say what for"),
    (charted.consent, {"withdrawn_on": date(2026, 11, 2)}, "withdrawn before it is given"),
    (charted.consent, {"given_on": date(26, 11, 3)}, r"day 0026-11-03 can't be \(given on\). Correct the year"),
    (charted.referral, {"physician": ""}, "has no physician"),
    (charted.referral, {"valid_until": date(2026, 11, 2)}, "ends before it is written"),
    (charted.referral, {"icd10": ("M75.41", "shoulder")}, "shoulder is no ICD-10 code. Write it like M75.41"),
    (charted.referral, {"sessions_ordered": 0}, r"0 can't be \(sessions ordered\). Give a number from 1 to 500"),
    (charted.referral, {"techniques": ("massage", "magic")}, "no techniques 'magic'"),
    (charted.referral, {"techniques": ("massage",)}, "go with the technique 'other'"),
    (charted.referral, {"diagnosis": "x" * 20_001}, r"20001 letters are too many \(diagnosis\)"),
    (charted.referral, {"practice": "a\0b"}, r"letters that can't be read \(practice\)"),
    (charted.history, {"kind": "dream"}, "no kind 'dream'"),
    (charted.history, {"what": ""}, "does not say what it was"),
    (charted.history, {"age_years": 12}, "both a day and an age"),
    (charted.history, {"on": None, "age_years": 131}, "from 0 to 130"),
    (charted.history, {"region": "knee_pit"}, "no region 'knee_pit'"),
    (charted.history, {"limits": (Limit(movement="knee_bend"),)}, "no movement test 'knee_bend'"),
    (charted.history, {"limits": (Limit(movement="neck_flexion", side="left"),)}, "has no side"),
    (charted.history, {"limits": (Limit(movement="squat", mode="slow"),)}, "no mode 'slow'"),
    (charted.goal, {"what": ""}, "does not say what is to be reached"),
    (charted.goal, {"target_deg": None}, "not which or how far"),
    (charted.goal, {"movement": None}, "not which or how far"),
    (charted.goal, {"target_pain": 2}, "two targets"),
    (charted.goal, {"yardstick": "pain_scale"}, "has no target"),
    (charted.goal, {"yardstick": "pain_scale", "target_pain": 2}, "two targets"),
    (charted.goal, {"yardstick": "finding", "target_deg": None, "target_pain": 1, "region": ""}, "not where"),
    (charted.goal, {"target_deg": float("nan")}, r"nan can't be \(target\). Give a number from -360 to 360"),
    (charted.goal, {"movement": "shoulder_wiggle"}, "no movement test 'shoulder_wiggle'"),
    (charted.exercise, {"side": None}, "is measured on one side"),
    (charted.exercise, {"until": date(2026, 11, 2)}, "ends before it starts"),
    (charted.exercise, {"repetitions": 0}, r"0 can't be \(repetitions\)"),
    (charted.exercise, {"times_a_week": 2.5}, r"2.5 is no whole number \(times a week\)"),
    (charted.session, {"on": TOMORROW}, "has not been held yet"),
    (charted.session, {"kind": "party"}, "no kind 'party'"),
    (charted.session, {"red_flags": ("feber",)}, "no red flag 'feber'. Did you mean fever"),
    (charted.palpation, {"region": ""}, "has no region"),
    (charted.palpation, {"region": "angel_of_neck"}, "no region 'angel_of_neck'. Did you mean angle_of_neck"),
    (charted.palpation, {"side": None}, "angle_of_neck has two sides. Say which"),
    (charted.palpation, {"region": "lumbar_spine"}, "lumbar_spine has no side. Leave"),
    (charted.palpation, {"muscle": "levator"}, "no muscle 'levator'"),
    (charted.palpation, {"face": "side"}, "no face 'side'"),
    (charted.palpation, {"x": 1.01}, r"1.01 can't be \(x\). Give a number from 0 to 1"),
    (charted.palpation, {"y": float("nan")}, r"nan can't be \(y\)"),
    (charted.palpation, {"pain": 11}, r"11 can't be \(pain\). Give a number from 0 to 10"),
    (charted.palpation, {"pain": True}, r"True is no whole number \(pain\)"),
    (charted.palpation, {"quality": "bad"}, "no quality 'bad'"),
    (charted.palpation, {"kind": "taut_band"}, "Only a trigger point has an area"),
    (charted.palpation, {"level": "C6"}, "Only a dermatome or a segment"),
    (charted.palpation, {"kind": "dermatome", "referral_area": "", "level": "T13"}, "no level 'T13' of the spine"),
    (charted.palpation, {"kind": "spinal_segment", "referral_area": ""}, "no level '' of the spine"),
    (charted.movement, {"movement": "shoulder_shrug"}, "no movement test 'shoulder_shrug'"),
    (charted.movement, {"side": None}, "is measured on one side"),
    (charted.movement, {"measurement_id": 7}, "What was filmed has a measurement"),
    (charted.movement, {"by": "film"}, "What was filmed has a measurement"),
    (charted.movement, {"uncertainty_deg": None}, "An angle needs its uncertainty"),
    (charted.movement, {"painful_to_deg": None}, "painful arc has one end"),
    (charted.movement, {"pain": 0}, "a painful arc, but no pain"),
    (charted.movement, {"mode": "active"}, "Only a passive test has an end feel"),
    (charted.movement, {"end_feel": "rough"}, "no end feel 'rough'"),
    (charted.movement, {"strength": 4}, "Only a resisted test has strength or force"),
    (charted.movement, {"force_n": 80.0}, "Only a resisted test has strength or force"),
    (charted.movement, {"mode": "resisted", "end_feel": None, "strength": 6}, "from 0 to 5"),
    (charted.movement, {"value_deg": float("inf")}, r"inf can't be \(value\)"),
    (
        charted.movement,
        {"pain": None, "painful_from_deg": None, "painful_to_deg": None},
        "own pain was met, but no pain is given",
    ),
    (charted.treatment, {"techniques": ()}, "has no technique"),
    (charted.treatment, {"other_technique": ""}, "go with the technique 'other'"),
    (charted.treatment, {"regions": ("buttock", "")}, "A treated region has no name"),
    (charted.treatment, {"regions": ("bottom",)}, "no region 'bottom'"),
    (charted.treatment, {"minutes": 601}, "from 1 to 600"),
    (charted.treatment, {"pain_before": -1}, r"-1 can't be \(pain before\)"),
    (client, {"name": "\t"}, "has no name"),
    (client, {"birth_date": TOMORROW}, "Nobody alive was born on"),
    (client, {"sex": "other"}, "no sex 'other'"),
    (client, {"height_m": 170.0}, r"170 can't be \(height\). Give a number from 0.3 to 2.6"),
    (client, {"weight_kg": 0.0}, r"0 can't be \(weight\)"),
    (client, {"dominant_side": "both"}, "no dominant side 'both'"),
]


@pytest.mark.parametrize(
    ("make", "changed", "words"), NONSENSE, ids=lambda value: getattr(value, "__name__", None)
)
def test_nonsense_is_told_with_a_remedy(make, changed, words):
    whole = client() if make is client else one(make)
    check(whole)
    with pytest.raises((RecordError, UsageError), match=words) as told:
        check(replace(whole, **changed))
    assert told.value.remedy


@pytest.mark.parametrize(
    ("make", "changed"),
    [
        (charted.palpation, {"kind": "dermatome", "referral_area": "", "level": "C6"}),
        (charted.palpation, {"x": 0, "y": 1, "pain": 0, "quality": None, "muscle": None}),
        (charted.movement, {"mode": "resisted", "end_feel": None, "strength": 0, "force_n": 0.0}),
        (charted.movement, {"value_deg": None, "uncertainty_deg": None, "by": "eye"}),
        (charted.goal, {"yardstick": "pain_scale", "target_deg": None, "target_pain": 0, "movement": None}),
        (charted.referral, {"diagnosis": "first line\nsecond\tline – ½ ° 痛"}),
        (charted.history, {"on": None, "age_years": None, "region": "", "side": None, "limits": ()}),
    ],
)
def test_what_can_be_is_taken(make, changed):
    check(replace(one(make), **changed))


def test_a_field_of_another_type_is_our_own_mistake():
    with pytest.raises(TypeError, match="plan: expected"):
        check(replace(one(charted.session), plan=7))
