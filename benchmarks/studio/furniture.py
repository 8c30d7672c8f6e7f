"""The room and what stands in it: along its back wall, and under the person."""

from dataclasses import dataclass

import numpy as np

from benchmarks.studio.body import Array
from benchmarks.studio.movement import COUCH_TOP_M, SEATED, hips_m, seat_top_m
from benchmarks.studio.postures import AT_TABLE, BASES, PRONE, RISING, SIDE_LYING, STANDING, SUPINE
from benchmarks.studio.scene import BOARDS, CARPET, CLOTH, PLASTER, PRINT, WINDOW, Colour, Room
from benchmarks.studio.skeleton import Posed, Skeleton, surface_m


@dataclass(frozen=True, slots=True, kw_only=True)
class Decor:
    """What a room looks like, seen from a camera in front of it."""

    wall: Colour = (0.86, 0.84, 0.80)
    floor: Colour = (0.62, 0.47, 0.34)
    carpet: bool = False
    depth_m: float = 1.6
    things: tuple[str, ...] = ("couch", "print", "plant")
    seed: int = 0


# Where along the back wall the things stand: at either side of the person, the third in between.
PLACES = (0.95, -0.95, -0.5)


def make_room(decor: Decor, azimuth_deg: float) -> Room:
    """The room as a camera at this azimuth sees it: its back wall behind the person."""
    random = np.random.default_rng(decor.seed)
    room = Room()
    back, right, left, near, top = decor.depth_m, 2.3, -2.3, -4.5, 2.6
    room.quad(
        (left, near, 0),
        (right, near, 0),
        (right, back, 0),
        (left, back, 0),
        decor.floor,
        CARPET if decor.carpet else BOARDS,
    )
    room.quad((left, back, 0), (right, back, 0), (right, back, top), (left, back, top), decor.wall, PLASTER)
    side = tuple(0.96 * c for c in decor.wall)
    room.quad((left, near, 0), (left, back, 0), (left, back, top), (left, near, top), side, PLASTER)
    room.quad((right, back, 0), (right, near, 0), (right, near, top), (right, back, top), side, PLASTER)
    room.quad(
        (left, back, top), (right, back, top), (right, near, top), (left, near, top), (0.93, 0.93, 0.92), PLASTER
    )
    skirting = (0.92, 0.91, 0.88)
    room.box((0, back - 0.008, 0.045), (4.6, 0.016, 0.09), skirting)
    room.box((left + 0.008, 0, 0.045), (0.016, 9, 0.09), skirting)
    room.box((right - 0.008, 0, 0.045), (0.016, 9, 0.09), skirting)
    for thing, place in zip(decor.things, PLACES, strict=False):
        THINGS[thing](room, place + random.uniform(-0.12, 0.12), back, random)
    return room.turned(azimuth_deg + random.uniform(-9, 9))


def put_under(room: Room, skeleton: Skeleton, posture: str) -> None:
    """The chair or the couch that the person is on, and the table that the forearm is on."""
    if posture in (*SEATED, RISING):
        _chair(room, seat_top_m(skeleton))
    elif posture != STANDING:
        _couch_below(room, skeleton, posture)
    for side, at_table in AT_TABLE.items():
        if posture == at_table:
            _table_below(room, skeleton, side)


def _chair(room: Room, top: float) -> None:
    cover, metal = (0.16, 0.20, 0.26), (0.55, 0.55, 0.57)
    room.box((0, 0.02, top - 0.03), (0.44, 0.42, 0.06), cover, CLOTH)
    room.box((0, 0.25, top + 0.30), (0.40, 0.035, 0.30), cover, CLOTH)
    for x in (-0.19, 0.19):
        room.box((x, 0.24, top / 2 + 0.2), (0.028, 0.028, top + 0.4), metal)
        room.box((x, -0.16, top / 2 - 0.03), (0.028, 0.028, top - 0.06), metal)


