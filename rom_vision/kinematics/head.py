"""How the head has turned against the thorax since its neutral position, from the face's mesh.

Only turning from the person's own neutral counts, so neither the shape of the face nor how the head is carried
matters; and the thorax's turning is taken out, so neither does a trunk that leans nor a camera that stands askew.
A nod is told by the pose model's points on the head too, and where the mesh is lost by them alone, see `own_head`.

The clinical angles are taken in this order: flexion about the thorax's line from side to side, then lateral
flexion, then rotation about the head's own length. Source: Wu G et al., ISB recommendation on definitions of joint
coordinate systems, part I, J Biomech 2002;35:543, spine (to be confirmed).
"""

import itertools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from rom_vision.capture.camera import Camera
from rom_vision.capture.face import HEAD
from rom_vision.capture.landmarks import Point
from rom_vision.kinematics.angles import Curve, Points, body_axis
from rom_vision.kinematics.lifter import turn_to_axis
from rom_vision.kinematics.own_head import with_points
from rom_vision.kinematics.repetitions import REST_DEG, REST_S, find_repetitions
from rom_vision.kinematics.smoothing import bridge_gaps, smooth

Matrices = NDArray[np.float64]

LEFT_CHEEK, RIGHT_CHEEK, BROW, CHIN = 454, 234, 10, 152  # of the mesh
FLEXION, ROTATION = 0, 2  # their places among the angles
SIZES = (0.8, 1.25)  # a head keeps its size in the picture; a mesh that does not is misplaced
THORAX_CUTOFF_HZ = 1.0  # a trunk sways slowly; what is faster in the fitted one is the doubt of its depth

NECK_CUTOFF_HZ = 3.0  # a head moves slowly; near the end of its range the mesh trembles by four degrees

POINTS_IN_FLEXION, POINTS_IN_EXTENSION = 0.5, 1.0
"""How much the pose model's points count beside the mesh: on the development films they read extension a quarter
short in everybody, the mesh anything from a quarter short to an eighth too far; flexion each reads wrong in other
people."""

FLEXION_GAIN, EXTENSION_GAIN, LATERAL_GAIN, ROTATION_GAIN = 1.2, 1.31, 1.03, 1.02
"""True over read, near the peaks. Learned on the development films alone, by `python -m benchmarks.neck`."""

