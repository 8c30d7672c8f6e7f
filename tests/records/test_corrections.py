"""Kept measurements put right by hand: the earlier number stays, and can be brought back."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from alike import alike
from filmed import filmed

from rom_vision.edits import Drop, Edits, MeasureAs, edited
from rom_vision.errors import RecordError
from rom_vision.records import MovementFinding, Record

DAY = date(2026, 11, 3)


@pytest.fixture(scope="module")
def knee(tmp_path_factory):
    return filmed(tmp_path_factory.mktemp("knee")).measurement


def in_audit(record: Record) -> list[tuple[str, str, str]]:
    return [(row.who, row.action, row.what) for row in record.audit() if row.action == "correct"]


def test_a_correction_is_traced_and_brought_back_to_as_measured(record, anna, knee, clip):
    kept = record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4"), on=DAY)
    finding = record.save(MovementFinding(
        client_id=anna.id, session_id=kept.session_id, movement="knee_flexion", side="left", mode="active",
        by="film", measurement_id=kept.id, pain=2,
    ))  # fmt: skip
    edits = Edits((Drop(at_s=1.0), MeasureAs(movement="knee_flexion", side="right", mode="active")))
    record.keep_draft(kept.id, edits)
    assert alike(record.original(kept.id).measurement, knee)
    assert record.original(kept.id).draft == edits

    with Record.open(record._engine.url.render_as_string(hide_password=False), who="Tom") as toms:
        now = toms.correct(kept.id, edited(knee, edits), seen=0, overlay=clip("redrawn.mp4"))
        assert in_audit(toms) == [
            ("Tom", "correct", f"measurement {kept.id}, correction 1: 1 drop"),
            ("Tom", "correct", f"measurement {kept.id}, correction 1: 1 measure_as"),
        ]
    assert (now.id, now.side, now.peak_deg != kept.peak_deg) == (kept.id, "right", True)
    assert record.measurements(anna.id) == [now]
    assert not kept.overlay_path.exists()
    assert now.overlay_path.exists()
    (moved,) = record.entries(anna.id, MovementFinding)
    assert (moved.id, moved.side, moved.value_deg, moved.pain) == (finding.id, "right", now.peak_deg, 2)
    (correction,) = record.corrections(kept.id)
    assert (correction.who, correction.edits, correction.side) == ("Tom", edits, "left")
    assert (correction.peak_deg, correction.uncertainty_deg) == (kept.peak_deg, kept.uncertainty_deg)
    assert record.original(kept.id).draft is None

    with pytest.raises(RecordError, match="Somebody else has changed it meanwhile"):
        record.correct(kept.id, knee, seen=0)
    record.correct(kept.id, record.original(kept.id).measurement, seen=1)
    again = record.measurement(kept.id)
    assert (again.side, again.peak_deg, again.provenance) == ("left", kept.peak_deg, kept.provenance)
    assert [one.peak_deg for one in record.corrections(kept.id)] == [kept.peak_deg, now.peak_deg]
    assert in_audit(record)[-1][2] == f"measurement {kept.id}, correction 2: as measured"
    assert record.audit_problems() == []


def test_what_answers_an_exercise_stays_of_its_movement_and_side(record, anna, knee):
    import charted

    exercise = record.save(charted.exercise(anna.id, movement="knee_flexion", side="left"))
    kept = record.keep(anna.id, knee, None, on=DAY, exercise_id=exercise.id)
    other = edited(knee, Edits((MeasureAs(movement="knee_flexion", side="right", mode="active"),)))
    with pytest.raises(RecordError, match="answers an exercise"):
        record.correct(kept.id, other, seen=0)
    assert (record.measurement(kept.id), record.corrections(kept.id)) == (kept, [])


def test_a_film_that_was_measured_again_goes_back_to_how_it_was_measured_first(record, anna, knee):
    kept = record.keep(anna.id, knee, None)
    settings = MappingProxyType({**knee.provenance.settings, "client_at_px": "5,5"})
    pointed = replace(knee, side="right", provenance=replace(knee.provenance, settings=settings))
    record.correct(kept.id, pointed, seen=0, original=pointed)
    original = record.original(kept.id)
    assert alike(original.measurement, pointed)
    assert alike(original.first, knee)
    record.correct(kept.id, original.first, seen=1, original=original.first)
    assert alike(record.original(kept.id).measurement, knee)
    assert record.measurement(kept.id).side == "left"


def test_what_was_changed_before_it_was_kept_can_be_brought_back_too(record, anna, knee):
    kept = record.keep(anna.id, edited(knee, Edits((Drop(at_s=1.0),))), None, original=knee)
    assert alike(record.original(kept.id).measurement, knee)
    record.discard(kept.id)
    with pytest.raises(RecordError, match="no measurement"):
        record.original(kept.id)
