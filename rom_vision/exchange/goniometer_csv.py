"""Goniometer values from a table: one movement test a row, all of one client, all of them taken or none."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path

from rom_vision.errors import RecordError, RomVisionError, UsageError
from rom_vision.movements import movement_test
from rom_vision.records import MovementFinding, Record, Session
from rom_vision.records.checks import check

NEEDED = ("date", "movement", "side", "mode", "value_deg")
OPTIONAL = ("uncertainty_deg", "pain", "end_feel", "strength", "note")
MOST_BYTES = 8 * 1024 * 1024
MOST_TOLD = 20  # mistakes at once; whoever has more starts with these


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A value that was read from a goniometer on a day."""

    on: date
    finding: MovementFinding


def import_goniometer(record: Record, client_id: str, file: Path) -> int:
    """Add the values of a CSV file to a client's sessions of their days; gives how many.

    The head names the columns, in any order: date (2026-11-03), movement (an id of the catalogue), side (left,
    right, or empty), mode, value_deg, and optionally uncertainty_deg, pain, end_feel, strength and note. Commas or
    semicolons between the columns; where those are semicolons, a decimal comma will do. Without an uncertainty, it
    is that of a single value in the test's minimal detectable change.

    Raises:
        RecordError: there is no such client, or a row can't be; says which, by its line, and why.
        UsageError: the file can't be read, or its head is another.
    """
    client_id = record.client(client_id).id
    mistakes, values = [], []
    for line, row in _rows(file):
        try:
            values.append(_read(row, client_id))
        except RomVisionError as problem:
            mistakes.append(f"Line {line}: {problem}")
    if not values and not mistakes:
        raise UsageError(f"{file.name} holds no values.", remedy="Write one row for each test below the head.")
    if mistakes:
        more = [f"And {len(mistakes) - MOST_TOLD} more lines."] if len(mistakes) > MOST_TOLD else []
        raise RecordError("\n".join([*mistakes[:MOST_TOLD], *more]), remedy="Nothing was imported.")
    record.add_findings(client_id, ((value.on, value.finding) for value in values))
    return len(values)


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with the number of its last line; empty ones are none."""
    text = _text(file)
    semicolons = ";" in text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",", strict=True)
    try:
        head = [name.strip() for name in table.fieldnames or ()]
        _check_head(head)
        table.fieldnames = head
        for row in table:
            if None in row or None in row.values():
                yield table.line_num, {}
            elif any(cell.strip() for cell in row.values()):
                cells = {name: cell.strip() for name, cell in row.items()}
                yield table.line_num, cells | _decimal(cells) if semicolons else cells
    except csv.Error as problem:
        raise UsageError(f"{file.name} is no table: {problem}.", remedy="Save it as CSV.") from problem


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UsageError(f"{file.name} is too large.", remedy="Import it in parts.")
        return file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise UsageError(f"{file.name} can't be read: {problem.strerror}.", remedy="Check the file.") from problem
    except UnicodeDecodeError as problem:
        raise UsageError(f"{file.name} is not UTF-8.", remedy="Save it as CSV, in UTF-8.") from problem


def _check_head(head: list[str]) -> None:
    missing = [name for name in NEEDED if name not in head]
    unknown = [name for name in head if name not in (*NEEDED, *OPTIONAL)]
    if missing or unknown or len(set(head)) < len(head):
        wrong = "two columns of one name"
        wrong = f"an unknown column {unknown[0]!r}" if unknown else wrong
        wrong = f"no column {missing[0]!r}" if missing else wrong
        raise UsageError(
            f"The head has {wrong}.",
            remedy=f"Name the columns {', '.join(NEEDED)}, and where known {', '.join(OPTIONAL)}.",
        )


def _decimal(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: cells[name].replace(",", ".") for name in ("value_deg", "uncertainty_deg") if name in cells}


def _read(row: Mapping[str, str], client_id: str) -> Read:
    if not row:
        raise UsageError("It has more or fewer cells than the head.", remedy="Put text with commas in quotes.")
    test = movement_test(row["movement"])
    finding = MovementFinding(
        client_id=client_id,
        session_id=0,  # of the day; the record finds it
        movement=test.id,
        side=row["side"] or None,  # type: ignore[arg-type]  # checked below, as what was typed in
        mode=row["mode"],  # type: ignore[arg-type]
        by="goniometer",
        value_deg=_number(row, "value_deg"),
        # 1.96 standard errors, of which the minimal detectable change is 1.96 times the root of two
        uncertainty_deg=_number(row, "uncertainty_deg") if row.get("uncertainty_deg") else test.mdc.deg / sqrt(2),
        pain=_whole(row, "pain"),
        end_feel=row.get("end_feel") or None,  # type: ignore[arg-type]
        strength=_whole(row, "strength"),
        note=row.get("note", ""),
    )
    check(finding)
    on = _day(row["date"])
    check(Session(client_id=client_id, on=on, kind="treatment"))  # a day on which there can have been one
    return Read(on=on, finding=finding)


def _number(row: Mapping[str, str], name: str) -> float:
    try:
        return float(row[name])
    except ValueError as problem:
        raise UsageError(f"{row[name]!r} is no number ({name}).", remedy="Write it like 132.5.") from problem


def _whole(row: Mapping[str, str], name: str) -> int | None:
    if not row.get(name):
        return None
    try:
        return int(row[name])
    except ValueError as problem:
        raise UsageError(f"{row[name]!r} is no whole number ({name}).", remedy="Write it like 4.") from problem


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as problem:
        raise UsageError(f"{text!r} is no day (date).", remedy="Write it like 2026-11-03.") from problem
    return day
