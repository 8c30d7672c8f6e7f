"""Draws the people in the room, with moderngl on EGL: no screen needed."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import moderngl
import numpy as np
from numpy.typing import NDArray

from benchmarks.studio import shaders
from benchmarks.studio.body import Array, Body
from benchmarks.studio.camera import Camera
from benchmarks.studio.person import Person, give
from benchmarks.studio.scene import BOARDS, CARPET, PLASTER, Room
from benchmarks.studio.wardrobe import Outfit

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


class Studio:
    """One person, or several, in one room before one camera; gives a picture for each moment."""

    def __init__(
        self, body: Body, outfit: Outfit, room: Room, camera: Camera, lamp: Lamp,
        others: Sequence[tuple[Body, Outfit]] = (),
    ) -> None:  # fmt: skip
        self.camera = camera.unbent()  # the graphics library knows straight lines only
        self._bending = camera.bending_px().astype(np.float32) if camera.distorts else None
        camera = self.camera
        self._gl = moderngl.create_context(standalone=True, backend="egl")
        gl, size = self._gl, (camera.width_px, camera.height_px)
        self._sharp = gl.framebuffer(gl.renderbuffer(size, 3, samples=4), gl.depth_renderbuffer(size, samples=4))
        self._flat = gl.framebuffer(gl.renderbuffer(size, 3))
        self._shadow_map = gl.depth_texture((SHADOW_PX, SHADOW_PX))
        self._shadow_map.compare_func = ""  # read as plain depth
        self._shadow_map.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._shadow_map.repeat_x = self._shadow_map.repeat_y = False
        self._shadow = gl.framebuffer(depth_attachment=self._shadow_map)
        self._room_program = gl.program(vertex_shader=shaders.ROOM_VERTEX, fragment_shader=shaders.ROOM_FRAGMENT)
        self._paint_program = gl.program(vertex_shader=shaders.ROOM_VERTEX, fragment_shader=shaders.PAINT_FRAGMENT)
        bare = {"vertex_shader": shaders.BARE_VERTEX}
        self._room_shadow_program = gl.program(**bare, fragment_shader=shaders.SHADOW_FRAGMENT)
        self._marker_program = gl.program(**bare, fragment_shader=shaders.MARKER_FRAGMENT)
        self._build_room(room)
        self._people = [Person(gl, *dressed) for dressed in ((body, outfit), *others)]
        self._light(lamp)
        self._painted = [self._paint_room(lamp_share) for lamp_share in (0.0, 1.0)]

    def picture(self, *motions: Array | None) -> Picture:
        """(height, width, 3) RGB at one moment; for each person a moment of `Posed.motions`, (b, 3, 4), or None
        for who is not in the room."""
        gl = self._gl
        here = [person for person, motion in zip(self._people, motions, strict=True) if motion is not None]
        for person, motion in zip(self._people, motions, strict=True):
            if motion is not None:
                person.move(motion)
        gl.enable(moderngl.DEPTH_TEST)
        self._shadow.use()
        self._shadow.clear(depth=1.0)
        for person in here:
            person.cast()
        self._room_shadow.render()
        self._sharp.use()
        self._sharp.clear(0.8, 0.8, 0.8)
        self._shadow_map.use(0)
        for person in here:
            person.draw()  # before the room, so that nothing behind them is shaded in vain
        for unit, painted in enumerate(self._painted, start=2):
            painted.use(unit)
        gl.enable(moderngl.CULL_FACE)
        self._room.render()
        gl.disable(moderngl.CULL_FACE)
        return self._read()

    def markers(self, points_m: Array, radius_m: float = 0.012) -> Picture:
        """White balls at the given points (k, 3) on black, seen through the same lens."""
        self._sharp.use()
        self._sharp.clear(0.0, 0.0, 0.0)
        ball = Room()
        ball.ball((0, 0, 0), radius_m, (1, 1, 1))
        balls = ball.vertices()[None, :, :3] + points_m[:, None]
        buffer = self._gl.buffer(balls.astype("f4").tobytes())
        array = self._gl.vertex_array(self._marker_program, [(buffer, "3f", "position")])
        array.render()
        array.release()
        buffer.release()
        return self._read()

    def close(self) -> None:
        self._gl.release()

    def _read(self) -> Picture:
        self._gl.copy_framebuffer(self._flat, self._sharp)
        raw = np.frombuffer(self._flat.read(components=3, alignment=1), np.uint8)
        straight = raw.reshape(self.camera.height_px, self.camera.width_px, 3)[::-1]
        return straight if self._bending is None else cv2.remap(straight, self._bending, None, cv2.INTER_LINEAR)

    def _build_room(self, room: Room) -> None:
        vertices = room.vertices().astype("f4")
        furniture = vertices[
            (vertices[:, 9] != PLASTER) & (vertices[:, 9] != BOARDS) & (vertices[:, 9] != CARPET), :3
        ]
        buffer, casting = (self._gl.buffer(part.tobytes()) for part in (vertices, furniture))
        parts = (buffer, "3f 3f 3f 1f", "position", "normal", "colour", "material")
        self._paint = self._gl.vertex_array(self._paint_program, [parts])
        self._room = self._gl.vertex_array(self._room_program, [(buffer, "3f 3f 4x4", "position", "normal")])
        self._room_shadow = self._gl.vertex_array(self._room_shadow_program, [(casting, "3f", "position")])

    def _paint_room(self, lamp_share: float) -> moderngl.Texture:
        """The room without the person, all in shadow (0) or all in the lamp's light (1): it never changes."""
        gl, size = self._gl, (self.camera.width_px, self.camera.height_px)
        painted = gl.texture(size, 4, dtype="f2")
        sharp = gl.framebuffer(
            gl.renderbuffer(size, 4, samples=4, dtype="f2"), gl.depth_renderbuffer(size, samples=4)
        )
        flat = gl.framebuffer(painted)
        sharp.use()
        sharp.clear(0.6, 0.6, 0.6)
        gl.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        self._paint_program["lamp_share"] = lamp_share
        self._paint.render()
        gl.disable(moderngl.CULL_FACE)
        gl.copy_framebuffer(flat, sharp)
        sharp.release()
        return painted

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
        layers = [layer for person in self._people for layer in person.layers]
        room = (self._paint_program, self._room_program, self._marker_program)
        for program in (*room, *(layer.program for layer in layers)):
            give(program, settings | {"in_shadow": 2, "in_light": 3})
        for program in (self._room_shadow_program, *(layer.shadow_program for layer in layers)):
            give(program, {"camera": seen})


def _lamp_view(towards: Array, reach_m: float = 2.4) -> Array:
    """(4, 4) world -> the shadow map: a parallel view from the lamp of what is round the person."""
    across = np.cross([0.0, 0.0, 1.0], towards)
    across /= np.linalg.norm(across)
    view = np.eye(4)
    view[:3, :3] = np.stack([across, np.cross(towards, across), towards])
    view[:3, 3] = -view[:3, :3] @ np.array([0.0, 0.0, 0.9])
    scale = np.diag([1 / reach_m, 1 / reach_m, -1 / 6.0, 1.0])
    return scale @ view
