"""What FHIR's resources are made of: codes, quantities, references, and ids that stay.

Source: HL7 FHIR R4 (4.0.1), Data Types; URIs of code systems from its Terminologies.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from rom_vision.movements import Side, load_codes

Resource = dict[str, Any]

SPACE = UUID("5b0e3d0a-6a52-4f0c-9d5e-0f5f3f3c8f11")  # of all ids that are made here; drawn once
LOCAL = f"urn:uuid:{uuid5(SPACE, 'codes')}"
"""The system of codes of our own, which are ids of the catalogue and words of this room."""
CLIENTS = f"urn:uuid:{uuid5(SPACE, 'clients')}"
"""The system of pseudonyms."""
SYSTEMS: Mapping[str, str] = MappingProxyType({"loinc": "http://loinc.org", "snomed": "http://snomed.info/sct"})
HL7 = "http://terminology.hl7.org/CodeSystem/"
UNITS = "http://unitsofmeasure.org"
LATERALITY = "http://hl7.org/fhir/StructureDefinition/observation-structureLaterality"


def resource(kind: str, client_id: str, what: str, **elements: Any) -> Resource:
    """A resource without the elements that hold nothing; its id follows from the client and from `what` it is."""
    return {"resourceType": kind, "id": str(_id(client_id, what))} | filled(elements)


def filled(elements: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is None or empty, which FHIR does not allow; text without what FHIR does not take."""
    told = {name: _text(value) if isinstance(value, str) else value for name, value in elements.items()}
    return {name: value for name, value in told.items() if value is not None and value not in ("", [], {})}


def reference(client_id: str, what: str, display: str = "") -> dict[str, str]:
    """To the resource of the same client and `what`."""
    return filled({"reference": f"urn:uuid:{_id(client_id, what)}", "display": display})


def coding(code_id: str) -> dict[str, str]:
    """A code of `movements.codes`."""
    code = load_codes()[code_id]
    return {"system": SYSTEMS[code.system], "code": code.code}


def own(code: str) -> dict[str, str]:
    """A code of our own."""
    return {"system": LOCAL, "code": code}


def hl7(system: str, code: str) -> dict[str, str]:
    """A code of one of HL7's own systems."""
    return {"system": HL7 + system, "code": code}


def concept(text: str, *codings: dict[str, str]) -> dict[str, Any]:
    """A thing in words, and in codes where there are any."""
    return filled({"coding": list(codings), "text": text})


def degrees(value: float) -> dict[str, Any]:
    """An angle, to a hundredth of a degree."""
    return quantity(value, "degrees", "deg")


def quantity(value: float, unit: str, code: str) -> dict[str, Any]:
    """A number with its unit.

    Args:
        unit: in words.
        code: in UCUM.
    """
    return {"value": round(value, 2), "unit": unit, "system": UNITS, "code": code}


def score(value: int) -> dict[str, Any]:
    """Points on a scale."""
    return quantity(value, "points", "{score}")


def laterality(side: Side) -> dict[str, Any]:
    """The side of a body site whose code does not say it."""
    return {"url": LATERALITY, "valueCodeableConcept": concept(side, coding(side))}


def note(*texts: str) -> list[dict[str, str]]:
    """Those that say something."""
    return [{"text": text} for text in map(_text, texts) if text]


def _id(client_id: str, what: str) -> UUID:
    return uuid5(SPACE, f"{client_id} {what}")


def _text(text: str) -> str:
    """FHIR takes no white space but blanks, tabs and ends of lines, and no text of white space alone."""
    return re.sub(r"[^\S \n\t\r]", " ", text).strip()
