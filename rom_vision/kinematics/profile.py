"""The neck in profile: how far the head has nodded since its neutral position, read off the picture.

There the face's mesh fails, but the line from the ear to the eye lies in the plane of the movement, and so does
the trunk. The line from the ear to the nose, or all points of the head together, read flexion lower still.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.kinematics.angles import Curve, Points
from rom_vision.kinematics.head import NECK_CUTOFF_HZ, Moved, Neck, neutral_frames
from rom_vision.kinematics.smoothing import smooth
from rom_vision.movements import Side

LEFT_EYE, RIGHT_EYE = 2, 5
NEAR: Mapping[Side, tuple[int, int]] = MappingProxyType(
    {"left": (Point.LEFT_EAR, LEFT_EYE), "right": (Point.RIGHT_EAR, RIGHT_EYE)}
)
DRAWN = 2.5  # how long the head's axis forward is drawn, in lines from the ear to the eye
TRUNK_CUTOFF_HZ = 1.0

GAIN = 1.16
"""True over read, near the peaks, bent forward and back alike. Learned on the development films alone, by
`python -m benchmarks.neck --learn`."""


def profile_neck(landmarks: Landmarks, near: Side, moved: Moved) -> Neck:
    """Flexion alone, with what the line is known to read wrong put right; the head's other angles stay unseen.

    Args:
        near: the side that the camera sees.
        moved: the motion of the test.
    """
    nodded = smooth(landmarks.time_s, nodded_deg(landmarks, near, moved), NECK_CUTOFF_HZ)
    unseen = np.full_like(nodded, np.nan)
    return Neck(
        flexion_deg=nodded * GAIN,
        left_lateral_flexion_deg=unseen,
        left_rotation_deg=unseen,
        off_camera_deg=unseen,
        axes_px=_axes_px(landmarks.image_px, near),
        told_by="profile",
    )


def nodded_deg(landmarks: Landmarks, near: Side, moved: Moved) -> Curve:
    """(n,) how far the line has turned against the trunk since neutral, chin to chest positive, as it is read."""
    px = landmarks.image_px
    ear, eye = NEAR[near]
    shoulders = px[:, [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]].mean(axis=1)
    hips = px[:, [Point.LEFT_HIP, Point.RIGHT_HIP]].mean(axis=1)
    trunk = smooth(landmarks.time_s, _turned_deg(shoulders - hips), TRUNK_CUTOFF_HZ)
    # who shows the left side looks to the left of the picture, and nods against the clock
    nods = (_turned_deg(px[:, eye] - px[:, ear]) - trunk) * (-1 if near == "left" else 1)
    neutral = neutral_frames(landmarks.time_s, moved.way * nods)
    return nods - np.median(nods[neutral]) if neutral.any() else np.full_like(nods, np.nan)


def _axes_px(image_px: Points, near: Side) -> Points:
    """(n, 4, 2) the ear and the end of the head's axis forward, as `Neck` has them; the others are not seen."""
    ear, eye = (image_px[:, point] for point in NEAR[near])
    unseen = np.full_like(ear, np.nan)
    return np.stack([ear, unseen, unseen, ear + DRAWN * (eye - ear)], axis=1)


def _turned_deg(lines: Points) -> Curve:
    """(n,) how far lines (n, 2) of the picture have turned with the clock since the first that is seen."""
    seen = np.flatnonzero(np.isfinite(lines[:, 0]))
    if not len(seen):
        return np.full(len(lines), np.nan)
    along = lines[seen[0]]
    across = np.array([-along[1], along[0]])
    return np.asarray(np.degrees(np.arctan2(lines @ across, lines @ along)))
