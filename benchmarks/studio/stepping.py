"""Feet and legs of somebody who walks about: from a path to steps, from steps to clinical terms."""

import numpy as np

from benchmarks.studio.body import SIDES, Array, Body
from benchmarks.studio.manners import other, smooth
from benchmarks.studio.rotation import turn

HALF_STANCE_M = 0.11
LIFT_M = 0.06
TICK_S, STEP_TICKS = 0.01, 32  # a step takes a third of a second
STRAYED_M = 0.12  # a foot this far from where it should stand takes a step
KNEE_M = 0.055  # from the knee joint to the floor, kneeling
KNEES_APART_DEG = 6.0
STRETCHED = 0.99  # of the whole leg; a standing knee is never quite straight


def feet_m(time_s: Array, path_m: Array, heading_deg: Array, ankle_m: float) -> dict[str, Array]:
    """Where each ankle is, (n, 3), as the body goes along a path (n, 2): one foot at a time, the other planted.

    Args:
        time_s: (n,) rising.
        path_m: (n, 2) of the middle of the hips.
        heading_deg: (n,) the way the body faces, 0 is -y.
        ankle_m: height of an ankle over the sole.
    """
    clock = np.arange(time_s[0], time_s[-1] + TICK_S, TICK_S)  # steps must not depend on the frame rate
    heading = np.radians(np.interp(clock, time_s, heading_deg))
    path = np.stack([np.interp(clock, time_s, path_m[:, axis]) for axis in (0, 1)], axis=1)
    across = HALF_STANCE_M * np.stack([np.cos(heading), np.sin(heading)], axis=1)
    stands = {"left": path + across, "right": path - across}
    ankles = {side: np.column_stack([stands[side], np.full(len(clock), ankle_m)]) for side in SIDES}
    for side, start, end in _steps(stands):
        ankles[side][start:, :2] = stands[side][end]
        swing = np.arange(start, min(start + STEP_TICKS, len(clock)))
        share = (swing - start) / STEP_TICKS
        way = stands[side][end] - ankles[side][max(start - 1, 0), :2]
        ankles[side][swing, :2] -= (1 - smooth(share))[:, None] * way
        ankles[side][swing, 2] += LIFT_M * np.sin(np.pi * share) * min(np.linalg.norm(way) / 0.4, 1.0)
    return {
        side: np.stack([np.interp(time_s, clock, ankle[:, axis]) for axis in range(3)], axis=1)
        for side, ankle in ankles.items()
    }


def _steps(stands: dict[str, Array]) -> list[tuple[str, int, int]]:
    """Every step: the side, the tick when it begins, and the tick whose place it lands on. Both feet begin with a
    step on the spot."""
    last = len(stands["left"]) - 1
    planted = dict.fromkeys(SIDES, 0)
    steps, tick = [(side, 0, 0) for side in SIDES], 0
    while tick <= last:
        in_turn = (other(steps[-1][0]), steps[-1][0])
        strayed = (s for s in in_turn if np.linalg.norm(stands[s][tick] - stands[s][planted[s]]) > STRAYED_M)
        side = next(strayed, None)
        if side is None:
            tick += 1
            continue
        # it lands where it will be wanted in the middle of the other foot's step
        planted[side] = min(tick + STEP_TICKS * 3 // 2, last)
        steps.append((side, tick, planted[side]))
        tick += STEP_TICKS
    return steps


class Legs:
    """The legs of one body, ready to stand on given places."""

    def __init__(self, body: Body) -> None:
        hip, knee, ankle = (body.centre(f"{bone}.L") for bone in ("upperleg01", "lowerleg01", "foot"))
        self.ankle_m = float(ankle[2])
        self._half_pelvis_m = float(hip[0])
        self._thigh_m, self._shank_m = float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))

    @property
    def length_m(self) -> float:
        """From hip to ankle."""
        return self._thigh_m + self._shank_m

    @property
    def standing_m(self) -> float:
        """Height of the hips, standing with the feet below them."""
        return self.ankle_m + STRETCHED * self.length_m

    @property
    def kneeling_m(self) -> float:
        """Height of the hips, kneeling upright."""
        return KNEE_M + self._thigh_m * float(np.cos(np.radians(KNEES_APART_DEG)))

    def hip_height_m(self, path_m: Array, heading_deg: Array, ankles_m: dict[str, Array]) -> Array:
        """(n,) the greatest height at which both ankles are in reach."""
        heights = [
            ankles_m[side][:, 2]
            + np.sqrt(
                np.maximum(
                    (STRETCHED * self.length_m) ** 2
                    - ((ankles_m[side][:, :2] - self._hip_m(side, path_m, heading_deg)) ** 2).sum(1),
                    (0.7 * self.length_m) ** 2,
                )
            )
            for side in SIDES
        ]
        return np.minimum(*heights)

    def terms(self, hips_m: Array, heading_deg: Array, ankles_m: dict[str, Array]) -> dict[str, Array]:
        """Terms for standing on these ankles (n, 3) with the middle of the hips at `hips_m` (n, 3)."""
        terms = {}
        back = turn("z", -heading_deg)
        for side in SIDES:
            hip = np.column_stack([self._hip_m(side, hips_m[:, :2], heading_deg), hips_m[:, 2]])
            leg = np.einsum("nij,nj->ni", back, ankles_m[side] - hip)
            distance = np.minimum(np.linalg.norm(leg, axis=1), 0.9999 * self.length_m)
            cosine = (distance**2 - self._thigh_m**2 - self._shank_m**2) / (2 * self._thigh_m * self._shank_m)
            knee = np.arccos(np.clip(cosine, -1, 1))
            behind, down = self._shank_m * np.sin(knee), self._thigh_m + self._shank_m * np.cos(knee)
            lean = np.arcsin(np.clip(leg[:, 0] / down, -1, 1))
            flexion = np.arctan2(-leg[:, 2], leg[:, 1]) - np.arctan2(np.cos(lean) * down, behind)
            outwards = 1.0 if side == "left" else -1.0
            terms[f"{side} knee flexion"] = np.degrees(knee)
            terms[f"{side} hip abduction"] = outwards * np.degrees(lean)
            terms[f"{side} hip flexion"] = np.degrees(flexion)
        return terms

    def kneeling(self, tilt_deg: Array) -> dict[str, Array]:
        """The terms that keep the thighs upright on the floor under a tilted pelvis."""
        terms = {"hip flexion": tilt_deg, "hip abduction": np.full(len(tilt_deg), KNEES_APART_DEG),
                 "knee flexion": np.full(len(tilt_deg), 94.0),
                 "ankle dorsiflexion": np.full(len(tilt_deg), -40.0)}  # fmt: skip
        return {f"{side} {term}": angle for side in SIDES for term, angle in terms.items()}

    def _hip_m(self, side: str, path_m: Array, heading_deg: Array) -> Array:
        heading = np.radians(heading_deg)
        across = np.stack([np.cos(heading), np.sin(heading)], axis=1)
        return path_m + (1.0 if side == "left" else -1.0) * self._half_pelvis_m * across
