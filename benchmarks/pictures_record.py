"""A small practice to take pictures of: five clients and their sessions, with sample clips really measured.

What was measured in earlier sessions is made of the same clips: their curves, less high.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from benchmarks.browsing import PASSWORD
from rom_vision.accounts import Account, Accounts
from rom_vision.dashboard.samples import SAMPLES
from rom_vision.jobs import Jobs, Order, work_next
from rom_vision.kinematics.repetitions import find_repetitions
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, Side
from rom_vision.records import (
    Client,
    Consent,
    Exercise,
    Goal,
    History,
    MovementFinding,
    PalpationFinding,
    Record,
    Referral,
    Session,
    Treatment,
)

OWNER, THERAPIST, AT_HOME, NO_EXERCISE, REVIEWER = "olga", "thea", "anna", "ben", "rita"
WEEKS = (7, 6, 5, 4, 3, 2, 0)  # ago: the sessions
REACHED = (0.71, 0.75, 0.80, 0.86, 0.90, 0.94, 1.0)  # of today's angle
PAINS = (7, 6, 6, 5, 4, 3, 2)
ABDUCTION, KNEE, REFUSED = "left_shoulder_abduction", "right_knee_flexion", "left_hip_abduction"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pictured:
    """Where to find what is worth a picture.

    Attributes:
        measured, refused, at_home: jobs that are done: not kept yet, refused, and of a client's own film.
        invitation: of a client.
    """

    client_id: str
    exercise_id: int
    measured: str
    refused: str
    at_home: str
    invitation: str


def practice() -> Pictured:
    """Fills the empty home that the environment names; measuring takes minutes."""
    today = date.today()
    with Record.open(who=THERAPIST) as record, Accounts.open(who="shell") as accounts, Jobs.open() as jobs:
        settings = record.settings()
        record.change_settings(replace(settings, practice="Practice at the Market", therapist="Thea Sommer"))
        anna, ben, *_ = _clients(record)
        _people(accounts, anna, ben)
        exercises = _exercises(record, anna, today)
        abduction = _measured(jobs, Order(anna.id, "shoulder_abduction", "left", "active"), ABDUCTION)
        refused = _measured(jobs, Order(ben.id, "knee_flexion", "right", "active"), REFUSED)
        _series(record, anna, jobs.outcome(abduction).measurement, today)
        _others(record, today)
        answer = Order(anna.id, "knee_flexion", "right", "active", exercise_id=exercises[1].id, keep=True)
        at_home = _measured(jobs, answer, KNEE)
        return Pictured(
            client_id=anna.id,
            exercise_id=exercises[0].id or 0,
            measured=abduction,
            refused=refused,
            at_home=at_home,
            invitation=accounts.invite(None, "client", [ben.id]),
        )


def _clients(record: Record) -> list[Client]:
    known = (
        ("Anna Berg", date(1980, 5, 17), "female"), ("Ben Carlsen", date(1968, 2, 3), "male"),
        ("Carla Dietz", date(1991, 9, 30), "female"), ("Deniz Ertan", date(1975, 12, 8), "male"),
        ("Elin Falk", date(1999, 7, 21), "female"),
    )  # fmt: skip
    return [record.add_client(name, birth_date=born, sex=sex) for name, born, sex in known]


def _people(accounts: Accounts, anna: Client, ben: Client) -> None:
    owner: Account = accounts.add_owner(OWNER, "Olga Winter", PASSWORD)
    for role, user_name, name, clients in (
        ("therapist", THERAPIST, "Thea Sommer", []),
        ("client", AT_HOME, "Anna", [anna.id]),
        ("client", NO_EXERCISE, "Ben", [ben.id]),
        ("reviewer", REVIEWER, "Dr. Eva Grün", [anna.id]),
    ):
        accounts.join(accounts.invite(owner, role, clients), user_name, name, PASSWORD)


def _measured(jobs: Jobs, order: Order, clip: str) -> str:
    """The id of the job that measured a sample clip."""
    job_id = jobs.submit(order, SAMPLES / f"{clip}.mp4", AT_HOME if order.keep else THERAPIST, move=False)
    while not work_next(jobs, "pictures"):
        pass
    return job_id


def _exercises(record: Record, anna: Client, today: date) -> list[Exercise]:
    since = today - timedelta(weeks=2)
    wanted: Sequence[tuple[str, Side, str]] = (
        ("shoulder_abduction", "left", "Breathe on, and stop before it hurts."),
        ("knee_flexion", "right", "Hold on to a chair."),
    )
    return [
        record.save(
            Exercise(
                client_id=anna.id, movement=movement, side=side, repetitions=5, times_a_week=1, starts_on=since,
                note=note,
            )
        )
        for movement, side, note in wanted
    ]  # fmt: skip


def _series(record: Record, anna: Client, last: Measurement, today: date) -> None:
    """A stiff and sore shoulder, better from week to week; today's test is not kept yet."""
    order = record.save(
        Referral(
            client_id=anna.id, physician="Dr. Eva Grün", practice="At the Church",
            diagnosis="Frozen shoulder, left",
            written_on=today - timedelta(weeks=8), icd10=("M75.0",),
            techniques=("massage", "trigger_point_therapy"),
            sessions_ordered=8, how_often="once a week", valid_until=today + timedelta(days=9),
        )
    )  # fmt: skip
    agreed = today - timedelta(weeks=7)
    record.save(Consent(client_id=anna.id, purpose="treatment", given_on=agreed))
    record.save(Consent(client_id=anna.id, purpose="report_to_physician", given_on=agreed))
    record.save(
        Goal(
            client_id=anna.id, aim="motion_regained", what="Reach the top shelf", yardstick="movement_test",
            movement="shoulder_abduction", side="left", mode="active", target_deg=160.0,
            by=today + timedelta(weeks=4),
        )
    )  # fmt: skip
    record.save(History(client_id=anna.id, kind="injury", what="Fall on the left arm", on=date(2024, 2, 1)))
    for number, (weeks, share, pain) in enumerate(zip(WEEKS, REACHED, PAINS, strict=True)):
        on = today - timedelta(weeks=weeks)
        kind = "treatment" if number else "first_assessment"
        held = record.save(
            Session(client_id=anna.id, on=on, kind=kind, referral_id=order.id, therapist="Thea Sommer",
                    subjective="Sleeps on the left side again." if number > 4 else "Wakes up when turning over.")
        )  # fmt: skip
        _found(record, held, pain)
        if weeks:
            _tested(record, held, less(last, share, on, number), pain)
        if number in (0, 4):
            _tested(record, held, less(last, share + 0.06, on, 100 + number, "passive"), pain)


