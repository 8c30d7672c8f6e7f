"""A script of repetitions becomes a body over time, whose tested angle is exactly what the script asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks.studio.body import SIDES, Array, Body
from benchmarks.studio.manners import MANNERS, Along, Manner, ramp, smooth
from benchmarks.studio.postures import AT_TABLE, BASES, ON_FEET, PRONE, SIDE_LYING, SITTING
from benchmarks.studio.skeleton import Posed, Posture, Skeleton, reach, surface_m
from benchmarks.studio.truth import angle_deg

COUCH_TOP_M = 0.62
SEATED = (SITTING, *AT_TABLE.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """Up, a moment at the top, down, a moment at rest. Seconds and degrees."""

    peak_deg: float
    up_s: float = 0.8
    hold_s: float = 0.05
    down_s: float = 0.8
    pause_s: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What the client does.

    Attributes:
        movement: catalogue id; with "_supine", "_prone" or "_side_lying" for another posture than the
            usual one.
        side: "left" or "right".
        rest_deg: the tested angle at rest.
        repetitions: one after the other.
        still_s: rest at the start and at the end.
        unrest_deg: size of the small slow swaying that nobody can suppress.
        tremor_deg, tremor_hz: trembling of the tested limb.
        compensation: other terms and how far they go at the height of the movement, such as {"trunk lean": -15};
            leaning and turning are towards the tested side.
        seed: of the swaying.
    """

    movement: str
    side: str
    repetitions: tuple[Repetition, ...]
    rest_deg: float = 0.0
    still_s: float = 0.4
    unrest_deg: float = 0.5
    tremor_deg: float = 0.0
    tremor_hz: float = 6.0
    compensation: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0

    @property
    def test(self) -> str:
        """The catalogue id alone."""
        return self.movement.removesuffix("_supine").removesuffix("_prone").removesuffix("_side_lying")

    @property
    def manner(self) -> Manner:
        """How it is done on this side, with what this client does besides."""
        manner = MANNERS[self.movement]
        top = max(repetition.peak_deg for repetition in self.repetitions)
        start = self.rest_deg + 0.4 * (top - self.rest_deg)
        besides = {
            term: _with(manner.along.get(term), ramp(start, top, size)) for term, size in self.compensation.items()
        }
        return replace(manner, along={**manner.along, **besides}, posture=manner.posture_of(self.side))

    def length_s(self) -> float:
        return self.windows_s()[-1][2] + self.still_s

    def windows_s(self) -> list[tuple[float, float, float]]:
        """Start, beginning of the hold at the top, and end of each repetition."""
        windows, clock = [], self.still_s
        for k, rep in enumerate(self.repetitions):
            top = clock + rep.up_s
            end = top + rep.hold_s + rep.down_s
            windows.append((clock, top, end))
            clock = end + (rep.pause_s if k + 1 < len(self.repetitions) else 0.0)
        return windows

    def asked_deg(self, time_s: Array) -> Array:
        """(n,) the tested angle at each moment."""
        angle = np.full(len(time_s), float(self.rest_deg))
        for rep, (start, top, _) in zip(self.repetitions, self.windows_s(), strict=True):
            rises = smooth((time_s - start) / rep.up_s)
            falls = smooth((time_s - top - rep.hold_s) / rep.down_s)
            angle += (rep.peak_deg - self.rest_deg) * (rises - falls)
        return angle + self.tremor_deg * np.sin(2 * np.pi * self.tremor_hz * time_s)


