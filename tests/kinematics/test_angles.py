"""Truth here is geometry: a figure is bent by a known angle, and the angle has to come back."""

import numpy as np
import pytest
from bodies import FORWARD, LEFT, UP, Vector, bend, exact_body, film, seen_from, standing, turn
from hypothesis import given, settings
from hypothesis import strategies as st

from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.kinematics.angles import ANGLES, curve_name, joint_angles, signed_angle_deg, turned_deg
from rom_vision.movements import SIDES, Side, load_catalogue

VIEWS = {"front": 0.0, "left": 90.0, "back": 180.0, "right": -90.0}


def limb(side: Side, *names: str) -> list[Point]:
    return [Point[f"{side}_{name}".upper()] for name in names]


def moved(angle: str, side: Side, degrees: float) -> dict[Point, Vector]:
    """The standing figure with one joint angle set, the others anatomical."""
    body, out = standing(), 1 if side == "left" else -1
    hand = ["wrist", "index", "pinky"]
    arm, foot = ["elbow", *hand], ["heel", "toes"]
    bent = bend(body, limb(side, "elbow")[0], limb(side, *hand), LEFT, -90)  # the forearm points forward
    moves = {
        "shoulder_flexion": (body, "shoulder", arm, -LEFT),
        "shoulder_abduction": (body, "shoulder", arm, out * FORWARD),
        "shoulder_elevation": (body, "shoulder", arm, out * FORWARD),
        "shoulder_horizontal_adduction": (
            bend(body, limb(side, "shoulder")[0], limb(side, *arm), out * FORWARD, 90), "shoulder", arm, -out * UP,
        ),
        "shoulder_external_rotation": (bent, "elbow", hand, out * UP),
        "elbow_flexion": (body, "elbow", hand, -LEFT),
        # thumbs up: from palms up the forearm turns half way in
        "forearm_pronation": (
            bend(bent, limb(side, "wrist")[0], limb(side, *hand), out * FORWARD, 90), "wrist", hand, out * FORWARD,
        ),
        # palm up, as the test asks: the hand bends up
        "wrist_flexion": (bent, "wrist", ["index", "pinky"], -LEFT),
        # thumb up: the hand goes up
        "wrist_radial_deviation": (bent, "wrist", ["index", "pinky"], -LEFT),
        "hip_flexion": (body, "hip", ["knee", "ankle", *foot], -LEFT),
        "leg_raise": (body, "hip", ["knee", "ankle", *foot], -LEFT),
        "hip_abduction": (body, "hip", ["knee", "ankle", *foot], out * FORWARD),
        "hip_internal_rotation": (
            bend(body, limb(side, "hip")[0], limb(side, "knee"), -LEFT, 90),
            "knee", ["ankle", *foot], out * FORWARD,
        ),
        "knee_flexion": (body, "knee", ["ankle", *foot], LEFT),
        "ankle_dorsiflexion": (body, "ankle", foot, -LEFT),
    }  # fmt: skip
    if angle in moves:
        start, joint, points, axis = moves[angle]
        if angle == "hip_internal_rotation":  # sitting: the shank hangs from the knee
            start = sitting(start, side)
        return bend(start, limb(side, joint)[0], limb(side, *points), axis, degrees)
    return bend_trunk(angle, side, degrees)


def sitting(body: dict[Point, Vector], side: Side) -> dict[Point, Vector]:
    knee = body[limb(side, "knee")[0]]
    return body | {
        p: knee + (standing()[p] - standing()[limb(side, "knee")[0]]) for p in limb(side, "ankle", "heel", "toes")
    }


def bend_trunk(angle: str, side: Side, degrees: float) -> dict[Point, Vector]:
    body, out = standing(), 1 if side == "left" else -1
    axis = {"flexion": LEFT, "lateral_flexion": -out * FORWARD, "rotation": out * UP}[angle.split("_", 1)[1]]
    head = [Point.NOSE, Point.LEFT_EAR, Point.RIGHT_EAR]
    if angle.startswith("neck"):
        level = body | {p: body[p] * [1, 0, 1] + 0.70 * UP for p in head}
        middle = (level[Point.LEFT_EAR] + level[Point.RIGHT_EAR]) / 2
        return level | {p: middle + turn(axis, degrees) @ (level[p] - middle) for p in head}
    return body | {p: turn(axis, degrees) @ body[p] for p in [*head, Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]}


def one(landmarks: Landmarks, angle: str, side: Side) -> float:
    curves = joint_angles(landmarks.time_s, exact_body(landmarks).joints_m)
    return float(curves.of(angle, None if ANGLES[angle].midline else side)[0])


