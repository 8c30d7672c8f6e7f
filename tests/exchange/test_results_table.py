"""All of a client's tests in one table."""

import csv
from dataclasses import replace

import pandas as pd
import pytest

from rom_vision.exchange.results_table import COLUMNS, results_table, write_results_csv, write_results_parquet
from rom_vision.records import Record


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_each_test_is_a_row(chart, tmp_path):
    """Two shoulder and knee findings, a push with its finding; a refused film and one from home without any."""
    write_results_csv(chart, tmp_path / "all.csv")
    rows = rows_of(tmp_path / "all.csv")
    assert list(rows[0]) == list(COLUMNS)
    told = [(r["date"], r["session"], r["movement"], r["side"], r["mode"], r["instrument"]) for r in rows]
    assert told == [
        ("2026-11-03", "treatment", "shoulder_abduction", "right", "passive", "goniometer"),
        ("2026-11-03", "treatment", "knee_flexion", "left", "active", "film"),
        ("2026-11-10", "re_assessment", "knee_flexion", "left", "resisted", "film"),
        ("2026-11-10", "re_assessment", "knee_flexion", "left", "active", "film"),
        ("2026-11-10", "home", "knee_flexion", "left", "active", "film"),
    ]


def test_the_numbers_and_words_are_those_of_the_chart(chart, tmp_path):
    write_results_csv(chart, tmp_path / "all.csv")
    shoulder, knee, push, refused, _ = rows_of(tmp_path / "all.csv")
    assert (shoulder["value_deg"], shoulder["uncertainty_deg"], shoulder["pain"]) == ("132.5", "5.0", "4")
    assert (shoulder["end_feel"], shoulder["concordant"], shoulder["accepted"]) == ("empty", "True", "")
    measured = chart.measurements[0]
    assert (float(knee["value_deg"]), knee["measurement"]) == (measured.peak_deg, str(measured.id))
    assert (push["strength"], push["force_n"]) == ("4", "120.0")
    assert (refused["value_deg"], refused["accepted"], refused["note"]) == ("", "False", "")


@pytest.mark.parametrize("note", ["=1+1", "+49 170", "-5", "@SUM(A1)", "\t=1", "\n=1", "＝1", '=HYPERLINK("x")'])
def test_no_text_is_taken_for_a_formula(chart, tmp_path, note):
    changed = replace(chart, movement=(replace(chart.movement[0], note=note),))
    write_results_csv(changed, tmp_path / "all.csv")
    assert rows_of(tmp_path / "all.csv")[0]["note"] == "'" + note
    write_results_parquet(changed, tmp_path / "all.parquet")
    assert pd.read_parquet(tmp_path / "all.parquet")["note"][0] == note, "no spreadsheet reads it"


def test_a_negative_angle_stays_a_number(chart, tmp_path):
    changed = replace(chart, movement=(replace(chart.movement[0], value_deg=-5.0),))
    write_results_csv(changed, tmp_path / "all.csv")
    assert rows_of(tmp_path / "all.csv")[0]["value_deg"] == "-5.0"


def test_parquet_holds_the_same(chart, tmp_path):
    write_results_parquet(chart, tmp_path / "all.parquet")
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "all.parquet"), results_table(chart), check_dtype=False
    )


def test_of_whom_nothing_is_measured_there_is_the_head_alone(home, tmp_path):
    with Record.open(who="Thea") as record:
        chart = record.chart(record.add_client("Bert").id)
    write_results_csv(chart, tmp_path / "all.csv")
    write_results_parquet(chart, tmp_path / "all.parquet")
    assert (tmp_path / "all.csv").read_text() == ",".join(COLUMNS) + "\n"
    assert pd.read_parquet(tmp_path / "all.parquet").empty
