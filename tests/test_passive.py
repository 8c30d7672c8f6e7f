"""A test in which somebody else moves the limb: whose limb it was, and whether the client lay inert."""

from dataclasses import replace

import numpy as np
import pytest
from bodies import FORWARD, bend, exact_body, film, standing
from measured import provenance

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import POINTS, Landmarks, Point
from rom_vision.measure import Measurement, measure_body
from rom_vision.movements import movement_test

RATE_HZ = 15.0
ARM = [Point.LEFT_ELBOW, Point.LEFT_WRIST, Point.LEFT_INDEX, Point.LEFT_PINKY]
OTHER_ARM = [Point.RIGHT_ELBOW, Point.RIGHT_WRIST, Point.RIGHT_INDEX, Point.RIGHT_PINKY]
UPPER_BODY = [point for point in Point if "HIP" not in point.name and point < Point.LEFT_HIP]


def moved_to(deg: float) -> np.ndarray:
    """(n,) twice up in two seconds, held for one, and down."""
    up = deg * (1 - np.cos(np.linspace(0, np.pi, 30))) / 2
    return np.concatenate([np.zeros(15), *2 * [up, np.full(15, deg), up[::-1], np.zeros(15)]])


def abducted(*, trunk_deg: float = 0.0, other_arm_deg: float = 0.0, tremble_px: float = 0.0) -> Landmarks:
    """A left arm taken to 110 degrees, while trunk and other arm go along so far; all landmarks are believed."""
    bodies = []
    for share in moved_to(1.0):
        body = bend(standing(), Point.LEFT_SHOULDER, ARM, FORWARD, 110 * share)
        body = bend(body, Point.RIGHT_SHOULDER, OTHER_ARM, FORWARD, -other_arm_deg * share)
        bodies.append(bend(body, Point.LEFT_HIP, UPPER_BODY, FORWARD, trunk_deg * share))
    landmarks = film(bodies, 0, rate_hz=RATE_HZ)
    trembling = np.random.default_rng(5).normal(0, tremble_px, landmarks.image_px.shape)
    return replace(
        landmarks, image_px=landmarks.image_px + trembling, trust=np.ones((len(landmarks.time_s), POINTS))
    )


def judged(landmarks: Landmarks, body_of: Landmarks | None = None, others: int = 1) -> Measurement:
    client = Client(landmarks=landmarks, others=others)
    test, body = movement_test("shoulder_abduction"), exact_body(landmarks if body_of is None else body_of)
    return measure_body(client, body, test, "left", "passive", provenance("d" * 64))


def said(measurement: Measurement) -> dict[str, str]:
    return {problem.kind: problem.message for problem in measurement.problems}


def test_who_lies_inert_is_measured_without_a_remark() -> None:
    found = judged(abducted())
    assert not found.problems
    assert found.peak_deg == pytest.approx(110, abs=2)


def test_trembling_landmarks_are_no_movement_of_the_client() -> None:
    # a forearm of 0.25 m is 125 pixels here, so this turns it by 8 degrees one way or the other in every picture
    trembling = abducted(tremble_px=12.0)
    assert "not_inert" not in said(judged(trembling, body_of=abducted()))


def test_a_hand_that_passes_over_a_landmark_is_no_movement_either() -> None:
    def strayed(landmarks: Landmarks) -> Landmarks:
        px = landmarks.image_px.copy()
        for start in range(0, len(px), 20):
            px[start : start + 3, Point.RIGHT_WRIST, 0] += 60
        return replace(landmarks, image_px=px)

    assert "not_inert" not in said(judged(strayed(abducted()), body_of=abducted()))


@pytest.mark.parametrize(
    ("helping", "part"),
    [({"trunk_deg": 20.0}, "trunk"), ({"other_arm_deg": 35.0}, "right arm")],
)
def test_a_client_who_goes_along_is_told(helping: dict[str, float], part: str) -> None:
    for tremble_px in (0.0, 6.0):
        landmarks = abducted(**helping, tremble_px=tremble_px)
        message = said(judged(landmarks, body_of=abducted(**helping)))["not_inert"]
        assert message.startswith(f"The client's {part} moved by ")


def test_a_limb_that_cannot_be_told_from_the_helpers_is_refused() -> None:
    landmarks = abducted()
    trust = np.ones((len(landmarks.time_s), POINTS))
    trust[:, Point.LEFT_ELBOW] = 0.1
    found = judged(replace(landmarks, trust=trust), body_of=landmarks)
    assert found.peak_deg is None
    assert "could not be told from the helper's arms" in said(found)["covered"]


def test_nobody_else_in_the_picture_is_remarked() -> None:
    found = judged(abducted(), others=0)
    assert found.accepted
    assert "Nobody but the client was seen" in said(found)["alone"]
