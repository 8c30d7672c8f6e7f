"""The truth: clinical angles from posed joint centres, by the definitions of the movement catalogue.

Degrees, zero in the anatomical position, positive in the direction that names the motion.
"""

from collections.abc import Mapping

import numpy as np

from benchmarks.studio.body import Array

Joints = Mapping[str, Array]

UP = np.array([0.0, 0.0, 1.0])


def angle_deg(movement: str, side: str, joints_m: Joints) -> Array:
    """(n,) the tested angle at every moment.

    Args:
        movement: catalogue id, such as "knee_flexion".
        side: "left" or "right"; for trunk movements the side that the client leans to.
        joints_m: joint centres by name, each (n, 3), with z up.
    """
    return DEFINITIONS[movement](joints_m, side)


def knee_flexion(joints: Joints, side: str) -> Array:
    """Between thigh and shank, in space."""
    return _bend(joints, f"{side} hip", f"{side} knee", f"{side} ankle")


def elbow_flexion(joints: Joints, side: str) -> Array:
    """Between upper arm and forearm, in space."""
    return _bend(joints, f"{side} shoulder", f"{side} elbow", f"{side} wrist")


def shoulder_flexion(joints: Joints, side: str) -> Array:
    """Upper arm against the line from shoulder to hip of its side, in the thorax's sagittal plane."""
    across = _unit(joints["left shoulder"] - joints["right shoulder"])
    trunk = joints[f"{side} hip"] - joints[f"{side} shoulder"]
    arm = joints[f"{side} elbow"] - joints[f"{side} shoulder"]
    return _past_180(_signed(trunk, arm, -across))


def shoulder_abduction(joints: Joints, side: str) -> Array:
    """Upper arm against the trunk's midline downwards, in the thorax's frontal plane."""
    across = joints["left shoulder"] - joints["right shoulder"]
    down = _middle(joints, "hip") - _middle(joints, "shoulder")
    arm = joints[f"{side} elbow"] - joints[f"{side} shoulder"]
    return _past_180(_signed(down, arm, _towards(side) * np.cross(down, across)))


def hip_abduction(joints: Joints, side: str) -> Array:
    """Thigh against the perpendicular to the line between the hips, in the pelvis's frontal plane."""
    across = _unit(joints["left hip"] - joints["right hip"])
    down = _middle(joints, "hip") - _middle(joints, "shoulder")
    square = down - _dot(down, across)[:, None] * across
    thigh = joints[f"{side} knee"] - joints[f"{side} hip"]
    return _signed(square, thigh, _towards(side) * np.cross(square, across))


def trunk_lateral_flexion(joints: Joints, side: str) -> Array:
    """Middle of hips to middle of shoulders against the vertical, in the frontal plane, since the start."""
    across = joints["left hip"] - joints["right hip"]
    forwards = np.cross(across, UP)
    trunk = _middle(joints, "shoulder") - _middle(joints, "hip")
    lean = _signed(np.broadcast_to(UP, trunk.shape), trunk, -_towards(side) * forwards)
    return lean - lean[0]


DEFINITIONS = {
    "knee_flexion": knee_flexion,
    "elbow_flexion": elbow_flexion,
    "shoulder_flexion": shoulder_flexion,
    "shoulder_abduction": shoulder_abduction,
    "hip_abduction": hip_abduction,
    "trunk_lateral_flexion": trunk_lateral_flexion,
}


def _bend(joints: Joints, above: str, joint: str, below: str) -> Array:
    upper, lower = joints[joint] - joints[above], joints[below] - joints[joint]
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(upper, lower), axis=-1), _dot(upper, lower)))


def _signed(start: Array, end: Array, axis: Array) -> Array:
    """(n,) degrees from one direction to another, right-handed about the axis, both seen along it."""
    axis = _unit(axis)
    start = start - _dot(start, axis)[:, None] * axis
    end = end - _dot(end, axis)[:, None] * axis
    return np.degrees(np.arctan2(_dot(axis, np.cross(start, end)), _dot(start, end)))


def _past_180(angle: Array) -> Array:
    """An arm raised a little past the vertical reads 185, not -175."""
    return np.where(angle < -90, angle + 360, angle)


def _middle(joints: Joints, joint: str) -> Array:
    return (joints[f"left {joint}"] + joints[f"right {joint}"]) / 2


def _towards(side: str) -> float:
    return 1.0 if side == "left" else -1.0


def _unit(vectors: Array) -> Array:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def _dot(a: Array, b: Array) -> Array:
    return (a * b).sum(-1)
