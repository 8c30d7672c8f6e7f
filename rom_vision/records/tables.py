"""The tables of the record: clients, sessions, measurements, and what all tables share.

A change here needs a migration; a test compares the two.
"""

from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import JSON, Date, DateTime, Dialect, Double, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.schema import MetaData
from sqlalchemy.types import TypeDecorator

from rom_vision.movements import Mode, Sex, Side
from rom_vision.records.findings import SessionKind

FacesDecided = Literal["covered", "shown"]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored as UTC without zone, since SQLite keeps none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    # names of our own, so that a later migration can speak of a constraint on any database
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime,
        date: Date,
        float: Double,  # a plain Float may keep fewer digits
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
        Sex: String(6),
        Side: String(5),
        Mode: String(8),
    }


class EntryRow(Base):
    """The columns of every kind of entry (`records.entry`). The others bear the names of the entry's fields."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]


class ClientRow(Base):
    __tablename__ = "clients"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str]
    birth_date: Mapped[date | None]
    sex: Mapped[Sex | None]
    added_at: Mapped[datetime]
    height_m: Mapped[float | None]
    weight_kg: Mapped[float | None]
    dominant_side: Mapped[Side | None]
    contact: Mapped[str]
    removed_at: Mapped[datetime | None]
    version: Mapped[int]


class Words(TypeDecorator[tuple[str, ...]]):
    """Words in a row, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str] | None:
        return None if value is None else list(value)

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value)


class SessionRow(EntryRow):
    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("client_id", "held_on", "kind"),)

    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))  # the first of the unique
    on: Mapped[date] = mapped_column("held_on", index=True)
    kind: Mapped[SessionKind] = mapped_column(String(16))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    therapist: Mapped[str]
    subjective: Mapped[str]
    objective: Mapped[str]
    assessment: Mapped[str]
    plan: Mapped[str]
    red_flags: Mapped[tuple[str, ...]] = mapped_column(Words)


class MeasurementRow(Base):
    """What was measured. `curves` is Parquet, loaded only when asked for; names are of files in the media.

    Attributes:
        faces: what a therapist decided about those in the film; None where nobody has.
    """

    __tablename__ = "measurements"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    movement: Mapped[str] = mapped_column(String(64))
    side: Mapped[Side | None]
    mode: Mapped[Mode]
    accepted: Mapped[bool]
    peak_deg: Mapped[float | None]
    uncertainty_deg: Mapped[float | None]
    mean_peak_deg: Mapped[float | None]
    range_deg: Mapped[float | None]
    repetitions: Mapped[list[dict[str, Any]]]
    problems: Mapped[list[dict[str, Any]]]
    provenance: Mapped[dict[str, Any]]
    video_sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    kept_at: Mapped[datetime]
    video_name: Mapped[str | None] = mapped_column(String(48))
    overlay_name: Mapped[str | None] = mapped_column(String(48))
    exercise_id: Mapped[int | None] = mapped_column(ForeignKey("exercises.id"), index=True)
    faces: Mapped[FacesDecided | None] = mapped_column(String(8))
    curves: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)

    session: Mapped[SessionRow] = relationship(lazy="raise")