def _found(record: Record, held: Session, pain: int) -> None:
    own = {"client_id": held.client_id, "session_id": held.id or 0, "side": "left"}
    record.save(
        PalpationFinding(region="shoulder_blade", face="back", x=0.38, y=0.245, kind="trigger_point_active",
                         muscle="infraspinatus", pain=pain, quality="dull", **own)
    )  # fmt: skip
    if pain > 3:
        record.save(
            PalpationFinding(region="angle_of_neck", face="back", x=0.43, y=0.16, kind="hypertonic_muscle",
                             muscle="levator_scapulae", pain=pain - 2, **own)
        )  # fmt: skip
    record.save(
        Treatment(client_id=held.client_id, session_id=held.id or 0, techniques=("trigger_point_therapy",),
                  regions=("shoulder_blade",), minutes=30, pain_before=pain, pain_after=max(pain - 2, 0))
    )  # fmt: skip


def _tested(record: Record, held: Session, measurement: Measurement, pain: int) -> None:
    video = SAMPLES / f"{ABDUCTION}.mp4"
    kept = record.keep(held.client_id, measurement, video, overlay=video, on=held.on, kind=held.kind)
    record.save(
        MovementFinding(client_id=held.client_id, session_id=held.id or 0, movement=measurement.test.id,
                        side=measurement.side, mode=measurement.mode, by="film", measurement_id=kept.id, pain=pain)
    )  # fmt: skip


def less(last: Measurement, share: float, on: date, number: int, mode: Mode = "active") -> Measurement:
    """As if it had gone less far, on an earlier day and in a film of its own."""
    curve = last.curve * share
    provenance = replace(
        last.provenance, video_sha256=f"{number:064x}", made_at=datetime.combine(on, time(9), UTC)
    )
    return replace(
        last, curve=curve, repetitions=find_repetitions(last.curves.time_s, curve), mode=mode,
        peak_deg=None if last.peak_deg is None else last.peak_deg * share, provenance=provenance,
    )  # fmt: skip


def _others(record: Record, today: date) -> None:
    """They were here lately too."""
    for number, client in enumerate(record.clients()[1:]):
        on = today - timedelta(days=3 * number)
        record.save(Session(client_id=client.id, on=on, kind="treatment", therapist="Thea Sommer"))
