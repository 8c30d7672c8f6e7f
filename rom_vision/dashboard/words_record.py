"""What the pages say about the clinical record: its fields, its choices, and each entry as a line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import singledispatch
from typing import Final

from rom_vision.exchange import captions
from rom_vision.movements import (
    load_end_feels,
    load_findings,
    load_muscles,
    load_pain_qualities,
    load_red_flags,
    load_regions,
    load_segments,
    load_techniques,
    movement_test,
)
from rom_vision.records import (
    Adherence,
    Client,
    Consent,
    Entry,
    Exercise,
    Goal,
    History,
    MovementFinding,
    PalpationFinding,
    Referral,
    Session,
    Treatment,
)

CLIENT: Final = "Client"
ASSESSMENT: Final = "Assessment"
HISTORY: Final = "History and referral"
TREATMENT: Final = "Treatment"
HOME: Final = "Home programme"
EDIT: Final = "Change"
SAVE: Final = "Save"
DELETE: Final = "Delete"
DELETED: Final = "Deleted."
UNDO: Final = "Undo"
NOTHING: Final = "Nothing is written down yet."
LINKED: Final = "What it has to do with"
NOT_SAID: Final = "not said"
SESSION: Final = "Session"
SESSION_FIRST: Final = "Findings and treatments belong to a session: add one first."
YES_NO: Final = {True: "Yes", False: "No"}
COMMA_SEPARATED: Final = "Several with commas between them."

KINDS: Mapping[type[Entry], tuple[str, str]] = {
    Consent: ("Consents", "Add a consent"),
    Referral: ("Referrals", "Add a referral"),
    History: ("Past injuries, surgeries and conditions", "Add to the history"),
    Goal: ("Goals of the series", "Add a goal"),
    Exercise: ("Exercises", "Add an exercise"),
    Session: ("Sessions", "Add a session"),
    PalpationFinding: ("Palpation", "Add a finding"),
    MovementFinding: ("Movement tests", "Add a test by hand"),
    Treatment: ("Treatments", "Add a treatment"),
}
"""Each kind of entry in the plural, and the button that adds one."""

FIELDS: Mapping[str, str] = {
    "purpose": "For", "given_on": "Given on", "withdrawn_on": "Withdrawn on", "note": "Note",
    "physician": "Physician", "practice": "Practice", "written_on": "Written on", "diagnosis": "Diagnosis",
    "icd10": "ICD-10 codes", "techniques": "Techniques", "other_technique": "Other technique, in words",
    "sessions_ordered": "Sessions ordered", "how_often": "How often", "precautions": "Precautions",
    "contraindications": "Contraindications", "valid_until": "Valid until", "kind": "Kind", "what": "What",
    "on": "Day", "age_years": "Or at the age of", "region": "Region", "side": "Side",
    "limits": "Tests that must not be done", "aim": "Aim", "yardstick": "Told by", "movement": "Movement test",
    "mode": "Mode", "target_deg": "Target in degrees", "target_pain": "Target pain (0–10)", "by": "By",
    "repetitions": "Repetitions", "times_a_week": "Times a week", "starts_on": "From", "until": "Until",
    "referral_id": "Under the referral", "therapist": "Therapist", "subjective": "Subjective",
    "objective": "Objective", "assessment": "Assessment", "plan": "Plan",
    "red_flags": "Red flags", "session_id": "Session",
    "face": "Seen from", "x": "Place across (0–1)", "y": "Place down (0–1)", "pain": "Pain (0–10)",
    "quality": "Quality of the pain", "referral_area": "Pain is sent to", "level": "Level (like C6)",
    "muscle": "Muscle", "measurement_id": "Measurement", "value_deg": "Angle in degrees",
    "uncertainty_deg": "± degrees", "painful_from_deg": "Painful from (°)", "painful_to_deg": "Painful to (°)",
    "end_feel": "End feel", "strength": "Strength (0–5)", "force_n": "Force in newtons",
    "concordant": "The pain the client came for?", "regions": "Regions", "minutes": "Minutes",
    "response": "How the client took it", "pain_before": "Pain before (0–10)", "pain_after": "Pain after (0–10)",
}  # fmt: skip

_CHOICES: Mapping[str, str] = {
    "report_to_physician": "report to the physician", "keeping_videos": "keeping videos",
    "first_assessment": "first assessment", "re_assessment": "re-assessment", "pain_scale": "the pain scale",
    "movement_test": "a movement test", "finding": "a palpation finding", "eye": "by eye",
}  # fmt: skip


def choice(value: str) -> str:
    """A choice as people say it: the vocabulary's name where it has one."""
    for terms in (load_findings(), load_end_feels(), load_pain_qualities(), load_techniques()):
        if value in terms:
            return terms[value].name
    said = _CHOICES.get(value, value.replace("_", " "))
    return said[0].upper() + said[1:]


def head(client: Client, on: date) -> str:
    """Who it is, in a line under the name."""
    age = client.age_years(on)
    parts = [client.id, client.sex, None if age is None else f"{int(age)} years", client.contact]
    return " · ".join(part for part in parts if part)


def session(held: Session) -> str:
    """A session in a list."""
    return f"{captions.day(held.on)} · {choice(held.kind)}"


def sessions_used(referral: Referral, on: date) -> str:
    """How far an order is used up."""
    ends = ""
    if referral.valid_until:
        over = referral.valid_until < on
        ends = f", {'ended' if over else 'valid until'} {captions.day(referral.valid_until)}"
    return f"{referral.sessions_used} of {referral.sessions_ordered} sessions used{ends}"


