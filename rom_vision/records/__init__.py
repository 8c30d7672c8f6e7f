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
    Letter,
    Limit,
    Past,
    Purpose,
    Referral,
    Technique,
    Yardstick,
)
from rom_vision.records.entry import Entry
from rom_vision.records.faces import Uncovered
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
from rom_vision.records.kept import (
    Chart,
    Client,
    Correction,
    KeptCurves,
    KeptMeasurement,
    Original,
    newest_of_each_video,
    results_of,
)
from rom_vision.records.practice import Settings
from rom_vision.records.record import Record
from rom_vision.records.today import Agenda, Ending, Filmed, Held

__all__ = [
    "Adherence",
    "Agenda",
    "Aim",
    "Audited",
    "Brought",
    "Chart",
    "Client",
    "Consent",
    "Correction",
    "Ending",
    "Entry",
    "Exercise",
    "Face",
    "FeltEnd",
    "Filmed",
    "Goal",
    "Held",
    "History",
    "Instrument",
    "KeptCurves",
    "KeptMeasurement",
    "Letter",
    "Limit",
    "MovementFinding",
    "Original",
    "PainQuality",
    "PalpationFinding",
    "Past",
    "Purpose",
    "Record",
    "Referral",
    "Session",
    "SessionKind",
    "Settings",
    "Technique",
    "Tissue",
    "Treatment",
    "Uncovered",
    "Yardstick",
    "newest_of_each_video",
    "results_of",
]
