import csv
from pathlib import Path

import pytest
from measured import KNEE_PEAK_DEG, knee_flexion

from rom_vision.exchange.angle_table import write_angles


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_joint_has_a_column(tmp_path):
    write_angles(knee_flexion().curves, tmp_path / "angles.csv")
    rows = rows_of(tmp_path / "angles.csv")
    assert next(iter(rows[0])) == "time_s"
    assert {"left_knee_flexion_deg", "right_shoulder_abduction_deg", "trunk_flexion_deg"} < rows[0].keys()
    assert all(name == "time_s" or name.endswith("_deg") for name in rows[0])


def test_the_numbers_are_those_of_the_figure(tmp_path):
    """Bent to its peak after one second; standing straight otherwise."""
    write_angles(knee_flexion().curves, tmp_path / "angles.csv")
    rows = rows_of(tmp_path / "angles.csv")
    assert len(rows) == 180
    assert float(rows[30]["time_s"]) == pytest.approx(1, abs=1e-6)
    assert float(rows[30]["left_knee_flexion_deg"]) == pytest.approx(KNEE_PEAK_DEG, abs=1)
    assert float(rows[30]["right_knee_flexion_deg"]) == pytest.approx(0, abs=0.01)


def test_what_was_not_seen_is_empty(tmp_path):
    """The right ankle is out of sight in the last second."""
    write_angles(knee_flexion().curves, tmp_path / "angles.csv")
    rows = rows_of(tmp_path / "angles.csv")
    assert rows[170]["right_knee_flexion_deg"] == ""
    assert rows[170]["left_knee_flexion_deg"] != ""
