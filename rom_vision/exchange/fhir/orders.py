"""What it is about: the physician's order with its diagnoses, what was before, the sessions, what was done."""

import html
import re
from collections.abc import Iterator

from rom_vision.exchange.captions import title
from rom_vision.exchange.fhir.parts import Resource, concept, filled, hl7, laterality, note, reference, resource
from rom_vision.exchange.fhir.people import person, subject
from rom_vision.movements import MODES, load_red_flags, load_regions, load_techniques, movement_test
from rom_vision.records import Chart, History, Limit, Referral, Session, Treatment

ICD10, ICD10_CM = "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"
XHTML = "http://www.w3.org/1999/xhtml"


def order(referral: Referral) -> Resource:
    """A referral; it is done when all sessions were held."""
    who = referral.client_id
    techniques = _techniques(referral.techniques, referral.other_technique)
    return resource(
        "ServiceRequest", who, f"referral {referral.id}",
        status="completed" if referral.sessions_left <= 0 else "active",
        intent="order",
        code=concept("Clinical massage"),
        orderDetail=[concept(technique) for technique in techniques],
        subject=subject(who),
        authoredOn=referral.written_on.isoformat(),
        requester=person(who, referral.physician, f"{referral.physician}, {referral.practice}".rstrip(", ")),
        occurrenceTiming={
            "repeat": {"boundsPeriod": _valid(referral), "count": referral.sessions_ordered},
            **filled({"code": concept(referral.how_often)}),
        },
        reasonReference=[reference(who, what) for what, _ in _diagnoses(referral)],
        note=note(
            *(f"{name}: {text}" for name, text in (
                ("Precautions", referral.precautions), ("Contraindications", referral.contraindications),
            ) if text.strip()),
        ),
    )  # fmt: skip


def ordered_for(referral: Referral) -> list[Resource]:
    """The diagnoses of a referral."""
    who = referral.client_id
    return [
        resource(
            "Condition", who, what,
            clinicalStatus=concept("", hl7("condition-clinical", "active")),
            category=[concept("", hl7("condition-category", "problem-list-item"))],
            code=code,
            subject=subject(who),
            recordedDate=referral.written_on.isoformat(),
            asserter=person(who, referral.physician),
        )
        for what, code in _diagnoses(referral)
    ]  # fmt: skip


def past(history: History) -> Resource:
    """What was before. What has become of it since is not known, so there is no clinical status."""
    who, what = history.client_id, f"history {history.id}"
    when = history.on.isoformat() if history.on else None
    age = history.age_years is not None and {
        "value": history.age_years, "unit": "years", "system": "http://unitsofmeasure.org", "code": "a",
    }  # fmt: skip
    notes = note(history.note, _limits(history.limits))
    if history.kind == "medication":
        aged = f"From the age of {history.age_years}" if age else ""
        return resource(
            "MedicationStatement", who, what, status="unknown", medicationCodeableConcept=concept(history.what),
            subject=subject(who), effectiveDateTime=when, note=note(aged) + notes,
        )  # fmt: skip
    if history.kind in {"surgery", "massage"}:
        return resource(
            "Procedure", who, what, status="completed", code=concept(history.what), subject=subject(who),
            performedDateTime=when, performedAge=age or None, bodySite=_sites(history), note=notes,
        )  # fmt: skip
    return resource(
        "Condition", who, what, code=concept(history.what), subject=subject(who), onsetDateTime=when,
        onsetAge=age or None, bodySite=_sites(history), note=notes,
    )  # fmt: skip


def encounter(session: Session) -> Resource:
    """A session; at home the therapist was not there."""
    who, day = session.client_id, session.on.isoformat()
    therapist = person(who, session.therapist)
    return resource(
        "Encounter", who, f"session {session.id}",
        text=_narrative(session),
        status="finished",
        **{"class": hl7("v3-ActCode", "VR" if session.kind == "home" else "AMB")},
        type=[concept(session.kind.replace("_", " "))],
        subject=subject(who),
        participant=[{"individual": therapist}] if therapist else [],
        period={"start": day, "end": day},
        basedOn=[] if session.referral_id is None else [reference(who, f"referral {session.referral_id}")],
    )  # fmt: skip


def treatment(done: Treatment, session: Session) -> Resource:
    """What was done in a session."""
    who, regions = done.client_id, load_regions()
    pain = [
        f"Pain {when} treatment: {points} of 10"
        for when, points in (("before", done.pain_before), ("after", done.pain_after))
        if points is not None
    ]
    return resource(
        "Procedure", who, f"treatment {done.id}",
        status="completed",
        code=concept(", ".join(_techniques(done.techniques, done.other_technique))),
        subject=subject(who),
        encounter=reference(who, f"session {session.id}"),
        performedDateTime=session.on.isoformat(),
        bodySite=[concept(regions[region].name) for region in done.regions],
        outcome=concept(done.response) or None,
        note=note(f"{done.minutes} minutes", *pain),
    )  # fmt: skip


def problems(chart: Chart) -> Iterator[Resource]:
    """All diagnoses, and what was before."""
    for referral in chart.referrals:
        yield from ordered_for(referral)
    yield from map(past, chart.history)


def _diagnoses(referral: Referral) -> list[tuple[str, dict[str, object]]]:
    """What each is, and the diagnosis in code and words; the words go with the code where there is one code."""
    codes = [{"system": _icd10(code), "code": code} for code in referral.icd10]
    if len(codes) == 1:
        found = [concept(referral.diagnosis, codes[0])]
    else:
        found = [concept(referral.diagnosis)] if referral.diagnosis.strip() else []
        found += [concept("", code) for code in codes]
    return [(f"diagnosis {number} of referral {referral.id}", code) for number, code in enumerate(found, start=1)]


def _icd10(code: str) -> str:
    """WHO's ICD-10 has one digit after the point at most, and no side; what is longer is taken for its CM."""
    return ICD10 if re.fullmatch(r"[A-Z]\d[0-9A-Z](\.\d)?", code) else ICD10_CM


def _valid(referral: Referral) -> dict[str, str]:
    end = {"end": referral.valid_until.isoformat()} if referral.valid_until else {}
    return {"start": referral.written_on.isoformat()} | end


def _techniques(techniques: tuple[str, ...], other: str) -> list[str]:
    known = load_techniques()
    return [known[technique].name if technique in known else other for technique in techniques]


def _sites(history: History) -> list[dict[str, object]]:
    if not history.region:
        return []
    side = {"extension": [laterality(history.side)]} if history.side else {}
    return [concept(load_regions()[history.region].name) | side]


def _limits(limits: tuple[Limit, ...]) -> str:
    """In words: which tests must not be done."""
    said = []
    for limit in limits:
        test = movement_test(limit.movement)
        modes = (limit.mode,) if limit.mode else MODES
        said += [title(test, limit.side, mode) for mode in modes]
    return f"Not to be done: {'; '.join(said)}" if said else ""


def _narrative(session: Session) -> dict[str, str] | None:
    """The session's notes, which have no element of their own."""
    written = [
        (name.capitalize(), getattr(session, name).strip())
        for name in ("subjective", "objective", "assessment", "plan")
    ]
    written += [("Red flag", load_red_flags()[flag].name) for flag in session.red_flags]
    said = "".join(
        f"<p>{name}: {html.escape(' '.join(text.split()), quote=False)}</p>" for name, text in written if text
    )
    return {"status": "additional", "div": f'<div xmlns="{XHTML}">{said}</div>'} if said else None
