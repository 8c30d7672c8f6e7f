"""Each way a film can go wrong, made with a figure whose movement is known, and the words that it gets."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from bodies import DOUBT_DEG, FORWARD, LEFT, UP, bend, exact_body, film, standing, turn
from measured import provenance

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import POINTS, Landmarks, Point
from rom_vision.kinematics.lifter import CURVES
from rom_vision.kinematics.uncertainty import HALF_WIDTH
from rom_vision.measure import Measurement, measure_body
from rom_vision.movements import Side, movement_test

ARM = [Point.LEFT_ELBOW, Point.LEFT_WRIST, Point.LEFT_INDEX, Point.LEFT_PINKY]
SHANK = [Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES]


def hills(peak: float, seconds: float = 2.0, rate_hz: float = 30.0) -> np.ndarray:
    """Three repetitions, each up and down in the given seconds, with rests."""
    t = np.arange(0, seconds, 1 / rate_hz)
    rest = np.zeros(round(rate_hz / 2))
    hill = peak * (1 - np.cos(2 * np.pi * t / seconds)) / 2
    return np.concatenate([rest, hill, rest, hill, rest, hill, rest])


def abduction(azimuth: float = 0.0, peak: float = 120.0, **how: float) -> Landmarks:
    bodies = [bend(standing(), Point.LEFT_SHOULDER, ARM, FORWARD, a) for a in hills(peak, **how)]
    return film(bodies, azimuth, rate_hz=how.get("rate_hz", 30.0))


def knee(azimuth: float, peak: float = 90.0) -> Landmarks:
    return film([bend(standing(), Point.LEFT_KNEE, SHANK, LEFT, a) for a in hills(peak)], azimuth)


def judged(
    landmarks: Landmarks, movement: str = "shoulder_abduction", side: Side | None = "left", *, others: int = 0,
    warnings: Sequence[str] = (), mode="active", doubt_deg: float = DOUBT_DEG,
) -> Measurement:  # fmt: skip
    client, test = Client(landmarks=landmarks, others=others), movement_test(movement)
    body = replace(
        exact_body(landmarks), angle_doubt_deg=dict.fromkeys(CURVES, np.full(len(landmarks.time_s), doubt_deg))
    )
    return measure_body(client, body, test, side, mode, provenance("d" * 64), tuple(warnings))


def changed(landmarks: Landmarks, **arrays: np.ndarray) -> Landmarks:
    return replace(landmarks, **arrays)


def refusals(measurement: Measurement) -> list[str]:
    return [problem.kind for problem in measurement.problems if problem.refused]


def doubts(measurement: Measurement) -> list[str]:
    return [problem.kind for problem in measurement.problems if not problem.refused]


def test_a_good_film_has_no_problem_and_the_right_peak() -> None:
    measurement = judged(abduction())
    assert measurement.accepted
    assert not measurement.problems
    assert len(measurement.repetitions) == 3
    assert measurement.peak_deg == pytest.approx(120, abs=1)
    assert measurement.mean_peak_deg == pytest.approx(120, abs=1)
    assert measurement.range_deg == pytest.approx(120, abs=2)
    assert measurement.uncertainty_deg == pytest.approx(HALF_WIDTH * np.sqrt(DOUBT_DEG))


def test_a_refused_measurement_gives_no_number() -> None:
    measurement = judged(abduction(azimuth=90))
    assert not measurement.accepted
    assert measurement.peak_deg is None
    assert measurement.uncertainty_deg is None


def test_a_frontal_movement_filmed_from_behind_reads_the_same() -> None:
    measurement = judged(abduction(azimuth=180))
    assert measurement.accepted
    assert measurement.peak_deg == pytest.approx(120, abs=1)


def test_a_side_test_filmed_from_the_front_is_refused_with_how_to_film() -> None:
    measurement = judged(knee(azimuth=0), "knee_flexion")
    assert refusals(measurement)[0] == "view"
    assert "90° off the view" in measurement.problems[0].message
    assert measurement.problems[0].remedy == movement_test("knee_flexion").film


def test_the_far_limb_in_a_side_view_is_refused() -> None:
    measurement = judged(knee(azimuth=-90), "knee_flexion")
    assert measurement.problems[0].message == "The left knee is on the far side, hidden behind the body."
    assert not measurement.accepted


def test_a_view_a_little_off_is_measured_with_a_remark() -> None:
    off = judged(abduction(azimuth=50, peak=60))
    assert doubts(off) == ["view"]
    assert off.accepted
    assert off.peak_deg == pytest.approx(60, abs=1)


def test_a_doubtful_peak_is_remarked_and_a_useless_one_is_refused_with_how_to_film() -> None:
    sure, unsure, useless = (judged(abduction(azimuth=30), doubt_deg=doubt) for doubt in (4, 16, 64))
    assert not sure.problems
    assert doubts(unsure) == ["unsure"]
    assert unsure.uncertainty_deg == pytest.approx(2 * sure.uncertainty_deg)
    assert refusals(useless) == ["unsure"]
    assert "30° off the view" in useless.problems[0].message
    assert movement_test("shoulder_abduction").film in useless.problems[0].remedy


def test_nobody() -> None:
    landmarks = abduction()
    empty = changed(
        landmarks, image_px=landmarks.image_px * np.nan, world_m=landmarks.world_m * np.nan,
        image_z_px=landmarks.image_z_px * np.nan, visibility=landmarks.visibility * np.nan,
    )  # fmt: skip
    measurement = judged(empty)
    assert refusals(measurement) == ["nobody"]
    assert measurement.problems[0].message == "Nobody was seen in the clip."


def test_a_limb_that_leaves_the_picture_is_refused() -> None:
    landmarks = abduction()
    shifted = landmarks.image_px + np.array([landmarks.size_px[0] / 2 - 130, 0])
    measurement = judged(changed(landmarks, image_px=shifted))
    assert refusals(measurement) == ["out_of_picture"]
    assert "left shoulder was partly outside the picture" in measurement.problems[0].message


def test_a_hidden_limb_is_refused() -> None:
    landmarks = abduction()
    visibility = landmarks.visibility.copy()
    visibility[:, Point.LEFT_ELBOW] = 0.2
    assert refusals(judged(changed(landmarks, visibility=visibility))) == ["hidden"]


def test_a_heel_that_is_doubted_between_ankle_and_toes_hides_nothing() -> None:
    landmarks = film([bend(standing(), Point.LEFT_ANKLE, SHANK[1:], LEFT, -a) for a in hills(20.0)], 90)
    visibility = landmarks.visibility.copy()
    visibility[:, Point.LEFT_HEEL] = 0.3
    assert judged(changed(landmarks, visibility=visibility), "ankle_dorsiflexion").accepted
    visibility[:, Point.LEFT_ANKLE] = 0.3
    assert refusals(judged(changed(landmarks, visibility=visibility), "ankle_dorsiflexion")) == ["hidden"]


def test_a_limb_hidden_now_and_then_is_doubtful() -> None:
    landmarks = abduction()
    visibility = landmarks.visibility.copy()
    visibility[::5, Point.LEFT_ELBOW] = 0.2
    measurement = judged(changed(landmarks, visibility=visibility))
    assert doubts(measurement) == ["hidden"]
    assert "20 % of the frames" in measurement.problems[0].message


def test_an_arm_test_without_legs_in_the_picture_is_measured_a_knee_test_is_not() -> None:
    def seated(landmarks: Landmarks) -> Landmarks:
        visibility = landmarks.visibility.copy()
        visibility[:, Point.LEFT_HIP :] = 0.1
        return changed(landmarks, visibility=visibility)

    arm = judged(seated(abduction()))
    assert arm.accepted
    assert doubts(arm) == ["no_trunk"]
    assert refusals(judged(seated(knee(azimuth=90)), "knee_flexion")) == ["hidden"]


def test_nothing_moves() -> None:
    measurement = judged(abduction(peak=3))
    assert refusals(measurement) == ["no_movement"]
    assert measurement.problems[0].remedy == movement_test("shoulder_abduction").move


def test_a_resisted_test_may_stand_still() -> None:
    measurement = judged(abduction(peak=3), mode="resisted")
    assert measurement.accepted
    assert measurement.peak_deg is None


def push(drift_deg: float = 0.0) -> Landmarks:
    """A second of rest, a second up to 80, four seconds there with a drift, a second down, a second of rest."""
    time_s = np.arange(240) / 30
    held_deg = np.interp(time_s, [0, 1, 2, 6, 7, 8], [0, 0, 80, 80 + drift_deg, 0, 0])
    return film([bend(standing(), Point.LEFT_SHOULDER, ARM, FORWARD, a) for a in held_deg], 0)


def test_a_joint_that_stays_was_held() -> None:
    measurement = judged(push(), mode="resisted")
    assert measurement.problems == ()
    assert measurement.hold is not None
    assert measurement.hold.lasted_s == pytest.approx(4, abs=0.7)
    assert measurement.hold.position_deg == pytest.approx(80, abs=2)
    assert measurement.hold.whole


def test_only_a_resisted_test_has_a_hold() -> None:
    assert judged(push()).hold is None


def test_a_hold_of_the_trunk_counts_from_the_start_position() -> None:
    names = ("EAR", "SHOULDER", "ELBOW", "WRIST", "INDEX", "PINKY")
    upper = [Point.NOSE, *(Point[f"{side}_{name}"] for side in ("LEFT", "RIGHT") for name in names)]
    lean_deg = np.interp(np.arange(240) / 30, [0, 1, 2, 6, 7, 8], [5, 5, 25, 25, 5, 5])
    leaning = film([bend(standing(), Point.LEFT_HIP, upper, -FORWARD, a) for a in lean_deg], 0)
    hold = judged(leaning, "trunk_lateral_flexion", "left", mode="resisted").hold
    assert hold is not None
    assert hold.position_deg == pytest.approx(20, abs=2)


def test_a_joint_that_drifts_was_not_isolated() -> None:
    measurement = judged(push(drift_deg=-20), mode="resisted")
    assert doubts(measurement) == ["not_isometric"]
    assert refusals(measurement) == []
    moved = re.search(r"moved by (\d+)° while it was held, more than the 10°", measurement.problems[0].message)
    assert moved
    assert 15 <= int(moved[1]) <= 21


def test_nothing_was_held() -> None:
    measurement = judged(abduction(), mode="resisted")
    assert measurement.hold is None
    assert doubts(measurement) == ["no_hold"]


def test_a_refused_measurement_has_no_hold() -> None:
    away = changed(push(), visibility=np.zeros((240, POINTS)))
    measurement = judged(away, mode="resisted")
    assert refusals(measurement) == ["hidden"]
    assert measurement.hold is None


def test_too_fast_for_the_frames() -> None:
    assert refusals(judged(abduction(seconds=0.6, rate_hz=12.0))) == ["too_fast"]
    assert doubts(judged(abduction(seconds=0.6, rate_hz=20.0))) == ["too_fast"]
    assert judged(abduction(seconds=0.6, rate_hz=120.0)).problems == ()


def test_others_and_a_broken_file_stay_as_warnings() -> None:
    measurement = judged(abduction(), others=1, warnings=["The file is cut off after 3.2 s."])
    assert doubts(measurement) == ["others", "file"]
    assert measurement.accepted
    assert measurement.problems[0].message.startswith("2 people were in the picture")


def test_zero_is_the_start_where_the_catalogue_says_so() -> None:
    lean, side_bend = 8.0, hills(30.0)
    moved = [Point.NOSE, Point.LEFT_EAR, Point.RIGHT_EAR, Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER, *ARM]
    bodies = [
        standing() | {p: turn(-FORWARD, lean + a) @ standing()[p] for p in moved} for a in side_bend
    ]  # fmt: skip
    measurement = judged(film(bodies, 0.0), "trunk_lateral_flexion")
    assert measurement.peak_deg == pytest.approx(30, abs=1)
    assert measurement.repetitions[0].start_deg == pytest.approx(0, abs=1)


def test_extension_counts_flexion_downward() -> None:
    bodies = [bend(standing(), Point.LEFT_KNEE, SHANK, LEFT, 80 - a) for a in hills(75)]
    measurement = judged(film(bodies, 90.0), "knee_extension")
    assert measurement.peak_deg == pytest.approx(-5, abs=1)
    assert measurement.range_deg == pytest.approx(75, abs=2)


def test_the_same_landmarks_give_the_same_numbers() -> None:
    one, other = judged(abduction()), judged(abduction())
    assert one.repetitions == other.repetitions
    assert (one.peak_deg, one.uncertainty_deg) == (other.peak_deg, other.uncertainty_deg)


def test_a_client_who_turns_on_the_spot_keeps_her_space_angles() -> None:
    bend_deg = hills(90)
    bodies = [
        {
            p: turn(UP, 40 * n / len(bend_deg)) @ v
            for p, v in bend(standing(), Point.LEFT_KNEE, SHANK, LEFT, a).items()
        }
        for n, a in enumerate(bend_deg)
    ]
    measurement = judged(film(bodies, 60.0), "squat")
    assert measurement.peak_deg == pytest.approx(90, abs=1)


def test_who_never_rests_is_refused_and_still_sees_the_curve() -> None:
    moved = [Point.NOSE, Point.LEFT_EAR, Point.RIGHT_EAR, Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER, *ARM]
    bodies = [standing() | {p: turn(-FORWARD, 1.2 * n) @ standing()[p] for p in moved} for n in range(60)]
    measurement = judged(film(bodies, 0.0), "trunk_lateral_flexion")
    assert refusals(measurement) == ["no_movement"]
    assert np.isfinite(measurement.curve).all()
