"""The rules of reading are whole: they refer to what exists, are worded with care and say how sure they are."""

from typing import get_args

import pytest

from rom_vision.movements import (
    Sign,
    load_capsular_patterns,
    load_catalogue,
    load_readings,
    load_red_flags,
    movement_test,
)


def test_every_sign_that_can_be_told_is_asked_for_by_some_rule():
    assert {sign for rule in load_readings().values() for sign in rule.signs} == set(get_args(Sign))


@pytest.mark.parametrize("rule", load_readings().values(), ids=lambda rule: rule.id)
class TestEveryRule:
    def test_what_it_points_to_goes_on_from_those_words(self, rule):
        assert rule.points_to[0].islower()
        assert not rule.points_to.endswith(".")
        assert " is " not in rule.points_to

    def test_it_stands_instead_of_more_general_rules_only(self, rule):
        for general in rule.instead_of:
            assert general != rule.id
            assert general in load_readings()

    def test_its_signs_do_not_contradict_each_other(self, rule):
        for one, other in (("short", "full"), ("painful", "painless"), ("strong", "weak")):
            for mode in ("active", "passive", "resisted"):
                assert not {f"{mode} {one}", f"{mode} {other}"} <= set(rule.signs)

    def test_it_names_its_source(self, rule):
        assert len(rule.source) > 5


def test_a_physician_looks_first_at_what_may_be_serious():
    assert [rule.id for rule in load_readings().values() if rule.refer] == ["weak_painful", "empty_end"]


@pytest.mark.parametrize("pattern", load_capsular_patterns().values(), ids=lambda pattern: pattern.id)
def test_a_capsular_pattern_is_of_its_own_joint(pattern):
    tests = [test for group in pattern.order for test in group] + list(pattern.spared)
    assert set(tests) <= set(load_catalogue())
    assert {movement_test(test).joint for test in tests} == {pattern.id}


def test_the_pattern_of_the_shoulder():
    """Magee: external rotation more than abduction more than internal rotation."""
    order = [test for group in load_capsular_patterns()["shoulder"].order for test in group]
    assert order == ["shoulder_external_rotation", "shoulder_abduction", "shoulder_internal_rotation"]


def test_red_flags_of_the_neck_and_the_saddle_are_there():
    assert {"dizzy_with_neck_movement", "saddle_or_bladder", "fracture"} <= set(load_red_flags())
