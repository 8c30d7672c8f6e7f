"""The report's tables. Rows that do not fit go on to the next page, below the same head."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, Paragraph, Table

from rom_vision.compare import NormDifference
from rom_vision.exchange import report_words as words
from rom_vision.exchange.captions import title
from rom_vision.exchange.palpated import Palpated
from rom_vision.exchange.report import Report
from rom_vision.exchange.report_headings import Columns
from rom_vision.exchange.report_style import ACCENT, CELL, COLUMN, PLAIN, RULE, SMALL, quiet, safe
from rom_vision.exchange.tested import Trial
from rom_vision.language import say
from rom_vision.movements import (
    MODES,
    SIDES,
    Mode,
    MovementTest,
    Side,
    in_a_sentence,
    load_dysfunctions,
    load_end_feels,
    load_findings,
    load_pain_qualities,
)

PADDING = [
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 1.9),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.3),
    *PLAIN,
]

FOUND = (0.08, 0.66, 0.26)  # shares of the width
TESTED = (0.15, 0.058, 0.135, 0.072, 0.135, 0.072, 0.088, 0.097, 0.072, 0.121)
TREATED = (0.08, 0.56, 0.08, 0.08, 0.2)


def found_table(rows: Sequence[Palpated], first_number: int, report: Report, width_pt: float) -> Table:
    """The findings of palpation, numbered as on the body chart."""
    head = [_column(name) for name in Columns.FOUND.values()]
    lines = [_found_row(row, number, report) for number, row in enumerate(rows, first_number)]
    return _table([head, *lines], FOUND, width_pt)


def _found_row(row: Palpated, number: int, report: Report) -> list[Flowable]:
    now = row.last
    dysfunction = in_a_sentence(load_dysfunctions()[load_findings()[now.kind].dysfunction].name)
    beside = "; ".join([words.place(now.region, now.side), dysfunction, *words.felt(now)])
    pain = f"<b>{words.scale([row.first.pain, now.pain] if row.again else [now.pain])}</b>"
    days = words.short_day(row.first_on, report.on)
    if row.again:
        days += f" → {words.short_day(row.last_on, report.on)}"
    quality = f" {in_a_sentence(load_pain_qualities()[now.quality].name)}" if now.quality else ""
    return [
        Paragraph(f"<b>{number}</b>", CELL),
        Paragraph(f"{safe(words.found(now))}<br/>{quiet(safe(beside))}", CELL),
        Paragraph(f"{pain}{quality}<br/>{quiet(days)}", CELL),
    ]


def tests_table(report: Report, width_pt: float) -> Table:
    """The movement tests: a line for each side, with active, passive and resisted beside each other."""
    active, passive, resisted = map(_column, Columns.MODES.values())
    lines: list[list[object]] = [
        ["", "", active, "", passive, "", "", resisted, "", ""],
        [_column(name) for name in Columns.TESTED.values()],
    ]
    style: list[tuple[object, ...]] = [
        ("SPAN", (2, 0), (3, 0)), ("SPAN", (4, 0), (6, 0)), ("SPAN", (7, 0), (8, 0)),
        *(("LINEBEFORE", (column, 0), (column, -1), 0.25, RULE) for column in (2, 4, 7, 9)),
    ]  # fmt: skip
    for test in {trial.test.id: trial.test for trial in report.trials}.values():
        first = len(lines)
        lines += [_test_line(report, test, side) for side in (SIDES if test.sided else (None,))]
        lines[first][0] = Paragraph(f"<b>{safe(test.name)}</b>", CELL)
        lines[first][-1] = Paragraph("<br/>".join(_norms(report, test)), SMALL)
        style += [("SPAN", (column, first), (column, len(lines) - 1)) for column in (0, -1)]
        style.append(("NOSPLIT", (0, first), (0, len(lines) - 1)))
        style.append(("LINEBELOW", (0, len(lines) - 1), (-1, len(lines) - 1), 0.25, RULE))
    return _table(lines, TESTED, width_pt, heads=2, style=style)


def notes_on_tests(report: Report) -> Iterator[Flowable]:
    """What does not fit into the table: of each test what was last noted."""
    latest = {trial.kind: trial for trial in report.trials}
    for trial in latest.values():
        if told := words.notes(trial):
            yield Paragraph(f"<b>{safe(title(trial.test, trial.side, trial.mode))}</b>: {safe(told)}.", SMALL)


def treatments_table(report: Report, width_pt: float) -> Table:
    """What was done, session by session."""
    head = [_column(name) for name in Columns.TREATED.values()]
    lines = [
        [
            Paragraph(words.short_day(on, report.on), CELL),
            Paragraph(safe(words.treated(one)), CELL),
            Paragraph(str(one.minutes), CELL),
            Paragraph(words.scale([one.pain_before, one.pain_after]), CELL),
            Paragraph(safe(one.response), CELL),
        ]
        for on, one in report.treatments
    ]
    return _table([head, *lines], TREATED, width_pt)


def _test_line(report: Report, test: MovementTest, side: Side | None) -> list[object]:
    kinds = [(test.id, side, mode) for mode in MODES]
    active, passive, resisted = ([one for one in report.trials if one.kind == kind] for kind in kinds)
    feels = [in_a_sentence(load_end_feels()[one.end_feel].name) for one in passive if one.end_feel]
    strength = (
        words.resisted(resisted, report.practice.force)
        if resisted
        else [quiet(_why_not(report, test, side, "resisted"))]
    )
    return [
        "", Paragraph(say(side or "–"), CELL),
        Paragraph(_motion(report, test, side, "active", active), CELL), _pain(active),
        Paragraph(_motion(report, test, side, "passive", passive), CELL), _pain(passive),
        Paragraph(feels[-1].replace("-", "-<br/>") if feels else "", CELL),
        Paragraph("<br/>".join(strength), CELL), _pain(resisted),
        "",
    ]  # fmt: skip


def _motion(report: Report, test: MovementTest, side: Side | None, mode: Mode, trials: Sequence[Trial]) -> str:
    if not trials:
        return quiet(_why_not(report, test, side, mode))
    course = next((one for one in report.courses if one.visits[0].kind == (test.id, side, mode)), None)
    if course is None:
        return quiet(say("no angle"))
    lines = [f"<b>{words.value(course, trials)}</b>", words.changed(course, report.on)]
    last = course.visits[-1].result.on
    if len(course.visits) > 1 and last < report.trials[-1].on:
        lines.append(quiet(say("last {day}", day=words.short_day(last, report.on))))
    return "<br/>".join(lines)


def _why_not(report: Report, test: MovementTest, side: Side | None, mode: Mode) -> str:
    forbidden = any(one.forbids(test.id, side, mode) for one in report.history)
    return words.not_tested(forbidden)


def _pain(trials: Sequence[Trial]) -> Paragraph:
    return Paragraph(words.scale(trial.pain for trial in trials) if trials else "", CELL)


def _norms(report: Report, test: MovementTest) -> Iterator[str]:
    """Of both modes, one below the other; once where they are the same."""
    found: dict[str, list[str]] = {}
    for course in report.courses:
        norms = [one for one in course.references if isinstance(one, NormDifference)]
        if course.test.id == test.id and norms:
            modes = found.setdefault(words.norm(norms[0]), [])
            if course.visits[0].result.mode not in modes:
                modes.append(course.visits[0].result.mode)
    for norm, modes in found.items():
        yield safe(norm) if len(found) == 1 else f"{', '.join(map(say, modes))}:<br/>{safe(norm)}"


def _column(name: str) -> Paragraph:
    return Paragraph(name, COLUMN)


def _table(
    lines: Sequence[Sequence[object]],
    shares: Sequence[float],
    width_pt: float,
    *,
    heads: int = 1,
    style: Sequence[tuple[object, ...]] = (),
) -> Table:
    """Where there is text of people, a line that is longer than a page is split too: nothing is ever cut off."""
    rules = [("LINEBELOW", (0, heads - 1), (-1, heads - 1), 0.8, ACCENT)]
    if not style:
        rules.append(("LINEBELOW", (0, heads), (-1, -1), 0.25, RULE))
    return Table(
        lines, colWidths=[share * width_pt for share in shares], repeatRows=heads, splitInRow=int(not style),
        style=[*PADDING, *rules, *style],
    )  # fmt: skip
