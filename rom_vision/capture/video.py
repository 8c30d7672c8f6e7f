"""Upright RGB frames of an ordinary video file, with the times at which they were filmed.

PyAV, not OpenCV. Both stand on FFmpeg, but on the same files OpenCV 5.0 showed mirrored front-camera clips
upside down, left pixels that are not square as they are, gave time 0 to the last frames of H.264 in AVI, let a
clip that is cut off end without a word, and wrote the decoder's chatter to the console.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.sidedata.sidedata import SideData
from av.stream import Disposition
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from rom_vision.capture.clock import Clock
from rom_vision.capture.file_end import is_cut_off
from rom_vision.errors import VideoError

LARGEST_PX = 8192  # longer side; 8K phones film 7680. A forged header may claim sizes that no memory holds.
OPTIONS = {
    # FFmpeg also opens playlists and plain text, which may name other files and hosts. A film is none of these.
    "format_whitelist": "mov,matroska,avi,mpegts,mpeg,asf,flv,ogg",
    "protocol_whitelist": "file",
    "max_pixels": str(LARGEST_PX**2),
}
CUT_OFF_S = 0.5  # less than this is how containers round
COPY_AGAIN = "Copy it from the phone again, or choose another file."
SAVE_AGAIN = "Save it as MP4, MOV or WebM of ordinary size, and try again."


Image = NDArray[np.uint8]
"""(height, width, 3) RGB."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Frame:
    """One picture of the film.

    Attributes:
        time_s: seconds from the first frame shown, strictly rising from frame to frame.
        image: (height, width, 3) RGB, upright, square pixels.
    """

    time_s: float
    image: Image


class Video:
    """A film in a file: opened, checked, and ready to be read as often as wanted.

    Iterating decodes the file anew, one frame at a time. Times are the file's own time stamps. A picture whose
    stamp is not later than the one before is left out; where the stamps fall back and go on from there, the
    clock was set back, and counting goes on one usual step after the last good picture. A gap stays a gap.
    Damaged pictures are left out. Each of these, and a file that is cut off, leaves a warning.

    Args:
        path: the file.
        longest_px: frames whose longer side is larger are reduced to this, keeping their shape.

    Attributes:
        path: the file.
        size_px: (width, height) of the frames as they are yielded.
        duration_s: how long the film says it is; None where it does not say.
        expected_frames: about how many frames will come; None where the file does not say.
        warnings: what the last complete iteration met, in sentences for the person filming.

    Raises:
        VideoError: the file is no film, can't be opened, or its first pictures can't be decoded. Also while
            iterating, where reading fails or the picture changes its shape.
    """

    def __init__(self, path: Path, *, longest_px: int | None = None) -> None:
        if longest_px is not None and longest_px < 1:
            raise ValueError(f"longest_px: expected at least 1, got {longest_px}")
        self.path = path
        self.warnings: tuple[str, ...] = ()
        with _opened(path) as reading:
            pictures = reading.pictures()
            first = next(pictures, None)
            if first is None:
                raise VideoError(f"No picture in {path.name} can be decoded.", remedy=COPY_AGAIN)
            if next(pictures, None) is None:
                raise VideoError(f"{path.name} holds a single picture, not a film.", remedy=COPY_AGAIN)
            self._view = _View.of(first, reading.stream.sample_aspect_ratio, longest_px)
            self.duration_s = reading.duration_s
            rate = reading.stream.average_rate
        self.size_px = self._view.size_px
        self.expected_frames = round(self.duration_s * rate) if self.duration_s and rate else None

    def __iter__(self) -> Iterator[Frame]:
        with _opened(self.path) as reading:
            clock = Clock(reading.tick_s)
            scaler = VideoReformatter()
            for picture in reading.pictures():
                time_s = clock.time_s(reading.stamp(picture))
                if time_s is None:
                    continue
                if not self._view.fits(picture):
                    raise VideoError(
                        f"The picture of {self.path.name} changes its shape after {time_s:.1f} s.",
                        remedy="Film without turning the phone or switching cameras.",
                    )
                yield Frame(time_s=time_s, image=self._view.upright(picture, scaler))
            self.warnings = (*reading.warnings(clock.last_s), *clock.warnings())


