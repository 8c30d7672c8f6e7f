"""Wrist and forearm as the hand tells them: what is measured, what is refused, and in what words."""

from dataclasses import replace

import numpy as np
import pytest
from bodies import exact_body, film, standing
from measured import provenance

from rom_vision.capture.client import Client
from rom_vision.edits import Edits, Trim, edited
from rom_vision.exchange.angle_arc import angle_arc
from rom_vision.hand import HALF_WIDTH_DEG
from rom_vision.kinematics.hand_angle import HandAngle
from rom_vision.language import read_back, speaking
from rom_vision.measure import Measurement, measure_body
from rom_vision.movements import Mode, Side, movement_test
from rom_vision.records.measurement_file import from_bytes, to_bytes

REPETITION = 20 * (1 - np.cos(np.linspace(0, 2 * np.pi, 60)))  # to 40 degrees, in two seconds
CURVE = np.concatenate([np.zeros(15), REPETITION, np.zeros(15), REPETITION, np.zeros(15)])
ALL = np.ones(len(CURVE), bool)


def bending(angle_deg: np.ndarray = CURVE, side: Side = "right") -> HandAngle:
    """A forearm to the right, and a hand that turns against the clock, as a right one bends."""
    points = np.full((len(CURVE), 21, 2), 300.0)
    turn = np.radians(angle_deg) * (-1 if side == "right" else 1)
    ends = np.stack([np.full((len(CURVE), 2), 300.0), 300 + 50 * np.column_stack([np.cos(turn), np.sin(turn)])], 1)
    still = np.broadcast_to([[200.0, 300.0], [300.0, 300.0]], (len(CURVE), 2, 2)).copy()
    return HandAngle(
        angle_deg=angle_deg, found=ALL, facing=ALL, off_deg=np.zeros(len(CURVE)), points_px=points,
        still_px=still, moving_px=ends,
    )  # fmt: skip


def measured(test: str, hand: HandAngle | None, side: Side = "right", mode: Mode = "active") -> Measurement:
    seen_from = 0.0 if "forearm" in test else 90.0 if side == "left" else -90.0
    landmarks = film([standing()] * len(CURVE), seen_from)
    client = Client(landmarks=landmarks, others=0)
    body = exact_body(landmarks)
    return measure_body(client, body, movement_test(test), side, mode, provenance("d" * 64), hand=hand)


@pytest.mark.parametrize(
    ("test", "sign"),
    [("wrist_flexion", 1), ("wrist_extension", -1), ("wrist_radial_deviation", 1), ("wrist_ulnar_deviation", -1)],
)
@pytest.mark.parametrize("side", ["left", "right"])
def test_each_test_reads_the_hand_with_its_own_interval(test: str, sign: int, side: Side) -> None:
    found = measured(test, bending(sign * CURVE, side), side)
    assert not found.problems
    assert found.peak_deg == pytest.approx(40, abs=0.5)
    assert found.uncertainty_deg == HALF_WIDTH_DEG[movement_test(test).motion]


def test_a_hand_that_is_hardly_found_is_refused_with_what_to_do() -> None:
    seldom = np.arange(len(CURVE)) % 3 == 0
    found = measured(
        "wrist_flexion", replace(bending(np.where(seldom, CURVE, np.nan)), found=seldom, facing=seldom)
    )
    assert found.peak_deg is None
    assert [p.kind for p in found.problems] == ["no_hand"]
    assert "right hand could be made out in only 3" in found.problems[0].message


def test_the_wrong_side_of_the_hand_is_refused_with_the_right_one() -> None:
    found = measured("wrist_extension", replace(bending(CURVE * np.nan), facing=~ALL))
    assert [p.kind for p in found.problems] == ["hand_turned"]
    assert "the thumb's side of the hand" in found.problems[0].message
    assert "palm up" in found.problems[0].remedy


def test_a_hand_of_few_pixels_is_refused() -> None:
    wrist = bending()
    found = measured("wrist_flexion", replace(wrist, moving_px=300 + (wrist.moving_px - 300) / 2))
    assert [p.kind for p in found.problems if p.refused] == ["hand_small"]
    assert "25 pixels" in found.problems[0].message


@pytest.mark.parametrize(("test", "sign"), [("forearm_pronation", 1), ("forearm_supination", -1)])
def test_the_forearm_is_told_by_the_hand_with_its_own_words(test: str, sign: int) -> None:
    hand = bending(sign * CURVE)
    found = measured(test, hand)
    assert found.peak_deg == pytest.approx(40, abs=0.5)
    assert found.uncertainty_deg == HALF_WIDTH_DEG[movement_test(test).motion]
    small = measured(test, replace(hand, moving_px=300 + (hand.moving_px - 300) / 5))
    assert "10 pixels across the knuckles" in next(p.message for p in small.problems if p.refused)
    mistaken = measured(test, replace(bending(CURVE * np.nan), facing=~ALL))
    (turned,) = [p for p in mistaken.problems if p.kind == "hand_turned"]
    assert "the open hand from the fingertips" in turned.message
    assert "looking along the forearm" in turned.remedy
    with speaking("de"):
        assert not {read_back(words) for p in (*small.problems, turned) for words in (p.message, p.remedy)} & {
            words for p in (*small.problems, turned) for words in (p.message, p.remedy)
        }


def test_a_hand_lost_near_the_peak_is_refused() -> None:
    found = measured("wrist_flexion", bending(np.where(CURVE > 34, np.nan, CURVE)))
    assert [p.kind for p in found.problems if p.refused] == ["hand_lost"]


def test_a_camera_far_off_is_refused() -> None:
    found = measured("wrist_flexion", replace(bending(), off_deg=np.full(len(CURVE), 42.0)))
    assert [p.kind for p in found.problems if p.refused] == ["forearm_askew"]
    assert "42°" in found.problems[0].message


def test_without_a_hand_there_is_no_number_unless_another_hand_holds_it() -> None:
    assert measured("wrist_radial_deviation", None).problems[0].kind == "no_hand"
    assert measured("wrist_radial_deviation", None, mode="resisted").accepted


def test_the_hand_still_tells_it_after_a_trim_and_out_of_a_file() -> None:
    found = measured("wrist_flexion", bending())
    kept = from_bytes(to_bytes(found))
    trimmed = edited(kept, Edits().plus(Trim(start_s=0.0, end_s=3.4)))
    assert trimmed.peak_deg == found.peak_deg
    assert trimmed.uncertainty_deg == found.uncertainty_deg


@pytest.mark.parametrize(("test", "sign"), [("wrist_flexion", 1), ("wrist_extension", -1)])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_arc_is_drawn_from_the_forearm_to_the_hand(test: str, sign: int, side: Side) -> None:
    found = measured(test, bending(sign * CURVE, side), side)
    arc = angle_arc(found)
    peak = int(np.argmax(found.curve))
    assert arc.arc_px[peak, 0] == pytest.approx([325, 300], abs=0.5)  # on the forearm carried on
    assert arc.arc_px[peak, -1] == pytest.approx((300 + found.hand.moving_px[peak, 1]) / 2, abs=0.5)
