"""Where a therapist stands and how they bend, so that both hands reach and nobody is walked through."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.studio.body import SIDES, Array
from benchmarks.studio.skeleton import Posed

# What may change from moment to moment, and how readily: metres or degrees that cost as much as each other.
READINESS = {
    "place out": 0.25, "place along": 0.25, "pelvis tilt": 22.0, "trunk flexion": 18.0, "trunk lean": 12.0,
    "trunk turn": 18.0, "drop": 0.06,
}  # fmt: skip
TRUNK = ("pelvis tilt", "trunk flexion", "trunk lean", "trunk turn")
CLOSE_REACH, COMFORT_REACH, FULL_REACH = 0.45, 0.78, 0.93  # of the arm's length, from shoulder to wrist
APART_M = 0.27  # between the middle of a trunk and anything of the client
STEPS = 14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stance:
    """A therapist's trunk over time.

    Attributes:
        place_m: (n, 2) the middle of the hips on the floor.
        drop_m: (n,) how far bent knees lower the hips.
        terms: the trunk's clinical terms, each (n,).
    """

    place_m: Array
    drop_m: Array
    terms: dict[str, Array]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wanted:
    """What a stance is found for.

    Attributes:
        wrists_m: where each hand's wrist has to be, each (n, 3).
        arm_m: length of an arm from shoulder to wrist.
        client_m: (n, k, 3) what the trunk keeps away from.
        furniture_m: half the sides of what stands in the middle of the room, x and y.
        beside_m: room between furniture and the middle of the hips.
        place_m: (2,) where it is convenient to stand.
        out: (2,) unit, from the client to there.
        ease: what the terms are when nothing calls, each (n,).
    """

    wrists_m: dict[str, Array]
    arm_m: float
    client_m: Array
    furniture_m: tuple[float, float]
    beside_m: float
    place_m: Array
    out: Array
    ease: dict[str, Array]


def find_stance(wanted: Wanted, pose: Callable[[Stance], Posed]) -> Stance:
    """The least troublesome stance at each moment (Gauss-Newton with damping, all moments at once).

    Every cost is smooth in the client's pose, and so is the stance over time.
    """
    moments = len(wanted.client_m)
    asked = np.zeros((moments, len(READINESS)))
    for _ in range(STEPS):
        cost = _costs(wanted, asked, pose)
        slopes = np.empty((*cost.shape, len(READINESS)))
        for column in range(len(READINESS)):
            nudged = asked.copy()
            nudged[:, column] += 0.02
            slopes[..., column] = (_costs(wanted, nudged, pose) - cost) / 0.02
        normal = np.einsum("nmi,nmj->nij", slopes, slopes) + 0.3 * np.eye(len(READINESS))
        change = np.linalg.solve(normal, -np.einsum("nmi,nm->ni", slopes, cost)[..., None])[..., 0]
        asked = asked + np.clip(change, -0.6, 0.6)
    return _stance(wanted, asked)


def _stance(wanted: Wanted, asked: Array) -> Stance:
    """From multiples of the readiness (n, 7) to a stance."""
    by_name = dict(zip(READINESS, (asked * np.array(list(READINESS.values()))).T, strict=True))
    across = np.array([-wanted.out[1], wanted.out[0]])
    return Stance(
        place_m=wanted.place_m
        + by_name["place out"][:, None] * wanted.out
        + by_name["place along"][:, None] * across,
        drop_m=by_name["drop"],
        terms={term: wanted.ease.get(term, 0.0) + by_name[term] for term in TRUNK},
    )


def _costs(wanted: Wanted, asked: Array, pose: Callable[[Stance], Posed]) -> Array:
    """(n, m) what a stance costs, each about 1 where it begins to matter."""
    stance = _stance(wanted, asked)
    joints = pose(stance).joints_m
    costs = [asked]
    for side in SIDES:
        reach = np.linalg.norm(wanted.wrists_m[side] - joints[f"{side} shoulder"], axis=1) / wanted.arm_m
        costs += [
            (reach - COMFORT_REACH)[:, None] / 0.25,
            _beyond(reach, FULL_REACH, 0.02)[:, None] / 0.005,
            _beyond(-reach, -CLOSE_REACH, 0.02)[:, None] / 0.005,
        ]
    hips = (joints["left hip"] + joints["right hip"]) / 2
    apart = _from_line(wanted.client_m, hips, joints["neck"])
    costs.append(_beyond(-apart, -APART_M, 0.02) / 0.05)
    costs.append(_beyond(-_from_box(stance.place_m, wanted.furniture_m), -wanted.beside_m, 0.01)[:, None] / 0.015)
    costs.append(_beyond(-stance.drop_m, 0.0, 0.01)[:, None] / 0.01)  # nobody floats
    costs += [_beyond(-stance.terms[term], 0.0, 1.0)[:, None] / 2.0 for term in ("pelvis tilt", "trunk flexion")]
    return np.concatenate(costs, axis=1)


def _beyond(value: Array, limit: float, corner: float) -> Array:
    """How far a value is beyond the limit, 0 below it, with a rounded corner."""
    return corner * np.logaddexp(0, (value - limit) / corner)


def _from_line(points: Array, start: Array, end: Array) -> Array:
    """(n, k) metres from points (n, k, 3) to a line of some length, from (n, 3) to (n, 3)."""
    line = (end - start)[:, None]
    share = ((points - start[:, None]) * line).sum(-1, keepdims=True) / (line**2).sum(-1, keepdims=True)
    return np.linalg.norm(points - start[:, None] - np.clip(share, 0, 1) * line, axis=-1)


def _from_box(places: Array, half: tuple[float, float]) -> Array:
    """(n,) metres from places on the floor to a rectangle round the origin, negative inside."""
    beyond = np.abs(places) - np.array(half)
    return np.linalg.norm(np.maximum(beyond, 0), axis=1) + np.minimum(beyond.max(1), 0)
