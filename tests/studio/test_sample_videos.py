"""Each sample clip and its truth belong together."""

import json
from pathlib import Path

import av
import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "sample_videos"
CLIPS = sorted(FOLDER.glob("*.mp4"))
EXPECTED = {
    "left_shoulder_abduction", "right_shoulder_flexion", "left_elbow_flexion", "right_knee_flexion",
    "left_hip_abduction", "right_trunk_lateral_flexion",
}  # fmt: skip


def test_the_six_clips_are_there():
    assert {clip.stem for clip in CLIPS} >= EXPECTED


@pytest.fixture(params=CLIPS, ids=lambda clip: clip.stem)
def clip(request):
    return request.param


@pytest.fixture
def truth(clip):
    return json.loads(clip.with_suffix(".json").read_text(encoding="utf-8"))


def test_every_frame_has_its_truth(clip, truth):
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        frames = [
            (float(frame.pts * frame.time_base), frame.width, frame.height) for frame in container.decode(stream)
        ]
    times, widths, heights = zip(*frames, strict=True)
    assert times == pytest.approx(truth["time_s"], abs=1e-3)
    assert len(truth["angle_deg"]) == len(times)
    assert set(widths) == {720}
    assert set(heights) == {1280}


def test_it_is_small_and_short(clip, truth):
    assert clip.stat().st_size < 1_500_000
    assert 4 < truth["time_s"][-1] < 7


def test_the_name_says_what_is_shown(clip, truth):
    assert clip.stem == f"{truth['side']}_{truth['movement']}"
    assert truth["mode"] == "active"


def test_peaks_are_the_maxima_of_the_curve(truth):
    time, angle = np.array(truth["time_s"]), np.array(truth["angle_deg"])
    assert len(truth["repetitions"]) == 3
    for repetition in truth["repetitions"]:
        inside = (time >= repetition["start_s"]) & (time <= repetition["end_s"])
        assert angle[inside].max() == repetition["peak_deg"]
        assert angle[time == repetition["peak_s"]] == repetition["peak_deg"]


def test_repetitions_follow_each_other_with_rest_around(truth):
    edges = [edge for repetition in truth["repetitions"] for edge in (repetition["start_s"], repetition["end_s"])]
    assert edges == sorted(edges)
    assert 0.3 <= edges[0] <= 0.5
    assert 0.3 <= truth["time_s"][-1] - edges[-1] + 1 / 30 <= 0.55
