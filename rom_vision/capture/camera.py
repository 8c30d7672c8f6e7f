"""The camera: how a point in space becomes a point of the upright picture, and back."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rom_vision.errors import UsageError

Array = NDArray[np.float64]

TYPICAL_FOCAL = 0.76  # of the picture's longer side, see typical_camera
TYPICAL_DOUBT = 0.12
SHAPE_TOLERANCE = 0.01  # two pictures are of one shape where their sides agree so far: reduced sizes are rounded
STEPS = 12  # of Newton's method; from the bent point 5 are enough for any lens that is not a fisheye
CLOSE = 1e-9  # of the focal length: a thousandth of a thousandth of a pixel


@dataclass(frozen=True, kw_only=True, slots=True)
class Camera:
    """How a point in space becomes a point of the upright picture.

    A pinhole with one focal length (pixels are square) and the lens of Brown 1966 as in OpenCV. The camera frame
    is x right, y down, z away; the upper left corner of the picture is (0, 0), the middle of its first pixel
    (0.5, 0.5), as in MediaPipe's landmarks.

    Attributes:
        name: of the profile; None for a guess.
        size_px: width and height of the upright picture it is for.
        focal_px: focal length.
        centre_px: where the axis of the lens meets the picture.
        distortion: OpenCV's k1, k2, p1, p2, k3; those left out are zero.
        focal_doubt: standard deviation of the focal length as a share of it.
    """

    name: str | None
    size_px: tuple[int, int]
    focal_px: float
    centre_px: tuple[float, float]
    distortion: tuple[float, ...] = ()
    focal_doubt: float = 0.0

    def __post_init__(self) -> None:
        if not (min(self.size_px) > 0 and 0 < self.focal_px < np.inf):
            raise ValueError(f"expected a picture and a focal length, got {self.size_px}, {self.focal_px}")
        if len(self.distortion) > 5:
            raise ValueError(f"distortion: expected k1, k2, p1, p2, k3 at most, got {self.distortion}")

    def rays(self, image_px: Array) -> Array:
        """Where points of the picture lie in space, but for their depth.

        Args:
            image_px: (..., 2) pixels of the upright picture.
        Returns:
            (..., 2) x/z and y/z of the ray. NaN where the point is, or where no ray is bent so far by this lens.
        """
        bent = (np.asarray(image_px, dtype=float) - self.centre_px) / self.focal_px
        if not any(self.distortion):
            return bent
        flat = bent.copy()
        with np.errstate(all="ignore"):  # a point that no ray reaches runs away; it is told below
            for _ in range(STEPS):
                flat = flat - self._newton_step(flat, self._bent(flat) - bent)
            found = np.abs(self._bent(flat) - bent).max(-1, keepdims=True) < CLOSE
        return np.where(found, flat, np.nan)

    def project_px(self, points_m: Array) -> Array:
        """Where points in space are seen.

        Args:
            points_m: (..., 3) metres, camera frame.
        Returns:
            (..., 2) pixels of the upright picture; NaN where the point is, or where it is not before the camera.
        """
        points = np.asarray(points_m, dtype=float)
        depth = points[..., 2:]
        flat = points[..., :2] / np.where(depth > 0, depth, np.nan)
        return self._bent(flat) * self.focal_px + self.centre_px

    def for_picture(self, size_px: tuple[int, int]) -> "Camera":
        """The same camera for pictures of another size: reduced, enlarged, or with the phone turned upright.

        Raises:
            UsageError: the pictures have another shape, so the phone used another part of its sensor.
        """
        is_turned = (size_px[0] > size_px[1]) != (self.size_px[0] > self.size_px[1])
        own = self._turned() if is_turned else self
        across, down = size_px[0] / own.size_px[0], size_px[1] / own.size_px[1]
        if abs(across - down) > SHAPE_TOLERANCE * max(across, down):
            raise UsageError(
                f"The camera {self.name} was calibrated with pictures of {_by(self.size_px)} pixels; "
                f"these are {_by(size_px)}, another shape.",
                remedy="Film with the settings used for the calibration, or calibrate with these.",
            )
        return replace(
            own,
            size_px=size_px,
            focal_px=own.focal_px * max(size_px) / max(own.size_px),
            centre_px=(own.centre_px[0] * across, own.centre_px[1] * down),
        )

    def _turned(self) -> "Camera":
        """The camera of the same pictures, turned by 90°: wide ones clockwise, upright ones back.

        That is how phones turn what their sensor sees. One held wide the other way up has its centre mirrored; the
        sizes of the pictures can't tell, and it costs a few pixels.
        """
        width, height = self.size_px
        x, y = self.centre_px
        k1, k2, p1, p2, k3 = self._lens
        # a clockwise turn sends (x, y) to (-y, x); put into Brown's formula that trades p1 and p2
        if width > height:
            return replace(
                self, size_px=(height, width), centre_px=(height - y, x), distortion=(k1, k2, p2, -p1, k3)
            )
        return replace(self, size_px=(height, width), centre_px=(y, width - x), distortion=(k1, k2, -p2, p1, k3))

    @property
    def _lens(self) -> tuple[float, ...]:
        """k1, k2, p1, p2, k3."""
        return (*self.distortion, 0.0, 0.0, 0.0, 0.0, 0.0)[:5]

    def _bent(self, flat: Array) -> Array:
        """(..., 2) x/z and y/z of a ray -> where the lens puts it, over the focal length (Brown 1966)."""
        if not any(self.distortion):
            return flat
        k1, k2, p1, p2, k3 = self._lens
        x, y = flat[..., 0], flat[..., 1]
        square = x**2 + y**2
        radial = 1 + square * (k1 + square * (k2 + square * k3))
        return np.stack(
            [
                x * radial + 2 * p1 * x * y + p2 * (square + 2 * x**2),
                y * radial + p1 * (square + 2 * y**2) + 2 * p2 * x * y,
            ],
            axis=-1,
        )

    def _newton_step(self, flat: Array, miss: Array) -> Array:
        """(..., 2) by how much to correct rays that miss their bent points by so much."""
        k1, k2, p1, p2, k3 = self._lens
        x, y = flat[..., 0], flat[..., 1]
        square = x**2 + y**2
        radial = 1 + square * (k1 + square * (k2 + square * k3))
        slope = 2 * (k1 + square * (2 * k2 + square * 3 * k3))  # d radial / dx is x times this
        xx = radial + slope * x**2 + 2 * p1 * y + 6 * p2 * x
        yy = radial + slope * y**2 + 6 * p1 * y + 2 * p2 * x
        xy = slope * x * y + 2 * p1 * x + 2 * p2 * y
        determinant = xx * yy - xy**2
        return np.stack(
            [
                (yy * miss[..., 0] - xy * miss[..., 1]) / determinant,
                (xx * miss[..., 1] - xy * miss[..., 0]) / determinant,
            ],
            axis=-1,
        )


def typical_camera(size_px: tuple[int, int]) -> Camera:
    """The main camera of a phone, where nothing is known of it.

    Phones state 24 to 28 mm as the equivalent of their main camera on film of 36 x 24 mm, compared by diagonals
    (CIPA DCG-001; 43.3 mm, and 1.25 times the longer side of a sensor of 4:3). That is 0.69 to 0.81 of the longer
    side, and films cut off a little more to steady themselves. On real clips 0.76 fits; 10 % more or less changes
    angles by 0.1°.
    """
    width, height = size_px
    return Camera(
        name=None,
        size_px=size_px,
        focal_px=TYPICAL_FOCAL * max(size_px),
        centre_px=(width / 2, height / 2),
        focal_doubt=TYPICAL_DOUBT,
    )


def _by(size_px: tuple[int, int]) -> str:
    return f"{size_px[0]}x{size_px[1]}"
