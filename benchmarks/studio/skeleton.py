"""Posing a body in clinical terms: joint angles in, joint centres and bone motions out.

A posture is a dict from a term, such as "left knee flexion", to degrees over time. Zero is the anatomical
position, with palms to the thighs, and what is not named is zero. Flexion, abduction and external rotation
are positive, and so are leaning and turning to the left.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.studio.body import SIDES, Array, Body, Mesh
from benchmarks.studio.rotation import shortest, turn

Posture = Mapping[str, Array]

LIMB_TERMS = (
    "shoulder flexion", "shoulder abduction", "shoulder plane", "shoulder rotation", "shoulder girdle elevation",
    "elbow flexion", "forearm pronation", "wrist flexion", "wrist deviation", "finger flexion",
    "hip flexion", "hip abduction", "hip rotation", "knee flexion", "ankle dorsiflexion", "toe-out",
)  # fmt: skip
MIDLINE_TERMS = (
    "body pitch", "body lean", "body turn", "pelvis tilt", "pelvis lean", "pelvis turn",
    "trunk flexion", "trunk lean", "trunk turn", "neck flexion", "neck lean", "neck turn", "sway",
)  # fmt: skip
TERMS = frozenset(MIDLINE_TERMS) | {f"{side} {term}" for side in SIDES for term in LIMB_TERMS}

# The spine bends over its length: the lumbar joints move most when bending, the thorax less.
SPINE_SHARES = {"spine04": 0.2, "spine03": 0.3, "spine02": 0.3, "spine01": 0.2}
NECK_SHARES = {"neck01": 0.3, "neck02": 0.2, "neck03": 0.2, "head": 0.3}

# Beyond this arm elevation the shoulder blade goes along, one degree for every three.
SCAPULA_FREE_DEG, SCAPULA_SHARE = 30.0, 1 / 3
CLAVICLE_SHARE = 0.6  # of the blade's turning happens at the clavicle

CARRYING_ANGLE_DEG = 6.0
RELAXED_LID_DEG = 6.0  # Anny's eyes at rest are wide open
DOWN = np.array([0.0, 0.0, -1.0])

JOINT_BONES = {
    "shoulder": "upperarm01", "elbow": "lowerarm01", "wrist": "wrist", "knuckle": "finger3-1",
    "index knuckle": "finger2-1", "pinky knuckle": "finger5-1",
    "hip": "upperleg01", "knee": "lowerleg01", "ankle": "foot", "toe": "toe3-1",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posed:
    """A body over n moments.

    Attributes:
        joints_m: joint centres by name ("left knee", "neck", "head"), each (n, 3), world axes.
        motions: (n, b, 3, 4) how each bone has moved from rest, rotation and shift.
    """

    joints_m: dict[str, Array]
    motions: Array

    def every(self, step: int, *, start: int) -> "Posed":
        """Each so-many-th moment alone."""
        joints = {name: joint[start::step] for name, joint in self.joints_m.items()}
        return Posed(joints_m=joints, motions=self.motions[start::step])


class Skeleton:
    """The joints of one body, ready to be posed."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self._straighten = {side: self._straightened(side) for side in SIDES}
        self._on_skin = _points_on_skin(body)

    def pose(self, posture: Posture, *, standing_on: tuple[str, ...] = SIDES, at_m: Array | None = None) -> Posed:
        """The body in this posture at every moment.

        Args:
            posture: clinical term -> degrees, scalars or (n,).
            standing_on: the feet that carry the body. They stay flat and where they are at the first
                moment; their ankles keep their rest height.
            at_m: (n, 3) or (3,) where the middle of the hips is, instead of standing.
        """
        unknown = set(posture) - TERMS
        if unknown:
            raise KeyError(f"No such movement terms: {sorted(unknown)}")
        moments = max((np.size(value) for value in posture.values()), default=1)
        angles = _Angles({t: np.broadcast_to(np.asarray(v, float), moments) for t, v in posture.items()}, moments)
        turned = self._axial(angles)
        for side in SIDES:
            turned |= self._arm(side, angles, turned["spine01"])
            turned |= self._leg(side, angles, turned["root"], stands=at_m is None and side in standing_on)
        motions = self._chain(turned, moments)
        shift = self._to_floor(motions, standing_on) if at_m is None else at_m - self._middle_of_hips(motions)
        motions[..., 3] += np.broadcast_to(shift, (moments, 3))[:, None]
        return Posed(joints_m=self._joints(motions), motions=motions)

    def _straightened(self, side: str) -> dict[str, Array]:
        """Rotations that hang each limb segment straight down from its rest direction."""
        ends = {"upper arm": ("upperarm01", "lowerarm01"), "forearm": ("lowerarm01", "wrist"),
                "thigh": ("upperleg01", "lowerleg01"), "shank": ("lowerleg01", "foot")}  # fmt: skip
        letter = side[0].upper()
        at = self.body.centre
        return {n: shortest(at(f"{b}.{letter}") - at(f"{a}.{letter}"), DOWN) for n, (a, b) in ends.items()}

    def _axial(self, angles: "_Angles") -> dict[str, Array]:
        whole = turn("z", angles["body turn"]) @ turn("y", angles["body lean"]) @ turn("x", angles["body pitch"])
        pelvis = (
            whole
            @ turn("z", angles["pelvis turn"])
            @ turn("y", angles["pelvis lean"])
            @ turn("x", angles["pelvis tilt"])
        )
        turned = {"whole": whole, "root": pelvis}
        upwards = pelvis
        for part, shares in (("trunk", SPINE_SHARES), ("neck", NECK_SHARES)):
            for bone, share in shares.items():
                upwards = (
                    upwards
                    @ turn("z", share * angles[f"{part} turn"])
                    @ turn("y", share * angles[f"{part} lean"])
                    @ turn("x", share * angles[f"{part} flexion"])
                )
                turned[bone] = upwards
        for side in "LR":
            turned[f"orbicularis03.{side}"] = upwards @ turn("x", RELAXED_LID_DEG)
        return turned

    def _arm(self, side: str, angles: "_Angles", thorax: Array) -> dict[str, Array]:
        outwards, letter = _sign(side), side[0].upper()
        straight = self._straighten[side]

        def angle(term: str) -> Array:
            return angles[f"{side} {term}"]

        plane = outwards * angle("shoulder plane")  # abduction in a plane turned forwards, 90 is straight ahead
        raised = turn("z", -plane) @ turn("y", -outwards * angle("shoulder abduction")) @ turn("z", plane)
        swing = turn("x", -angle("shoulder flexion")) @ raised
        elevation = np.degrees(np.arccos(np.clip(swing[:, 2, 2], -1, 1)))
        blade = SCAPULA_SHARE * np.maximum(elevation - SCAPULA_FREE_DEG, 0) + angle("shoulder girdle elevation")
        axial = turn("z", outwards * angle("shoulder rotation"))
        half = turn("z", 0.5 * outwards * angle("shoulder rotation"))
        upper = thorax @ swing @ axial
        roll = outwards * angle("forearm pronation")
        fore = upper @ turn("x", -angle("elbow flexion")) @ turn("y", -outwards * CARRYING_ANGLE_DEG)
        hand = (
            fore
            @ turn("z", -roll)
            @ turn("x", angle("wrist deviation"))
            @ turn("y", outwards * angle("wrist flexion"))
        )
        turned = {
            "clavicle": thorax @ turn("y", -outwards * CLAVICLE_SHARE * blade),
            "shoulder01": thorax @ turn("y", -outwards * blade),
            "upperarm01": thorax @ swing @ half @ straight["upper arm"],
            "upperarm02": upper @ straight["upper arm"],
            "lowerarm01": fore @ turn("z", -0.3 * roll) @ straight["forearm"],
            "lowerarm02": fore @ turn("z", -0.7 * roll) @ straight["forearm"],
            "wrist": hand @ straight["forearm"],
        }
        curl = hand
        for joint in (1, 2, 3):
            curl = curl @ turn("y", outwards * angle("finger flexion"))
            turned |= {f"finger{finger}-{joint}": curl @ straight["forearm"] for finger in (2, 3, 4, 5)}
        return {f"{bone}.{letter}": rotation for bone, rotation in turned.items()}

    def _leg(self, side: str, angles: "_Angles", pelvis: Array, *, stands: bool) -> dict[str, Array]:
        outwards, letter = _sign(side), side[0].upper()
        straight = self._straighten[side]

        def angle(term: str) -> Array:
            return angles[f"{side} {term}"]

        # a leg that carries the body keeps to the floor when the pelvis leans; a free one goes with the pelvis
        base = turn("z", angles["body turn"] + angles["pelvis turn"]) if stands else pelvis
        swing = turn("x", -angle("hip flexion")) @ turn(
            "y", -outwards * (angle("hip abduction") + outwards * angles["sway"])
        )
        thigh = base @ swing @ turn("z", outwards * angle("hip rotation"))
        shank = thigh @ turn("x", angle("knee flexion"))
        outward_turn = turn("z", outwards * angle("toe-out"))
        flat = turn("z", angles["body turn"]) @ outward_turn
        foot = flat if stands else shank @ turn("x", -angle("ankle dorsiflexion")) @ outward_turn
        half = base @ swing @ turn("z", 0.5 * outwards * angle("hip rotation"))
        turned = {
            "upperleg01": half @ straight["thigh"],
            "upperleg02": thigh @ straight["thigh"],
            "lowerleg01": shank @ straight["shank"],
            "foot": foot,
        }
        return {f"{bone}.{letter}": rotation for bone, rotation in turned.items()}

    def _chain(self, turned: dict[str, Array], moments: int) -> Array:
        """(n, b, 3, 4): from each bone's rotation, the motion that keeps it on its joint centre."""
        motions = np.zeros((moments, len(self.body.bone_names), 3, 4))
        for bone, (name, parent) in enumerate(zip(self.body.bone_names, self.body.parents, strict=True)):
            if name not in turned:
                motions[:, bone] = motions[:, parent]
                continue
            centre = self.body.centres_m[bone]
            goes_to = centre if parent < 0 else _moved(motions[:, parent], centre)
            motions[:, bone, :, :3] = turned[name]
            motions[:, bone, :, 3] = goes_to - turned[name] @ centre
        return motions

    def _to_floor(self, motions: Array, standing_on: tuple[str, ...]) -> Array:
        """(n, 3) shift that puts the carrying ankles on their rest height, and holds them where they began."""
        ankles = np.mean([self._joint(motions, f"foot.{side[0].upper()}") for side in standing_on], axis=0)
        heights = [self.body.centre(f"foot.{side[0].upper()}")[2] for side in standing_on]
        stays = ankles[0] - self._middle_of_hips(motions)[0]
        stays[2] = np.mean(heights)
        return stays - ankles

    def _joint(self, motions: Array, bone: str) -> Array:
        index = self.body.bone_names.index(bone)
        return _moved(motions[:, index], self.body.centres_m[index])

    def _middle_of_hips(self, motions: Array) -> Array:
        return (self._joint(motions, "upperleg01.L") + self._joint(motions, "upperleg01.R")) / 2

    def _joints(self, motions: Array) -> dict[str, Array]:
        joints = {
            f"{side} {joint}": self._joint(motions, f"{bone}.{side[0].upper()}")
            for side in SIDES
            for joint, bone in JOINT_BONES.items()
        }
        joints |= {"neck": self._joint(motions, "neck01"), "head": self._joint(motions, "head")}
        for name, (bone, point) in self._on_skin.items():
            joints[name] = _moved(motions[:, self.body.bone_names.index(bone)], point)
        return joints


