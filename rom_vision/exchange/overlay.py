"""The film with the measurement drawn on it: what was measured, for the eye to check."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rom_vision.capture.film_file import encode
from rom_vision.capture.video import Video
from rom_vision.exchange.lettering import Image
from rom_vision.exchange.panel import Panel
from rom_vision.exchange.skeleton import Skeleton
from rom_vision.exchange.whole_file import written_whole
from rom_vision.measure import LONGEST_PX, Measurement
from rom_vision.progress import Progress, untold

DOING = "Drawing the overlay"
SAME_PX, SAME_S = 1, 1e-4  # nearer is the same size and the same moment: a film written anew rounds both


def write_overlay(measurement: Measurement, video: Path, out: Path, on_progress: Progress = untold) -> None:
    """Write the film with skeleton, angle arc, running angle and curve, as an MP4 that browsers play.

    Each picture is shown at the time at which it was filmed. A refused measurement is marked as refused.

    Args:
        measurement: of that video.
        video: the file that was measured.
        out: the .mp4 to write; it appears when it is whole.
        on_progress: told after each frame; may raise CancelledError to stop.
    Raises:
        VideoError: the file can't be read any more.
        UsageError: `out` can't be written.
        ValueError: the measurement is of another video.
    """
    film = Video(video, longest_px=LONGEST_PX)
    # a film that was written anew has even sizes
    apart_px = np.abs(np.subtract(film.size_px, measurement.landmarks.size_px))
    if apart_px.max() > SAME_PX:
        raise ValueError(f"video: expected size {measurement.landmarks.size_px}, got {film.size_px}")
    with written_whole(out) as part:
        encode(_pictures(measurement, film, on_progress), part)


def _pictures(measurement: Measurement, film: Video, on_progress: Progress) -> Iterator[tuple[float, Image]]:
    """Time in seconds and (height, width, 3) picture of each frame; sizes are even, as H.264 needs them."""
    width, height = (length // 2 * 2 for length in film.size_px)  # an odd last row or column is left out
    skeleton, panel = Skeleton(measurement), Panel(measurement, width, height)
    picture = np.empty((height + panel.height_px, width, 3), np.uint8)
    time_s = measurement.landmarks.time_s
    for done, frame in enumerate(film, 1):
        number = min(int(np.searchsorted(time_s, frame.time_s - SAME_S)), len(time_s) - 1)
        picture[:height] = frame.image[:height, :width]
        if abs(time_s[number] - frame.time_s) <= SAME_S:  # what was trimmed away is shown, but not drawn on
            skeleton.draw(picture[:height], number)
        picture[height:] = panel.at(number)
        yield frame.time_s, picture
        on_progress(DOING, done, film.expected_frames)
