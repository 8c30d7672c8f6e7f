"""The models of face and hand: from the packages to the cache, and what becomes of one that does not work."""

import time
from pathlib import Path

import numpy as np
import pytest

from rom_vision.capture import close_models
from rom_vision.capture.bundle import write_bundle
from rom_vision.capture.close_models import close_model, try_out
from rom_vision.capture.face import find_face, head_region
from rom_vision.capture.landmarks import Landmarks
from rom_vision.capture.video import Frame
from rom_vision.errors import ModelError


def test_both_are_obtained_and_work() -> None:
    for part in ("face", "hand"):
        assert close_model(part).path.name == f"{part}.task"


def test_one_that_does_not_open_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "face.task"
    write_bundle(broken, {"face_detector.tflite": b"nothing"})
    with pytest.raises(ModelError, match="does not work on this computer"):
        try_out("face", broken)


def test_one_that_hangs_says_so_in_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(close_models.sys, "executable", _sleeper(tmp_path))
    started = time.monotonic()
    with pytest.raises(ModelError, match="did not start within 1 s"):
        try_out("face", tmp_path / "face.task", limit_s=1.0)
    assert time.monotonic() - started < 10


def test_one_that_fails_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path))
    monkeypatch.setattr(close_models, "_files", lambda recipe, scratch: {"face_detector.tflite": b"nothing"})
    monkeypatch.setattr(close_models.sys, "executable", "/bin/false")
    with pytest.raises(ModelError):
        close_model("face")
    assert list((tmp_path / "cache").iterdir()) == []


def test_where_nobody_has_a_face_none_is_found() -> None:
    rows = np.full((3, 33, 7), np.nan)
    rows[1:, :, :2] = np.random.default_rng(1).uniform(40, 60, (2, 33, 2))
    time_s = np.arange(3) / 30
    landmarks = Landmarks.from_rows(time_s, (100, 100), rows)
    frames = [Frame(time_s=at_s, image=np.full((100, 100, 3), 128, np.uint8)) for at_s in time_s]
    faces = find_face(frames, landmarks, close_model("face"), workers=1)
    assert faces.mesh_px.shape == (3, 468, 3)
    assert not faces.seen.any()


def test_the_cut_holds_the_head_and_is_upright_by_the_eyes() -> None:
    points = np.zeros((33, 2))
    points[:11] = [50, 50]
    points[5], points[2] = [45, 52], [55, 48]  # a head tilted so that the eye right of it in the picture is higher
    points[11], points[12] = [80, 90], [20, 90]
    region = head_region(points)
    assert np.degrees(region.turn_rad) == pytest.approx(-21.8, abs=0.1)
    assert region.radius_px * 2.5 == pytest.approx(66, abs=1)


def _sleeper(folder: Path) -> str:
    program = folder / "sleeper"
    program.write_text("#!/bin/sh\nexec sleep 30\n")
    program.chmod(0o755)
    return str(program)
