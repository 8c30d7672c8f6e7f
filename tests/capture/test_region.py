"""A region cut out of the picture and its landmarks put back, and the bundle that looks at nothing else."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from films import SAMPLES
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.capture.landmarks import Point
from rom_vision.capture.pose import find_in_regions, find_people
from rom_vision.capture.pose_model import PoseModel, pose_model
from rom_vision.capture.region import INPUT_PX, Region, radii_px, region_round, trunks_px
from rom_vision.capture.region_model import region_model
from rom_vision.capture.video import Frame, Video
from rom_vision.errors import ModelError

SHARES = st.floats(0.3, 0.7)


@pytest.fixture(scope="module")
def frame() -> Frame:
    return next(iter(Video(SAMPLES / "right_knee_flexion.mp4")))


@given(SHARES, SHARES, st.floats(40, 200), st.floats(-3, 3))
def test_what_is_cut_out_is_put_back_where_it_was(x: float, y: float, radius: float, turn: float) -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    column, row = round(640 * x), round(480 * y)
    picture[row - 3 : row + 4, column - 3 : column + 4] = 255
    region = Region(x_px=column + 20, y_px=row - 15, radius_px=radius, turn_rad=turn)
    cut = region.cut(picture)[..., 0].astype(float)
    rows, columns = np.indices(cut.shape)
    seen = np.zeros((33, 7))
    seen[:, :2] = np.average(columns, weights=cut), np.average(rows, weights=cut)
    assert region.in_picture(seen)[0, :2] == pytest.approx([column, row], abs=1.5)


def test_world_landmarks_turn_with_the_region() -> None:
    row = np.zeros((33, 7))
    row[:, 4] = 1.0
    turned = Region(x_px=0, y_px=0, radius_px=INPUT_PX, turn_rad=np.pi / 2).in_picture(row)
    assert turned[0, 4:] == pytest.approx([0, 1, 0])


def test_a_lying_body_is_turned_upright() -> None:
    trunk = np.array([100.0, 50.0, 40.0, 50.0])  # hips on the right, shoulders on the left
    assert region_round(trunk, 90.0).turn_rad == pytest.approx(-np.pi / 2)


def test_the_same_landmarks_come_out_as_with_the_detector(frame: Frame, model: PoseModel) -> None:
    seen = find_people([frame], model, workers=1).rows[0]
    own = region_round(trunks_px(seen)[0], float(radii_px(seen)[0]))
    again = find_in_regions([frame], model, [own], workers=1).rows[0]
    joints = [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER, Point.RIGHT_HIP, Point.RIGHT_KNEE, Point.RIGHT_ANKLE]
    size = np.linalg.norm(np.ptp(seen[0, :, :2], axis=0))
    assert np.linalg.norm(again[0, joints, :2] - seen[0, joints, :2], axis=1).max() < 0.02 * size
    assert again[0, joints, 4:] == pytest.approx(seen[0, joints, 4:], abs=0.06)


def test_where_nobody_is_nobody_is_found() -> None:
    blank = [Frame(time_s=0.0, image=np.full((90, 160, 3), 128, np.uint8))]
    region = Region(x_px=80, y_px=45, radius_px=40, turn_rad=0)
    assert find_in_regions(blank, pose_model("lite"), [region], workers=1).rows[0].shape == (0, 33, 7)


def test_the_bundle_is_made_once(home: Path) -> None:
    first = region_model(pose_model("lite"))
    made = first.path.stat().st_mtime_ns
    assert region_model(pose_model("lite")).path.stat().st_mtime_ns == made
    assert [path.name for path in first.path.parent.glob("*.part")] == []


def test_a_bundle_without_a_detector_is_told(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.task"
    with zipfile.ZipFile(own, "w") as bundle:
        bundle.writestr("hand_detector.tflite", b"")
    with pytest.raises(ModelError, match=r"own\.task is not a pose landmarker"):
        region_model(pose_model(str(own)))
