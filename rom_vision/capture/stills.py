"""Single pictures of a film, for a person to look at."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rom_vision.capture.video import Image, Video
from rom_vision.errors import VideoError

JPEG_QUALITY = 80


def stills(video: Path, at_s: Sequence[float], longest_px: int) -> Iterator[tuple[float, bytes]]:
    """Time and JPEG of the first picture at or after each moment, in the film's order.

    Args:
        at_s: seconds from the first picture.
        longest_px: larger pictures are reduced.
    Raises:
        VideoError: the film can't be read.
    """
    waiting = sorted(at_s)
    for frame in Video(video, longest_px=longest_px):
        due = [moment for moment in waiting if moment <= frame.time_s]
        if due:
            waiting = waiting[len(due) :]
            yield frame.time_s, _jpeg(frame.image)
        if not waiting:
            return


def _jpeg(image: Image) -> bytes:
    import cv2  # slow to load, and who only opens a record does not need it

    written, file = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not written:
        raise VideoError("A picture of the film can't be written.", remedy="Try again.")
    return bytes(file)
