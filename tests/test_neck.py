"""The neck as the face tells it: what is measured, what is refused, and in what words."""

from dataclasses import replace

import numpy as np
import pytest
from bodies import LEFT, bend, exact_body, film, standing
from measured import provenance

from rom_vision.capture.client import Client
from rom_vision.capture.face import Faces
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.edits import Edits, Trim, edited
from rom_vision.kinematics.head import Neck
from rom_vision.kinematics.profile import GAIN, LEFT_EYE, RIGHT_EYE
from rom_vision.measure import Measurement, measure_body
from rom_vision.movements import Side, movement_test
from rom_vision.neck import BEYOND_MESH_DEG, HALF_WIDTH_DEG, IN_PROFILE_DEG, by_face
from rom_vision.records.measurement_file import from_bytes, to_bytes

REPETITION = 20 * (1 - np.cos(np.linspace(0, 2 * np.pi, 60)))  # to 40 degrees, in two seconds
CURVE = np.concatenate([np.zeros(15), REPETITION, np.zeros(15), REPETITION, np.zeros(15)])
STILL = np.zeros(len(CURVE))


def standing_still(azimuth: float = 0.0) -> Landmarks:
    return film([standing()] * len(CURVE), azimuth)


def measured(test: str, side: Side | None, azimuth: float = 0.0, **angles: np.ndarray) -> Measurement:
    neck = Neck(
        **{
            "flexion_deg": STILL, "left_lateral_flexion_deg": STILL, "left_rotation_deg": STILL,
            "off_camera_deg": STILL,
        }
        | angles
    )  # fmt: skip
    landmarks = standing_still(azimuth)
    client = Client(landmarks=landmarks, others=0)
    body = exact_body(landmarks)
    return measure_body(client, body, movement_test(test), side, "active", provenance("d" * 64), neck=neck)


@pytest.mark.parametrize(
    ("test", "side", "angle", "sign"),
    [
        ("neck_flexion", None, "flexion_deg", 1),
        ("neck_extension", None, "flexion_deg", -1),
        ("neck_lateral_flexion", "left", "left_lateral_flexion_deg", 1),
        ("neck_lateral_flexion", "right", "left_lateral_flexion_deg", -1),
        ("neck_rotation", "left", "left_rotation_deg", 1),
        ("neck_rotation", "right", "left_rotation_deg", -1),
    ],
)
def test_each_test_reads_its_own_angle_with_its_own_interval(test, side, angle, sign) -> None:
    found = measured(test, side, **{angle: sign * CURVE})
    assert found.accepted
    assert [p.kind for p in found.problems] == (["unsure"] if test == "neck_extension" else [])
    assert found.peak_deg == pytest.approx(40, abs=0.5)
    assert found.uncertainty_deg == HALF_WIDTH_DEG[movement_test(test).motion]


def test_an_ear_that_turns_away_is_no_reason_to_refuse() -> None:
    found = measured("neck_rotation", "left", left_rotation_deg=CURVE)
    hidden = found.landmarks.visibility.copy()
    hidden[:, Point.LEFT_EAR] = 0.1
    client = Client(landmarks=replace(found.landmarks, visibility=hidden), others=0)
    neck = Neck(flexion_deg=STILL, left_lateral_flexion_deg=STILL, left_rotation_deg=CURVE, off_camera_deg=CURVE)
    again = measure_body(client, found.body, found.test, "left", "active", found.provenance, neck=neck)
    assert again.peak_deg == found.peak_deg


def test_rotation_may_be_filmed_from_45_degrees_on_the_side_turned_to() -> None:
    found = measured("neck_rotation", "left", azimuth=45, left_rotation_deg=1.8 * CURVE)
    assert found.peak_deg == pytest.approx(72, abs=0.5)
    assert not found.problems


def test_what_turned_besides_is_said() -> None:
    found = measured("neck_lateral_flexion", "left", left_lateral_flexion_deg=CURVE, left_rotation_deg=0.3 * CURVE)
    assert found.accepted
    assert [p.message for p in found.problems] == ["At the peak the head was also turned to the left by 12°."]


