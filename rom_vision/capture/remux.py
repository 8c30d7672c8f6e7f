"""A film put into another container, its pictures untouched.

Browsers record into files that are written forward only: they tell no length and can't be jumped about in.
"""

from pathlib import Path

import av

from rom_vision.capture.video import OPTIONS, Video
from rom_vision.errors import VideoError

IN_MP4 = {"h264", "hevc", "vp9", "av1"}


def remux(source: Path, folder: Path) -> Path:
    """The film as `film.mp4`, or as `film.webm` where its codec has no place in MP4; each picture keeps its time.

    Args:
        source: as the browser recorded it, perhaps cut off at its end.
        folder: where it goes; there it is whole, or not there.
    Raises:
        VideoError: it is no film, or shorter than two pictures.
    """
    part = folder / "remuxed.part"
    try:
        with av.open(f"file:{source}", "r", options=OPTIONS, metadata_errors="replace") as recorded:
            if not recorded.streams.video:
                raise VideoError("The recording holds no picture.", remedy="Film again.")
            film = recorded.streams.video[0]
            kind = "mp4" if film.codec_context.name in IN_MP4 else "webm"
            options = {"movflags": "faststart"} if kind == "mp4" else {}
            with av.open(f"file:{part}", "w", format=kind, options=options) as copy:
                stream = copy.add_stream_from_template(film)
                for packet in recorded.demux(film):
                    if packet.dts is not None:  # the last one is empty
                        packet.stream = stream
                        copy.mux(packet)
        Video(part)
    except (av.error.FFmpegError, VideoError) as problem:
        part.unlink(missing_ok=True)
        raise VideoError(
            "The recording can't be read.", remedy="Film again; if that does not help, use another browser."
        ) from problem
    film_file = folder / f"film.{kind}"
    part.replace(film_file)
    return film_file
