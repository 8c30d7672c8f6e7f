import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import textwrap
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from films import (
    CORNERS_RGB,
    H264,
    LEVELS,
    bad_films,
    corners,
    corners_of,
    counting,
    ffmpeg,
    film,
    first_part,
    needs_ffmpeg,
    number_of,
    with_display_matrix,
)

from rom_vision.capture.video import Video, video_digest
from rom_vision.errors import VideoError

pytestmark = needs_ffmpeg

HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-crf", 5, "-x265-params", "log-level=none")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-pix_fmt", "yuv420p")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p")
AS_FILMED = ("-fps_mode", "passthrough")
LINUX = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc, as on Linux")

# What each kind of file is where people meet it; the time stamps of Matroska and WebM are whole milliseconds
KINDS = {
    "phone.mp4": (*H264,),
    "phone_with_b_frames.mp4": ("-c:v", "libx264", "-bf", 3, "-pix_fmt", "yuv420p"),
    "iphone.mov": (*HEVC, "-pix_fmt", "yuv420p", "-tag:v", "hvc1"),
    "iphone_hdr.mov": (*HEVC, "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1"),
    "firefox.live.webm": VP8,
    "chrome.live.webm": VP9,
    "edited.webm": VP9,
    "safari.mp4": (*H264, "-g", 10, "-movflags", "frag_keyframe+empty_moov"),
    "camera.avi": ("-c:v", "mjpeg", "-pix_fmt", "yuvj420p"),
    "converted.avi": ("-c:v", "libx264", "-bf", 3, "-pix_fmt", "yuv420p"),
    "camcorder.mts": (*H264, "-f", "mpegts"),
    "screen.mkv": H264,
}


def read(path: Path) -> tuple[list[float], list[int], tuple[str, ...]]:
    """Times, numbers and warnings of a counting film."""
    video = Video(path)
    frames = list(video)
    return [frame.time_s for frame in frames], [number_of(frame.image) for frame in frames], video.warnings


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_gives_every_picture_once_at_its_time(name, tmp_path):
    times_s, numbers, warnings = read(film(tmp_path / name, counting(), *KINDS[name]))
    assert numbers == list(range(40))
    assert times_s[0] == 0
    assert times_s == pytest.approx([n / 30 for n in range(40)], abs=0.0011)
    assert warnings == ()


def test_a_browser_recording_does_not_say_how_long_it_is(tmp_path):
    video = Video(film(tmp_path / "a.live.webm", counting(), *VP8))
    assert (video.duration_s, video.expected_frames) == (None, None)


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.avi", "a.mkv"])
def test_other_files_say_how_long_they_are(name, tmp_path):
    video = Video(film(tmp_path / name, counting(frames=45), *H264))
    assert video.duration_s == pytest.approx(1.5, abs=0.002)
    assert video.expected_frames == 45


def test_frames_are_rgb_bytes_of_the_size_that_was_said(tmp_path):
    video = Video(film(tmp_path / "a.mp4", counting(size_px=(64, 48)), *H264))
    image = next(iter(video)).image
    assert video.size_px == (64, 48)
    assert image.shape == (48, 64, 3)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous


def test_a_film_can_be_read_again_with_the_same_pictures(tmp_path):
    video = Video(film(tmp_path / "a.mp4", corners(), *H264))
    for one, other in zip(video, video, strict=True):
        assert one.time_s == other.time_s
        assert np.array_equal(one.image, other.image)


# The picture as stored is the upright one turned back; matrices (a, b, c, d) as phones write them, all eight
TURNS = {
    "as it is": ((1, 0, 0, 1), "null"),
    "90 clockwise, portrait": ((0, 1, -1, 0), "transpose=cclock"),
    "180": ((-1, 0, 0, -1), "hflip,vflip"),
    "270 clockwise": ((0, -1, 1, 0), "transpose=clock"),
    "mirrored, front camera": ((-1, 0, 0, 1), "hflip"),
    "mirrored and 180": ((1, 0, 0, -1), "vflip"),
    "mirrored and 90": ((0, 1, 1, 0), "transpose=cclock_flip"),
    "mirrored and 270": ((0, -1, -1, 0), "transpose=clock_flip"),
}


