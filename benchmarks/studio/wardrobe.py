"""Clothes and hair: geometry over the body, cut from hulls that move with it.

Garments are cut in the shader, along lines that every vertex knows its distance from: how far down the arm
it is, how far down the leg, how high. So one hull gives any sleeve, any trouser leg, with a clean hem, and
the skin below is left out where it is covered.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.studio.body import Array, Body, Mesh, vertex_normals

Colour = tuple[float, float, float]

CLOSE_M = 0.02  # cloth with no more slack than this follows the body all round
OFF_LIMB_M = -1.0  # "how far down the arm" of a point that is not on an arm


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """What a person wears. Colours are sRGB shares; lengths are shares of arm or leg."""

    skin: Colour = (0.80, 0.62, 0.53)
    hair: Colour = (0.16, 0.11, 0.08)
    long_hair: bool = False
    beard: float = 0.0
    shirt: Colour = (0.30, 0.40, 0.52)
    stripes: float = 0.0
    sleeve: float = 0.28
    shirt_slack_m: float = 0.014
    trousers: Colour = (0.18, 0.19, 0.23)
    trouser_leg: float = 0.93
    trouser_slack_m: float = 0.009
    shoes: Colour = (0.74, 0.74, 0.73)
    folds_seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cut:
    """Where each vertex of a mesh lies along the body, for cutting.

    Attributes:
        along: (v, 3) metres down the arm (OFF_LIMB_M off it), metres down the leg (likewise), height.
        head: (v,) 1 on the head, 0 below the neck.
    """

    along: Array
    head: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines that garments and hair are cut at, for one body and outfit, metres at rest.

    Attributes:
        sleeve, trouser_leg, ankle: how far down arm or leg.
        hem, waist, collar, nape: heights.
        eyes: the point between the eyes.
        eye_half: half the distance between them.
    """

    sleeve: float
    trouser_leg: float
    ankle: float
    hem: float
    waist: float
    collar: float
    nape: float
    eyes: tuple[float, float, float]
    eye_half: float


def cut_of(body: Body, mesh: Mesh) -> Cut:
    """Where every vertex lies along arms and legs."""
    groups = {"arm": ("upperarm", "lowerarm", "wrist", "finger", "metacarpal"),
              "leg": ("upperleg", "lowerleg", "foot", "toe"), "head": ("neck", "head", "jaw", "eye")}  # fmt: skip
    shares = {}
    for part, starts in groups.items():
        belongs = np.array([name.startswith(starts) for name in body.bone_names])
        if part == "head":
            below = body.bone_names.index("neck01")
            belongs |= np.arange(len(belongs)) >= below  # the face's many bones come last
        shares[part] = (mesh.weights * belongs[mesh.bones]).sum(1)
    along = np.stack([
        _along(body, mesh, shares["arm"], "upperarm01", "lowerarm01", "wrist"),
        _along(body, mesh, shares["leg"], "upperleg01", "lowerleg01", "foot"),
        mesh.points_m[:, 2],
    ], axis=1)  # fmt: skip
    return Cut(along=along, head=shares["head"])


def _along(body: Body, mesh: Mesh, share: Array, *bones: str) -> Array:
    """(v,) metres along the bent line through three joints, OFF_LIMB_M where the limb has little share."""
    down = np.full(len(share), OFF_LIMB_M)
    for letter, outwards in (("L", 1.0), ("R", -1.0)):
        first, middle, last = (body.centre(f"{bone}.{letter}") for bone in bones)
        upper, lower = middle - first, last - middle
        length = np.linalg.norm(upper)
        in_upper = (mesh.points_m - middle) @ (upper / length)
        in_lower = (mesh.points_m - middle) @ (lower / np.linalg.norm(lower))
        beyond = in_upper + in_lower > 0  # the middle joint, parted by the plane that halves its bend
        distance = length + np.where(beyond, np.maximum(in_lower, 0), np.minimum(in_upper, 0))
        here = (share > 0.3) & (mesh.points_m[:, 0] * outwards > 0)
        down[here] = distance[here]
    return down


def lines_of(body: Body, outfit: Outfit) -> Lines:
    """Where this outfit's garments end on this body."""
    arm = _length(body, "upperarm01", "lowerarm01", "wrist")
    leg = _length(body, "upperleg01", "lowerleg01", "foot")
    left_eye = _middle_of_left_eye(body)
    hip, neck = body.centre("upperleg01.L")[2], body.centre("neck01")[2]
    return Lines(
        sleeve=outfit.sleeve * arm,
        trouser_leg=outfit.trouser_leg * leg,
        ankle=leg - 0.01,
        hem=hip - 0.02,
        waist=hip + 0.10,
        collar=neck + 0.012,
        nape=neck + 0.03,
        eyes=(0.0, float(left_eye[1]), float(left_eye[2])),
        eye_half=float(left_eye[0]),
    )


