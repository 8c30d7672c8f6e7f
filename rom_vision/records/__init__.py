"""What is kept: clients, sessions, measurements, curves, videos."""

from rom_vision.records.kept import Client, KeptCurves, KeptMeasurement, Session
from rom_vision.records.record import Record

__all__ = ["Client", "KeptCurves", "KeptMeasurement", "Record", "Session"]
