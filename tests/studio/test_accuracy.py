"""The accuracy benchmark itself: its splits don't overlap, and its errors are the errors."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("moderngl", reason="needs the studio: pip install -r benchmarks/requirements.txt")

from benchmarks import accuracy_report, accuracy_rows, real_clips
from benchmarks.accuracy_rows import Row, Truth, scored
from benchmarks.accuracy_set import PEOPLE, RANGES_DEG, SETUPS, SMALL, cases
from benchmarks.passive import PassiveRow
from benchmarks.studio.body import body_mass_index, make_body
from benchmarks.studio.manners import MANNERS
from rom_vision.kinematics.repetitions import find_repetitions
from rom_vision.movements import load_catalogue

BLANK = Row(
    split="test", movement="knee_flexion", side="left", mode="active", azimuth_deg=0, body="b", clip="c",
    method="ours", should_accept=True, accepted=True, curve_mae_deg=None, peak_deg=None, peak_error_deg=None,
    interval_deg=None, repetitions=0, repetitions_true=3,
)  # fmt: skip


def test_the_splits_share_no_person_and_no_camera() -> None:
    bodies = [repr(person.build) for people in PEOPLE.values() for person in people.values()]
    cameras = [repr(setup) for setups in SETUPS.values() for setup in setups]
    assert len(set(bodies)) == len(bodies) == 8
    assert len(set(cameras)) == len(cameras)


def test_people_in_each_split_are_lean_to_heavy_young_to_old_light_to_dark_in_tight_and_loose_clothes() -> None:
    every = [person for people in PEOPLE.values() for person in people.values()]
    index = {person: body_mass_index(make_body(person.build)) for person in every}
    assert min(index.values()) == pytest.approx(19, abs=0.8)
    assert max(index.values()) == pytest.approx(34, abs=0.8)
    assert min(person.build.age_years for person in every) == 20
    assert max(person.build.age_years for person in every) == 75
    for people in PEOPLE.values():
        inside = [index[person] for person in people.values()]
        assert min(inside) <= 21
        assert max(inside) >= 31
        assert {person.build.female for person in people.values()} == {0.0, 1.0}
        assert {max(person.outfit.skin) > 0.7 for person in people.values()} == {True, False}
        slack = [person.outfit.shirt_slack_m for person in people.values()]
        assert min(slack) < 0.01
        assert max(slack) > 0.04


def test_every_movement_is_one_of_the_catalogue_that_the_studio_can_perform() -> None:
    assert set(RANGES_DEG) <= set(load_catalogue()) & set(MANNERS)
    assert set(SMALL) <= set(RANGES_DEG)


def test_a_set_holds_what_has_to_be_refused_beside_what_can_be_measured() -> None:
    small = list(cases("small", splits=["test"], azimuths_deg=[0, 30]))
    assert sum(case.should_accept for case in small) == 2 * len(SMALL)
    assert {(case.asked == case.side, case.azimuth_deg) for case in small if not case.should_accept} == {
        (False, 0),
        (True, 90),
    }


def test_the_films_are_the_same_on_every_run() -> None:
    once, again = (
        [repr(case.take) for case in cases("whole", splits=["test"], azimuths_deg=[0])] for _ in range(2)
    )
    assert once == again


def test_errors_are_measured_against_the_truth() -> None:
    time_s = np.arange(0, 6, 0.05)
    true_deg = 50 * (1 - np.cos(np.pi * time_s))
    curve = true_deg + 3
    row = scored(
        BLANK,
        Truth(time_s=time_s, angle_deg=true_deg, peaks_deg=(100.0, 98.0)),
        time_s,
        curve,
        find_repetitions(time_s, curve),
        103.0,
    )
    assert row.curve_mae_deg == pytest.approx(3)
    assert row.peak_error_deg == pytest.approx(3)
    assert row.repetitions == 3


def test_the_report_says_what_the_rows_say(tmp_path: Path) -> None:
    rows = [
        replace(BLANK, method=method, body=body, curve_mae_deg=2.0, peak_deg=100 + error, peak_error_deg=error,
                interval_deg=6.0 if method == "ours" else None, repetitions=3)
        for method, error in (("ours", 2.0), ("fit", 1.0), ("image", 5.0), ("world", -20.0))
        for body in ("a", "b")
    ]  # fmt: skip
    refused = replace(BLANK, should_accept=False, accepted=False)
    accuracy_report.write([*rows, refused], {}, tmp_path)
    report = (tmp_path / "accuracy.md").read_text()
    assert "| knee_flexion |  | 2 | 2.0 | +2.0 | 0.0 | 2.0 | 6.0 | 100% | 100% | 1.0 | 5.0 | 20.0 |" in report
    assert "| movement knee_flexion | 1 | 2.0 | 1.0 |" in report  # where the fit alone is better by a degree
    assert (tmp_path / "error_by_azimuth.png").stat().st_size > 10_000
    assert (tmp_path / "bland_altman.png").stat().st_size > 10_000


def test_the_report_tells_of_passive_tests_apart(tmp_path: Path) -> None:
    active = replace(BLANK, peak_deg=100.0, peak_error_deg=1.0, curve_mae_deg=1.0, interval_deg=6.0)
    far, near = (
        PassiveRow(
            row=replace(BLANK, mode="passive", accepted=error is not None, peak_error_deg=error, body="p"),
            stands=stands, seen=1.0, own=0.9, swaps=1, best_error_deg=-40.0, problems=("HIDDEN",),
        )
        for stands, error in (("far", -3.0), ("near", None))
    )  # fmt: skip
    accuracy_report.write([active, far.row, near.row], {"test": [far, near]}, tmp_path)
    report = (tmp_path / "accuracy.md").read_text()
    assert "right in 90.0% of frames" in report
    assert "Therapist far: 1 of 1 taken; peaks wrong by 3.0° on average, 3.0° at worst, 1 inside." in report
    assert "Therapist near: 0 of 1 taken." in report
    assert "| knee_flexion | p | near | 90% | 1 | refused |  |  |" in report
    assert "| knee_flexion |  | 1 | 1.0 |" in report  # the table of active tests knows nothing of them


def test_a_real_clip_is_held_against_its_truth_whatever_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sample clip stands in for a recording: its truth, started 0.2 s later, has to be found again."""
    monkeypatch.setattr(accuracy_rows, "CACHE", tmp_path)
    samples = Path(__file__).parents[2] / "sample_videos"
    known = json.loads((samples / "right_knee_flexion.json").read_text())
    (tmp_path / "video.mp4").write_bytes((samples / "right_knee_flexion.mp4").read_bytes())
    lines = [f"{time + 0.2:.4f},{angle}" for time, angle in zip(known["time_s"], known["angle_deg"], strict=True)]
    (tmp_path / "truth.csv").write_text("\n".join(["time,knee_flex_r", *lines]) + "\n")
    rows = {row.method: row for row in real_clips.rows(tmp_path)}
    assert set(rows) == {"ours", "fit", "image", "world"}
    assert rows["image"].repetitions == rows["image"].repetitions_true == 3
    assert rows["image"].curve_mae_deg < 4
    assert abs(rows["image"].peak_error_deg) < 6
