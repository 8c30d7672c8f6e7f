from datetime import date

import numpy as np
import pytest

from rom_vision.compare import Result, over_sessions
from rom_vision.dashboard import charts, tables
from rom_vision.kinematics.repetitions import Repetition, find_repetitions
from rom_vision.movements import movement_test
from rom_vision.overlaid import overlaid

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


def test_curves_over_each_other_have_a_line_and_a_band_each():
    time_s = np.linspace(0, 6, 181)
    hills = 50 * (1 - np.cos(np.pi * time_s))
    laid = overlaid(time_s, hills, find_repetitions(time_s, hills))
    single = overlaid(time_s, hills, find_repetitions(time_s, hills)[:1])
    table = tables.overlaid({"one day": laid, "another": single})
    chart = charts.overlaid(table)
    assert marks(chart) == ["area", "line"]
    assert chart.to_dict()["layer"][1]["encoding"]["color"]["scale"]["domain"] == ["one day", "another"]
    alone = table[table["curve"] == "another"]
    assert alone["mean_deg"].max() == pytest.approx(100, abs=0.5)
    assert alone["low_deg"].isna().all(), "one repetition has no spread"


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
