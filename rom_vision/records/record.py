"""The record: everything that is kept, through one door."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

from rom_vision.home import data_folder
from rom_vision.records.arrivals import Arrivals
from rom_vision.records.audit import Audit, Audited
from rom_vision.records.clients import Clients, client_from
from rom_vision.records.clinical import Consent, Exercise, Goal, History, Referral
from rom_vision.records.database import in_words, open_engine
from rom_vision.records.entries import Entries, entries_of
from rom_vision.records.findings import MovementFinding, PalpationFinding, Session, Treatment
from rom_vision.records.kept import Chart
from rom_vision.records.measurements import Measurements, measurements_of
from rom_vision.records.media import Media
from rom_vision.records.rows import measurement_from
from rom_vision.records.store import client_row


@dataclass(frozen=True, slots=True, eq=False)
class Record(Clients, Entries, Measurements, Arrivals):
    """Clients, what is written about them, measurements, curves and videos, and the audit of all that.

    Whatever is asked happens whole or not at all.
    """

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
            record = cls(engine, media, audit)
            record._settle()
            on_failure.pop_all()
        return record

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def chart(self, client_id: str) -> Chart:
        """All that is kept of a client, without curves.

        Raises:
            RecordError: there is no such client.
        """
        with self._viewing(client_id) as (db, known):
            return Chart(
                client=client_from(client_row(db, known)),
                consents=tuple(entries_of(db, known, Consent)),
                referrals=tuple(entries_of(db, known, Referral)),
                history=tuple(entries_of(db, known, History)),
                goals=tuple(entries_of(db, known, Goal)),
                exercises=tuple(entries_of(db, known, Exercise)),
                sessions=tuple(entries_of(db, known, Session)),
                palpation=tuple(entries_of(db, known, PalpationFinding)),
                movement=tuple(entries_of(db, known, MovementFinding)),
                treatments=tuple(entries_of(db, known, Treatment)),
                measurements=tuple(
                    measurement_from(row, self._media) for row in db.scalars(measurements_of(known))
                ),
            )

    def audit(self) -> Iterator[Audited]:
        """Who saw and changed what, oldest first."""
        with self._reading() as db:
            yield from self._audit.rows(db)

    def audit_problems(self) -> list[str]:
        """What of the audit was altered or taken out, in sentences; none where it is whole."""
        with self._reading() as db:
            return self._audit.problems(db)
