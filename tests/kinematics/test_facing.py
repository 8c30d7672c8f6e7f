"""Truth: a figure turned by a known angle."""

import numpy as np
import pytest
from bodies import FORWARD, LEFT, exact_body, film, seen_from, standing, turn
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.kinematics.facing import askew_deg, heading_deg, nearest_view, off_view_deg


@given(st.floats(-179, 179))
def test_the_heading_is_where_the_camera_stands(azimuth: float) -> None:
    assert heading_deg(exact_body(seen_from(standing(), azimuth)).joints_m) == pytest.approx(azimuth, abs=1e-6)


def test_a_lying_client_seen_from_the_left() -> None:
    assert heading_deg(exact_body(seen_from(standing(), 90, tilt=turn(FORWARD, 90))).joints_m) == pytest.approx(90)


@given(st.floats(0, 90))
def test_a_side_is_seen_askew_from_in_front_and_from_above_or_a_lying_clients_feet(off: float) -> None:
    for seen in (seen_from(standing(), 90 - off), seen_from(standing(), 90, tilt=turn(LEFT, off))):
        assert askew_deg(exact_body(seen).joints_m, "left") == pytest.approx(off, abs=0.01)


def test_nobody_has_no_heading() -> None:
    assert np.isnan(heading_deg(exact_body(film([], 0.0)).joints_m))


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
