"""The record: everything that is kept, through one door."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import contains_eager, undefer

from rom_vision.compare import Comparisons, Result, compare_with
from rom_vision.errors import RecordError
from rom_vision.home import data_folder
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, Sex, Side
from rom_vision.records.curves import from_parquet
from rom_vision.records.database import in_words, open_engine, writing
from rom_vision.records.kept import Client, KeptCurves, KeptMeasurement, Session
from rom_vision.records.media import Media
from rom_vision.records.rows import client_from, measurement_from, row_of
from rom_vision.records.tables import ClientRow, MeasurementRow, SessionRow

ID_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none is taken for another, read aloud or in bad handwriting
ID_LENGTH = 6
OLDEST_YEARS = 130


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Clients, sessions, measurements, curves and videos. Whatever is asked happens whole or not at all."""

    _engine: Engine
    _media: Media

    @classmethod
    def open(cls, url: str | None = None) -> Self:
        """Open the record; an empty one is made where there is none.

        Args:
            url: SQLAlchemy's address of the database; None is what ROM_VISION_DATABASE_URL says, else the file
                record.sqlite3 in the data folder. Videos are in the data folder in any case.
        Raises:
            RecordError: it can't be opened, is not a record, or was written by a newer version.
        """
        return cls(open_engine(url), Media(folder=data_folder() / "media"))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_client(self, name: str, *, birth_date: date | None = None, sex: Sex | None = None) -> Client:
        """Add a client, under a new random id.

        Raises:
            RecordError: the name is empty, or the birth date can't be.
        """
        _check_client(name, birth_date)
        with self._writing() as db:
            row = ClientRow(
                id=_new_id(db), name=name.strip(), birth_date=birth_date, sex=sex, added_at=datetime.now(UTC)
            )
            db.add(row)
            return client_from(row)

    def clients(self) -> list[Client]:
        """All clients, by name."""
        with self._reading() as db:
            rows = db.scalars(select(ClientRow).order_by(func.lower(ClientRow.name), ClientRow.id))
            return [client_from(row) for row in rows]

    def client(self, client_id: str) -> Client:
        """One client; capitals do not matter.

        Raises:
            RecordError: there is none of that id.
        """
        with self._reading() as db:
            return client_from(_client_row(db, client_id))

    def remove_client(self, client_id: str) -> None:
        """Delete a client with all sessions, measurements and videos.

        Raises:
            RecordError: there is none of that id, or a video could not be deleted.
        """
        with self._writing() as db:
            client = _client_row(db, client_id, lock=True)
            files = [name for row in db.scalars(_measurements(client.id)) for name in _files(row)]
            db.delete(client)
        self._media.remove(files)

    def sessions(self, client_id: str) -> list[Session]:
        """The days on which a client was measured, oldest first.

        Raises:
            RecordError: there is no such client.
        """
        with self._reading() as db:
            counted = (
                select(SessionRow, func.count(MeasurementRow.id))
                .outerjoin(MeasurementRow)
                .where(SessionRow.client_id == _client_row(db, client_id).id)
                .group_by(SessionRow.id)
                .order_by(SessionRow.held_on)
            )
            return [
                Session(id=row.id, client_id=row.client_id, on=row.held_on, measurements=count)
                for row, count in db.execute(counted)
            ]

    def keep(
        self,
        client_id: str,
        measurement: Measurement,
        video: Path | None,
        *,
        overlay: Path | None = None,
        on: date | None = None,
    ) -> KeptMeasurement:
        """Keep a measurement, in the client's session of that day.

        It never takes the place of another. A video of the client that is in the record already is kept once.

        Args:
            video: the file that was measured; it is copied.
            overlay: the same with what was measured drawn in; it is copied.
            on: the day on which the client moved; None is today.
        Raises:
            RecordError: there is no such client, or no room; then nothing is kept.
        """
        with self._media.intake() as intake, self._writing() as db:
            client = _client_row(db, client_id, lock=True)
            video_name = overlay_name = None
            if video is not None:
                known = self._video_known(db, client.id, measurement.provenance.video_sha256)
                video_name = known or intake.copy(video)
            if overlay is not None:
                overlay_name = intake.copy(overlay)
            row = row_of(measurement, _session_row(db, client.id, on or date.today()), video_name, overlay_name)
            db.add(row)
            db.flush()
            return measurement_from(row, self._media)

    def measurements(
        self, client_id: str, *, movement: str | None = None, side: Side | None = None, mode: Mode | None = None
    ) -> list[KeptMeasurement]:
        """A client's measurements, oldest first; of one movement test, side or mode where that is given.

        Raises:
            RecordError: there is no such client.
        """
        wanted = {"movement": movement, "side": side, "mode": mode}
        with self._reading() as db:
            query = _measurements(_client_row(db, client_id).id)
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
        return _results([m for m in kept if m.side == side])

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
        client = self.client(client_id)
        kept = self.measurements(client.id, movement=result.test.id)
        video = measurement.provenance.video_sha256
        others = _results([m for m in kept if m.provenance.video_sha256 != video])
        return compare_with(result, others, client.sex, client.age_years(on))

    def measurement(self, measurement_id: int) -> KeptMeasurement:
        """One measurement.

        Raises:
            RecordError: there is none of that number.
        """
        with self._reading() as db:
            return measurement_from(_measurement_row(db, measurement_id), self._media)

    def curves(self, measurement_id: int) -> KeptCurves:
        """All curves of a measurement.

        Raises:
            RecordError: there is none of that number.
        """
        with self._reading() as db:
            return from_parquet(_measurement_row(db, measurement_id, curves=True).curves)

    def discard(self, measurement_id: int) -> None:
        """Delete a measurement, its session if nothing else is in it, and its videos if no other needs them.

        Raises:
            RecordError: there is none of that number, or a video could not be deleted.
        """
        with self._writing() as db:
            row = _measurement_row(db, measurement_id)
            session = row.session
            _client_row(db, session.client_id, lock=True)
            db.delete(row)
            db.flush()
            rest = list(db.scalars(_measurements(session.client_id)))
            if all(other.session_id != session.id for other in rest):
                db.delete(session)
            files = set(_files(row)) - {name for other in rest for name in _files(other)}
        self._media.remove(files)

    def _video_known(self, db: Transaction, client_id: str, video_sha256: str) -> str | None:
        """The name of the client's own video with that content, if its file is still there."""
        for row in db.scalars(_measurements(client_id).filter_by(video_sha256=video_sha256)):
            path = self._media.path(row.video_name)
            if path and path.exists():
                return row.video_name
        return None

    @contextmanager
    def _reading(self) -> Iterator[Transaction]:
        with in_words(self._engine.url), Transaction(self._engine) as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Transaction]:
        with in_words(self._engine.url), Transaction(writing(self._engine)) as db, db.begin():
            yield db


