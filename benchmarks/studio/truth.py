"""The truth: clinical angles from posed joint centres, by the definitions of the movement catalogue.

Degrees, zero in the anatomical position, positive in the direction that names the motion.
"""

from collections.abc import Mapping

import numpy as np

from benchmarks.studio.body import Array

Joints = Mapping[str, Array]

UP = np.array([0.0, 0.0, 1.0])
ALMOST_STRAIGHT_DEG = 30.0  # no knee bends back further


def angle_deg(movement: str, side: str, joints_m: Joints) -> Array:
    """(n,) the tested angle at every moment.

    Args:
        movement: catalogue id, such as "knee_flexion".
        side: "left" or "right"; for movements of the midline the side that the client leans or turns to.
        joints_m: joint centres by name, each (n, 3), with z up.
    """
    motion, direction = MOVEMENTS[movement]
    return direction * motion(joints_m, side)


def knee_flexion(joints: Joints, side: str) -> Array:
    """Between thigh and shank, in space; a knee bent backwards counts negative."""
    bend = _bend(joints, f"{side} hip", f"{side} knee", f"{side} ankle")
    thigh, shank = joints[f"{side} knee"] - joints[f"{side} hip"], joints[f"{side} ankle"] - joints[f"{side} knee"]
    backwards = (bend < ALMOST_STRAIGHT_DEG) & (_signed(thigh, shank, _across(joints, "hip")) < 0)
    return np.where(backwards, -bend, bend)


def elbow_flexion(joints: Joints, side: str) -> Array:
    """Between upper arm and forearm, in space."""
    return _bend(joints, f"{side} shoulder", f"{side} elbow", f"{side} wrist")


def shoulder_flexion(joints: Joints, side: str) -> Array:
    """Upper arm against the line from shoulder to hip of its side, in the thorax's sagittal plane."""
    trunk = joints[f"{side} hip"] - joints[f"{side} shoulder"]
    return _past_180(_signed(trunk, _upper_arm(joints, side), -_across(joints, "shoulder")))


def shoulder_abduction(joints: Joints, side: str) -> Array:
    """Upper arm against the trunk's midline downwards, in the thorax's frontal plane."""
    down = _down(joints)
    plane = _towards(side) * np.cross(down, _across(joints, "shoulder"))
    return _past_180(_signed(down, _upper_arm(joints, side), plane))


def shoulder_elevation(joints: Joints, side: str) -> Array:
    """The whole angle between the trunk's midline downwards and the upper arm."""
    return _between(_down(joints), _upper_arm(joints, side))


def shoulder_horizontal_adduction(joints: Joints, side: str) -> Array:
    """Upper arm against the line through the shoulders, seen along the trunk."""
    outwards = _towards(side) * _across(joints, "shoulder")
    return _signed(outwards, _upper_arm(joints, side), _towards(side) * _down(joints))


def shoulder_external_rotation(joints: Joints, side: str) -> Array:
    """Forearm against straight ahead, seen along the trunk; outwards is positive."""
    ahead = np.cross(_down(joints), _across(joints, "shoulder"))
    forearm = joints[f"{side} wrist"] - joints[f"{side} elbow"]
    return _signed(ahead, forearm, -_towards(side) * _down(joints))


def forearm_pronation(joints: Joints, side: str) -> Array:
    """Knuckles (little finger to index finger) against elbow to shoulder, seen along the forearm; 0 is the thumb
    up while the elbow is bent, palm down is positive."""
    forearm = joints[f"{side} wrist"] - joints[f"{side} elbow"]
    knuckles = joints[f"{side} index knuckle"] - joints[f"{side} pinky knuckle"]
    return _signed(-_upper_arm(joints, side), knuckles, _towards(side) * forearm)


def wrist_flexion(joints: Joints, side: str) -> Array:
    """Hand (wrist to middle knuckle) against the forearm carried on, seen along the line through the knuckles;
    towards the palm is positive."""
    forearm = joints[f"{side} wrist"] - joints[f"{side} elbow"]
    hand = joints[f"{side} knuckle"] - joints[f"{side} wrist"]
    knuckles = joints[f"{side} pinky knuckle"] - joints[f"{side} index knuckle"]
    return _signed(forearm, hand, _towards(side) * knuckles)


