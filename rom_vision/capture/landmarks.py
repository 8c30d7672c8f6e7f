"""Landmarks: the 33 points that MediaPipe reports of a person, over time.

A landmark is what the model says it sees on the surface; it is not a joint centre.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Point(IntEnum):
    """MediaPipe Pose's numbers for its landmarks."""

    NOSE = 0
    LEFT_EAR = 7
    RIGHT_EAR = 8
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_TOES = 31
    RIGHT_TOES = 32


POINTS = 33
POINT_MIRROR = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 - 2 * (i % 2 == 0) for i in range(11, 33))]
"""Which landmark each becomes in a mirror."""


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Landmarks:
    """The landmarks of one person over time. Not seen is NaN.

    Attributes:
        time_s: (n,) seconds from the first frame, rising.
        size_px: width and height of the upright picture.
        image_px: (n, 33, 2) pixels of the upright picture, x right, y down.
        image_z_px: (n, 33) depth that goes with the image points, from mid-hip, away from the camera.
        world_m: (n, 33, 3) metres, x right, y down, z away from the camera, from mid-hip.
        visibility: (n, 33) the model's share of confidence that the point is in sight, 0 to 1.
        trust: (n, 33) how far the point can be believed to be the person's own, 0 to 1, where somebody else
            handles them; None where nobody does.
    """

    time_s: Array
    size_px: tuple[int, int]
    image_px: Array
    image_z_px: Array
    world_m: Array
    visibility: Array
    trust: Array | None = None

    def __post_init__(self) -> None:
        n = len(self.time_s)
        shapes: dict[str, tuple[int, ...]] = {
            "time_s": (n,),
            "image_px": (n, POINTS, 2),
            "image_z_px": (n, POINTS),
            "world_m": (n, POINTS, 3),
            "visibility": (n, POINTS),
        } | ({} if self.trust is None else {"trust": (n, POINTS)})
        for name, shape in shapes.items():
            array = np.array(getattr(self, name), dtype=float)  # our own copy: freezing it hurts nobody
            if array.shape != shape:
                raise ValueError(f"{name}: expected shape {shape}, got {array.shape}")
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        if np.any(np.diff(self.time_s) <= 0):
            raise ValueError("time_s: expected rising times")

    @classmethod
    def from_rows(cls, time_s: Array, size_px: tuple[int, int], rows: Array, trust: Array | None = None) -> Self:
        """From rows as `capture.pose` makes them.

        Args:
            time_s: (n,) seconds.
            size_px: width and height of the picture.
            rows: (n, 33, 7) image x, y, z in pixels, visibility, world x, y, z in metres.
            trust: (n, 33) as above.
        """
        return cls(
            time_s=time_s,
            size_px=size_px,
            image_px=rows[..., 0:2],
            image_z_px=rows[..., 2],
            visibility=rows[..., 3],
            world_m=rows[..., 4:7],
            trust=trust,
        )

    @property
    def seen(self) -> NDArray[np.bool_]:
        """(n,) whether the person was found in the frame."""
        return np.isfinite(self.image_px[:, Point.NOSE, 0])

    @property
    def believed(self) -> Array:
        """(n, 33) how far each point can be believed: the trust where it is known, else the visibility."""
        return self.visibility if self.trust is None else self.trust
