"""The figure of the body: is every region of the vocabulary on it, is it the same right and left, is it human."""

import math
import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.path import Path as Polygon

from rom_vision.exchange.body_chart import WIDTH_TO_HEIGHT, features, marks, outline
from rom_vision.movements import SIDES, load_regions

RADIUS = 0.025
EDGE = 0.012  # of the height, 2 cm of a grown person: regions are pointed at, not measured
IN_HEIGHTS = np.array([WIDTH_TO_HEIGHT, 1.0])
PLACES = [
    pytest.param(region, side, id=f"{region.id}-{side}")
    for region in load_regions().values()
    for side in (SIDES if region.sided else (None,))
]


def body() -> np.ndarray:
    return np.array(list(outline().places()))


def width_at(y: float, within: float = 0.2) -> float:
    """From the leftmost to the rightmost place near the midline at a height, in shares of the height."""
    near = [x for x, other in body() if abs(other - y) < 0.012 and abs(x - 0.5) < within]
    return (max(near) - min(near)) * WIDTH_TO_HEIGHT


@pytest.mark.parametrize(("region", "side"), PLACES)
def test_every_region_lies_on_the_body(region, side):
    polygon = Polygon(body() * IN_HEIGHTS)
    place = np.array(region.place(side)) * IN_HEIGHTS
    nearest = np.min(np.hypot(*(body() * IN_HEIGHTS - place).T))
    assert polygon.contains_point(place) or nearest < EDGE


def test_it_is_closed_and_fills_the_chart_from_crown_to_soles():
    places = body()
    np.testing.assert_allclose(places[0], places[-1])
    assert places.min() >= 0
    assert places[:, 1].min() == pytest.approx(0, abs=0.002)
    assert places.max() == pytest.approx(1, abs=0.002)


def test_left_mirrors_right():
    places = body()
    mirrored = places * [-1, 1] + [1, 0]
    np.testing.assert_allclose(np.sort(places, axis=0), np.sort(mirrored, axis=0), atol=1e-9)


def test_its_proportions_are_those_it_claims():
    assert 0.08 < width_at(0.04) < 0.1  # head
    assert 0.26 < width_at(0.25, 0.26) < 0.30  # shoulders
    assert 0.18 < width_at(0.52) < 0.21  # hips
    assert width_at(0.385) < width_at(0.52)  # the waist is narrower


@pytest.mark.parametrize("face", ["front", "back"])
def test_its_lines_lie_within_it(face):
    polygon = Polygon(body() * IN_HEIGHTS)
    for line in features(face):
        for place in line.places():
            assert polygon.contains_point(np.array(place) * IN_HEIGHTS, radius=EDGE) or polygon.contains_point(
                np.array(place) * IN_HEIGHTS, radius=-EDGE
            )


def test_front_and_back_differ():
    assert {line.svg() for line in features("front")}.isdisjoint(line.svg() for line in features("back"))


def test_as_svg_it_is_one_path_of_cubic_curves_through_the_same_places():
    numbers = np.array(re.findall(r"-?\d+\.\d+", outline().svg()), dtype=float).reshape(-1, 2)
    assert re.fullmatch(r"M[\d.,]+(C[-\d., ]+)+", outline().svg())
    assert len(numbers) == 1 + 3 * len(outline().curves)
    np.testing.assert_allclose(
        numbers[3::3], [np.array(end) * IN_HEIGHTS for *_, end in outline().curves], atol=1e-4
    )


class TestNumbers:
    def test_one_stands_where_it_points(self):
        [mark] = marks([(0.4, 0.3)], RADIUS)
        assert mark.place == mark.label == (0.4, 0.3)

    def test_none_gives_none(self):
        assert marks([], RADIUS) == ()

    @settings(deadline=None)  # a busy machine is no failure
    @given(st.lists(st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)), max_size=30))
    def test_none_hides_another_and_all_are_on_the_chart(self, places):
        found = marks(places, RADIUS)
        assert [mark.place for mark in found] == places
        for one, other in combinations(found, 2):
            away = np.subtract(one.label, other.label) * IN_HEIGHTS
            assert math.hypot(*away) > 2 * RADIUS
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in (mark.label for mark in found))

    def test_many_at_one_place_stay_near_it(self):
        found = marks([(0.5, 0.5)] * 8, RADIUS)
        away = [math.hypot(*(np.subtract(mark.label, mark.place) * IN_HEIGHTS)) for mark in found]
        assert max(away) < 6 * RADIUS
