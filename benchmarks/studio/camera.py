"""The camera: where it stands, what its lens does, and where a point lands in the picture."""

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.studio.body import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A pinhole camera that looks at a point in the room.

    Attributes:
        azimuth_deg: 0 in front of the person, 90 at the person's left, 180 behind.
        distance_m: from the point looked at, along the floor.
        height_m: of the lens above the floor.
        looks_at_m: the point in the middle of the picture, world axes.
        roll_deg: clockwise turn of the camera; the picture turns the other way.
        focal: focal length as a share of the picture's longer side.
        width_px, height_px: the picture.
        k1, k2: radial distortion of the lens (Brown 1966, as in OpenCV): a point at radius r from the middle, in
            units of the focal length, is seen at r (1 + k1 r² + k2 r⁴). Negative k1 is a barrel, as in phones.
    """

    azimuth_deg: float = 0.0
    distance_m: float = 3.0
    height_m: float = 1.2
    looks_at_m: tuple[float, float, float] = (0.0, 0.0, 0.95)
    roll_deg: float = 0.0
    focal: float = 0.8
    width_px: int = 720
    height_px: int = 1280
    k1: float = 0.0
    k2: float = 0.0

    @property
    def focal_px(self) -> float:
        return self.focal * max(self.width_px, self.height_px)

    def position_m(self) -> Array:
        """(3,) world axes."""
        azimuth = np.radians(self.azimuth_deg)
        x, y, _ = self.looks_at_m
        return np.array(
            [x + self.distance_m * np.sin(azimuth), y - self.distance_m * np.cos(azimuth), self.height_m]
        )

    def rotation(self) -> Array:
        """(3, 3) world axes to the camera's: x right, y down, z away."""
        away = np.array(self.looks_at_m) - self.position_m()
        away /= np.linalg.norm(away)
        right = np.cross(away, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        down = np.cross(away, right)
        cos, sin = np.cos(np.radians(self.roll_deg)), np.sin(np.radians(self.roll_deg))
        return np.stack([cos * right + sin * down, cos * down - sin * right, away])

    def to_camera_m(self, points_m: Array) -> Array:
        """(..., 3) world -> camera axes, metres."""
        return (points_m - self.position_m()) @ self.rotation().T

    def project_px(self, points_m: Array) -> Array:
        """(..., 3) world -> (..., 2) pixels; the middle of the upper left pixel is (0.5, 0.5)."""
        x, y, z = np.moveaxis(self.to_camera_m(points_m), -1, 0)
        flat = np.stack([x / z, y / z], -1)
        square = (flat**2).sum(-1, keepdims=True)
        return flat * (1 + self.k1 * square + self.k2 * square**2) * self.focal_px + self._middle_px

    def unbent(self) -> "Camera":
        """The same camera with a perfect lens, and a picture wide enough to hold all that this one sees."""
        if not self.distorts:
            return self
        corners = np.array([[0, 0], [0, self.height_px], [0, self._middle_px[1]], [self._middle_px[0], 0]])
        reach = np.abs(self._straightened(corners)).max(0) * self.focal_px
        width, height = (2 * int(np.ceil(side)) + 2 for side in reach)
        return replace(
            self, width_px=width, height_px=height, focal=self.focal_px / max(width, height), k1=0.0, k2=0.0
        )

    def bending_px(self) -> Array:
        """(height, width, 2): for each pixel, where it lies in the picture of `unbent`, OpenCV's pixel centres."""
        columns, rows = np.meshgrid(np.arange(self.width_px) + 0.5, np.arange(self.height_px) + 0.5)
        straight = self.unbent()
        flat = self._straightened(np.stack([columns, rows], -1))
        return flat * self.focal_px + straight._middle_px - 0.5

    @property
    def distorts(self) -> bool:
        return self.k1 != 0 or self.k2 != 0

    @property
    def _middle_px(self) -> Array:
        return np.array([self.width_px, self.height_px]) / 2

    def _straightened(self, pixels: Array) -> Array:
        """(..., 2) pixels -> directions over the focal length, as a perfect lens would see them."""
        bent = (pixels - self._middle_px) / self.focal_px
        flat = bent.copy()
        for _ in range(30):
            square = (flat**2).sum(-1, keepdims=True)
            flat = bent / (1 + self.k1 * square + self.k2 * square**2)
        return flat

    def clip_matrix(self, near_m: float = 0.1, far_m: float = 30.0) -> Array:
        """(4, 4) world -> OpenGL clip space, for the same picture."""
        view = np.eye(4)
        view[:3, :3] = np.diag([1.0, -1.0, -1.0]) @ self.rotation()
        view[:3, 3] = -view[:3, :3] @ self.position_m()
        lens = np.zeros((4, 4))
        lens[0, 0] = 2 * self.focal_px / self.width_px
        lens[1, 1] = 2 * self.focal_px / self.height_px
        lens[2, 2] = -(far_m + near_m) / (far_m - near_m)
        lens[2, 3] = -2 * far_m * near_m / (far_m - near_m)
        lens[3, 2] = -1.0
        return lens @ view
