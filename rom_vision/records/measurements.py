"""Measurements with their curves and videos: kept, listed, compared, discarded."""

from datetime import date
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import contains_eager, undefer

from rom_vision.compare import Comparisons, Result, compare_with
from rom_vision.errors import RecordError
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, Side
from rom_vision.records import measurement_file
from rom_vision.records.clients import client_from
from rom_vision.records.curves import from_parquet
from rom_vision.records.database import MEDIA_LOCK, lock
from rom_vision.records.findings import SessionKind
from rom_vision.records.kept import KeptCurves, KeptMeasurement, results_of
from rom_vision.records.practice import settings_of
from rom_vision.records.rows import measurement_from, row_of
from rom_vision.records.store import Store, client_row, films_of
from rom_vision.records.tables import MeasurementRow, SessionRow
from rom_vision.records.tables_clinical import (
    ExerciseRow,
    MovementFindingRow,
    PalpationFindingRow,
    TreatmentRow,
)
from rom_vision.records.tables_corrections import OriginalRow

IN_SESSIONS = (PalpationFindingRow, MovementFindingRow, TreatmentRow)


class Measurements(Store):
    """What the record does with measurements."""

    __slots__ = ()

    def keep(
        self,
        client_id: str,
        measurement: Measurement,
        video: Path | None,
        *,
        overlay: Path | None = None,
        on: date | None = None,
        kind: SessionKind | None = None,
        exercise_id: int | None = None,
        original: Measurement | None = None,
    ) -> KeptMeasurement:
        """Keep a measurement, in a session of the client; one is made where there is none.

        It never takes the place of another. A video of the client that is in the record already is kept once, and
        none where the practice's settings say so.

        Args:
            video: the file that was measured; it is copied.
            overlay: the same with what was measured drawn in; it is copied.
            on: the day on which the client moved; None is today.
            kind: of the session; None is the day's first session with the therapist, or, for an exercise, `home`.
            exercise_id: the exercise of the home programme that it answers.
            original: as the program made it; None where nobody changed it.
        Raises:
            RecordError: there is no such client or exercise, or no room; then nothing is kept.
        """
        with self._media.intake() as intake, self._writing() as (db, note):
            known = client_row(db, client_id, locked=True).id
            if exercise_id is not None:
                _check_exercise(db, known, exercise_id, measurement)
                kind = kind or "home"
            lock(db.connection(), MEDIA_LOCK, shared=True)
            video_name = overlay_name = None
            if settings_of(db).videos == "drop":
                video = overlay = None
            if video is not None:
                video_name = self._video_known(db, known, measurement.provenance.video_sha256) or intake.copy(
                    video
                )
            if overlay is not None:
                overlay_name = intake.copy(overlay)
            session = session_row(db, known, on or date.today(), kind)
            row = row_of(measurement, session, video_name, overlay_name, exercise_id)
            db.add(row)
            db.flush()
            db.add(original_row(row.id, original or measurement))
            note("add", known, f"measurement {row.id}")
            return measurement_from(row, self._media)

    def measurements(
        self, client_id: str, *, movement: str | None = None, side: Side | None = None, mode: Mode | None = None
    ) -> list[KeptMeasurement]:
        """A client's measurements, oldest first; of one movement test, side or mode where that is given.

        Raises:
            RecordError: there is no such client.
        """
        wanted = {"movement": movement, "side": side, "mode": mode}
        with self._viewing(client_id) as (db, known):
            query = measurements_of(known)
            query = query.filter_by(**{name: value for name, value in wanted.items() if value is not None})
            return [measurement_from(row, self._media) for row in db.scalars(query)]

    def results(self, client_id: str, movement: str, side: Side | None, mode: Mode) -> list[Result]:
        """What there is to compare of one test, oldest first: of each video its newest measurement's result.

        Args:
            movement: id of the movement test.
            side: None for a test of the midline.
        Raises:
            RecordError: there is no such client.
        """
        kept = self.measurements(client_id, movement=movement, side=side, mode=mode)
        return results_of([m for m in kept if m.side == side])

    def compared(self, client_id: str, measurement: Measurement, on: date) -> Comparisons | None:
        """A measurement, kept or not, against what the record holds of the client, and the norm.

        Earlier measurements of the same video are not what it is held against.

        Args:
            on: the day on which the client moved.
        Returns:
            None where the measurement has no result.
        Raises:
            RecordError: there is no such client.
        """
        result = Result.of(measurement, on)
        if result is None:
            return None
        with self._viewing(client_id) as (db, known):
            client = client_from(client_row(db, known))
            rows = db.scalars(measurements_of(known).filter_by(movement=result.test.id))
            kept = [measurement_from(row, self._media) for row in rows]
        video = measurement.provenance.video_sha256
        others = results_of([m for m in kept if m.provenance.video_sha256 != video])
        return compare_with(result, others, client.sex, client.age_years(on))

    def measurement(self, measurement_id: int) -> KeptMeasurement:
        """One measurement.

        Raises:
            RecordError: there is none of that number.
        """
        with self._viewing(self._client_of(measurement_id)) as (db, _):
            return measurement_from(measurement_row(db, measurement_id), self._media)

    def curves(self, measurement_id: int) -> KeptCurves:
        """All curves of a measurement.

        Raises:
            RecordError: there is none of that number.
        """
        with self._viewing(self._client_of(measurement_id)) as (db, _):
            return from_parquet(measurement_row(db, measurement_id, curves=True).curves)

    def discard(self, measurement_id: int) -> None:
        """Delete a measurement, its session if nothing else is in it, and its videos if no other needs them.

        Raises:
            RecordError: there is none of that number, a finding belongs to it, or a video could not be deleted.
        """
        with self._media.removal() as remove, self._writing() as (db, note):
            client_id = measurement_row(db, measurement_id).session.client_id
            client_row(db, client_id, locked=True)
            lock(db.connection(), MEDIA_LOCK, shared=True)
            row = measurement_row(db, measurement_id)
            try:
                db.delete(row)
                db.flush()
            except IntegrityError as problem:
                raise RecordError(
                    f"A finding belongs to measurement {measurement_id}.", remedy="Delete the finding first."
                ) from problem
            rest = list(db.scalars(measurements_of(client_id)))
            if all(other.session_id != row.session_id for other in rest) and not _written_in(db, row.session):
                db.delete(row.session)
            remove(films_of([row]) - films_of(rest))
            note("delete", client_id, f"measurement {measurement_id}")

    def _client_of(self, measurement_id: int) -> str:
        with self._reading() as db:
            return measurement_row(db, measurement_id).session.client_id

    def _video_known(self, db: Transaction, client_id: str, video_sha256: str) -> str | None:
        """The name of the client's own video with that content, if its file is still there."""
        for row in db.scalars(measurements_of(client_id).filter_by(video_sha256=video_sha256)):
            path = self._media.path(row.video_name)
            if path and path.exists():
                return row.video_name
        return None


