"""How long it takes to open a client, and the client's progress, in a record of thousands; and how many queries.

Fills an empty record: by default 5,000 clients of ten sessions, each with four measurements, a finding to each,
palpation and a treatment. The curves of those who are opened are as large as those of a film of six seconds, the
others' are next to nothing, or the record would have 20 GB. Each is opened in a record that was not opened before,
as a page does, so that the audit notes the view. As in timeit, Python collects no garbage meanwhile: that takes
the longer the more else the process holds, and tells nothing of the record.

    python -m benchmarks.records [--clients 5000] [--opened 100] [--url postgresql+psycopg://...]
"""

import argparse
import gc
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, insert, select, text
from sqlalchemy.orm import Session as Transaction

from rom_vision.course import Visit, courses
from rom_vision.exchange.each_test import all_tested
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.records import Record
from rom_vision.records.clients import ID_LENGTH, ID_LETTERS
from rom_vision.records.tables import ClientRow, MeasurementRow, SessionRow
from rom_vision.records.tables_clinical import (
    MovementFindingRow,
    PalpationFindingRow,
    ReferralRow,
    TreatmentRow,
)

SESSIONS, TESTS = 10, (("knee_flexion", "left"), ("knee_flexion", "right"),
                       ("shoulder_abduction", "left"), ("shoulder_abduction", "right"))  # fmt: skip
CURVES_BYTES = 110_000  # of a sample clip of six seconds, with its joint centres
AT_ONCE = 100  # clients
TARGET_MS = 100.0
FIRST = date(2026, 1, 5)
LAST = FIRST + timedelta(weeks=SESSIONS - 1)  # everybody is here, and every order is used up
MADE_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Timing:
    """What was opened, of all clients.

    Attributes:
        ms: of each, milliseconds.
        cpu_ms: of each, what this process worked; a machine with neighbours lets it wait.
        queries: the most that one took.
    """

    what: str
    ms: Sequence[float]
    cpu_ms: Sequence[float]
    queries: int

    @property
    def line(self) -> str:
        """For the table that is printed."""
        return (
            f"{self.what:24} {statistics.median(self.ms):6.1f} ms median  {max(self.ms):6.1f} ms worst"
            f" (CPU {statistics.median(self.cpu_ms):.1f}, {max(self.cpu_ms):.1f})  {self.queries:2} queries"
        )


