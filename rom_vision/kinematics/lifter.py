"""Landmarks -> joint centres with depth, frame by frame, and how doubtful each is.

A few small networks, trained alike on rendered bodies alone (`benchmarks/lifter/` makes the weights), look at one
frame's landmarks and say where the joint centres are. They work in a virtual camera that looks at the middle of
the body, since that is the camera MediaPipe's world landmarks live in, and in units of the body's own size, since
one camera can't see scale: a body whose legs and arms together measure 1.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import as_file, files
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.camera import Camera
from rom_vision.capture.landmarks import POINT_MIRROR, Landmarks, Point
from rom_vision.kinematics.angles import ANGLES, curve_name
from rom_vision.movements import SIDES

Array = NDArray[np.float64]
Weights = Mapping[str, NDArray[np.float32]]

JOINTS = ("SHOULDER", "ELBOW", "WRIST", "PINKY", "INDEX", "HIP", "KNEE", "ANKLE", "HEEL", "TOES", "EAR")
BODY: tuple[Point, ...] = (
    *(Point[f"{side}_{joint}"] for side in ("LEFT", "RIGHT") for joint in JOINTS),
    Point.NOSE,
)
"""The points that the lifter places: joint centres instead of the landmarks of the same name."""
PLACE: Mapping[Point, int] = MappingProxyType({point: place for place, point in enumerate(BODY)})

LINKS = (
    ("SHOULDER", "ELBOW"), ("ELBOW", "WRIST"), ("WRIST", "PINKY"), ("WRIST", "INDEX"), ("PINKY", "INDEX"),
    ("HIP", "KNEE"), ("KNEE", "ANKLE"), ("ANKLE", "HEEL"), ("HEEL", "TOES"), ("ANKLE", "TOES"),
    ("SHOULDER", "HIP"), ("SHOULDER", "EAR"),
)  # fmt: skip
PAIRS: tuple[tuple[int, int], ...] = (
    *(
        (PLACE[Point[f"{side}_{one}"]], PLACE[Point[f"{side}_{other}"]])
        for side in ("LEFT", "RIGHT")
        for one, other in LINKS
    ),
    *((PLACE[Point[f"LEFT_{joint}"]], PLACE[Point[f"RIGHT_{joint}"]]) for joint in ("SHOULDER", "HIP", "EAR")),
    *(
        (PLACE[Point[one]], PLACE[Point[other]])
        for one, other in (
            ("LEFT_SHOULDER", "RIGHT_HIP"), ("RIGHT_SHOULDER", "LEFT_HIP"),
            ("LEFT_EAR", "NOSE"), ("RIGHT_EAR", "NOSE"),
        )
    ),
)  # fmt: skip
"""Points whose difference in depth is learned, as places in BODY."""
CURVES: tuple[str, ...] = tuple(
    curve_name(name, side)
    for name, angle in ANGLES.items()
    if angle.doubt_learned
    for side in ((None,) if angle.midline else SIDES)
)
"""The joint angles whose doubt is learned."""

SHOULDERS_AND_HIPS = [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER, Point.LEFT_HIP, Point.RIGHT_HIP]
HIPS = [Point.LEFT_HIP, Point.RIGHT_HIP]
HEAD = [Point.LEFT_EAR, Point.RIGHT_EAR, Point.NOSE]
STEADY = [
    Point[f"{side}_{joint}"]
    for side in ("LEFT", "RIGHT")
    for joint in ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE")
]  # the points that the body's scale is taken from
LEAST_SCALE, LARGEST_SCALE = 0.02, 2.0  # of the body in the virtual camera: from 50 m away to half a metre

IMAGE_DEPTH = 0.22
"""Of the image landmarks' own depth: they are about four times too deep. Found on real clips."""
FOREARM_SHARE = 0.75
"""Of a forearm's depth that is taken from the image landmarks; the networks bend it toward what they have mostly
seen. Learned on films of the development set: external and internal rotation of the shoulder, which turn a forearm
to the camera and away, were wrong by 8.5 and 22.7 degrees without it and by 4.7 and 12.1 with it, flexion and
extension of the elbow by 8.7 and 6.0, and by 7.8 and 3.1."""

