"""Measurements <-> rows of the record."""

import dataclasses
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from rom_vision.kinematics.repetitions import Repetition
from rom_vision.measure import Measurement, Provenance
from rom_vision.quality import Problem
from rom_vision.records import curves
from rom_vision.records.kept import KeptCurves, KeptMeasurement
from rom_vision.records.media import Media
from rom_vision.records.tables import MeasurementRow, SessionRow


def row_of(
    measurement: Measurement,
    session: SessionRow,
    video_name: str | None,
    overlay_name: str | None,
    exercise_id: int | None,
) -> MeasurementRow:
    """A measurement as it is stored."""
    return MeasurementRow(
        session=session,
        kept_at=datetime.now(UTC),
        video_name=video_name,
        overlay_name=overlay_name,
        exercise_id=exercise_id,
        **_measured(measurement),
    )


def correct(row: MeasurementRow, measurement: Measurement) -> None:
    """Another measurement of the same film in place of the one that is stored."""
    for name, value in _measured(measurement).items():
        setattr(row, name, value)


def row_again(
    kept: KeptMeasurement,
    kept_curves: KeptCurves,
    session_id: int,
    video_name: str | None,
    overlay_name: str | None,
    exercise_id: int | None,
) -> MeasurementRow:
    """A measurement that was kept elsewhere, as it is stored here."""
    return MeasurementRow(
        session_id=session_id,
        movement=kept.movement,
        kept_at=kept.kept_at,
        video_name=video_name,
        overlay_name=overlay_name,
        exercise_id=exercise_id,
        curves=curves.to_parquet(kept_curves),
        **_made(kept),
    )


def measurement_from(row: MeasurementRow, media: Media) -> KeptMeasurement:
    """A measurement as the record hands it out; the row's session has to be loaded."""
    settings = MappingProxyType(row.provenance["settings"])
    return KeptMeasurement(
        id=row.id,
        client_id=row.session.client_id,
        session_id=row.session_id,
        on=row.session.on,
        movement=row.movement,
        side=row.side,
        mode=row.mode,
        accepted=row.accepted,
        peak_deg=row.peak_deg,
        uncertainty_deg=row.uncertainty_deg,
        mean_peak_deg=row.mean_peak_deg,
        range_deg=row.range_deg,
        repetitions=tuple(Repetition(**repetition) for repetition in row.repetitions),
        problems=tuple(Problem(**problem) for problem in row.problems),
        provenance=Provenance(**{**row.provenance, "settings": settings, "made_at": row.made_at}),
        kept_at=row.kept_at,
        video_path=media.path(row.video_name),
        overlay_path=media.path(row.overlay_name),
        exercise_id=row.exercise_id,
    )


def _measured(measurement: Measurement) -> dict[str, Any]:
    """The columns of a measurement that is whole."""
    kept = KeptCurves(joints=measurement.curves, tested_deg=measurement.curve, joints_m=measurement.body.joints_m)
    return {"movement": measurement.test.id, "curves": curves.to_parquet(kept)} | _made(measurement)


def _made(measurement: Measurement | KeptMeasurement) -> dict[str, Any]:
    """The columns of what was measured, and with what."""
    same = ("side", "mode", "accepted", "peak_deg", "uncertainty_deg", "mean_peak_deg", "range_deg")
    return {name: getattr(measurement, name) for name in same} | {
        "repetitions": [dataclasses.asdict(repetition) for repetition in measurement.repetitions],
        "problems": [dataclasses.asdict(problem) for problem in measurement.problems],
        "provenance": _settled(measurement.provenance),
        "video_sha256": measurement.provenance.video_sha256,
        "made_at": measurement.provenance.made_at,
    }


def _settled(provenance: Provenance) -> dict[str, Any]:
    """All but the moment, which has its own column."""
    names = [field.name for field in dataclasses.fields(provenance) if field.name != "made_at"]
    return {name: getattr(provenance, name) for name in names} | {"settings": dict(provenance.settings)}