class _Angles(dict[str, Array]):
    """Terms that nobody asked for are zero."""

    def __init__(self, asked: dict[str, Array], moments: int) -> None:
        super().__init__(asked)
        self._zero = np.zeros(moments)

    def __missing__(self, term: str) -> Array:
        return self._zero


def _points_on_skin(body: Body) -> dict[str, tuple[str, Array]]:
    """Points that are no joints but that angles are taken from, with the bone that carries each."""
    points, carrier = body.skin.points_m, body.skin.bones[:, 0]

    def outermost(bone: str, direction: tuple[float, float, float], side: float = 0.0) -> Array:
        here = (carrier == body.bone_names.index(bone)) & (points[:, 0] * side >= 0)
        return points[here][np.argmax(points[here] @ np.array(direction))]

    found = {"nose": ("head", _nose(body))}
    for side in SIDES:
        outwards, letter = _sign(side), side[0].upper()
        found[f"{side} ear"] = ("head", outermost("head", (outwards, 0.0, 0.0), outwards))
        found[f"{side} heel"] = (f"foot.{letter}", outermost(f"foot.{letter}", (0.0, 1.0, 0.0)))
    return found


def _nose(body: Body) -> Array:
    """The tip: what is furthest forward on the head."""
    on_head = body.skin.points_m[body.skin.points_m[:, 2] > body.centre("head")[2]]
    return on_head[np.argmin(on_head[:, 1])]


def reach(pose: Callable[[Posture], Posed], posture: Posture, term: str, asked_deg: Array,
          measure: Callable[[Posed], Array]) -> Posture:  # fmt: skip
    """The posture whose measured angle is the asked one.

    What is set at one joint is not quite what is read off the joint centres: the blade lifts the shoulder,
    a spine that bends over its length ends short. A few corrections close the gap.
    """
    posture = dict(posture)
    posture[term] = np.asarray(asked_deg, float).copy()
    for _ in range(12):
        gap = asked_deg - measure(pose(posture))
        posture[term] = posture[term] + gap
        if np.abs(gap).max() < 0.003:
            break
    return posture


def surface_m(mesh: Mesh, motions: Array) -> Array:
    """(v, 3) where a skinned surface is at one moment of `Posed.motions`, (b, 3, 4): linear blend skinning."""
    blended = np.einsum("vw,vwij->vij", mesh.weights, motions[mesh.bones])
    return np.einsum("vij,vj->vi", blended[..., :3], mesh.points_m) + blended[..., 3]


def _moved(motion: Array, point: Array) -> Array:
    return motion[..., :3] @ point + motion[..., 3]


def _sign(side: str) -> float:
    return 1.0 if side == "left" else -1.0
