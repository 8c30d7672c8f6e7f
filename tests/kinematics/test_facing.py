"""Truth: a figure turned by a known angle, and the geometry of foreshortening."""

import numpy as np
import pytest
from bodies import FORWARD, film, seen_from, standing, turn
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.kinematics.facing import foreshortening_deg, heading_deg, nearest_view, off_view_deg


@given(st.floats(-179, 179))
def test_the_heading_is_where_the_camera_stands(azimuth: float) -> None:
    assert heading_deg(seen_from(standing(), azimuth)) == pytest.approx(azimuth, abs=1e-6)


def test_a_lying_client_seen_from_the_left() -> None:
    assert heading_deg(seen_from(standing(), 90, tilt=turn(FORWARD, 90))) == pytest.approx(90)


def test_nobody_has_no_heading() -> None:
    landmarks = film([], 0.0)
    assert np.isnan(heading_deg(landmarks))


@pytest.mark.parametrize(
    ("heading", "view", "off"),
    [
        (0, "front", 0),
        (30, "front", 30),
        (170, "back", 10),
        (-170, "back", 10),
        (-80, "right", 10),
        (80, "right", 170),
    ],
)
def test_off_the_view(heading: float, view, off: float) -> None:
    assert off_view_deg(heading, view) == pytest.approx(off)


def test_the_nearest_view() -> None:
    assert nearest_view(100, ("left", "right")) == "left"
    assert nearest_view(-160, ("front", "back")) == "back"


def test_in_the_ideal_view_nothing_is_lost() -> None:
    assert foreshortening_deg(120, 0) == pytest.approx(0, abs=1e-9)


def test_foreshortening_of_45_degrees_seen_45_degrees_off() -> None:
    # at 45 the reading is atan(cos 45) = 35.3; within 10 degrees of it nothing is worse than 9.9
    assert foreshortening_deg(45, 45) == pytest.approx(9.9, abs=0.1)


@given(st.floats(0, 180), st.floats(0, 80), st.floats(0, 10))
def test_more_off_costs_more(angle: float, off: float, more: float) -> None:
    assert foreshortening_deg(angle, off + more) >= foreshortening_deg(angle, off) - 1e-9
