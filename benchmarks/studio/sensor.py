"""What the camera adds to a picture: exposure, softness, grain."""

from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.studio.body import Array
from benchmarks.studio.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """What the camera adds to the picture.

    Attributes:
        noise: standard deviation in grey values.
        blur_px: standard deviation of the lens's softness.
        quality: H.264's constant rate factor, smaller is better.
        shutter_s: how long each frame is exposed; 0 freezes every movement.
        exposures: pictures that one exposure is made of, an odd number; the middle one is the frame's truth.
    """

    noise: float = 2.5
    blur_px: float = 0.6
    quality: int = 21
    shutter_s: float = 0.0
    exposures: int = 1

    def __post_init__(self) -> None:
        if self.exposures % 2 == 0:
            raise ValueError(f"exposures: expected an odd number, got {self.exposures}")

    def moments_s(self, time_s: Array) -> Array:
        """(n * exposures,) all moments that frames at these times are made of."""
        share = (np.arange(self.exposures) - self.exposures // 2) / max(self.exposures - 1, 1)
        return (time_s[:, None] + self.shutter_s * share).ravel()


class Noise:
    """What lens and sensor add: softness, and grain that is stronger in the dark, as after a phone's tone curve.

    Drawing a million random numbers for each frame would take as long as the picture; instead one large
    field of noise is shifted and mirrored anew for each frame.
    """

    MARGIN_PX = 200

    def __init__(self, sensor: Sensor, size_px: tuple[int, int], seed: int) -> None:
        self._sensor = sensor
        self._random = np.random.default_rng(seed)
        width, height = (side + self.MARGIN_PX for side in size_px)
        grain = self._random.standard_normal((height, width, 1), np.float32)
        tint = self._random.standard_normal((height // 2, width // 2, 3), np.float32)
        self._field = sensor.noise * (grain + 0.5 * cv2.resize(tint, (width, height)))

    def on(self, picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        row, column = self._random.integers(0, self.MARGIN_PX, 2)
        flip = self._random.choice([-1, 1], 2)
        field = self._field[row : row + height, column : column + width][:: flip[0], :: flip[1]]
        soft = cv2.GaussianBlur(picture, (0, 0), self._sensor.blur_px)
        strength = _STRENGTH[soft[..., 1], None]
        noisy = cv2.add(soft, field * strength, dtype=cv2.CV_32F)
        return np.clip(noisy, 0, 255).astype(np.uint8)


_STRENGTH = (1.25 - 0.5 * np.arange(256) / 255).astype(np.float32)  # of the noise, by grey value
