"""A region of interest of our own: the square of the picture, turned upright, in which one body is looked for.

The pose model's own detector takes whoever is most striking; a region that is held on a client stays with that
client, whoever else bends over them.
"""

from dataclasses import dataclass, replace

import numpy as np

from rom_vision.capture.landmarks import POINT_MIRROR, Array, Point
from rom_vision.capture.video import Image

INPUT_PX = 256  # of the landmark network
ROOM = 1.25  # round the circle that holds the body, as MediaPipe's own regions have it
HIPS = [Point.LEFT_HIP, Point.RIGHT_HIP]
SHOULDERS = [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """Where a body is looked for.

    Attributes:
        x_px, y_px: its middle, where the hips are.
        radius_px: from the hips to the farthest point of the body.
        turn_rad: how far the head is turned clockwise from the top of the picture.
        mirrored: whether it is shown to the network in a mirror.
    """

    x_px: float
    y_px: float
    radius_px: float
    turn_rad: float
    mirrored: bool = False

    def shifted(self, scale: float, turn_rad: float) -> "Region":
        """As large as that, and turned further."""
        return replace(self, radius_px=self.radius_px * scale, turn_rad=self.turn_rad + turn_rad)

    def enlarged(self, scale: float) -> "Region":
        """The same region in the same picture at another size."""
        return replace(self, x_px=self.x_px * scale, y_px=self.y_px * scale, radius_px=self.radius_px * scale)

    def in_mirror(self) -> "Region":
        """The same, shown the other way round."""
        return replace(self, mirrored=not self.mirrored)

    def cut(self, image: Image, side_px: int = INPUT_PX) -> Image:
        """(side, side, 3) what a network sees of the picture; black where the picture ends."""
        import cv2  # slow to load, and who only opens a record does not need it

        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        cut = cv2.warpAffine(image, self._to_picture(side_px), (side_px, side_px), flags=flags)
        return np.ascontiguousarray(cut[:, ::-1] if self.mirrored else cut, np.uint8)

    def points_in_picture(self, points: Array, side_px: int = INPUT_PX) -> Array:
        """Points (n, 3) of a cut, x and y in its pixels and the depth as large, in pixels of the picture."""
        to_picture = self._to_picture(side_px)
        flat = self._unmirrored(points[:, :2], side_px) @ to_picture[:, :2].T + to_picture[:, 2]
        return np.column_stack([flat, points[:, 2] * self._px(side_px)])

    def in_picture(self, row: Array) -> Array:
        """Landmarks (33, 7) of the cut, as `capture.pose` makes them, in the whole picture."""
        placed = row[POINT_MIRROR] if self.mirrored else row.copy()
        turned_scaled = self._to_picture(INPUT_PX)[:, :2]
        placed[:, :3] = self.points_in_picture(placed[:, :3])
        placed[:, 4:6] = self._unmirrored(placed[:, 4:6], 0) @ turned_scaled.T / self._px(INPUT_PX)
        return placed

    def _unmirrored(self, flat: Array, width: float) -> Array:
        """(n, 2) x and y as they are without the mirror, in a picture of that width."""
        return np.column_stack([width - flat[:, 0], flat[:, 1]]) if self.mirrored else flat

    def _px(self, side_px: int) -> float:
        """Pixels of the picture to one of the cut."""
        return 2 * ROOM * self.radius_px / side_px

    def _to_picture(self, side_px: int) -> Array:
        """(2, 3) from the cut's pixels to the picture's."""
        px = self._px(side_px)
        cos, sin = px * np.cos(self.turn_rad), px * np.sin(self.turn_rad)
        turned = np.array([[cos, -sin], [sin, cos]])
        shift = np.array([self.x_px, self.y_px]) - turned @ [side_px / 2, side_px / 2]
        return np.column_stack([turned, shift])


def trunks_px(rows: Array) -> Array:
    """(n, 4) middle of the hips and middle of the shoulders of (n, 33, 7) sightings."""
    return np.concatenate([rows[:, HIPS, :2].mean(axis=1), rows[:, SHOULDERS, :2].mean(axis=1)], axis=1)


def radii_px(rows: Array) -> Array:
    """(n,) from the hips to the farthest landmark of each."""
    hips = rows[:, HIPS, :2].mean(axis=1, keepdims=True)
    return np.asarray(np.linalg.norm(rows[..., :2] - hips, axis=-1).max(axis=1))


def region_round(trunk_px: Array, radius_px: float) -> Region:
    """The region of a body with this trunk (4,)."""
    x, y, across, down = *trunk_px[:2], *(trunk_px[2:] - trunk_px[:2])
    return Region(x_px=float(x), y_px=float(y), radius_px=radius_px, turn_rad=float(np.arctan2(across, -down)))