def _table_below(room: Room, skeleton: Skeleton, side: str) -> None:
    """A small table that ends short of the wrist, so that the hand is free."""
    posed = skeleton.pose(BASES[AT_TABLE[side]], at_m=hips_m(skeleton, AT_TABLE[side]))
    elbow, wrist = (posed.joints_m[f"{side} {joint}"][0] for joint in ("elbow", "wrist"))
    near, edge = elbow + 0.1 * (wrist - elbow), elbow + 0.85 * (wrist - elbow)
    forearm = _surface_of(skeleton, posed, f"lowerarm02.{side[0].upper()}")
    top = forearm[:, 2].min()
    x, y = (near + edge)[:2] / 2
    room.box((x, y, top - 0.0125), (0.24, near[1] - edge[1], 0.025), (0.80, 0.74, 0.64))
    room.column((x, y, 0.02), (0.025, 0.025), top - 0.045, (0.55, 0.55, 0.57))
    room.column((x, y, 0.0), (0.2, 0.18), 0.02, (0.3, 0.3, 0.32))


def _surface_of(skeleton: Skeleton, posed: Posed, bone: str) -> Array:
    """(v, 3) the skin that goes mostly with this bone."""
    skin = skeleton.body.skin
    return surface_m(skin, posed.motions[0])[skin.bones[:, 0] == skeleton.body.bone_names.index(bone)]


def _couch_below(room: Room, skeleton: Skeleton, posture: str) -> None:
    """The head end is behind the supine (+y), before the prone, and beside who lies on the side."""
    couch = Room()
    _couch_frame(couch)
    if posture == SUPINE:
        hip, points = skeleton.body.centre("upperleg01.L"), skeleton.body.skin.points_m
        on_head = points[points[:, 2] > skeleton.body.centre("head")[2] + 0.05]
        under_head = hips_m(skeleton, SUPINE)[2] - (on_head[:, 1].max() - hip[1])
        _pillow(couch, on_head[:, 2].mean() - hip[2], under_head)
    else:
        posed = skeleton.pose(BASES[posture], at_m=hips_m(skeleton, posture))
        on_head = _surface_of(skeleton, posed, "head")
        _pillow(couch, np.linalg.norm(on_head[:, :2].mean(0)), on_head[:, 2].min())
        couch = couch.turned({PRONE: 180.0, SIDE_LYING["left"]: 90.0, SIDE_LYING["right"]: -90.0}[posture])
    room.corners += couch.corners


def _pillow(couch: Room, middle: float, under_head: float) -> None:
    thick = max(under_head - COUCH_TOP_M, 0.01)
    couch.box((0, middle, COUCH_TOP_M + thick / 2), (0.46, 0.30, thick), (0.90, 0.90, 0.88), CLOTH)


def _couch_frame(room: Room) -> None:
    frame = (0.62, 0.52, 0.40)
    room.box((0, 0, COUCH_TOP_M - 0.05), (0.68, 2.06, 0.10), (0.20, 0.33, 0.36), CLOTH)
    room.box((0, 0, COUCH_TOP_M - 0.13), (0.60, 1.96, 0.06), frame)
    for x in (-0.26, 0.26):
        for y in (-0.85, 0.85):
            room.box((x, y, COUCH_TOP_M / 2 - 0.08), (0.06, 0.06, COUCH_TOP_M - 0.16), frame)


