"""Joint centres of each frame -> one body over the whole clip: bones keep their lengths, nothing jumps.

What the lifter says of single frames is fitted by least squares: each point near its ray, each difference in
depth near the one told (both as far as the lifter trusts them), bones of one length, and no sudden turns. One
camera can't see scale, so the body's size is fixed, to that of a person about 1.70 m tall; no angle depends on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.linalg import solveh_banded

from rom_vision.capture.landmarks import POINTS, Point
from rom_vision.kinematics.lifter import BODY, PAIRS, PLACE, Lifted

Array = NDArray[np.float64]

FITTED = tuple(
    Point[f"{side}_{joint}"]
    for side in ("LEFT", "RIGHT")
    for joint in ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE", "HEEL", "TOES")
)
"""The points that are fitted; hands and head ride along on wrists and shoulders."""

# Segments as shares of one arm and one leg (1.4 in the lifter's unit). Source: Drillis R, Contini R, Body segment
# parameters, 1966: thigh .245, shank .246, upper arm .186, forearm .146 of the height. The same in motion capture
# of four people: .414 .423 .309 .254 in this unit.
LENGTHS: Mapping[tuple[str, str], float] = MappingProxyType(
    {("HIP", "KNEE"): 0.417, ("KNEE", "ANKLE"): 0.418, ("SHOULDER", "ELBOW"): 0.316, ("ELBOW", "WRIST"): 0.248}
)
FOOT = (("ANKLE", "HEEL"), ("HEEL", "TOES"), ("ANKLE", "TOES"))
TRUNK = (
    ("LEFT_SHOULDER", "LEFT_HIP"), ("RIGHT_SHOULDER", "RIGHT_HIP"),
    ("LEFT_SHOULDER", "RIGHT_HIP"), ("RIGHT_SHOULDER", "LEFT_HIP"),
)  # fmt: skip

# Learned on rendered people and on the development set alone; results hardly change within a factor of 1.5.
BONE_SPREAD = 0.020  # how far a bone may stray from its length
TRUNK_SPREAD = 0.060  # and a side of the trunk: the shoulder rises with the arm
DEPTH_TRUST = 0.5  # of the lifter's scale: neighbouring frames err alike, but not wholly
ACCELERATION_M_S2 = 10.0
STEPS, CLOSE = 15, 0.002  # of Gauss and Newton's method; at two millimetres no angle moves any more
IMAGE_LIMIT, DEPTH_LIMIT, JERK_LIMIT = (
    5.0,
    1.5,
    3.0,
)  # spreads beyond which a residual counts as an outlier (Huber)
PLACED_SPREAD = 0.0005  # of x/z and y/z: a point that a person has placed stays where it was put, to 2 mm at 4 m

FRAME_RATE_HZ = 30.0  # more frames a second tell nothing new
WINDOW_S, OVERLAP_S = 24.0, 4.0
LONGEST_LEAP_S = 0.5  # who was out of sight for longer may be anywhere


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Body:
    """The client's body in space over the clip.

    Attributes:
        time_s: (n,) seconds from the first frame.
        joints_m: (n, 33, 3) camera frame, joint centres in the places of their landmarks; NaN for landmarks that
            the body has no joint for, and where the person is not seen. Metres of a person about 1.70 m tall.
        angle_doubt_deg: curve name -> (n,) Laplace scale of that angle in each frame.
    """

    time_s: Array
    joints_m: Array
    angle_doubt_deg: Mapping[str, Array]


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A joint that a person has placed in one frame; the fit does not move it from its ray.

    Attributes:
        point: one of FITTED.
        frame: number of a frame in which the client is seen.
        ray: x/z and y/z.
    """

    point: Point
    frame: int
    ray: tuple[float, float]


