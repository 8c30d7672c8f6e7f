"""What the lifter is shown of a person whose head moves: the same shoulders under a head that keeps still."""

from dataclasses import replace

import numpy as np
import pytest
from bodies import LEFT, bend, film, standing

from rom_vision.capture.camera import typical_camera
from rom_vision.capture.face import HEAD
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.kinematics.still_head import trunk_beside_head_m, with_still_head

FACE = [Point.LEFT_EAR, Point.RIGHT_EAR, Point.NOSE]


def nodding() -> Landmarks:
    return film([bend(standing(), Point.LEFT_SHOULDER, FACE, LEFT, deg) for deg in (0, 20, 40, 20, 0)], 0)


def test_a_head_that_nods_leaves_the_trunk_where_it_is() -> None:
    landmarks = nodding()
    trunk = trunk_beside_head_m(landmarks, typical_camera(landmarks.size_px))
    for point in (Point.LEFT_SHOULDER, Point.RIGHT_HIP):
        assert np.ptp(trunk[:, point], axis=0) == pytest.approx(0, abs=1e-6)


def test_the_head_rides_on_shoulders_that_move() -> None:
    landmarks = nodding()
    moved = replace(landmarks, image_px=landmarks.image_px + np.arange(5)[:, None, None])
    still = with_still_head(moved)
    assert np.diff(still.image_px[:, HEAD], axis=0) == pytest.approx(1.0)
    assert still.image_px[:, 11:] == pytest.approx(moved.image_px[:, 11:])


def test_who_is_never_seen_stays_unseen() -> None:
    landmarks = nodding()
    unseen = replace(landmarks, image_px=np.full_like(landmarks.image_px, np.nan))
    assert with_still_head(unseen) is unseen
