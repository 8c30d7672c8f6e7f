"""All movement tests of a client as one table, a row each."""

import re
from pathlib import Path
from typing import Any

import pandas as pd

from rom_vision.exchange.captions import edited_by_hand
from rom_vision.exchange.each_test import Tested, all_tested
from rom_vision.exchange.whole_file import written_whole
from rom_vision.language import ENGLISH, speaking
from rom_vision.records import Chart

COLUMNS = {
    "date": "object", "session": "string", "movement": "string", "side": "string", "mode": "string",
    "instrument": "string", "value_deg": "float64", "uncertainty_deg": "float64", "accepted": "boolean",
    "pain": "Int64", "painful_from_deg": "float64", "painful_to_deg": "float64", "end_feel": "string",
    "strength": "Int64", "force_n": "float64", "concordant": "boolean", "note": "string", "measurement": "Int64",
    "edited_by_hand": "string",
}  # fmt: skip
BESIDE = ("pain", "painful_from_deg", "painful_to_deg", "end_feel", "strength", "force_n", "concordant", "note")

# Source: OWASP, CSV Injection: what a spreadsheet takes for a formula, in letters of double width too
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


@speaking(ENGLISH)
def results_table(chart: Chart) -> pd.DataFrame:
    """One row a test, oldest session first, as the movement finding and the measurement of the record have it.

    Returns:
        the columns `COLUMNS`: day and kind of the session; id of the movement test, side, mode; whether filmed,
        read from a goniometer or by eye; degrees; whether quality accepted the film; what was found beside it;
        number of the measurement, and what a person changed in it. What is not known is empty.
    """
    rows = [_row(tested) for tested in all_tested(chart)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def write_results_csv(chart: Chart, out: Path) -> None:
    """Write the table as CSV. Text that a spreadsheet would take for a formula has a ' before it.

    Raises:
        UsageError: `out` can't be written.
    """
    table = results_table(chart)
    for name in (name for name, kind in COLUMNS.items() if kind == "string"):
        table[name] = table[name].map(no_formula, na_action="ignore")
    with written_whole(out) as part:
        table.to_csv(part, index=False, lineterminator="\n")


def write_results_parquet(chart: Chart, out: Path) -> None:
    """Write the table as Parquet, its text to the letter.

    Raises:
        UsageError: `out` can't be written.
    """
    with written_whole(out) as part:
        results_table(chart).to_parquet(part, index=False)


def _row(tested: Tested) -> dict[str, Any]:
    measured, found = tested.measurement, tested.finding
    beside = {name: getattr(found, name) for name in BESIDE} if found else {}
    return {
        "date": tested.session.on,
        "session": tested.session.kind,
        "movement": tested.test.id,
        "side": tested.side,
        "mode": tested.mode,
        "instrument": tested.by,
        "value_deg": tested.value_deg,
        "uncertainty_deg": tested.uncertainty_deg,
        "accepted": measured.accepted if measured else None,
        "measurement": measured.id if measured else None,
        "edited_by_hand": (edited_by_hand(measured.provenance) or None) if measured else None,
        **beside,
    }


def no_formula(text: str) -> str:
    """The text, with a ' before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text
