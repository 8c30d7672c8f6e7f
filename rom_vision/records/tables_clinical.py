"""The tables of what is written about a client, one for each kind of entry, and of the audit."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import JSON, Dialect, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from rom_vision.movements import Mode, Side
from rom_vision.records.clinical import Aim, Limit, Past, Purpose, Yardstick
from rom_vision.records.findings import Face, FeltEnd, Instrument, PainQuality, Tissue
from rom_vision.records.tables import Base, EntryRow, Words

Action = Literal[
    "start", "list", "view", "add", "change", "correct", "delete", "remove", "restore", "erase", "export",
    "import", "sign_in", "sign_out", "invite", "join",
]  # fmt: skip


class Limits(TypeDecorator[tuple[Limit, ...]]):
    """Limits in a row, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Limit, ...] | None, dialect: Dialect) -> list[dict[str, Any]] | None:
        return None if value is None else [asdict(limit) for limit in value]

    def process_result_value(
        self, value: list[dict[str, Any]] | None, dialect: Dialect
    ) -> tuple[Limit, ...] | None:
        return None if value is None else tuple(Limit(**limit) for limit in value)


class ConsentRow(EntryRow):
    __tablename__ = "consents"

    purpose: Mapped[Purpose] = mapped_column(String(24))
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    note: Mapped[str]


class ReferralRow(EntryRow):
    __tablename__ = "referrals"

    physician: Mapped[str]
    practice: Mapped[str]
    written_on: Mapped[date]
    diagnosis: Mapped[str]
    icd10: Mapped[tuple[str, ...]] = mapped_column(Words)
    techniques: Mapped[tuple[str, ...]] = mapped_column(Words)
    other_technique: Mapped[str]
    sessions_ordered: Mapped[int]
    how_often: Mapped[str]
    precautions: Mapped[str]
    contraindications: Mapped[str]
    valid_until: Mapped[date | None]


class HistoryRow(EntryRow):
    __tablename__ = "history"

    kind: Mapped[Past] = mapped_column(String(16))
    what: Mapped[str]
    on: Mapped[date | None] = mapped_column("happened_on")
    age_years: Mapped[int | None]
    region: Mapped[str]
    side: Mapped[Side | None]
    note: Mapped[str]
    limits: Mapped[tuple[Limit, ...]] = mapped_column(Limits)


class GoalRow(EntryRow):
    __tablename__ = "goals"

    aim: Mapped[Aim] = mapped_column(String(16))
    what: Mapped[str]
    yardstick: Mapped[Yardstick] = mapped_column(String(16))
    movement: Mapped[str | None] = mapped_column(String(64))
    side: Mapped[Side | None]
    mode: Mapped[Mode | None]
    region: Mapped[str]
    target_deg: Mapped[float | None]
    target_pain: Mapped[int | None]
    by: Mapped[date | None] = mapped_column("due_on")


class LetterRow(EntryRow):
    __tablename__ = "letters"

    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    in_short: Mapped[str]
    suggestion: Mapped[str]


class ExerciseRow(EntryRow):
    __tablename__ = "exercises"

    movement: Mapped[str] = mapped_column(String(64))
    side: Mapped[Side | None]
    repetitions: Mapped[int]
    times_a_week: Mapped[int]
    starts_on: Mapped[date]
    until: Mapped[date | None] = mapped_column("ends_on")
    note: Mapped[str]


class TickRow(Base):
    """An exercise was done on a day, as the client says; a film of the same day tells it too."""

    __tablename__ = "ticks"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id", ondelete="CASCADE"), primary_key=True)
    on: Mapped[date] = mapped_column("done_on", primary_key=True)


class InSessionRow(EntryRow):
    """The columns of what belongs to a session."""

    __abstract__ = True

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)


class PalpationFindingRow(InSessionRow):
    __tablename__ = "palpation_findings"

    region: Mapped[str]
    side: Mapped[Side | None]
    face: Mapped[Face] = mapped_column(String(5))
    x: Mapped[float]
    y: Mapped[float]
    kind: Mapped[Tissue] = mapped_column(String(24))
    pain: Mapped[int]
    quality: Mapped[PainQuality | None] = mapped_column(String(16))
    referral_area: Mapped[str]
    level: Mapped[str]
    muscle: Mapped[str | None]
    note: Mapped[str]


class MovementFindingRow(InSessionRow):
    __tablename__ = "movement_findings"

    movement: Mapped[str] = mapped_column(String(64))
    side: Mapped[Side | None]
    mode: Mapped[Mode]
    by: Mapped[Instrument] = mapped_column("measured_by", String(16))
    measurement_id: Mapped[int | None] = mapped_column(ForeignKey("measurements.id"), index=True)
    value_deg: Mapped[float | None]
    uncertainty_deg: Mapped[float | None]
    pain: Mapped[int | None]
    painful_from_deg: Mapped[float | None]
    painful_to_deg: Mapped[float | None]
    end_feel: Mapped[FeltEnd | None] = mapped_column(String(8))
    strength: Mapped[int | None]
    force_n: Mapped[float | None]
    concordant: Mapped[bool | None]
    note: Mapped[str]


class TreatmentRow(InSessionRow):
    __tablename__ = "treatments"

    techniques: Mapped[tuple[str, ...]] = mapped_column(Words)
    other_technique: Mapped[str]
    regions: Mapped[tuple[str, ...]] = mapped_column(Words)
    minutes: Mapped[int]
    response: Mapped[str]
    pain_before: Mapped[int | None]
    pain_after: Mapped[int | None]


class AuditRow(Base):
    """Who did what to whom. It refers to no other table: it outlives the client. `number` counts from 1."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column("happened_at")
    who: Mapped[str]
    action: Mapped[Action] = mapped_column(String(16))
    client_id: Mapped[str | None] = mapped_column(String(16))
    what: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class IdentityRow(Base):
    """One row: what the record is called outside the database, where its head and its doubtful files lie."""

    __tablename__ = "identity"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