# What the networks' outputs of size 1 mean, and how far their doubts may go (powers of e).
DEPTH_STEP, IMAGE_STEP, DISTANCE_STEP = 0.3, 0.1, 0.2
DEPTH_DOUBT, IMAGE_DOUBT, ANGLE_DOUBT_RAD = 0.06, 0.015, 0.12
LEAST_DOUBT, MOST_DOUBT = -4.0, 3.0


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Sight:
    """One body as the virtual camera sees it, frame by frame; what the networks look at.

    Attributes:
        turn: (n, 3, 3) real camera frame -> virtual camera frame.
        image: (n, 33, 2) landmarks from mid-hip, over the scale.
        world: (n, 33, 3) world landmarks from mid-hip.
        depth: (n, 33) depth of the image landmarks, over the scale.
        visibility: (n, 33).
        scale: (n,) size of the body in the virtual camera.
        hips: (n, 2) mid-hip in the virtual camera.
        middle: (n, 2) ray of the middle of the body in the real camera.
    """

    turn: Array
    image: Array
    world: Array
    depth: Array
    visibility: Array
    scale: Array
    hips: Array
    middle: Array

    def features(self) -> Array:
        """(n, 234) all of it side by side."""
        n, points = self.depth.shape
        image, world = self.image.reshape(n, 2 * points), self.world.reshape(n, 3 * points)
        flat = [image, world, self.depth, self.visibility]
        return np.concatenate([*flat, 2 * self.scale[:, None], 2 * self.middle], axis=1)


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Lifted:
    """The body of each frame by itself. NaN where the person is not seen.

    Attributes:
        points: (n, 23, 3) the points of BODY in the camera frame, in units of the body's size.
        away: (n, 3) unit vector from the camera to the body: the direction of depth.
        depth_doubt: (n, pairs) Laplace scale of the difference in depth of PAIRS, same units.
        image_doubt: (n, 23) Laplace scale of x/z and y/z.
        angle_doubt_deg: curve name -> (n,) Laplace scale of the angle taken from this frame alone.
    """

    points: Array
    away: Array
    depth_doubt: Array
    image_doubt: Array
    angle_doubt_deg: Mapping[str, Array]


def lift(landmarks: Landmarks, camera: Camera) -> Lifted:
    """Joint centres with depth for every frame in which the person is seen."""
    seen = landmarks.seen
    sight = sight_of(landmarks, camera)
    guesses = [_guess(net, sight) for net in _networks()]
    depth, image, distance, *doubts = (np.mean(part, axis=0) for part in zip(*guesses, strict=True))
    depth_doubt, image_doubt, angle_doubt = doubts
    depth = _with_forearms(depth, sight)
    # the networks see the head turn less than it does; its landmarks in the picture are nearer to the truth
    image[:, [PLACE[point] for point in HEAD]] = sight.image[:, HEAD]
    everywhere = partial(of_all_frames, seen)
    return Lifted(
        points=everywhere(placed(sight, depth, image, distance)),
        away=everywhere(sight.turn[:, 2]),
        depth_doubt=everywhere(depth_doubt),
        image_doubt=everywhere(image_doubt * sight.scale[:, None]),
        angle_doubt_deg=MappingProxyType(
            {name: everywhere(np.degrees(angle_doubt[:, place])) for place, name in enumerate(CURVES)}
        ),
    )


def of_all_frames(seen: NDArray[np.bool_], values: Array) -> Array:
    """(n, ...) values of the seen frames in their places; NaN in the others."""
    full = np.full((len(seen), *values.shape[1:]), np.nan)
    full[seen] = values
    return full


