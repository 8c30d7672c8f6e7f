"""A head that turns further than the face's mesh can follow, told by the pose model's points on it.

Those points are no measure of just any head: they sit on each a little differently. But where the mesh tells how
this head is turned, it can be learned where they sit on this one; from then on they tell its turning alone.
Source of the camera's model (parallel rays within a head, and one scale): Tomasi C, Kanade T, Int J Comput Vis
1992;9:137 (to be confirmed).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.spatial.transform import Rotation

from rom_vision.capture.face import HEAD
from rom_vision.kinematics.angles import Points

Matrices = NDArray[np.float64]

LEAST_FRAMES = 8
LEAST_TURNED_DEG = 15.0  # a head that was hardly seen to turn does not tell how deep its points lie
REACH_DEG = 20.0  # beyond the farthest turning that the mesh told
SCALE_SPREAD = 0.05  # a head keeps its distance from the camera


def beyond_the_mesh(image_px: Points, turned: Matrices) -> Matrices:
    """How the head has turned where its mesh is lost.

    Args:
        image_px: (n, 33, 2) the pose model's landmarks.
        turned: (n, 3, 3) the head's turning in the camera's axes, by the mesh; NaN where it is not seen.
    Returns:
        (n, 3, 3) the same with frames filled where the points tell it; NaN stays where they can't, or would have
        to tell more than the mesh has shown by far.
    """
    filled = turned.copy()
    known = np.isfinite(turned[:, 0, 0])
    points = image_px[:, HEAD] - image_px[:, HEAD].mean(axis=1, keepdims=True)
    lost = np.flatnonzero(~known & np.isfinite(points[:, 0, 0]))
    if known.sum() < LEAST_FRAMES or _size_deg(turned[known]).max() < LEAST_TURNED_DEG:
        return filled
    places = _places(points[known], turned[known])
    for frame in lost:
        nearest = turned[known][np.argmin(np.abs(np.flatnonzero(known) - frame))]
        found = _turned(points[frame], places, nearest)
        apart = found.T @ turned[known]
        if _size_deg(apart).min() <= REACH_DEG:
            filled[frame] = found
    return filled


def _places(points_px: Points, turned: Matrices) -> Points:
    """(11, 3) where the points sit on the head, in pixels, from (k, 11, 2) of them while it turned so."""
    rows = turned[:, :2].reshape(-1, 3)
    seen = points_px.transpose(0, 2, 1).reshape(len(rows), -1)
    return np.asarray(np.linalg.lstsq(rows, seen, rcond=None)[0].T)


def _turned(points_px: Points, places: Points, start: Matrices) -> Matrices:
    """(3, 3) the turning of a head whose points are there, nearest to where the search starts."""

    def misfit(turn_and_scale: NDArray[np.float64]) -> NDArray[np.float64]:
        turn = Rotation.from_rotvec(turn_and_scale[:3]).as_matrix()
        off_px = points_px - np.exp(turn_and_scale[3]) * places @ turn[:2].T
        return np.append(off_px, turn_and_scale[3] / SCALE_SPREAD)

    found = least_squares(misfit, np.append(Rotation.from_matrix(start).as_rotvec(), 0.0))
    return np.asarray(Rotation.from_rotvec(found.x[:3]).as_matrix())


def _size_deg(turns: Matrices) -> NDArray[np.float64]:
    """(k,) how far each of (k, 3, 3) turns."""
    return np.asarray(np.degrees(Rotation.from_matrix(turns).magnitude()))