FOLLOWS = (0.08, 0.1, 0.045)
"""What share of the head's turning about left, up and forward the lifter lets the trunk follow, though it is shown
a head that keeps still: the shoulders' landmarks move a little with the head. Learned on the same films."""


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Neck:
    """The neck over time, from the person's neutral position; NaN where face or thorax is not seen.

    Attributes:
        flexion_deg: (n,) chin to chest is positive.
        left_lateral_flexion_deg: (n,) left ear to left shoulder is positive.
        left_rotation_deg: (n,) turned to the left is positive.
        off_camera_deg: (n,) how far the face looks past the camera, to either side; never negative.
        axes_px: (n, 4, 2) where the head lies in the picture, and the ends of its axes left, up and forward; NaN
            for those that are not told; None in measurements that were kept before they were drawn.
        told_by: the face, or the line from ear to eye in profile, see `profile`.
    """

    flexion_deg: Curve
    left_lateral_flexion_deg: Curve
    left_rotation_deg: Curve
    off_camera_deg: Curve
    axes_px: Points | None = None
    told_by: Literal["face", "profile"] = "face"

    @property
    def beyond_mesh(self) -> NDArray[np.bool_]:
        """(n,) frames in which the mesh was lost, and the pose model's points told how the head was turned."""
        by_face = self.told_by == "face"
        return np.asarray(by_face & np.isfinite(self.flexion_deg) & ~np.isfinite(self.off_camera_deg))

    def within(self, frames: NDArray[np.bool_]) -> "Neck":
        """In those of the n frames alone."""
        return Neck(
            flexion_deg=self.flexion_deg[frames],
            left_lateral_flexion_deg=self.left_lateral_flexion_deg[frames],
            left_rotation_deg=self.left_rotation_deg[frames],
            off_camera_deg=self.off_camera_deg[frames],
            axes_px=None if self.axes_px is None else self.axes_px[frames],
            told_by=self.told_by,
        )


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Turned:
    """What the neck's angles are made from, in the thorax's axes (left, up, forward) of the neutral position.

    Attributes:
        head: (n, 3, 3) how the head has turned in the room.
        trunk: (n, 3, 3) how the trunk has.
        axes: (n, 3, 3) whose columns are the head's left, up and forward for a camera that looks straight at it.
    """

    head: Matrices
    trunk: Matrices
    axes: Matrices


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Which of the neck's angles is tested, by which the rests between its repetitions are found.

    Attributes:
        angle: its place among flexion, lateral flexion and rotation.
        way: -1 where extension, or the right side, is tested.
    """

    angle: Literal[0, 1, 2]
    way: int


def neck_angles(
    time_s: Curve, mesh_px: Points, image_px: Points, trunk_m: Points, camera: Camera, moved: Moved
) -> Neck:
    """The neck's angles, with what the mesh is known to read wrong put right.

    Args:
        time_s: (n,) seconds from the first frame.
        mesh_px: (n, 468, 3) as in `capture.face.Faces`.
        image_px: (n, 33, 2) the pose model's landmarks.
        trunk_m: (n, 33, 3) shoulders and hips in space, as `still_head` tells them, camera frame.
        camera: of the picture that the mesh is in.
        moved: the motion of the test.
    """
    turned = turned_since_neutral(time_s, mesh_px, image_px, trunk_m, camera, moved)
    flexion, lateral, rotation = (
        smooth(time_s, angle, NECK_CUTOFF_HZ) for angle in clinical_deg(against_trunk(turned, np.array(FOLLOWS)))
    )
    return Neck(
        flexion_deg=flexion * np.where(flexion > 0, FLEXION_GAIN, EXTENSION_GAIN),
        left_lateral_flexion_deg=lateral * LATERAL_GAIN,
        left_rotation_deg=rotation * ROTATION_GAIN,
        off_camera_deg=off_camera_deg(mesh_px),
        axes_px=_axes_px(image_px, turned.axes),
    )


def turned_since_neutral(
    time_s: Curve, mesh_px: Points, image_px: Points, trunk_m: Points, camera: Camera, moved: Moved
) -> Turned:
    """How head and trunk have turned since the person's own neutral position; the arguments are `neck_angles`'."""
    trunk = _calm(time_s, thorax(trunk_m))
    nowhere = np.full((len(time_s), 3, 3), np.nan)
    seen = np.flatnonzero(np.isfinite(mesh_px[:, 0, 0]) & np.isfinite(trunk[:, 0, 0]))
    if not len(seen):
        return Turned(head=nowhere, trunk=nowhere, axes=nowhere)
    first = seen[0]
    toward, axes = _toward(image_px[:, HEAD], camera), trunk[first]
    as_looked_at = _turns(mesh_px[first], mesh_px)
    if moved.angle != ROTATION:  # what turns away is lost to the landmarks as it is to the mesh
        share = (POINTS_IN_FLEXION if moved.way > 0 else POINTS_IN_EXTENSION) if moved.angle == FLEXION else 0.0
        as_looked_at = with_points(image_px, as_looked_at, share)
    # what lies to a side is seen from that side, as if it had turned
    head = toward @ as_looked_at @ toward[first].T
    neutral = neutral_frames(time_s, moved.way * clinical_deg(axes.T @ head @ axes)[moved.angle])
    if not neutral.any():
        return Turned(head=nowhere, trunk=nowhere, axes=nowhere)
    head_then, axes = _mean(head[neutral]), _mean(trunk[neutral])
    turned = head @ head_then.T @ axes
    return Turned(head=axes.T @ turned, trunk=axes.T @ trunk, axes=toward.transpose(0, 2, 1) @ turned)


def against_trunk(turned: Turned, follows: Curve) -> Matrices:
    """(n, 3, 3) the head's turning in the thorax's axes.

    Args:
        follows: (3,) the share of the head's turning about left, up and forward that the trunk only seems to do.
    """
    seen = np.isfinite(turned.trunk[:, 0, 0]) & np.isfinite(turned.head[:, 0, 0])
    vectors = Rotation.from_matrix(turned.trunk[seen]).as_rotvec()
    vectors -= follows * Rotation.from_matrix(turned.head[seen]).as_rotvec()
    trunk = np.full_like(turned.trunk, np.nan)
    trunk[seen] = Rotation.from_rotvec(vectors).as_matrix()
    return np.asarray(trunk.transpose(0, 2, 1) @ turned.head)


def clinical_deg(turned: Matrices) -> tuple[Curve, Curve, Curve]:
    """Flexion, lateral flexion to the left and rotation to the left of (n, 3, 3) turns in the thorax's axes."""
    angles = np.full((len(turned), 3), np.nan)
    seen = np.isfinite(turned[:, 0, 0])
    # left, up, forward are right-handed; turning about forward brings the left ear up
    angles[seen] = Rotation.from_matrix(turned[seen]).as_euler("XZY", degrees=True)
    return angles[:, 0], -angles[:, 1], angles[:, 2]


