"""The therapist: a second person, whose two hands hold the client's limb and go along with it.

The client's movement comes first and is never changed. From it follow, in this order: the skin under the
two palms (`grips`), the trunk that brings both shoulders within reach, the steps (`stepping`), the arms
(`reaching`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from operator import itemgetter

import numpy as np

from benchmarks.studio.body import SIDES, Array, Build
from benchmarks.studio.grips import Grip, Hold, hold
from benchmarks.studio.manners import smooth
from benchmarks.studio.reaching import arm_of, curl_deg, strain, within_limits
from benchmarks.studio.skeleton import Posed, Skeleton
from benchmarks.studio.stance import Stance, Wanted, find_stance
from benchmarks.studio.stepping import Legs, feet_m
from benchmarks.studio.wardrobe import Outfit

WALK_M, WALK_S, HANDS_S = 2.3, 2.4, 0.7
EASE = {"pelvis tilt": 10.0, "trunk flexion": 10.0}  # of somebody who works with their hands
BENT_OVER = {"pelvis tilt": 22.0, "trunk flexion": 18.0}  # what leaning across adds
HANGING = {"shoulder abduction": 8.0, "shoulder flexion": 3.0, "shoulder rotation": 0.0, "elbow flexion": 16.0,
           "forearm pronation": 10.0, "finger flexion": 16.0}  # fmt: skip
FROM_THE_LIMB_M = 0.45  # where it is convenient to stand
BESIDE_M, BESIDE_KNEELING_M = 0.17, 0.20
ARM_SWING_DEG = 45.0  # for a metre of stride
ELBOWS_OUT = (0.5, 1.2, 2.0, -0.2)  # how far elbows point outwards for how far down, the usual first
ELBOW_HABIT, ELBOW_BACK = 0.3, 0.7
CHAINS = (("shoulder", "elbow", "wrist"), ("hip", "knee", "ankle"), ("shoulder", "hip"))
ROUND_THE_LIMB = 1.2  # how much rather fingers lie across a limb than along it


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Who holds the client's limb, and how.

    Attributes:
        build, outfit: as of a client.
        grips: one for each hand; which hand takes which follows from where they are.
        azimuth_deg: where they stand round the client, counted as for a camera: 90 is the client's left.
        kneels: on both knees beside the client, throughout.
        enters_s, leaves_s: when they begin to walk in, and out; infinite is there from the start, to the end.
            Walking takes WALK_S, and laying hands on or taking them off HANDS_S.
        leans_across_s: from when to when their trunk is bent over the client.
    """

    build: Build
    outfit: Outfit
    grips: tuple[Grip, Grip]
    azimuth_deg: float
    kneels: bool = False
    enters_s: float = -inf
    leaves_s: float = inf
    leans_across_s: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.kneels and np.isfinite([self.enters_s, self.leaves_s]).any():
            raise ValueError("kneels: expected nobody who walks in or out")

    def in_room(self, time_s: Array) -> Array:
        """(n,) whether they are there."""
        return (time_s >= self.enters_s) & (time_s <= self.leaves_s + WALK_S)

    def holding(self, time_s: Array) -> Array:
        """(n,) 1 while both hands are on the limb, 0 while none is."""
        on = smooth((time_s - self.enters_s - WALK_S) / HANDS_S)
        return on - smooth((time_s - self.leaves_s + HANDS_S) / HANDS_S)

    def away(self, time_s: Array) -> Array:
        """(n,) from 1, out of the room, to 0, beside the client, and back to 1."""
        comes = _halting((time_s - self.enters_s) / WALK_S)
        return 1 - comes + 1 - _halting(1 - (time_s - self.leaves_s) / WALK_S)

    def comes_in(self, time_s: Array) -> Array:
        """(n,) whether they are still walking in."""
        return time_s < self.enters_s + WALK_S

    def leaning(self, time_s: Array) -> Array:
        """(n,) 1 while they are bent over the client."""
        if self.leans_across_s is None:
            return np.zeros(len(time_s))
        start, end = self.leans_across_s
        return smooth((time_s - start) / HANDS_S) - smooth((time_s - end) / HANDS_S)


def help_along(
    helper: Helper, skeleton: Skeleton, client: Skeleton, posed: Posed, side: str, time_s: Array, *,
    furniture_m: tuple[float, float], exit_towards: Array,
) -> Posed:  # fmt: skip
    """The therapist at every moment; while out of the room, wherever their path would lead.

    Args:
        skeleton: the therapist's.
        client, posed: whose limb is held, and how that one moves.
        side: which limb.
        time_s: (n,) of the client's moments, rising.
        furniture_m: half the sides of what the client lies or sits on, x and y.
        exit_towards: (2,) unit, the way along the floor that leads out of the picture.
    """
    holds = [hold(client.body, posed, grip, side) for grip in helper.grips]
    therapist = _Therapist(helper, skeleton, holds, time_s)
    return therapist.at_work(_limbs_m(posed), furniture_m, exit_towards)


