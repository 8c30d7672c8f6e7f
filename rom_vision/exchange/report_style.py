"""How the report looks: paper, letters, greys; and text of people made safe for it.

One dark colour beside greys, and nothing is told by colour: signs, words, numbers and kinds of line tell it, so
that a print or a fax in grey says the same.
"""

import functools
from types import MappingProxyType
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, Table

from rom_vision.exchange.lettering import font_file

SIZES_PT = MappingProxyType({"A4": A4, "Letter": LETTER})  # of `Settings.paper`
MARGIN_PT = 14 * mm
FOOT_PT = 11 * mm  # from the edge of the paper to the footer's line

INK = HexColor("#16191d")
ACCENT = HexColor("#1d4757")
QUIET = HexColor("#50575f")
RULE = HexColor("#a9b0b7")
SHADE = HexColor("#eef0f2")
BAND = HexColor("#d5d9dd")

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
TEXT_PT, CELL_PT, SMALL_PT = 7.4, 7.0, 6.4


@functools.cache
def register_letters() -> None:
    """DejaVu, which comes with matplotlib: Latin, Greek, Cyrillic and all signs that the report needs.

    It has no Chinese, Japanese or Korean, and writes nothing from right to left: of those, boxes or letters in the
    order in which they are stored are printed.
    """
    pdfmetrics.registerFont(TTFont(REGULAR, font_file(bold=False)))
    pdfmetrics.registerFont(TTFont(BOLD, font_file(bold=True)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


PLAIN = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("FONT", (0, 0), (-1, -1), REGULAR, 1, 1),  # of cells without a paragraph, which take no room
]
BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    *PLAIN,
]


def _style(name: str, size_pt: float, font: str = REGULAR, **more: object) -> ParagraphStyle:
    given = {"leading": 1.22 * size_pt, "textColor": INK, "splitLongWords": 1, **more}
    return ParagraphStyle(name, fontName=font, bulletFontName=font, fontSize=size_pt, **given)


TITLE = _style("title", 17, BOLD, textColor=ACCENT, leading=21)
HEADING = _style("heading", 9.2, BOLD, textColor=ACCENT, leading=12)
TEXT = _style("text", TEXT_PT)
POINT = _style("point", TEXT_PT, leftIndent=9, bulletIndent=1, bulletFontSize=TEXT_PT, spaceAfter=1)
CELL = _style("cell", CELL_PT)
COLUMN = _style("column", SMALL_PT, BOLD, textColor=QUIET)
SMALL = _style("small", SMALL_PT, textColor=QUIET)
RIGHT = _style("right", 8.4, alignment=2)


def safe(text: str) -> str:
    """Text of people as it may stand in a paragraph's markup: its lines kept, its signs no markup."""
    return "<br/>".join(escape(" ".join(line.split())) for line in text.strip().splitlines())


def quiet(markup: str) -> str:
    """The same, small and grey."""
    return f'<font size="{SMALL_PT}" color="{_hex(QUIET)}">{markup}</font>'


def headed(title: str, width_pt: float) -> Flowable:
    """A section's heading with a rule below."""
    look = [*BARE, ("LINEBELOW", (0, 0), (-1, -1), 0.7, ACCENT), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    return Table([[Paragraph(title, HEADING)]], colWidths=[width_pt], style=look, spaceBefore=7, spaceAfter=3)


def points(lines: list[str]) -> list[Flowable]:
    """Sentences in markup, one below the other, each with a dot."""
    return [Paragraph(line, POINT, bulletText="•") for line in lines]


def _hex(colour: HexColor) -> str:
    return f"#{colour.hexval()[2:]}"
