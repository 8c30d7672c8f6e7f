"""Pictures with their times -> a film file."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from rom_vision.capture.video import Image

TICKS_S = 90_000  # of the film's clock: every common frame rate comes out even, and odd ones within 6 µs
ENCODING = {
    "preset": "veryfast",
    "crf": "23",
    "g": "30",  # a whole picture every 30 frames: therapists jump to and fro
    "bf": "0",  # pictures in the order shown, so that the first is at time 0 for every player
}


def encode(pictures: Iterator[tuple[float, Image]], out: Path) -> None:
    """Write an MP4 that browsers play, each picture shown at its time.

    Args:
        pictures: seconds from the first, and (height, width, 3) RGB of even sizes, as H.264 needs them.
        out: the file.
    """
    import cv2  # slow to load, and who only opens a record does not need it

    with av.open(f"file:{out}", "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", options=ENCODING)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, TICKS_S)
        # said, since a player that has to guess takes another one for large pictures
        stream.codec_context.colorspace = Colorspace.SMPTE170M
        stream.codec_context.color_range = ColorRange.MPEG
        for time_s, picture in pictures:
            if not stream.codec_context.is_open:
                stream.height, stream.width = picture.shape[:2]
            # OpenCV's conversion takes a third of the time of FFmpeg's, which was half of all the encoding
            planes = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420), np.uint8)
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.time_base = Fraction(1, TICKS_S)
            frame.pts = round(time_s * TICKS_S)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