def fit_body(lifted: Lifted, time_s: Array, placed: Sequence[Placed] = ()) -> Body:
    """One body for the whole clip.

    Args:
        lifted: of n frames.
        time_s: (n,) their rising times.
        placed: joints that a person has put where they are; the rest of the body follows.
    """
    joints = np.full((len(time_s), POINTS, 3), np.nan)
    seen = np.flatnonzero(np.isfinite(lifted.points[:, 0, 0]))
    if len(seen):
        kept = np.union1d(seen[_thinned(time_s[seen])], np.array([one.frame for one in placed], np.intp))
        fitted = _fit_windows(_Evidence.of(lifted, kept, time_s, placed))
        joints[seen[:, None], list(FITTED)] = _between(time_s[kept], fitted, time_s[seen])
        _let_ride(joints, lifted, seen)
    return Body(time_s=time_s, joints_m=joints, angle_doubt_deg=lifted.angle_doubt_deg)


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class _Evidence:
    """What the fit is made from, frame by frame.

    Attributes:
        time_s: (n,).
        start: (n, 16, 3) points to start from.
        rays: (n, 16, 2) x/z and y/z, and ray_spread (n, 16).
        placed: (n, 16) whether a person has placed the point: then its ray is no outlier, however far off.
        away: (n, 3) the direction of depth.
        depth: (n, pairs) differences, and depth_spread (n, pairs).
        lengths, length_spread: (bones,).
    """

    time_s: Array
    start: Array
    rays: Array
    ray_spread: Array
    placed: NDArray[np.bool_]
    away: Array
    depth: Array
    depth_spread: Array
    lengths: Array
    length_spread: Array

    @classmethod
    def of(cls, lifted: Lifted, frames: NDArray[np.intp], time_s: Array, placed: Sequence[Placed]) -> "_Evidence":
        start = lifted.points[frames][:, _PLACES]
        rays = np.asarray(start[..., :2] / start[..., 2:])
        ray_spread = lifted.image_doubt[frames][:, _PLACES]
        by_hand = np.zeros(ray_spread.shape, bool)
        for put in placed:
            at, joint = int(np.searchsorted(frames, put.frame)), FITTED.index(put.point)
            rays[at, joint], ray_spread[at, joint], by_hand[at, joint] = put.ray, PLACED_SPREAD, True
        away = lifted.away[frames]
        one, other = start[:, _DEEP[:, 0]], start[:, _DEEP[:, 1]]
        lengths, spread = _lengths(start)
        return cls(
            time_s=time_s[frames],
            start=start,
            rays=rays,
            ray_spread=ray_spread,
            placed=by_hand,
            away=away,
            depth=np.einsum("nkj,nj->nk", one - other, away),
            depth_spread=DEPTH_TRUST * lifted.depth_doubt[frames][:, _DEEP_PLACES],
            lengths=lengths,
            length_spread=spread,
        )

    def within(self, frames: slice) -> "_Evidence":
        return _Evidence(
            time_s=self.time_s[frames], start=self.start[frames], rays=self.rays[frames],
            ray_spread=self.ray_spread[frames], placed=self.placed[frames], away=self.away[frames],
            depth=self.depth[frames],
            depth_spread=self.depth_spread[frames], lengths=self.lengths, length_spread=self.length_spread,
        )  # fmt: skip


def _at(name: str) -> int:
    return FITTED.index(Point[name])


_BONES = np.array(
    [(_at(f"{side}_{a}"), _at(f"{side}_{b}")) for a, b in (*LENGTHS, *FOOT) for side in ("LEFT", "RIGHT")]
    + [(_at("LEFT_HIP"), _at("RIGHT_HIP")), (_at("LEFT_SHOULDER"), _at("RIGHT_SHOULDER"))]
    + [(_at(a), _at(b)) for a, b in TRUNK]
)
_PLACES = [PLACE[point] for point in FITTED]
_DEEP_PLACES = [k for k, pair in enumerate(PAIRS) if {BODY[place] for place in pair} <= set(FITTED)]
_DEEP = np.array([[FITTED.index(BODY[place]) for place in PAIRS[k]] for k in _DEEP_PLACES])


