"""A table that people filled in, row by row."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from rom_vision.errors import UsageError

MOST_BYTES = 8 * 1024 * 1024


def csv_rows(
    file: Path, needed: Sequence[str], optional: Sequence[str] = (), decimal: Collection[str] = ()
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row of a CSV file with the number of its last line; rows that are empty are none, and one that has more
    or fewer cells than the head has none.

    Args:
        needed: columns that have to be there; the head names them in any order. Commas or semicolons between them.
        optional: columns that may be.
        decimal: columns of numbers, in which a decimal comma will do where the columns are parted by semicolons.
    Raises:
        UsageError: the file can't be read, or its head is another.
    """
    text = _text(file)
    semicolons = ";" in text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",", strict=True)
    try:
        head = [name.strip() for name in table.fieldnames or ()]
        _check_head(head, needed, optional)
        table.fieldnames = head
        for row in table:
            if None in row or None in row.values():
                yield table.line_num, {}
            elif any(cell.strip() for cell in row.values()):
                cells = {name: cell.strip() for name, cell in row.items()}
                points = {name: cells[name].replace(",", ".") for name in decimal if name in cells}
                yield table.line_num, cells | points if semicolons else cells
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


def _check_head(head: list[str], needed: Sequence[str], optional: Sequence[str]) -> None:
    missing = [name for name in needed if name not in head]
    unknown = [name for name in head if name not in (*needed, *optional)]
    if missing or unknown or len(set(head)) < len(head):
        wrong = "two columns of one name"
        wrong = f"an unknown column {unknown[0]!r}" if unknown else wrong
        wrong = f"no column {missing[0]!r}" if missing else wrong
        known = f", and where known {', '.join(optional)}" if optional else ""
        raise UsageError(f"The head has {wrong}.", remedy=f"Name the columns {', '.join(needed)}{known}.")
