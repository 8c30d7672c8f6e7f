"""The wrist from the points of a hand: hands turned by known angles, in the picture and before any camera."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rom_vision.capture.camera import Camera
from rom_vision.capture.hand import HAND_POINTS, Hands
from rom_vision.capture.landmarks import POINTS, Point
from rom_vision.kinematics.hand_angle import HandAngle
from rom_vision.kinematics.wrist import put_right, wrist_angle
from rom_vision.movements import Side

CAMERA = Camera(name=None, size_px=(1000, 1000), focal_px=900.0, centre_px=(500.0, 500.0))
TIME_S = np.arange(12) / 15.0
AWAY_M = 1.5
ANGLE = st.floats(-80, 80)
SIDES = st.sampled_from(get_args(Side))

# Right hands, in the picture: fingers to the right, y down; z away from the camera.
FROM_THUMB = {5: (0.09, -0.01, -0.02), 9: (0.09, 0.0, 0.0), 13: (0.085, 0.01, 0.02), 17: (0.08, 0.02, 0.04)}
FROM_BACK = {5: (0.09, -0.03, 0.0), 9: (0.09, 0.0, 0.0), 13: (0.085, 0.02, 0.0), 17: (0.08, 0.04, 0.0)}


def turned(points: np.ndarray, clockwise_deg: float) -> np.ndarray:
    a = np.radians(clockwise_deg)
    return points @ np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]])


def clip(hand: dict, side: Side, deg: float, tilt_deg: float = 0.0) -> tuple[Hands, np.ndarray]:
    """A forearm across the middle of the picture with a hand turned so far against the clock, of a right one."""
    points = np.zeros((HAND_POINTS, 3))
    points[list(hand)] = list(hand.values())
    points, elbow = turned(turned(points, -deg), tilt_deg), turned(np.array([-0.25, 0.0, 0.0]), tilt_deg)
    if side == "left":  # the other hand is the mirror image
        points, elbow = points * [-1, 1, 1], elbow * [-1, 1, 1]
    joints = np.full((len(TIME_S), POINTS, 3), np.nan)
    joints[:, Point[f"{side.upper()}_ELBOW"]] = elbow + np.array([0, 0, AWAY_M])
    joints[:, Point[f"{side.upper()}_WRIST"]] = [0, 0, AWAY_M]
    px = points * CAMERA.focal_px / AWAY_M + [*CAMERA.centre_px, 0]
    n = len(TIME_S)
    right = 0.95 if side == "right" else 0.05
    hands = Hands(points_px=np.repeat(px[None], n, axis=0), spread=np.full(n, 0.02), right=np.full(n, right))
    return hands, joints


def read(hands: Hands, joints: np.ndarray, angle: str, side: Side) -> HandAngle:
    return wrist_angle(TIME_S, hands, joints, CAMERA, angle, side)


@settings(max_examples=15, deadline=None)
@given(deg=ANGLE, tilt_deg=st.integers(-180, 180), side=SIDES)
@pytest.mark.parametrize(("angle", "hand"), [("wrist_flexion", FROM_THUMB), ("wrist_radial_deviation", FROM_BACK)])
def test_the_angle_belongs_to_the_hand_however_the_forearm_lies(angle, hand, deg, tilt_deg, side) -> None:
    """Toward the palm, and toward the thumb, is positive on both sides."""
    found = read(*clip(hand, side, deg, tilt_deg), angle, side)
    assert found.facing.all()
    assert found.angle_deg[-1] == pytest.approx(put_right(angle, np.array(deg)), abs=1.6)  # the hand has a length
    assert found.off_deg[-1] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("side", get_args(Side))
def test_another_side_of_the_hand_than_the_test_needs_tells_nothing(side: Side) -> None:
    little_finger = {place: (x, y, -z) for place, (x, y, z) in FROM_THUMB.items()}
    palm = {place: (x, -y, z) for place, (x, y, z) in FROM_BACK.items()}
    for hand, angle in (
        (FROM_BACK, "wrist_flexion"), (little_finger, "wrist_flexion"),
        (FROM_THUMB, "wrist_radial_deviation"), (palm, "wrist_radial_deviation"),
    ):  # fmt: skip
        found = read(*clip(hand, side, 20), angle, side)
        assert found.found.all()
        assert not found.facing.any()
        assert np.isnan(found.angle_deg).all()


def test_a_hand_taken_for_the_other_one_or_seen_elsewhere_by_each_look_is_not_found() -> None:
    hands, joints = clip(FROM_THUMB, "right", 30)
    right, spread, points = hands.right.copy(), hands.spread.copy(), hands.points_px.copy()
    right[3], spread[4], points[5] = 0.2, 0.5, np.nan
    spread[5] = right[5] = np.nan
    found = read(Hands(points_px=points, spread=spread, right=right), joints, "wrist_flexion", "right")
    assert np.flatnonzero(~found.found).tolist() == [3, 4, 5]
    assert np.isnan(found.angle_deg[[3, 4, 5]]).all()
    assert np.isfinite(np.delete(found.angle_deg, [3, 4, 5])).all()


def test_a_forearm_that_points_toward_the_camera_is_off() -> None:
    hands, joints = clip(FROM_THUMB, "right", 30)
    joints[:, Point.RIGHT_ELBOW] = [-0.25 * np.cos(0.7), 0, AWAY_M + 0.25 * np.sin(0.7)]
    assert read(hands, joints, "wrist_flexion", "right").off_deg[-1] == pytest.approx(np.degrees(0.7), abs=0.1)
