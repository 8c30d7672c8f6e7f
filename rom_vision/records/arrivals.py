"""What comes from elsewhere: clients of another record, and findings from a table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any

from sqlalchemy.orm import Session as Transaction

from rom_vision.errors import RecordError, RomVisionError
from rom_vision.records.checks import check
from rom_vision.records.clients import FIELDS, ID_LENGTH, ID_LETTERS, client_from, new_id
from rom_vision.records.clinical import Exercise, Referral
from rom_vision.records.corrections import row_of_correction
from rom_vision.records.database import MEDIA_LOCK, lock
from rom_vision.records.entries import ROWS, columns_of, named
from rom_vision.records.entry import Entry
from rom_vision.records.findings import MovementFinding, Session
from rom_vision.records.kept import Chart, Client, KeptCurves, KeptMeasurement
from rom_vision.records.measurements import session_row
from rom_vision.records.media import Intake
from rom_vision.records.rows import row_again
from rom_vision.records.store import Store, client_row
from rom_vision.records.tables import ClientRow, MeasurementRow
from rom_vision.records.tables_clinical import TickRow

LINKS = {
    "session_id": Session,
    "referral_id": Referral,
    "exercise_id": Exercise,
    "measurement_id": KeptMeasurement,
}
"""Field -> what it holds the number of."""
LAST_NUMBER = 2**31 - 1  # of a column of whole numbers
Numbers = dict[tuple[type, int | None], int]
"""What a thing is, and its number where it comes from -> its number here."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Brought:
    """A client from elsewhere.

    Attributes:
        chart: the numbers in it are those of where it comes from; the paths are only names, for `media`.
        curves: gives those of a measurement, by its number.
        media: opens a video or overlay.
    """

    chart: Chart
    curves: Callable[[int], KeptCurves]
    media: Callable[[Path], IO[bytes]]


class Arrivals(Store):
    """What the record does with what comes from elsewhere."""

    __slots__ = ()

    def take_in(self, brought: Brought, *, as_new: bool = False) -> Client:
        """Add a client with all that was kept elsewhere; what belongs together there does so here.

        Args:
            as_new: under a new id; else only where the id is taken.
        Raises:
            RecordError: something on the chart can't be, or there is no room; then nothing is added.
        """
        check_chart(brought.chart)
        with self._media.intake() as intake, self._writing() as (db, note):
            lock(db.connection(), MEDIA_LOCK, shared=True)
            client = brought.chart.client
            if as_new or db.get(ClientRow, client.id) is not None:
                client = replace(client, id=new_id(db))
            row = ClientRow(**{name: getattr(client, name) for name in FIELDS} | {"removed_at": None})
            db.add(row)
            db.flush()
            _add_all(db, intake, brought, row.id)
            note("import", row.id, "client")
            return client_from(row)

    def add_findings(self, client_id: str, by_day: Iterable[tuple[date, MovementFinding]]) -> list[int]:
        """Add findings that were not filmed to the sessions of their days, all or none; gives their numbers.

        A day's session is the first that was held with the therapist; one is made where there is none.

        Args:
            by_day: the session of each is not looked at.
        Raises:
            RecordError: there is no such client, or a field can't be.
            UsageError: there is no such movement test, or not with that side or mode.
            ValueError: one was filmed.
        """
        with self._writing() as (db, note):
            known = client_row(db, client_id, locked=True).id
            numbers = []
            for on, finding in by_day:
                check(finding)
                if finding.by == "film":
                    raise ValueError("expected a finding that was not filmed")
                session = session_row(db, known, on, None)
                db.add(session)
                db.flush()
                given = {name: getattr(finding, name) for name in columns_of(MovementFinding) - {"id"}}
                own = {"client_id": known, "session_id": session.id, "version": 1}
                row = ROWS[MovementFinding](**given | own)
                db.add(row)
                db.flush()
                note("add", known, named(MovementFinding, row.id))
                numbers.append(row.id)
            return numbers


def check_chart(chart: Chart) -> None:
    """Whether it can be: each thing on it, and all together.

    Raises:
        RecordError: it can't; says what, and where.
    """
    client = chart.client
    if len(client.id) != 2 + ID_LENGTH or client.id[:2] != "C-" or set(client.id[2:]) - set(ID_LETTERS):
        raise RecordError(
            f"There is no client's id like {client.id!r}.", remedy="Take the file as it was exported."
        )
    everything: list[Entry | KeptMeasurement] = [*_entries(chart), *chart.measurements]
    of_client: list[Client | Entry | KeptMeasurement] = [client, *everything]
    for each in of_client:
        try:
            check(each)
        except RomVisionError as problem:
            raise RecordError(f"{_said(each)}: {problem.message}", remedy=problem.remedy) from problem
        if not isinstance(each, KeptMeasurement) and not 0 <= each.version <= LAST_NUMBER:
            raise _altered(f"{_said(each)} was saved {each.version} times")
    _check_numbers(everything)
    _check_beside(chart)
    _check_days(chart)
    _check_films(chart)


