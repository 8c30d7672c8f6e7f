"""How a movement has come over a series, against what is known by hand."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rom_vision.compare import NormDifference, Result, SideDifference
from rom_vision.course import Visit, courses, rate, summary
from rom_vision.movements import Norm, Normal, movement_test

START = date(2026, 11, 2)
ABDUCTION = movement_test("shoulder_abduction")  # minimal detectable change 12 degrees
NECK = movement_test("neck_flexion")


def result(peak_deg, days=0, doubt_deg=4.0, *, side="left", mode="active", test=ABDUCTION) -> Result:
    on = START + timedelta(days=days)
    side = side if test.sided else None
    return Result(test=test, side=side, mode=mode, on=on, peak_deg=peak_deg, uncertainty_deg=doubt_deg)


def visits(*peaks_deg, pains=None, every_days=7, **of) -> list[Visit]:
    pains = pains or [None] * len(peaks_deg)
    return [
        Visit(result=result(deg, every_days * n, **of), pain=pain)
        for n, (deg, pain) in enumerate(zip(peaks_deg, pains, strict=True))
    ]


class TestRate:
    def test_a_line_is_its_own_slope(self):
        found = rate([visit.result for visit in visits(100, 105, 110, 115)])
        assert found.deg_a_week == pytest.approx(5)

    def test_its_interval_is_that_of_known_errors(self):
        """By hand: standard error 12 / 2.77 = 4.33, weeks 0 to 3 about their middle: squares add up to 5."""
        found = rate([visit.result for visit in visits(100, 105, 110, 115)])
        assert found.uncertainty_deg_a_week == pytest.approx(12 / np.sqrt(2) / np.sqrt(5), rel=1e-3)

    def test_a_result_that_is_less_sure_counts_less(self):
        sure = [result(100), result(105, 7), result(110, 14), result(115, 21)]
        outlier = [*sure, result(60, 28, doubt_deg=60)]
        assert rate(outlier).deg_a_week > rate([*sure, result(60, 28)]).deg_a_week

    def test_results_far_from_the_line_widen_it(self):
        calm = rate([visit.result for visit in visits(100, 105, 110, 115)])
        wild = rate([visit.result for visit in visits(100, 160, 60, 115)])
        assert wild.uncertainty_deg_a_week > 3 * calm.uncertainty_deg_a_week

    @pytest.mark.parametrize("days", [[], [0], [0, 7], [0, 0, 7]])
    def test_it_takes_three_days(self, days):
        assert rate([result(100, day) for day in days]) is None

    def test_its_words(self):
        assert rate([result(100 + 10 * n, 7 * n, 1.0) for n in range(6)]).sentence == "+10.0° ± 2.0° a week"
        flat = rate([result(100, 7 * n) for n in range(3)])
        assert flat.sentence == "no steady change that can be told (+0.0° ± 6.0°)"

    @given(
        st.lists(st.tuples(st.integers(0, 200), st.floats(0, 180), st.floats(0, 30)), min_size=3, max_size=8),
        st.floats(-50, 50),
        st.floats(-3, 3),
    )
    def test_more_by_a_line_is_a_slope_more_by_that_line(self, some, shift_deg, slope):
        assume(len({day for day, *_ in some}) >= 3)
        before = rate([result(deg, day, doubt) for day, deg, doubt in some])
        after = rate([result(deg + shift_deg + slope * day / 7, day, doubt) for day, deg, doubt in some])
        # days count from the first result, wherever that lies
        assert after.deg_a_week == pytest.approx(before.deg_a_week + slope, abs=1e-6)
        assert after.uncertainty_deg_a_week == pytest.approx(before.uncertainty_deg_a_week, abs=1e-6)

    def test_the_interval_holds_the_truth_as_often_as_it_says(self):
        rng = np.random.default_rng(1)
        held = 0
        for _ in range(400):
            errors = rng.normal(0, 8 / 1.96, 6)
            fine = replace(ABDUCTION, mdc=replace(ABDUCTION.mdc, deg=1.0))
            some = [result(90 + 3 * n + e, 7 * n, 8.0, test=fine) for n, e in enumerate(errors)]
            found = rate(some)
            held += abs(found.deg_a_week - 3) <= found.uncertainty_deg_a_week
        assert 0.93 <= held / 400 <= 0.99


class TestCourse:
    def test_against_the_first_and_against_the_last(self):
        [one] = courses(visits(100, 118, 121))
        assert [c.difference_deg for c in one.since_baseline.changes] == [0, 18, 21]
        assert (one.change.real, one.change.difference_deg) == (True, 21)
        assert (one.since_last.real, one.since_last.difference_deg) == (False, 3)
        assert one.verdict == "improved"

    @pytest.mark.parametrize(
        ("peaks_deg", "verdict"),
        [((100, 121), "improved"), ((121, 100), "worsened"), ((100, 112), "unchanged"), ((100,), "measured once")],
    )
    def test_only_a_real_change_is_one(self, peaks_deg, verdict):
        [one] = courses(visits(*peaks_deg))
        assert one.verdict == verdict

    @pytest.mark.parametrize(
        ("target_deg", "verdict", "words"),
        [
            (110, "met", "the goal of 110° is met"),
            (118, "near", "at the goal of 118°, within what the measurement can tell"),
            (150, "not met", "30° short of the goal of 150°"),
        ],
    )
    def test_a_goal_is_met_beyond_the_uncertainty(self, target_deg, verdict, words):
        kind = ("shoulder_abduction", "left", "active")
        [one] = courses(visits(100, 120), targets_deg={kind: target_deg})
        assert one.target.verdict == verdict
        assert one.target.sentence == words

    def test_the_other_side_comes_first_then_people_then_the_textbook(self):
        left, right = courses([*visits(100, 120), *visits(160, 165, side="right")], "female", 30)
        first, second, last = left.references
        assert isinstance(first, SideDifference)
        assert first.reference.peak_deg == 165
        assert isinstance(second, NormDifference)
        assert isinstance(second.norm, Norm)
        assert isinstance(last.norm, Normal)
        assert right.sides_now.reference.peak_deg == 120

    def test_without_sex_and_age_the_textbook_alone(self):
        [one] = courses(visits(100, 120))
        assert [type(reference.norm) for reference in one.references] == [Normal]

    def test_symmetry_then_and_now(self):
        """By hand: 100 and 160 differ by 60 of 130, 150 and 160 by 10 of 155."""
        left, _ = courses([*visits(100, 150), *visits(160, 160, side="right")])
        assert left.sides_then.symmetry_index_percent == pytest.approx(-46.15, abs=0.01)
        assert left.sides_now.symmetry_index_percent == pytest.approx(-6.45, abs=0.01)

    def test_the_midline_has_no_other_side(self):
        [one] = courses(visits(40, 50, test=NECK))
        assert one.sides_now is one.sides_then is None

    @pytest.mark.parametrize(
        ("pains", "verdict"),
        [
            ([7, None, 4], "improved"),
            ([4, 4, 5], "unchanged"),
            ([2, 3, 5], "worsened"),
            ([None, 3, None], None),
        ],
    )
    def test_pain_beside_it(self, pains, verdict):
        [one] = courses(visits(100, 110, 120, pains=pains))
        assert one.pain_verdict == verdict

    def test_its_words(self):
        [one] = courses(
            visits(100, 118, pains=[7, 3]), targets_deg={("shoulder_abduction", "left", "active"): 150}
        )
        assert one.sentences == (
            "since the first session 18° more than on 2 November 2026: a real change",
            "too few sessions for a rate: it takes 3 on different days",
            "32° short of the goal of 150°",
            "62° under the general value (180°)",
            "pain from 7 to 3 of 10: improved",
        )


class TestAllTogether:
    def test_what_improved_what_worsened_what_stayed(self):
        some = courses(
            [
                *visits(100, 121),
                *visits(160, 130, side="right"),
                *visits(120, 125, mode="passive"),
                *visits(40, test=NECK),
            ]
        )
        found = summary(some)
        assert [(c.test.id, c.visits[0].result.side) for c in found.improved] == [("shoulder_abduction", "left")]
        assert [c.visits[0].result.side for c in found.worsened] == ["right"]
        assert [c.visits[0].result.mode for c in found.unchanged] == ["passive"]
        assert [c.test.id for c in found.measured_once] == ["neck_flexion"]

    def test_a_resisted_test_has_no_course(self):
        assert courses(visits(10, 30, mode="resisted")) == ()

    def test_nothing_measured_yet(self):
        assert courses([]) == ()
        assert summary(()).improved == ()

    @given(st.permutations(visits(100, 110, 125, 131)))
    def test_the_order_in_which_they_are_given_does_not_matter(self, some):
        [one] = courses(some)
        assert [visit.result.peak_deg for visit in one.visits] == [100, 110, 125, 131]
