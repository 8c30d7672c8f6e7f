"""The report for the physician as a PDF of one or two pages.

Set with reportlab's platypus. The usual case (six movements on both sides, eight findings, seven sessions, three
goals) takes two pages, of A4 and of Letter; where there is more, it goes on to further pages rather than being cut
off or made too small to read.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile
from pathlib import Path
from typing import IO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from rom_vision.exchange import report_words as words
from rom_vision.exchange.captions import day
from rom_vision.exchange.goals import Reached
from rom_vision.exchange.report import Report
from rom_vision.exchange.report_body import body
from rom_vision.exchange.report_charts import curves, progress
from rom_vision.exchange.report_headings import Beside, Headings, Legends
from rom_vision.exchange.report_style import (
    BARE,
    FOOT_PT,
    INK,
    MARGIN_PT,
    QUIET,
    REGULAR,
    RIGHT,
    RULE,
    SIZES_PT,
    SMALL,
    SMALL_PT,
    TEXT,
    TITLE,
    headed,
    points,
    quiet,
    register_letters,
    safe,
)
from rom_vision.exchange.report_tables import found_table, notes_on_tests, tests_table, treatments_table
from rom_vision.exchange.whole_file import written_whole
from rom_vision.language import say, spoken

BODY_PT = 66 * mm  # high
BESIDE_PT = 95 * mm  # what stands beside it may be higher, but is not split
PANEL_PT = 30 * mm  # high
SIGN_PT = 12 * mm  # room for a signature
GAP_PT = 12.0  # between what stands beside each other
HAIR_PT = 0.01  # a table that is too wide by an error of rounding is not split
FRAME_PT = 6.0  # that reportlab adds on each side
HEADING_PT = 25.0  # high, with the space around it
LEAST_PT = 70.0  # of a section before the page may end
LONG_PT = 250.0  # what is higher stands over the whole width
ENDLESS_PT = 1e6  # as high as a flowable may want to be


def write_report(report: Report, out: Path) -> None:
    """Write it on the practice's paper; the same report gives the same bytes.

    Names, notes and all other words of people are set as they are, on as many lines as they need; letters that the
    font lacks (see `report_style.register_letters`) print as boxes.

    Raises:
        UsageError: `out` can't be written.
    """
    register_letters()
    pages = _build(report, io.BytesIO(), 0)  # once to count the pages, which stand on each
    with written_whole(out) as part, part.open("wb") as file:
        _build(report, file, pages)


def _build(report: Report, file: IO[bytes], pages: int) -> int:
    """Gives how many pages there are."""
    size_pt = SIZES_PT[report.practice.paper]
    across, _ = size_pt
    side = MARGIN_PT - FRAME_PT
    document = SimpleDocTemplate(
        file, pagesize=size_pt, invariant=1, lang=spoken(), title=Headings.TITLE, author="", subject="",
        creator="ROM Vision", initialFontName=REGULAR, leftMargin=side, rightMargin=side, topMargin=side,
        bottomMargin=FOOT_PT,
    )  # fmt: skip

    def footer(canvas: Canvas, _: object) -> None:
        _draw_footer(canvas, report, across, pages)

    width_pt = across - 2 * MARGIN_PT - HAIR_PT
    document.build(list(_story(report, width_pt)), onFirstPage=footer, onLaterPages=footer)
    return int(document.page)


def _draw_footer(canvas: Canvas, report: Report, across_pt: float, pages: int) -> None:
    canvas.setFont(REGULAR, SMALL_PT)
    canvas.setFillColor(QUIET)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.4)
    right = across_pt - MARGIN_PT
    canvas.line(MARGIN_PT, FOOT_PT, right, FOOT_PT)
    canvas.drawString(MARGIN_PT, FOOT_PT - 9, f"{report.client.id}, {day(report.on)}")
    canvas.drawRightString(
        right, FOOT_PT - 9, say("Page {page} of {pages}", page=canvas.getPageNumber(), pages=pages)
    )


def _story(report: Report, width_pt: float) -> Iterator[Flowable]:
    """All sections; one of which nothing is known is left out."""
    yield _title(report, width_pt)
    yield from _who(report, width_pt)
    yield from _section(Headings.IN_SHORT, _in_short(report), width_pt)
    yield from _section(Headings.FOUND, _found(report, width_pt), width_pt, whole=True)
    yield from _section(Headings.TESTED, _tested(report, width_pt), width_pt)
    yield from _section(Headings.PLOTTED, _plotted(report, width_pt), width_pt, whole=True)
    yield from _section(_pointing(report), _readings(report), width_pt)
    given = Headings.TREATED if report.treatments else Headings.HOME
    yield from _section(given, _treated(report, width_pt), width_pt)
    yield from _section(Headings.GOALS, points([_goal(one) for one in report.goals]), width_pt)
    suggested = _suggested(report)
    heading = [headed(Headings.SUGGESTED, width_pt)] if suggested else []
    yield KeepTogether([*heading, *suggested, _signature(report, width_pt)])


def _section(
    title: str, content: Sequence[Flowable], width_pt: float, *, whole: bool = False
) -> Iterator[Flowable]:
    """The heading stays with the beginning of what follows.

    Args:
        whole: the first of it goes onto one page; else the page may end after some lines.
    """
    if content:
        least_pt = _height(content[:1], width_pt) if whole else min(_height(content, width_pt), LEAST_PT)
        yield CondPageBreak(HEADING_PT + least_pt)
        yield headed(title, width_pt)
        yield from content


def _title(report: Report, width_pt: float) -> Flowable:
    right = Paragraph(f"{day(report.on)}<br/>{quiet(report.client.id)}", RIGHT)
    address = ", ".join(line.strip() for line in report.practice.address.splitlines() if line.strip())
    sender = [text for text in (report.practice.practice, address) if text]
    left = [Paragraph(Headings.TITLE, TITLE), *(Paragraph(safe(text), SMALL) for text in sender)]
    return Table(
        [[left, right]], colWidths=[0.7 * width_pt, 0.3 * width_pt],
        style=[*BARE, ("VALIGN", (0, 0), (-1, -1), "BOTTOM")], spaceAfter=6,
    )  # fmt: skip


def _who(report: Report, width_pt: float) -> Iterator[Flowable]:
    """Client and referral beside each other, or below each other where one is long."""
    client = [Paragraph(line, TEXT) for line in _client(report)]
    referral = [Paragraph(line, TEXT) for line in _referral(report)]
    half = (width_pt - GAP_PT) / 2
    if not referral or max(_height(client, half), _height(referral, half)) > LONG_PT:
        yield from _section(Headings.CLIENT, client, width_pt)
        yield from _section(Headings.REFERRAL, referral, width_pt)
        return
    left, right = (
        [headed(name, half), *lines] for name, lines in ((Headings.CLIENT, client), (Headings.REFERRAL, referral))
    )
    yield Table([[left, "", right]], colWidths=[half, GAP_PT, half], style=BARE)


def _client(report: Report) -> Iterator[str]:
    yield f"<b>{safe(report.client.name)}</b>"
    yield from (safe(line) for line in words.client_lines(report.client, report.age_years) if line)
    yield from (_named(Beside.PAST[past.kind], words.past(past)) for past in report.history)


def _referral(report: Report) -> Iterator[str]:
    own = report.referral
    if own is None:
        return
    yield f"<b>{safe(own.physician)}</b>"
    yield safe(", ".join(part for part in (own.practice, day(own.written_on)) if part))
    codes = f" ({', '.join(own.icd10)})" if own.icd10 else ""
    told = (
        (Beside.DIAGNOSIS, f"{own.diagnosis}{codes}".strip()), (Beside.ORDER, words.order(own)),
        (Beside.SESSIONS, words.used(own)), (Beside.PRECAUTIONS, own.precautions),
        (Beside.CONTRAINDICATIONS, own.contraindications),
    )  # fmt: skip
    yield from (_named(name, text) for name, text in told if text)


def _in_short(report: Report) -> list[Flowable]:
    urgent = [f"<b>{safe(statement.words)}.</b>" for statement in report.readings if statement.refer]
    return points([*urgent, *(safe(line) for line in words.in_short(report))])


def _found(report: Report, width_pt: float) -> list[Flowable]:
    """The body with the findings beside it; where they are very many, the rest below."""
    rows = report.palpated
    if not rows:
        return []
    drawing = body(rows, BODY_PT)
    beside_pt = width_pt - drawing.width - GAP_PT
    beside = _rows_beside(report, beside_pt)
    right = found_table(rows[:beside], 1, report, beside_pt) if beside else ""
    both = Table([[drawing, "", right]], colWidths=[drawing.width, GAP_PT, beside_pt], style=BARE)
    rest = [Spacer(0, 6), found_table(rows[beside:], beside + 1, report, width_pt)] if rows[beside:] else []
    return [both, *rest]


def _rows_beside(report: Report, width_pt: float) -> int:
    """How many findings have room beside the body."""
    head_pt = _height([found_table((), 1, report, width_pt)], width_pt)
    each = (_height([found_table((row,), 1, report, width_pt)], width_pt) - head_pt for row in report.palpated)
    return sum(1 for _ in takewhile(lambda high_pt: head_pt + high_pt <= BESIDE_PT, accumulate(each)))


def _tested(report: Report, width_pt: float) -> list[Flowable]:
    if not report.trials:
        return []
    table = tests_table(report, width_pt)
    return [Paragraph(Legends.TESTED, SMALL), Spacer(0, 2), table, Spacer(0, 3), *notes_on_tests(report)]


def _plotted(report: Report, width_pt: float) -> list[Flowable]:
    """Each test's curve above its course; of a single test beside it."""
    plots = report.plots
    columns = max(2, len(plots))
    size_pt = (width_pt / columns, PANEL_PT)
    above = [curves(plot, report.on, size_pt) if plot.now else "" for plot in plots]
    below = [progress(plot, report.on, size_pt) if len(plot.course.visits) > 1 else "" for plot in plots]
    rows = [row for row in ([[*above, *below]] if len(plots) == 1 else [above, below]) if any(row)]
    look = [*BARE, ("TOPPADDING", (0, 1), (-1, -1), 5), ("BOTTOMPADDING", (0, -1), (-1, -1), 3)]
    return (
        [Table(rows, colWidths=[size_pt[0]] * columns, style=look), Paragraph(Legends.PLOTTED, SMALL)]
        if rows
        else []
    )