def test_every_angle_of_the_catalogue_exists() -> None:
    assert {test.angle for test in load_catalogue().values()} == set(ANGLES)


@pytest.mark.parametrize("angle", ANGLES)
@settings(max_examples=25, deadline=None)
@given(degrees=st.floats(1, 85), side=st.sampled_from(SIDES), azimuth=st.floats(-180, 180))
def test_in_space_the_angle_belongs_to_the_body_not_to_the_view(
    angle: str, degrees: float, side: Side, azimuth: float
) -> None:
    landmarks = seen_from(moved(angle, side, degrees), azimuth)
    # a trunk that bends takes the axes that are halfway between hips and shoulders along by less than this
    assert one(landmarks, angle, side) == pytest.approx(degrees, abs=12 if angle.startswith("trunk") else 1e-6)


@pytest.mark.parametrize("angle", [name for name, angle in ANGLES.items() if angle.axis in ("left", "forward")])
@settings(max_examples=25, deadline=None)
@given(degrees=st.floats(-60, 85), side=st.sampled_from(SIDES))
def test_in_the_picture_the_angle_is_exact_and_keeps_its_sign_from_both_views(
    angle: str, degrees: float, side: Side
) -> None:
    for view in SIDES if ANGLES[angle].axis == "left" else ("front", "back"):
        picture = exact_body(seen_from(moved(angle, side, degrees), VIEWS[view])).joints_m * [1, 1, 0]
        towards_client = np.array([0.0, 0.0, -1.0 if view in ("left", "front") else 1.0])
        read = turned_deg(ANGLES[angle], side, picture, towards_client)[0]
        assert read == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("degrees", [-5, 0, 0.5, 90, 130, 179])
def test_knee_flexion_from_hyperextended_to_folded(degrees: float) -> None:
    landmarks = seen_from(moved("knee_flexion", "right", degrees), VIEWS["right"])
    assert one(landmarks, "knee_flexion", "right") == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("degrees", [150, 178, 182, 190])
def test_an_arm_raised_past_the_vertical_does_not_jump_to_minus_180(degrees: float) -> None:
    landmarks = seen_from(moved("shoulder_flexion", "left", degrees), VIEWS["left"])
    assert one(landmarks, "shoulder_flexion", "left") == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize("angle", ["knee_flexion", "hip_flexion", "shoulder_flexion", "elbow_flexion"])
def test_a_lying_client_reads_the_same_as_a_standing_one(angle: str) -> None:
    lying = turn(FORWARD, 90)  # the picture turned by a quarter
    landmarks = seen_from(moved(angle, "left", 70), VIEWS["left"], tilt=lying)
    assert one(landmarks, angle, "left") == pytest.approx(70, abs=1e-6)


def test_the_other_side_stays_anatomical() -> None:
    landmarks = seen_from(moved("knee_flexion", "left", 60), 0.0)
    curves = joint_angles(landmarks.time_s, exact_body(landmarks).joints_m)
    for name, angle in ANGLES.items():
        if not angle.midline and name not in (
            "elbow_flexion",
            "forearm_pronation",
            "shoulder_horizontal_adduction",
            "shoulder_external_rotation",
            "wrist_flexion",
            "wrist_radial_deviation",
        ):
            assert curves.of(name, "right")[0] == pytest.approx(0, abs=15), name


def test_a_point_not_seen_is_not_seen_in_its_angles_alone() -> None:
    landmarks = film([standing()] * 3, 0.0)
    torn = exact_body(landmarks).joints_m
    torn[1, Point.LEFT_ANKLE] = np.nan
    curves = joint_angles(landmarks.time_s, torn)
    assert np.isnan(curves.of("knee_flexion", "left")).tolist() == [False, True, False]
    assert np.isfinite(curves.of("knee_flexion", "right")).all()


def test_signed_angle_is_right_handed_about_its_axis() -> None:
    x, y, z = np.eye(3)
    assert signed_angle_deg(x[None], y[None], z) == pytest.approx([90])
    assert signed_angle_deg(y[None], x[None], z) == pytest.approx([-90])


def test_points_that_only_support_an_arm_test_are_told_apart() -> None:
    essential, supporting = ANGLES["shoulder_abduction"].points("left")
    assert Point.LEFT_ELBOW in essential
    assert supporting == {Point.LEFT_HIP, Point.RIGHT_HIP}
    essential, supporting = ANGLES["knee_flexion"].points("right")
    assert essential == {Point.RIGHT_HIP, Point.RIGHT_KNEE, Point.RIGHT_ANKLE}
    assert not supporting


def test_curve_names() -> None:
    assert curve_name("knee_flexion", "left") == "left_knee_flexion"
    assert curve_name("trunk_flexion", None) == "trunk_flexion"
