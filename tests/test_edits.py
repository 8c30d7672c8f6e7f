"""What comes of changing a measurement by hand, on figures whose angles are known."""

from dataclasses import replace

import numpy as np
import pytest
from bodies import LEFT, bend, film, standing
from measured import KNEE_PEAK_DEG, knee_flexion, provenance

from rom_vision.capture.camera import typical_camera
from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.edits import Add, Drop, Edits, MeasureAs, PutRight, Trim, by_hand, edited, edits_of
from rom_vision.errors import UsageError
from rom_vision.kinematics.body import FITTED
from rom_vision.measure import Measurement, measure_landmarks
from rom_vision.movements import movement_test

ARM = (Point.LEFT_WRIST, Point.LEFT_INDEX, Point.LEFT_PINKY)
OFF_PX = np.array([-60.0, 40.0])
BESIDE_PEAK, PEAK = slice(105, 120), 112
CLOSE_DEG = 2.5


@pytest.fixture(scope="module")
def knee() -> Measurement:
    return knee_flexion()


@pytest.fixture(scope="module")
def elbow() -> Landmarks:
    """The left elbow bends twice, seen from its side."""
    share = (1 - np.cos(np.linspace(0, 4 * np.pi, 150))) / 2
    return film([bend(standing(), Point.LEFT_ELBOW, list(ARM), LEFT, -130 * s) for s in share], 90)


@pytest.fixture(scope="module")
def right(elbow: Landmarks) -> Measurement:
    return measured(elbow)


def measured(landmarks: Landmarks) -> Measurement:
    camera, test = typical_camera(landmarks.size_px), movement_test("elbow_flexion")
    client = Client(landmarks=landmarks, others=0)
    return measure_landmarks(client, camera, test, "left", "active", provenance("a" * 64))


def misplaced(landmarks: Landmarks, frames: slice) -> Landmarks:
    """The hand is seen beside where it is."""
    image_px, world_m = np.array(landmarks.image_px), np.array(landmarks.world_m)
    image_px[frames, ARM] += OFF_PX
    world_m[frames, ARM, :2] += OFF_PX / 500
    return replace(landmarks, image_px=image_px, world_m=world_m)


def wrist_at(truth: Measurement, *frames: int) -> Edits:
    """What a person does who drags the wrist to where it is."""
    camera = typical_camera(truth.landmarks.size_px)
    edits = Edits()
    for frame in frames:
        x, y = camera.project_px(truth.body.joints_m[frame, Point.LEFT_WRIST])
        at_s = float(truth.landmarks.time_s[frame])
        edits = edits.plus(PutRight(point=Point.LEFT_WRIST, time_s=at_s, image_px=(float(x), float(y))))
    return edits


def off_deg(one: Measurement, truth: Measurement) -> float:
    return float(np.nanmax(np.abs(one.curve - truth.curve)))


def test_nothing_changed_is_the_measurement_itself(knee):
    assert edited(knee, Edits()) is knee


def test_a_dropped_repetition_does_not_count_and_the_rest_does(knee):
    second = knee.repetitions[1]
    changed = edited(knee, Edits((Drop(at_s=second.peak_s),)))
    assert changed.repetitions == (knee.repetitions[0], knee.repetitions[2])
    assert changed.peak_deg == pytest.approx(KNEE_PEAK_DEG, abs=1.5)
    assert changed.uncertainty_deg == knee.uncertainty_deg


def test_the_last_repetition_can_not_be_dropped(knee):
    with pytest.raises(UsageError, match="no repetition would be left"):
        edited(knee, Edits(tuple(Drop(at_s=one.peak_s) for one in knee.repetitions)))


def test_an_added_repetition_takes_the_place_of_what_was_found_there(knee):
    first, second, third = knee.repetitions
    changed = edited(knee, Edits((Drop(at_s=second.peak_s),)).plus(Add(start_s=2.0, end_s=4.0)))
    assert len(changed.repetitions) == 3
    assert changed.repetitions[1].peak_s == pytest.approx(second.peak_s)
    assert changed.repetitions[1].peak_deg == pytest.approx(second.peak_deg)
    assert (changed.repetitions[0], changed.repetitions[2]) == (first, third)


@pytest.mark.parametrize("start_end", [(1.0, 1.8), (0.0, 0.8), (9.0, 12.0)])  # down only, up only, after the end
def test_where_nothing_goes_there_and_back_no_repetition_is_added(knee, start_end):
    with pytest.raises(UsageError, match="does not go there and back"):
        edited(knee, Edits((Add(start_s=start_end[0], end_s=start_end[1]),)))