def neutral_frames(time_s: Curve, curve: Curve) -> NDArray[np.bool_]:
    """(n,) frames in the neutral position: the still start, else the rests between repetitions; none if neither.

    Args:
        curve: (n,) degrees of the tested motion from any position, rising the way it goes; NaN where not seen.
    """
    seen = np.isfinite(curve)
    start = seen & (time_s <= time_s[np.argmax(seen)] + REST_S)
    if start.any() and np.ptp(curve[start]) <= REST_DEG:
        return np.asarray(start)
    rests = np.zeros(len(time_s), bool)
    repetitions = find_repetitions(time_s, smooth(time_s, bridge_gaps(time_s, curve)))
    for one, next_one in itertools.pairwise(repetitions):
        rests |= seen & (time_s >= one.end_s) & (time_s <= next_one.start_s)
    return rests


def off_camera_deg(mesh_px: Points) -> Curve:
    """(n,) how far the face of (n, 468, 3) looks past the camera, to either side."""
    across = mesh_px[:, LEFT_CHEEK] - mesh_px[:, RIGHT_CHEEK]
    ahead = np.cross(mesh_px[:, CHIN] - mesh_px[:, BROW], across)
    return np.asarray(np.degrees(np.arctan2(np.abs(ahead[:, 0]), -ahead[:, 2])))


def _turns(neutral: Points, mesh: Points) -> Matrices:
    """(n, 3, 3) the turns that bring the neutral mesh (468, 3) nearest to each of (n, 468, 3); NaN where there is
    none, or one that is misplaced. Source: Kabsch W, Acta Cryst 1976;A32:922."""
    still, moved = neutral - neutral.mean(axis=0), mesh - mesh.mean(axis=1, keepdims=True)
    sizes = np.sqrt((moved**2).sum(axis=(1, 2)) / (still**2).sum())
    good = (sizes > SIZES[0]) & (sizes < SIZES[1])
    turns = np.full((len(mesh), 3, 3), np.nan)
    if good.any():
        turns[good] = _nearest_turn(np.einsum("nki,kj->nij", moved[good], still))
    return turns


def _nearest_turn(matrices: Matrices) -> Matrices:
    """(..., 3, 3) the rotation nearest to each matrix."""
    left, _, right = np.linalg.svd(matrices)
    left[..., 2] *= np.sign(np.linalg.det(left @ right))[..., None]
    return np.asarray(left @ right)


def _mean(rotations: Matrices) -> Matrices:
    """(3, 3) the rotation in the middle of (n, 3, 3)."""
    return _nearest_turn(rotations.mean(axis=0))


def _toward(face_px: Points, camera: Camera) -> Matrices:
    """(n, 3, 3) from the axes in which the camera looks straight at points (n, k, 2) of a face to its own."""
    flat = camera.rays(face_px.mean(axis=1))
    return turn_to_axis(np.column_stack([flat, np.ones(len(flat))])).transpose(0, 2, 1)


def _axes_px(image_px: Points, axes: Matrices) -> Points:
    """(n, 4, 2) the middle of the head's points and the ends of its axes (n, 3, 3), as long as it is wide."""
    points = image_px[:, HEAD]
    middle = points.mean(axis=1, keepdims=True)
    widths = np.ptp(points, axis=1).max(axis=1)
    width = np.median(widths[np.isfinite(widths)]) if np.isfinite(widths).any() else np.nan
    return np.concatenate([middle, middle + width * axes.transpose(0, 2, 1)[..., :2]], axis=1)


def thorax(joints_m: Points) -> Matrices:
    """(n, 3, 3) whose columns are the thorax's left (the line through the shoulders), up and forward."""
    left = joints_m[:, Point.LEFT_SHOULDER] - joints_m[:, Point.RIGHT_SHOULDER]
    left = left / np.linalg.norm(left, axis=1, keepdims=True)
    forward = np.cross(left, body_axis(joints_m, "up"))
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    return np.stack([left, np.cross(forward, left), forward], axis=-1)


def _calm(time_s: Curve, rotations: Matrices) -> Matrices:
    """Without what is faster than a trunk moves."""
    calm = np.full_like(rotations, np.nan)
    seen = np.isfinite(rotations[:, 0, 0])
    flat = [smooth(time_s, rotations[:, row, k], THORAX_CUTOFF_HZ) for row in range(3) for k in range(3)]
    calm[seen] = _nearest_turn(np.stack(flat, axis=-1).reshape(-1, 3, 3)[seen])
    return calm