@pytest.mark.parametrize(("matrix", "stored"), TURNS.values(), ids=TURNS)
def test_pictures_are_upright_however_the_phone_was_held(matrix, stored, tmp_path):
    path = film(tmp_path / "a.mp4", corners(size_px=(64, 96), then=stored), *H264)
    video = Video(with_display_matrix(path, matrix))
    assert video.size_px == (64, 96)
    for frame in video:
        assert frame.image.shape == (96, 64, 3)
        assert corners_of(frame.image) == CORNERS_RGB


def test_pixels_that_are_not_square_are_made_square(tmp_path):
    video = Video(film(tmp_path / "a.mp4", corners(size_px=(64, 96), then="setsar=2"), *H264))
    assert video.size_px == (128, 96)
    assert corners_of(next(iter(video)).image) == CORNERS_RGB


def test_pixels_that_are_not_square_are_made_square_before_turning(tmp_path):
    stored = corners(size_px=(64, 96), then="transpose=cclock,setsar=2")
    video = Video(with_display_matrix(film(tmp_path / "a.mp4", stored, *H264), (0, 1, -1, 0)))
    assert video.size_px == (64, 192)
    assert corners_of(next(iter(video)).image) == CORNERS_RGB


@pytest.mark.parametrize(("name", "options"), [("a.webm", VP9), ("a.mp4", (*H264[:-1], "yuv444p"))])
def test_odd_sizes(name, options, tmp_path):
    video = Video(film(tmp_path / name, counting(size_px=(67, 45)), *options))
    assert video.size_px == (67, 45)
    assert [number_of(frame.image) for frame in video] == list(range(40))


def test_large_pictures_are_reduced_and_keep_their_shape(tmp_path):
    path = film(tmp_path / "4k.mp4", corners(size_px=(2160, 3840), then="transpose=cclock"), *H264)
    video = Video(with_display_matrix(path, (0, 1, -1, 0)), longest_px=1280)
    assert video.size_px == (720, 1280)
    image = next(iter(video)).image
    assert image.shape == (1280, 720, 3)
    assert corners_of(image) == CORNERS_RGB


def test_small_pictures_are_not_enlarged(tmp_path):
    assert Video(film(tmp_path / "a.mp4", corners(), *H264), longest_px=1280).size_px == (64, 96)


def test_a_reduction_to_nothing_is_our_own_mistake(tmp_path):
    with pytest.raises(ValueError, match="longest_px"):
        Video(tmp_path / "a.mp4", longest_px=0)


def test_slow_motion_has_its_own_fine_times(tmp_path):
    times_s, numbers, _ = read(film(tmp_path / "a.mp4", counting(frames=60, rate=240), *H264))
    assert numbers == [n % LEVELS for n in range(60)]
    assert times_s == pytest.approx([n / 240 for n in range(60)], abs=1e-4)


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", H264), ("a.live.webm", VP8)])
def test_dropped_frames_leave_their_time_empty(name, codec, tmp_path):
    kept = [n for n in range(40) if n % 7 not in (3, 4)]
    source = counting(then="select='not(between(mod(n,7),3,4))'")
    times_s, numbers, warnings = read(film(tmp_path / name, source, *AS_FILMED, *codec))
    assert numbers == kept
    assert times_s == pytest.approx([n / 30 for n in kept], abs=0.0011)
    assert warnings == ()


def test_a_varying_rate_keeps_each_picture_at_its_own_time(tmp_path):
    source = counting(then="settb=1/1000,setpts=33*N+10*mod(N\\,3)+N*N/4")
    times_s, numbers, _ = read(film(tmp_path / "a.mp4", source, *AS_FILMED, *H264, "-video_track_timescale", 1000))
    assert numbers == list(range(40))
    assert times_s == pytest.approx([(33 * n + 10 * (n % 3) + n * n / 4) / 1000 for n in range(40)], abs=0.0011)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mts"])
def test_time_starts_with_the_first_picture(name, tmp_path):
    path = film(tmp_path / name, counting(), *H264, "-output_ts_offset", 4)
    times_s, numbers, warnings = read(path)
    assert numbers == list(range(40))
    assert times_s == pytest.approx([n / 30 for n in range(40)], abs=0.0011)
    assert warnings == ()
    assert Video(path).duration_s == pytest.approx(40 / 30, abs=0.002)