def wrist_radial_deviation(joints: Joints, side: str) -> Array:
    """Hand (wrist to middle knuckle) against the forearm carried on, seen from the back of the hand; towards the
    thumb is positive."""
    forearm = joints[f"{side} wrist"] - joints[f"{side} elbow"]
    hand = joints[f"{side} knuckle"] - joints[f"{side} wrist"]
    knuckles = joints[f"{side} index knuckle"] - joints[f"{side} pinky knuckle"]
    return _signed(forearm, hand, np.cross(hand, knuckles))


def hip_flexion(joints: Joints, side: str) -> Array:
    """Thigh against the line from shoulder to hip carried on, in the pelvis's sagittal plane."""
    return _leg_forward(joints, side, "knee")


def leg_raise(joints: Joints, side: str) -> Array:
    """Hip to ankle against the line from shoulder to hip carried on, in the pelvis's sagittal plane."""
    return _leg_forward(joints, side, "ankle")


def hip_abduction(joints: Joints, side: str) -> Array:
    """Thigh against the perpendicular to the line between the hips, in the pelvis's frontal plane."""
    across = _unit(_across(joints, "hip"))
    square = _without(_down(joints), across)
    thigh = joints[f"{side} knee"] - joints[f"{side} hip"]
    return _signed(square, thigh, _towards(side) * np.cross(square, across))


def hip_internal_rotation(joints: Joints, side: str) -> Array:
    """Sitting: shank against the vertical, in the body's frontal plane; foot outwards is positive."""
    shank = joints[f"{side} ankle"] - joints[f"{side} knee"]
    return _signed(np.broadcast_to(-UP, shank.shape), shank, _towards(side) * _ahead_level(joints))


def ankle_dorsiflexion(joints: Joints, side: str) -> Array:
    """Shank against the foot (heel to toes), less a right angle; foot up is positive."""
    shank = joints[f"{side} knee"] - joints[f"{side} ankle"]
    return 90.0 - _between(shank, joints[f"{side} toe"] - joints[f"{side} heel"])


def trunk_lateral_flexion(joints: Joints, side: str) -> Array:
    """Middle of hips to middle of shoulders against the vertical, in the frontal plane, since the start."""
    trunk = -_down(joints)
    lean = _signed(np.broadcast_to(UP, trunk.shape), trunk, -_towards(side) * _ahead_level(joints))
    return lean - lean[0]


def trunk_flexion(joints: Joints, side: str) -> Array:
    """Middle of hips to middle of shoulders against the vertical, in the sagittal plane, since the start."""
    trunk = -_down(joints)
    bend = _signed(np.broadcast_to(UP, trunk.shape), trunk, _level(_across(joints, "hip")))
    return bend - bend[0]


def trunk_rotation(joints: Joints, side: str) -> Array:
    """Line through the shoulders against the line through the hips, seen along the trunk, since the start."""
    twist = _signed(_across(joints, "hip"), _across(joints, "shoulder"), -_towards(side) * _down(joints))
    return twist - twist[0]


def neck_flexion(joints: Joints, side: str) -> Array:
    """Head line (ears to nose) against the trunk line, in the sagittal plane, since the start."""
    bend = _signed(-_down(joints), _face(joints), _across(joints, "shoulder"))
    return bend - bend[0]


def neck_lateral_flexion(joints: Joints, side: str) -> Array:
    """Line through the ears against the line through the shoulders, seen from the front, since the start."""
    across = _across(joints, "shoulder")
    ahead = np.cross(_down(joints), across)
    tilt = _signed(across, _across(joints, "ear"), -_towards(side) * ahead)
    return tilt - tilt[0]


def neck_rotation(joints: Joints, side: str) -> Array:
    """Heading of the head (ears to nose) against straight ahead of the shoulders, seen along the trunk, since
    the start."""
    ahead = np.cross(_down(joints), _across(joints, "shoulder"))
    heading = _signed(ahead, _face(joints), -_towards(side) * _down(joints))
    return heading - heading[0]


