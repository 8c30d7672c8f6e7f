"""Goniometer values from a table: one movement test a row, all of one client, all of them taken or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path

from rom_vision.errors import RecordError, RomVisionError, UsageError
from rom_vision.exchange.csv_rows import csv_rows
from rom_vision.movements import movement_test
from rom_vision.records import MovementFinding, Record, Session
from rom_vision.records.checks import check

NEEDED = ("date", "movement", "side", "mode", "value_deg")
OPTIONAL = ("uncertainty_deg", "pain", "end_feel", "strength", "note")
DECIMAL = ("value_deg", "uncertainty_deg")
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
    for line, row in csv_rows(file, NEEDED, OPTIONAL, DECIMAL):
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
