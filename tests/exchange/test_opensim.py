"""The files are read back by the rules of their formats, and hold the body that was measured."""

from pathlib import Path

import numpy as np
import pytest
from measured import knee_flexion, no_movement

from rom_vision.capture.landmarks import Point
from rom_vision.exchange.opensim import write_joint_angles, write_joint_centres
from rom_vision.measure import Measurement

MARKERS = [
    f"{side}_{joint}"
    for side in ("left", "right")
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toes")
] + ["mid_hip", "neck", "head"]


def read_trc(path: Path) -> tuple[dict[str, str], list[str], np.ndarray, np.ndarray]:
    lines = path.read_text().split("\n")
    head = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    names = [name for name in lines[3].split("\t")[2:] if name]
    assert lines[5] == ""
    rows = [[float(cell) if cell else np.nan for cell in line.split("\t")] for line in lines[6:] if line]
    table = np.array(rows)
    assert table.shape[1] == 2 + 3 * len(names)
    return head, names, table[:, 1], table[:, 2:].reshape(len(table), len(names), 3)


def write_centres(measurement: Measurement, out: Path) -> None:
    body = measurement.body
    write_joint_centres(body.time_s, body.joints_m, out, accepted=measurement.accepted)


def write_angles(measurement: Measurement, out: Path) -> None:
    write_joint_angles(measurement.curves, out, accepted=measurement.accepted)


def test_joint_centres_are_upright_metres(tmp_path: Path) -> None:
    measurement = knee_flexion()
    write_centres(measurement, tmp_path / "joint_centres.trc")
    head, names, time_s, places = read_trc(tmp_path / "joint_centres.trc")
    assert names == MARKERS
    assert head["Units"] == "m"
    assert int(head["NumFrames"]) == len(time_s) == len(measurement.body.time_s)
    assert int(head["NumMarkers"]) == len(names)
    assert float(head["DataRate"]) == pytest.approx(30, abs=0.01)
    at = dict(zip(names, places.transpose(1, 0, 2), strict=True))
    assert (at["head"][:, 1] > at["neck"][:, 1]).all()
    assert (at["neck"][:, 1] > at["mid_hip"][:, 1]).all()
    # the figure's own thigh is 0.42 m long
    np.testing.assert_allclose(np.linalg.norm(at["left_hip"] - at["left_knee"], axis=-1), 0.42, atol=1e-4)
    joints = measurement.body.joints_m[:, Point.LEFT_WRIST]
    np.testing.assert_allclose(at["left_wrist"], joints * [1, -1, -1], atol=1e-5)


def test_what_is_not_seen_is_an_empty_cell(tmp_path: Path) -> None:
    write_centres(knee_flexion(), tmp_path / "joint_centres.trc")
    _, names, _, places = read_trc(tmp_path / "joint_centres.trc")
    assert np.isnan(places[150:, names.index("right_ankle")]).all()
    assert np.isfinite(places[:150, names.index("right_ankle")]).all()


def test_joint_angles_are_those_of_the_table(tmp_path: Path) -> None:
    measurement = knee_flexion()
    write_angles(measurement, tmp_path / "joint_angles.mot")
    lines = (tmp_path / "joint_angles.mot").read_text().splitlines()
    end = lines.index("endheader")
    head = dict(line.split("=") for line in lines[1:end])
    names, table = lines[end + 1].split("\t"), np.array([line.split("\t") for line in lines[end + 2 :]], float)
    assert head["inDegrees"] == "yes"
    assert (int(head["nRows"]), int(head["nColumns"])) == table.shape
    assert names[0] == "time"
    np.testing.assert_allclose(
        table[:, names.index("left_knee_flexion")], measurement.curves.of("knee_flexion", "left"), atol=1e-3
    )


def test_a_refused_measurement_is_marked(tmp_path: Path) -> None:
    write_centres(no_movement(), tmp_path / "joint_centres.trc")
    write_angles(no_movement(), tmp_path / "joint_angles.mot")
    for name in ("joint_centres.trc", "joint_angles.mot"):
        assert "refused" in (tmp_path / name).read_text().split("\n")[0]
    assert len(read_trc(tmp_path / "joint_centres.trc")[3]) == 60
