"""The wrist's angles from the points of the hand, in the view that their test asks for.

Flexion and extension are seen with the thumb's side to the camera, deviation with the back of the hand, both
against the line from elbow to wrist, as if one looked along the ray through the wrist. The depth of the hand's
points only tells which of its sides is seen: it is too rough to measure by.

Zero is the anatomical position, as the catalogue's entries state it. The hand model's wrist and knuckles lie
beside the joint centres; what that adds is learned.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.camera import Camera
from rom_vision.capture.hand import MIDDLE_KNUCKLE, WRIST, Hands
from rom_vision.kinematics.angles import Curve, Points, place, signed_angle_deg, unit
from rom_vision.kinematics.hand_angle import HandAngle, calm, clockwise, found_hands, rays
from rom_vision.movements import Angle, Side

INDEX_KNUCKLE, PINKY_KNUCKLE = 5, 17

NARROW, BROAD = 0.62, 0.5
"""The line across the knuckles over that from wrist to middle knuckle, as they look in the picture: at most, where
the thumb's side is seen; at least, where the back of the hand is."""

OFFSET_DEG: Mapping[Angle, float] = MappingProxyType({"wrist_flexion": 4.6, "wrist_radial_deviation": 1.3})
"""Added to what is read. Learned on the development films alone, by `python -m benchmarks.wrist --learn`."""
BENT_BACK_DEG, BENT_BACK_SHARE = -25.0, 0.54
"""A hand bent back beyond this is read too little bent, by that share of what is beyond. Learned likewise."""


def wrist_angle(
    time_s: Curve, hands: Hands, joints_m: Points, camera: Camera, angle: Angle, side: Side
) -> HandAngle:
    """The angle, where the hand tells it.

    Args:
        time_s: (n,) seconds from the first frame.
        joints_m: (n, 33, 3) the fitted body, camera frame.
        camera: of the picture that the hand is in.
        angle: of the wrist.
    """
    elbow, wrist = (calm(time_s, place(joints_m, end, side)) for end in ("elbow", "wrist"))
    found, points = found_hands(hands, side)
    facing = found & _facing(points, angle, side)
    along = (unit(wrist - elbow) * unit(wrist)).sum(axis=-1)
    told = put_right(angle, read_deg(points[..., :2], elbow, wrist, camera, angle, side))
    return HandAngle(
        angle_deg=np.where(facing, told, np.nan),
        found=found,
        facing=facing,
        off_deg=np.degrees(np.arcsin(np.abs(along).clip(0, 1))),
        points_px=points[..., :2],
        still_px=camera.project_px(np.stack([elbow, wrist], axis=1)),
        moving_px=points[:, [WRIST, MIDDLE_KNUCKLE], :2],
    )


def read_deg(
    points_px: Points, elbow_m: Points, wrist_m: Points, camera: Camera, angle: Angle, side: Side
) -> Curve:
    """(n,) how far the hand looks turned from the forearm, seen along the ray through the wrist.

    From the thumb's side the hand begins at the fitted body's wrist, since the hand model's own slides about as
    the hand bends; from the back, where it does not, at that.
    """
    wrist, knuckle = unit(wrist_m), unit(rays(points_px[:, MIDDLE_KNUCKLE], camera))
    start = wrist if angle == "wrist_flexion" else unit(rays(points_px[:, WRIST], camera))
    return clockwise(angle, side) * signed_angle_deg(wrist - unit(elbow_m), knuckle - start, wrist)


def put_right(angle: Angle, read: Curve) -> Curve:
    """(n,) what is read with what is known to be wrong with it put right."""
    beyond = np.minimum(read - BENT_BACK_DEG, 0.0) if angle == "wrist_flexion" else 0.0
    return read + OFFSET_DEG[angle] + BENT_BACK_SHARE * beyond


def _facing(points: Points, angle: Angle, side: Side) -> NDArray[np.bool_]:
    """(n,) whether the side of the hand is seen by which the angle is told."""
    hand = points - points[:, [WRIST]]
    length = np.linalg.norm(hand[:, MIDDLE_KNUCKLE, :2], axis=-1)
    index, pinky = hand[:, INDEX_KNUCKLE], hand[:, PINKY_KNUCKLE]
    broad = np.linalg.norm(index[:, :2] - pinky[:, :2], axis=-1) / length
    if angle == "wrist_flexion":
        return np.asarray((broad < NARROW) & (index[:, 2] < pinky[:, 2]))
    back = index[:, 0] * pinky[:, 1] - index[:, 1] * pinky[:, 0]
    return np.asarray((broad > BROAD) & ((back > 0) == (side == "right")))