def _lengths(points: Array) -> tuple[Array, Array]:
    """(bones,) length of each bone and how far it may stray: limbs by their share, the rest as mostly seen, alike
    on both sides."""
    seen = np.median(np.linalg.norm(points[:, _BONES[:, 0]] - points[:, _BONES[:, 1]], axis=-1), axis=0)
    limbs, feet = 2 * len(LENGTHS), 2 * len(FOOT)
    lengths = seen.copy()
    lengths[:limbs] = np.repeat(list(LENGTHS.values()), 2)
    for start in (*range(limbs, limbs + feet, 2), len(_BONES) - 4, len(_BONES) - 2):
        lengths[start : start + 2] = seen[start : start + 2].mean()
    spread = np.full(len(_BONES), BONE_SPREAD)
    spread[-4:] = TRUNK_SPREAD
    return lengths, spread


def _thinned(time_s: Array) -> NDArray[np.intp]:
    """Places of frames that are no closer than the rate asks, the first and the last among them."""
    kept = [0]
    for place, at_s in enumerate(time_s):
        if at_s - time_s[kept[-1]] >= 1 / FRAME_RATE_HZ - 0.001:
            kept.append(place)
    return np.unique([*kept, len(time_s) - 1])


def _fit_windows(evidence: _Evidence) -> Array:
    """(n, 16, 3) fitted window by window; where two overlap, one fades into the other."""
    time_s = evidence.time_s
    fitted, weight = np.zeros_like(evidence.start), np.zeros(len(time_s))
    start_s = time_s[0]
    while True:
        last = start_s + WINDOW_S >= time_s[-1]
        inside = slice(*np.searchsorted(time_s, [start_s, np.inf if last else start_s + WINDOW_S]))
        fades = np.clip((time_s[inside] - start_s) / OVERLAP_S, 0.01, 1.0) if start_s > time_s[0] else 1.0
        if not last:
            fades = fades * np.clip((start_s + WINDOW_S - time_s[inside]) / OVERLAP_S, 0.01, 1.0)
        share = np.broadcast_to(fades, len(time_s[inside]))
        fitted[inside] += share[:, None, None] * _fit(evidence.within(inside))
        weight[inside] += share
        if last:
            return np.asarray(fitted / weight[:, None, None])
        start_s += WINDOW_S - OVERLAP_S


def _fit(evidence: _Evidence) -> Array:
    """(n, 16, 3) by Gauss and Newton's method with Huber's weights."""
    points, jerks = evidence.start.copy(), _jerk_weights(evidence.time_s)
    for _ in range(STEPS):
        slopes, residuals = _of_frames(points, evidence)
        blocks = np.matmul(slopes.transpose(0, 2, 1), slopes)
        downhill = -np.matmul(slopes.transpose(0, 2, 1), residuals[..., None])[..., 0]
        band = _band(blocks)
        _add_smoothness(band, downhill, points.reshape(len(points), -1), jerks)
        step = solveh_banded(band, downhill.ravel(), lower=True, overwrite_ab=True).reshape(points.shape)
        points = points + step
        if np.abs(step).max() < CLOSE:
            break
    return points


def _of_frames(points: Array, evidence: _Evidence) -> tuple[Array, Array]:
    """Slopes (n, m, 48) and residuals (n, m) of all that concerns one frame alone; in spreads, outliers weak."""
    n, count = points.shape[:2]
    bones, pairs = len(_BONES), len(_DEEP)
    slopes = np.zeros((n, 2 * count + bones + pairs, count, 3))
    residuals = np.zeros(slopes.shape[:2])
    each = np.arange(count)

    z, spread = points[..., 2], evidence.ray_spread
    off = (points[..., :2] / z[..., None] - evidence.rays) / spread[..., None]
    calm = np.where(evidence.placed, 1.0, _huber(np.linalg.norm(off, axis=-1), IMAGE_LIMIT))
    for k in (0, 1):
        row = 2 * each + k
        residuals[:, row] = calm * off[..., k]
        slopes[:, row, each, k] = calm / (z * spread)
        slopes[:, row, each, 2] = -calm * points[..., k] / (z**2 * spread)

    row, (a, b) = 2 * count + np.arange(bones), _BONES.T
    apart = points[:, a] - points[:, b]
    length = np.linalg.norm(apart, axis=-1)
    residuals[:, row] = (length - evidence.lengths) / evidence.length_spread
    along = apart / (length * evidence.length_spread)[..., None]
    slopes[:, row, a], slopes[:, row, b] = along, -along

    row, (a, b) = 2 * count + bones + np.arange(pairs), _DEEP.T
    deeper = np.einsum("nkj,nj->nk", points[:, a] - points[:, b], evidence.away)
    off = (deeper - evidence.depth) / evidence.depth_spread
    calm = _huber(off, DEPTH_LIMIT)
    residuals[:, row] = calm * off
    along = (calm / evidence.depth_spread)[..., None] * evidence.away[:, None]
    slopes[:, row, a], slopes[:, row, b] = along, -along
    return slopes.reshape(n, -1, 3 * count), residuals


