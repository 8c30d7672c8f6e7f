"""A chart as FHIR: what HL7's models take, what a physician reads, and nothing else."""

import base64
import json
from dataclasses import replace

import charted
import pytest
from fhir.resources.R4B.bundle import Bundle
from treated import NAME, SECOND

from rom_vision.exchange.fhir import bundle, write_bundle
from rom_vision.movements import movement_test, norm_for
from rom_vision.records import Chart, Record

PDF = b"%PDF-1.7 a report"
PASSIVE = {"system": "http://snomed.info/sct", "code": "21278004"}


@pytest.fixture
def bare(home) -> Chart:
    """Of a client of whom nothing is written yet."""
    with Record.open(who="Thea") as record:
        return record.chart(record.add_client("Bert").id)


def of_kind(given, kind):
    return [entry["resource"] for entry in given["entry"] if entry["resource"]["resourceType"] == kind]


def observed(chart, words):
    (found,) = [one for one in of_kind(bundle(chart), "Observation") if one["code"]["text"] == words]
    return found


def beside(observation, words):
    found = [one for one in observation["component"] if one["code"]["text"] == words]
    assert len(found) == 1, [one["code"]["text"] for one in observation["component"]]
    return found[0]


def values(given):
    if isinstance(given, dict):
        given = list(given.values())
    return [value for each in given for value in values(each)] if isinstance(given, list) else [given]


def codings(given):
    """All codings anywhere in it."""
    if isinstance(given, list):
        return [found for each in given for found in codings(each)]
    if not isinstance(given, dict):
        return []
    own = given.get("coding", [])
    return [*own, *(found for value in given.values() for found in codings(value))]


class TestWhatEveryoneReads:
    def test_the_models_of_hl7_take_it(self, chart, bare):
        for given in (bundle(chart, PDF), bundle(chart), bundle(bare), bundle(bare, PDF)):
            text = json.dumps(given)
            assert json.loads(Bundle.model_validate_json(text).model_dump_json()) == json.loads(text)

    def test_all_kinds_are_there(self, chart):
        kinds = {entry["resource"]["resourceType"] for entry in bundle(chart)["entry"]}
        assert kinds == {
            "Patient", "Practitioner", "ServiceRequest", "Condition", "Procedure", "MedicationStatement",
            "Encounter", "Observation", "DiagnosticReport",
        }  # fmt: skip

    def test_every_reference_is_to_something_inside(self, chart):
        given = bundle(chart, PDF)
        there = [entry["fullUrl"] for entry in given["entry"]]
        asked = {value for value in values(given) if isinstance(value, str) and value.startswith("urn:uuid:")}
        systems = {coding["system"] for coding in codings(given)}
        systems |= {one["system"] for one in of_kind(given, "Patient")[0]["identifier"]}
        assert len(there) == len(set(there))
        assert asked - systems == set(there)

    def test_the_same_chart_gives_the_same_bytes(self, chart, tmp_path):
        for name in ("one.json", "two.json"):
            write_bundle(chart, tmp_path / name, PDF)
        assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()

    def test_a_change_keeps_the_ids(self, chart):
        changed = replace(chart, client=replace(chart.client, name="Anna B."))
        ids = [[entry["fullUrl"] for entry in bundle(given)["entry"]] for given in (chart, changed)]
        assert ids[0] == ids[1]

    def test_another_client_has_other_ids(self, chart):
        other = replace(chart, client=replace(chart.client, id="C-222222"))
        assert bundle(chart)["id"] != bundle(other)["id"]

    def test_nothing_is_empty(self, chart):
        assert all(value not in (None, "") for value in values(bundle(chart)))


class TestWho:
    def test_the_client_by_name_and_pseudonym_without_the_address(self, chart):
        (patient,) = of_kind(bundle(chart), "Patient")
        assert patient["name"] == [{"text": NAME}]
        assert patient["identifier"][0]["value"] == chart.client.id
        assert (patient["gender"], patient["birthDate"]) == ("female", "1980-05-17")
        assert "Sackgasse" not in json.dumps(bundle(chart))

    def test_physician_and_therapist_once_each(self, chart):
        named = [one["name"][0]["text"] for one in of_kind(bundle(chart), "Practitioner")]
        assert named == ["Dr. Grün", "Thea"]


