"""Kept films whose faces are to be covered: which they are, and what a therapist decided about each.

A film is as it was filmed until somebody who has looked at the covered one says that it may go.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import contains_eager

from rom_vision.errors import RecordError
from rom_vision.movements import Mode, Side
from rom_vision.records.corrections import corrected
from rom_vision.records.database import MEDIA_LOCK, lock
from rom_vision.records.measurements import measurement_row
from rom_vision.records.practice import settings_of
from rom_vision.records.store import Note, Store, client_row, films_of, still_named
from rom_vision.records.tables import FacesDecided, MeasurementRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncovered:
    """A kept film of which nobody has decided yet; named by the first measurement of it."""

    client_id: str
    measurement_id: int
    movement: str
    side: Side | None
    mode: Mode
    video_path: Path


class Faces(Store):
    """What the record does with films whose faces are to be covered."""

    __slots__ = ()

    def uncovered(self) -> list[Uncovered]:
        """The films whose faces are to be covered and are not, oldest first; none where the settings want none."""
        with self._reading() as db:
            if settings_of(db).videos != "cover":
                return []
            rows = db.scalars(
                select(MeasurementRow)
                .join(MeasurementRow.session)
                .options(contains_eager(MeasurementRow.session))
                .where(MeasurementRow.video_name.is_not(None), MeasurementRow.faces.is_(None))
                .order_by(MeasurementRow.id)
            )
            films: dict[Path, Uncovered] = {}
            for row in rows:
                path = self._media.folder / str(row.video_name)
                films.setdefault(path, Uncovered(
                    client_id=row.session.client_id, measurement_id=row.id, movement=row.movement, side=row.side,
                    mode=row.mode, video_path=path,
                ))  # fmt: skip
            return list(films.values())

    def cover_faces(self, measurement_id: int, film: Path, overlay: Path | None, *, seen: int) -> None:
        """Keep a film with covered faces in place of the one that was filmed, which is deleted.

        Args:
            film: it is copied.
            overlay: the same with the measurement drawn in; it is copied.
            seen: how often the measurement had been corrected when that was drawn; if it was since, the overlay
                is left out.
        Raises:
            RecordError: there is no such film any more, or no room; then the one that was filmed stays.
        """
        with self._media.removal() as remove, self._media.intake() as intake, self._writing() as (db, note):
            rows = _of_one_film(db, note, measurement_id, "covered")
            old = films_of(rows)
            name = intake.copy(film)
            for row in rows:
                drawn = overlay if row.id == measurement_id and corrected(db, row.id) == seen else None
                row.video_name, row.overlay_name = name, None if drawn is None else intake.copy(drawn)
            db.flush()
            remove(old - still_named(db, old))

    def show_faces(self, measurement_id: int) -> None:
        """Keep a film as it was filmed, since a therapist says so.

        Raises:
            RecordError: there is no such film any more.
        """
        with self._writing() as (db, note):
            _of_one_film(db, note, measurement_id, "shown")

    def drop_film(self, measurement_id: int) -> None:
        """Delete a film with its overlay; what was measured stays.

        Raises:
            RecordError: there is no such film any more, or it could not be deleted.
        """
        with self._media.removal() as remove, self._writing() as (db, note):
            rows = _of_one_film(db, note, measurement_id, None)
            old = films_of(rows)
            for row in rows:
                row.video_name = row.overlay_name = None
            db.flush()
            remove(old - still_named(db, old))


def _of_one_film(
    db: Transaction, note: Note, measurement_id: int, decided: FacesDecided | None
) -> list[MeasurementRow]:
    """All measurements of a measurement's film, marked and noted for the audit."""
    client_id = measurement_row(db, measurement_id).session.client_id
    client_row(db, client_id, locked=True)
    lock(db.connection(), MEDIA_LOCK)
    name = measurement_row(db, measurement_id).video_name
    if name is None:
        raise RecordError(
            f"The film of measurement {measurement_id} is not kept any more.", remedy="There is nothing to do."
        )
    rows = list(db.scalars(select(MeasurementRow).filter_by(video_name=name)))
    for row in rows:
        row.faces = decided
        if decided:
            note("change", client_id, f"video of measurement {row.id}: faces {decided}")
        else:
            note("delete", client_id, f"video of measurement {row.id}")
    return rows
