"""Faces in a film that is kept: covered where heads are, bridged where they are lost, and doubt told."""

from pathlib import Path

import numpy as np
import pytest
from films import H264, SAMPLES, ffmpeg, needs_ffmpeg

from rom_vision.capture.pose import People, find_people
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.privacy import blur_faces, covered, head_circle, heads_of
from rom_vision.capture.video import Video
from rom_vision.errors import UsageError

CLIP = SAMPLES / "left_elbow_flexion.mp4"


def person(x: float) -> np.ndarray:
    """(33, 7) somebody who stands there, head at y 100 and about 40 px wide, trunk 150 px long."""
    row = np.zeros((33, 7))
    row[:, :2] = [x, 300]
    row[:11, :2] = [x, 100]
    row[[7, 8], 0] = x + 20, x - 20
    row[[11, 12], :2] = [[x + 45, 150], [x - 45, 150]]
    row[[23, 24], :2] = [[x + 30, 300], [x - 30, 300]]
    return row


def crowd(*frames: tuple[float, ...], step_s: float = 0.1) -> People:
    rows = tuple(np.array([person(x) for x in xs]).reshape(-1, 33, 7) for xs in frames)
    return People(time_s=np.arange(len(frames)) * step_s, size_px=(640, 480), rows=rows)


def test_the_circle_holds_the_whole_head_also_in_profile() -> None:
    profile = person(200)
    profile[[7, 8], 0] = 200
    for row in (person(200), profile):
        x, y, radius = head_circle(row)
        assert (x, y) == (200, 100)
        assert radius > 40  # twice what there is from ear to ear


def test_everyone_is_covered() -> None:
    circles = heads_of(crowd((100, 400), (100, 400)))[0].circles_px
    assert {100.0, 400.0} == set(circles[:, 0].tolist())


def test_who_is_lost_for_a_moment_stays_covered_and_after_long_it_is_told() -> None:
    short, long = (heads_of(crowd((100,), *[()] * n, (100,), step_s=0.1)) for n in (2, 12))
    assert all(np.hypot(*(heads.circles_px[:, :2] - [100, 100]).T).min() < 1 for heads in (*short, *long))
    assert [heads.in_doubt for heads in long[3:-3]] == [True] * 8
    assert not long[0].in_doubt
    assert not any(heads.in_doubt for heads in short)


def test_who_is_seen_no_more_stays_covered_for_a_while_and_that_is_told() -> None:
    heads = heads_of(crowd((100, 400), *[(100,)] * 5))
    assert 400.0 in heads[5].circles_px[:, 0]
    assert heads[5].in_doubt


def test_two_near_each_other_are_not_taken_for_one() -> None:
    heads = heads_of(crowd((100, 220), *[(100,)] * 5))
    assert 220.0 in heads[5].circles_px[:, 0]
    assert heads[5].in_doubt


def test_a_covered_head_holds_a_few_blocks_and_the_rest_is_as_it_was() -> None:
    image = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    picture = covered(image, np.array([[100.0, 100.0, 40.0], [-90.0, 0.0, 20.0]]))
    assert len(np.unique(picture[80:120, 80:120].reshape(-1, 3), axis=0)) <= 16
    assert np.array_equal(picture[:50], image[:50])


@needs_ffmpeg
def test_a_film_comes_out_with_its_times_and_without_a_face(tmp_path: Path) -> None:
    short, out = tmp_path / "short.mp4", tmp_path / "blurred.mp4"
    ffmpeg("-i", CLIP, "-t", 1.2, *H264, short)
    told = blur_faces(short, out, model="lite", workers=1)
    before, after = list(Video(short)), list(Video(out))
    assert told.frames == len(after) == len(before)
    assert [f.time_s for f in after] == pytest.approx([f.time_s for f in before], abs=0.002)
    x, y, radius = head_circle(find_people(before[20:21], pose_model("lite"), workers=1).rows[0][0])
    box = np.s_[int(y - radius / 3) : int(y + radius / 3), int(x - radius / 3) : int(x + radius / 3)]
    assert np.abs(np.diff(after[20].image[box].astype(int), axis=0)).mean() < (
        0.5 * np.abs(np.diff(before[20].image[box].astype(int), axis=0)).mean()
    )
    assert sorted(tmp_path.iterdir()) == [out, short]


def test_a_film_is_not_written_over_itself() -> None:
    with pytest.raises(UsageError, match="over itself"):
        blur_faces(CLIP, CLIP)