def sight_of(landmarks: Landmarks, camera: Camera) -> Sight:
    """The frames in which the person is seen, as the virtual camera sees them."""
    seen = landmarks.seen
    rays = camera.rays(landmarks.image_px[seen])
    world = landmarks.world_m[seen]
    return sight(rays, world, landmarks.image_z_px[seen] / camera.focal_px, landmarks.visibility[seen])


def sight(rays: Array, world_m: Array, image_z: Array, visibility: Array) -> Sight:
    """The same from bare arrays.

    Args:
        rays: (n, 33, 2) x/z and y/z of the landmarks.
        world_m: (n, 33, 3) world landmarks.
        image_z: (n, 33) their depth over the focal length.
        visibility: (n, 33).
    """
    middle = rays[:, SHOULDERS_AND_HIPS].mean(axis=1)
    turn = turn_to_axis(np.concatenate([middle, np.ones((len(rays), 1))], axis=1))
    turned = np.einsum("nij,nkj->nki", turn, np.concatenate([rays, np.ones((*rays.shape[:2], 1))], axis=2))
    flat = turned[..., :2] / turned[..., 2:]
    world = world_m - world_m[:, HIPS].mean(axis=1, keepdims=True)
    hips = flat[:, HIPS].mean(axis=1)
    one, other = (part - part.mean(axis=1, keepdims=True) for part in (world[:, STEADY, :2], flat[:, STEADY]))
    scale = np.clip((one * other).sum((1, 2)) / ((one**2).sum((1, 2)) + 1e-9), LEAST_SCALE, LARGEST_SCALE)
    return Sight(
        turn=turn, image=(flat - hips[:, None]) / scale[:, None, None], world=world, scale=scale, hips=hips,
        depth=image_z / scale[:, None], visibility=visibility, middle=middle,
    )  # fmt: skip


def turn_to_axis(rays: Array) -> Array:
    """(n, 3, 3) the smallest rotation that turns each ray (n, 3) onto the z axis (Rodrigues)."""
    x, y, z = (rays / np.linalg.norm(rays, axis=1, keepdims=True)).T
    nothing = np.zeros_like(x)
    across = np.array([[nothing, nothing, -x], [nothing, nothing, -y], [x, y, nothing]]).transpose(2, 0, 1)
    return np.asarray(np.eye(3) + across + across @ across / (1 + z)[:, None, None])


def _with_forearms(depth: Array, sight: Sight) -> Array:
    """(n, 23) the depth with forearms and hands partly as the image landmarks have them."""
    told = depth.copy()
    for side in ("LEFT", "RIGHT"):
        elbow = Point[f"{side}_ELBOW"]
        for end in (Point[f"{side}_{name}"] for name in ("WRIST", "PINKY", "INDEX")):
            by_image = IMAGE_DEPTH * (sight.depth[:, end] - sight.depth[:, elbow])
            by_network = depth[:, PLACE[end]] - depth[:, PLACE[elbow]]
            difference = FOREARM_SHARE * by_image + (1 - FOREARM_SHARE) * by_network
            told[:, PLACE[end]] = depth[:, PLACE[elbow]] + difference
    return told


def placed(sight: Sight, depth: Array, image: Array, distance: Array) -> Array:
    """(n, 23, 3) camera frame: from the virtual camera's picture and depth back to space."""
    away = distance[:, None] + depth
    flat = image * sight.scale[:, None, None] + sight.hips[:, None]
    virtual = np.concatenate([flat * away[..., None], away[..., None]], axis=2)
    return np.asarray(np.einsum("nji,nkj->nki", sight.turn, virtual))


