"""Which way the client faces the camera."""

import numpy as np

from rom_vision.capture.landmarks import Point
from rom_vision.kinematics.angles import Points, View, body_axis

HEADING_DEG: dict[View, float] = {"front": 0.0, "left": 90.0, "back": 180.0, "right": -90.0}


def heading_deg(points: Points) -> float:
    """How far the client is turned from facing the camera; median over the clip.

    Standing or lying alike: it is where, going round the trunk, the camera is.

    Args:
        points: (n, 33, 3) the body in space, camera frame; NaN where not seen.
    Returns:
        degrees in (-180, 180]: 0 the camera sees the front, 90 the left side, -90 the right side, 180 the
        back; NaN if the client is never seen.
    """
    hips = points[:, [Point.LEFT_HIP, Point.RIGHT_HIP]].mean(axis=1)
    seen = np.isfinite(hips[:, 0])
    if not seen.any():
        return float("nan")
    towards_camera = -hips[seen] / np.linalg.norm(hips[seen], axis=-1, keepdims=True)
    ahead = np.median((body_axis(points[seen], "forward") * towards_camera).sum(-1))
    to_the_left = np.median((body_axis(points[seen], "left") * towards_camera).sum(-1))
    return float(np.degrees(np.arctan2(to_the_left, ahead)))


def off_view_deg(heading: float, view: View) -> float:
    """How far a heading is off that view, 0 to 180 degrees."""
    return abs((heading - HEADING_DEG[view] + 180) % 360 - 180)


def nearest_view(heading: float, views: tuple[View, ...]) -> View:
    """The one of these views that the heading is nearest to."""
    return min(views, key=lambda view: off_view_deg(heading, view))