def _results(measurements: list[KeptMeasurement]) -> list[Result]:
    """Of each video the newest measurement's result, oldest first."""
    newest = {(m.provenance.video_sha256, m.side, m.mode): m for m in measurements}
    return sorted((m.result for m in newest.values() if m.result), key=lambda result: result.on)


def _measurements(client_id: str) -> Select[MeasurementRow]:
    """A client's, oldest first."""
    return (
        select(MeasurementRow)
        .join(MeasurementRow.session)
        .options(contains_eager(MeasurementRow.session))
        .where(SessionRow.client_id == client_id)
        .order_by(SessionRow.held_on, MeasurementRow.made_at, MeasurementRow.id)
    )


def _measurement_row(db: Transaction, measurement_id: int, *, curves: bool = False) -> MeasurementRow:
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


def _client_row(db: Transaction, client_id: str, *, lock: bool = False) -> ClientRow:
    """Locked, one at a time changes what belongs to the client (SQLite locks all, see `database.writing`)."""
    row = db.get(ClientRow, client_id.strip().upper(), with_for_update=lock or None)
    if row is None:
        count = db.scalar(select(func.count()).select_from(ClientRow))
        raise RecordError(
            f"There is no client {client_id} among the {count} in the record.",
            remedy="List the clients to see their ids, or add the client.",
        )
    return row


def _session_row(db: Transaction, client_id: str, on: date) -> SessionRow:
    """The client's session of that day, found or made."""
    found = db.scalar(select(SessionRow).filter_by(client_id=client_id, held_on=on))
    return found or SessionRow(client_id=client_id, held_on=on)


def _files(row: MeasurementRow) -> list[str]:
    return [name for name in (row.video_name, row.overlay_name) if name is not None]


def _new_id(db: Transaction) -> str:
    while True:
        new = "C-" + "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))
        if db.get(ClientRow, new) is None:
            return new


def _check_client(name: str, birth_date: date | None) -> None:
    if not name.strip():
        raise RecordError("The client has no name.", remedy="Give a name, or a letter if it must not be known.")
    if birth_date is not None and not 0 <= (date.today() - birth_date).days <= OLDEST_YEARS * 366:
        raise RecordError(f"Nobody alive was born on {birth_date}.", remedy="Correct the birth date.")
