"""A chart -> one Bundle.

It is a `collection`, not a `document`: a document is signed and never changes, and its sections would say in
FHIR what the PDF says to the eye. The DiagnosticReport holds the findings together, and the PDF.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

from rom_vision.exchange.each_test import Tested, all_tested
from rom_vision.exchange.fhir.motion import motion
from rom_vision.exchange.fhir.motion import named as motion_named
from rom_vision.exchange.fhir.orders import encounter, order, problems, treatment
from rom_vision.exchange.fhir.palpation import named as palpation_named
from rom_vision.exchange.fhir.palpation import palpation
from rom_vision.exchange.fhir.parts import Resource, concept, own, reference, resource
from rom_vision.exchange.fhir.people import patient, people, practitioners, subject
from rom_vision.exchange.whole_file import written_whole
from rom_vision.language import ENGLISH, speaking
from rom_vision.records import Chart


@speaking(ENGLISH)
def bundle(chart: Chart, pdf: bytes | None = None) -> Resource:
    """All of a chart that a physician acts on; the same chart gives the same bundle, ids included.

    Goals, the home programme, consents and films stay in the record.

    Args:
        pdf: the report, to be attached.
    """
    told = _observed(chart)
    entries = [
        patient(chart.client),
        *practitioners(chart),
        *map(order, chart.referrals),
        *problems(chart),
        *map(encounter, chart.sessions),
        *_resources(chart, told),
    ]
    if chart.sessions or pdf:
        entries.append(_report(chart, told, pdf))
    return resource(
        "Bundle", chart.client.id, "bundle",
        type="collection",
        entry=[{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in entries],
    )  # fmt: skip


def write_bundle(chart: Chart, out: Path, pdf: bytes | None = None) -> None:
    """Write the bundle as JSON.

    Raises:
        UsageError: `out` can't be written.
    """
    with written_whole(out) as part:
        part.write_text(json.dumps(bundle(chart, pdf), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _observed(chart: Chart) -> tuple[Tested, ...]:
    """Not the refused films of which nothing is written: there is nothing to tell."""
    return tuple(tested for tested in all_tested(chart) if tested.finding or tested.result)


def _resources(chart: Chart, told: tuple[Tested, ...]) -> Iterator[Resource]:
    sessions = {session.id: session for session in chart.sessions}
    yield from (motion(tested, chart.client) for tested in told)
    yield from (palpation(found, sessions[found.session_id]) for found in chart.palpation)
    yield from (treatment(done, sessions[done.session_id]) for done in chart.treatments)


def _report(chart: Chart, told: tuple[Tested, ...], pdf: bytes | None) -> Resource:
    """What holds the findings together, as of the last session."""
    who, last = chart.client.id, chart.sessions[-1] if chart.sessions else None
    found = [motion_named(tested) for tested in told] + [palpation_named(one) for one in chart.palpation]
    attached = pdf and {
        "contentType": "application/pdf",
        "data": base64.b64encode(pdf).decode(),
        "title": "Report",
    }
    return resource(
        "DiagnosticReport", who, "report",
        basedOn=[reference(who, f"referral {referral.id}") for referral in chart.referrals],
        status="final",
        code=concept("Report of clinical massage", own("report")),
        subject=subject(who),
        encounter=last and reference(who, f"session {last.id}"),
        effectiveDateTime=last and last.on.isoformat(),
        performer=last and people(who, last.therapist),
        result=[reference(who, what) for what in found],
        presentedForm=[attached] if attached else [],
    )  # fmt: skip
