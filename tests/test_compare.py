"""Which differences count, and in which words."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured import knee_flexion, no_movement

from rom_vision import compare
from rom_vision.compare import Result
from rom_vision.movements import Norm, Normal, movement_test

THEN, NOW = date(2026, 11, 3), date(2026, 11, 24)
ABDUCTION = movement_test("shoulder_abduction")  # minimal detectable change 12 degrees


def result(peak_deg, uncertainty_deg=4.0, *, on=NOW, side="left", mode="active", test=ABDUCTION):
    return Result(test=test, side=side, mode=mode, on=on, peak_deg=peak_deg, uncertainty_deg=uncertainty_deg)


angles = st.floats(-30, 200)
doubts = st.floats(0, 40)
results = st.builds(result, angles, doubts, on=st.sampled_from([THEN, NOW]))


def test_the_catalogue_still_has_the_change_that_these_tests_count_on():
    assert ABDUCTION.mdc.deg == 12


class TestResult:
    def test_it_is_that_of_the_measurement(self):
        knee = knee_flexion()
        of_knee = Result.of(knee, THEN)
        assert (of_knee.test.id, of_knee.side, of_knee.mode, of_knee.on) == (
            "knee_flexion",
            "left",
            "active",
            THEN,
        )
        assert (of_knee.peak_deg, of_knee.uncertainty_deg) == (knee.peak_deg, knee.uncertainty_deg)

    def test_a_refused_measurement_has_none(self):
        assert Result.of(no_movement(), THEN) is None


class TestChange:
    @pytest.mark.parametrize(
        ("now", "then", "real"),
        [
            (result(142), result(129, on=THEN), True),
            (result(142), result(130, on=THEN), False),  # 12° is the minimal detectable change: not beyond it
            (result(129), result(142, on=THEN), True),  # worse is a change too
            (result(142, 12), result(125, 12, on=THEN), True),  # over 16.97° of uncertainty
            (result(142, 12), result(125.1, 12, on=THEN), False),  # beyond the 12°, inside the uncertainty
            (result(142, 0), result(131, 0, on=THEN), False),  # beyond the uncertainty, inside the 12°
        ],
    )
    def test_it_is_real_only_beyond_both(self, now, then, real):
        assert compare.change(now, then).real is real

    def test_its_uncertainty_is_that_of_both(self):
        change = compare.change(result(142, 3), result(120, 4, on=THEN))
        assert change.uncertainty_deg == pytest.approx(5)
        assert change.difference_deg == pytest.approx(22)
        assert change.threshold_deg == 12

    @given(results, results)
    def test_it_is_the_same_backward(self, a, b):
        there, back = compare.change(a, b), compare.change(b, a)
        assert there.difference_deg == -back.difference_deg
        assert there.real == back.real

    @given(results, results)
    def test_it_is_never_real_inside_the_uncertainty_or_the_detectable_change(self, a, b):
        change = compare.change(a, b)
        if change.real:
            away = abs(a.peak_deg - b.peak_deg)
            assert away > math.sqrt(a.uncertainty_deg**2 + b.uncertainty_deg**2) * (1 - 1e-12)
            assert away > 12

    @pytest.mark.parametrize(
        ("now", "then", "words"),
        [
            (result(145), result(129, on=THEN), "16° more than on 3 November 2026: a real change"),
            (
                result(126), result(129, on=THEN),
                "3° less than on 3 November 2026: within what the measurement can tell",
            ),
            (
                result(129.3), result(129, on=THEN),
                "the same as on 3 November 2026: within what the measurement can tell",
            ),
            (result(145), result(129), "16° more than in another test on the same day: a real change"),
        ],
    )  # fmt: skip
    def test_its_words(self, now, then, words):
        assert compare.change(now, then).sentence == words

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            (
                result(90, test=movement_test("shoulder_flexion")),
                "one test, got shoulder_abduction and shoulder_flexion",
            ),
            (result(90, side="right"), "one side, got left and right"),
            (result(90, mode="passive"), "one mode, got active and passive"),
        ],
    )
    def test_only_like_is_compared(self, other, words):
        with pytest.raises(ValueError, match=words):
            compare.change(result(90), other)


class TestSides:
    @pytest.mark.parametrize(
        ("left_deg", "right_deg", "doubt_deg", "verdict"),
        [
            (60, 74, 4, "different"),
            (60, 72, 4, "watch"),  # over 10°, not over the detectable change of 12°
            (60, 65, 4, "watch"),
            (60, 64.9, 4, "alike"),
            (160, 177.7, 4, "watch"),  # 10 % of the larger side are more than 12°
            (160, 178, 4, "different"),
            (60, 74, 10, "watch"),  # 14.1° of uncertainty
        ],
    )
    def test_a_difference_counts_beyond_all_of_its_limits(self, left_deg, right_deg, doubt_deg, verdict):
        left, right = result(left_deg, doubt_deg), result(right_deg, doubt_deg, side="right")
        assert compare.against_other_side(left, right).verdict == verdict
        assert compare.against_other_side(right, left).verdict == verdict

    def test_ten_degrees_are_the_least(self):
        fine = replace(ABDUCTION, mdc=replace(ABDUCTION.mdc, deg=3.0))
        left, right = result(50, 1, test=fine), result(59, 1, side="right", test=fine)
        assert compare.against_other_side(left, right).verdict == "watch"

    def test_symmetry_index(self):
        """By hand: (150 - 120) / ((150 + 120) / 2) = 22.2 %."""
        left, right = result(120), result(150, side="right")
        assert compare.against_other_side(right, left).symmetry_index_percent == pytest.approx(22.222, abs=1e-3)
        assert compare.against_other_side(left, right).symmetry_index_percent == pytest.approx(-22.222, abs=1e-3)

    def test_next_to_zero_a_share_says_nothing(self):
        assert compare.against_other_side(result(1), result(-1, side="right")).symmetry_index_percent is None

    @pytest.mark.parametrize(
        ("left_deg", "words"),
        [
            (120, "30° less than on the right side: the sides differ"),
            (142, "8° less than on the right side: not enough to call the sides different, to be watched"),
            (150, "the same as on the right side: no difference that counts"),
        ],
    )
    def test_its_words(self, left_deg, words):
        assert compare.against_other_side(result(left_deg), result(150, side="right")).sentence == words

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            (result(90), "both sides, got left and left"),
            (result(90, side=None), "both sides, got left and None"),
            (result(90, side="right", mode="passive"), "one mode"),
        ],
    )
    def test_only_the_two_sides_of_one_test_and_mode(self, other, words):
        with pytest.raises(ValueError, match=words):
            compare.against_other_side(result(90), other)


class TestActiveAgainstPassive:
    @pytest.mark.parametrize(
        ("active_deg", "verdict", "words"),
        [
            (120, "active short of passive", "30° less than in the passive test: active short of passive"),
            (138, "alike", "12° less than in the passive test: within what the measurement can tell"),
            (165, "active beyond passive",
             "15° more than in the passive test: the passive test stopped before the end of the range"),
        ],
    )  # fmt: skip
    def test_what_the_difference_says(self, active_deg, verdict, words):
        compared = compare.active_against_passive(result(active_deg), result(150, mode="passive"))
        assert compared.verdict == verdict
        assert compared.sentence == words

    def test_inside_the_uncertainty_nothing_is_short(self):
        compared = compare.active_against_passive(result(130, 15), result(150, 15, mode="passive"))
        assert compared.verdict == "alike"

    def test_the_modes_may_not_be_swapped(self):
        with pytest.raises(ValueError, match="active and passive, got passive and active"):
            compare.active_against_passive(result(150, mode="passive"), result(120))


class TestNorm:
    WOMEN = Norm(
        sex="female", age_from=20, age_to=39, mean_deg=156, sd_deg=14, mode="active",
        source="a study", sureness="verified",
    )  # fmt: skip
    NORMED = replace(ABDUCTION, norms=(WOMEN,))  # ends at 156 - 2 * 14 = 128

    @pytest.mark.parametrize(
        ("peak_deg", "verdict", "words"),
        [
            (120, "below", "36° under the {average}: below the norm"),
            (126, "near the limit",
             "30° under the {average}: near the norm's lower limit, within what the measurement can tell"),
            (160, "within", "4° over the {average}: within the norm"),
        ],
    )  # fmt: skip
    def test_it_ends_two_standard_deviations_of_people_below_the_mean(self, peak_deg, verdict, words):
        against = compare.against_norm(result(peak_deg, test=self.NORMED), "female", 30)
        assert against.limit_deg == 128
        assert against.verdict == verdict
        average = "average of healthy women, 20–39 years (156°, usual from 128°)"
        assert against.sentence == words.format(average=average)

    def test_without_spread_there_is_no_verdict(self):
        test = replace(ABDUCTION, norms=(replace(self.WOMEN, sd_deg=None),))
        against = compare.against_norm(result(60, test=test), "female", 30)
        assert against.verdict is against.limit_deg is None
        assert against.sentence == "96° under the average of healthy women, 20–39 years (156°)"

    def test_the_general_value_gives_none_either_and_says_where_it_is_unsure(self):
        normal = Normal(deg=180, source="a book", sureness="to be confirmed")
        against = compare.against_norm(result(142, test=replace(ABDUCTION, normal=normal)), None, None)
        assert against.verdict is None
        assert against.difference_deg == -38
        assert against.sentence == "38° under the general value (180°, to be confirmed)"

    def test_a_test_without_norm_is_held_against_none(self):
        assert compare.against_norm(result(5, mode="resisted"), "female", 30) is None


class TestOverSessions:
    def test_each_result_is_held_against_the_oldest(self):
        now, then = result(142), result(120, 3, on=THEN)
        table = compare.over_sessions([now, then]).table()
        assert list(table["on"].dt.date) == [THEN, NOW]
        assert list(table["peak_deg"]) == [120, 142]
        assert list(table["low_deg"]) == [117, 138]
        assert list(table["high_deg"]) == [123, 146]
        assert list(table["difference_deg"]) == [0, 22]
        assert list(table["real"]) == [False, True]
        assert table["sentence"][0] == "what the others are held against"

    def test_or_against_one_that_is_chosen(self):
        now, then = result(142), result(120, on=THEN)
        assert list(compare.over_sessions([now, then], reference=now).table()["difference_deg"]) == [-22, 0]

    @given(st.lists(results, min_size=1, max_size=6))
    def test_a_point_is_a_real_change_just_where_it_lies_outside_the_band(self, some):
        for row in compare.over_sessions(some).table().itertuples():
            beyond = max(row.peak_deg - row.same_to_deg, row.same_from_deg - row.peak_deg)
            assert row.real == (beyond > 0) or abs(beyond) < 1e-9

    def test_nothing_measured_yet(self):
        progress = compare.over_sessions([])
        assert progress.is_empty
        assert len(progress.table()) == 0
        assert "peak_deg" in progress.table()


class TestCompareWith:
    def test_a_new_result_is_held_against_the_latest_of_each_kind(self):
        kept = [
            result(110, on=date(2026, 11, 1)),
            result(131, on=THEN),
            result(150, on=THEN, side="right"),
            result(155, on=THEN, mode="passive"),
            result(160, on=THEN, side="right", mode="passive"),
            result(90, on=date(2026, 12, 1)),  # later than the new one: no "earlier"
        ]
        found = compare.compare_with(result(142), kept)
        assert found.earlier.reference.peak_deg == 131
        assert found.other_side.reference.peak_deg == 150
        assert found.passive.reference.peak_deg == 155
        assert found.norm.normal_deg == 180
        assert len(found.sentences) == 4
        assert found.sentences[0].startswith("11° more than on 3 November 2026")

    def test_a_first_result_has_only_the_norm(self):
        found = compare.compare_with(
            result(80, test=movement_test("trunk_flexion"), side=None, mode="passive"), []
        )
        assert (found.earlier, found.other_side, found.passive) == (None, None, None)
        assert len(found.sentences) == (found.norm is not None)