def adherence(kept: Adherence) -> str:
    """How an exercise was kept."""
    done = "nothing due yet"
    if kept.share is not None:
        done = f"{kept.done} of {kept.due} recordings ({kept.share:.0%})"
    return f"{_exercise(kept.exercise)}: {done}"


def _exercise(entry: Exercise) -> str:
    return captions.title(movement_test(entry.movement), entry.side, "active")


def _with(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _pain(points: int | None) -> str | None:
    return None if points is None else f"pain {points}/10"


@singledispatch
def line(entry: Entry) -> str:
    """An entry in one line."""
    raise NotImplementedError(type(entry))


@line.register
def _(entry: Consent) -> str:
    withdrawn = f"withdrawn {captions.day(entry.withdrawn_on)}" if entry.withdrawn_on else None
    return _with(f"**{choice(entry.purpose)}**", f"given {captions.day(entry.given_on)}", withdrawn, entry.note)


@line.register
def _(entry: Referral) -> str:
    codes = f"({', '.join(entry.icd10)})" if entry.icd10 else ""
    return _with(
        f"**{entry.physician}**", entry.practice, captions.day(entry.written_on),
        f"{entry.diagnosis} {codes}".strip(), sessions_used(entry, date.today()),
    )  # fmt: skip


@line.register
def _(entry: History) -> str:
    when = captions.day(entry.on) if entry.on else None if entry.age_years is None else f"at {entry.age_years}"
    limits = ", ".join(dict.fromkeys(movement_test(limit.movement).name.lower() for limit in entry.limits))
    forbids = f":red[do not test: {limits}]" if limits else None
    return _with(
        f"**{entry.what}**", choice(entry.kind), when, _where(entry.region, entry.side), entry.note, forbids
    )


@line.register
def _(entry: Goal) -> str:
    by = f"by {captions.day(entry.by)}" if entry.by else None
    if entry.movement and entry.mode and entry.target_deg is not None:
        what = captions.title(movement_test(entry.movement), entry.side, entry.mode)
        return _with(f"**{entry.what}**", f"{what} to {captions.degrees(entry.target_deg)}", by)
    return _with(f"**{entry.what}**", f"pain to {entry.target_pain}/10", _where(entry.region, entry.side), by)


@line.register
def _(entry: Exercise) -> str:
    often = f"{entry.repetitions} repetitions, {entry.times_a_week} times a week"
    until = f"until {captions.day(entry.until)}" if entry.until else None
    return _with(f"**{_exercise(entry)}**", often, f"from {captions.day(entry.starts_on)}", until, entry.note)


@line.register
def _(entry: Session) -> str:
    measured = f"{entry.measurements} measured" if entry.measurements else None
    flags = ", ".join(load_red_flags()[flag].name.lower() for flag in entry.red_flags)
    stop = f":red[do not test, refer: {flags}]" if flags else None
    return _with(f"**{captions.day(entry.on)}**", choice(entry.kind), entry.therapist, measured, stop)


@line.register
def _(entry: PalpationFinding) -> str:
    kind = f"{choice(entry.kind)} {entry.level}".strip()
    sent = f"sends pain to {entry.referral_area}" if entry.referral_area else None
    return _with(f"**{kind}**", _where(entry.region, entry.side), _pain(entry.pain), sent, entry.note)


@line.register
def _(entry: MovementFinding) -> str:
    value = None
    if entry.value_deg is not None and entry.uncertainty_deg is not None:
        value = captions.peak(entry.value_deg, entry.uncertainty_deg)
    by = None if entry.by == "film" else choice(entry.by)
    strength = None if entry.strength is None else f"strength {entry.strength}/5"
    feel = f"end feel {choice(entry.end_feel).lower()}" if entry.end_feel else None
    title = captions.title(movement_test(entry.movement), entry.side, entry.mode)
    return _with(f"**{title}**", value, by, _pain(entry.pain), feel, strength, entry.note)


@line.register
def _(entry: Treatment) -> str:
    names = [entry.other_technique if name == "other" else choice(name) for name in entry.techniques]
    change = None
    if entry.pain_before is not None and entry.pain_after is not None:
        change = f"pain {entry.pain_before} → {entry.pain_after}"
    return _with(
        f"**{', '.join(names)}**", _regions(entry.regions), f"{entry.minutes} minutes", change, entry.response
    )


def linked(finding: PalpationFinding) -> str:
    """What a finding limits, and the tests that speak for or against it, one a line; empty if nothing is known."""
    return "\n".join([*_limits(finding), *_bearings(finding)])


def _limits(finding: PalpationFinding) -> Iterator[str]:
    if finding.muscle:
        muscle = load_muscles()[finding.muscle]
        opposed = ", ".join(load_muscles()[other].name.lower() for other in muscle.opposed_by)
        crosses = f"crosses {', '.join(muscle.joints)}" if muscle.joints else None
        yield f"- {muscle.name}: {_with(crosses, f'opposed by {opposed}' if opposed else None)}"
    if segment := load_segments().get(finding.level):
        yield f"- {segment.id} covers: {_regions(segment.covers.regions)}"
    for line in finding.lines:
        yield f"- {line.name}: {_regions(line.regions)}"


def _regions(ids: Sequence[str]) -> str:
    return ", ".join(load_regions()[region].name.lower() for region in ids)


def _bearings(finding: PalpationFinding) -> Iterator[str]:
    return (
        f"- **{captions.title(bearing.test, bearing.side, bearing.mode)}**: for it if {bearing.speaks_for}, "
        f"against it if {bearing.speaks_against}. {bearing.why}"
        for bearing in finding.bearings
    )


def _where(region: str, side: str | None) -> str | None:
    if not region:
        return side
    name = load_regions()[region].name.lower()
    return f"{side} {name}" if side else name
