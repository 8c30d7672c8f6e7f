import json
from dataclasses import replace
from datetime import date

import pytest
from measured import KNEE_PEAK_DEG, knee_flexion, knee_push, no_movement

from rom_vision.compare import Result, compare_with
from rom_vision.exchange.as_json import as_json

KEYS = {
    "accepted", "problems", "movement", "side", "mode", "peak_deg", "uncertainty_deg", "mean_peak_deg",
    "range_deg", "repetitions", "hold", "norm", "comparison", "edited_by_hand", "provenance",
}  # fmt: skip


def through_json(plain: object) -> dict:
    """Fails on NaN and on whatever is not JSON's own."""
    return json.loads(json.dumps(plain, allow_nan=False))


def test_a_measurement_survives_json_with_its_numbers():
    told = as_json(knee_flexion())
    assert through_json(told) == told
    assert told.keys() == KEYS
    assert (told["accepted"], told["movement"], told["side"], told["mode"]) == (
        True,
        "knee_flexion",
        "left",
        "active",
    )
    assert told["peak_deg"] == pytest.approx(KNEE_PEAK_DEG, abs=1)
    assert told["mean_peak_deg"] == pytest.approx(KNEE_PEAK_DEG, abs=1)
    assert told["range_deg"] == pytest.approx(KNEE_PEAK_DEG, abs=2)
    assert told["uncertainty_deg"] > 0


def test_repetitions_have_times_and_angles():
    """The figure bends three times in six seconds."""
    repetitions = as_json(knee_flexion())["repetitions"]
    assert [repetition["peak_s"] for repetition in repetitions] == pytest.approx([1, 3, 5], abs=0.1)
    for repetition in repetitions:
        assert repetition.keys() == {
            "start_s", "peak_s", "end_s", "start_deg", "peak_deg", "range_deg", "hold_s", "speed_deg_s",
        }  # fmt: skip
        assert repetition["start_s"] < repetition["peak_s"] < repetition["end_s"]
        assert repetition["range_deg"] == pytest.approx(repetition["peak_deg"] - repetition["start_deg"], abs=0.02)


def test_a_resisted_test_tells_its_hold_and_others_have_none():
    hold = through_json(as_json(knee_push()))["hold"]
    assert hold["lasted_s"] == pytest.approx(hold["end_s"] - hold["start_s"], abs=0.002)
    assert hold["position_deg"] == pytest.approx(60, abs=2)
    assert (hold["whole"], hold["isometric"]) == (True, True)
    assert abs(hold["drift_deg"]) < hold["drift_uncertainty_deg"]
    assert hold["tremor_deg"] < 0.5
    assert as_json(knee_flexion())["hold"] is None


def test_a_refused_measurement_says_why_and_gives_no_number():
    told = through_json(as_json(no_movement()))
    assert told["accepted"] is False
    assert told["peak_deg"] is told["uncertainty_deg"] is told["mean_peak_deg"] is told["range_deg"] is None
    assert told["problems"][0]["kind"] == "no_movement"
    assert told["problems"][0]["refused"] is True
    assert told["problems"][0]["message"]
    assert told["problems"][0]["remedy"]


def test_norm_and_provenance_name_their_origin():
    told = through_json(as_json(knee_flexion()))
    assert told["norm"]["deg"] == 135  # the catalogue's
    assert told["norm"]["source"]
    assert told["provenance"]["model_sha256"] == "c" * 64
    assert told["provenance"]["made_at"] == "2026-11-03T09:30:00+00:00"
    assert told["provenance"]["settings"]["cutoff_hz"] == 6


def test_comparisons_are_told_in_numbers_and_words():
    """100 degrees now, 60 a month ago, 95 on the other side: the first counts, the second does not."""
    now = Result.of(knee_flexion(), date(2026, 12, 3))
    before = replace(now, peak_deg=60.0, on=date(2026, 11, 3))
    kept = [before, replace(before, side="right", peak_deg=95.0)]
    told = through_json(as_json(knee_flexion(), compare_with(now, kept)))["comparison"]
    assert told["earlier"]["on"] == "2026-11-03"
    assert told["earlier"]["difference_deg"] == pytest.approx(40, abs=1)
    assert told["earlier"]["real"] is True
    assert told["earlier"]["sentence"].endswith("a real change")
    assert told["other_side"]["difference_deg"] == pytest.approx(5, abs=1)
    assert told["other_side"]["verdict"] != "different"
    assert told["passive"] is None
    assert told["norm"]["normal_deg"] == 135
    assert told["norm"]["difference_deg"] == pytest.approx(-35, abs=1)


def test_without_comparison_there_is_none():
    assert as_json(knee_flexion())["comparison"] is None