def test_a_jump_forward_stays_a_gap_and_is_said(tmp_path):
    source = counting(then="setpts='PTS+gte(N,20)*5/TB'")
    times_s, numbers, warnings = read(film(tmp_path / "a.mp4", source, *AS_FILMED, *H264))
    assert numbers == list(range(40))
    assert times_s[19:21] == pytest.approx([19 / 30, 20 / 30 + 5], abs=1e-4)
    assert warnings == ("Nothing was filmed for 5.0 s after 0.6 s.",)


def test_a_clock_set_back_is_counted_on_and_said(tmp_path):
    path = film(tmp_path / "a.live.webm", counting(), *VP8, "-g", 10, "-cluster_time_limit", 500)
    content = bytearray(path.read_bytes())
    fields = [m.start() + 2 for m in re.finditer(rb"\xe7\x82(?=..\xa3)", content)]  # each cluster's own time, ms
    second_ms = struct.unpack_from(">H", content, fields[0])[0]  # the first cluster's, 0, is one byte shorter
    for field in fields:
        struct.pack_into(">H", content, field, struct.unpack_from(">H", content, field)[0] - second_ms)
    path.write_bytes(content)
    first_behind = round(second_ms / 1000 * 30)
    times_s, numbers, warnings = read(path)
    assert numbers == [n for n in range(40) if n != first_behind]
    assert times_s == pytest.approx([n / 30 for n in numbers], abs=0.003)
    assert f"set back: 1, first after {(first_behind - 1) / 30:.1f} s." in warnings[1]


def trimmed(folder: Path) -> Path:
    """A clip trimmed on the phone: the whole film is still in the file, an edit list says where it starts."""
    whole = film(folder / "whole.mp4", counting(frames=271), *H264, "-g", 300)
    path = folder / "trimmed.mp4"
    ffmpeg("-ss", 196 / 30, "-i", whole, "-c", "copy", path)
    return path


def test_what_was_trimmed_away_on_the_phone_is_not_shown(tmp_path):
    path = trimmed(tmp_path)
    said = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=nb_frames", "-of", "csv=p=0", path],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(said.stdout) == 271
    times_s, numbers, warnings = read(path)
    assert numbers == [n % LEVELS for n in range(196, 271)]
    assert times_s == pytest.approx([n / 30 for n in range(75)], abs=0.0011)
    assert warnings == ()
    assert Video(path).expected_frames == pytest.approx(75, abs=2)


def test_an_end_that_was_trimmed_away_is_not_called_cut_off(tmp_path):
    path = trimmed(tmp_path)
    content = bytearray(path.read_bytes())
    struct.pack_into(">I", content, content.index(b"elst") + 12, 1500)  # how long the edit is, milliseconds
    path.write_bytes(content)
    times_s, numbers, warnings = read(path)
    assert numbers == [n % LEVELS for n in range(196, 196 + len(numbers))]
    assert times_s[-1] == pytest.approx(1.5, abs=0.04)
    assert warnings == ()


CUT_OFF = re.compile(r"The file is cut off after (\d+\.\d) s; what could be read was measured\.")


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", (*H264, "-movflags", "+faststart")),
        ("a.mov", (*HEVC, "-movflags", "+faststart", "-pix_fmt", "yuv420p")),
        ("a.live.webm", VP8),
        ("a.webm", VP9),
        ("a.avi", KINDS["camera.avi"]),
        ("a.mts", KINDS["camcorder.mts"]),
    ],
)
def test_what_is_left_of_a_cut_file_is_read_and_the_cut_is_said(name, options, share, tmp_path):
    path = film(tmp_path / name, "testsrc2=size=160x120:rate=30:duration=3", *options)
    whole = {round(frame.time_s, 6): frame.image for frame in Video(path)}
    cut = Video(first_part(path, share, f"cut_{name}"))
    times_s = []
    for frame in cut:
        times_s.append(frame.time_s)
        assert np.array_equal(frame.image, whole[round(frame.time_s, 6)])
    assert 3 < len(times_s) < len(whole) == 90
    (warning,) = cut.warnings
    said = CUT_OFF.fullmatch(warning)
    assert said
    assert float(said[1]) == pytest.approx(times_s[-1], abs=0.051)


