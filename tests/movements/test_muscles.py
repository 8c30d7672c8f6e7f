"""Muscles and segments refer to what exists, say how sure that is, and tell which tests bear on a finding.

Expected actions are those of general anatomy; expected areas those of the teaching pages named in the files.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.movements import (
    SIDES,
    Muscle,
    Segment,
    bearing_on_muscle,
    bearing_on_segment,
    load_catalogue,
    load_muscles,
    load_regions,
    load_segments,
    movement_test,
    muscles_referring_to,
    segments_of_region,
)

muscles = st.sampled_from(list(load_muscles().values()))
segments = st.sampled_from(list(load_segments().values()))
sides = st.sampled_from([None, *SIDES])


def told(bearings) -> set[tuple[str, str | None, str]]:
    return {(bearing.test.id, bearing.side, bearing.mode) for bearing in bearings}


@given(muscles)
def test_a_muscle_refers_to_tests_regions_and_muscles_that_exist(muscle: Muscle):
    if muscle.action:
        action = muscle.action
        toward_a_side = (*action.produces_away, *action.stretched_away)
        assert {*action.produces, *action.stretched_by, *toward_a_side} <= set(load_catalogue())
        assert all(movement_test(test).sided for test in toward_a_side)
    if muscle.referral:
        assert set(muscle.referral.regions) <= set(load_regions())
    assert set(muscle.opposed_by) <= set(load_muscles()) - {muscle.id}


@given(muscles)
def test_opposition_is_mutual(muscle: Muscle):
    for other in muscle.opposed_by:
        assert muscle.id in load_muscles()[other].opposed_by


@given(muscles)
def test_a_muscle_moves_and_is_stretched_at_the_joints_that_it_crosses(muscle: Muscle):
    if muscle.action:
        for bearing in bearing_on_muscle(muscle, None):
            assert bearing.test.joint in muscle.joints


@given(muscles)
def test_no_motion_both_uses_and_stretches_the_same_fibres(muscle: Muscle):
    """But for the deltoid, whose front and rear do opposite things."""
    if muscle.action and muscle.id != "deltoid":
        assert not set(muscle.action.produces) & set(muscle.action.stretched_by)
        assert not set(muscle.action.produces_away) & set(muscle.action.stretched_away)


def test_all_that_is_not_read_somewhere_says_so():
    actions = [muscle.action for muscle in load_muscles().values() if muscle.action]
    assert not any(action.confirmed for action in actions)
    assert load_muscles()["upper_trapezius"].referral.confirmed
    assert not load_muscles()["supinator"].referral.confirmed


class TestBearingOnMuscle:
    def test_what_it_does_is_tested_against_resistance_and_what_stretches_it_passively(self):
        assert told(bearing_on_muscle(load_muscles()["subscapularis"], "right")) == {
            ("shoulder_internal_rotation", "right", "resisted"),
            ("shoulder_external_rotation", "right", "passive"),
            ("shoulder_abduction", "right", "passive"),
        }

    def test_of_the_neck_some_motions_go_to_the_other_side(self):
        """The left sternocleidomastoid turns the head to the right and tips it to the left."""
        assert told(bearing_on_muscle(load_muscles()["sternocleidomastoid"], "left")) == {
            ("neck_flexion", None, "resisted"),
            ("neck_lateral_flexion", "left", "resisted"),
            ("neck_rotation", "right", "resisted"),
            ("neck_extension", None, "passive"),
            ("neck_rotation", "left", "passive"),
            ("neck_lateral_flexion", "right", "passive"),
        }

    def test_hamstrings_are_stretched_by_the_straight_leg(self):
        assert ("straight_leg_raise", "left", "passive") in told(
            bearing_on_muscle(load_muscles()["hamstrings"], "left")
        )

    def test_without_movement_test_there_is_nothing_to_say(self):
        assert bearing_on_muscle(load_muscles()["masseter"], "left") == ()

    @given(muscles)
    def test_a_side_that_is_not_known_asks_for_both(self, muscle: Muscle):
        both = set().union(*(told(bearing_on_muscle(muscle, side)) for side in SIDES))
        assert told(bearing_on_muscle(muscle, None)) == both

    @given(muscles, sides)
    def test_each_test_fits_and_says_what_speaks_for_what_against_and_why(self, muscle: Muscle, side):
        for bearing in bearing_on_muscle(muscle, side):
            assert bearing.test.sided == (bearing.side is not None)
            assert bearing.speaks_for != bearing.speaks_against
            assert muscle.name in bearing.why
            assert bearing.source


class TestSegments:
    def test_they_go_from_c2_to_s2(self):
        expected = [f"C{n}" for n in range(2, 9)] + [f"T{n}" for n in range(1, 13)]
        assert list(load_segments()) == expected + [f"L{n}" for n in range(1, 6)] + ["S1", "S2"]

    @given(segments)
    def test_a_dermatome_covers_regions_that_exist(self, segment: Segment):
        assert set(segment.covers.regions) <= set(load_regions())

    @pytest.mark.parametrize(
        ("segment", "region"),
        [("C6", "thumb_and_index"), ("C7", "middle_finger"), ("T10", "middle_abdomen"), ("S2", "back_of_thigh")],
    )
    def test_dermatomes_are_where_the_maps_agree(self, segment, region):
        assert load_segments()[segment] in segments_of_region(region)

    def test_key_muscles_are_tested_against_resistance(self):
        assert told(bearing_on_segment(load_segments()["C7"], "right")) == {
            ("elbow_extension", "right", "resisted"),
            ("wrist_flexion", "right", "resisted"),
        }

    def test_fingers_and_toes_have_no_test(self):
        assert bearing_on_segment(load_segments()["C8"], "left") == ()

    def test_those_between_named_ones_are_to_be_confirmed(self):
        assert not load_segments()["T8"].covers.confirmed
        assert load_segments()["C5"].covers.confirmed


def test_a_region_names_the_muscles_that_refer_to_it():
    assert {muscle.id for muscle in muscles_referring_to("iliac_crest")} == {
        "quadratus_lumborum",
        "gluteus_medius",
    }