# What each test of the catalogue measures, and in which direction.
MOVEMENTS = {
    "neck_flexion": (neck_flexion, 1),
    "neck_extension": (neck_flexion, -1),
    "neck_lateral_flexion": (neck_lateral_flexion, 1),
    "neck_rotation": (neck_rotation, 1),
    "trunk_flexion": (trunk_flexion, 1),
    "trunk_extension": (trunk_flexion, -1),
    "trunk_lateral_flexion": (trunk_lateral_flexion, 1),
    "trunk_rotation": (trunk_rotation, 1),
    "shoulder_flexion": (shoulder_flexion, 1),
    "shoulder_extension": (shoulder_flexion, -1),
    "shoulder_abduction": (shoulder_abduction, 1),
    "shoulder_scaption": (shoulder_elevation, 1),
    "shoulder_horizontal_adduction": (shoulder_horizontal_adduction, 1),
    "shoulder_external_rotation": (shoulder_external_rotation, 1),
    "shoulder_internal_rotation": (shoulder_external_rotation, -1),
    "elbow_flexion": (elbow_flexion, 1),
    "elbow_extension": (elbow_flexion, -1),
    "forearm_pronation": (forearm_pronation, 1),
    "forearm_supination": (forearm_pronation, -1),
    "wrist_flexion": (wrist_flexion, 1),
    "wrist_extension": (wrist_flexion, -1),
    "wrist_radial_deviation": (wrist_radial_deviation, 1),
    "wrist_ulnar_deviation": (wrist_radial_deviation, -1),
    "hip_flexion": (hip_flexion, 1),
    "straight_leg_raise": (leg_raise, 1),
    "hip_extension": (hip_flexion, -1),
    "hip_abduction": (hip_abduction, 1),
    "hip_adduction": (hip_abduction, -1),
    "hip_internal_rotation": (hip_internal_rotation, 1),
    "hip_external_rotation": (hip_internal_rotation, -1),
    "knee_flexion": (knee_flexion, 1),
    "knee_extension": (knee_flexion, -1),
    "ankle_dorsiflexion": (ankle_dorsiflexion, 1),
    "ankle_plantarflexion": (ankle_dorsiflexion, -1),
    "squat": (knee_flexion, 1),
    "sit_to_stand": (knee_flexion, -1),
}


def _upper_arm(joints: Joints, side: str) -> Array:
    return joints[f"{side} elbow"] - joints[f"{side} shoulder"]


def _leg_forward(joints: Joints, side: str, end: str) -> Array:
    trunk = joints[f"{side} hip"] - joints[f"{side} shoulder"]
    leg = joints[f"{side} {end}"] - joints[f"{side} hip"]
    return _past_180(_signed(trunk, leg, -_across(joints, "hip")))


def _across(joints: Joints, joint: str) -> Array:
    """From right to left."""
    return joints[f"left {joint}"] - joints[f"right {joint}"]


def _down(joints: Joints) -> Array:
    """The trunk's midline, from the middle of the shoulders to the middle of the hips."""
    return _middle(joints, "hip") - _middle(joints, "shoulder")


def _face(joints: Joints) -> Array:
    return joints["nose"] - _middle(joints, "ear")


def _ahead_level(joints: Joints) -> Array:
    return np.cross(_across(joints, "hip"), UP)


def _level(vectors: Array) -> Array:
    return _without(vectors, np.broadcast_to(UP, vectors.shape))


def _bend(joints: Joints, above: str, joint: str, below: str) -> Array:
    return _between(joints[joint] - joints[above], joints[below] - joints[joint])


def _between(a: Array, b: Array) -> Array:
    """(n,) degrees from 0 to 180."""
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), _dot(a, b)))


def _signed(start: Array, end: Array, axis: Array) -> Array:
    """(n,) degrees from one direction to another, right-handed about the axis, both seen along it."""
    axis = _unit(axis)
    start, end = _without(start, axis), _without(end, axis)
    return np.degrees(np.arctan2(_dot(axis, np.cross(start, end)), _dot(start, end)))


def _without(vectors: Array, axis: Array) -> Array:
    """What is left of the vectors at right angles to unit axes."""
    return vectors - _dot(vectors, axis)[:, None] * axis


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
