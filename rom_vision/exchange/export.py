"""What leaves the record: into a new file, whole or not at all, and never without the audit knowing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from rom_vision.errors import RecordError, UsageError
from rom_vision.exchange.angle_table import write_angles
from rom_vision.exchange.client_zip import write_client
from rom_vision.exchange.fhir import write_bundle
from rom_vision.exchange.opensim import write_joint_angles, write_joint_centres
from rom_vision.exchange.report import report_of
from rom_vision.exchange.report_pdf import write_report
from rom_vision.exchange.results_table import write_results_csv, write_results_parquet
from rom_vision.exchange.whole_file import written_whole
from rom_vision.records import KeptCurves, KeptMeasurement, Record
from rom_vision.records.curves import to_parquet

OfClient = Callable[[Record, str, Path], None]
OfMeasurement = Callable[[KeptMeasurement, KeptCurves, Path], None]


def export_client(record: Record, client_id: str, kind: str, out: Path) -> None:
    """Write what is kept of a client.

    Args:
        kind: one of `CLIENT_KINDS`.
        out: a file that is not there yet.
    Raises:
        RecordError: there is no such client.
        UsageError: `out` is there already, or can't be written.
    """
    with _new_file(out) as part:
        CLIENT_KINDS[kind](record, client_id, part)
        record.exported(client_id, f"client {kind}")  # before the file is there to be taken


def export_measurement(record: Record, measurement_id: int, kind: str, out: Path) -> None:
    """Write the curves of one measurement.

    Args:
        kind: one of `MEASUREMENT_KINDS`.
        out: a file that is not there yet.
    Raises:
        RecordError: there is none of that number, or it was kept without what is asked for.
        UsageError: `out` is there already, or can't be written.
    """
    with _new_file(out) as part:
        kept = record.measurement(measurement_id)
        MEASUREMENT_KINDS[kind](kept, record.curves(measurement_id), part)
        record.exported(kept.client_id, f"measurement {measurement_id} {kind}")


@contextmanager
def _new_file(out: Path) -> Iterator[Path]:
    if out.exists():
        raise UsageError(f"There is a file {out} already.", remedy="Choose another name, or delete it first.")
    with written_whole(out) as part:
        yield part


def _curves_csv(kept: KeptMeasurement, curves: KeptCurves, out: Path) -> None:
    write_angles(curves.joints, out, curves.tested_deg)


def _curves_parquet(kept: KeptMeasurement, curves: KeptCurves, out: Path) -> None:
    out.write_bytes(to_parquet(curves))


def _mot(kept: KeptMeasurement, curves: KeptCurves, out: Path) -> None:
    write_joint_angles(curves.joints, out, accepted=kept.accepted)


def _trc(kept: KeptMeasurement, curves: KeptCurves, out: Path) -> None:
    if curves.joints_m is None:
        raise RecordError(
            f"Measurement {kept.id} was kept by an earlier version, without the joint centres.",
            remedy="Measure its video again, or take the joint angles (mot).",
        )
    write_joint_centres(curves.joints.time_s, curves.joints_m, out, accepted=kept.accepted)


def _report(record: Record, client_id: str, out: Path) -> None:
    write_report(report_of(record, client_id, on=date.today()), out)


def _bundle(record: Record, client_id: str, out: Path) -> None:
    """With the report for the physician in it."""
    with TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "report.pdf"
        _report(record, client_id, pdf)
        write_bundle(record.chart(client_id), out, pdf.read_bytes())


CLIENT_KINDS: Mapping[str, OfClient] = MappingProxyType(
    {
        "pdf": _report,
        "fhir": _bundle,
        "csv": lambda record, client_id, out: write_results_csv(record.chart(client_id), out),
        "parquet": lambda record, client_id, out: write_results_parquet(record.chart(client_id), out),
        "zip": write_client,
    }
)
"""What of a client can leave, by the word for it."""
MEASUREMENT_KINDS: Mapping[str, OfMeasurement] = MappingProxyType(
    {"trc": _trc, "mot": _mot, "csv": _curves_csv, "parquet": _curves_parquet}
)
"""What of a measurement can leave, by the word for it."""
