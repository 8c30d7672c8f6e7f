"""Arms that put their hands where they are wanted: from a place and a hold to clinical terms, in closed form."""

from dataclasses import dataclass

import numpy as np

from benchmarks.studio.body import Array, Body
from benchmarks.studio.rotation import shortest, turn
from benchmarks.studio.skeleton import CARRYING_ANGLE_DEG, DOWN

# How far joints go, degrees. What is asked of a wrist beyond is left to the arm.
WRIST_LIMITS_DEG = {"forearm pronation": 88.0, "wrist deviation": 25.0, "wrist flexion": 60.0}
AT_EASE_DEG = WRIST_LIMITS_DEG | {"shoulder rotation": 75.0}
ALONG_THE_HAND = 0.85  # where the palm holds, as a share of the way from wrist to knuckles
HALF_HAND_M = 0.016  # from the bones of the hand to the palm's skin
FINGER_BONE_M = 0.030  # between the joints of a finger
SHORTEST_REACH, LONGEST_REACH = 0.32, 0.985  # of the whole arm; an elbow neither folds nor locks


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arm:
    """One arm of one body, hanging.

    Attributes:
        side: "left" or "right".
        upper_m, fore_m: lengths of upper arm and forearm.
        palm_m: (3,) from the wrist to the skin of the palm, where it holds.
    """

    side: str
    upper_m: float
    fore_m: float
    palm_m: Array

    @property
    def length_m(self) -> float:
        return self.upper_m + self.fore_m

    @property
    def outwards(self) -> float:
        return 1.0 if self.side == "left" else -1.0

    def terms(self, thorax: Array, shoulder_m: Array, wrist_m: Array, elbow_towards: Array) -> dict[str, Array]:
        """The terms that bring the wrist there.

        Args:
            thorax: (n, 3, 3) how the thorax has turned from rest.
            shoulder_m, wrist_m: (n, 3) where the joint is, and where it is wanted.
            elbow_towards: (n, 3) the way the elbow points as far as it may.
        """
        span = wrist_m - shoulder_m
        longest = LONGEST_REACH * self.length_m
        distance = np.clip(np.linalg.norm(span, axis=-1), SHORTEST_REACH * self.length_m, longest)
        ahead = _unit(span)
        beside = _unit(elbow_towards - _dot(elbow_towards, ahead) * ahead)
        along = (distance**2 + self.upper_m**2 - self.fore_m**2) / (2 * distance)
        off = np.sqrt(np.maximum(self.upper_m**2 - along**2, 0))
        upper = along[:, None] * ahead + off[:, None] * beside
        fore = distance[:, None] * ahead - upper

        hangs = np.einsum("nji,nj->ni", thorax, upper) / self.upper_m
        abduction = np.degrees(np.arcsin(np.clip(self.outwards * hangs[:, 0], -1, 1)))
        flexion = np.degrees(np.arctan2(-hangs[:, 1], -hangs[:, 2]))
        swing = thorax @ turn("x", -flexion) @ turn("y", -self.outwards * abduction)
        wanted = np.einsum("nji,nj->ni", swing, fore) / self.fore_m
        carrying = np.radians(CARRYING_ANGLE_DEG)
        elbow = np.degrees(np.arccos(np.clip(-wanted[:, 2] / np.cos(carrying), -1, 1)))
        unturned = turn("x", -elbow) @ turn("y", -self.outwards * CARRYING_ANGLE_DEG) @ DOWN
        rotation = _heading(wanted) - _heading(unturned)
        return {
            "shoulder flexion": flexion, "shoulder abduction": abduction,
            "shoulder rotation": self.outwards * _half_turn(rotation), "elbow flexion": elbow,
        }  # fmt: skip

    def forearm(self, thorax: Array, terms: dict[str, Array]) -> Array:
        """(n, 3, 3) how the forearm has turned from hanging."""
        return (
            thorax
            @ turn("x", -terms["shoulder flexion"])
            @ turn("y", -self.outwards * terms["shoulder abduction"])
            @ turn("z", self.outwards * terms["shoulder rotation"])
            @ turn("x", -terms["elbow flexion"])
            @ turn("y", -self.outwards * CARRYING_ANGLE_DEG)
        )

    def wrist_asked(self, forearm: Array, palm: Array, fingers: Array) -> dict[str, Array]:
        """The terms that would turn the hand as wanted; palm and fingers (n, 3) are the ways that they point."""
        asked = np.swapaxes(forearm, 1, 2) @ self._hand(palm, fingers)
        pronation = self.outwards * np.unwrap(np.arctan2(asked[:, 0, 1], asked[:, 1, 1]))
        pronation -= 2 * np.pi * np.round(pronation.mean() / (2 * np.pi))
        return {
            "forearm pronation": np.degrees(pronation),
            "wrist deviation": np.degrees(np.arcsin(np.clip(asked[:, 2, 1], -1, 1))),
            "wrist flexion": self.outwards * np.degrees(np.arctan2(-asked[:, 2, 0], asked[:, 2, 2])),
        }

    def palm_as_wanted(self, palm: Array, fingers: Array) -> Array:
        """(n, 3) metres from the wrist to the palm, where the hand points as wanted."""
        return self._hand(palm, fingers) @ self.palm_m

    def _hand(self, palm: Array, fingers: Array) -> Array:
        """(n, 3, 3) how the hand has turned from hanging."""
        x, z = -self.outwards * palm, -fingers
        return np.stack([x, np.cross(z, x), z], axis=-1)

    def palm_from_wrist(self, forearm: Array, terms: dict[str, Array]) -> Array:
        """(n, 3) metres, world axes."""
        hand = (
            forearm
            @ turn("z", -self.outwards * terms["forearm pronation"])
            @ turn("x", terms["wrist deviation"])
            @ turn("y", self.outwards * terms["wrist flexion"])
        )
        return hand @ self.palm_m


