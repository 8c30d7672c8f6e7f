"""Entries of the clinical record: saved, listed, deleted; all kinds in the same way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, inspect, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from rom_vision.errors import RecordError
from rom_vision.records.checks import check
from rom_vision.records.clinical import Adherence, Consent, Exercise, Goal, History, Letter, Referral
from rom_vision.records.entry import Entry
from rom_vision.records.findings import MovementFinding, PalpationFinding, Session, Treatment
from rom_vision.records.store import Store, changed_meanwhile, client_row
from rom_vision.records.tables import EntryRow, MeasurementRow, SessionRow
from rom_vision.records.tables_clinical import (
    ConsentRow,
    ExerciseRow,
    GoalRow,
    HistoryRow,
    LetterRow,
    MovementFindingRow,
    PalpationFindingRow,
    ReferralRow,
    TickRow,
    TreatmentRow,
)

E = TypeVar("E", bound=Entry)
ROWS: Mapping[type[Entry], Any] = MappingProxyType(
    {
        Consent: ConsentRow,
        Referral: ReferralRow,
        History: HistoryRow,
        Goal: GoalRow,
        Letter: LetterRow,
        Exercise: ExerciseRow,
        Session: SessionRow,
        PalpationFinding: PalpationFindingRow,
        MovementFinding: MovementFindingRow,
        Treatment: TreatmentRow,
    }
)
# what entries are listed by, before their number; findings and treatments go by the day of their session
DAYS = MappingProxyType(
    {
        Consent: ConsentRow.given_on,
        Referral: ReferralRow.written_on,
        Exercise: ExerciseRow.starts_on,
        Session: SessionRow.on,
    }
)
# of a session the measurements; of a referral the sessions in which there was a treatment
WORKED_OUT = MappingProxyType(
    {
        Session: select(func.count(MeasurementRow.id))
        .where(MeasurementRow.session_id == SessionRow.id)
        .correlate(SessionRow)
        .scalar_subquery()
        .label("measurements"),
        Referral: select(func.count(SessionRow.id))
        .where(
            SessionRow.referral_id == ReferralRow.id,
            or_(
                SessionRow.kind == "treatment",
                select(TreatmentRow.id).where(TreatmentRow.session_id == SessionRow.id).exists(),
            ),
        )
        .correlate(ReferralRow)
        .scalar_subquery()
        .label("sessions_used"),
    }
)


class Entries(Store):
    """What the record does with entries."""

    __slots__ = ()

    def save(self, entry: E) -> E:
        """Add an entry whose id is None, or change the one of that id; gives it as it is kept.

        Raises:
            RecordError: the client, the entry or what it belongs to is not there, a field can't be, or somebody
                else has saved it meanwhile.
            UsageError: there is no such movement test, region or muscle.
        """
        check(entry)
        kind = type(entry)
        with self._writing() as (db, note):
            client_id = client_row(db, entry.client_id, locked=True).id
            entry = replace(entry, client_id=client_id)
            _check_links(db, entry)
            if isinstance(entry, Session):
                _check_day_is_free(db, entry)
            values = {name: getattr(entry, name) for name in columns_of(kind) - {"id", "version"}}
            if isinstance(entry, MovementFinding) and entry.measurement_id is not None:
                values |= _as_filmed(db, entry)
            row = ROWS[kind]() if entry.id is None else _row_of(db, entry)
            for name, value in values.items():
                setattr(row, name, value)
            row.version = entry.version + 1
            db.add(row)
            db.flush()
            note("add" if entry.id is None else "change", client_id, named(kind, row.id))
            return _entry_from(kind, db.execute(_listing(kind).where(ROWS[kind].id == row.id)).one())

    def entries(self, client_id: str, kind: type[E]) -> list[E]:
        """A client's entries of one kind, oldest first.

        Raises:
            RecordError: there is no such client.
        """
        with self._viewing(client_id) as (db, known):
            return entries_of(db, known, kind)

    def sessions(self, client_id: str) -> list[Session]:
        """A client's sessions, oldest first.

        Raises:
            RecordError: there is no such client.
        """
        return self.entries(client_id, Session)

    def delete(self, entry: Entry) -> None:
        """Delete an entry.

        Raises:
            RecordError: it is not there, something belongs to it, or somebody else has saved it meanwhile.
        """
        with self._writing() as (db, note):
            client_id = client_row(db, entry.client_id, locked=True).id
            row = _row_of(db, entry)
            holds = select(MeasurementRow.id).filter_by(session_id=row.id).limit(1)
            measured = isinstance(entry, Session) and db.scalar(holds) is not None
            try:
                if not measured:
                    db.delete(row)
                    db.flush()
            except IntegrityError as problem:
                raise _still_needed(entry) from problem
            if measured:
                raise _still_needed(entry)
            note("delete", client_id, named(type(entry), entry.id))

    def adherence(self, client_id: str, on: date) -> list[Adherence]:
        """How the client kept to each exercise of the home programme up to a day.

        A film counts once, however often it was measured, and within the time of its exercise only. A day that
        the client ticked counts once, and not at all beside a film of that day.

        Raises:
            RecordError: there is no such client.
        """
        with self._viewing(client_id) as (db, known):
            exercises = entries_of(db, known, Exercise)
            days = (
                select(MeasurementRow.exercise_id, MeasurementRow.video_sha256, SessionRow.on)
                .join(SessionRow)
                .where(SessionRow.client_id == known, MeasurementRow.exercise_id.is_not(None))
                .distinct()
            )
            films = list(db.execute(days))
            ticks = {(tick.exercise_id, tick.on) for tick in db.scalars(ticks_of(known))}
        kept = []
        for exercise in exercises:
            last = min(on, exercise.until or on)
            due = max((last - exercise.starts_on).days + 1, 0) * exercise.times_a_week // 7
            begun = exercise.starts_on
            day_of = {film: day for number, film, day in films if number == exercise.id and begun <= day <= last}
            ticked = {day for number, day in ticks if number == exercise.id and begun <= day <= last}
            filmed = Counter(day_of.values())
            kept.append(Adherence(
                exercise=exercise, due=due,
                done=(filmed | Counter(ticked)).total(),  # of each day the larger number
                filmed_today=filmed[on], ticked_today=on in ticked,
            ))  # fmt: skip
        return kept

    def tick(self, client_id: str, exercise_id: int, on: date, *, done: bool) -> None:
        """Note that the client did an exercise on a day without a film, or that they did not after all.

        Raises:
            RecordError: there is no such client, or no such exercise of theirs.
        """
        with self._writing() as (db, note):
            known = client_row(db, client_id, locked=True).id
            exercise = db.get(ExerciseRow, exercise_id)
            if exercise is None or exercise.client_id != known:
                raise RecordError(
                    f"Client {known} has no exercise {exercise_id}.", remedy="List the exercises, and choose one."
                )
            tick = db.get(TickRow, (exercise_id, on))
            if done and tick is None:
                db.add(TickRow(exercise_id=exercise_id, on=on))
                note("add", known, f"tick of exercise {exercise_id}")
            elif not done and tick is not None:
                db.delete(tick)
                note("delete", known, f"tick of exercise {exercise_id}")


def entries_of(db: Transaction, client_id: str, kind: type[E]) -> list[E]:
    """A client's entries of one kind, oldest first; the id as it is written."""
    return [_entry_from(kind, row) for row in db.execute(_listing(kind).where(ROWS[kind].client_id == client_id))]


