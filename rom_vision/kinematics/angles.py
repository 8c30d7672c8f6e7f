"""Joint centres -> clinical joint angles over time, by the neutral-zero method.

Every angle is one definition: how far the distal line has turned from the proximal line about an axis of
the body, all in space, so that the camera's place does not matter.

Zero is the anatomical position, positive the direction that names the motion.
Source of zero and sign: the neutral-zero method, as the catalogue's entries state it test by test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.landmarks import Point
from rom_vision.movements import SIDES, Side

Points = NDArray[np.float64]
Curve = NDArray[np.float64]
View = Literal["front", "back", "left", "right"]
"""Which side of the client the camera sees."""
Axis = Literal["left", "forward", "up", "forearm"]

LOWEST_DEG = -120.0  # angles are given from here to 240: no joint bends back so far, and none beyond 240
VERTICAL = ("", "vertical")
ALMOST_STRAIGHT_DEG = 30.0  # no hinge overextends further
ACROSS_SHARE = 0.7  # a line that runs along the axis does not tell which way it is bent


@dataclass(frozen=True, kw_only=True, slots=True)
class JointAngle:
    """How one joint angle is made.

    Attributes:
        proximal: the line that counts as still, from one point to another.
        distal: the line that moves.
        axis: the axis of the body about which it turns.
        turns: +1 where the motion of the left side turns right-handed about the axis, else -1.
        mirrored: whether the right side turns the other way.
        offset_deg: added, so that the anatomical position is zero.
        hinge: the whole angle between the lines, whatever way they turn; the axis only tells which way a limb
            that is almost straight is bent.
        supporting: points without which the angle is measured all the same, with more doubt.
        midline: not of a side.
        doubt_learned: whether the lifter knows how doubtful it is; false for what the hand alone tells.
    """

    proximal: tuple[str, str]
    distal: tuple[str, str]
    axis: Axis
    turns: Literal[1, -1]
    mirrored: bool = False
    offset_deg: float = 0.0
    hinge: bool = False
    supporting: frozenset[str] = frozenset()
    midline: bool = False
    doubt_learned: bool = True

    def turns_of(self, side: Side | None) -> int:
        """+1 where the motion of that side turns right-handed about the axis, else -1."""
        return -self.turns if self.mirrored and side == "right" else self.turns

    def points(self, side: Side | None) -> tuple[set[Point], set[Point]]:
        """The landmarks it can't do without on that side, and those that only support it."""
        names = {*self.proximal, *self.distal} - set(VERTICAL)
        essential = {point for name in names - self.supporting for point in _parts(name, side)}
        return essential, {p for name in names & self.supporting for p in _parts(name, side)} - essential


HIPS = frozenset({"hip", "mid_hips"})

