"""What every part of the record stands on: its database, its media, its audit."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Self

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session as Transaction

from rom_vision.errors import RecordError
from rom_vision.home import data_folder
from rom_vision.records.audit import Audit, Event
from rom_vision.records.database import MEDIA_LOCK, in_words, lock, open_engine, writing
from rom_vision.records.media import Media
from rom_vision.records.tables import ClientRow, MeasurementRow
from rom_vision.records.tables_clinical import Action

Note = Callable[[Action, str | None, str], None]
"""Takes what is to be written into the audit: what was done, the client's id, and with what."""


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """Whatever is asked of it happens whole or not at all, and is in the audit."""

    _engine: Engine
    _media: Media
    _audit: Audit
    _viewed: set[str] = field(default_factory=set)  # whose view is in the audit since the record was opened

    @classmethod
    def open(cls, url: str | None = None, *, who: str | None = None) -> Self:
        """Open the record; an empty one is made where there is none.

        Args:
            url: SQLAlchemy's address of the database; None is what ROM_VISION_DATABASE_URL says, else the file
                record.sqlite3 in the data folder. Videos and the audit's head are in the data folder in any case.
            who: is at work, for the audit; None is the user of the operating system.
        Raises:
            RecordError: it can't be opened, is not a record, or was written by a newer version; or it is not known
                who is at work.
        """
        engine = open_engine(url)
        with ExitStack() as on_failure:
            on_failure.callback(engine.dispose)
            data = data_folder()
            with in_words(engine.url):
                audit = Audit.open(engine, who, data / "audit")
            media = Media(folder=data / "media", doubtful=data / "doubtful" / audit.record_id)
            store = cls(engine, media, audit)
            store._settle()
            on_failure.pop_all()
        return store

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def by(self, who: str) -> Self:
        """The same, with somebody else at work; closed together with it."""
        return replace(self, _audit=replace(self._audit, who=who), _viewed=set())

    @contextmanager
    def _viewing(self, client_id: str) -> Iterator[tuple[Transaction, str]]:
        """Reads what is a client's; gives the id as it is written. The first time, the audit notes the view."""
        known = client_id.strip().upper()
        if known in self._viewed:
            with self._reading() as db:
                yield db, client_row(db, known).id
            return
        with self._writing() as (db, note):
            client_row(db, known)
            note("view", known, "")
            yield db, known
        self._viewed.add(known)

    @contextmanager
    def _reading(self) -> Iterator[Transaction]:
        with in_words(self._engine.url), Transaction(self._engine) as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[tuple[Transaction, Note]]:
        """A transaction, and where to note for the audit what it does."""
        events: list[Event] = []
        heads = None

        def note(action: Action, client_id: str | None, what: str) -> None:
            events.append(Event(action=action, client_id=client_id, what=what))

        with in_words(self._engine.url), Transaction(writing(self._engine)) as db, db.begin():
            yield db, note
            if events:
                heads = self._audit.append(db, events)
        if heads:
            self._audit.keep(heads)

    def _settle(self) -> None:
        """Settles the files that a killed program left in doubt."""
        if not self._media.in_doubt():
            return
        with self._writing() as (db, _):
            lock(db.connection(), MEDIA_LOCK)  # nobody's files are on their way
            doubtful = self._media.in_doubt()
            columns = (MeasurementRow.video_name, MeasurementRow.overlay_name)
            rows = db.execute(select(*columns).where(or_(*(column.in_(doubtful) for column in columns))))
            self._media.settle({name for row in rows for name in row if name})


def client_row(db: Transaction, client_id: str, *, locked: bool = False, removed: bool = False) -> ClientRow:
    """A client's row.

    Args:
        client_id: capitals do not matter.
        locked: one at a time changes what belongs to the client (SQLite locks all, see `database.writing`).
        removed: looked for in the recycle bin, not outside it.
    Raises:
        RecordError: there is none of that id.
    """
    row = db.get(ClientRow, client_id.strip().upper(), with_for_update=locked or None)
    if row is not None and (row.removed_at is not None) == removed:
        return row
    if row is not None and row.removed_at is not None:
        raise RecordError(f"Client {row.id} is in the recycle bin.", remedy="Restore the client first.")
    where = ClientRow.removed_at.is_not(None) if removed else ClientRow.removed_at.is_(None)
    count = db.scalar(select(func.count()).select_from(ClientRow).where(where))
    raise RecordError(
        f"There is no client {client_id} among the {count} in the {'recycle bin' if removed else 'record'}.",
        remedy="List the clients to see their ids, or add the client.",
    )


def changed_meanwhile() -> RecordError:
    """Whoever would save over what somebody else has saved since is told so."""
    return RecordError(
        "Somebody else has changed it meanwhile.", remedy="Look at it as it is now, then change it again."
    )


def films_of(rows: Iterable[MeasurementRow]) -> set[str]:
    """The files in the media that some measurements name."""
    return {name for row in rows for name in (row.video_name, row.overlay_name) if name}


def still_named(db: Transaction, names: set[str]) -> set[str]:
    """Of some files in the media, those that a measurement names."""
    columns = (MeasurementRow.video_name, MeasurementRow.overlay_name)
    rows = db.execute(select(*columns).where(or_(*(column.in_(names) for column in columns))))
    return {name for row in rows for name in row if name}