def _jerk_weights(time_s: Array) -> Array:
    """(n - 2, 3) what the coordinates of three frames in a row are multiplied by to give their acceleration, in
    spreads; zero across a gap."""
    if len(time_s) < 3:
        return np.zeros((0, 3))
    before, after = np.diff(time_s)[:-1], np.diff(time_s)[1:]
    whole = before + after
    weights = 2 * np.stack([1 / (before * whole), -1 / (before * after), 1 / (after * whole)], axis=1)
    # a coarser film has fewer terms, each of which then has to count for more
    spread = ACCELERATION_M_S2 / np.sqrt(np.median(np.diff(time_s)) * FRAME_RATE_HZ)
    together = np.maximum(before, after) <= LONGEST_LEAP_S
    return np.asarray(weights / spread * together[:, None])


def _band(blocks: Array) -> Array:
    """The lower band of a matrix whose diagonal blocks these are, with room for two frames further."""
    n, size = blocks.shape[:2]
    band = np.zeros((2 * size + 1, n, size))
    for down in range(size):
        band[down, :, : size - down] = np.diagonal(blocks, -down, axis1=1, axis2=2)
    band[0] += 1e-6
    return band.reshape(2 * size + 1, n * size)


def _add_smoothness(band: Array, downhill: Array, flat: Array, weights: Array) -> None:
    """Adds what ties three frames in a row together, coordinate by coordinate, to the band and the gradient."""
    n, size = flat.shape
    if n < 3:
        return
    shown = band.reshape(-1, n, size)
    parts = (slice(0, n - 2), slice(1, n - 1), slice(2, n))
    bend = np.sum([weights[:, [k]] * flat[part] for k, part in enumerate(parts)], axis=0)
    calm = _huber(bend, JERK_LIMIT) ** 2
    for k, part in enumerate(parts):
        downhill[part] -= calm * weights[:, [k]] * bend
        for later in range(k, 3):
            shown[(later - k) * size, part] += calm * weights[:, [k]] * weights[:, [later]]


def _huber(residuals: Array, limit: float) -> Array:
    """Root of the weight that turns a square into Huber's loss."""
    return np.sqrt(np.minimum(1.0, limit / np.maximum(np.abs(residuals), 1e-9)))


def _between(known_s: Array, known: Array, time_s: Array) -> Array:
    """The points at all times, from those at some."""
    if len(known_s) == len(time_s):
        return known
    return np.asarray(PchipInterpolator(known_s, known, axis=0)(time_s))


def _let_ride(joints: Array, lifted: Lifted, seen: NDArray[np.intp]) -> None:
    """Fingers keep their place from the wrist, ears and nose theirs from the middle of the shoulders."""
    carriers: dict[Point, list[Point]] = {
        Point[f"{side}_{finger}"]: [Point[f"{side}_WRIST"]]
        for side in ("LEFT", "RIGHT")
        for finger in ("PINKY", "INDEX")
    }
    shoulders = [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER]
    carriers |= dict.fromkeys([Point.LEFT_EAR, Point.RIGHT_EAR, Point.NOSE], shoulders)
    for point, on in carriers.items():
        told = lifted.points[seen][:, [PLACE[carrier] for carrier in on]].mean(axis=1)
        offset = lifted.points[seen, PLACE[point]] - told
        joints[seen, point] = joints[seen][:, on].mean(axis=1) + offset
