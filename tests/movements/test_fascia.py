"""Fascial lines refer to what exists, and tell which tests bear on a restriction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.movements import (
    FascialLine,
    bearing_on_line,
    lines_through,
    load_catalogue,
    load_fascial_lines,
    load_regions,
)

lines = st.sampled_from(list(load_fascial_lines().values()))


@given(lines)
def test_a_line_passes_regions_and_is_stretched_by_tests_that_exist(line: FascialLine):
    assert set(line.regions) <= set(load_regions())
    assert len(set(line.regions)) == len(line.regions) > 1
    assert set(line.stretched_by) <= set(load_catalogue())


@given(lines)
def test_a_line_goes_through_each_of_its_regions(line: FascialLine):
    assert all(line in lines_through(region) for region in line.regions)


def test_the_lines_are_those_that_dissection_found():
    """Wilke 2016: strong evidence for these three."""
    assert list(load_fascial_lines()) == ["superficial_back_line", "back_functional_line", "front_functional_line"]


@pytest.mark.parametrize("region", ["sole", "calf", "back_of_thigh", "back_of_neck"])
def test_bending_forward_bears_on_a_restriction_anywhere_along_the_back(region: str):
    (line,) = lines_through(region)
    told = {(bearing.test.id, bearing.side, bearing.mode) for bearing in bearing_on_line(line, "left")}
    assert told == {("trunk_flexion", None, "passive"), ("straight_leg_raise", "left", "passive")}


def test_where_no_line_goes_there_is_none():
    assert lines_through("elbow_fold") == ()
