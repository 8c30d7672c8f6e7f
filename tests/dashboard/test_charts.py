from datetime import date

import numpy as np
import pandas as pd
import pytest

from rom_vision.compare import Result, over_sessions
from rom_vision.dashboard import charts, tables
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.movements import movement_test

REPETITION = Repetition(
    start_s=0.5, peak_s=1.25, end_s=2.04, start_deg=8.2, peak_deg=146.4, speed_deg_s=301.6, hold_s=0.25
)


def marks(chart) -> list[str]:
    """The kinds of marks of all layers, from back to front; building it checks it against Vega-Lite's schema."""
    return [layer["mark"]["type"] for layer in chart.to_dict()["layer"]]


def data_of(chart, mark: str) -> list[dict]:
    spec = chart.to_dict()
    layer = next(layer for layer in spec["layer"] if layer["mark"]["type"] == mark)
    return spec["datasets"][layer.get("data", spec.get("data"))["name"]]


def result(side, on, peak_deg, uncertainty_deg=4.0) -> Result:
    return Result(
        test=movement_test("knee_flexion"), side=side, mode="active", on=on, peak_deg=peak_deg,
        uncertainty_deg=uncertainty_deg,
    )  # fmt: skip


@pytest.fixture
def both_sides():
    left = [result("left", date(2026, 9, 1), 104.0), result("left", date(2026, 10, 2), 127.0)]
    return {"left": over_sessions(left), "right": over_sessions([result("right", date(2026, 9, 1), 135.0)])}


def test_a_curve_has_its_repetitions_shaded_and_their_peaks_named():
    table = tables.curve(np.array([0.0, 1.0, 2.0]), np.array([8.0, 146.0, 9.0]))
    chart = charts.curve(table, tables.repetitions([REPETITION]))
    assert marks(chart) == ["rect", "line", "point", "text"]
    (shade,) = data_of(chart, "rect")
    assert (shade["start_s"], shade["end_s"]) == (0.5, 2.04)
    (peak,) = data_of(chart, "text")
    assert (peak["peak_s"], peak["peak_deg"], peak["label"]) == (1.25, 146.4, "146°")


def test_the_norm_is_a_line_of_its_own():
    table = tables.curve(np.array([0.0, 1.0]), np.array([8.0, 146.0]))
    chart = charts.curve(table, tables.repetitions([]), (180.0, "norm 180°"))
    assert marks(chart) == ["line", "rule", "text"]
    assert data_of(chart, "rule") == [{"deg": 180.0, "label": "norm 180°"}]


def test_a_curve_without_repetitions_is_bare():
    assert marks(charts.curve(tables.curve(np.array([0.0]), np.array([8.0])), tables.repetitions([]))) == ["line"]


def test_where_the_joint_was_not_seen_the_line_is_broken():
    chart = charts.curve(tables.curve(np.arange(3.0), np.array([8.0, np.nan, 9.0])), tables.repetitions([]))
    assert [row["angle_deg"] for row in data_of(chart, "line")] == [8.0, None, 9.0]
    assert chart.to_dict()["layer"][0]["mark"]["invalid"] == "break-paths-show-domains"


def test_progress_shows_each_side_in_its_colour_with_uncertainty_and_band(both_sides):
    chart = charts.progress(tables.over_time(both_sides))
    assert marks(chart) == ["area", "rule", "line", "point"]
    first, second, right = data_of(chart, "point")
    mdc_deg = movement_test("knee_flexion").mdc.deg
    assert (first["low_deg"], first["high_deg"]) == (100.0, 108.0)
    assert (first["same_from_deg"], first["same_to_deg"]) == (104.0 - mdc_deg, 104.0 + mdc_deg)
    assert second["same_from_deg"] == first["same_from_deg"]
    assert [row["side"] for row in (first, second, right)] == ["left", "left", "right"]
    colour = chart.to_dict()["layer"][0]["encoding"]["color"]
    assert colour["scale"]["domain"] == ["left", "right"]
    assert len(set(colour["scale"]["range"])) == 2
    assert colour["legend"] is not None


def test_progress_of_the_midline_needs_no_legend():
    trunk = Result(
        test=movement_test("trunk_flexion"), side=None, mode="active", on=date(2026, 9, 1), peak_deg=70.0,
        uncertainty_deg=5.0,
    )  # fmt: skip
    chart = charts.progress(tables.over_time({None: over_sessions([trunk])}), (80.0, "norm 80°"))
    assert marks(chart) == ["area", "rule", "line", "point", "rule", "text"]
    assert chart.to_dict()["layer"][0]["encoding"]["color"]["legend"] is None


def test_a_single_session_stands_in_the_middle(both_sides):
    chart = charts.progress(tables.over_time({"right": both_sides["right"]}))
    earliest, latest = chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert (earliest, latest) == ("2026-08-31T00:00:00", "2026-09-02T00:00:00")


def test_repetitions_are_written_for_reading():
    table = tables.repetitions_to_read([REPETITION])
    assert table.index.tolist() == [1]
    assert table.iloc[0].to_dict() == {
        "Peak": "146°", "Start": "8°", "Range": "138°", "From (s)": "0.5", "To (s)": "2.0", "Held (s)": "0.2",
        "Speed (°/s)": "302",
    }  # fmt: skip


def test_no_repetitions_are_an_empty_table_with_the_same_columns():
    assert list(tables.repetitions([]).columns) == list(tables.repetitions([REPETITION]).columns)
    assert isinstance(tables.repetitions([]), pd.DataFrame)
