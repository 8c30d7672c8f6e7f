"""The trunk beside a head that moves: what the lifter says of it when it is shown a head that keeps still.

The lifter lets a trunk bend and turn along with its head, whether it does or not: by 8 to 10 degrees where the
head goes 50 to 60. Shown the same shoulders and hips under a head that does not move, it does so by half of that
at most.
"""

from dataclasses import replace

import numpy as np

from rom_vision.capture.camera import Camera
from rom_vision.capture.face import HEAD, SHOULDERS
from rom_vision.capture.landmarks import POINTS, Array, Landmarks
from rom_vision.kinematics.angles import Points
from rom_vision.kinematics.lifter import BODY, lift


def trunk_beside_head_m(landmarks: Landmarks, camera: Camera) -> Points:
    """(n, 33, 3) joint centres in the camera frame, in units of the body's size; shoulders and hips are of use."""
    points = np.full((len(landmarks.time_s), POINTS, 3), np.nan)
    points[:, list(BODY)] = lift(with_still_head(landmarks), camera).points
    return points


def with_still_head(landmarks: Landmarks) -> Landmarks:
    """The same shoulders, hips and limbs under a head as it is in the middle of the clip."""
    if not landmarks.seen.any():
        return landmarks
    return replace(
        landmarks,
        image_px=_riding(landmarks.image_px),
        image_z_px=_riding(landmarks.image_z_px[..., None])[..., 0],
        world_m=_riding(landmarks.world_m),
    )


def _riding(points: Array) -> Array:
    """(n, 33, d) with the points of the head where they mostly are from the middle of the shoulders."""
    neck = points[:, list(SHOULDERS)].mean(axis=1, keepdims=True)
    still = points.copy()
    still[:, HEAD] = neck + np.nanmedian(points[:, HEAD] - neck, axis=0)
    return still
