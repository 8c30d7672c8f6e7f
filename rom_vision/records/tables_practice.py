"""The table of the practice's settings: one row at most."""

from typing import Literal

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from rom_vision.language import Language
from rom_vision.records.tables import Base

Keeping = Literal["keep", "cover", "days", "drop"]
ForceUnit = Literal["N", "kgf", "lbf"]
Paper = Literal["A4", "Letter"]


class SettingsRow(Base):
    __tablename__ = "settings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    practice: Mapped[str]
    address: Mapped[str]
    therapist: Mapped[str]
    videos: Mapped[Keeping] = mapped_column(String(8))
    video_days: Mapped[int]
    language: Mapped[Language | None] = mapped_column(String(8))
    force: Mapped[ForceUnit] = mapped_column(String(8))
    paper: Mapped[Paper] = mapped_column(String(8))
    version: Mapped[int]
