"""Pronation and supination from the points of the hand, with the camera along the forearm.

The line across the knuckles is seen well from there, its depth is not: of the lines at right angles to the forearm
the one is taken that looks as the knuckles do. Against it stands the upper arm of the fitted body. Zero is the
thumb up, as the catalogue's entries state it.

From its fingertips a hand and its mirror image, palm for back, look much alike, and the hand model often takes one
for the other: then its index finger is where the little finger is. The line itself is right all the same. So the
line is followed from the start position on, which can't be half a turn off, and the model's word for left or right
only has to agree with it more often than not.
"""

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.camera import Camera
from rom_vision.capture.hand import PALM, RIGHT, Hands
from rom_vision.kinematics.angles import Curve, Points, place, signed_angle_deg, unit
from rom_vision.kinematics.hand_angle import STEADY, HandAngle, calm, rays
from rom_vision.kinematics.smoothing import bridge_gaps, smooth
from rom_vision.movements import Side

HALF_TURN_DEG = 180.0
FARTHEST_DEG = 115.0  # a forearm turns no further, either way
LOST_S = 0.45  # within it a forearm that turns slowly can't go to its end and back, nor half a turn
TREMBLING_HZ = 3.0  # a forearm is turned slowly; what is faster in the line is the hand model's trembling
SLIP_S, SLIP_DEG = 0.3, 40.0  # a reading so far off the median of those so near in time is a slip
OFFSET_DEG = -6.4
"""Added to what is read. Learned on four development films of three people; see `benchmarks.forearm --learn`."""


def forearm_angle(time_s: Curve, hands: Hands, joints_m: Points, camera: Camera, side: Side) -> HandAngle:
    """The pronation, where the hand tells it; the arguments are those of `wrist_angle`."""
    shoulder, elbow, wrist = (calm(time_s, place(joints_m, end, side)) for end in ("shoulder", "elbow", "wrist"))
    found = hands.spread < STEADY
    points = np.where(found[:, None, None], hands.points_px, np.nan)
    read = read_deg(points[..., :2], shoulder - elbow, wrist - elbow, camera, side)
    followed = follow(time_s, read)
    mirrored = np.abs(followed - read) > HALF_TURN_DEG / 2
    as_said = mirrored != ((hands.right > RIGHT) == (side == "right"))
    whole = bridge_gaps(time_s, followed + OFFSET_DEG, LOST_S)
    turns_as_said = bool(found.any() and as_said[found].mean() > 0.5)
    facing = found & np.isfinite(followed) & turns_as_said
    along = (unit(elbow - wrist) * unit(wrist)).sum(axis=-1)
    ends = np.where(mirrored[:, None], [PALM[0], PALM[-1]], [PALM[-1], PALM[0]])
    return HandAngle(
        angle_deg=smooth(time_s, whole, TREMBLING_HZ) if turns_as_said else np.full(len(time_s), np.nan),
        found=found,
        facing=facing,
        off_deg=np.degrees(np.arccos(along.clip(-1, 1))),
        points_px=points[..., :2],
        still_px=camera.project_px(np.stack([elbow, shoulder], axis=1)),
        moving_px=np.take_along_axis(points[..., :2], ends[..., None], axis=1),
    )


def read_deg(points_px: Points, upper_arm: Points, forearm: Points, camera: Camera, side: Side) -> Curve:
    """(n,) how far the knuckles have turned from the upper arm, palm down being positive, -180 to 180.

    Args:
        upper_arm, forearm: (n, 3) from the elbow to the shoulder and to the wrist, any length.
    """
    axis = unit(forearm)
    pinky, index = (unit(rays(points_px[:, knuckle], camera)) for knuckle in (PALM[-1], PALM[0]))
    # at right angles to the forearm, and in the plane of the rays through both knuckles
    line = np.cross(axis, np.cross(pinky, index))
    way = np.sign((line * (index - pinky)).sum(axis=-1, keepdims=True))
    return signed_angle_deg(upper_arm, way * line, axis if side == "left" else -axis)


def follow(time_s: Curve, read: Curve) -> Curve:
    """(n,) the readings with half turns taken out, so that the line goes on from one to the next; slips are NaN.

    Where the line was lost for long it is taken up again within a quarter turn of the thumb up.
    """
    followed = np.full(len(read), np.nan)
    last_deg, last_s = 0.0, -np.inf
    for n in np.flatnonzero(np.isfinite(read)):
        if time_s[n] - last_s > LOST_S:
            last_deg = 0.0
        steps = np.round((last_deg - read[n]) / HALF_TURN_DEG)
        followed[n] = last_deg = read[n] + HALF_TURN_DEG * steps
        last_s = time_s[n]
    return np.where(_slips(time_s, followed), np.nan, followed)


def _slips(time_s: Curve, followed: Curve) -> NDArray[np.bool_]:
    slips = ~(np.abs(followed) < FARTHEST_DEG)
    for n in np.flatnonzero(~slips):
        near = np.abs(time_s - time_s[n]) <= SLIP_S
        slips[n] = abs(followed[n] - np.nanmedian(followed[near])) > SLIP_DEG
    return slips
