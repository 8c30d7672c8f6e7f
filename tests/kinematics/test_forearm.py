"""The forearm from the points of a hand: hands turned by known angles, before a camera along the forearm."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rom_vision.capture.camera import Camera
from rom_vision.capture.hand import HAND_POINTS, Hands
from rom_vision.capture.landmarks import POINTS, Point
from rom_vision.kinematics.forearm import OFFSET_DEG, follow, forearm_angle
from rom_vision.kinematics.hand_angle import HandAngle
from rom_vision.movements import Side

CAMERA = Camera(name=None, size_px=(1000, 1000), focal_px=900.0, centre_px=(500.0, 500.0))
TIME_S = np.arange(40) / 15.0
TURN = np.sin(np.linspace(0, 2 * np.pi, len(TIME_S)))  # palm down, and then palm up
SIDES = st.sampled_from(get_args(Side))


def clip(side: Side, most_deg: float, off_deg: float = 0.0) -> tuple[Hands, np.ndarray]:
    """A forearm toward a camera that stands so far off, the upper arm hanging, and a hand that turns both ways."""
    inwards = 1.0 if side == "right" else -1.0  # the client's right is on the left of the picture
    off = np.radians(off_deg)
    ahead, across = np.array([np.sin(off), 0, -np.cos(off)]), np.array([np.cos(off), 0, np.sin(off)]) * inwards
    wrist, up, turn = np.array([0.05, 0.02, 1.5]), np.array([0.0, -1.0, 0.0]), np.radians(most_deg * TURN)[:, None]
    thumb = np.cos(turn) * up + np.sin(turn) * across
    joints = np.full((len(TIME_S), POINTS, 3), np.nan)
    for name, place in (
        ("WRIST", wrist),
        ("ELBOW", wrist - 0.25 * ahead),
        ("SHOULDER", wrist - 0.25 * ahead + 0.3 * up),
    ):
        joints[:, Point[f"{side.upper()}_{name}"]] = place
    points = np.zeros((len(TIME_S), HAND_POINTS, 3))
    for knuckle, way in ((5, 0.04), (9, 0.015), (13, -0.015), (17, -0.04)):
        points[:, knuckle, :2] = CAMERA.project_px(wrist + 0.08 * ahead + way * thumb)
    n = len(TIME_S)
    right = np.full(n, 0.9 if side == "right" else 0.1)
    return Hands(points_px=points, spread=np.full(n, 0.05), right=right), joints


def read(hands: Hands, joints: np.ndarray, side: Side) -> HandAngle:
    return forearm_angle(TIME_S, hands, joints, CAMERA, side)


def mistaken(hands: Hands, frames: np.ndarray) -> Hands:
    """As the hand model sees one that it takes for the other: palm for back, index for little finger."""
    points, right = hands.points_px.copy(), hands.right.copy()
    points[frames] = points[frames][:, [*range(5), 17, 6, 7, 8, 13, 10, 11, 12, 9, 14, 15, 16, 5, 18, 19, 20]]
    right[frames] = 1 - right[frames]
    return replace(hands, points_px=points, right=right)


@settings(max_examples=15, deadline=None)
@given(most_deg=st.floats(20, 95), off_deg=st.floats(-25, 25), side=SIDES)
def test_palm_down_is_positive_on_both_sides_wherever_the_camera_stands(most_deg, off_deg, side) -> None:
    found = read(*clip(side, most_deg, off_deg), side)
    assert found.angle_deg == pytest.approx(most_deg * TURN + OFFSET_DEG, abs=3)  # it is smoothed
    # the wrist is a little beside the middle of the picture
    assert found.off_deg[0] == pytest.approx(abs(off_deg), abs=3)


@pytest.mark.parametrize("side", get_args(Side))
def test_a_hand_taken_for_the_other_one_is_put_right_by_the_frames_before(side: Side) -> None:
    hands, joints = clip(side, 85)
    found = read(mistaken(hands, np.arange(8, 14)), joints, side)
    assert found.angle_deg == pytest.approx(85 * TURN + OFFSET_DEG, abs=3)
    index, pinky = found.moving_px[10, 1], found.moving_px[10, 0]
    assert np.allclose([pinky, index], hands.points_px[10, [17, 5], :2])  # drawn as it is, not as it was taken


def test_a_hand_that_turns_against_what_it_is_taken_for_tells_nothing() -> None:
    """The thumb down, or the other hand in its place: the line looks the same, and it is not the tested motion."""
    hands, joints = clip("left", 60)
    found = read(replace(hands, right=1 - hands.right), joints, "left")
    assert found.found.all()
    assert not found.facing.any()
    assert np.isnan(found.angle_deg).all()


def test_a_slip_is_left_out_and_the_line_goes_on() -> None:
    read_deg = 80 * TURN
    read_deg[10] -= 60
    followed = follow(TIME_S, read_deg)
    assert np.isnan(followed[10])
    assert np.delete(followed, 10) == pytest.approx(np.delete(80 * TURN, 10))
