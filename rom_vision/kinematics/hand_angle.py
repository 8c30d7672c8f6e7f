"""The angle that a hand tells, of whichever joint is tested, and what all such angles are made of."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.camera import Camera
from rom_vision.capture.hand import RIGHT, Hands
from rom_vision.kinematics.angles import Curve, Points
from rom_vision.kinematics.smoothing import smooth
from rom_vision.movements import Angle, Side

STEADY = 0.25  # looks that place a knuckle farther apart than that share of the hand do not see the same hand
ARM_CUTOFF_HZ = 1.0  # an arm that rests, on a table or at the side, moves slowly; what is faster in it is doubt


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class HandAngle:
    """The tested angle over time, of wrist or forearm, as the hand tells it, and what it is taken from.

    Attributes:
        angle_deg: (n,) the test's own curve, in its curve's direction; NaN where the hand can't tell it.
        found: (n,) whether a hand of the tested side was found at the tested wrist, the same in every look.
        facing: (n,) whether it shows the camera the side by which the angle is told; false where not found.
        off_deg: (n,) how far the camera was from where the angle is seen whole.
        points_px: (n, 21, 2) the hand in the picture; NaN where not found.
        still_px: (n, 2, 2) the line that counts as still: elbow and wrist, or elbow and shoulder.
        moving_px: (n, 2, 2) the line that moves: wrist and middle knuckle, or knuckles of little and index finger.
    """

    angle_deg: Curve
    found: NDArray[np.bool_]
    facing: NDArray[np.bool_]
    off_deg: Curve
    points_px: Points
    still_px: Points
    moving_px: Points

    def within(self, frames: NDArray[np.bool_]) -> "HandAngle":
        """In those of the n frames alone."""
        return HandAngle(**{field.name: getattr(self, field.name)[frames] for field in fields(self)})


def found_hands(hands: Hands, side: Side) -> tuple[NDArray[np.bool_], Points]:
    """(n,) whether it is a hand of that side, the same in every look; and (n, 21, 3) its points, else NaN."""
    found = (hands.spread < STEADY) & ((hands.right if side == "right" else 1 - hands.right) > RIGHT)
    return found, np.where(found[:, None, None], hands.points_px, np.nan)


def clockwise(angle: Angle, side: Side) -> int:
    """1 where the angle grows clockwise as it is seen from where the test is filmed, else -1."""
    own = 1 if side == "left" else -1
    return -own if angle == "forearm_pronation" else own


def calm(time_s: Curve, points_m: Points) -> Points:
    """(n, 3) without what is faster than a resting arm moves."""
    return np.stack([smooth(time_s, points_m[:, axis], ARM_CUTOFF_HZ) for axis in range(3)], axis=-1)


def rays(px: Points, camera: Camera) -> Points:
    """(n, 3) toward points of the picture."""
    flat = camera.rays(px)
    return np.column_stack([flat, np.ones(len(flat))])
