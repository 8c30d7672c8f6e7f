"""Places on the chart of the body, as regions and as expected areas."""

from dataclasses import replace

import charted
import pytest

from rom_vision.exchange.body_places import dermatome_of, expected, placed, referral_of, region_at
from rom_vision.movements import load_muscles, load_regions, load_segments

FINDING = replace(
    charted.palpation("C-222222", 1), region="shoulder_blade", side="left", face="back", x=0.38, y=0.245
)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_place_of_a_region_is_in_that_region(side):
    for region in load_regions().values():
        own = side if region.sided else None
        found = region_at(region.surface, region.place(own))
        assert (found.region.id, found.side) == (region.id, own)


def test_a_finding_that_is_dragged_away_takes_the_region_where_it_lands():
    moved = placed(FINDING, "front", load_regions()["chest"].place("right"))
    assert (moved.region, moved.side, moved.face) == ("chest", "right", "front")
    assert (moved.kind, moved.pain, moved.id) == (FINDING.kind, FINDING.pain, FINDING.id)


def test_a_region_that_was_chosen_by_hand_stays_while_the_finding_is_only_nudged():
    by_hand = replace(FINDING, region="thoracic_spine", side=None)
    nudged = placed(by_hand, "back", (0.381, 0.246))
    assert (nudged.region, nudged.side, nudged.x) == ("thoracic_spine", None, 0.381)


def test_a_place_beyond_the_chart_is_at_its_edge():
    moved = placed(FINDING, "back", (-0.2, 1.4))
    assert (moved.x, moved.y) == (0.0, 1.0)


def test_the_pain_of_a_trigger_point_is_expected_on_its_own_side_where_the_muscle_sends_it():
    muscle = load_muscles()["infraspinatus"]
    point = replace(FINDING, kind="trigger_point_active", muscle=muscle.id, side="right")
    areas = expected(point)
    assert [area.region.id for area in areas] == list(muscle.referral.regions)
    assert {area.side for area in areas} <= {"right", None}
    assert expected(replace(point, kind="tenderness")) == ()  # it stays where it is pressed
    assert expected(replace(point, muscle=None)) == ()


def test_a_dermatome_is_shown_on_both_sides_where_the_side_is_not_known():
    areas = dermatome_of("C6", None)
    assert {area.region.id for area in areas} == set(load_segments()["C6"].covers.regions)
    assert {area.side for area in areas} == {"left", "right"}
    assert dermatome_of("S5", None) == ()
    assert referral_of(None, None) == ()
