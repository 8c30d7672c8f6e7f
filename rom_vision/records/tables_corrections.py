"""The tables of what a measurement was before it was put right by hand, and of each time that it was."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from rom_vision.movements import Mode, Side
from rom_vision.records.tables import Base


class OriginalRow(Base):
    """A measurement whole, as the program made it, so that it can be changed by hand long after.

    Attributes:
        measured: a file of `records.measurement_file`.
        draft: changes that are not saved yet, as of `edits.Edits.text`; None where there are none.
    """

    __tablename__ = "originals"

    measurement_id: Mapped[int] = mapped_column(
        ForeignKey("measurements.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    measured: Mapped[bytes] = mapped_column(LargeBinary)
    draft: Mapped[str | None]


class CorrectionRow(Base):
    """A kept measurement was put right: by whom, when, how; and what had stood there until then.

    Attributes:
        replaced: the whole measurement until then, where the film was measured again; None where it was not.
    """

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurements.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column("corrected_at")
    who: Mapped[str] = mapped_column("corrected_by")
    edits: Mapped[str]
    movement: Mapped[str] = mapped_column(String(64))
    side: Mapped[Side | None]
    mode: Mapped[Mode]
    accepted: Mapped[bool]
    peak_deg: Mapped[float | None]
    uncertainty_deg: Mapped[float | None]
    replaced: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
