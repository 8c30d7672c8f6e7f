"""Where the tested angle lies in the picture: the arc from the zero line to the limb."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rom_vision.kinematics.angles import ANGLES, JointAngle, body_axis, place
from rom_vision.kinematics.hand_angle import HandAngle, clockwise
from rom_vision.measure import Measurement
from rom_vision.movements import Side

Points = NDArray[np.float64]

STEPS = 24  # of an arc: enough for 240 degrees to look round
SHARE = 0.5  # the arc's radius, of the moving line's length
LEAST = 0.06  # the arc's radius, of the picture's shorter side: feet and hands are short


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class AngleArc:
    """The tested angle in the picture, frame by frame. NaN where it is not known.

    Attributes:
        vertex_px: (n, 2) the joint about which the limb turns.
        arc_px: (n, 24, 2) from the zero line to the moving line, as the camera sees it.
    """

    vertex_px: Points
    arc_px: Points


def angle_arc(measurement: Measurement) -> AngleArc:
    """The arc spans exactly the angle that is shown, back from the limb where it is seen.

    So the zero line is right for every test: for one that counts from the client's own start position, it is
    that start, carried along by the body.
    """
    if measurement.hand is not None and measurement.side:
        return _of_hand(measurement, measurement.hand, measurement.side)
    landmarks, angle, side = measurement.landmarks, ANGLES[measurement.test.angle], measurement.side
    points = measurement.body.joints_m
    axis = _axis(points, angle, side)

    start, end = angle.distal
    if end == "mid_hips":  # the trunk is defined downwards, like a limb, but turns about the hips
        start, end = end, start
    limb = place(points, end, side) - place(points, start, side)
    across = _unit(limb - (limb * axis).sum(axis=-1, keepdims=True) * axis)
    sideways = np.cross(axis, across)

    turned_deg = measurement.test.direction * measurement.curve[:, None] * np.linspace(-1, 0, STEPS)
    turned = np.radians(turned_deg)[..., None]
    spokes = across[:, None] * np.cos(turned) + sideways[:, None] * np.sin(turned)

    vertex_px = place(landmarks.image_px, start, side)
    limb_px = np.linalg.norm(place(landmarks.image_px, end, side) - vertex_px, axis=-1)
    seen_px = limb_px[np.isfinite(limb_px)]
    radius_px = max(SHARE * float(np.median(seen_px)) if len(seen_px) else 0.0, LEAST * min(landmarks.size_px))
    return AngleArc(vertex_px=vertex_px, arc_px=vertex_px[:, None] + radius_px * spokes[..., :2])


def _of_hand(measurement: Measurement, hand: HandAngle, side: Side) -> AngleArc:
    """In the picture itself, where the hand's angle is told."""
    test, vertex_px = measurement.test, hand.moving_px[:, 0]
    moving = hand.moving_px[:, 1] - vertex_px
    back = -clockwise(test.angle, side) * test.direction * measurement.curve[:, None]
    turned = np.radians(back * np.linspace(1, 0, STEPS))[..., None]
    sideways = moving[:, ::-1] * [-1, 1]  # a quarter clockwise: y points down
    arc_px = vertex_px[:, None] + SHARE * (moving[:, None] * np.cos(turned) + sideways[:, None] * np.sin(turned))
    return AngleArc(vertex_px=vertex_px, arc_px=arc_px)


def _axis(points: Points, angle: JointAngle, side: Side | None) -> Points:
    """(n, 3) the axis in space, pointing so that the motion turns right-handed about it."""
    if not angle.hinge:
        return body_axis(points, angle.axis, side) * angle.turns_of(side)
    proximal, distal = (
        place(points, end, side) - place(points, start, side) for start, end in (angle.proximal, angle.distal)
    )
    return _unit(np.cross(proximal, distal))


def _unit(vectors: Points) -> Points:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(np.divide(vectors, length, out=np.full_like(vectors, np.nan), where=length > 0))
