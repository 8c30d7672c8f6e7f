"""What the hand found: each palpation finding as an Observation."""

from typing import Any

from rom_vision.exchange.fhir.parts import (
    Resource,
    coding,
    concept,
    hl7,
    laterality,
    note,
    own,
    reference,
    resource,
    score,
)
from rom_vision.exchange.fhir.people import people, subject
from rom_vision.movements import load_findings, load_muscles, load_pain_qualities, load_regions
from rom_vision.records import PalpationFinding, Session


def palpation(found: PalpationFinding, session: Session) -> Resource:
    """One finding, with the pain on pressure beside it."""
    who = found.client_id
    region = load_regions()[found.region].name
    return resource(
        "Observation", who, named(found),
        status="final",
        category=[concept("", hl7("observation-category", "exam"))],
        code=concept("Finding of palpation", own("palpation")),
        subject=subject(who),
        encounter=reference(who, f"session {session.id}"),
        effectiveDateTime=session.on.isoformat(),
        performer=people(who, session.therapist),
        valueCodeableConcept=concept(load_findings()[found.kind].name, own(found.kind)),
        note=note(found.note),
        bodySite=concept(f"{region}, {found.side}" if found.side else region, own(found.region))
        | ({"extension": [laterality(found.side)]} if found.side else {}),
        method=concept("palpation"),
        component=_components(found),
    )  # fmt: skip


def named(found: PalpationFinding) -> str:
    """What the resource is, for its id."""
    return f"palpation finding {found.id}"


def _components(found: PalpationFinding) -> list[dict[str, Any]]:
    components = [{"code": concept("Pain on pressure", coding("pain")), "valueQuantity": score(found.pain)}]
    words = {
        "pain_quality": ("Quality of the pain", found.quality and load_pain_qualities()[found.quality].name),
        "muscle": ("Muscle", found.muscle and load_muscles()[found.muscle].name),
        "level": ("Level of the spine", found.level),
        "referral_area": ("Where it sends its pain", found.referral_area.strip()),
    }
    return components + [
        {"code": concept(name, own(code)), "valueCodeableConcept": concept(said)}
        for code, (name, said) in words.items()
        if said
    ]