def _pointing(report: Report) -> str:
    return say("What the tests of {day} point to", day=day(report.read_on)) if report.read_on else ""


def _readings(report: Report) -> list[Flowable]:
    lines = [
        f"{safe(one.words)}. {quiet(safe('; '.join(one.derived_from)) + ('' if one.confirmed else ' *'))}"
        for one in report.readings
    ]
    return [*points(lines), Paragraph(Legends.CAUTION, SMALL)] if lines else []


def _treated(report: Report, width_pt: float) -> list[Flowable]:
    given = [treatments_table(report, width_pt)] if report.treatments else []
    home = [Paragraph(_named(Beside.AT_HOME, words.exercise(one)), TEXT) for one in report.programme]
    return [*given, *([Spacer(0, 3)] if home else []), *home]


def _goal(reached: Reached) -> str:
    return f"<b>{words.verdict(reached)}</b>: {safe(words.goal(reached))}."


def _suggested(report: Report) -> list[Flowable]:
    return [Paragraph(safe(report.suggestion), TEXT)] if report.suggestion.strip() else []


def _signature(report: Report, width_pt: float) -> Flowable:
    name = ": ".join(part for part in (Headings.THERAPIST, safe(report.therapist)) if part)
    return Table(
        [["", "", ""], [Paragraph(name, SMALL), "", Paragraph(Headings.PLACE_DATE, SMALL)]],
        colWidths=[0.5 * width_pt, GAP_PT, 0.5 * width_pt - GAP_PT], rowHeights=[SIGN_PT, None],
        style=[*BARE, *(("LINEBELOW", (column, 0), (column, 0), 0.6, INK) for column in (0, 2))],
    )  # fmt: skip


def _named(name: str, text: str) -> str:
    return f"{quiet(f'{name}:')} {safe(text)}"


def _height(content: Sequence[Flowable], width_pt: float) -> float:
    return sum(float(flowable.wrap(width_pt, ENDLESS_PT)[1]) for flowable in content)
