"""What active, passive and resisted tests point to beside each other.

Expected readings are those of Cyriax's selective tissue tension, one after the other as teaching has them.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.compare import Result
from rom_vision.errors import UsageError
from rom_vision.interpret import Outcome, interpret
from rom_vision.kinematics.hold import Hold
from rom_vision.loss import Reference
from rom_vision.movements import MODES, MovementTest, load_capsular_patterns, load_end_feels, movement_test

TODAY = date(2026, 11, 24)
ABDUCTION = movement_test("shoulder_abduction")  # minimal detectable change 12 degrees
ELBOW = movement_test("elbow_flexion")  # 10 degrees
HEALTHY_DEG = 160.0


def result(test: MovementTest, mode, peak_deg, side="left", doubt_deg=4.0) -> Result:
    side = side if test.sided else None
    return Result(test=test, side=side, mode=mode, on=TODAY, peak_deg=peak_deg, uncertainty_deg=doubt_deg)


def outcome(mode, peak_deg=None, *, test=ABDUCTION, doubt_deg=4.0, side="left", **found) -> Outcome:
    side = side if test.sided else None
    measured = None if peak_deg is None else result(test, mode, peak_deg, side, doubt_deg)
    return Outcome(test=test, side=side, mode=mode, result=measured, **found)


OTHER_SIDE = Reference(others=[result(ABDUCTION, mode, HEALTHY_DEG, "right") for mode in ("active", "passive")])


def rules(*some: Outcome, reference: Reference | None = OTHER_SIDE, **more) -> list[str]:
    return [statement.rule for statement in interpret(some, reference, **more)]


class TestRange:
    def test_passive_well_above_active_points_to_weakness_or_inhibition(self):
        [statement] = interpret([outcome("active", 110), outcome("passive", 158)], OTHER_SIDE)
        assert statement.rule == "passive_above_active"
        assert statement.words == ("Left shoulder abduction points to weakness, or a muscle held back by pain")
        assert statement.derived_from == ("active: 48° less than in the passive test: active short of passive",)
        assert not statement.confirmed

    def test_both_short_and_alike_points_to_the_joint(self):
        assert rules(outcome("active", 110), outcome("passive", 115)) == ["both_short"]

    def test_with_pain_the_same_way_and_no_pain_on_resistance_to_inert_tissue(self):
        assert rules(
            outcome("active", 110, pain=4),
            outcome("passive", 115, pain=5),
            outcome("resisted", pain=0, strength=5),
        ) == ["inert"]

    def test_without_other_side_or_norm_nothing_is_called_short(self):
        assert rules(outcome("active", 110), outcome("passive", 115), reference=None) == []

    def test_where_there_is_no_other_side_the_norm_serves(self):
        """McKay 2017, women of 20 to 59: neck extension 61 ± 14.7, so the norm ends at 31.6."""
        neck = movement_test("neck_extension")
        women = Reference(sex="female", age_years=30)
        both = [outcome("active", 15, test=neck), outcome("passive", 18, test=neck)]
        assert rules(*both, reference=women) == ["both_short"]
        near = [outcome("active", 28, test=neck), outcome("passive", 30, test=neck)]
        assert rules(*near, reference=women) == []

    def test_a_difference_inside_the_uncertainty_says_nothing(self):
        assert rules(outcome("active", 150, doubt_deg=15), outcome("passive", 168, doubt_deg=15)) == []


class TestResistance:
    @pytest.mark.parametrize(
        ("pain", "strength", "rule"),
        [(5, 5, "strong_painful"), (5, 3, "weak_painful"), (0, 3, "weak_painless")],
    )
    def test_strength_and_pain_beside_each_other(self, pain, strength, rule):
        assert rules(outcome("resisted", pain=pain, strength=strength)) == [rule]

    @pytest.mark.parametrize("found", [{"pain": 5}, {"strength": 2}, {}, {"pain": 0, "strength": 5}])
    def test_one_of_both_alone_or_nothing_wrong_says_nothing(self, found):
        assert rules(outcome("resisted", **found)) == []

    def test_weak_and_painful_is_referred_and_comes_first(self):
        first, *_ = interpret(
            [outcome("active", 110), outcome("passive", 158), outcome("resisted", pain=6, strength=2)], OTHER_SIDE
        )
        assert (first.rule, first.refer) == ("weak_painful", True)
        assert first.words.endswith("refer to a physician before going on")
        assert first.derived_from == ("resisted: strength 2 of 5", "resisted: pain 6 of 10")

    def test_a_joint_that_moved_was_not_strong(self):
        hold = Hold(start_s=1, end_s=5, position_deg=80, drift_deg=-14, whole=True, tremor_deg=None)
        [statement] = interpret([outcome("resisted", pain=6, strength=5, hold=hold)])
        assert statement.rule == "not_isometric"
        assert statement.derived_from == ("resisted: the joint moved 14°, more than 10°",)
        still = replace(hold, drift_deg=-9)
        assert rules(outcome("resisted", pain=6, strength=5, hold=still)) == ["strong_painful"]

    def test_one_that_gave_way_is_still_referred(self):
        hold = Hold(start_s=1, end_s=5, position_deg=80, drift_deg=-14, whole=True, tremor_deg=None)
        assert rules(outcome("resisted", pain=6, strength=2, hold=hold)) == ["weak_painful", "not_isometric"]

    def test_pain_on_work_and_on_stretch_points_to_muscle_or_tendon(self):
        stretch = outcome("passive", test=movement_test("elbow_extension"), pain=4)
        bend = [
            outcome("active", 140, test=ELBOW, pain=3),
            outcome("passive", 142, test=ELBOW, pain=0),
            outcome("resisted", test=ELBOW, pain=4, strength=5),
        ]
        other = Reference(others=[result(ELBOW, "passive", 141, "right")])
        assert rules(*bend, stretch, reference=other) == ["contractile"]
        assert rules(*bend, reference=other) == ["strong_painful"]

    def test_of_the_neck_the_stretch_is_toward_the_other_side(self):
        turn = movement_test("neck_rotation")
        found = [
            outcome("active", test=turn, pain=3),
            outcome("passive", 70, test=turn),
            outcome("resisted", test=turn, pain=4, strength=5),
            outcome("passive", test=turn, side="right", pain=5),
        ]
        other = Reference(others=[result(turn, "passive", 71, "right")])
        assert rules(*found, reference=other) == ["contractile"]

    def test_pain_in_all_directions_points_to_an_irritable_joint(self):
        both = [
            one
            for test in ("elbow_flexion", "elbow_extension")
            for one in (
                outcome("active", test=movement_test(test), pain=4),
                outcome("passive", test=movement_test(test), pain=4),
                outcome("resisted", test=movement_test(test), pain=4, strength=5),
            )
        ]
        assert rules(*both) == ["all_painful", "all_painful"]
        neck = [
            outcome(mode, test=movement_test("neck_rotation"), side=side, pain=4)
            for side in ("left", "right")
            for mode in MODES
        ]
        assert "all_painful" in rules(*neck)
        painless = replace(both[-1], pain=0)
        assert "all_painful" not in rules(*both[:-1], painless)

    def test_nothing_wrong_here_points_elsewhere(self):
        assert rules(
            outcome("active", 158, pain=0),
            outcome("passive", 161, pain=0),
            outcome("resisted", pain=0, strength=5),
        ) == ["normal_here"]


class TestPainfulArc:
    @pytest.mark.parametrize(
        ("arc_deg", "peak_deg", "found"),
        [
            ((65, 115), 158, ["arc_in_the_middle"]),
            ((52, 128), 158, ["arc_in_the_middle"]),  # "about" 60 to 120
            ((30, 115), 158, []),
            ((65, 150), 158, []),
            ((65, 115), 118, []),  # pain up to the end of what was reached is no arc
            ((165, 172), 173, ["arc_at_the_end"]),
        ],
    )
    def test_where_the_arc_lies(self, arc_deg, peak_deg, found):
        assert rules(outcome("active", peak_deg, painful_arc_deg=arc_deg), reference=None) == found

    def test_of_another_joint_an_arc_says_nothing(self):
        assert rules(outcome("active", 140, test=ELBOW, painful_arc_deg=(65, 115)), reference=None) == []


class TestEndFeel:
    @pytest.mark.parametrize(
        ("feel", "test", "found"),
        [
            ("empty", ABDUCTION, ["empty_end"]),
            ("springy", movement_test("knee_extension"), ["springy_end"]),
            ("spasm", ABDUCTION, ["spasm_end"]),
            ("hard", ABDUCTION, ["unusual_end"]),  # usually firm
            ("firm", ABDUCTION, []),
            ("hard", ELBOW, []),  # soft, hard in slim people
            ("hard", movement_test("squat"), []),  # has none
        ],
    )
    def test_what_the_end_points_to(self, feel, test, found):
        assert rules(outcome("passive", test=test, end_feel=feel)) == found

    def test_the_usual_one_too_early(self):
        assert rules(outcome("passive", 110, end_feel="firm")) == ["early_end"]

    def test_an_empty_end_is_referred(self):
        [statement] = interpret([outcome("passive", end_feel="empty")])
        assert statement.refer

    def test_one_that_is_none_names_the_known(self):
        with pytest.raises(UsageError, match=r"no end feel 'frim'. Did you mean firm"):
            interpret([outcome("passive", end_feel="frim")])


SHOULDER_DEG = {"shoulder_external_rotation": 85, "shoulder_abduction": 160, "shoulder_internal_rotation": 60}


class TestCapsularPattern:
    def shoulder(self, external, abduction, internal, doubt_deg=4.0) -> list[str]:
        lost = dict(zip(SHOULDER_DEG, (external, abduction, internal), strict=True))
        now = [
            outcome("passive", deg - lost[test], test=movement_test(test), doubt_deg=doubt_deg)
            for test, deg in SHOULDER_DEG.items()
        ]
        other = [
            result(movement_test(test), "passive", deg, "right", doubt_deg) for test, deg in SHOULDER_DEG.items()
        ]
        return rules(*now, reference=Reference(others=other))

    @pytest.mark.parametrize(
        ("lost_deg", "fits"),
        [
            ((75, 45, 22), True),  # severe, as Magee's table has it
            ((45, 25, 8), True),  # moderate
            ((30, 10, 2), False),  # slight: abduction and internal rotation can't be told apart
            ((25, 45, 8), False),  # abduction first is no capsular pattern
            ((40, 42, 41), False),
            ((0, 0, 0), False),
        ],
    )
    def test_external_rotation_then_abduction_then_internal_rotation(self, lost_deg, fits):
        assert ("capsular_pattern_shoulder" in self.shoulder(*lost_deg)) == fits

    def test_inside_the_uncertainty_there_is_no_order(self):
        assert self.shoulder(45, 25, 8, doubt_deg=12) == []

    def test_one_motion_missing_leaves_it_unsaid(self):
        turn = movement_test("shoulder_external_rotation")
        other = Reference(others=[result(turn, "passive", 85, "right")])
        assert rules(outcome("passive", 20, test=turn), reference=other) == []

    def test_its_words_name_the_joint_and_the_losses(self):
        knee = [("knee_flexion", 80, 140), ("knee_extension", -12, 2)]
        now = [outcome("passive", deg, test=movement_test(test)) for test, deg, _ in knee]
        other = [result(movement_test(test), "passive", deg, "right") for test, _, deg in knee]
        [statement] = interpret(now, Reference(others=other))
        assert statement.words == (
            "Left knee points to the whole joint: the losses fit the capsular pattern of the knee"
        )
        assert statement.derived_from == (
            "Knee flexion: 60° less than on the right side: the sides differ",
            "Knee extension: 14° less than on the right side: the sides differ",
        )

    def test_of_the_hip_the_order_varies(self):
        hip = load_capsular_patterns()["hip"]
        for lost_deg in ((20, 50, 30), (40, 20, 20)):
            now = [
                outcome("passive", 60 - lost, test=movement_test(test))
                for test, lost in zip(hip.order[0], lost_deg, strict=True)
            ]
            other = [result(movement_test(test), "passive", 60, "right") for test in hip.order[0]]
            assert rules(*now, reference=Reference(others=other)) == ["capsular_pattern_hip"]


class TestRedFlags:
    def test_one_stops_all_else(self):
        [statement] = interpret(
            [outcome("active", 110), outcome("passive", 158)], OTHER_SIDE, red_flags=["dizzy_with_neck_movement"]
        )
        assert statement.refer
        assert statement.words == (
            "Dizziness, double vision or sudden falls when the neck moves: do not test, refer to a physician"
        )

    def test_one_that_is_none_names_the_known(self):
        with pytest.raises(UsageError, match=r"no red flag 'fewer'. Did you mean fever"):
            interpret([], red_flags=["fewer"])


def test_a_result_of_another_test_is_our_own_mistake():
    with pytest.raises(ValueError, match="expected the result of"):
        Outcome(test=ELBOW, side="left", mode="active", result=result(ABDUCTION, "active", 100))


angles = st.none() | st.floats(-20, 180)
anything = st.builds(
    lambda test, side, mode, deg, doubt, **found: outcome(
        mode, deg, test=test, side=side, doubt_deg=doubt, **found
    ),
    st.sampled_from(
        [ABDUCTION, ELBOW, *map(movement_test, ("elbow_extension", "neck_rotation", "neck_extension"))]
    ),
    st.sampled_from(["left", "right"]),
    st.sampled_from(MODES),
    angles,
    st.floats(0, 25),
    pain=st.none() | st.integers(0, 10),
    strength=st.none() | st.integers(0, 5),
    end_feel=st.none() | st.sampled_from(list(load_end_feels())),
    painful_arc_deg=st.none() | st.tuples(st.floats(0, 90), st.floats(90, 180)),
)


@given(st.lists(anything, max_size=8))
def test_whatever_was_found_each_statement_points_and_says_what_it_rests_on(some):
    statements = interpret(some, Reference(others=OTHER_SIDE.others, sex="male", age_years=50))
    for statement in statements:
        assert " points to " in statement.words
        assert statement.derived_from
        assert statement.source
    assert [s.refer for s in statements] == sorted((s.refer for s in statements), reverse=True)


@given(st.lists(anything, max_size=8))
def test_wider_uncertainty_never_brings_a_finding_of_range(some):
    """No more signs of range with a hopeless measurement: all that is left comes from pain, strength, end feel."""
    hopeless = [
        replace(one, result=one.result and replace(one.result, uncertainty_deg=400.0), painful_arc_deg=None)
        for one in some
    ]
    range_rules = {"passive_above_active", "both_short", "inert", "early_end"}
    assert not range_rules & set(rules(*hopeless))
