"""How a head has turned, told by the pose model's points on it.

From one picture they tell it badly: they sit on each head a little differently. But where they sit on this one the
picture itself shows before the head moves, all but how far each lies before the ears; and that differs little
between people. So they tell a nod as well as the face's mesh, which reads some faces a quarter short, and they are
still seen where the mesh is lost.

Source of the camera's model (parallel rays within a head, and one scale): Tomasi C, Kanade T, Int J Comput Vis
1992;9:137 (to be confirmed).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.spatial.transform import Rotation

from rom_vision.capture.face import HEAD
from rom_vision.capture.landmarks import Point
from rom_vision.kinematics.angles import Points

Matrices = NDArray[np.float64]

NOSE, EARS = 0, [Point.LEFT_EAR, Point.RIGHT_EAR]
BEFORE_EARS = np.array([0.58, *[0.42] * 6, 0.0, 0.0, 0.42, 0.42])
"""How far each point lies before the line from ear to ear, in that line's lengths: about the middle of the
development films (benchmarks/neck.py); what is wrong with it is in the gains of `head`."""

LIKE_FIRST_DEG = 5.0  # turned less than that, a head counts as it was at first
SPREAD = 0.02  # of the points round where they should be, in lengths of the line from ear to ear
SCALE_SPREAD = 0.05  # a head keeps its distance from the camera
REACH_DEG = 30.0  # beyond the farthest turning that the mesh told


def with_points(image_px: Points, turned: Matrices, share: float) -> Matrices:
    """How the head has turned, by its mesh and by the pose model's points.

    Args:
        image_px: (n, 33, 2) the pose model's landmarks.
        turned: (n, 3, 3) the head's turning in the camera's axes, by the mesh; NaN where it is not seen.
        share: of the points, from 0 to 1, where the mesh tells it too.
    Returns:
        (n, 3, 3) the same with frames filled where only the points tell it; NaN stays where they can't, or would
        have to tell more than the mesh has shown by far.
    """
    told = turned.copy()
    known = np.flatnonzero(np.isfinite(turned[:, 0, 0]))
    points = image_px[:, HEAD] - image_px[:, HEAD].mean(axis=1, keepdims=True)
    still = known[size_deg(turned[known]) < LIKE_FIRST_DEG] if len(known) else known
    if not len(still):
        return told
    places = _places(np.median(points[still], axis=0))
    if not np.isfinite(places).all():
        return told
    for frame in np.flatnonzero(np.isfinite(points[:, 0, 0])):
        lost = frame not in known
        if not lost and not share:
            continue
        nearest = turned[known[np.argmin(np.abs(known - frame))]]
        found = _turned(points[frame], places, nearest)
        if not lost:
            apart = Rotation.from_matrix(found @ turned[frame].T).as_rotvec()
            told[frame] = Rotation.from_rotvec(share * apart).as_matrix() @ turned[frame]
        elif size_deg(found.T @ turned[known]).min() <= REACH_DEG:
            told[frame] = found
    return told


def size_deg(turns: Matrices) -> NDArray[np.float64]:
    """(k,) how far each of (k, 3, 3) turns."""
    return np.asarray(np.degrees(Rotation.from_matrix(turns).magnitude()))


def _places(points_px: Points) -> Points:
    """(11, 3) where the points of a head that looks like this (11, 2) sit on it, pixels, in the camera's axes; NaN
    where they lie all in one place.

    A head that looks a little past the camera shows its nose off the middle of its ears.
    """
    left, right = points_px[EARS]
    across = (left - right) / max(float(np.linalg.norm(left - right)), 1e-9)
    wide, off = float(np.linalg.norm(left - right)), float((points_px[NOSE] - (left + right) / 2) @ across)
    if wide < 1.0:
        return np.full((len(points_px), 3), np.nan)
    turn = np.arctan2(off, BEFORE_EARS[NOSE] * wide)
    before = BEFORE_EARS * wide / np.cos(turn)
    along = ((points_px - (left + right) / 2) @ across - before * np.sin(turn)) / np.cos(turn)
    places = np.column_stack([points_px, along * np.sin(turn) - before * np.cos(turn)])
    return np.asarray(places - places.mean(axis=0))


def _turned(points_px: Points, places: Points, start: Matrices) -> Matrices:
    """(3, 3) the turning of a head whose points are there, nearest to where the search starts."""
    wide = np.linalg.norm(places[EARS[0]] - places[EARS[1]])

    def misfit(turn_and_scale: NDArray[np.float64]) -> NDArray[np.float64]:
        turn = Rotation.from_rotvec(turn_and_scale[:3]).as_matrix()
        off = (points_px - np.exp(turn_and_scale[3]) * places @ turn[:2].T) / (SPREAD * wide)
        return np.append(off, turn_and_scale[3] / SCALE_SPREAD)

    found = least_squares(misfit, np.append(Rotation.from_matrix(start).as_rotvec(), 0.0))
    return np.asarray(Rotation.from_rotvec(found.x[:3]).as_matrix())