MIRROR_X = np.array([-1.0, 1.0, 1.0])
BODY_MIRROR = [PLACE[Point(POINT_MIRROR[point])] for point in BODY]
PAIR_MIRROR = [
    next(k for k, pair in enumerate(PAIRS) if set(pair) == {BODY_MIRROR[one], BODY_MIRROR[other]})
    for one, other in PAIRS
]
_OTHER_SIDE = {"left": "right", "right": "left"}
CURVE_MIRROR = [
    CURVES.index(f"{_OTHER_SIDE[side]}_{name}") if side in SIDES else CURVES.index(curve)
    for curve in CURVES
    for side, _, name in [curve.partition("_")]
]


def mirrored(sight: Sight) -> Sight:
    """What the camera would see in a mirror."""
    return Sight(
        turn=sight.turn, image=sight.image[:, POINT_MIRROR] * MIRROR_X[:2], scale=sight.scale, hips=sight.hips,
        world=sight.world[:, POINT_MIRROR] * MIRROR_X, depth=sight.depth[:, POINT_MIRROR],
        visibility=sight.visibility[:, POINT_MIRROR], middle=sight.middle * MIRROR_X[:2],
    )  # fmt: skip


def _guess(net: Weights, sight: Sight) -> tuple[Array, ...]:
    """Depth, image, and their doubts by one network, mean of the sight and its mirror image."""
    depth, image, distance, *doubts = outputs(_run(net, sight.features()), sight)
    in_mirror = mirrored(sight)
    depth_m, image_m, distance_m, *doubts_m = outputs(_run(net, in_mirror.features()), in_mirror)
    return (
        (depth + depth_m[:, BODY_MIRROR]) / 2,
        (image + image_m[:, BODY_MIRROR] * MIRROR_X[:2]) / 2,
        (distance + distance_m) / 2,
        *(
            (one + other[:, mirror]) / 2
            for one, other, mirror in zip(doubts, doubts_m, (PAIR_MIRROR, BODY_MIRROR, CURVE_MIRROR), strict=True)
        ),
    )


def outputs(raw: Array, sight: Sight) -> tuple[Array, ...]:
    """What the numbers of the last layer mean.

    Returns:
        depth (n, 23) and image (n, 23, 2) from mid-hip, distance of mid-hip (n,), and the doubts of the depth
        differences (n, pairs), of the image (n, 23), and of the angles (n, curves) in radians.
    """
    points, pairs = len(BODY), len(PAIRS)
    depth, image, distance = raw[:, :points], raw[:, points : 3 * points], raw[:, 3 * points]
    doubts = np.exp(np.clip(raw[:, 3 * points + 1 :], LEAST_DOUBT, MOST_DOUBT))
    return (
        sight.world[:, BODY, 2] + DEPTH_STEP * depth,
        sight.image[:, BODY] + IMAGE_STEP * image.reshape(len(raw), points, 2),
        np.exp(DISTANCE_STEP * distance) / sight.scale,
        DEPTH_DOUBT * doubts[:, :pairs],
        IMAGE_DOUBT * doubts[:, pairs : pairs + points],
        ANGLE_DOUBT_RAD * doubts[:, pairs + points :],
    )


def _run(net: Weights, features: Array) -> Array:
    """Three layers with skips and the SiLU between."""
    x = (features - net["mean"]) / net["spread"]
    hidden = _silu(x @ net["first.weight"].T + net["first.bias"])
    for layer in ("second", "third"):
        hidden = hidden + _silu(hidden @ net[f"{layer}.weight"].T + net[f"{layer}.bias"])
    return np.asarray(hidden @ net["last.weight"].T + net["last.bias"])


def _silu(x: Array) -> Array:
    return np.asarray(x / (1 + np.exp(-np.clip(x, -60, 60))))


@cache
def _networks() -> tuple[Weights, ...]:
    """The trained networks, which lie beside this file."""
    with as_file(files(__package__).joinpath("lifter.npz")) as path, np.load(path) as kept:
        arrays = {name: kept[name].astype(np.float32) for name in kept.files}
    return tuple(
        {name: array[k] for name, array in arrays.items()} for k in range(len(next(iter(arrays.values()))))
    )