def test_what_is_trimmed_away_does_not_count_and_times_stay_those_of_the_film(knee):
    changed = edited(knee, Edits((Trim(start_s=1.95, end_s=4.05),)))
    (only,) = changed.repetitions
    assert only.peak_s == pytest.approx(knee.repetitions[1].peak_s)
    assert changed.landmarks.time_s[0] >= 1.95
    assert len(changed.curve) == len(changed.body.time_s) == len(changed.landmarks.time_s)
    with pytest.raises(UsageError, match="Too little"):
        edited(knee, Edits((Trim(start_s=1.95, end_s=2.0),)))


def test_it_is_measured_as_another_side(knee):
    changed = edited(knee, Edits((MeasureAs(movement="knee_flexion", side="right", mode="active"),)))
    assert (changed.side, changed.accepted) == ("right", False), "the right knee did not move"
    with pytest.raises(UsageError, match="measured on one side"):
        edited(knee, Edits((MeasureAs(movement="knee_flexion", side=None, mode="active"),)))


@pytest.mark.parametrize(
    ("frames", "dragged"),
    [(slice(PEAK, PEAK + 1), [PEAK]), (BESIDE_PEAK, [PEAK]), (slice(95, 130), [97, 127])],
    ids=["one frame", "half a second", "longer than a correction reaches"],
)
def test_a_wrist_dragged_to_where_it_is_brings_the_angle_back(elbow, right, frames, dragged):
    wrong = measured(misplaced(elbow, frames))
    changed = edited(wrong, wrist_at(right, *dragged))
    assert off_deg(wrong, right) > 3 * CLOSE_DEG
    assert off_deg(changed, right) < CLOSE_DEG
    others = [point for point in FITTED if point not in (Point.LEFT_WRIST, Point.LEFT_ELBOW)]
    moved_m = np.abs(changed.body.joints_m[:, others] - right.body.joints_m[:, others]).max()
    assert moved_m < 0.03, "the rest stays"


def test_where_a_person_places_a_joint_the_interval_is_no_narrower(elbow, right):
    second = wrist_at(right, PEAK).plus(Drop(at_s=right.repetitions[0].peak_s))  # which is as far, and untouched
    assert edited(right, second).uncertainty_deg > right.uncertainty_deg


def test_a_joint_that_was_taken_for_the_helpers_is_the_clients_where_it_was_put_right(elbow, right):
    trust = np.ones(elbow.visibility.shape)
    trust[BESIDE_PEAK, Point.LEFT_WRIST] = 0
    lost = measured(replace(elbow, trust=trust))
    changed = edited(lost, wrist_at(right, PEAK))
    assert np.isnan(lost.body.joints_m[PEAK, Point.LEFT_WRIST]).all()
    assert changed.curve[PEAK] == pytest.approx(right.curve[PEAK], abs=CLOSE_DEG)


def test_the_same_edits_give_the_same_numbers_in_any_order_and_each_can_be_undone(elbow, right):
    wrong = measured(misplaced(elbow, BESIDE_PEAK))
    drag, trim = wrist_at(right, PEAK).all[0], Trim(start_s=0.5, end_s=5.0)
    one, other = edited(wrong, Edits((drag, trim))), edited(wrong, Edits((trim, drag)))
    assert np.array_equal(one.curve, other.curve)
    assert one.peak_deg == other.peak_deg
    undone = edited(wrong, Edits((trim, drag)).without(drag))
    assert np.array_equal(undone.curve, edited(wrong, Edits((trim,))).curve)


def test_what_was_changed_is_kept_and_can_be_read(knee, right):
    edits = wrist_at(right, PEAK).plus(Trim(start_s=0.0, end_s=5.0)).plus(Drop(at_s=1.0))
    changed = edited(right, edits.without(edits.all[-1]))
    assert edits_of(changed.provenance.settings) == edits.without(edits.all[-1])
    assert Edits.from_text(edits.text) == edits
    assert by_hand(changed.provenance.settings) == (
        "the left wrist was put right at 3.73 s", "only 0.0 to 5.0 s of the clip counts",
    )  # fmt: skip
    assert by_hand(knee.provenance.settings) == ()


def test_a_later_edit_takes_the_place_of_what_it_contradicts():
    trimmed = Edits((Trim(start_s=0, end_s=2), Drop(at_s=1.5))).plus(Trim(start_s=1, end_s=3))
    assert trimmed.all == (Drop(at_s=1.5), Trim(start_s=1, end_s=3))
    assert trimmed.plus(Add(start_s=1, end_s=2)).all[-1] == Add(start_s=1, end_s=2)
    assert Drop(at_s=1.5) not in trimmed.plus(Add(start_s=1, end_s=2)).all
    as_other = trimmed.plus(MeasureAs(movement="squat", side=None, mode="active"))
    assert not any(isinstance(edit, Drop) for edit in as_other.all)
