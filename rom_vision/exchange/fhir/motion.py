"""How far the joint went: each movement test as an Observation."""

from collections.abc import Iterator
from typing import Any

from rom_vision.compare import NormDifference, against_norm
from rom_vision.exchange.captions import edited_by_hand, title
from rom_vision.exchange.each_test import Tested
from rom_vision.exchange.fhir.parts import (
    Resource,
    coding,
    concept,
    degrees,
    hl7,
    laterality,
    note,
    own,
    quantity,
    reference,
    resource,
    score,
)
from rom_vision.exchange.fhir.people import people, subject
from rom_vision.movements import Norm, load_codes, load_end_feels
from rom_vision.records import Client

BY = {"film": "filmed with one camera", "goniometer": "goniometer", "eye": "estimated by eye"}


def motion(tested: Tested, client: Client) -> Resource:
    """One movement test. Of a resisted one there is no range of motion, but strength and pain."""
    session = tested.session
    norm = _norm(tested, client)
    return resource(
        "Observation", client.id, named(tested),
        status="final",
        category=[concept("", hl7("observation-category", "exam"))],
        code=_code(tested),
        subject=subject(client.id),
        encounter=reference(client.id, f"session {session.id}"),
        effectiveDateTime=session.on.isoformat(),
        performer=people(client.id, session.therapist),
        valueQuantity=degrees(tested.result.peak_deg) if tested.result else None,
        interpretation=_interpretation(norm),
        note=note(
            tested.finding.note if tested.finding else "",
            edited_by_hand(tested.measurement.provenance) if tested.measurement else "",
        ),
        bodySite=_site(tested),
        method=_method(tested),
        device=_device(tested),
        referenceRange=[_range(norm)] if norm else [],
        component=[{"code": code} | value for code, value in _components(tested)],
    )  # fmt: skip


def named(tested: Tested) -> str:
    """What the resource is, for its id."""
    if tested.finding:
        return f"movement finding {tested.finding.id}"
    assert tested.measurement is not None
    return f"measurement {tested.measurement.id}"


def _code(tested: Tested) -> dict[str, Any]:
    """LOINC's code where one is known, else SNOMED's for any motion; and our own, which says which test."""
    exact = own(f"{tested.test.id}_{tested.mode}")
    words = title(tested.test, tested.side, tested.mode)
    if tested.mode == "resisted":
        return concept(words, exact)
    return concept(words, coding(exact["code"] if _has_code(tested) else "range_of_motion"), exact)


def _has_code(tested: Tested) -> bool:
    return f"{tested.test.id}_{tested.mode}" in load_codes()


def _site(tested: Tested) -> dict[str, Any]:
    """One code for joint and side where there is one, else the joint's with the side beside it."""
    joint, side = tested.test.joint, tested.side
    words = f"{side} {joint}" if side else joint
    if side and f"{side}_{joint}" in load_codes():
        return concept(words, coding(f"{side}_{joint}"))
    site = concept(words, *([coding(joint)] if joint in load_codes() else []))
    return site | ({"extension": [laterality(side)]} if side else {})


def _method(tested: Tested) -> dict[str, Any]:
    """Who moved, and what was read. The code of the mode only where the code of the test does not say it."""
    told = [coding("passive")] if tested.mode == "passive" and not _has_code(tested) else []
    return concept(f"{tested.mode}, {BY[tested.by]}", *told)


def _device(tested: Tested) -> dict[str, str] | None:
    if tested.measurement is None:
        return None
    made = tested.measurement.provenance
    return {"display": f"ROM Vision {made.program}, MediaPipe {made.mediapipe} ({made.model})"}


def _norm(tested: Tested, client: Client) -> NormDifference | None:
    if tested.result is None:
        return None
    return against_norm(tested.result, client.sex, client.age_years(tested.session.on))


def _interpretation(norm: NormDifference | None) -> list[dict[str, Any]]:
    """Nothing where the uncertainty leaves it open, or the spread of healthy people is not known."""
    codes = {"below": "L", "within": "N"}
    if norm is None or norm.verdict not in codes:
        return []
    return [concept("", hl7("v3-ObservationInterpretation", codes[norm.verdict]))]


def _range(norm: NormDifference) -> dict[str, Any]:
    """Where the norm ends, of whom, and who says so; of a textbook's general value the words alone."""
    sure = "" if norm.norm.confirmed else ", to be confirmed"
    if not isinstance(norm.norm, Norm):
        return {"text": f"General value {norm.normal_deg:.0f}° ({norm.norm.source}{sure})"}
    who = {"female": "women", "male": "men", "any": "people"}[norm.norm.sex]
    told = {"text": f"Healthy {who}, mean {norm.normal_deg:.0f}° ({norm.norm.source}{sure})"}
    low = {"low": degrees(norm.limit_deg)} if norm.limit_deg is not None else {}
    ages = {"low": quantity(norm.norm.age_from, "years", "a")}
    if norm.norm.age_to is not None:
        ages["high"] = quantity(norm.norm.age_to, "years", "a")
    return low | {"type": concept("", hl7("referencerange-meaning", "normal")), "age": ages} | told


def _components(tested: Tested) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What stands beside the value: its code, and its own value."""
    if tested.result:
        doubt = degrees(tested.result.uncertainty_deg)
        yield concept("Half-width of the 95 % interval", own("uncertainty")), {"valueQuantity": doubt}
    if tested.result and tested.best:
        yield concept("Start position", own("start")), {"valueQuantity": degrees(tested.best.start_deg)}
    if tested.result and tested.measurement and tested.measurement.mean_peak_deg is not None:
        mean = degrees(tested.measurement.mean_peak_deg)
        yield concept("Mean peak of all repetitions", own("mean_peak")), {"valueQuantity": mean}
    yield from _written(tested)


def _written(tested: Tested) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    found = tested.finding
    if found is None:
        return
    if found.pain is not None:
        yield concept("Pain in the test", coding("pain")), {"valueQuantity": score(found.pain)}
    if found.painful_from_deg is not None and found.painful_to_deg is not None:
        arc = {"low": degrees(found.painful_from_deg), "high": degrees(found.painful_to_deg)}
        yield concept("Painful arc", own("painful_arc")), {"valueRange": arc}
    if found.concordant is not None:
        yield concept("The pain the client came for", own("concordant")), {"valueBoolean": found.concordant}
    if found.end_feel is not None:
        feel = concept(load_end_feels()[found.end_feel].name, own(found.end_feel))
        yield concept("End feel", own("end_feel")), {"valueCodeableConcept": feel}
    if found.strength is not None:
        yield concept("Strength, 0 to 5", coding("strength")), {"valueQuantity": score(found.strength)}
    if found.force_n is not None:
        yield concept("Force", own("force")), {"valueQuantity": quantity(found.force_n, "newtons", "N")}