class _Therapist:
    """One therapist over the n moments of a clip."""

    def __init__(self, helper: Helper, skeleton: Skeleton, holds: list[Hold], time_s: Array) -> None:
        self._helper, self._skeleton, self._time_s = helper, skeleton, time_s
        self._legs = Legs(skeleton.body)
        self._arms = {side: arm_of(skeleton.body, side) for side in SIDES}
        self._thorax = skeleton.body.bone_names.index("spine01")
        azimuth = np.radians(helper.azimuth_deg)
        self._out = np.array([np.sin(azimuth), -np.cos(azimuth)])
        self._facing_deg = np.full(len(time_s), helper.azimuth_deg + 180.0)
        right = np.array([-self._out[1], self._out[0]])
        leftmost_first = sorted(holds, key=lambda held: float((held.skin_m[:, :2] @ right).mean()))
        self._holds = dict(zip(SIDES, leftmost_first, strict=True))

    def at_work(self, client_m: Array, furniture_m: tuple[float, float], exit_towards: Array) -> Posed:
        """Trunk and arms in turns, since each depends on the other; then the steps, and the arms once more."""
        middle = np.mean([held.skin_m.mean(0) for held in self._holds.values()], axis=0)[:2]
        leaning = self._helper.leaning(self._time_s)
        arms = {f"{side} shoulder flexion": np.full(len(self._time_s), 45.0) for side in SIDES}
        wrists = {side: held.skin_m for side, held in self._holds.items()}
        for _ in range(3):
            wanted = Wanted(
                wrists_m=wrists, arm_m=self._arms["left"].length_m, client_m=client_m, furniture_m=furniture_m,
                beside_m=BESIDE_KNEELING_M if self._helper.kneels else BESIDE_M,
                place_m=middle + FROM_THE_LIMB_M * self._out, out=self._out,
                ease={term: EASE[term] + leaning * BENT_OVER[term] for term in EASE},
            )  # fmt: skip
            stance = find_stance(wanted, lambda stance, arms=arms: self._beside(stance, arms))
            arms, wrists = self._reaching(lambda arms, stance=stance: self._beside(stance, arms), arms)
        return self._coming_and_going(stance, arms, exit_towards)

    def _beside(self, stance: Stance, arms: dict[str, Array], hips_above_m: Array | None = None) -> Posed:
        """At work, the legs left out: they change nothing above but the height of the hips."""
        if hips_above_m is None:
            upright = self._legs.standing_m - stance.drop_m
            hips_above_m = np.full_like(upright, self._legs.kneeling_m) if self._helper.kneels else upright
        hips = np.column_stack([stance.place_m, hips_above_m])
        return self._skeleton.pose({"body turn": self._facing_deg, **stance.terms, **arms}, at_m=hips)

    def _coming_and_going(self, stance: Stance, arms: dict[str, Array], exit_towards: Array) -> Posed:
        """The same with legs, steps, and arms that hang where they hold nothing."""
        holding, away = self._helper.holding(self._time_s), self._helper.away(self._time_s)
        path = stance.place_m + WALK_M * np.outer(away, exit_towards)
        facing = self._facing_deg + smooth((away - 0.03) / 0.3) * self._turned_to_go(exit_towards)
        body = {term: holding * angle for term, angle in stance.terms.items()}
        body |= {"body turn": facing, "neck flexion": 8 + 14 * holding}
        feet = {} if self._helper.kneels else feet_m(self._time_s, path, facing, self._legs.ankle_m)
        if feet:
            height = self._legs.hip_height_m(path, facing, feet) - holding * stance.drop_m
            body |= self._legs.terms(np.column_stack([path, height]), facing, feet) | {
                f"{side} toe-out": 8.0 for side in SIDES
            }
        else:
            height = np.full(len(path), self._legs.kneeling_m)
            body |= self._legs.kneeling(body["pelvis tilt"])
        arms, _ = self._reaching(lambda arms: self._beside(stance, arms, height), arms)
        hanging = _hanging(feet, facing)
        body |= {term: holding * arms[term] + (1 - holding) * hanging.get(term, 0.0) for term in arms}
        hips = np.column_stack([path, height])
        return _put_at(self._skeleton.pose(body), hips) if feet else self._skeleton.pose(body, at_m=hips)

    def _reaching(
        self, pose: Callable[[dict[str, Array]], Posed], arms: dict[str, Array]
    ) -> tuple[dict[str, Array], dict[str, Array]]:
        """The terms of both arms with their palms on the skin, and where the wrists then are."""
        wrists: dict[str, Array] = {}
        for _ in range(8):  # the shoulder goes along with the arm
            posed = pose(arms)
            thorax = posed.motions[:, self._thorax, :, :3]
            arms = {}
            for side, held in self._holds.items():
                terms, wrists[side] = self._arm(side, held, thorax, posed.joints_m[f"{side} shoulder"])
                arms |= {f"{side} {term}": angle for term, angle in terms.items()}
        return arms, wrists

    def _arm(self, side: str, held: Hold, thorax: Array, shoulder_m: Array) -> tuple[dict[str, Array], Array]:
        """One arm's terms and its wrist, with the elbow where the wrist is most at ease."""
        tried = [self._with_elbow(out, side, held, thorax, shoulder_m) for out in ELBOWS_OUT]
        _, terms, wrist = min(tried, key=itemgetter(0))
        return terms, wrist

    def _with_elbow(
        self, out: float, side: str, held: Hold, thorax: Array, shoulder_m: Array
    ) -> tuple[float, dict[str, Array], Array]:
        arm = self._arms[side]
        fingers, round_the_limb = _fingers(held, held.skin_m - shoulder_m)
        elbow_towards = thorax @ np.array([out * arm.outwards, ELBOW_BACK, -1.0])
        wrist = held.skin_m - arm.palm_as_wanted(held.palm, fingers)
        for _ in range(6):  # where the wrist cannot turn as wanted, the arm makes up for it
            terms = arm.terms(thorax, shoulder_m, wrist, elbow_towards)
            forearm = arm.forearm(thorax, terms)
            asked = arm.wrist_asked(forearm, held.palm, fingers)
            hand = within_limits(asked)
            wrist = held.skin_m - arm.palm_from_wrist(forearm, hand)
        curl = {"finger flexion": round_the_limb * curl_deg(held.radius_m)}
        return (
            strain({**terms, **asked}) + ELBOW_HABIT * abs(out - ELBOWS_OUT[0]),
            {**terms, **hand, **curl},
            wrist,
        )

    def _turned_to_go(self, exit_towards: Array) -> Array:
        """(n,) degrees from facing the client to facing the way that they walk."""
        comes_in = self._helper.comes_in(self._time_s)
        way = np.where(comes_in[:, None], -exit_towards, exit_towards)
        heading = np.degrees(np.arctan2(way[:, 0], -way[:, 1]))
        return (heading - self._facing_deg + 180) % 360 - 180