def arm_of(body: Body, side: str) -> Arm:
    """The arm of this body, measured."""
    shoulder, elbow, wrist, knuckle = (
        body.centre(f"{bone}.{side[0].upper()}") for bone in ("upperarm01", "lowerarm01", "wrist", "finger3-1")
    )
    hand = shortest(wrist - elbow, DOWN) @ (knuckle - wrist)
    medial = np.array([-1.0 if side == "left" else 1.0, 0.0, 0.0])
    return Arm(
        side=side,
        upper_m=float(np.linalg.norm(elbow - shoulder)),
        fore_m=float(np.linalg.norm(wrist - elbow)),
        palm_m=ALONG_THE_HAND * hand + HALF_HAND_M * medial,
    )


def curl_deg(radius_m: Array) -> Array:
    """Flexion of each finger joint that lays the fingers round something this thick: bones as chords."""
    return np.degrees(FINGER_BONE_M / (radius_m + 0.5 * HALF_HAND_M))


def within_limits(asked: dict[str, Array]) -> dict[str, Array]:
    """Wrist terms as far as a wrist goes: unchanged well inside the limits, without a corner."""
    return {term: angle / (1 + (angle / WRIST_LIMITS_DEG[term]) ** 4) ** 0.25 for term, angle in asked.items()}


def strain(asked: dict[str, Array]) -> float:
    """How far beyond its ease an arm is asked to go, over all moments; below 1 it is well."""
    return float(sum(np.mean((asked[term] / limit) ** 4) for term, limit in AT_EASE_DEG.items()))


def _half_turn(angle: Array) -> Array:
    return (angle + 180) % 360 - 180


def _heading(vectors: Array) -> Array:
    return np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))


def _unit(vectors: Array) -> Array:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def _dot(a: Array, b: Array) -> Array:
    return (a * b).sum(-1, keepdims=True)