def video_digest(path: Path) -> str:
    """SHA-256 of the whole file, in hexadecimal.

    Raises:
        VideoError: there is no such file, or it can't be read.
    """
    with _readable(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """The one place where trouble with the file becomes words for the person who chose it."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise VideoError(f"{name} is a folder.", remedy="Choose the video file in it.")
        if not path.exists():
            raise VideoError(f"There is no file {path}.", remedy="Check its name and folder.")
        if not path.is_file():
            raise VideoError(f"{name} is not an ordinary file.", remedy="Choose a video file.")
        if path.stat().st_size == 0:
            raise VideoError(f"{name} is empty.", remedy=COPY_AGAIN)
        yield
    except PermissionError as exc:
        raise VideoError(f"You may not read {name}.", remedy="Ask its owner for permission.") from exc
    except (av.error.InvalidDataError, av.error.ArgumentError) as exc:  # the second: a format not in OPTIONS
        raise VideoError(f"{name} is not a video, or a part of it is missing.", remedy=COPY_AGAIN) from exc
    except av.error.DecoderNotFoundError as exc:
        raise VideoError(f"{name} is packed in a way that is not known here.", remedy=SAVE_AGAIN) from exc
    except (av.error.FFmpegError, OSError) as exc:
        raise VideoError(f"{name} can't be read: {exc.strerror}.", remedy=COPY_AGAIN) from exc


@contextmanager
def _opened(path: Path) -> Iterator["_Reading"]:
    source = f"file:{path}"  # FFmpeg takes what stands before a colon in a name for a protocol
    with _readable(path), av.open(source, "r", options=OPTIONS, metadata_errors="replace") as container:
        yield _Reading(container, path)


def _film_in(container: InputContainer, name: str) -> av.VideoStream:
    """The largest film in the file: beside it may be a cover picture, thumbnails, a depth map."""
    pictures = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not pictures:
        raise VideoError(f"{name} holds no picture, only sound or text.", remedy="Choose a video file.")
    known = [s for s in pictures if s.codec_context is not None]  # None where FFmpeg has no decoder
    if not known:
        raise VideoError(f"{name} is packed in a way that is not known here.", remedy=SAVE_AGAIN)
    stream = max(known, key=lambda s: s.width * s.height)
    if not 0 < max(stream.width, stream.height) <= LARGEST_PX:
        raise VideoError(
            f"The picture in {name} has no size, or one beyond {LARGEST_PX} pixels a side.", remedy=SAVE_AGAIN
        )
    return stream


class _Reading:
    """One pass through an open file: its pictures in order, and what was wrong with them."""

    def __init__(self, container: InputContainer, path: Path) -> None:
        self._container = container
        self._path = path
        self._damaged = 0
        self._ends_damaged = False
        self._end_stamp = 0
        self.stream = _film_in(container, path.name)
        self.tick_s = self.stream.time_base or Fraction(1, av.time_base)

    @property
    def duration_s(self) -> float | None:
        if self.stream.duration is not None:
            return float(self.stream.duration * self.tick_s)
        if self._container.duration is None:
            return None
        # Matroska counts from zero even where the film starts late
        return (self._container.duration - (self._container.start_time or 0)) / av.time_base

    def pictures(self) -> Iterator[av.VideoFrame]:
        """Sound pictures in the order shown. FFmpeg leaves out what an edit list trims away."""
        for packet in self._packets():
            decoded = self._decoded(packet)
            sound = [picture for picture in decoded or () if not picture.is_corrupt]
            if decoded is None or len(sound) < len(decoded):
                self._damaged += 1
                self._ends_damaged = True
            elif packet.size:  # the last, empty packet only fetches what the decoder still holds
                self._ends_damaged = False
            for picture in sound:
                self._end_stamp = max(self._end_stamp, (picture.pts or 0) + (picture.duration or 0))
                yield picture

    def _packets(self) -> Iterator["av.Packet[av.VideoStream]"]:
        try:
            yield from self._container.demux(self.stream)
        except IndexError:
            # PyAV 18 stumbles here over streams that FFmpeg found on the way, when ours has come to its end
            return

    @staticmethod
    def _decoded(packet: "av.Packet[av.VideoStream]") -> list[av.VideoFrame] | None:
        """What comes out of the decoder, None where the packet is damaged: the next may be sound again."""
        if packet.is_corrupt:
            return None
        try:
            return [frame for frame in packet.decode() if isinstance(frame, av.VideoFrame)]
        except av.error.InvalidDataError:
            return None

    def stamp(self, picture: av.VideoFrame) -> int | None:
        """The picture's time stamp in ticks; None where it has none."""
        # AVI only keeps the order of decoding: what counts is when a picture leaves the decoder
        return picture.dts if self._container.format.name == "avi" else picture.pts

    def warnings(self, last_s: float) -> Iterator[str]:
        """To be asked after the last picture, which was at `last_s` seconds."""
        promised = (self.stream.start_time or 0) + (self.stream.duration or 0)
        too_short = (promised - self._end_stamp) * self.tick_s > CUT_OFF_S
        if self._ends_damaged or too_short or is_cut_off(self._path):
            yield f"The file is cut off after {last_s:.1f} s; what could be read was measured."
        if self._damaged > self._ends_damaged:
            yield f"Damaged pictures that were left out: {self._damaged}."


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """How a stored picture becomes the one that is seen: square pixels, reduced, then turned or mirrored."""

    stored_px: tuple[int, int]
    scaled_px: tuple[int, int]
    is_transposed: bool
    is_mirrored_x: bool
    is_mirrored_y: bool

    @classmethod
    def of(cls, picture: av.VideoFrame, aspect: Fraction | None, longest_px: int | None) -> "_View":
        width, height = picture.width * float(aspect or 1), float(picture.height)
        scale = min(1.0, (longest_px or LARGEST_PX) / max(width, height))
        # The display matrix sends stored (x, y) to shown (a x + c y, b x + d y): ISO/IEC 14496-12, 6.2.2
        a, b, _, c, d = (1, 0, 0, 0, 1)
        matrix = picture.side_data.get("DISPLAYMATRIX")
        if isinstance(matrix, SideData):
            a, b, _, c, d = np.frombuffer(bytes(matrix), np.int32)[:5]
        is_transposed = abs(b) > abs(a)
        return cls(
            stored_px=(picture.width, picture.height),
            scaled_px=(max(1, round(width * scale)), max(1, round(height * scale))),
            is_transposed=bool(is_transposed),
            is_mirrored_x=bool((c if is_transposed else a) < 0),
            is_mirrored_y=bool((b if is_transposed else d) < 0),
        )

    @property
    def size_px(self) -> tuple[int, int]:
        width, height = self.scaled_px
        return (height, width) if self.is_transposed else (width, height)

    def fits(self, picture: av.VideoFrame) -> bool:
        """Whether the picture has this view's shape; its size may change, as in a recorded call."""
        across, down = picture.width * self.stored_px[1], picture.height * self.stored_px[0]
        return abs(across - down) <= 0.02 * down

    def upright(self, picture: av.VideoFrame, scaler: VideoReformatter) -> Image:
        width, height = self.scaled_px
        # one thread: the other cores are looking for bodies meanwhile
        stored = scaler.reformat(picture, width=width, height=height, format="rgb24", threads=1).to_ndarray()
        image = stored.transpose(1, 0, 2) if self.is_transposed else stored
        image = image[:: -1 if self.is_mirrored_y else 1, :: -1 if self.is_mirrored_x else 1]
        return np.ascontiguousarray(image, dtype=np.uint8)