def packets(path: Path) -> list[tuple[int, int]]:
    """Where each packet of the film lies in its file, and how long it is, in bytes."""
    ask = [
        "ffprobe",
        "-v",
        "error",
        "-select_streams",
        "v",
        "-show_entries",
        "packet=pos,size",
        "-of",
        "json",
        path,
    ]
    said = json.loads(subprocess.run(ask, capture_output=True, check=True).stdout)
    return [(int(packet["pos"]), int(packet["size"])) for packet in said["packets"]]


def test_a_file_cut_between_two_pictures_is_cut_all_the_same(tmp_path):
    path = film(tmp_path / "a.mp4", counting(), *H264, "-output_ts_offset", 4, "-movflags", "+faststart")
    position, _ = packets(path)[20]
    path.write_bytes(path.read_bytes()[:position])
    _, numbers, warnings = read(path)
    assert numbers == list(range(20))
    assert warnings == ("The file is cut off after 0.6 s; what could be read was measured.",)


def test_of_two_films_in_a_file_the_larger_is_read(tmp_path):
    small = film(tmp_path / "small.mp4", counting(size_px=(32, 24)), *H264)
    large = film(tmp_path / "large.mp4", counting(size_px=(64, 48)), *H264)
    ffmpeg("-i", small, "-i", large, "-map", 0, "-map", 1, "-c", "copy", tmp_path / "both.mp4")
    assert Video(tmp_path / "both.mp4").size_px == (64, 48)


def test_one_damaged_picture_costs_only_itself(tmp_path):
    path = film(tmp_path / "a.avi", counting(), *KINDS["camera.avi"])
    position, size = packets(path)[20]
    content = bytearray(path.read_bytes())
    content[position : position + size] = bytes(size)
    path.write_bytes(content)
    times_s, numbers, warnings = read(path)
    assert numbers == [n for n in range(40) if n != 20]
    assert times_s == pytest.approx([n / 30 for n in numbers], abs=1e-6)
    assert warnings == ("Damaged pictures that were left out: 1.",)


@pytest.mark.parametrize("name", ["phone.mp4", "firefox.live.webm", "camera.avi", "camcorder.mts"])
def test_damage_anywhere_gives_rising_times_or_a_clear_error(name, tmp_path):
    sound = film(tmp_path / name, counting(), *KINDS[name]).read_bytes()
    rng = np.random.default_rng(7)
    path = tmp_path / f"damaged_{name}"
    for _ in range(40):
        content = np.frombuffer(sound, np.uint8).copy()
        content[rng.integers(len(content), size=rng.integers(1, 60))] = rng.integers(256)
        path.write_bytes(content.tobytes())
        with suppress(VideoError):  # any other error fails the test
            times_s = [frame.time_s for frame in Video(path)]
            assert times_s[0] == 0
            assert np.all(np.diff(times_s) > 0)


def test_a_picture_that_changes_its_shape_is_refused(tmp_path):
    for name, size_px in {"wide.mts": (96, 64), "tall.mts": (64, 96)}.items():
        film(tmp_path / name, counting(size_px=size_px), *KINDS["camcorder.mts"])
    both = tmp_path / "both.mts"
    both.write_bytes((tmp_path / "wide.mts").read_bytes() + (tmp_path / "tall.mts").read_bytes())
    with pytest.raises(VideoError, match=r"changes its shape after \d"):
        list(Video(both))


def test_nothing_is_written_to_the_console(tmp_path, capfd):
    path = first_part(film(tmp_path / "a.mp4", counting(), *H264, "-movflags", "+faststart"), 0.6, "cut.mp4")
    list(Video(path))
    assert capfd.readouterr() == ("", "")


@LINUX
def test_the_file_is_closed_when_one_stops_early(tmp_path):
    path = film(tmp_path / "a.mp4", counting(), *H264)
    frames = iter(Video(path))
    next(frames)
    assert open_files().count(str(path)) == 1
    frames.close()
    assert str(path) not in open_files()


