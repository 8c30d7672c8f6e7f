"""The record: everything that is kept, through one door."""

from collections.abc import Iterator
from dataclasses import dataclass

from rom_vision.records.arrivals import Arrivals
from rom_vision.records.audit import Audited
from rom_vision.records.clients import Clients, client_from
from rom_vision.records.clinical import Consent, Exercise, Goal, History, Letter, Referral
from rom_vision.records.corrections import Corrections, correction_from, corrections_where
from rom_vision.records.entries import Entries, entries_of, ticks_of
from rom_vision.records.faces import Faces
from rom_vision.records.findings import MovementFinding, PalpationFinding, Session, Treatment
from rom_vision.records.kept import Chart, Tick
from rom_vision.records.measurements import measurements_of
from rom_vision.records.practice import Practice
from rom_vision.records.rows import measurement_from
from rom_vision.records.store import client_row
from rom_vision.records.tables import SessionRow
from rom_vision.records.today import Today


@dataclass(frozen=True, slots=True, eq=False)
class Record(Clients, Entries, Corrections, Arrivals, Practice, Today, Faces):
    """Clients, what is written about them, measurements, curves and videos, and the audit of all that.

    Whatever is asked happens whole or not at all.
    """

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
                letters=tuple(entries_of(db, known, Letter)),
                measurements=tuple(
                    measurement_from(row, self._media) for row in db.scalars(measurements_of(known))
                ),
                corrections=tuple(
                    correction_from(row) for row in db.scalars(corrections_where(SessionRow.client_id == known))
                ),
                ticks=tuple(Tick(exercise_id=row.exercise_id, on=row.on) for row in db.scalars(ticks_of(known))),
            )

    def audit(self) -> Iterator[Audited]:
        """Who saw and changed what, oldest first."""
        with self._reading() as db:
            yield from self._audit.rows(db)

    def audit_problems(self) -> list[str]:
        """What of the audit was altered or taken out, in sentences; none where it is whole."""
        with self._reading() as db:
            return self._audit.problems(db)