def _couch(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    """A treatment couch along the back wall."""
    y = back - 0.42
    cover = tuple(random.uniform(0.15, 0.5, 3))
    room.box((x, y, 0.66), (1.9, 0.66, 0.09), cover, CLOTH)
    room.box((x, y, 0.60), (1.8, 0.58, 0.04), (0.75, 0.72, 0.68))
    for dx in (-0.8, 0.8):
        for dy in (-0.24, 0.24):
            room.box((x + dx, y + dy, 0.29), (0.05, 0.05, 0.58), (0.7, 0.7, 0.7))
    room.box((x - 0.7, y, 0.74), (0.42, 0.36, 0.09), (0.93, 0.93, 0.92), CLOTH)


def _print(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    z = random.uniform(1.5, 1.75)
    room.box((x, back - 0.01, z), (0.62, 0.025, 0.46), (0.25, 0.2, 0.16))
    room.quad((x - 0.28, back - 0.03, z - 0.2), (x + 0.28, back - 0.03, z - 0.2), (x + 0.28, back - 0.03, z + 0.2),
              (x - 0.28, back - 0.03, z + 0.2), tuple(random.uniform(0.3, 0.8, 3)), PRINT)  # fmt: skip


def _plant(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    y = back - 0.35
    room.column((x, y, 0), (0.12, 0.16), 0.3, (0.72, 0.66, 0.6))
    for _ in range(26):
        angle, rise, long = random.uniform(0, 6.3), random.uniform(0.35, 1.0), random.uniform(0.25, 0.55)
        out = np.array([np.cos(angle), np.sin(angle), 0])
        across = np.array([-out[1], out[0], 0]) * 0.045
        foot, tip = np.array([x, y, 0.28]), np.array([x, y, 0.3 + rise]) + out * long * 0.6
        belly = (foot + tip) / 2 + np.array([0, 0, 0.08])
        green = tuple(random.uniform((0.12, 0.30, 0.10), (0.25, 0.48, 0.2)))
        room.quad(foot, belly - across, tip, belly + across, green, CLOTH)


def _shelf(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    """A shelf with books and boxes."""
    wood = (0.78, 0.70, 0.58)
    for dx in (-0.42, 0.42):
        room.box((x + dx, back - 0.15, 0.8), (0.025, 0.3, 1.6), wood)
    for z in (0.05, 0.42, 0.8, 1.2, 1.6):
        room.box((x, back - 0.15, z), (0.84, 0.3, 0.025), wood)
        at = x - 0.38
        while z < 1.5 and at < x + 0.3:
            wide, high = random.uniform(0.02, 0.06), random.uniform(0.18, 0.3)
            room.box(
                (at + wide / 2, back - 0.14, z + high / 2 + 0.012),
                (wide, 0.2, high),
                tuple(random.uniform(0.1, 0.85, 3)),
            )
            at += wide + random.choice([0.002, 0.002, 0.002, 0.12])


def _door(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    room.box((x, back - 0.012, 1.02), (0.98, 0.02, 2.08), (0.9, 0.89, 0.86))
    room.box((x, back - 0.02, 1.0), (0.84, 0.03, 2.0), (0.80, 0.78, 0.74))
    room.box((x + 0.35, back - 0.06, 1.0), (0.12, 0.02, 0.025), (0.55, 0.55, 0.56))


def _window(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    room.box((x, back - 0.01, 1.55), (1.02, 0.03, 1.22), (0.94, 0.94, 0.93))
    for middle in (x - 0.24, x + 0.24):
        west, east, y = middle - 0.21, middle + 0.21, back - 0.03
        room.quad((west, y, 1.0), (east, y, 1.0), (east, y, 2.1), (west, y, 2.1), (0.86, 0.91, 0.95), WINDOW)
    room.box((x, back - 0.08, 0.92), (1.1, 0.16, 0.03), (0.93, 0.93, 0.92))


def _exercise_ball(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    room.ball((x, back - 0.4, 0.3), 0.3, tuple(random.uniform(0.2, 0.7, 3)))


def _stool(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    y = back - 0.45
    room.column((x, y, 0.44), (0.18, 0.19), 0.07, (0.15, 0.15, 0.17), CLOTH)
    room.box((x, y, 0.512), (0.26, 0.26, 0.004), (0.15, 0.15, 0.17), CLOTH)
    room.column((x, y, 0.06), (0.025, 0.025), 0.4, (0.6, 0.6, 0.62))
    room.column((x, y, 0.0), (0.24, 0.05), 0.07, (0.3, 0.3, 0.32))


def _mat(room: Room, x: float, back: float, random: np.random.Generator) -> None:
    room.box((0, 0, 0.004), (0.75, 1.7, 0.008), tuple(random.uniform(0.2, 0.55, 3)), CARPET)


THINGS = {
    "couch": _couch, "print": _print, "plant": _plant, "shelf": _shelf, "door": _door, "window": _window,
    "ball": _exercise_ball, "stool": _stool, "mat": _mat,
}  # fmt: skip
