"""Which way the client faces the camera."""

import numpy as np

from rom_vision.kinematics.angles import Points, View, body_axis, unit
from rom_vision.kinematics.lifter import HIPS
from rom_vision.movements import SIDES

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
    towards_camera = _towards_camera(points)
    if not len(towards_camera):
        return float("nan")
    ahead = np.median((body_axis(_seen(points), "forward") * towards_camera).sum(-1))
    to_the_left = np.median((body_axis(_seen(points), "left") * towards_camera).sum(-1))
    return float(np.degrees(np.arctan2(to_the_left, ahead)))


def askew_deg(points: Points, view: View) -> float:
    """How far the line of sight is off the body's axis that a view looks along, 0 to 90 degrees: how obliquely the
    plane of the movement is seen, also where the client lies and the camera stands toward their feet.

    Args:
        points: (n, 33, 3) the body in space, camera frame; NaN where not seen, but somewhere it is.
    """
    axis = body_axis(_seen(points), "left" if view in SIDES else "forward")
    along = np.abs((axis * _towards_camera(points)).sum(-1))
    return float(np.degrees(np.arccos(np.clip(np.median(along), 0.0, 1.0))))


def _seen(points: Points) -> Points:
    """Those of the (n, 33, 3) bodies that are seen."""
    return points[np.isfinite(points[:, HIPS, 0]).all(axis=1)]


def _towards_camera(points: Points) -> Points:
    """(k, 3) unit vectors from the hips to the camera, in the frames in which they are seen."""
    return unit(-_seen(points)[:, HIPS].mean(axis=1))


def off_view_deg(heading: float, view: View) -> float:
    """How far a heading is off that view, 0 to 180 degrees."""
    return abs((heading - HEADING_DEG[view] + 180) % 360 - 180)


def nearest_view(heading: float, views: tuple[View, ...]) -> View:
    """The one of these views that the heading is nearest to."""
    return min(views, key=lambda view: off_view_deg(heading, view))
