"""Who: the client, the physician, the therapist."""

from rom_vision.exchange.fhir.parts import CLIENTS, Resource, reference, resource
from rom_vision.records import Chart, Client

CLIENT = "patient"


def patient(client: Client) -> Resource:
    """The client, by name: the bundle goes to the physician who referred them, and has to be theirs beyond doubt.

    What the physician knows better, such as the address, is left out.
    """
    return resource(
        "Patient", client.id, CLIENT,
        identifier=[{"system": CLIENTS, "value": client.id}],
        name=[{"text": client.name}],
        gender=client.sex,
        birthDate=client.birth_date and client.birth_date.isoformat(),
    )  # fmt: skip


def practitioners(chart: Chart) -> list[Resource]:
    """The physicians and therapists that the chart names, each once."""
    named = [referral.physician for referral in chart.referrals] + [held.therapist for held in chart.sessions]
    return [
        resource("Practitioner", chart.client.id, _person(name), name=[{"text": name}])
        for name in dict.fromkeys(name.strip() for name in named if name.strip())
    ]


def subject(client_id: str) -> dict[str, str]:
    """Reference to the client."""
    return reference(client_id, CLIENT)


def person(client_id: str, name: str, display: str = "") -> dict[str, str] | None:
    """Reference to a physician or therapist; None where nobody is named."""
    return reference(client_id, _person(name.strip()), display) if name.strip() else None


def people(client_id: str, name: str) -> list[dict[str, str]]:
    """The same as a list, of one or none."""
    found = person(client_id, name)
    return [found] if found else []


def _person(name: str) -> str:
    return f"practitioner {name}"
