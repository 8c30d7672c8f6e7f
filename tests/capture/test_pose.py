"""People found in real pictures, by the real model, in real processes."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice, repeat
from pathlib import Path

import numpy as np
import pytest
from films import SAMPLES, ffmpeg, needs_ffmpeg

from rom_vision.capture.landmarks import Point
from rom_vision.capture.pose import find_people
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.video import Frame, Video
from rom_vision.errors import CancelledError

CLIP = SAMPLES / "left_shoulder_abduction.mp4"


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return list(islice(Video(CLIP), 12))


def run(folder: Path, program: str) -> "subprocess.CompletedProcess[str]":
    """A program in a process of its own; from a file, since worker processes read it too."""
    script = folder / "program.py"
    script.write_text(program)
    return subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)


def test_a_person_is_found_in_every_picture_in_order(frames: list[Frame]) -> None:
    people = find_people(frames, pose_model("lite"), workers=2)
    assert people.time_s.tolist() == [frame.time_s for frame in frames]
    assert people.size_px == (720, 1280)
    for rows in people.rows:
        assert rows.shape == (1, 33, 7)
        x, y = rows[0, Point.NOSE, :2]
        assert 200 < x < 520  # she stands in the middle, her head in the upper half
        assert 200 < y < 640


def test_nobody_in_the_picture() -> None:
    blank = [Frame(time_s=n / 30, image=np.full((90, 160, 3), 128, np.uint8)) for n in range(5)]
    people = find_people(blank, pose_model("lite"), workers=2)
    assert [rows.shape for rows in people.rows] == [(0, 33, 7)] * 5


def test_no_pictures_at_all() -> None:
    assert find_people([], pose_model("lite")).rows == ()


def test_pictures_are_taken_only_as_fast_as_they_are_looked_at(frames: list[Frame]) -> None:
    taken = 0

    def endless() -> Iterator[Frame]:
        nonlocal taken
        for n, frame in enumerate(repeat(frames[0])):
            taken += 1
            yield Frame(time_s=n / 30, image=frame.image)

    def stop_at_three(doing: str, done: int, of: int | None) -> None:
        if done == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        find_people(endless(), pose_model("lite"), workers=1, on_progress=stop_at_three)
    assert taken <= 3 + 2 + 1  # those looked at, and the few in memory


def test_the_console_stays_quiet(tmp_path: Path) -> None:
    program = f"""
import sys
from itertools import islice
from pathlib import Path
from rom_vision.capture.pose import find_people
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.video import Video
if __name__ == "__main__":
    find_people(islice(Video(Path({str(CLIP)!r})), 4), pose_model("lite"), workers=1)
"""
    done = run(tmp_path, program)
    assert done.stdout == done.stderr == ""


@needs_ffmpeg
@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: reads /proc")
def test_memory_stays_flat_in_the_length_of_the_film(tmp_path: Path) -> None:
    """Of the process that reads, with a picture's worth of results kept for each frame."""
    film = tmp_path / "long.mp4"
    ffmpeg("-stream_loop", 6, "-i", CLIP, "-c", "copy", film)
    program = f"""
from pathlib import Path
from rom_vision.capture.pose import find_people
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.video import Video
peaks_mb = dict()
def told(doing, done, of):
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    peaks_mb[done] = int(peak.split()[1]) / 1024
if __name__ == "__main__":
    find_people(Video(Path({str(film)!r})), pose_model("lite"), on_progress=told)
    print(peaks_mb[200], peaks_mb[max(peaks_mb)], max(peaks_mb))
"""
    done = run(tmp_path, program)
    early_mb, late_mb, frames = map(float, done.stdout.split())
    assert frames > 1000
    assert late_mb < early_mb + 40
    assert late_mb < 300
