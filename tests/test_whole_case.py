"""A client from the physician's order to the report and the end of the record, through what anybody may call."""

import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from films import SAMPLES

from rom_vision.errors import RecordError
from rom_vision.exchange.client_unzip import import_client
from rom_vision.exchange.export import export_client, export_measurement
from rom_vision.exchange.report import report_of
from rom_vision.measure import Measurement, measure
from rom_vision.movements import Mode, movement_test
from rom_vision.records import (
    Client,
    Consent,
    Exercise,
    Goal,
    History,
    Limit,
    MovementFinding,
    PalpationFinding,
    Record,
    Referral,
    Session,
    Treatment,
)

CLIP, HOME_CLIP = (SAMPLES / f"left_{name}.mp4" for name in ("elbow_flexion", "shoulder_abduction"))
ELBOW, SHOULDER = movement_test("elbow_flexion"), movement_test("shoulder_abduction")
FIRST = date(2026, 9, 1)
DAYS = [FIRST + timedelta(days=7 * week) for week in range(6)]


@pytest.fixture(scope="module")
def filmed() -> dict[Mode, Measurement]:
    """One clip in all three modes; the small model will do."""
    modes: tuple[Mode, ...] = ("active", "passive", "resisted")
    return {mode: measure(CLIP, ELBOW, "left", mode, model="lite") for mode in modes}


def test_a_whole_case(home: Path, tmp_path: Path, filmed: dict[Mode, Measurement]) -> None:
    with Record.open(who="Thea") as record:
        client = record.add_client("Anna Example", birth_date=date(1980, 5, 17), sex="female")
        referral = ordered(record, client)
        assessed(record, client, referral, filmed)
        treated(record, client, referral)
        practised(record, client)
        told_of(record, client)
        handed_over(record, client, tmp_path)
        taken_in_elsewhere(record, client, tmp_path)
        erased(record, client)
        assert record.audit_problems() == []


def ordered(record: Record, client: Client) -> Referral:
    record.save(Consent(client_id=client.id, purpose="filming", given_on=FIRST))
    record.save(
        History(
            client_id=client.id, kind="surgery", what="Wrist pinned", age_years=30, side="left",
            limits=(Limit(movement="wrist_extension", side="left", mode="passive"),),
        )
    )  # fmt: skip
    return record.save(
        Referral(
            client_id=client.id, physician="Dr. Grün", written_on=FIRST, diagnosis="Tennis elbow, left",
            icd10=("M77.12",), techniques=("massage",), sessions_ordered=6,
        )
    )  # fmt: skip


def assessed(record: Record, client: Client, referral: Referral, filmed: dict[Mode, Measurement]) -> None:
    session = record.save(
        Session(client_id=client.id, on=FIRST, kind="first_assessment", referral_id=referral.id, therapist="Thea")
    )
    assert session.id is not None
    record.save(
        PalpationFinding(
            client_id=client.id, session_id=session.id, region="outer_elbow", side="left", face="front",
            x=0.76, y=0.36, kind="trigger_point_active", pain=7, quality="sharp", referral_area="back of the hand",
        )
    )  # fmt: skip
    for mode in ("active", "passive"):
        assert filmed[mode].accepted, filmed[mode].problems
    for mode, measurement in filmed.items():
        kept = record.keep(client.id, measurement, CLIP, on=FIRST, kind="first_assessment")
        feel = "soft" if mode == "passive" else None
        record.save(
            MovementFinding(
                client_id=client.id, session_id=session.id, movement=ELBOW.id, side="left", mode=mode, by="film",
                measurement_id=kept.id, pain=4, end_feel=feel, strength=4 if mode == "resisted" else None,
            )
        )  # fmt: skip
    record.save(
        MovementFinding(
            client_id=client.id, session_id=session.id, movement=ELBOW.id, side="right", mode="active",
            by="goniometer", value_deg=148.0, uncertainty_deg=5.0,
        )
    )  # fmt: skip
    goal = Goal(
        client_id=client.id, aim="motion_regained", what="Lift the kettle", yardstick="movement_test",
        movement=ELBOW.id, side="left", mode="active", target_deg=150.0,
    )  # fmt: skip
    record.save(goal)


