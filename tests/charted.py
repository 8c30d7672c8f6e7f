"""One entry of each kind, every field filled in."""

from dataclasses import replace
from datetime import date
from typing import Any

from rom_vision.records import (
    Consent,
    Exercise,
    Goal,
    History,
    Letter,
    Limit,
    MovementFinding,
    PalpationFinding,
    Referral,
    Session,
    Treatment,
)

DAY = date(2026, 11, 3)


def consent(client_id: str, **changed: Any) -> Consent:
    full = Consent(
        client_id=client_id,
        purpose="other",
        given_on=DAY,
        withdrawn_on=date(2026, 11, 20),
        note="a photo for the wall",
    )
    return replace(full, **changed)


def referral(client_id: str, **changed: Any) -> Referral:
    full = Referral(
        client_id=client_id,
        physician="Dr. Grün",
        practice="At the Market",
        written_on=DAY,
        diagnosis="Impingement, right",
        icd10=("M75.41", "M54.2"),
        techniques=("massage", "other"),
        other_technique="cupping",
        sessions_ordered=6,
        how_often="twice a week",
        precautions="no pressure on the neck",
        contraindications="none",
        valid_until=date(2027, 2, 1),
    )
    return replace(full, **changed)


def history(client_id: str, **changed: Any) -> History:
    full = History(
        client_id=client_id,
        kind="surgery",
        what="Meniscus sutured",
        on=date(2019, 5, 1),
        region="inner_knee",
        side="left",
        note="well",
        limits=(Limit(movement="knee_flexion", side="left", mode="passive"), Limit(movement="squat")),
    )
    return replace(full, **changed)


def goal(client_id: str, **changed: Any) -> Goal:
    full = Goal(
        client_id=client_id,
        aim="motion_regained",
        what="Hang up the washing",
        yardstick="movement_test",
        movement="shoulder_abduction",
        side="right",
        mode="active",
        region="top_of_shoulder",
        target_deg=150.0,
        by=date(2026, 12, 24),
    )
    return replace(full, **changed)


def exercise(client_id: str, **changed: Any) -> Exercise:
    full = Exercise(
        client_id=client_id,
        movement="knee_flexion",
        side="left",
        repetitions=10,
        times_a_week=7,
        starts_on=DAY,
        until=date(2026, 11, 30),
        note="slowly",
    )
    return replace(full, **changed)


def letter(client_id: str, **changed: Any) -> Letter:
    full = Letter(client_id=client_id, in_short="Much better.", suggestion="Six more, once a week.")
    return replace(full, **changed)


def session(client_id: str, **changed: Any) -> Session:
    full = Session(
        client_id=client_id,
        on=DAY,
        kind="treatment",
        therapist="Thea",
        subjective="better at night",
        objective="swelling gone",
        assessment="on the way",
        plan="go on",
    )
    return replace(full, **changed)


def palpation(client_id: str, session_id: int, **changed: Any) -> PalpationFinding:
    full = PalpationFinding(
        client_id=client_id,
        session_id=session_id,
        region="angle_of_neck",
        side="right",
        face="back",
        x=0.55,
        y=0.15,
        kind="trigger_point_active",
        pain=7,
        quality="aching",
        referral_area="behind the eye",
        muscle="levator_scapulae",
        note="two fingers wide",
    )
    return replace(full, **changed)


def movement(client_id: str, session_id: int, **changed: Any) -> MovementFinding:
    full = MovementFinding(
        client_id=client_id,
        session_id=session_id,
        movement="shoulder_abduction",
        side="right",
        mode="passive",
        by="goniometer",
        value_deg=132.5,
        uncertainty_deg=5.0,
        pain=4,
        painful_from_deg=60.0,
        painful_to_deg=120.0,
        end_feel="empty",
        concordant=True,
        note="held his breath",
    )
    return replace(full, **changed)


def treatment(client_id: str, session_id: int, **changed: Any) -> Treatment:
    full = Treatment(
        client_id=client_id,
        session_id=session_id,
        techniques=("trigger_point_therapy", "other"),
        other_technique="cupping",
        regions=("buttock", "low_back"),
        minutes=45,
        response="tired, content",
        pain_before=6,
        pain_after=2,
    )
    return replace(full, **changed)


OF_A_CLIENT = (consent, referral, history, goal, exercise, session, letter)
OF_A_SESSION = (palpation, movement, treatment)
