"""The whole way on the sample clips, whose truth is known exactly."""

from pathlib import Path

import numpy as np
import pytest
from films import H264, SAMPLES, ffmpeg, needs_ffmpeg
from measured import provenance
from seen import CLIPS, people, truth

from rom_vision.capture.camera import typical_camera
from rom_vision.capture.client import choose_client
from rom_vision.capture.pose_model import PoseModel
from rom_vision.errors import CancelledError, UsageError, VideoError
from rom_vision.measure import Measurement, measure, measure_landmarks
from rom_vision.movements import Side, movement_test

ABDUCTION = SAMPLES / "left_shoulder_abduction.mp4"


def measured(clip: str, side: Side | None = None, movement: str | None = None) -> Measurement:
    known = truth(clip)
    test = movement_test(movement or known["movement"])
    client = choose_client(people(clip))
    camera = typical_camera(client.landmarks.size_px)
    return measure_landmarks(client, camera, test, side or known["side"], known["mode"], provenance("d" * 64))


def test_there_are_sample_clips() -> None:
    assert len(CLIPS) >= 6


@pytest.mark.parametrize("clip", CLIPS)
def test_a_sample_is_measured_within_six_degrees_and_its_own_uncertainty(clip: str) -> None:
    known, measurement = truth(clip)["repetitions"], measured(clip)
    assert measurement.accepted, measurement.problems
    assert len(measurement.repetitions) == len(known) == 3
    for found, true in zip(measurement.repetitions, known, strict=True):
        assert found.peak_deg == pytest.approx(true["peak_deg"], abs=6)
        assert found.peak_s == pytest.approx(true["peak_s"], abs=0.35)
        assert found.start_s == pytest.approx(true["start_s"], abs=0.35)
        assert found.end_s == pytest.approx(true["end_s"], abs=0.35)
    best = max(repetition["peak_deg"] for repetition in known)
    assert abs(measurement.peak_deg - best) < measurement.uncertainty_deg


@pytest.mark.parametrize("clip", CLIPS)
def test_the_curve_follows_the_truth(clip: str) -> None:
    known, measurement = truth(clip), measured(clip)
    assert measurement.landmarks.time_s == pytest.approx(np.array(known["time_s"]), abs=0.002)
    assert np.abs(measurement.curve - np.array(known["angle_deg"])).mean() < 6


@pytest.mark.parametrize("clip", [clip for clip in CLIPS if movement_test(truth(clip)["movement"]).view == "side"])
def test_the_far_limb_of_a_side_view_is_refused(clip: str) -> None:
    far: Side = "right" if truth(clip)["side"] == "left" else "left"
    measurement = measured(clip, side=far)
    assert not measurement.accepted
    assert measurement.peak_deg is None
    assert "far side" in measurement.problems[0].message


@pytest.mark.parametrize(
    ("clip", "other"), [("left_shoulder_abduction", "right"), ("right_trunk_lateral_flexion", "left")]
)
def test_the_arm_that_hangs_and_the_side_not_leaned_to_get_no_number(clip: str, other: Side) -> None:
    measurement = measured(clip, side=other)
    assert measurement.peak_deg is None
    assert [problem.kind for problem in measurement.problems if problem.refused] == ["no_movement"]


def test_a_test_of_another_view_is_refused() -> None:
    assert measured("left_shoulder_abduction", movement="elbow_flexion").problems[0].kind == "view"


def test_the_same_numbers_for_any_number_of_workers_and_on_every_run() -> None:
    runs = [
        measure(ABDUCTION, movement_test("shoulder_abduction"), "left", model="lite", workers=n) for n in (1, 2, 2)
    ]
    for run in runs[1:]:
        assert np.array_equal(run.curve, runs[0].curve, equal_nan=True)
        assert (run.repetitions, run.peak_deg, run.uncertainty_deg) == (
            runs[0].repetitions, runs[0].peak_deg, runs[0].uncertainty_deg,
        )  # fmt: skip
        assert run.provenance == runs[0].provenance  # which leaves out when it was made


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: dict[str, list[tuple[int, int | None]]] = {}

    def stop_at_twenty(doing: str, done: int, of: int | None) -> None:
        told.setdefault(doing, []).append((done, of))
        if len(told) == 2 and done == 20:
            raise CancelledError

    with pytest.raises(CancelledError):
        measure(ABDUCTION, movement_test("shoulder_abduction"), "left", model="lite", on_progress=stop_at_twenty)
    frames = len(truth("left_shoulder_abduction")["time_s"])
    finding, following = told.values()
    assert finding == sorted(finding)
    assert finding[-1][0] >= frames - 4  # everybody is looked for every third or fourth frame
    assert {of for _, of in finding} == {frames}
    assert following == [(n, frames) for n in range(1, 21)]


def test_a_person_can_be_pointed_at() -> None:
    test = movement_test("shoulder_abduction")
    with pytest.raises(UsageError, match="Nobody was seen at 1 % of the width"):
        measure(ABDUCTION, test, "left", model="lite", client_at_px=(5, 5))


@pytest.mark.parametrize(
    ("movement", "side", "mode", "words"),
    [
        ("shoulder_abduction", None, "active", "Say which: left or right"),
        ("neck_flexion", "left", "active", "has no side"),
        ("knee_flexion", "left", "assisted", "active, passive, resisted"),
    ],
)
def test_what_does_not_fit_is_told_before_any_work(movement, side, mode, words) -> None:
    with pytest.raises(UsageError, match=words):
        measure(Path("no such file"), movement_test(movement), side, mode)


@needs_ffmpeg
def test_the_point_is_one_of_the_film_as_it_was_filmed_however_much_it_is_reduced(tmp_path: Path) -> None:
    large = tmp_path / "large.mp4"
    ffmpeg("-i", ABDUCTION, "-t", 1, "-vf", "scale=1440:2560", *H264, large)
    test = movement_test("shoulder_abduction")
    shirt_px = (640, 1100)
    assert measure(large, test, "left", model="lite", client_at_px=shirt_px).landmarks.seen.all()
    with pytest.raises(UsageError, match="97 % of the width and 98 % of the height"):
        measure(large, test, "left", model="lite", client_at_px=(1400, 2500))


def test_a_missing_file_is_told_before_the_model_is_opened(tmp_path: Path, model: PoseModel) -> None:
    with pytest.raises(VideoError):
        measure(tmp_path / "none.mp4", movement_test("knee_flexion"), "left")
