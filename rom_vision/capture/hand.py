"""The tested hand of a client who is known already: 21 points in every frame, at the film's full resolution.

The pose model has three points on a hand, 5 to 20 degrees off. The hand model, on a picture cut round the hand, is
far better where it is right; where it is not, it says so by taking the hand for the other one, or by finding it
elsewhere when the cut is moved a little.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rom_vision.capture.close_look import POINTS, hand_looked_at
from rom_vision.capture.close_ups import close_ups
from rom_vision.capture.landmarks import Array, Landmarks, Point
from rom_vision.capture.pose_model import PoseModel
from rom_vision.capture.region import ROOM, Region
from rom_vision.capture.video import Frame, Image
from rom_vision.movements import Side
from rom_vision.progress import Progress, untold

HAND_POINTS = POINTS["hand"]
PALM = (5, 9, 13, 17)  # the knuckles of index to little finger
WRIST, MIDDLE_KNUCKLE = 0, 9

CUT_PX = 512
ARMS = 1.9  # the side of the cut: in lengths of forearm or upper arm, whichever looks longer
AHEAD = 0.3  # of the forearm's length: from the wrist to the middle of the cut
LONG_ENOUGH = 0.6  # of the upper arm: a forearm that looks shorter points at the camera, and tells no turn

LOOK_PX = 384
LOOKS: tuple[tuple[float, float, float, float], ...] = (
    (0.70, 0.0, 0.00, 0.00), (0.60, 0.3, 0.03, -0.02), (0.75, -0.3, -0.03, 0.03),
)  # fmt: skip
"""Each look at a cut: as large as that share of it, turned by radians, moved by shares of it right and down."""
RIGHT = 0.5  # probability from which it is a right hand
SEEN_LOOKS = 2  # of these it has to be found in, to be there
AT_WRIST = (
    0.35  # of the forearm's length, or nearer than to the other wrist, which from the side may lie behind it
)


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Hands:
    """The tested hand over time; NaN in frames where none was found at the tested wrist.

    Attributes:
        points_px: (n, 21, 3) pixels of the landmarks' picture, x right, y down, depth z away from the camera, from
            the wrist and as large as x and y.
        spread: (n,) how far apart the looks place a knuckle, as a share of the hand from wrist to knuckles; of one
            that points at the camera, of the line across its knuckles.
        right: (n,) probability that it is a right hand.
    """

    points_px: Array
    spread: Array
    right: Array


def find_hand(
    frames: Iterable[Frame],
    landmarks: Landmarks,
    side: Side,
    model: PoseModel,
    *,
    workers: int | None = None,
    on_progress: Progress = untold,
) -> Hands:
    """Look at the client's hand in every frame in which the client was seen.

    Args:
        frames: of the film that the landmarks are of, in whatever size; the larger the better.
        landmarks: n frames of the client.
        side: which hand.
        model: of the hand.
        workers: processes to spread the frames over; one a core by default.
        on_progress: told after each frame; may raise CancelledError to stop.
    Raises:
        ModelError: the model can't be opened.
    """
    looks = np.full((len(landmarks.time_s), len(LOOKS), HAND_POINTS, 4), np.nan)
    regions = hand_regions(landmarks, side)
    for number, region, found in close_ups(
        "hand", frames, regions, landmarks.size_px[0], model, _look, CUT_PX,
        workers=workers, on_progress=on_progress,
    ):  # fmt: skip
        for place, look in enumerate(found):
            looks[number, place, :, :3] = region.points_in_picture(look[:, :3], CUT_PX)
            looks[number, place, :, 3] = look[:, 3]
    return agreed(looks, landmarks, side)


def hand_regions(landmarks: Landmarks, side: Side) -> list[Region | None]:
    """Where the hand is in each frame, with the forearm upright; None where the client is not seen.

    The side of the region is the same throughout: a hand that came nearer to the camera would be another test.
    """
    elbow, wrist = (landmarks.image_px[:, Point[f"{side}_{joint}".upper()]] for joint in ("elbow", "wrist"))
    forearm = wrist - elbow
    seen = landmarks.seen
    if not seen.any():
        return [None] * len(seen)
    long_px, upper_px = arm_px(landmarks, side)
    radius_px = ARMS * max(long_px, upper_px) / (2 * ROOM)
    upright = not is_end_on(landmarks, side)
    return [
        _region(wrist[n] + AHEAD * forearm[n], forearm[n] if upright else np.array([0.0, -1.0]), radius_px)
        if seen[n]
        else None
        for n in range(len(seen))
    ]


def arm_px(landmarks: Landmarks, side: Side) -> tuple[float, float]:
    """How long forearm and upper arm look, as a rule."""
    seen_px = landmarks.image_px[landmarks.seen]
    wrist, elbow, shoulder = (seen_px[:, Point[f"{side}_{end}".upper()]] for end in ("wrist", "elbow", "shoulder"))
    forearm, upper = (float(np.median(np.linalg.norm(line, axis=1))) for line in (wrist - elbow, elbow - shoulder))
    return forearm, upper


def is_end_on(landmarks: Landmarks, side: Side) -> bool:
    """Whether the forearm points at the camera, so that the hand is seen from its fingertips."""
    if not landmarks.seen.any():
        return False
    long_px, upper_px = arm_px(landmarks, side)
    return long_px <= LONG_ENOUGH * upper_px


def agreed(looks: Array, landmarks: Landmarks, side: Side) -> Hands:
    """What several looks at each frame say together.

    From its fingertips a hand and its mirror image, palm for back, look much alike: there only those looks count
    that take it for the same hand as most do, and its size is how broad it looks.

    Args:
        looks: (n, looks, 21, 4) points in pixels of the landmarks' picture, and how probably it is a right hand;
            NaN where one saw nothing.
    """
    own, others = (
        landmarks.image_px[:, None, Point[f"{whose}_WRIST"]]
        for whose in (("LEFT", "RIGHT") if side == "left" else ("RIGHT", "LEFT"))
    )
    at = looks[:, :, WRIST, :2]
    off_px, off_other_px = (np.linalg.norm(at - wrist, axis=-1) for wrist in (own, others))
    forearm = own[:, 0] - landmarks.image_px[:, Point[f"{side}_ELBOW".upper()]]
    near_px = np.maximum(off_other_px, AT_WRIST * np.linalg.norm(forearm, axis=1, keepdims=True))
    mine = off_px < near_px  # false where there is none
    end_on = is_end_on(landmarks, side)
    if end_on:
        rights = mine & (looks[:, :, 0, 3] > RIGHT)
        most = rights.sum(axis=1, keepdims=True) * 2 > mine.sum(axis=1, keepdims=True)
        mine &= rights == most
    there = mine.sum(axis=1) >= SEEN_LOOKS
    points, right = np.full((len(looks), HAND_POINTS, 3), np.nan), np.full(len(looks), np.nan)
    apart = np.full(len(looks), np.nan)
    for n in np.flatnonzero(there):
        found = looks[n, mine[n]]
        points[n], right[n] = np.median(found[..., :3], axis=0), found[:, 0, 3].mean()
        knuckles = found[:, PALM, :2] - np.median(found[:, PALM, :2], axis=0)
        ends = (PALM[0], PALM[-1]) if end_on else (MIDDLE_KNUCKLE, WRIST)
        length = np.linalg.norm(points[n, ends[0], :2] - points[n, ends[1], :2])
        apart[n] = np.linalg.norm(knuckles, axis=-1).max() / max(float(length), 1.0)
    return Hands(points_px=points, spread=apart, right=right)


def _region(middle: Array, upright: Array, radius_px: float) -> Region:
    turn = float(np.arctan2(upright[0], -upright[1]))
    return Region(x_px=float(middle[0]), y_px=float(middle[1]), radius_px=radius_px, turn_rad=turn)


def _look(landmarker: Any, picture: Image) -> Array:
    """(looks, 21, 4) what each look at a cut finds, in its pixels."""
    found = np.empty((len(LOOKS), HAND_POINTS, 4))
    for place, (share, turn_rad, right, down) in enumerate(LOOKS):
        part = Region(
            x_px=CUT_PX * (0.5 + right), y_px=CUT_PX * (0.5 + down),
            radius_px=share * CUT_PX / (2 * ROOM), turn_rad=turn_rad,
        )  # fmt: skip
        points, found[place, :, 3] = hand_looked_at(part.cut(picture, LOOK_PX), landmarker)
        found[place, :, :3] = part.points_in_picture(points, LOOK_PX)
    return found