def main(arguments: Sequence[str] | None = None) -> list[Timing]:
    """Fills a record and prints the timings."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=5000)
    parser.add_argument("--opened", type=int, default=100)
    parser.add_argument("--url", help="of an empty database; SQLite in a temporary folder by default")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        os.environ["ROM_VISION_HOME"] = folder
        url = options.url or f"sqlite:///{Path(folder) / 'record.sqlite3'}"
        opened = random.Random(1).sample(range(options.clients), min(options.opened, options.clients))
        started = time.perf_counter()
        fill(url, options.clients, set(opened))
        print(f"{options.clients} clients filled in in {time.perf_counter() - started:.0f} s")
        timings = measured(url, [client_id(number) for number in opened])
    for timing in timings:
        print(timing.line)
    print(f"Target: under {TARGET_MS:.0f} ms each")
    return timings


def client_id(number: int) -> str:
    """A pseudonym for each number."""
    letters = []
    for _ in range(ID_LENGTH):
        number, letter = divmod(number, len(ID_LETTERS))
        letters.append(ID_LETTERS[letter])
    return "C-" + "".join(reversed(letters))


def fill(url: str, clients: int, with_curves: set[int]) -> None:
    """Writes all rows into an empty record."""
    Record.open(url, who="benchmark").close()
    engine = create_engine(url)
    curves = random.Random(2).randbytes(CURVES_BYTES)  # compressed curves look like noise
    for first in range(0, clients, AT_ONCE):
        rows: dict[type, list[dict[str, Any]]] = {}
        for number in range(first, min(first + AT_ONCE, clients)):
            for table, row in _client(number, curves if number in with_curves else b"-"):
                rows.setdefault(table, []).append(row)
        with Transaction(engine) as db, db.begin():
            for table, many in rows.items():  # in the order in which they belong to each other
                db.execute(insert(table), many)
    with engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(MeasurementRow)) == clients * SESSIONS * len(
            TESTS
        )
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))  # which it does of its own accord, but not at once
    engine.dispose()


def measured(url: str, clients: Sequence[str]) -> list[Timing]:
    """Opens each client, one after the other; the catalogue is read before."""
    asks: dict[str, Callable[[Record, str], object]] = {
        "client, first time": lambda record, client: record.chart(client),
        "client, again": lambda record, client: record.chart(client),
        "courses of all tests": _courses,
        "results, test by test": _results,
        "today, of all clients": lambda record, _: record.agenda(LAST),
    }
    wall: dict[str, list[float]] = {what: [] for what in asks}
    cpu: dict[str, list[float]] = {what: [] for what in asks}
    most = dict.fromkeys(asks, 0)
    with Record.open(url, who="benchmark") as record:
        _courses(record, clients[0])
    for client in clients:
        with Record.open(url, who="benchmark") as record, counted(record._engine) as queries:
            for what, ask in asks.items():
                queries.clear()
                gc.collect()
                gc.disable()
                started, worked = time.perf_counter(), time.process_time()
                ask(record, client)
                wall[what].append(1000 * (time.perf_counter() - started))
                cpu[what].append(1000 * (time.process_time() - worked))
                gc.enable()
                most[what] = max(most[what], len(queries))
    return [Timing(what=what, ms=wall[what], cpu_ms=cpu[what], queries=most[what]) for what in asks]


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The queries that are asked meanwhile."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _courses(record: Record, client: str) -> object:
    chart = record.chart(client)
    visits = [
        Visit(result=tested.result, pain=tested.finding.pain if tested.finding else None)
        for tested in all_tested(chart)
        if tested.result
    ]
    return courses(visits, chart.client.sex, chart.client.age_years(FIRST))


def _results(record: Record, client: str) -> object:
    """As a page of one test after the other asks."""
    return [record.results(client, movement, side, "active") for movement, side in TESTS]


def _client(number: int, curves: bytes) -> Iterator[tuple[type, dict[str, Any]]]:
    """Table and row, what others belong to first; the numbers count on from client to client."""
    own = {"client_id": client_id(number), "version": 1}
    yield ClientRow, {
        "id": client_id(number), "name": f"Client {number}", "birth_date": date(1980, 5, 17), "sex": "female",
        "added_at": MADE_AT, "contact": "", "version": 1,
    }  # fmt: skip
    yield ReferralRow, own | {
        "id": number + 1, "physician": "Dr. Grün", "practice": "", "written_on": FIRST, "diagnosis": "",
        "icd10": ("M54.2",), "techniques": ("massage",), "other_technique": "", "sessions_ordered": SESSIONS,
        "how_often": "", "precautions": "", "contraindications": "",
    }  # fmt: skip
    for visit in range(SESSIONS):
        yield from _session(number, visit, own, curves)


def _session(number: int, visit: int, own: dict[str, Any], curves: bytes) -> Iterator[tuple[type, dict[str, Any]]]:
    session = number * SESSIONS + visit + 1
    within = own | {"session_id": session}
    notes = dict.fromkeys(("therapist", "subjective", "objective", "assessment", "plan"), "as always")
    yield SessionRow, own | notes | {
        "id": session, "on": FIRST + timedelta(weeks=visit), "referral_id": number + 1,
        "kind": "treatment" if visit else "first_assessment",
    }  # fmt: skip
    yield PalpationFindingRow, within | {
        "id": session, "region": "buttock", "side": "left", "face": "back", "x": 0.5, "y": 0.5, "level": "",
        "kind": "tenderness", "pain": 5, "referral_area": "", "note": "",
    }  # fmt: skip
    yield TreatmentRow, within | {
        "id": session, "techniques": ("massage",), "other_technique": "", "regions": ("buttock",), "minutes": 30,
        "response": "",
    }  # fmt: skip
    for place, (movement, side) in enumerate(TESTS):
        measurement = (session - 1) * len(TESTS) + place + 1
        test = {"movement": movement, "side": side, "mode": "active"}
        value = {"uncertainty_deg": 6.0}
        peak_deg = 90.0 + 3 * visit
        yield MeasurementRow, test | value | _film(measurement, peak_deg, curves) | {"session_id": session}
        yield MovementFindingRow, within | test | value | {
            "id": measurement, "by": "film", "measurement_id": measurement, "value_deg": peak_deg,
            "pain": max(0, 8 - visit), "note": "",
        }  # fmt: skip


def _film(number: int, peak_deg: float, curves: bytes) -> dict[str, Any]:
    once = Repetition(
        start_s=1.0, peak_s=2.0, end_s=3.0, start_deg=0.0, peak_deg=peak_deg, speed_deg_s=90.0, hold_s=0.2
    )
    made = {"program": "0.1.0", "mediapipe": "1.2.2", "model": "heavy", "model_sha256": "c" * 64}
    settings = {"cutoff_hz": 6.0, "longest_px": 1280, "client_at_px": None, "camera": "phone", "focal_px": 900.0}
    return {
        "id": number, "accepted": True, "peak_deg": peak_deg, "mean_peak_deg": peak_deg, "range_deg": peak_deg,
        "repetitions": [asdict(once)] * 3, "problems": [], "video_sha256": f"{number:064x}", "made_at": MADE_AT,
        "provenance": made | {"video_sha256": f"{number:064x}", "settings": settings}, "kept_at": MADE_AT,
        "video_name": f"{number:032x}.mp4", "curves": curves,
    }  # fmt: skip


if __name__ == "__main__":
    main()