def _fingers(held: Hold, reach_m: Array) -> tuple[Array, Array]:
    """(n, 3) the way the fingers point, and (n,) how far they lie across the limb and so close round it.

    They point away from the therapist along the skin, rather across the limb than along it.
    """
    ahead = _unit(reach_m - _dot(reach_m, held.palm) * held.palm)
    across = np.cross(held.along, held.palm)
    fingers = _unit(ahead + ROUND_THE_LIMB * _dot(ahead, across) * across)
    return fingers, _dot(fingers, across)[:, 0] ** 2


def _limbs_m(posed: Posed) -> Array:
    """(n, k, 3) points all over the client: the joints, and the middle of each bone."""
    joints = posed.joints_m
    chains = [[f"{side} {joint}" for joint in chain] for side in SIDES for chain in CHAINS]
    middles = [(joints[a] + joints[b]) / 2 for chain in chains for a, b in pairwise(chain)]
    return np.stack([*joints.values(), *middles], axis=1)


def _hanging(feet_m: dict[str, Array], facing_deg: Array) -> dict[str, Array]:
    """Arms of somebody who walks: each swings with the other side's foot."""
    terms: dict[str, Array] = {f"{side} {term}": angle for side in SIDES for term, angle in HANGING.items()}
    if feet_m:
        ahead = np.column_stack([np.sin(np.radians(facing_deg)), -np.cos(np.radians(facing_deg))])
        stride = ((feet_m["left"] - feet_m["right"])[:, :2] * ahead).sum(1)
        terms["left shoulder flexion"] = HANGING["shoulder flexion"] - ARM_SWING_DEG * stride
        terms["right shoulder flexion"] = HANGING["shoulder flexion"] + ARM_SWING_DEG * stride
    return terms


def _put_at(posed: Posed, hips_m: Array) -> Posed:
    """The same posture with the middle of its hips (n, 3) there."""
    shift = hips_m - (posed.joints_m["left hip"] + posed.joints_m["right hip"]) / 2
    motions = posed.motions.copy()
    motions[..., 3] += shift[:, None]
    return Posed(joints_m={name: joint + shift for name, joint in posed.joints_m.items()}, motions=motions)


def _halting(share: Array) -> Array:
    """How much of the way is done: walking at one speed, slowing down over the last third."""
    share = np.clip(share, 0, 1)
    return np.where(share < 2 / 3, share * 6 / 5, 1 - (1 - share) ** 2 * 9 / 5)


def _unit(vectors: Array) -> Array:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def _dot(a: Array, b: Array) -> Array:
    return (a * b).sum(-1, keepdims=True)
