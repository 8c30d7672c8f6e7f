"""The table of long work: what is to be measured, by whom it is being done, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from rom_vision.records.tables import Base


class JobRow(Base):
    """A clip to be measured. Its files lie in the store under `id`; it goes with its client.

    Attributes:
        number: the order in which they came.
        work: what is to be done with it, as JSON.
        state: `arriving` while its clip is on the way into the store, then as of a job.
        worker: who does it; None while nobody does.
        lease_until_s: until when the worker counts as alive, in seconds since 1970 by the database's clock.
        stop: whether somebody wants it to stop.
        kept_id: the measurement of the record that became of it.
        covers_id: the measurement in whose film faces are to be covered; None where a clip is to be measured.
    """

    __tablename__ = "jobs"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    client_id: Mapped[str | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    by: Mapped[str] = mapped_column("submitted_by", String(64))
    work: Mapped[dict[str, Any]]
    video_name: Mapped[str] = mapped_column(String(16))
    video_sha256: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(8), index=True)
    doing: Mapped[str]
    done: Mapped[int]
    of: Mapped[int | None] = mapped_column("out_of")
    attempts: Mapped[int]
    worker: Mapped[str | None] = mapped_column(String(128))
    lease_until_s: Mapped[float]
    stop: Mapped[bool] = mapped_column("stop_asked")
    message: Mapped[str]
    remedy: Mapped[str]
    submitted_at: Mapped[datetime]
    over_at: Mapped[datetime | None]
    covers_id: Mapped[int | None] = mapped_column(ForeignKey("measurements.id", ondelete="CASCADE"), index=True)
    kept_id: Mapped[int | None] = mapped_column(ForeignKey("measurements.id", ondelete="SET NULL"), index=True)
