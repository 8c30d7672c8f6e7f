"""Kept measurements put right by hand: what stood there before stays to be seen, and can be brought back."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session as Transaction

from rom_vision.edits import KINDS, Edits, edits_of
from rom_vision.errors import RecordError
from rom_vision.measure import Measurement
from rom_vision.records import measurement_file
from rom_vision.records.database import MEDIA_LOCK, lock
from rom_vision.records.kept import Correction, KeptMeasurement, Original
from rom_vision.records.measurements import Measurements, measurement_row, original_row
from rom_vision.records.rows import correct, measurement_from
from rom_vision.records.store import changed_meanwhile, client_row, still_named
from rom_vision.records.tables import MeasurementRow, SessionRow
from rom_vision.records.tables_clinical import MovementFindingRow
from rom_vision.records.tables_corrections import CorrectionRow, OriginalRow

BEFORE = ("movement", "side", "mode", "accepted", "peak_deg", "uncertainty_deg")


class Corrections(Measurements):
    """What the record does with measurements that are kept already."""

    __slots__ = ()

    def original(self, measurement_id: int) -> Original | None:
        """A kept measurement as the program made it; None where it was kept before that was stored.

        Raises:
            RecordError: there is none of that number.
        """
        with self._viewing(self._client_of(measurement_id)) as (db, _):
            row = db.get(OriginalRow, measurement_id)
            again = [CorrectionRow.measurement_id == measurement_id, CorrectionRow.replaced.is_not(None)]
            first = db.scalar(select(CorrectionRow.replaced).where(*again).order_by(CorrectionRow.id).limit(1))
            return None if row is None else Original(
                measurement=measurement_file.from_bytes(row.measured),
                first=None if first is None else measurement_file.from_bytes(first),
                draft=None if row.draft is None else Edits.from_text(row.draft),
            )  # fmt: skip

    def keep_draft(self, measurement_id: int, edits: Edits | None) -> None:
        """Keep changes that are not saved yet, so that they outlive the browser; nothing else changes by that."""
        with self._writing() as (db, _):
            row = db.get(OriginalRow, measurement_id)
            if row is not None:
                row.draft = None if edits is None else edits.text

    def corrections(self, measurement_id: int) -> list[Correction]:
        """Each time that a kept measurement was put right, oldest first.

        Raises:
            RecordError: there is none of that number.
        """
        with self._viewing(self._client_of(measurement_id)) as (db, _):
            of_it = CorrectionRow.measurement_id == measurement_id
            return [correction_from(row) for row in db.scalars(corrections_where(of_it))]

    def correct(
        self,
        measurement_id: int,
        measurement: Measurement,
        *,
        seen: int,
        overlay: Path | None = None,
        original: Measurement | None = None,
    ) -> KeptMeasurement:
        """Put another measurement of the same film in place of a kept one; the original brings that back.

        A finding that was made beside the film goes with it.

        Args:
            measurement: as it is to be.
            seen: how often it had been corrected when whoever corrects it looked.
            overlay: the film with that drawn in; it is copied. None is none: the old one does not fit any more.
            original: as the program made it, where the film was measured anew; None leaves what there is.
        Raises:
            RecordError: there is none of that number, somebody else has corrected it meanwhile, or it answers an
                exercise of another movement or side; then nothing changes.
        """
        with self._media.removal() as remove, self._media.intake() as intake, self._writing() as (db, note):
            client_id = measurement_row(db, measurement_id).session.client_id
            client_row(db, client_id, locked=True)
            lock(db.connection(), MEDIA_LOCK, shared=True)
            row = measurement_row(db, measurement_id)
            number = corrected(db, measurement_id) + 1
            if number != seen + 1:
                raise changed_meanwhile()
            if row.exercise_id and (row.movement, row.side) != (measurement.test.id, measurement.side):
                raise RecordError(
                    "This film answers an exercise of the home programme, so it can't be of another test or side.",
                    remedy="Film that test, or change the exercise.",
                )
            edits = edits_of(measurement.provenance.settings)
            before = {name: getattr(row, name) for name in BEFORE}
            db.add(CorrectionRow(
                measurement_id=row.id, at=datetime.now(UTC), who=self._audit.who, edits=edits.text,
                replaced=_keep_original(db, row.id, original), **before,
            ))  # fmt: skip
            correct(row, measurement)
            old, row.overlay_name = row.overlay_name, None
            shows_faces = row.faces == "covered" and original is not None  # it is of the film as it was filmed
            if overlay is not None and row.video_name is not None and not shows_faces:
                row.overlay_name = intake.copy(overlay)
            _move_findings(db, row)
            db.flush()
            left = {old} if old else set()
            remove(left - still_named(db, left))
            for done in _told(edits):
                note("correct", client_id, f"measurement {row.id}, correction {number}: {done}")
            return measurement_from(row, self._media)


def corrected(db: Transaction, measurement_id: int) -> int:
    """How often a measurement was corrected."""
    return db.scalar(select(func.count()).where(CorrectionRow.measurement_id == measurement_id)) or 0


def _move_findings(db: Transaction, row: MeasurementRow) -> None:
    """What was found beside the film is of the same test and value as the film."""
    for finding in db.scalars(select(MovementFindingRow).filter_by(measurement_id=row.id)):
        finding.movement, finding.side, finding.mode = row.movement, row.side, row.mode
        finding.value_deg, finding.uncertainty_deg = row.peak_deg, row.uncertainty_deg
        finding.version += 1


def _keep_original(db: Transaction, measurement_id: int, original: Measurement | None) -> bytes | None:
    """The new one if there is one; gives the one whose place it takes. No draft is open any more."""
    row = db.get(OriginalRow, measurement_id)
    if original is None:
        if row is not None:
            row.draft = None
        return None
    replaced = None if row is None else row.measured
    db.merge(original_row(measurement_id, original))
    return replaced


def _told(edits: Edits) -> list[str]:
    """What the audit tells of them: kinds and how many, no more."""
    named = {kind: name for name, kind in KINDS.items()}
    counts = Counter(named[type(edit)] for edit in edits.all)
    return [f"{count} {name}" for name, count in counts.items()] or ["as measured"]


def corrections_where(this: ColumnElement[bool]) -> Select[CorrectionRow]:
    """Those for which this holds, oldest first; their measurement and its session can be asked about too."""
    joined = select(CorrectionRow).join(MeasurementRow).join(SessionRow)
    return joined.where(this).order_by(CorrectionRow.id)


def correction_from(row: CorrectionRow) -> Correction:
    """A correction as the record hands it out."""
    before = {name: getattr(row, name) for name in BEFORE}
    return Correction(
        measurement_id=row.measurement_id, at=row.at, who=row.who, changed=row.edits, **before
    )  # fmt: skip


def row_of_correction(made: Correction, measurement_id: int) -> CorrectionRow:
    """A correction that was made elsewhere, as it is stored here."""
    before = {name: getattr(made, name) for name in BEFORE}
    return CorrectionRow(
        measurement_id=measurement_id, at=made.at, who=made.who, edits=made.changed, **before
    )  # fmt: skip
