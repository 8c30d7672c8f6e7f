"""The report's charts: a curve then and now, and a course over the sessions.

Vectors in points, in ink and greys. Then is dashed and now is solid, sessions are dots with bars, the goal is
dotted, the norm dashed and dotted, and each line has its name beside it: nothing is told by colour.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import white
from reportlab.pdfbase.pdfmetrics import stringWidth

from rom_vision.capture.stretches import stretches
from rom_vision.compare import NormDifference
from rom_vision.exchange.best_repetition import BestRepetition
from rom_vision.exchange.captions import degrees, title
from rom_vision.exchange.report import Plot
from rom_vision.exchange.report_style import BAND, BOLD, INK, QUIET, REGULAR, RULE
from rom_vision.exchange.report_words import short_day
from rom_vision.language import number_text, say

LETTERS_PT = 6.2
THEN_DASH, GOAL_DASH, NORM_DASH = [3.2, 2.0], [0.9, 1.8], [5, 1.6, 0.9, 1.6]
STEPS_DEG, STEPS_S = (5, 10, 15, 30, 45, 60, 90), (0.5, 1, 2, 5, 10, 20, 60)
MOST_TICKS = 5
LEAST_SPAN_DEG = 20.0  # so that a still joint's trembling does not look like movement
LEFT_PT, RIGHT_PT, BOTTOM_PT, TOP_PT = 21.0, 5.0, 12.0, 23.0  # of a panel, around its axes
KEY_PT = 13.0  # of a line in the key
DAY_PT = 26.0  # that a date below the axis takes


@dataclass(frozen=True, kw_only=True, slots=True)
class Axes:
    """Where values lie in a panel, in points.

    Attributes:
        size_pt: width and height of the panel.
        x_range: from the left edge of the axes to the right.
        y_range_deg: from the lower edge to the upper.
    """

    size_pt: tuple[float, float]
    x_range: tuple[float, float]
    y_range_deg: tuple[float, float]

    @property
    def key_y(self) -> float:
        """The line on which the names of the lines stand."""
        return self.size_pt[1] - 15.5

    def x(self, value: float) -> float:
        """Points from the panel's left edge."""
        low, high = self.x_range
        return LEFT_PT + (value - low) / (high - low) * (self.size_pt[0] - LEFT_PT - RIGHT_PT)

    def y(self, deg: float) -> float:
        """Points from the panel's lower edge."""
        low, high = self.y_range_deg
        return BOTTOM_PT + (deg - low) / (high - low) * (self.size_pt[1] - BOTTOM_PT - TOP_PT)


def curves(plot: Plot, on: date, size_pt: tuple[float, float]) -> Drawing:
    """The best repetition of the first film, dashed, and of the latest, solid, from the start of the movement.

    Args:
        plot: with at least one film.
        on: the day of the report.
    """
    drawn = [(cut, dash) for cut, dash in ((plot.then, THEN_DASH), (plot.now, None)) if cut]
    seconds = [second for cut, _ in drawn for second in (cut.time_s[0], cut.time_s[-1])]
    angles_deg = [deg for cut, _ in drawn for deg in cut.angle_deg[np.isfinite(cut.angle_deg)]]
    axes = _axes(size_pt, (min(seconds), max(seconds)), angles_deg)
    drawing = _panel(
        axes, plot, [(second, f"{number_text(second, 'g')} s") for second in _ticks(axes.x_range, STEPS_S)]
    )
    key = LEFT_PT
    for cut, dash in drawn:
        for line in _unbroken(axes, cut):
            drawing.add(PolyLine(line, strokeColor=INK, strokeWidth=1.2, strokeDashArray=dash, strokeLineJoin=1))
        drawing.add(_line(key, axes.key_y, key + KEY_PT, axes.key_y, dash, 1.2))
        words = _text(key + KEY_PT + 2.5, axes.key_y - 2.2, f"{short_day(cut.on, on)}, {degrees(cut.peak_deg)}")
        drawing.add(words)
        key = words.getEast() + 8
    return drawing


def progress(plot: Plot, on: date, size_pt: tuple[float, float]) -> Drawing:
    """All sessions with their intervals; the grey band around the first is no real change.

    Args:
        plot: of at least two sessions.
        on: the day of the report.
    """
    table = plot.course.since_baseline.table()
    days = [change.result.on for change in plot.course.since_baseline.changes]
    after = [(day - days[0]).days for day in days]
    beside = max(1.0, 0.06 * after[-1])
    references = list(_references(plot))
    bounds_deg = table[["low_deg", "high_deg", "same_from_deg", "same_to_deg"]].to_numpy().ravel().tolist()
    axes = _axes(
        size_pt, (-beside, after[-1] + beside), [*bounds_deg, *(reference.deg for reference in references)]
    )
    drawing = _panel(axes, plot, [(day, short_day(days[0] + timedelta(day), on)) for day in _spread(after, axes)])
    at = [axes.x(day) for day in after]
    upper, lower = (list(zip(at, table[name], strict=True)) for name in ("same_to_deg", "same_from_deg"))
    band = [one for x, deg in (*upper, *reversed(lower)) for one in (x, axes.y(deg))]
    drawing.insert(0, Polygon(band, fillColor=BAND, strokeColor=None))
    _draw_references(drawing, axes, references)
    peaks = [one for x, deg in zip(at, table["peak_deg"], strict=True) for one in (x, axes.y(deg))]
    drawing.add(PolyLine(peaks, strokeColor=INK, strokeWidth=0.9, strokeLineJoin=1))
    for x, low, peak, high in zip(at, table["low_deg"], table["peak_deg"], table["high_deg"], strict=True):
        drawing.add(_line(x, axes.y(low), x, axes.y(high), None, 0.8))
        drawing.add(Circle(x, axes.y(peak), 2.1, fillColor=INK, strokeColor=None))
    drawing.add(Rect(LEFT_PT, axes.key_y - 2.5, KEY_PT, 5, fillColor=BAND, strokeColor=None))
    drawing.add(_text(LEFT_PT + KEY_PT + 2.5, axes.key_y - 2.2, say("no real change")))
    return drawing


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reference:
    """A line across a course: how high, its name at one end, and its dashes."""

    deg: float
    name: str
    named_left: bool
    dash: list[float]


