"""Films whose every picture is known, made by ffmpeg, and files that are no films."""

import json
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest

SAMPLES = Path(__file__).parents[1] / "sample_videos"
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg: apt-get install ffmpeg")

LEVELS = 40  # pictures of a counting film differ in grey, and begin again after so many
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
# left upper, right upper, left lower, right lower of the upright picture of a corner film
CORNERS_RGB = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255))


def ffmpeg(*arguments: object) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


def film(path: Path, source: str, *options: object) -> Path:
    """A film of an ffmpeg source; a path that ends in .live.webm is written as to a pipe, as browsers do."""
    command = ["-f", "lavfi", "-i", source, *options]
    if not path.name.endswith(".live.webm"):
        ffmpeg(*command, path)
        return path
    with path.open("wb") as file:  # no way back to the beginning: no duration, no index
        subprocess.run(
            ["ffmpeg", "-nostdin", "-v", "error", *map(str, command), "-f", "webm", "-"], stdout=file, check=True
        )
    return path


def counting(frames: int = 40, rate: int = 30, size_px: tuple[int, int] = (64, 48), then: str = "") -> str:
    """The source of a film whose pictures tell their own number; `then` are further filters."""
    grey = f"format=yuv444p,geq=lum='16+5*mod(N,{LEVELS})':cb=128:cr=128"
    picture = f"color=black:size={size_px[0]}x{size_px[1]}:rate={rate},trim=end_frame={frames},{grey}"
    return f"{picture},{then}" if then else picture


def number_of(image: np.ndarray) -> int:
    """Which picture of a counting film this is; luma 16 to 235 is 0 to 255 in RGB (ITU-R BT.601)."""
    return round(float(image.mean()) * 219 / 255 / 5)


def corners(size_px: tuple[int, int] = (64, 96), then: str = "null", frames: int = 3) -> str:
    """The source of a film with four colours, each in its own corner."""
    width, height = size_px
    half = f"w={width // 2}:h={height // 2}:t=fill"
    return (
        f"color=red:size={width}x{height}:rate=30,trim=end_frame={frames},format=rgb24,"
        f"drawbox=x={width // 2}:y=0:{half}:color=lime,drawbox=x=0:y={height // 2}:{half}:color=blue,"
        f"drawbox=x={width // 2}:y={height // 2}:{half}:color=white,{then}"
    )


def corners_of(image: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """The colours found in the corners of a picture, each channel rounded to 0 or 255."""
    height, width = image.shape[:2]
    rows, columns = (height // 4, 3 * height // 4), (width // 4, 3 * width // 4)
    return tuple(tuple(255 * int(v > 127) for v in image[row, column]) for row in rows for column in columns)


def with_display_matrix(path: Path, matrix: tuple[int, int, int, int]) -> Path:
    """Writes a, b, c, d into the track header of an MP4 or MOV file (ISO/IEC 14496-12, 8.3.2)."""
    content = bytearray(path.read_bytes())
    start = content.index(b"tkhd") + 44
    a, b, c, d = (part << 16 for part in matrix)
    struct.pack_into(">9i", content, start, a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(content)
    return path


def first_part(path: Path, share: float, name: str) -> Path:
    """The file as it is when copying stops after a share of it."""
    content = path.read_bytes()
    cut = path.with_name(name)
    cut.write_bytes(content[: int(len(content) * share)])
    return cut


def bad_films(folder: Path) -> dict[str, Path]:
    """At least twenty things that a person may choose by mistake; none can be measured."""
    folder.mkdir(parents=True, exist_ok=True)
    return {**_bad_files(folder), **_bad_media(folder)}


def _bad_files(folder: Path) -> dict[str, Path]:
    (folder / "folder.mp4").mkdir()
    (folder / "link.mp4").symlink_to(folder / "gone.mp4")
    contents = {
        "empty.mp4": b"",
        "text.mp4": b"left shoulder, 3 times\n" * 50,
        "notes.txt": b"left shoulder, 3 times\n",
        "page.mp4": b"<!doctype html><html><body>Sign in to see this video</body></html>",
        "result.mp4": json.dumps({"movement": "squat"}).encode(),
        "random.mp4": np.random.default_rng(1).bytes(20_000),
        "zeros.mp4": bytes(20_000),
        "no_name_ending": b"\x00\x01\x02\x03",
        "header_only.mp4": struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 512, b"isom"),
        "report.mp4": b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n",
        "playlist.mp4": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with zipfile.ZipFile(folder / "films.mp4", "w") as archive:
        archive.writestr("film.txt", "packed")
    names = [*contents, "films.mp4", "folder.mp4", "link.mp4", "missing.mp4"]
    return {name: folder / name for name in names}


def _bad_media(folder: Path) -> dict[str, Path]:
    picture, sound = "testsrc2=size=64x64:rate=1:duration=1", "sine=duration=1"
    for name, source in {
        "photo.jpg": picture,
        "drawing.png": picture,
        "still.gif": picture,
        "sound.wav": sound,
    }.items():
        film(folder / name, source)
    film(folder / "one_picture.mp4", picture, *H264)
    film(folder / "sound_only.mp4", sound)
    film(folder / "nothing_in_it.mp4", picture, *H264, "-t", 0)
    ffmpeg("-i", folder / "sound.wav", "-i", folder / "photo.jpg", "-map", 0, "-map", 1, "-c:v", "copy",
           "-disposition:v:0", "attached_pic", folder / "song_with_cover.m4a")  # fmt: skip
    (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nBend the knee\n")
    ffmpeg("-i", folder / "words.srt", "-c:s", "mov_text", folder / "subtitles_only.mp4")
    whole = film(folder / "whole.mp4", counting(), *H264)
    first_part(whole, 0.5, "index_missing.mp4")
    (folder / "unknown_codec.mp4").write_bytes(whole.read_bytes().replace(b"avc1", b"zzz1"))
    film(folder / "huge.mov", "color=red:size=10000x10000:rate=1:duration=1", "-c:v", "png", "-pix_fmt", "monob")
    shutil.copy(folder / "photo.jpg", folder / "photo.mp4")
    (folder / "list.mp4").write_text("ffconcat version 1.0\nfile whole.mp4\n")  # names another person's film
    names = (
        "photo.jpg photo.mp4 drawing.png still.gif sound.wav one_picture.mp4 sound_only.mp4 nothing_in_it.mp4 "
        "song_with_cover.m4a words.srt subtitles_only.mp4 index_missing.mp4 unknown_codec.mp4 huge.mov "
        "list.mp4"
    )
    return {name: folder / name for name in names.split()}
