"""Where a therapist's hands hold a client, and the surface that they lie on."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from benchmarks.studio.body import Array, Body
from benchmarks.studio.rotation import shortest
from benchmarks.studio.skeleton import Posed


@dataclass(frozen=True, slots=True, kw_only=True)
class Grip:
    """One hand's hold.

    Attributes:
        part: "same thigh", "same shank", "same upper arm", "same forearm" or "head".
        share: how far down the part, from 0 at its upper joint to 1 at its lower one.
        lies: the side of the limb that the palm lies on while the limb rests: "above", "below", "left", "right".
            From then on the hand stays on that skin.
    """

    part: str
    share: float
    lies: str


# Above and below the joint, as each test is done by hand.
GRIPS: Mapping[str, tuple[Grip, Grip]] = MappingProxyType(
    {
        "shoulder_flexion": (Grip(part="same forearm", share=0.88, lies="above"),
                             Grip(part="same upper arm", share=0.8, lies="above")),
        "shoulder_abduction": (Grip(part="same forearm", share=0.88, lies="above"),
                               Grip(part="same upper arm", share=0.85, lies="above")),
        "elbow_flexion": (Grip(part="same forearm", share=0.88, lies="above"),
                          Grip(part="same upper arm", share=0.7, lies="above")),
        "straight_leg_raise": (Grip(part="same shank", share=0.92, lies="below"),
                               Grip(part="same thigh", share=0.85, lies="above")),
        "hip_flexion": (Grip(part="same shank", share=0.9, lies="below"),
                        Grip(part="same thigh", share=0.9, lies="above")),
        "hip_abduction": (Grip(part="same shank", share=0.9, lies="below"),
                          Grip(part="same thigh", share=0.85, lies="above")),
        "knee_flexion": (Grip(part="same shank", share=0.9, lies="above"),
                         Grip(part="same thigh", share=0.55, lies="above")),
        "neck_lateral_flexion": (Grip(part="head", share=0.5, lies="left"),
                                 Grip(part="head", share=0.5, lies="right")),
    }
)  # fmt: skip

WAYS = {"above": (0, 0, 1), "below": (0, 0, -1), "left": (1, 0, 0), "right": (-1, 0, 0)}
SLAB_M = 0.025  # half of the slice of limb that a palm feels


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hold:
    """A grip over time, world axes.

    Attributes:
        skin_m: (n, 3) the point of the client's skin under the palm.
        palm: (n, 3) unit, the way that the palm points: into the limb.
        along: (n, 3) unit, down the limb.
        radius_m: (n,) from the limb's axis to that point.
    """

    skin_m: Array
    palm: Array
    along: Array
    radius_m: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A part of the body as a rough cylinder.

    Attributes:
        bone: index of the bone that carries it.
        ends_m: (2, 3) its axis at rest.
        points_m: (v, 3) its skin at rest.
    """

    bone: int
    ends_m: Array
    points_m: Array

    def radius_m(self, share: float, outward: Array) -> Array:
        """(n,) from the axis to the skin in these directions (n, 3) at rest."""
        along = self.ends_m[1] - self.ends_m[0]
        along /= np.linalg.norm(along)
        from_middle = self.points_m - (self.ends_m[0] + share * (self.ends_m[1] - self.ends_m[0]))
        near = np.abs(from_middle @ along) < SLAB_M
        flat = from_middle[near] - np.outer(from_middle[near] @ along, along)
        distance = np.linalg.norm(flat, axis=1)
        agrees = (flat / distance[:, None]) @ outward.T
        weight = np.exp((agrees - 1) / 0.02)
        return (weight * distance[:, None]).sum(0) / weight.sum(0)


def part_of(body: Body, name: str) -> Part:
    """A part by its name, such as "left thigh" or "head"."""
    side, _, what = name.rpartition(" ")
    letter = side[:1].upper()
    if what == "head":
        ears = body.skin.points_m[body.skin.bones[:, 0] == body.bone_names.index("head")]
        middle = np.array([0.0, body.centre("head")[1], body.centre("head")[2] + 0.05])
        ends = middle + np.array([[0, 0, -0.1], [0, 0, 0.1]])
        return Part(bone=body.bone_names.index("head"), ends_m=ends, points_m=ears)
    bone, starts, first, last = {
        "thigh": ("upperleg02", "upperleg", "upperleg01", "lowerleg01"),
        "shank": ("lowerleg01", "lowerleg", "lowerleg01", "foot"),
        "arm": ("upperarm02", "upperarm", "upperarm01", "lowerarm01"),
        "forearm": ("lowerarm02", "lowerarm", "lowerarm01", "wrist"),
    }[what]
    belongs = np.array([bone.startswith(starts) and bone.endswith(letter) for bone in body.bone_names])
    share = (body.skin.weights * belongs[body.skin.bones]).sum(1)
    return Part(
        bone=body.bone_names.index(f"{bone}.{letter}"),
        ends_m=np.stack([body.centre(f"{first}.{letter}"), body.centre(f"{last}.{letter}")]),
        points_m=body.skin.points_m[share > 0.5],
    )


def hold(body: Body, posed: Posed, grip: Grip, side: str) -> Hold:
    """This grip on this client over time."""
    part = part_of(body, grip.part.replace("same", side).replace("upper arm", "arm"))
    motion = posed.motions[:, part.bone]
    ends = np.einsum("nij,kj->nki", motion[..., :3], part.ends_m) + motion[:, None, :, 3]
    along = ends[:, 1] - ends[:, 0]
    middle = ends[:, 0] + grip.share * along
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    outward = _carried(np.array(WAYS[grip.lies], float), along)
    radius = part.radius_m(grip.share, np.einsum("nji,nj->ni", motion[..., :3], outward))
    return Hold(skin_m=middle + radius[:, None] * outward, palm=-outward, along=along, radius_m=radius)


def _carried(outward: Array, along: Array) -> Array:
    """(n, 3) a direction at right angles to the limb, carried along as the limb swings but not as it rolls: a
    hand lets the skin roll under it."""
    carried = np.empty_like(along)
    carried[0] = outward
    for moment in range(len(along)):
        if moment:
            carried[moment] = shortest(along[moment - 1], along[moment]) @ carried[moment - 1]
        carried[moment] -= carried[moment] @ along[moment] * along[moment]
        carried[moment] /= np.linalg.norm(carried[moment])
    return carried
