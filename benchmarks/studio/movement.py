"""A script of repetitions becomes angles over time, with what the rest of the body does meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from benchmarks.studio.body import SIDES, Array
from benchmarks.studio.skeleton import MIDLINE_TERMS, Posed, Posture, Skeleton, reach
from benchmarks.studio.truth import angle_deg


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
        movement: catalogue id.
        side: "left" or "right".
        rest_deg: the tested angle at rest.
        repetitions: one after the other.
        still_s: rest at the start and at the end.
        unrest_deg: size of the small slow swaying that nobody can suppress.
        seed: of the swaying.
    """

    movement: str
    side: str
    repetitions: tuple[Repetition, ...]
    rest_deg: float = 0.0
    still_s: float = 0.4
    unrest_deg: float = 0.5
    seed: int = 0

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
        return angle


def smooth(share: Array) -> Array:
    """From 0 to 1 as a hand moves: least jerk (Flash and Hogan 1985, J Neurosci 5:1688, equation 4)."""
    share = np.clip(share, 0, 1)
    return share**3 * (10 - 15 * share + 6 * share**2)


def perform(skeleton: Skeleton, script: Script, time_s: Array) -> Posed:
    """The whole body at each moment, with the tested angle exactly as the script asks."""
    asked = script.asked_deg(time_s)
    manner = MANNERS[script.movement]
    towards = 1.0 if script.side == "left" else -1.0
    on_midline = manner.term in MIDLINE_TERMS
    term = manner.term if on_midline else f"{script.side} {manner.term}"
    parts = (STANDING, _unrest(script, time_s), manner.goes_along(asked, script.side))
    posture = {name: sum(part.get(name, 0.0) for part in parts) for part in parts for name in part}

    def pose(posture: Posture) -> Posed:
        # a lean to the right is a negative lean in the skeleton's terms
        posture = {**posture, term: towards * posture[term]} if on_midline else posture
        return skeleton.pose(posture, standing_on=manner.standing_on(script.side))

    def measured(posed: Posed) -> Array:
        return angle_deg(script.movement, script.side, posed.joints_m)

    return pose(reach(pose, posture, term, asked, measured))


# How people stand when nothing is asked of them.
STANDING = {
    f"{side} {term}": angle
    for side in SIDES
    for term, angle in {
        "shoulder abduction": 8.0, "shoulder flexion": 3.0, "elbow flexion": 14.0, "forearm pronation": 5.0,
        "finger flexion": 14.0, "hip abduction": 3.0, "toe-out": 8.0,
    }.items()
}  # fmt: skip

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a movement is done: which term moves, what goes along, which feet carry.

    Attributes:
        term: the tested term.
        along: other terms as a function of the tested angle; "same" and "other" stand for the sides.
        one_leg: whether the tested leg leaves the floor.
    """

    term: str
    along: Mapping[str, Callable[[Array], Array]] = field(default_factory=dict)
    one_leg: bool = False

    def standing_on(self, side: str) -> tuple[str, ...]:
        return (_other(side),) if self.one_leg else SIDES

    def goes_along(self, asked_deg: Array, side: str) -> dict[str, Array]:
        """The terms that move with the tested angle, for a test of this side."""
        towards = 1.0 if side == "left" else -1.0
        sides = {"same": side, "other": _other(side)}
        moves = {}
        for term, of_angle in self.along.items():
            whose, _, what = term.partition(" ")
            if whose in sides:
                moves[f"{sides[whose]} {what}"] = of_angle(asked_deg)
            else:
                sideways = term.endswith(("lean", "turn", "sway"))
                moves[term] = of_angle(asked_deg) * (towards if sideways else 1.0)
        return moves


def _ramp(start_deg: float, end_deg: float, size_deg: float) -> Callable[[Array], Array]:
    """Nothing below the start, the whole size beyond the end."""
    return lambda angle: size_deg * smooth((angle - start_deg) / (end_deg - start_deg))


# Terms that name no side are towards the tested side when positive.
MANNERS = {
    "shoulder_abduction": Manner(
        term="shoulder abduction",
        along={
            "same shoulder rotation": _ramp(40, 150, 70),
            "same elbow flexion": _ramp(0, 60, -5),
            "same finger flexion": _ramp(0, 60, -8),
            "trunk lean": _ramp(90, 170, -3),
            "neck lean": _ramp(90, 170, 2),
        },
    ),
    "shoulder_flexion": Manner(
        term="shoulder flexion",
        along={
            "same elbow flexion": _ramp(0, 60, -5),
            "same finger flexion": _ramp(0, 60, -8),
            "same shoulder rotation": _ramp(30, 150, 15),
            "trunk flexion": _ramp(100, 170, -4),
        },
    ),
    "elbow_flexion": Manner(
        term="elbow flexion",
        along={
            "same forearm pronation": _ramp(10, 80, -65),
            "same shoulder flexion": _ramp(60, 140, 6),
            "same finger flexion": _ramp(20, 120, 25),
            "trunk flexion": _ramp(60, 140, -1),
        },
    ),
    "knee_flexion": Manner(
        term="knee flexion",
        along={
            "sway": _ramp(0, 40, -2.5),
            "same hip flexion": _ramp(20, 110, 5),
            "same ankle dorsiflexion": _ramp(0, 60, -18),
            "other shoulder abduction": _ramp(20, 110, 6),
            "same shoulder abduction": _ramp(20, 110, 4),
            "pelvis tilt": _ramp(40, 120, 4),
            "trunk flexion": _ramp(30, 120, 3),
        },
        one_leg=True,
    ),
    "hip_abduction": Manner(
        term="hip abduction",
        along={
            "sway": _ramp(3, 20, -3),
            "pelvis lean": _ramp(10, 45, -5),
            "trunk lean": _ramp(8, 45, -3),
            "same ankle dorsiflexion": _ramp(5, 30, -4),
            "other shoulder abduction": _ramp(8, 45, 10),
            "same shoulder abduction": _ramp(8, 45, 12),
            "neck lean": _ramp(10, 45, 5),
        },
        one_leg=True,
    ),
    "trunk_lateral_flexion": Manner(
        term="trunk lean",
        along={
            "pelvis lean": _ramp(5, 35, 3),
            "same shoulder abduction": _ramp(0, 35, 32),
            "other shoulder abduction": _ramp(0, 35, -16),
            "sway": _ramp(0, 35, -2.5),
        },
    ),
}


def _other(side: str) -> str:
    return "right" if side == "left" else "left"