def original_row(measurement_id: int, original: Measurement) -> OriginalRow:
    """A measurement as the program made it, as it is stored."""
    return OriginalRow(measurement_id=measurement_id, measured=measurement_file.to_bytes(original), draft=None)


def measurements_of(client_id: str) -> Select[MeasurementRow]:
    """A client's, oldest first; the id as it is written."""
    return (
        select(MeasurementRow)
        .join(MeasurementRow.session)
        .options(contains_eager(MeasurementRow.session))
        .where(SessionRow.client_id == client_id)
        .order_by(SessionRow.on, MeasurementRow.made_at, MeasurementRow.id)
    )


def measurement_row(db: Transaction, measurement_id: int, *, curves: bool = False) -> MeasurementRow:
    """A measurement's row with its session.

    Args:
        curves: whether those are asked for too.
    Raises:
        RecordError: there is none of that number.
    """
    query = (
        select(MeasurementRow)
        .join(MeasurementRow.session)
        .options(contains_eager(MeasurementRow.session))
        .where(MeasurementRow.id == measurement_id)
    )
    row = db.scalar(query.options(undefer(MeasurementRow.curves)) if curves else query)
    if row is None:
        raise RecordError(
            f"There is no measurement {measurement_id} in the record.",
            remedy="List a client's sessions to see them.",
        )
    return row


def session_row(db: Transaction, client_id: str, on: date, kind: SessionKind | None) -> SessionRow:
    """The client's session of that day, found or made; of no kind, the first that was held with the therapist."""
    held = select(SessionRow).filter_by(client_id=client_id).order_by(SessionRow.id).limit(1)
    with_therapist = SessionRow.kind != "home"
    found = db.scalar(held.filter_by(on=on).where(SessionRow.kind == kind if kind else with_therapist))
    if found:
        return found
    if kind is None:
        kind = "re_assessment" if db.scalar(held.where(with_therapist)) else "first_assessment"
    empty = dict.fromkeys(("therapist", "subjective", "objective", "assessment", "plan"), "")
    return SessionRow(client_id=client_id, on=on, kind=kind, version=0, red_flags=(), **empty)


def _written_in(db: Transaction, session: SessionRow) -> bool:
    """Whether there is more in a session than measurements."""
    belonging = [select(row.id).filter_by(session_id=session.id).limit(1) for row in IN_SESSIONS]
    return session.version > 0 or any(db.scalar(query) is not None for query in belonging)


def _check_exercise(db: Transaction, client_id: str, exercise_id: int, measurement: Measurement) -> None:
    row = db.get(ExerciseRow, exercise_id)
    if row is None or row.client_id != client_id:
        raise RecordError(
            f"Client {client_id} has no exercise {exercise_id}.", remedy="List the exercises, and choose one."
        )
    if (row.movement, row.side) != (measurement.test.id, measurement.side):
        raise RecordError(
            f"Exercise {exercise_id} is of another movement or side.",
            remedy="Choose the exercise that was filmed.",
        )
