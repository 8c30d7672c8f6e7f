"""The arc's two ends against the body that the landmarks were made from."""

from collections.abc import Sequence

import numpy as np
import pytest
from bodies import FORWARD, LEFT, UP, bend, exact_body, film, standing
from measured import provenance

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import Point
from rom_vision.exchange.angle_arc import AngleArc, angle_arc
from rom_vision.measure import Measurement, measure_body
from rom_vision.movements import Side, movement_test

SHANK = (Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES)
ARM = (Point.LEFT_ELBOW, Point.LEFT_WRIST, Point.LEFT_INDEX, Point.LEFT_PINKY)
LEG = (Point.LEFT_KNEE, *SHANK)
RIGHT_LEG = tuple(Point[point.name.replace("LEFT", "RIGHT")] for point in LEG)
SEEN = 30  # the arc is looked at in this frame, half-way up
NEAR = 0.08  # of a direction of length 1: the curve is smoothed, the limb is not


def measured(
    movement: str, side: Side | None, azimuth_deg: float, at: Point, moved: Sequence[Point], axis: np.ndarray
) -> tuple[Measurement, AngleArc]:
    """A joint turned to 80 degrees and back, twice."""
    turned_deg = 40 * (1 - np.cos(np.linspace(0, 4 * np.pi, 240)))
    landmarks = film([bend(standing(), at, list(moved), axis, deg) for deg in turned_deg], azimuth_deg)
    client = Client(landmarks=landmarks, others=0)
    measurement = measure_body(
        client, exact_body(landmarks), movement_test(movement), side, "active", provenance("a" * 64)
    )
    return measurement, angle_arc(measurement)


def direction(px: np.ndarray) -> np.ndarray:
    return px / np.linalg.norm(px)


def ends(arc: AngleArc, frame: int = SEEN) -> tuple[np.ndarray, np.ndarray]:
    """Where the zero line and the limb's line point to."""
    spokes = arc.arc_px[frame] - arc.vertex_px[frame]
    return direction(spokes[0]), direction(spokes[-1])


def line(measurement: Measurement, start: Point, end: Point) -> np.ndarray:
    px = measurement.landmarks.image_px[SEEN]
    return direction(px[end] - px[start])


@pytest.mark.parametrize(("movement", "azimuth_deg"), [("knee_flexion", 90), ("squat", 90), ("squat", 60)])
def test_a_knee_is_measured_from_the_thigh_made_longer(movement, azimuth_deg):
    """Read in the picture or in space: zero is the straight leg."""
    measurement, arc = measured(movement, "left", azimuth_deg, Point.LEFT_KNEE, SHANK, LEFT)
    zero, limb = ends(arc)
    np.testing.assert_allclose(zero, line(measurement, Point.LEFT_HIP, Point.LEFT_KNEE), atol=NEAR)
    np.testing.assert_allclose(limb, line(measurement, Point.LEFT_KNEE, Point.LEFT_ANKLE), atol=NEAR)
    np.testing.assert_allclose(arc.vertex_px[SEEN], measurement.landmarks.image_px[SEEN, Point.LEFT_KNEE])


@pytest.mark.parametrize("azimuth_deg", [0, 180])
def test_an_arm_raised_sideways_is_measured_from_the_trunk(azimuth_deg):
    """From the front and from behind."""
    measurement, arc = measured("shoulder_abduction", "left", azimuth_deg, Point.LEFT_SHOULDER, ARM, FORWARD)
    zero, limb = ends(arc)
    np.testing.assert_allclose(zero, [0, 1], atol=NEAR)
    np.testing.assert_allclose(limb, line(measurement, Point.LEFT_SHOULDER, Point.LEFT_ELBOW), atol=NEAR)


def test_an_arm_across_the_body_is_drawn_as_the_camera_sees_it():
    """Horizontal adduction turns about the long axis: from the front its arc is flat, not round."""
    arm_out = bend(standing(), Point.LEFT_SHOULDER, list(ARM), FORWARD, 90)
    turned_deg = 40 * (1 - np.cos(np.linspace(0, 4 * np.pi, 240)))
    landmarks = film([bend(arm_out, Point.LEFT_SHOULDER, list(ARM), UP, -deg) for deg in turned_deg], 0)
    test = movement_test("shoulder_horizontal_adduction")
    client = Client(landmarks=landmarks, others=0)
    arc = angle_arc(measure_body(client, exact_body(landmarks), test, "left", "active", provenance("a" * 64)))
    spokes = arc.arc_px[SEEN] - arc.vertex_px[SEEN]
    np.testing.assert_allclose(spokes[:, 1], 0, atol=1)
    np.testing.assert_allclose(direction(spokes[0]), [1, 0], atol=NEAR)  # the client's left is the picture's right


def test_a_leg_spread_is_measured_square_to_the_hips():
    measurement, arc = measured("hip_abduction", "left", 0, Point.LEFT_HIP, LEG, FORWARD)
    zero, limb = ends(arc)
    np.testing.assert_allclose(zero, [0, 1], atol=NEAR)
    np.testing.assert_allclose(limb, line(measurement, Point.LEFT_HIP, Point.LEFT_KNEE), atol=NEAR)


def test_a_trunk_turns_about_the_hips_from_where_it_started():
    upper = [point for point in standing() if point not in (*LEG, *RIGHT_LEG, Point.LEFT_HIP, Point.RIGHT_HIP)]
    body = standing() | {Point.LEFT_HIP: np.array([0.1, 0, 0]), Point.RIGHT_HIP: np.array([-0.1, 0, 0])}
    turned_deg = 40 * (1 - np.cos(np.linspace(0, 4 * np.pi, 240)))
    landmarks = film([bend(body, Point.LEFT_HIP, upper, LEFT, deg) for deg in turned_deg], 90)
    client = Client(landmarks=landmarks, others=0)
    measurement = measure_body(
        client, exact_body(landmarks), movement_test("trunk_flexion"), None, "active", provenance("a" * 64)
    )
    arc = angle_arc(measurement)
    zero, limb = ends(arc)
    np.testing.assert_allclose(zero, [0, -1], atol=NEAR)  # upright
    np.testing.assert_allclose(limb, line(measurement, Point.LEFT_HIP, Point.LEFT_SHOULDER), atol=NEAR)
    np.testing.assert_allclose(arc.vertex_px[SEEN], landmarks.image_px[SEEN, Point.LEFT_HIP], atol=1e-6)


def test_a_straight_knee_in_space_has_no_arc():
    """Its axis is not known there; a random one would be a lie."""
    measurement, arc = measured("squat", "left", 90, Point.LEFT_KNEE, SHANK, LEFT)
    assert measurement.curve[0] == pytest.approx(0, abs=1)
    assert np.isnan(arc.arc_px[0]).all()
