"""The calibration board on paper."""

from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from rom_vision.capture.board import COLUMNS, ROWS, SQUARE_MM, black_squares_mm
from rom_vision.exchange.whole_file import written_whole

PAGE_MM = (210.0, 297.0)  # A4
TOP_MM = 14.0
RULER_MM = 100.0
MM_PER_IN = 25.4
WORDS = (
    "ROM Vision calibration board. Print at 100 %. Both lines must measure the same (100 mm in true size).\n"
    "Glue it onto something stiff and flat. Leave the white margin on."
)


def write_board(out: Path) -> None:
    """Write the board as a PDF of one A4 page, true to scale; the same bytes each time.

    Raises:
        UsageError: `out` can't be written.
    """
    width, height = PAGE_MM
    figure = Figure(figsize=(width / MM_PER_IN, height / MM_PER_IN))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    left = (width - COLUMNS * SQUARE_MM) / 2
    bottom = TOP_MM + ROWS * SQUARE_MM
    # one outline of all squares: drawn one by one, viewers leave hairlines between neighbours
    outlines = [_square(left + x, TOP_MM + y, side) for x, y, side in black_squares_mm()]
    axes.add_patch(PathPatch(Outline.make_compound_path(*outlines), facecolor="black", linewidth=0))
    _ruler(axes, (left, bottom + 10), (left + RULER_MM, bottom + 10))
    _ruler(axes, (left / 2, bottom - RULER_MM), (left / 2, bottom))  # printers may stretch one way alone
    axes.text(left, bottom + 14, WORDS, va="top", fontsize=9)
    with written_whole(out) as part:
        figure.savefig(part, format="pdf", metadata={"CreationDate": None})


def _square(left: float, top: float, side: float) -> Outline:
    right, bottom = left + side, top + side
    return Outline([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], closed=True)


def _ruler(axes: Axes, start_mm: tuple[float, float], end_mm: tuple[float, float]) -> None:
    xs, ys = zip(start_mm, end_mm, strict=True)
    axes.plot(xs, ys, color="black", linewidth=0.6, marker="_" if xs[0] == xs[1] else "|", markersize=9)