def _length(body: Body, *bones: str) -> float:
    """Metres along the left limb through these joints."""
    joints = np.array([body.centre(f"{bone}.L") for bone in bones])
    return float(np.linalg.norm(np.diff(joints, axis=0), axis=1).sum())


def _middle_of_left_eye(body: Body) -> Array:
    points = body.skin.points_m[body.skin.bones[:, 0] == body.bone_names.index("eye.L")]
    return (points.min(0) + points.max(0)) / 2


def showing(layer: str, mesh: Mesh, cut: Cut, lines: Lines) -> Mesh:
    """Only the triangles that the shader could show of this layer; it cuts the exact line itself."""
    arm, leg, height = cut.along.T
    near = 0.06
    shirt = (arm < lines.sleeve + near) & (height > lines.hem - near) & (cut.head < 0.99)
    trousers = (arm < 0) & (height < lines.waist + near) & (leg < lines.trouser_leg + near)
    shoes = leg > lines.ankle - near
    well_covered = (
        (arm < lines.sleeve - near) & (leg < lines.trouser_leg - near)
        & (height < lines.collar - 0.15) & ((arm < 0) | (height > lines.hem + near))
    ) | (leg > lines.ankle + near)  # fmt: skip
    face = cut.head > 0.5
    _, eyes_y, eyes_z = lines.eyes
    hairy = (height > eyes_z + 0.05) | ((height > lines.nape) & (mesh.points_m[:, 1] > eyes_y + 0.05))
    shown = {
        "SKIN": ~well_covered, "FACE": face, "SHORT_HAIR": face & hairy, "SHIRT": shirt,
        "TROUSERS": trousers, "SHOES": shoes,
    }  # fmt: skip
    if layer not in shown:
        return _used(mesh, mesh.triangles)
    kept = shown[layer][mesh.triangles].any(1)
    if layer == "SKIN":
        kept &= ~face[mesh.triangles].any(1)
    return _used(mesh, mesh.triangles[kept])


def _used(mesh: Mesh, triangles: NDArray[np.int64]) -> Mesh:
    """These triangles, and only the vertices that they use."""
    vertices, corners = np.unique(triangles, return_inverse=True)
    parts = {name: getattr(mesh, name)[vertices] for name in ("points_m", "normals", "uv", "weights", "bones")}
    return Mesh(**parts, triangles=corners.reshape(-1, 3))


def drape(mesh: Mesh, slack_m: float, folds_seed: int) -> Mesh:
    """The hull let out by some slack, with folds. What is looser than CLOSE_M no longer follows the body: it
    lies round the neck and on what faces up, such as the shoulders, bridges hollows, and hangs freely below."""
    random = np.random.default_rng(folds_seed)
    waves = np.zeros(len(mesh.points_m))
    for _ in range(6):
        direction = random.normal(0, 1, 3) * np.array([22.0, 22.0, 9.0])  # folds run down more than across
        waves += np.sin(mesh.points_m @ direction + random.uniform(0, 6.3)) / 6
    let_out = min(slack_m, CLOSE_M) * (1 + 0.7 * waves) + 0.003
    points = mesh.points_m + mesh.normals * let_out[:, None]
    if slack_m > CLOSE_M:
        points = points + _hanging(mesh, (slack_m - CLOSE_M) * (1 + 0.7 * waves))
    return replace(mesh, points_m=points, normals=vertex_normals(points, mesh.triangles))


def _hanging(mesh: Mesh, slack_m: Array) -> Array:
    """(v, 3) how far each point of a loose garment is off the close one, given (v,) its slack."""
    edges = np.concatenate([mesh.triangles[:, [a, b]] for a, b in ((0, 1), (1, 2), (2, 0))])
    edges = np.concatenate([edges, edges[:, ::-1]])
    count = np.maximum(np.bincount(edges[:, 0], minlength=len(mesh.points_m)), 1)[:, None]

    def around(values: Array) -> Array:
        """(v, 3) mean over the neighbours of each point."""
        total = np.zeros_like(values)
        np.add.at(total, edges[:, 0], values[edges[:, 1]])
        return total / count

    bridged = mesh.points_m
    for _ in range(12):
        outwards = ((around(bridged) - bridged) * mesh.normals).sum(1, keepdims=True)
        bridged = bridged + np.maximum(outwards, 0) * mesh.normals
    below_neck_m = mesh.points_m[:, 2].max() - mesh.points_m[:, 2]
    free = np.clip(below_neck_m / 0.12 - 0.5, 0, 1) * (1 - np.clip(mesh.normals[:, 2], 0, 1))
    off = bridged - mesh.points_m + slack_m[:, None] * mesh.normals
    off *= free[:, None]
    for _ in range(8):  # in the folds of armpit and groin the two sides push each other back
        off = (off + around(off)) / 2
    return off