class TestOrders:
    def test_the_referral(self, chart):
        (order,) = of_kind(bundle(chart), "ServiceRequest")
        assert order["status"] == "active"
        assert [one["text"] for one in order["orderDetail"]] == ["Massage", "cupping"]
        assert order["occurrenceTiming"]["repeat"]["count"] == 6
        assert order["occurrenceTiming"]["repeat"]["boundsPeriod"] == {"start": "2026-11-03", "end": "2027-02-01"}
        assert [one["text"] for one in order["note"]] == [
            "Precautions: no pressure on the neck", "Contraindications: none",
        ]  # fmt: skip

    def test_it_is_completed_when_all_sessions_were_held(self, chart):
        (referral,) = chart.referrals
        spent = replace(chart, referrals=(replace(referral, sessions_used=6),))
        assert of_kind(bundle(spent), "ServiceRequest")[0]["status"] == "completed"

    def test_each_code_is_a_diagnosis_and_so_are_the_words(self, chart):
        diagnoses = [one["code"] for one in of_kind(bundle(chart), "Condition") if "category" in one]
        assert diagnoses == [
            {"text": "Impingement, right"},
            {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M75.41"}]},
            {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "M54.2"}]},
        ]

    def test_a_single_code_goes_with_the_words(self, chart):
        one = replace(chart, referrals=(replace(chart.referrals[0], icd10=("M54.2",)),))
        diagnoses = [found["code"] for found in of_kind(bundle(one), "Condition") if "category" in found]
        assert len(diagnoses) == 1
        assert (diagnoses[0]["text"], diagnoses[0]["coding"][0]["code"]) == ("Impingement, right", "M54.2")

    def test_what_was_before_and_what_it_forbids(self, chart):
        given = bundle(chart)
        (surgery,) = [one for one in of_kind(given, "Procedure") if one["code"]["text"] == "Meniscus sutured"]
        assert surgery["performedDateTime"] == "2019-05-01"
        assert "Left knee flexion, passive" in surgery["note"][1]["text"]
        (medicine,) = of_kind(given, "MedicationStatement")
        assert medicine["note"][0]["text"] == "From the age of 44"
        assert [one["code"]["text"] for one in of_kind(given, "Condition") if "category" not in one] == ["Gout"]

    def test_the_sessions_and_their_notes(self, chart):
        sessions = of_kind(bundle(chart), "Encounter")
        assert [(one["period"]["start"], one["class"]["code"]) for one in sessions] == [
            ("2026-11-03", "AMB"), ("2026-11-10", "AMB"), ("2026-11-10", "VR"),
        ]  # fmt: skip
        assert "<p>Subjective: sore &lt;b&gt; at night&lt;/b&gt;</p>" in sessions[0]["text"]["div"]
        assert "text" not in sessions[2]


