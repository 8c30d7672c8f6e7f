"""What leaves the record is in the audit, and takes no other file's place."""

import csv
import json

import numpy as np
import pyarrow.parquet as pq
import pytest
from measured import knee_flexion
from sqlalchemy import update

from rom_vision.errors import RecordError, UsageError
from rom_vision.exchange.export import CLIENT_KINDS, MEASUREMENT_KINDS, export_client, export_measurement
from rom_vision.exchange.opensim import write_joint_angles, write_joint_centres
from rom_vision.records import KeptCurves
from rom_vision.records.curves import to_parquet
from rom_vision.records.tables import MeasurementRow


def exports(record):
    return [(row.client_id, row.what) for row in record.audit() if row.action == "export"]


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_each_export_of_a_client_is_in_the_audit(record, bea, tmp_path, kind):
    export_client(record, bea.id, kind, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 500
    assert exports(record) == [(bea.id, f"client {kind}")]


@pytest.mark.parametrize("kind", MEASUREMENT_KINDS)
def test_each_export_of_a_measurement_is_in_the_audit(record, bea, tmp_path, kind):
    kept = record.measurements(bea.id)[0]
    export_measurement(record, kept.id, kind, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 500
    assert exports(record) == [(bea.id, f"measurement {kept.id} {kind}")]


@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_what_is_there_is_not_written_over(record, bea, tmp_path, kind):
    (tmp_path / "out").write_text("precious")
    with pytest.raises(UsageError, match=r"There is a file .*out already. Choose another name"):
        export_client(record, bea.id, kind, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "precious"
    assert exports(record) == []


def test_who_is_not_there_leaves_no_file(record, tmp_path):
    with pytest.raises(RecordError, match="no client C-222222"):
        export_client(record, "C-222222", "csv", tmp_path / "out")
    with pytest.raises(RecordError, match="no measurement 7"):
        export_measurement(record, 7, "csv", tmp_path / "out")
    assert not list(tmp_path.glob("out*"))


def test_nothing_leaves_that_the_audit_can_not_note(record, bea, tmp_path):
    """The folder of the audit's head is not to be written to."""
    head = tmp_path / "home" / "data" / "audit"
    for file in sorted(head.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    head.rmdir()
    head.write_text("no folder")
    with pytest.raises(RecordError, match="audit's head was not"):
        export_client(record, bea.id, "csv", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_bundle_is_the_clients(record, bea, tmp_path):
    export_client(record, bea.id.lower(), "fhir", tmp_path / "out.json")
    patient = json.loads((tmp_path / "out.json").read_text())["entry"][0]["resource"]
    assert patient["identifier"][0]["value"] == bea.id


class TestCurves:
    def test_opensims_files_are_those_of_the_measurement_itself(self, record, bea, tmp_path):
        """Written from what was kept, and from what was measured: the same cells to a micrometre."""
        measured, kept = knee_flexion(), record.measurements(bea.id)[0]
        export_measurement(record, kept.id, "mot", tmp_path / "kept.mot")
        write_joint_angles(measured.curves, tmp_path / "measured.mot", accepted=True)
        assert (tmp_path / "kept.mot").read_text() == (tmp_path / "measured.mot").read_text()

        export_measurement(record, kept.id, "trc", tmp_path / "kept.trc")
        body = measured.body
        single = body.joints_m.astype(np.float32)  # the figure is filmed from a kilometre away
        write_joint_centres(body.time_s, single.astype(float), tmp_path / "measured.trc", accepted=True)
        assert (tmp_path / "kept.trc").read_text() == (tmp_path / "measured.trc").read_text()

    def test_a_refused_one_is_marked(self, record, bea, tmp_path):
        (refused,) = [kept for kept in record.measurements(bea.id) if not kept.accepted]
        for kind in ("trc", "mot"):
            export_measurement(record, refused.id, kind, tmp_path / kind)
            assert "refused" in (tmp_path / kind).read_text().split("\n")[0]

    def test_one_kept_without_joint_centres_says_so(self, record, bea, tmp_path):
        kept = record.measurements(bea.id)[0]
        measured = knee_flexion()
        old = to_parquet(KeptCurves(joints=measured.curves, tested_deg=measured.curve))
        with record._writing() as (db, _):
            db.execute(update(MeasurementRow).where(MeasurementRow.id == kept.id).values(curves=old))
        with pytest.raises(RecordError, match=r"without the joint centres. Measure its video again"):
            export_measurement(record, kept.id, "trc", tmp_path / "out.trc")
        assert not (tmp_path / "out.trc").exists()
        export_measurement(record, kept.id, "mot", tmp_path / "out.mot")

    def test_the_tables_hold_the_tested_motion_too(self, record, bea, tmp_path):
        kept = record.measurements(bea.id)[0]
        export_measurement(record, kept.id, "csv", tmp_path / "out.csv")
        export_measurement(record, kept.id, "parquet", tmp_path / "out.parquet")
        with (tmp_path / "out.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        table = pq.read_table(tmp_path / "out.parquet")
        peak = max(float(row["tested_deg"]) for row in rows)
        assert peak == pytest.approx(kept.peak_deg, abs=0.01)
        assert table["tested_deg"].to_numpy().max() == kept.peak_deg
        assert {"time_s", "tested_deg", "left_knee_flexion_deg"} <= set(rows[0])
        assert {"time_s", "tested_deg", "left_knee_x_m"} <= set(table.column_names)
