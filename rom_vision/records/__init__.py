"""What is kept: clients, what is written about them, sessions, measurements, curves, videos, and who saw them."""

from rom_vision.records.arrivals import Brought
from rom_vision.records.audit import Audited
from rom_vision.records.clinical import (
    Adherence,
    Aim,
    Consent,
    Exercise,
    Goal,
    History,
    Limit,
    Past,
    Purpose,
    Referral,
    Technique,
    Yardstick,
)
from rom_vision.records.entry import Entry
from rom_vision.records.findings import (
    Face,
    FeltEnd,
    Instrument,
    MovementFinding,
    PainQuality,
    PalpationFinding,
    Session,
    SessionKind,
    Tissue,
    Treatment,
)
from rom_vision.records.kept import Chart, Client, KeptCurves, KeptMeasurement, newest_of_each_video
from rom_vision.records.record import Record

__all__ = [
    "Adherence",
    "Aim",
    "Audited",
    "Brought",
    "Chart",
    "Client",
    "Consent",
    "Entry",
    "Exercise",
    "Face",
    "FeltEnd",
    "Goal",
    "History",
    "Instrument",
    "KeptCurves",
    "KeptMeasurement",
    "Limit",
    "MovementFinding",
    "PainQuality",
    "PalpationFinding",
    "Past",
    "Purpose",
    "Record",
    "Referral",
    "Session",
    "SessionKind",
    "Technique",
    "Tissue",
    "Treatment",
    "Yardstick",
    "newest_of_each_video",
]