class TestMotion:
    def test_a_filmed_test(self, chart):
        (home,) = [m for m in chart.measurements if m.exercise_id]
        filmed = [
            one for one in of_kind(bundle(chart), "Observation")
            if one["code"]["text"] == "Left knee flexion, active"
        ]  # fmt: skip
        assert [one["effectiveDateTime"] for one in filmed] == ["2026-11-03", "2026-11-10"]
        one = filmed[1]
        assert one["code"]["coding"][0] == {"system": "http://loinc.org", "code": "41379-9"}
        assert one["bodySite"]["coding"] == [{"system": "http://snomed.info/sct", "code": "82169009"}]
        assert "extension" not in one["bodySite"]
        assert one["valueQuantity"] == {
            "value": round(home.peak_deg, 2), "unit": "degrees",
            "system": "http://unitsofmeasure.org", "code": "deg",
        }  # fmt: skip
        assert one["device"]["display"] == "ROM Vision 0.1.0, MediaPipe 1.2.2 (heavy)"
        best = max(home.repetitions, key=lambda repetition: repetition.peak_deg)
        assert beside(one, "Start position")["valueQuantity"]["value"] == round(best.start_deg, 2)
        assert beside(one, "Mean peak of all repetitions")["valueQuantity"]["value"] == round(
            home.mean_peak_deg, 2
        )
        doubt = beside(one, "Half-width of the 95 % interval")["valueQuantity"]["value"]
        assert doubt == round(home.uncertainty_deg, 2)

    def test_below_the_norm_is_said_so_with_where_it_ends(self, chart):
        norm = norm_for(movement_test("knee_flexion"), "female", 46, "active")
        one = next(
            one
            for one in of_kind(bundle(chart), "Observation")
            if one["code"]["text"] == "Left knee flexion, active"
        )
        assert norm.source in one["referenceRange"][0]["text"]
        assert one["interpretation"][0]["coding"][0]["code"] == "L"
        assert one["referenceRange"][0]["low"]["value"] == pytest.approx(norm.mean_deg - 2 * norm.sd_deg, abs=0.01)

    def test_a_passive_one_read_from_a_goniometer(self, chart):
        one = observed(chart, "Right shoulder abduction, passive")
        assert one["code"]["coding"][0]["code"] == "41382-3"
        assert one["valueQuantity"]["value"] == 132.5
        assert one["method"] == {"text": "passive, goniometer"}
        assert "device" not in one
        assert beside(one, "Pain in the test")["valueQuantity"]["value"] == 4
        assert beside(one, "End feel")["valueCodeableConcept"]["text"] == "Empty"
        assert beside(one, "Painful arc")["valueRange"]["low"]["value"] == 60
        assert beside(one, "The pain the client came for")["valueBoolean"] is True

    def test_where_no_code_is_known_snomeds_general_one_and_the_side_are_given(self, chart):
        elbow = replace(chart.movement[0], movement="elbow_flexion", side="right", mode="passive")
        one = observed(replace(chart, movement=(elbow,)), "Right elbow flexion, passive")
        assert one["code"]["coding"][0]["code"] == "364564000"
        assert one["code"]["coding"][1]["code"] == "elbow_flexion_passive"
        assert one["method"]["coding"] == [PASSIVE]
        side = one["bodySite"]["extension"][0]
        assert side["url"].endswith("observation-structureLaterality")
        assert side["valueCodeableConcept"]["coding"][0]["code"] == "24028007"

    def test_a_resisted_one_has_strength_and_no_range(self, chart):
        one = observed(chart, "Left knee flexion, resisted")
        assert "valueQuantity" not in one
        assert "interpretation" not in one
        assert beside(one, "Strength, 0 to 5")["code"]["coding"][0]["code"] == "80322-1"
        assert beside(one, "Force")["valueQuantity"]["value"] == 120

    def test_a_refused_film_is_not_told(self, chart):
        refused = [m for m in chart.measurements if not m.accepted]
        assert len(refused) == 1
        assert len([one for one in of_kind(bundle(chart), "Observation") if "device" in one]) == 3

    def test_of_a_video_measured_twice_the_newest_counts(self, chart):
        (home,) = [m for m in chart.measurements if m.exercise_id]
        newer = replace(home, id=999, peak_deg=88.0)
        twice = replace(chart, measurements=(*chart.measurements, newer))
        told = [
            one["valueQuantity"]["value"] for one in of_kind(bundle(twice), "Observation")
            if one["code"]["text"] == "Left knee flexion, active" and one["effectiveDateTime"] == str(SECOND)
        ]  # fmt: skip
        assert told == [88.0]


class TestPalpation:
    def test_the_finding_with_its_pain(self, chart):
        one = observed(chart, "Finding of palpation")
        assert one["valueCodeableConcept"]["text"] == "Active trigger point"
        assert one["bodySite"]["text"].endswith(", right")
        assert beside(one, "Pain on pressure")["valueQuantity"]["value"] == 7
        assert beside(one, "Where it sends its pain")["valueCodeableConcept"]["text"] == "behind the eye"
        assert beside(one, "Muscle")["valueCodeableConcept"]["text"].startswith("Levator")
        assert one["note"][0]["text"] == "two fingers wide"


class TestReport:
    def test_it_holds_all_findings_and_the_pdf(self, chart):
        given = bundle(chart, PDF)
        (report,) = of_kind(given, "DiagnosticReport")
        assert len(report["result"]) == len(of_kind(given, "Observation"))
        (form,) = report["presentedForm"]
        assert form["contentType"] == "application/pdf"
        assert base64.b64decode(form["data"]) == PDF

    def test_without_a_pdf_there_is_none(self, chart):
        assert "presentedForm" not in of_kind(bundle(chart), "DiagnosticReport")[0]

    def test_a_client_of_whom_nothing_is_written(self, bare):
        assert [entry["resource"]["resourceType"] for entry in bundle(bare)["entry"]] == ["Patient"]


def test_words_of_white_space_alone_say_nothing(chart):
    blank = replace(chart.sessions[0], therapist=" \x0b", subjective="\n", objective="", assessment="", plan="")
    given = bundle(replace(chart, sessions=(blank, *chart.sessions[1:])))
    Bundle.model_validate_json(json.dumps(given))
    first = of_kind(given, "Encounter")[0]
    assert "participant" not in first
    assert "text" not in first


def test_the_day_is_that_of_the_session(chart):
    assert {one["effectiveDateTime"] for one in of_kind(bundle(chart), "Observation")} == {
        str(charted.DAY), str(SECOND),
    }  # fmt: skip
