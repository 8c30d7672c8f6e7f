"""What a person changed in a measurement is told wherever it leaves the record."""

from datetime import date

from measured import knee_flexion

from rom_vision.edits import Drop, Edits, edited
from rom_vision.exchange import report_words
from rom_vision.exchange.as_json import as_json
from rom_vision.exchange.each_test import all_tested
from rom_vision.exchange.fhir.motion import motion
from rom_vision.exchange.results_table import results_table
from rom_vision.exchange.tested import trials_of
from rom_vision.records import Client, Record

SAID = "edited by hand: the repetition at 3.0 s does not count"


def test_an_edited_measurement_is_marked_as_such_in_table_report_fhir_and_json(record: Record, anna: Client):
    knee = knee_flexion()
    changed = edited(knee, Edits((Drop(at_s=3.0),)))
    record.keep(anna.id, changed, None, on=date(2026, 11, 3))
    chart = record.chart(anna.id)
    assert list(results_table(chart)["edited_by_hand"]) == [SAID]
    assert SAID in report_words.notes(trials_of(chart, {})[0])
    (tested,) = all_tested(chart)
    assert motion(tested, anna)["note"] == [{"text": SAID}]
    assert as_json(changed)["edited_by_hand"] == ["the repetition at 3.0 s does not count"]


def test_one_that_nobody_changed_is_not(record: Record, anna: Client):
    record.keep(anna.id, knee_flexion(), None, on=date(2026, 11, 3))
    chart = record.chart(anna.id)
    assert results_table(chart)["edited_by_hand"].isna().all()
    assert "edited" not in report_words.notes(trials_of(chart, {})[0])