def _references(plot: Plot) -> Iterator[_Reference]:
    """The names stand at both ends of the lines, so that two close lines keep theirs apart."""
    if plot.course.target:
        goal_deg = plot.course.target.deg
        name = say("goal {deg}", deg=degrees(goal_deg))
        yield _Reference(deg=goal_deg, name=name, named_left=True, dash=GOAL_DASH)
    norm = next((one for one in plot.course.references if isinstance(one, NormDifference)), None)
    if norm:
        doubt = "" if norm.norm.confirmed else "*"
        name = say("norm {deg}", deg=degrees(norm.normal_deg) + doubt)
        yield _Reference(deg=norm.normal_deg, name=name, named_left=False, dash=NORM_DASH)


def _draw_references(drawing: Drawing, axes: Axes, references: Sequence[_Reference]) -> None:
    right = axes.size_pt[0] - RIGHT_PT
    for one in references:
        x, anchor = (LEFT_PT + 2, "start") if one.named_left else (right - 1, "end")
        y = axes.y(one.deg)
        drawing.add(_line(LEFT_PT, y, right, y, one.dash, 0.8))
        words = _text(x, y + 1.8, one.name, anchor)
        left, low, end, high = words.getBounds()
        drawing.add(Rect(left, low, end - left, high - low, fillColor=white, strokeColor=None))
        drawing.add(words)


def _axes(size_pt: tuple[float, float], x_range: tuple[float, float], angles_deg: Sequence[float]) -> Axes:
    """With a little room below all angles, and above for a name."""
    low, high = min(angles_deg), max(angles_deg)
    short = max(0.0, LEAST_SPAN_DEG - (high - low)) / 2
    span = high - low + 2 * short
    y_range_deg = (low - short - 0.05 * span, high + short + 0.16 * span)
    return Axes(size_pt=size_pt, x_range=x_range, y_range_deg=y_range_deg)


def _panel(axes: Axes, plot: Plot, x_ticks: Sequence[tuple[float, str]]) -> Drawing:
    """Title, grid and numbers."""
    width, height = axes.size_pt
    drawing = Drawing(width, height, initialFontName=REGULAR)
    first = plot.course.visits[0].result
    name = title(first.test, first.side, first.mode)
    size = LETTERS_PT * min(1.0, (width - LEFT_PT) / stringWidth(name, BOLD, LETTERS_PT))
    drawing.add(String(LEFT_PT, height - 7, name, fontName=BOLD, fontSize=size, fillColor=INK))
    for deg in _ticks(axes.y_range_deg, STEPS_DEG):
        drawing.add(Line(LEFT_PT, axes.y(deg), width - RIGHT_PT, axes.y(deg), strokeColor=RULE, strokeWidth=0.3))
        drawing.add(_text(LEFT_PT - 3, axes.y(deg) - 2.2, degrees(deg), "end"))
    for value, label in x_ticks:
        x = axes.x(value)
        drawing.add(Line(x, BOTTOM_PT, x, BOTTOM_PT - 2, strokeColor=QUIET, strokeWidth=0.4))
        drawing.add(_text(x, 2, label, "middle"))
    drawing.add(Line(LEFT_PT, BOTTOM_PT, width - RIGHT_PT, BOTTOM_PT, strokeColor=QUIET, strokeWidth=0.5))
    return drawing


def _ticks(within: tuple[float, float], steps: Sequence[float]) -> list[float]:
    """Round numbers in a range, not too many."""
    low, high = within
    step = next((step for step in steps if (high - low) / step <= MOST_TICKS), steps[-1])
    return [float(step * number) for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _spread(days: Sequence[int], axes: Axes) -> list[int]:
    """The days of which the names have room: the last one, and before it what does not touch."""
    kept = [days[-1]]
    for day in reversed(days):
        if axes.x(kept[-1]) - axes.x(day) >= DAY_PT:
            kept.append(day)
    return kept


def _unbroken(axes: Axes, cut: BestRepetition) -> Iterator[list[float]]:
    """The curve's points, one after the other, of each stretch in which the joint was seen."""
    seen = np.isfinite(cut.angle_deg)
    for stretch in stretches(seen):
        pairs = zip(cut.time_s[stretch], cut.angle_deg[stretch], strict=True)
        yield [point for second, deg in pairs for point in (axes.x(float(second)), axes.y(float(deg)))]


def _line(x1: float, y1: float, x2: float, y2: float, dash: list[float] | None, width_pt: float) -> Line:
    return Line(x1, y1, x2, y2, strokeColor=INK, strokeWidth=width_pt, strokeDashArray=dash)


def _text(x: float, y: float, text: str, anchor: str = "start") -> String:
    return String(x, y, text, fontName=REGULAR, fontSize=LETTERS_PT, fillColor=QUIET, textAnchor=anchor)
