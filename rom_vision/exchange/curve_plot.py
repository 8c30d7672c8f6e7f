"""The tested curve as a picture."""

import textwrap
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MultipleLocator

from rom_vision.exchange import captions
from rom_vision.exchange.whole_file import written_whole
from rom_vision.language import say
from rom_vision.measure import Measurement
from rom_vision.movements import in_a_sentence

CURVE = "#d96c00"
QUIET = "#5b6675"
BAND = "#f6c48a"
REPETITION = "#eceff4"
REFUSED = "#a3121f"
NORM = "#1f7a4d"
HALO = [withStroke(linewidth=3, foreground="white")]
SIZE_IN, DOTS_PER_IN = (10, 5.6), 120
LEFT, RIGHT, BOTTOM, TOP, LINE = 0.08, 0.98, 0.11, 0.905, 0.047  # of the picture; LINE is one line of the head
HEAD_LETTERS = 105  # that fit into a line of the head
MOST_BY_15_DEG = 120.0  # of the axis; a longer one is divided by 30
LEAST_SPAN_DEG = 30.0  # so that a still joint's trembling does not look like movement


def write_curve(measurement: Measurement, out: Path) -> None:
    """Write the tested joint's curve over time, as a PNG.

    Repetitions are shaded, each peak carries its number, the headline its uncertainty as a band, and the
    general normal value is a line where one is known. A refused measurement shows the bare curve, and why.

    Raises:
        UsageError: `out` can't be written.
    """
    # a Figure of its own, not pyplot's, which is shared by the whole program
    figure = Figure(figsize=SIZE_IN, dpi=DOTS_PER_IN)
    lines = _write_head(figure, measurement)
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM - LINE * lines))
    _draw_curve(axes, measurement)
    if measurement.accepted:
        _draw_headline(axes, measurement)
        _draw_repetitions(axes, measurement)
        _draw_norm(axes, measurement)
    low_deg, high_deg = axes.get_ylim()
    axes.yaxis.set_major_locator(MultipleLocator(15 if high_deg - low_deg < MOST_BY_15_DEG else 30))
    with written_whole(out) as part:
        figure.savefig(part, format="png")


def _write_head(figure: Figure, measurement: Measurement) -> int:
    """What was tested, what came out, what is wrong with it; how many lines the last two take."""
    told = [captions.result(measurement), *map(captions.warning, measurement.problems[:1])]
    lines = [line for sentence in told for line in textwrap.wrap(sentence, HEAD_LETTERS)]
    colour = QUIET if measurement.accepted else REFUSED
    title = captions.title(measurement.test, measurement.side, measurement.mode)
    figure.text(LEFT, 0.975, title, va="top", fontsize=16, fontweight="bold")
    figure.text(LEFT, TOP, "\n".join(lines), va="top", fontsize=11.5, color=colour, linespacing=1.35)
    return len(lines)


def _draw_curve(axes: Axes, measurement: Measurement) -> None:
    time_s, curve = measurement.landmarks.time_s, measurement.curve
    axes.plot(time_s, curve, color=CURVE if measurement.accepted else REFUSED, linewidth=2.2, zorder=3)
    seen = curve[np.isfinite(curve)]
    if len(seen):
        middle = (seen.max() + seen.min()) / 2
        half = max(float(np.ptp(seen)), LEAST_SPAN_DEG) / 2
        axes.set_ylim(middle - 1.15 * half, middle + 1.3 * half)  # room above for the numbers
    axes.set_xlim(time_s[0], time_s[-1])
    axes.set_xlabel(say("time (s)"))
    axes.set_ylabel(f"{in_a_sentence(measurement.test.name)} (°)")
    axes.grid(axis="y", color="#dfe3e8", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _draw_headline(axes: Axes, measurement: Measurement) -> None:
    peak_deg, doubt_deg = measurement.peak_deg, measurement.uncertainty_deg
    if peak_deg is None or doubt_deg is None:
        return
    axes.axhspan(peak_deg - doubt_deg, peak_deg + doubt_deg, color=BAND, alpha=0.4, linewidth=0, zorder=1)
    _make_room(axes, peak_deg - doubt_deg, peak_deg + doubt_deg)
    axes.axhline(peak_deg, color=CURVE, linewidth=0.8, zorder=2)


def _draw_repetitions(axes: Axes, measurement: Measurement) -> None:
    for repetition in measurement.repetitions:
        axes.axvspan(repetition.start_s, repetition.end_s, color=REPETITION, linewidth=0, zorder=0)
        axes.plot(repetition.peak_s, repetition.peak_deg, "o", color=CURVE, markeredgecolor="white", zorder=4)
        axes.annotate(
            captions.degrees(repetition.peak_deg), (repetition.peak_s, repetition.peak_deg),
            xytext=(0, 9), textcoords="offset points", ha="center", fontsize=13, fontweight="bold",
            path_effects=HALO, zorder=5,
        )  # fmt: skip


def _draw_norm(axes: Axes, measurement: Measurement) -> None:
    normal = measurement.test.normal
    if normal is None or measurement.mode == "resisted":  # where the joint should not move
        return
    _make_room(axes, normal.deg, normal.deg)
    axes.axhline(normal.deg, color=NORM, linewidth=1.6, linestyle=(0, (6, 4)), zorder=2)
    axes.annotate(
        say("normal {deg}", deg=captions.degrees(normal.deg))
        + ("" if normal.confirmed else say(" (to be confirmed)")),
        (1, normal.deg), xycoords=("axes fraction", "data"), xytext=(-4, 5), textcoords="offset points",
        ha="right", color=NORM, fontsize=11, path_effects=HALO, zorder=5,
    )  # fmt: skip


def _make_room(axes: Axes, low_deg: float, high_deg: float) -> None:
    """Let both be seen, and a line of text above the upper."""
    bottom, top = axes.get_ylim()
    room = 0.08 * (max(top, high_deg) - min(bottom, low_deg))
    axes.set_ylim(min(bottom, low_deg - room / 2), max(top, high_deg + room))
