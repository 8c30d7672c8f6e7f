"""A plain film and the landmarks of a figure in it that bends its left knee three times, at uneven times."""

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from bodies import LEFT, SIZE_PX, bend, exact_body, film, standing
from measured import provenance

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.measure import Measurement, measure_body
from rom_vision.movements import Side, movement_test

PEAK_DEG = 100.0
WALL_RGB = (70, 130, 180)
TICKS_S = 90_000


@dataclass(frozen=True, kw_only=True)
class Filmed:
    """A film in a file, and what is measured from it."""

    video: Path
    measurement: Measurement


def filmed(
    folder: Path,
    size_px: tuple[int, int] = (360, 640),
    *,
    movement: str = "knee_flexion",
    side: Side | None = "left",
    unseen: slice = slice(0),
) -> Filmed:
    """A film of a blue wall, and the measurement of the figure before it, seen from its left.

    Args:
        folder: to put the film into.
        unseen: frames in which nobody is found.
    """
    video = folder / "film.mp4"
    time_s = uneven_times()
    write_film(video, time_s, size_px)
    landmarks = figure(time_s, size_px)
    image_px, world_m = np.array(landmarks.image_px), np.array(landmarks.world_m)
    image_px[unseen] = world_m[unseen] = np.nan
    client = Client(landmarks=replace(landmarks, image_px=image_px, world_m=world_m), others=0)
    body, test = exact_body(client.landmarks), movement_test(movement)
    measurement = measure_body(client, body, test, side, "active", provenance("a" * 64))
    return Filmed(video=video, measurement=measurement)


def uneven_times() -> np.ndarray:
    """(n,) seconds, on the film's clock: about 6 s as a phone films them, now faster, now slower."""
    steps_s = np.random.default_rng(3).choice([1 / 60, 1 / 30, 1 / 29.97, 1 / 24, 1 / 15], size=170)
    return np.round(np.concatenate([[0], np.cumsum(steps_s)]) * TICKS_S) / TICKS_S


def figure(time_s: np.ndarray, size_px: tuple[int, int]) -> Landmarks:
    """The knee bends to PEAK_DEG three times over."""
    bent_deg = PEAK_DEG * (1 - np.cos(6 * np.pi * time_s / time_s[-1])) / 2
    moved = [Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES]
    seen = film([bend(standing(), Point.LEFT_KNEE, moved, LEFT, deg) for deg in bent_deg], 90)
    share = size_px[0] / SIZE_PX[0]
    return replace(
        seen, time_s=time_s, size_px=size_px, image_px=seen.image_px * share, image_z_px=seen.image_z_px * share
    )


def write_film(path: Path, time_s: np.ndarray, size_px: tuple[int, int]) -> None:
    """A wall of one colour; 4:4:4, since that may have odd sizes."""
    width, height = size_px
    wall = np.full((height, width, 3), WALL_RGB, np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv444p"
        stream.codec_context.time_base = Fraction(1, TICKS_S)
        for at_s in time_s:
            frame = av.VideoFrame.from_ndarray(wall, format="rgb24")
            frame.time_base, frame.pts = Fraction(1, TICKS_S), round(at_s * TICKS_S)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
