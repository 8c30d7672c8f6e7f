"""The report's drawing of the body, front and back, with what palpation found."""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Path, String

from rom_vision.exchange import body_chart
from rom_vision.exchange.body_chart import WIDTH_TO_HEIGHT, Place
from rom_vision.exchange.palpated import Palpated
from rom_vision.exchange.report_style import BOLD, INK, QUIET, REGULAR, RULE, SHADE
from rom_vision.language import say
from rom_vision.records import Face

LETTERS_PT = 6.4
DISC_PT = 4.6  # radius of a number's disc
APART_PT = 8.0  # between front and back
ABOVE_PT = 10.0  # for the words above

At = Callable[[Place], tuple[float, float]]
"""From shares of the chart to points of the drawing."""


def body(rows: Sequence[Palpated], height_pt: float) -> Drawing:
    """Front and back beside each other, with the findings numbered in their order."""
    width_pt = WIDTH_TO_HEIGHT * height_pt
    drawing = Drawing(2 * width_pt + APART_PT, height_pt + ABOVE_PT, initialFontName=REGULAR)
    faces: tuple[Face, ...] = ("front", "back")
    for column, face in enumerate(faces):
        left = column * (width_pt + APART_PT)
        drawing.add(_figure(face, rows, left, height_pt))
        left_hand, right_hand = map(say, ("right", "left") if face == "front" else ("left", "right"))
        named = {"front": say("front", "the body"), "back": say("back", "the body")}[face]
        for share, word, font in ((0.5, named, BOLD), (0.12, left_hand, REGULAR), (0.88, right_hand, REGULAR)):
            drawing.add(_text(left + share * width_pt, height_pt + 3, word, font))
    return drawing


def _figure(face: Face, rows: Sequence[Palpated], left: float, height_pt: float) -> Group:
    def at(place: Place) -> tuple[float, float]:
        return left + place[0] * WIDTH_TO_HEIGHT * height_pt, (1 - place[1]) * height_pt

    outline = _bezier(body_chart.outline(), at, fillColor=SHADE, strokeColor=QUIET, strokeWidth=0.7)
    outline.closePath()
    group = Group(outline)
    for line in body_chart.features(face):
        group.add(_bezier(line, at, fillColor=None, strokeColor=RULE, strokeWidth=0.5))
    numbered = [(number, row.last) for number, row in enumerate(rows, 1) if row.last.face == face]
    marks = body_chart.marks([(found.x, found.y) for _, found in numbered], DISC_PT / height_pt)
    for mark in marks:
        group.add(Line(*at(mark.place), *at(mark.label), strokeColor=INK, strokeWidth=0.5))
        group.add(Circle(*at(mark.place), 1.1, fillColor=INK, strokeColor=None))
    for (number, _), mark in zip(numbered, marks, strict=True):
        x, y = at(mark.label)
        group.add(Circle(x, y, DISC_PT, fillColor=INK, strokeColor=SHADE, strokeWidth=0.6))
        group.add(_text(x, y - 0.36 * LETTERS_PT, str(number), BOLD, SHADE))
    return group


def _bezier(line: body_chart.Line, at: At, **look: Any) -> Path:
    path = Path(**look)
    path.moveTo(*at(line.start))
    for one, two, end in line.curves:
        path.curveTo(*at(one), *at(two), *at(end))
    return path


def _text(x: float, y: float, text: str, font: str = REGULAR, colour: object = QUIET) -> String:
    return String(x, y, text, fontName=font, fontSize=LETTERS_PT, fillColor=colour, textAnchor="middle")