def perform(skeleton: Skeleton, script: Script, time_s: Array) -> Posed:
    """The whole body at each moment, with the tested angle exactly as the script asks."""
    asked, manner = script.asked_deg(time_s), script.manner
    term, sign = manner.tested(script.side)
    held, swaying = manner.posture_at(asked, script.side), _unrest(script, time_s)
    posture = {name: held.get(name, 0.0) + swaying.get(name, 0.0) for name in {**held, **swaying}}
    place = None if manner.posture in ON_FEET else hips_m(skeleton, manner.posture)

    def pose(posture: Posture) -> Posed:
        standing_on = manner.standing_on(script.side)
        return skeleton.pose({**posture, term: sign * posture[term]}, standing_on=standing_on, at_m=place)

    def measured(posed: Posed) -> Array:
        return angle_deg(script.test, script.side, posed.joints_m)

    return pose(reach(pose, posture, term, asked, measured))


def hips_m(skeleton: Skeleton, posture: str) -> Array:
    """(3,) where the middle of the hips is when sitting on the chair or lying on the couch."""
    body = skeleton.body
    if posture in SEATED:
        hip, knee, ankle = (body.centre(f"{bone}.L") for bone in ("upperleg01", "lowerleg01", "foot"))
        return np.array([0.0, 0.0, ankle[2] + np.linalg.norm(knee - ankle) - 0.02 * np.linalg.norm(hip - knee)])
    if posture in SIDE_LYING.values():
        return np.array([0.0, 0.0, COUCH_TOP_M - _lowest_m(skeleton, posture)])
    return np.array([0.0, 0.0, COUCH_TOP_M + _depth_m(body, prone=posture == PRONE)])


def seat_top_m(skeleton: Skeleton) -> float:
    """Height of a chair on which this person's thighs are level."""
    hip, knee = (skeleton.body.centre(f"{bone}.L") for bone in ("upperleg01", "lowerleg01"))
    points = skeleton.body.skin.points_m
    middle = (hip + knee) / 2
    near = (np.abs(points[:, 2] - middle[2]) < 0.1) & (np.abs(points[:, 0] - middle[0]) < 0.1)
    return float(hips_m(skeleton, SITTING)[2] - (points[near, 1].max() - middle[1]))


def _lowest_m(skeleton: Skeleton, posture: str) -> float:
    """Height of the surface that lies on the couch, the middle of the hips being at 0."""
    posed = skeleton.pose(BASES[posture], at_m=np.zeros(3))
    return float(np.percentile(surface_m(skeleton.body.skin, posed.motions[0])[:, 2], 0.5))


def _depth_m(body: Body, *, prone: bool) -> float:
    """From the hip joints to the surface that lies on the couch."""
    points = body.skin.points_m
    hip, neck = body.centre("upperleg01.L"), body.centre("neck01")
    trunk = (points[:, 2] > hip[2] - 0.1) & (points[:, 2] < neck[2] - 0.08) & (np.abs(points[:, 0]) < 0.15)
    depth = hip[1] - points[trunk, 1] if prone else points[trunk, 1] - hip[1]
    return float(np.percentile(depth, 85 if prone else 98))  # flesh gives way, most of all in front


def _with(first: Along | None, second: Along) -> Along:
    return second if first is None else lambda angle: first(angle) + second(angle)


# Size of the swaying that nobody can suppress, as a share of the script's.
UNREST = {
    "trunk flexion": 0.6, "trunk lean": 0.5, "trunk turn": 0.7, "neck flexion": 1.5, "neck turn": 2.0,
    "neck lean": 1.0, "sway": 0.4,
} | {
    f"{side} {term}": 1.5 for side in SIDES for term in ("shoulder abduction", "shoulder flexion", "elbow flexion")
}  # fmt: skip


def _unrest(script: Script, time_s: Array) -> dict[str, Array]:
    """Slow irregular swaying of trunk, head and arms: a few sines at 0.15 to 0.9 Hz."""
    random = np.random.default_rng(script.seed)
    swaying = {}
    for term, share in UNREST.items():
        hertz, phase = random.uniform(0.15, 0.9, 3), random.uniform(0, 2 * np.pi, 3)
        waves = np.sin(2 * np.pi * np.outer(time_s, hertz) + phase).sum(1) / np.sqrt(3)
        swaying[term] = script.unrest_deg * share * waves
    return swaying