def test_beyond_55_degrees_past_the_camera_it_is_refused_with_what_to_do() -> None:
    found = measured("neck_rotation", "left", left_rotation_deg=1.5 * CURVE, off_camera_deg=1.5 * CURVE)
    assert found.peak_deg is None
    assert found.problems[0].kind == "face_turned_away"
    assert "45° toward the side" in found.problems[0].remedy


def test_a_face_lost_near_the_peak_is_refused() -> None:
    lost = np.where(CURVE > 30, np.nan, CURVE)
    found = measured("neck_flexion", None, flexion_deg=lost)
    assert found.peak_deg is None
    assert [p.kind for p in found.problems if p.refused] == ["face_lost"]
    assert "from the side" in found.problems[0].remedy


def test_with_neither_face_nor_profile_it_is_refused_with_what_to_do() -> None:
    landmarks = standing_still()
    client = Client(landmarks=landmarks, others=0)
    test = movement_test("neck_lateral_flexion")
    found = measure_body(client, exact_body(landmarks), test, "left", "active", provenance("d" * 64))
    assert "no_face" in [problem.kind for problem in found.problems if problem.refused]


@pytest.mark.parametrize("azimuth", [90, -90])
@pytest.mark.parametrize(("test", "sign"), [("neck_flexion", 1), ("neck_extension", -1)])
def test_in_profile_the_line_from_ear_to_eye_tells_nodding(test, sign, azimuth) -> None:
    found = nodding(sign * CURVE, azimuth, test)
    assert found.accepted
    assert found.neck.told_by == "profile"
    assert found.peak_deg == pytest.approx(40 * GAIN, abs=0.5)
    assert found.uncertainty_deg == IN_PROFILE_DEG


def test_in_profile_a_trunk_that_goes_along_does_not_count() -> None:
    found = nodding(CURVE, 90, "neck_flexion", trunk_share=0.25)
    assert found.peak_deg == pytest.approx(30 * GAIN, abs=2.5)  # the trunk is smoothed, the head is not


def nodding(curve: np.ndarray, azimuth: float, test: str, trunk_share: float = 0.0) -> Measurement:
    """Who bends the head forward by the curve, in the room, and the trunk along by a share of it."""
    eyes = {LEFT_EYE: np.array([0.03, 0.72, 0.1]), RIGHT_EYE: np.array([-0.03, 0.72, 0.1])}
    head = [Point.LEFT_EAR, Point.RIGHT_EAR, Point.NOSE, *eyes]
    upper = [*head, Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]
    poses = []
    for deg in curve:
        bent = bend(standing() | eyes, Point.LEFT_SHOULDER, head, LEFT, deg * (1 - trunk_share))
        poses.append(bend(bent, Point.LEFT_HIP, upper, LEFT, deg * trunk_share))
    landmarks = film(poses, azimuth)
    client = Client(landmarks=landmarks, others=0)
    return measure_body(client, exact_body(landmarks), movement_test(test), None, "active", provenance("d" * 64))


def test_by_the_face_where_it_is_seen_half_of_the_time_and_not_from_the_side() -> None:
    landmarks = standing_still()
    mesh = np.zeros((len(CURVE), 468, 3))
    assert by_face(landmarks, Faces(mesh_px=mesh), 20.0)
    assert not by_face(landmarks, Faces(mesh_px=mesh), -85.0)
    mesh[: len(CURVE) // 2 + 1] = np.nan
    assert not by_face(landmarks, Faces(mesh_px=mesh), 20.0)


def test_a_peak_beyond_the_mesh_is_less_sure_than_one_within() -> None:
    lost = np.where(CURVE > 30, np.nan, 0.0)
    found = measured("neck_lateral_flexion", "left", left_lateral_flexion_deg=CURVE, off_camera_deg=lost)
    assert found.accepted
    assert found.uncertainty_deg == BEYOND_MESH_DEG


def test_the_face_still_tells_it_after_a_trim_and_out_of_a_file() -> None:
    found = measured("neck_rotation", "left", left_rotation_deg=CURVE)
    kept = from_bytes(to_bytes(found))
    trimmed = edited(kept, Edits().plus(Trim(start_s=0.0, end_s=3.4)))
    assert trimmed.peak_deg == found.peak_deg
    assert trimmed.uncertainty_deg == found.uncertainty_deg
