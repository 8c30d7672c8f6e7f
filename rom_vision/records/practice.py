"""The practice's settings, and what comes of them: how long videos are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Annotated

from sqlalchemy import or_, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import contains_eager

from rom_vision.language import Language
from rom_vision.records.checks import check_fields
from rom_vision.records.database import MEDIA_LOCK, lock
from rom_vision.records.entry import Between
from rom_vision.records.store import Store, changed_meanwhile, films_of, still_named
from rom_vision.records.tables import MeasurementRow
from rom_vision.records.tables_practice import ForceUnit, Keeping, Paper, SettingsRow

ONLY_ROW = 1

NEWTONS: Mapping[ForceUnit, float] = MappingProxyType({"N": 1.0, "kgf": 9.80665, "lbf": 4.4482216152605})
"""In one of each unit. Source: NIST SP 811 (2008), appendix B.8. The record itself keeps newtons."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a practice has set.

    Attributes:
        practice: its name, as it stands on reports.
        address: below that, in one or more lines.
        therapist: who signs reports of sessions that name no therapist.
        videos: `keep` them, or with faces that are made unreadable (`cover`), delete them after some `days`, or
            `drop` each as soon as it is measured.
        video_days: how many days, if so.
        language: of the pages, for who has chosen none; None is as each browser asks for.
        force: the unit in which forces are written down and read.
        paper: of the report.
        version: how often they were saved; what somebody else has saved since can't be saved over.
    """

    practice: str = ""
    address: str = ""
    therapist: str = ""
    videos: Keeping = "keep"
    video_days: Annotated[int, Between(1, 3650)] = 90
    language: Language | None = None
    force: ForceUnit = "N"
    paper: Paper = "A4"
    version: int = 0


class Practice(Store):
    """What the record does with the practice's settings."""

    __slots__ = ()

    def settings(self) -> Settings:
        """As they were saved last."""
        with self._reading() as db:
            return settings_of(db)

    def change_settings(self, settings: Settings) -> Settings:
        """Save them.

        Raises:
            RecordError: a field can't be, or somebody else has saved them meanwhile.
        """
        check_fields(settings)
        with self._writing() as (db, note):
            row = db.get(SettingsRow, ONLY_ROW, with_for_update=True) or SettingsRow(id=ONLY_ROW, version=0)
            if row.version != settings.version:
                raise changed_meanwhile()
            saved = replace(settings, version=row.version + 1)
            for field in fields(Settings):
                setattr(row, field.name, getattr(saved, field.name))
            db.add(row)
            note("change", None, "settings")
            return saved

    def expire_videos(self, now: datetime | None = None) -> int:
        """Delete the videos that the settings want kept no longer; gives of how many measurements.

        The measurements stay, with their curves. A video that was measured anew lately stays too.

        Args:
            now: None is now.
        Raises:
            RecordError: a video could not be deleted.
        """
        settings = self.settings()
        if settings.videos in ("keep", "cover"):
            return 0
        days = settings.video_days if settings.videos == "days" else 0
        before = (now or datetime.now(UTC)) - timedelta(days=days)
        filmed = or_(MeasurementRow.video_name.is_not(None), MeasurementRow.overlay_name.is_not(None))
        with self._media.removal() as remove, self._writing() as (db, note):
            lock(db.connection(), MEDIA_LOCK)
            rows = db.scalars(
                select(MeasurementRow)
                .join(MeasurementRow.session)
                .options(contains_eager(MeasurementRow.session))
                .where(filmed, MeasurementRow.kept_at < before)
            ).all()
            names = films_of(rows)
            for row in rows:
                row.video_name = row.overlay_name = None
                note("delete", row.session.client_id, f"video of measurement {row.id}")
            db.flush()
            remove(names - still_named(db, names))
        return len(rows)


def settings_of(db: Transaction) -> Settings:
    """As they were saved last; where they never were, those that a new practice starts from."""
    row = db.get(SettingsRow, ONLY_ROW)
    return Settings(**{field.name: getattr(row, field.name) for field in fields(Settings)}) if row else Settings()