ANGLES: Mapping[str, JointAngle] = MappingProxyType(
    {
        "neck_flexion": JointAngle(
            proximal=("mid_hips", "mid_shoulders"), distal=("mid_ears", "nose"),
            axis="left", turns=1, offset_deg=-90, supporting=HIPS, midline=True,
        ),
        "neck_lateral_flexion": JointAngle(
            proximal=("other_shoulder", "shoulder"), distal=("other_ear", "ear"),
            axis="forward", turns=-1, mirrored=True,
        ),
        "neck_rotation": JointAngle(
            proximal=("other_shoulder", "shoulder"), distal=("mid_ears", "nose"),
            axis="up", turns=1, mirrored=True, offset_deg=90,
        ),
        "trunk_flexion": JointAngle(
            proximal=VERTICAL, distal=("mid_shoulders", "mid_hips"), axis="left", turns=1, midline=True,
        ),
        "trunk_lateral_flexion": JointAngle(
            proximal=VERTICAL, distal=("mid_shoulders", "mid_hips"), axis="forward", turns=-1, mirrored=True,
        ),
        "trunk_rotation": JointAngle(
            proximal=("other_hip", "hip"), distal=("other_shoulder", "shoulder"),
            axis="up", turns=1, mirrored=True,
        ),
        "shoulder_flexion": JointAngle(
            proximal=("shoulder", "hip"), distal=("shoulder", "elbow"), axis="left", turns=-1, supporting=HIPS,
        ),
        "shoulder_abduction": JointAngle(
            proximal=("mid_shoulders", "mid_hips"), distal=("shoulder", "elbow"),
            axis="forward", turns=1, mirrored=True, supporting=HIPS,
        ),
        "shoulder_elevation": JointAngle(
            proximal=("mid_shoulders", "mid_hips"), distal=("shoulder", "elbow"),
            axis="forward", turns=1, mirrored=True, hinge=True, supporting=HIPS,
        ),
        "shoulder_horizontal_adduction": JointAngle(
            proximal=("other_shoulder", "shoulder"), distal=("shoulder", "elbow"),
            axis="up", turns=-1, mirrored=True,
        ),
        "shoulder_external_rotation": JointAngle(
            proximal=("other_shoulder", "shoulder"), distal=("elbow", "wrist"),
            axis="up", turns=1, mirrored=True, offset_deg=90,
        ),
        "elbow_flexion": JointAngle(
            proximal=("shoulder", "elbow"), distal=("elbow", "wrist"), axis="left", turns=-1, hinge=True,
        ),
        "forearm_pronation": JointAngle(
            proximal=("elbow", "shoulder"), distal=("pinky", "index"),
            axis="forearm", turns=1, mirrored=True,
        ),
        "wrist_flexion": JointAngle(
            proximal=("elbow", "wrist"), distal=("wrist", "knuckles"), axis="left", turns=-1,
        ),
        "wrist_radial_deviation": JointAngle(
            proximal=("elbow", "wrist"), distal=("wrist", "knuckles"), axis="left", turns=-1, doubt_learned=False,
        ),
        "hip_flexion": JointAngle(
            proximal=("shoulder", "hip"), distal=("hip", "knee"), axis="left", turns=-1,
        ),
        "leg_raise": JointAngle(
            proximal=("shoulder", "hip"), distal=("hip", "ankle"), axis="left", turns=-1,
        ),
        "hip_abduction": JointAngle(
            proximal=("other_hip", "hip"), distal=("hip", "knee"),
            axis="forward", turns=1, mirrored=True, offset_deg=90,
        ),
        "hip_internal_rotation": JointAngle(
            proximal=VERTICAL, distal=("knee", "ankle"), axis="forward", turns=1, mirrored=True,
        ),
        "knee_flexion": JointAngle(
            proximal=("hip", "knee"), distal=("knee", "ankle"), axis="left", turns=1, hinge=True,
        ),
        "ankle_dorsiflexion": JointAngle(
            proximal=("knee", "ankle"), distal=("heel", "toes"), axis="left", turns=-1, offset_deg=-90,
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class JointCurves:
    """Every joint's angle over time.

    Attributes:
        time_s: (n,) seconds from the first frame.
        angle_deg: name -> (n,) degrees, NaN where not seen. Names are those of ANGLES, with `left_` or
            `right_` before those of a side, such as `left_knee_flexion`.
    """

    time_s: Curve
    angle_deg: Mapping[str, Curve]

    def of(self, angle: str, side: Side | None) -> Curve:
        """The (n,) degrees of one angle of one side (None for those of the midline)."""
        return self.angle_deg[curve_name(angle, side)]


def curve_name(angle: str, side: Side | None) -> str:
    """How the curve of an angle of a side is called."""
    return angle if side is None else f"{side}_{angle}"


def joint_angles(time_s: Curve, points: Points) -> JointCurves:
    """All joint angles of a clip.

    Args:
        time_s: (n,) seconds from the first frame.
        points: (n, 33, 3) the body in space, camera frame, any unit.
    Returns:
        curves in degrees from -120 to 240; NaN in frames where a point needed is not seen.
    """
    curves = {
        curve_name(name, side): _angle_deg(angle, side, points)
        for name, angle in ANGLES.items()
        for side in ((None,) if angle.midline else SIDES)
    }
    return JointCurves(time_s=time_s, angle_deg=MappingProxyType(curves))


def _angle_deg(angle: JointAngle, side: Side | None, points: Points) -> Curve:
    axis = body_axis(points, angle.axis, side)
    turned = turned_deg(angle, side, points, axis)
    if not angle.hinge:
        return turned
    between = _between_deg(angle, side, points)
    proximal = unit(_line(points, angle.proximal, side))
    told = np.linalg.norm(_across(axis, proximal), axis=-1) > ACROSS_SHARE
    overextended = told & (between < ALMOST_STRAIGHT_DEG) & (turned < 0)
    return np.where(overextended, -between, between)


def turned_deg(angle: JointAngle, side: Side | None, points: Points, axis: Points) -> Curve:
    """How far the angle's distal line has turned from its proximal line, seen along an axis.

    Args:
        points: (n, 33, 3) the body.
        axis: (n, 3) or (3,) unit vectors: the angle's axis of the body, or the camera's own for the plain angle
            in the picture.
    Returns:
        (n,) degrees from -120 to 240.
    """
    proximal, distal = _line(points, angle.proximal, side), _line(points, angle.distal, side)
    raw = signed_angle_deg(proximal, distal, angle.turns_of(side) * axis) + angle.offset_deg
    return np.asarray((raw - LOWEST_DEG) % 360 + LOWEST_DEG)


def signed_angle_deg(start: Points, end: Points, axis: Points) -> Curve:
    """How far one line has turned from another about an axis, seen along that axis.

    Args:
        start: (n, 3) or (3,) direction of the line that counts as still, any length.
        end: (n, 3) direction of the line that moves.
        axis: (n, 3) or (3,) unit vectors; positive turns right-handed about them.
    Returns:
        (n,) degrees in (-180, 180]; NaN where an input is NaN.
    """
    # atan2, not arccos: arccos loses the sign, and its precision near the straight limb
    flat_start, flat_end = _across(axis, start), _across(axis, end)
    return np.degrees(np.arctan2(_dot(axis, np.cross(flat_start, flat_end)), _dot(flat_start, flat_end)))


def body_axis(points: Points, axis: Axis, side: Side | None = None) -> Points:
    """One of the body's own axes in each frame.

    Args:
        points: (n, 33, 3) landmarks in space, camera frame.
        axis: left, forward or up of the trunk; or forearm, from elbow to wrist of the side.
    Returns:
        (n, 3) unit vectors, camera frame.
    """
    if axis == "forearm":
        return unit(_line(points, ("elbow", "wrist"), side))
    up = unit(_line(points, ("mid_hips", "mid_shoulders"), side))
    if axis == "up":
        return up
    across = _line(points, ("other_shoulder", "shoulder"), "left") + _line(points, ("other_hip", "hip"), "left")
    left = unit(_across(up, across))
    return left if axis == "left" else np.asarray(np.cross(left, up))


def place(points: Points, name: str, side: Side | None) -> Points:
    """(n, d) the named point of an angle's line, such as `hip` or `mid_hips`, from (n, 33, d) landmarks."""
    return np.asarray(points[:, _parts(name, side)].mean(axis=1))


def ends_of(line: tuple[str, str], side: Side | None) -> tuple[list[Point], list[Point]] | None:
    """The landmarks in the middle of which an angle's line begins and ends; None for that down the picture."""
    return None if line == VERTICAL else (_parts(line[0], side), _parts(line[1], side))


def _between_deg(angle: JointAngle, side: Side | None, points: Points) -> Curve:
    proximal, distal = _line(points, angle.proximal, side), _line(points, angle.distal, side)
    across = np.linalg.norm(np.cross(proximal, distal), axis=-1)
    return np.asarray(np.degrees(np.arctan2(across, _dot(proximal, distal))))


def _line(points: Points, line: tuple[str, str], side: Side | None) -> Points:
    """(n, 3) from the first named point to the second."""
    if line == VERTICAL:
        return np.array([0.0, 1.0, 0.0])  # down the picture: the camera is taken to be level
    return place(points, line[1], side) - place(points, line[0], side)


def _parts(name: str, side: Side | None) -> list[Point]:
    """The landmarks whose middle is the named point: `hip`, `other_hip`, `mid_hips`, `knuckles`, `nose`."""
    if name == "nose":
        return [Point.NOSE]
    if name.startswith("mid_"):
        one = name.removeprefix("mid_").removesuffix("s").upper()
        return [Point[f"LEFT_{one}"], Point[f"RIGHT_{one}"]]
    if name.startswith("other_"):
        side, name = ("right" if side == "left" else "left"), name.removeprefix("other_")
    fingers = ("index", "pinky") if name == "knuckles" else (name,)
    return [Point[f"{side}_{finger}".upper()] for finger in fingers]


def _across(axis: Points, vectors: Points) -> Points:
    """The part of the vectors at right angles to the axis."""
    return np.asarray(vectors - _dot(axis, vectors)[..., None] * axis)


def _dot(a: Points, b: Points) -> Curve:
    return np.asarray((a * b).sum(axis=-1))


def unit(vectors: Points) -> Points:
    """(..., 3) of length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