def open_files() -> list[str]:
    return [str(entry.readlink()) for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]


def peak_mb_of(reading: str, path: Path) -> int:
    """The most memory that a process of its own ever held while reading a film."""
    program = f"""
        import sys
        from pathlib import Path
        from rom_vision.capture.video import Video, VideoError
        path = Path(sys.argv[1])
        {reading}
        assert not {{"cv2", "mediapipe"}} & set(sys.modules)
        print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
    """
    command = [sys.executable, "-c", textwrap.dedent(program), path]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) // 1000


@LINUX
def test_memory_stays_flat_in_the_length_of_the_film(tmp_path):
    """10 minutes of 1080p; a frame is 6 MB, and all of these together are 7 GB."""
    short = film(tmp_path / "short.mp4", "testsrc2=size=1920x1080:rate=2:duration=12", *H264)
    long = tmp_path / "long.mp4"
    ffmpeg("-stream_loop", 49, "-i", short, "-c", "copy", long)
    assert peak_mb_of("assert sum(1 for _ in Video(path)) == 1200", long) < 300


@LINUX
def test_a_picture_of_a_forged_size_takes_no_memory(tmp_path):
    """225 million pixels in a file of 1 MB."""
    path = film(tmp_path / "huge.mov", "color=size=15000x15000:rate=1:duration=1,format=gray", "-c:v", "png")
    assert path.stat().st_size < 2_000_000
    assert (
        peak_mb_of("from contextlib import suppress\n        with suppress(VideoError): Video(path)", path) < 150
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_with_signs_of_their_own(tmp_path):
    sound = film(tmp_path / "a.mp4", counting(), *H264)
    for name in ("take 2: left.mp4", "épaule gauche.mp4", "100%d?.mp4", "no_ending", "wrong_ending.txt"):
        shutil.copy(sound, tmp_path / name)
        assert len(list(Video(tmp_path / name))) == 40


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_relative_name_with_a_colon_is_no_protocol(tmp_path, monkeypatch):
    film(tmp_path / "a.mp4", counting(), *H264)
    (tmp_path / "a.mp4").rename(tmp_path / "http:a.mp4")
    monkeypatch.chdir(tmp_path)
    assert len(list(Video(Path("http:a.mp4")))) == 40


@pytest.fixture(scope="module")
def bad(tmp_path_factory) -> dict[str, Path]:
    return bad_films(tmp_path_factory.mktemp("bad"))


EXPECTED_WORDS = {
    "empty.mp4": "empty",
    "missing.mp4": "There is no file",
    "link.mp4": "There is no file",
    "folder.mp4": "is a folder",
    "text.mp4": "not a video",
    "index_missing.mp4": "a part of it is missing",
    "photo.mp4": "not a video",
    "list.mp4": "not a video",
    "one_picture.mp4": "a single picture",
    "sound_only.mp4": "no picture, only sound",
    "song_with_cover.m4a": "no picture, only sound",
    "unknown_codec.mp4": "not known here",
    "huge.mov": "8192 pixels",
}


def test_bad_files_give_an_error_with_a_remedy_each(bad):
    assert len(bad) >= 20
    for name, path in bad.items():
        with pytest.raises(VideoError) as caught:
            list(Video(path))
        assert name in caught.value.message, name
        assert caught.value.remedy, name
        assert EXPECTED_WORDS.get(name, "") in caught.value.message


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions otherwise")
def test_a_file_of_somebody_else():
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path: only its owner may enter that
        Path(folder).chmod(0o755)
        path = film(Path(folder) / "a.mp4", counting(), *H264)
        path.chmod(0)
        with as_nobody():
            for read_it in (Video, video_digest):
                with pytest.raises(VideoError, match=r"may not read a\.mp4"):
                    read_it(path)


@contextmanager
def as_nobody():
    """Root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_the_digest_is_that_of_the_file(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"abc" * 1_000_000)
    assert video_digest(path) == hashlib.sha256(b"abc" * 1_000_000).hexdigest()


def test_a_digest_of_nothing_is_an_error(tmp_path):
    with pytest.raises(VideoError, match="There is no file"):
        video_digest(tmp_path / "gone.mp4")