def ticks_of(client_id: str) -> Select[TickRow]:
    """A client's, oldest first; the id as it is written."""
    own = select(TickRow).join(ExerciseRow).where(ExerciseRow.client_id == client_id)
    return own.order_by(TickRow.on, TickRow.exercise_id)


def _listing(kind: type[Entry]) -> Select[Any]:
    """Oldest first: each row, with what is worked out beside it."""
    row, extra = ROWS[kind], WORKED_OUT.get(kind)
    query = select(row) if extra is None else select(row, extra)
    if hasattr(row, "session_id"):
        return query.join(SessionRow, SessionRow.id == row.session_id).order_by(SessionRow.on, row.id)
    return query.order_by(*([DAYS[kind]] if kind in DAYS else []), row.id)


def _entry_from(kind: type[E], found: Row[Any]) -> E:
    given = {name: getattr(found[0], name) for name in columns_of(kind)}
    return kind(**given, **dict(zip(found._fields[1:], found[1:], strict=True)))


def columns_of(kind: type[Entry]) -> set[str]:
    """The fields that have a column; the others are worked out."""
    return {field.name for field in fields(kind)} & set(inspect(ROWS[kind]).column_attrs.keys())


def _row_of(db: Transaction, entry: Entry) -> EntryRow:
    row: EntryRow | None = db.get(ROWS[type(entry)], entry.id)
    if row is None or row.client_id != entry.client_id.strip().upper():
        raise RecordError(
            f"There is no {named(type(entry), entry.id)} of client {entry.client_id} in the record.",
            remedy="It was deleted meanwhile, or it is another client's: list them again.",
        )
    if row.version != entry.version:
        raise changed_meanwhile()
    return row


def _check_links(db: Transaction, entry: Entry) -> None:
    """What an entry belongs to has to be the same client's."""
    of_client = {
        "session_id": select(SessionRow.id).filter_by(client_id=entry.client_id),
        "referral_id": select(ReferralRow.id).filter_by(client_id=entry.client_id),
        "measurement_id": select(MeasurementRow.id)
        .join(SessionRow)
        .where(SessionRow.client_id == entry.client_id),
    }
    for name, query in of_client.items():
        number = getattr(entry, name, None)
        column = query.selected_columns[0]
        if number is not None and db.scalar(query.where(column == number)) is None:
            raise RecordError(
                f"Client {entry.client_id} has no {name.removesuffix('_id')} {number}.",
                remedy="List what there is, and choose one.",
            )


def _check_day_is_free(db: Transaction, session: Session) -> None:
    same = select(SessionRow.id).filter_by(client_id=session.client_id, on=session.on, kind=session.kind)
    if db.scalar(same.where(SessionRow.id != (session.id or 0))) is not None:
        raise RecordError(
            f"There is a session of that kind on {session.on} already.",
            remedy="Write into that one, or give the other kind or day.",
        )


def _as_filmed(db: Transaction, finding: MovementFinding) -> dict[str, float | None]:
    measured = db.get_one(MeasurementRow, finding.measurement_id)
    if (measured.movement, measured.side, measured.mode) != (finding.movement, finding.side, finding.mode):
        raise RecordError(
            f"Measurement {measured.id} is of another test, side or mode.", remedy="Attach the one that fits."
        )
    return {"value_deg": measured.peak_deg, "uncertainty_deg": measured.uncertainty_deg}


def _still_needed(entry: Entry) -> RecordError:
    return RecordError(
        f"Something in the record belongs to {named(type(entry), entry.id)}.",
        remedy="Delete that first, or change it.",
    )


def named(kind: type[Entry], number: int | None) -> str:
    """Such as "movement finding 7"; tells nothing of the client."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)
    return f"{words.strip()} {number}"
