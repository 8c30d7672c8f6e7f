"""Joints that a person has put right in single frames -> landmarks that are right round about them too.

Where the pose model misplaces a joint it does so for a stretch of frames, in much the same way. So what a person
corrects in one frame is carried on to its neighbours: until the landmark itself jumps back, or fading out where it
does not; and from one corrected frame to the next. In the corrected frames themselves the body's fit keeps the
joint where it was put (`body.Placed`).
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.camera import Camera
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.kinematics.angles import ANGLES, curve_name
from rom_vision.kinematics.body import FITTED, Body, Placed
from rom_vision.kinematics.lifter import PLACE, STEADY, lift
from rom_vision.kinematics.uncertainty import as_doubt
from rom_vision.movements import SIDES

Array = NDArray[np.float64]

# Choices, checked on a misplaced wrist of known angle; how well people place a joint is to be confirmed.
REACH_S = 0.5  # how far from a corrected frame its correction still counts for anything
JUMPED_BACK = 0.5  # of the correction, from one frame to the next: there the misplacing ends
PLACED_M = 0.015  # how well a person places a joint: standard deviation
CARRIED = 0.3  # of the correction: how far it may be wrong half a reach away


@dataclass(frozen=True, kw_only=True, slots=True)
class Drag:
    """A joint put right in one frame.

    Attributes:
        point: one of `body.FITTED`.
        frame: its number.
        image_px: where the joint is, pixels of the picture that the landmarks are in.
    """

    point: Point
    frame: int
    image_px: tuple[float, float]


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class PutRight:
    """Landmarks that a person has corrected.

    Attributes:
        landmarks: corrected.
        placed: for the fit.
        spread_m: point -> (n,) by how much the correction may be wrong (standard deviation), zero where none is.
    """

    landmarks: Landmarks
    placed: tuple[Placed, ...]
    spread_m: Mapping[Point, Array]


def put_right(landmarks: Landmarks, body: Body, camera: Camera, drags: Sequence[Drag]) -> PutRight:
    """Correct landmarks by what a person has dragged.

    Args:
        landmarks: as the model saw them.
        body: as it was fitted to them; the drags moved its joints. Fingers go along with a wrist.
        drags: in frames in which the client is seen; at most one of a point and frame.
    """
    if not drags:
        return PutRight(landmarks=landmarks, placed=(), spread_m=MappingProxyType({}))
    image_px, world_m = np.array(landmarks.image_px), np.array(landmarks.world_m)
    trust = None if landmarks.trust is None else np.array(landmarks.trust)
    px_per_m, told = _px_per_m(landmarks), lift(landmarks, camera).points
    spread_m: dict[Point, Array] = {}
    for point in dict.fromkeys(drag.point for drag in drags):
        own = sorted((drag for drag in drags if drag.point == point), key=lambda drag: drag.frame)
        frames = [drag.frame for drag in own]
        joint_px = camera.project_px(body.joints_m[frames, point])
        # where the limb was not believed to be the client's there is no body, but a landmark
        joint_px = np.where(np.isfinite(joint_px), joint_px, landmarks.image_px[frames, point])
        offsets_px = np.array([drag.image_px for drag in own]) - joint_px
        weights = _weights(landmarks, point, frames, offsets_px)
        # the fitted body may have held a joint back from where the landmark has it
        held_back_px = np.nan_to_num(joint_px - camera.project_px(told[frames, PLACE[point]]))
        shift_px = weights @ (offsets_px + held_back_px)
        for moved in _carried(point):
            image_px[:, moved] += shift_px
            world_m[:, moved, :2] += shift_px / px_per_m[:, None]
            if trust is not None:
                trust[:, moved] = np.maximum(trust[:, moved], weights.max(axis=1))
        carried_px = (weights * (1 - weights)) @ np.linalg.norm(offsets_px, axis=1) * 4 * CARRIED
        touched = weights.max(axis=1) > 0
        spread_m[point] = np.where(touched, np.hypot(PLACED_M, carried_px / px_per_m), 0.0)
    rays = camera.rays(np.array([drag.image_px for drag in drags]))
    return PutRight(
        landmarks=replace(landmarks, image_px=image_px, world_m=world_m, trust=trust),
        placed=tuple(
            Placed(point=drag.point, frame=drag.frame, ray=(float(x), float(y)))
            for drag, (x, y) in zip(drags, rays, strict=True)
        ),
        spread_m=MappingProxyType(spread_m),
    )


def doubted(body: Body, spread_m: Mapping[Point, Array]) -> Body:
    """The body, with the doubt that its corrected joints bring into every angle made from them."""
    doubt_deg = dict(body.angle_doubt_deg)
    for name, angle in ANGLES.items():
        if not angle.doubt_learned:
            continue
        for side in (None,) if angle.midline else SIDES:
            essential, supporting = angle.points(side)
            for point in (essential | supporting) & spread_m.keys():
                nearest = _nearest_m(body, point, (essential | supporting) - {point})
                curve = curve_name(name, side)
                doubt_deg[curve] = doubt_deg[curve] + as_doubt(np.degrees(spread_m[point] / nearest))
    return replace(body, angle_doubt_deg=MappingProxyType(doubt_deg))


def _nearest_m(body: Body, point: Point, others: set[Point]) -> float:
    """How long the shortest line of the angle is that ends in the point."""
    fitted = sorted(others & set(FITTED))
    if not fitted:
        return float("inf")
    away = np.linalg.norm(body.joints_m[:, fitted] - body.joints_m[:, [point]], axis=2)
    return float(np.nanmin(np.nanmedian(away, axis=0)))


def _weights(landmarks: Landmarks, point: Point, keys: Sequence[int], offsets_px: Array) -> Array:
    """(n, keys) how far each correction counts in each frame: 1 in its own, together at most 1."""
    time_s = landmarks.time_s
    weights = np.zeros((len(time_s), len(keys)))
    for k, (frame, offset_px) in enumerate(zip(keys, offsets_px, strict=True)):
        weights[frame, k] = 1.0
        for way in (-1, 1):
            end, jumped = _end(landmarks, point, frame, way, offset_px)
            inside = np.arange(frame, end + way, way)
            weights[inside, k] = 1.0 if jumped else 1 - np.abs(time_s[inside] - time_s[frame]) / REACH_S
    for (k, one), (_, other) in itertools.pairwise(enumerate(keys)):
        between = np.arange(one, other + 1)
        if time_s[other] - time_s[one] <= 2 * REACH_S and not _jumps(landmarks, point, one, other, offsets_px[k]):
            share = (time_s[between] - time_s[one]) / (time_s[other] - time_s[one])
            weights[between] = 0.0
            weights[between, k], weights[between, k + 1] = 1 - share, share
    for k, frame in enumerate(keys):  # no correction counts beyond the next one's frame
        weights[: keys[k - 1] if k else 0, k] = 0.0
        weights[keys[k + 1] if k + 1 < len(keys) else len(time_s) :, k] = 0.0
        weights[frame] = np.eye(len(keys))[k]
    return np.asarray(weights / np.maximum(weights.sum(axis=1, keepdims=True), 1.0))


def _end(landmarks: Landmarks, point: Point, frame: int, way: int, offset_px: Array) -> tuple[int, bool]:
    """The last frame, that way, in which the landmark is misplaced alike; whether it jumps back then."""
    places, time_s = landmarks.image_px[:, point], landmarks.time_s
    at = frame
    while 0 <= at + way < len(time_s) and abs(time_s[at + way] - time_s[frame]) <= REACH_S:
        if _jumps_back(places, at, way, offset_px):
            return at, True
        at += way
    return at, False


def _jumps(landmarks: Landmarks, point: Point, one: int, other: int, offset_px: Array) -> bool:
    places = landmarks.image_px[:, point]
    return any(_jumps_back(places, at, 1, offset_px) for at in range(one, other))


def _jumps_back(places: Array, at: int, way: int, offset_px: Array) -> bool:
    """Whether the step to the next frame goes where the correction goes, beyond what the joint moves anyway."""
    step = places[at + way] - places[at]
    before = places[at] - places[at - way] if 0 <= at - way < len(places) else np.zeros(2)
    calm = before if np.linalg.norm(before) < np.linalg.norm(step) else np.zeros(2)
    return bool((step - calm) @ offset_px > JUMPED_BACK * offset_px @ offset_px)


def _carried(point: Point) -> list[Point]:
    """The landmarks that go where the point goes."""
    side, _, joint = point.name.partition("_")
    return [point, *(Point[f"{side}_{finger}"] for finger in ("PINKY", "INDEX"))] if joint == "WRIST" else [point]


def _px_per_m(landmarks: Landmarks) -> Array:
    """(n,) pixels a metre at the client, frame by frame; where the client is not seen as mostly."""
    flat, world = landmarks.image_px[:, STEADY], landmarks.world_m[:, STEADY, :2]
    flat, world = flat - flat.mean(axis=1, keepdims=True), world - world.mean(axis=1, keepdims=True)
    scale = (flat * world).sum(axis=(1, 2)) / ((world**2).sum(axis=(1, 2)) + 1e-9)
    return np.asarray(np.where(scale > 0, scale, np.nanmedian(scale)))