def treated(record: Record, client: Client, referral: Referral) -> None:
    for number, day in enumerate(DAYS[1:]):
        session = record.save(
            Session(client_id=client.id, on=day, kind="treatment", referral_id=referral.id, therapist="Thea")
        )
        assert session.id is not None
        record.save(
            Treatment(
                client_id=client.id, session_id=session.id, techniques=("massage", "trigger_point_therapy"),
                regions=("outer_elbow",), minutes=40, pain_before=7 - number, pain_after=6 - number,
            )
        )  # fmt: skip
        record.save(
            MovementFinding(
                client_id=client.id, session_id=session.id, movement=ELBOW.id, side="left", mode="active",
                by="goniometer", value_deg=128.0 + 5 * number, uncertainty_deg=5.0, pain=max(0, 4 - number),
            )
        )  # fmt: skip


def practised(record: Record, client: Client) -> None:
    exercise = record.save(
        Exercise(
            client_id=client.id, movement=SHOULDER.id, side="left", repetitions=10, times_a_week=1,
            starts_on=DAYS[0], until=DAYS[1] - timedelta(days=1),
        )
    )  # fmt: skip
    film = measure(HOME_CLIP, SHOULDER, "left", model="lite")
    record.keep(client.id, film, HOME_CLIP, on=DAYS[0] + timedelta(days=3), exercise_id=exercise.id, kind="home")
    (kept,) = record.adherence(client.id, DAYS[-1])
    assert (kept.done, kept.due) == (1, 1)


def told_of(record: Record, client: Client) -> None:
    report = report_of(record, client.id, on=DAYS[-1], suggestion="Three further sessions.")
    assert report.referral is not None
    assert report.referral.sessions_used == 5
    assert [trial.mode for trial in report.trials if trial.on == FIRST and trial.side == "left"] == [
        "active",
        "passive",
        "resisted",
    ]
    course = next(course for course in report.courses if course.visits[0].kind == (ELBOW.id, "left", "active"))
    assert len(course.visits) == 6
    assert course.pain_change == -4
    assert course.rate is not None
    assert course.sides_now is not None
    assert report.goals[0].goal.what == "Lift the kettle"


def handed_over(record: Record, client: Client, folder: Path) -> None:
    for kind in ("pdf", "fhir", "csv", "zip"):
        export_client(record, client.id, kind, folder / f"client.{kind}")
    pages = pypdf.PdfReader(folder / "client.pdf").pages
    text = "\n".join(page.extract_text() for page in pages)
    assert len(pages) <= 2
    for words in ("Anna Example", "Dr. Grün", "Tennis elbow", "Active trigger point", "Elbow flexion"):
        assert words in text
    bundle = json.loads((folder / "client.fhir").read_text(encoding="utf-8"))
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert {"Patient", "ServiceRequest", "Encounter", "Observation", "DiagnosticReport"} <= set(kinds)
    assert (
        len((folder / "client.csv").read_text(encoding="utf-8").splitlines())
        == 1 + len(record.chart(client.id).movement) + 1
    )  # a head, the findings, and the film from home of which nobody wrote
    measurement = record.measurements(client.id)[0]
    for kind in ("trc", "mot"):
        export_measurement(record, measurement.id, kind, folder / f"curves.{kind}")
    exports = [row.what for row in record.audit() if row.action == "export"]
    assert len(exports) == 6


def taken_in_elsewhere(record: Record, client: Client, folder: Path) -> None:
    assert "record.json" in {Path(name).name for name in zipfile.ZipFile(folder / "client.zip").namelist()}
    with Record.open(f"sqlite:///{folder / 'elsewhere.sqlite3'}", who="Tom") as other:
        taken = import_client(other, folder / "client.zip")
        theirs, ours = other.chart(taken.id), record.chart(client.id)
        assert taken.name == client.name
        for kind in ("referrals", "history", "goals", "sessions", "palpation", "movement", "treatments"):
            assert len(getattr(theirs, kind)) == len(getattr(ours, kind)) > 0
        assert [m.peak_deg for m in theirs.measurements] == [m.peak_deg for m in ours.measurements]


def erased(record: Record, client: Client) -> None:
    videos = [kept.video_path for kept in record.measurements(client.id) if kept.video_path]
    assert all(video.exists() for video in videos)
    record.remove_client(client.id)
    record.restore_client(client.id)
    record.erase_client(client.id)
    assert not any(video.exists() for video in videos)
    with pytest.raises(RecordError):
        record.chart(client.id)
    assert record.clients() == []