def _check_numbers(everything: Sequence[Entry | KeptMeasurement]) -> None:
    """Each has its own, and what it belongs to is there."""
    there = Counter((type(kept), kept.id) for kept in everything)
    if twice := [kind for (kind, number), count in there.items() if count > 1 or number is None]:
        raise _altered(f"Two of a kind have one number, or none ({twice[0].__name__})")
    for kept in everything:
        for field, kind in LINKS.items():
            number = getattr(kept, field, None)
            if number is not None and (kind, number) not in there:
                raise _altered(
                    f"{_said(kept)} belongs to {field.removesuffix('_id')} {number}, which is not there"
                )


def _check_beside(chart: Chart) -> None:
    """Corrections and ticks are of what is there, and can be read."""
    measured, exercises = {one.id for one in chart.measurements}, {one.id for one in chart.exercises}
    for made in chart.corrections:
        check(made)
        if made.measurement_id not in measured:
            raise _altered(f"A correction belongs to measurement {made.measurement_id}, which is not there")
    if len(set(chart.ticks)) < len(chart.ticks) or {one.exercise_id for one in chart.ticks} - exercises:
        raise _altered("A day is ticked twice, or for an exercise that is not there")


def _check_days(chart: Chart) -> None:
    days = {session.id: session.on for session in chart.sessions}
    held = Counter((session.on, session.kind) for session in chart.sessions)
    if max(held.values(), default=1) > 1:
        raise _altered("Two sessions of one kind were held on one day")
    for measured in chart.measurements:
        if days[measured.session_id] != measured.on:
            raise _altered(f"{_said(measured)} is of another day than its session")


def _check_films(chart: Chart) -> None:
    """A finding or an exercise and its film are of one test, and of one value."""
    films = {measured.id: measured for measured in chart.measurements}
    exercises = {exercise.id: exercise for exercise in chart.exercises}
    for found in chart.movement:
        if found.measurement_id is not None:
            film = films[found.measurement_id]
            one = (found.movement, found.side, found.mode, found.value_deg, found.uncertainty_deg)
            if one != (film.movement, film.side, film.mode, film.peak_deg, film.uncertainty_deg):
                raise _altered(f"{_said(found)} is of another test or value than its film")
    for measured in chart.measurements:
        if measured.exercise_id is not None:
            exercise = exercises[measured.exercise_id]
            if (exercise.movement, exercise.side) != (measured.movement, measured.side):
                raise _altered(f"{_said(measured)} is of another movement or side than its exercise")


def _entries(chart: Chart) -> Iterator[Entry]:
    """All of them, what others belong to first."""
    yield from (*chart.consents, *chart.referrals, *chart.history, *chart.goals, *chart.exercises, *chart.sessions)
    yield from (*chart.letters, *chart.palpation, *chart.movement, *chart.treatments)


def _add_all(db: Transaction, intake: Intake, brought: Brought, client_id: str) -> None:
    numbers: Numbers = {}
    entries = list(_entries(brought.chart))
    _add_entries(db, [one for one in entries if not hasattr(one, "session_id")], client_id, numbers)
    _add_measurements(db, intake, brought, numbers)
    _add_entries(db, [one for one in entries if hasattr(one, "session_id")], client_id, numbers)
    for made in brought.chart.corrections:
        db.add(row_of_correction(made, numbers[KeptMeasurement, made.measurement_id]))
    for tick in brought.chart.ticks:
        db.add(TickRow(exercise_id=numbers[Exercise, tick.exercise_id], on=tick.on))


def _add_entries(db: Transaction, entries: Sequence[Entry], client_id: str, numbers: Numbers) -> None:
    """In the order of their numbers, which is what they are listed by within a day."""
    for entry in sorted(entries, key=lambda entry: (list(ROWS).index(type(entry)), entry.id)):
        kind = type(entry)
        values: dict[str, Any] = {name: getattr(entry, name) for name in columns_of(kind) - {"id"}}
        values |= {"client_id": client_id} | _linked(entry, numbers)
        row = ROWS[kind](**values)
        db.add(row)
        db.flush()
        numbers[kind, entry.id] = row.id


def _add_measurements(db: Transaction, intake: Intake, brought: Brought, numbers: Numbers) -> None:
    names: dict[Path, str] = {}
    for kept in sorted(brought.chart.measurements, key=lambda kept: kept.id):
        for path in (kept.video_path, kept.overlay_path):
            if path is not None and path not in names:
                names[path] = intake.take(partial(brought.media, path), path)
        linked = _linked(kept, numbers)
        row: MeasurementRow = row_again(
            kept, brought.curves(kept.id), linked["session_id"],
            names[kept.video_path] if kept.video_path else None,
            names[kept.overlay_path] if kept.overlay_path else None,
            linked.get("exercise_id"),
        )  # fmt: skip
        db.add(row)
        db.flush()
        numbers[KeptMeasurement, kept.id] = row.id


def _linked(kept: Entry | KeptMeasurement, numbers: Numbers) -> dict[str, int]:
    """What it belongs to, by the numbers of this record."""
    given = {field: getattr(kept, field, None) for field in LINKS}
    return {field: numbers[LINKS[field], number] for field, number in given.items() if number is not None}


def _said(kept: Client | Entry | KeptMeasurement) -> str:
    if isinstance(kept, Client):
        return "Client"
    if isinstance(kept, KeptMeasurement):
        return f"Measurement {kept.id}"
    return named(type(kept), kept.id).capitalize()


def _altered(what: str) -> RecordError:
    return RecordError(f"{what}.", remedy="Take the file as it was exported.")
