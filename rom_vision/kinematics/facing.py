"""Which way the client faces the camera."""

import numpy as np

from rom_vision.capture.landmarks import Landmarks
from rom_vision.kinematics.angles import View, body_axis

HEADING_DEG: dict[View, float] = {"front": 0.0, "left": 90.0, "back": 180.0, "right": -90.0}


def heading_deg(landmarks: Landmarks) -> float:
    """How far the client is turned from facing the camera; median over the clip.

    Standing or lying alike: it is where, going round the trunk, the camera is.

    Returns:
        degrees in (-180, 180]: 0 the camera sees the front, 90 the left side, -90 the right side, 180 the
        back; NaN if the client is never seen.
    """
    towards_camera = np.array([0.0, 0.0, -1.0])
    seen = landmarks.world_m[landmarks.seen]
    if not len(seen):
        return float("nan")
    ahead = np.median(body_axis(seen, "forward") @ towards_camera)
    to_the_left = np.median(body_axis(seen, "left") @ towards_camera)
    return float(np.degrees(np.arctan2(to_the_left, ahead)))


def off_view_deg(heading: float, view: View) -> float:
    """How far a heading is off that view, 0 to 180 degrees."""
    return abs((heading - HEADING_DEG[view] + 180) % 360 - 180)


def nearest_view(heading: float, views: tuple[View, ...]) -> View:
    """The one of these views that the heading is nearest to."""
    return min(views, key=lambda view: off_view_deg(heading, view))


def foreshortening_deg(angle_deg: float, off_deg: float) -> float:
    """How wrong an angle reads in the picture when its plane is turned off the picture plane about its zero line.

    Turned by t, the part of the limb across the zero line shrinks by cos t, so that the angle a reads as
    atan2(sin a cos t, cos a). At 0, 90 and 180 nothing is lost: there the error of the next degrees counts,
    so the worst within 10 degrees is taken.

    Args:
        angle_deg: the angle read.
        off_deg: how far off the view is.
    Returns:
        degrees, never negative.
    """
    a = np.radians(angle_deg + np.linspace(-10, 10, 21))
    shrink = np.cos(np.radians(min(off_deg, 85.0)))  # seen edge-on no angle is left to read
    read = np.arctan2(np.sin(a) * shrink, np.cos(a))
    return float(np.abs(np.degrees((read - a + np.pi) % (2 * np.pi) - np.pi)).max())
