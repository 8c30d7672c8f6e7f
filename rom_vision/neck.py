"""The neck: by what its movement can be told in a film, what its number is worth, and what is wrong with it.

From the front the mesh of the face tells it; in profile the line from the ear to the eye tells nodding. Where
neither is to be seen the pose model's ears and nose are left, which read a tilt at half of what it is: then
nothing is measured, and it is said how to film instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

import numpy as np

from rom_vision.capture.face import Faces
from rom_vision.capture.landmarks import Landmarks
from rom_vision.capture.stretches import gaps
from rom_vision.kinematics.angles import Curve, JointCurves
from rom_vision.kinematics.facing import nearest_view, off_view_deg
from rom_vision.kinematics.head import Moved, Neck
from rom_vision.kinematics.profile import profile_neck
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.kinematics.smoothing import LONGEST_GAP_S
from rom_vision.movements import SIDES, Angle, Motion, MovementTest, Side
from rom_vision.quality import OFF_VIEW_DEG, Evidence, Problem

JOINT = "neck"
ENOUGH_FACES = 0.5  # of the frames in which the client is seen: with fewer, the film shows the head from elsewhere
FARTHEST_DEG = 53.0  # off the camera: beyond, the mesh hardly turns any further, and nothing in it says so
FROM_THE_FRONT_DEG = 65.0  # off the front; in profile a face that is found all the same is misplaced
NEAR_PEAK = 0.6  # of the peak: a face that is lost from here on may have gone further
COUPLED_DEG = 8.0  # what turns less, while another motion is tested, can't be told from swaying

# Half-width of the 95 % interval of a peak: by the mesh; by the landmarks beyond it; in profile. Of nodding, from
# the front, three times the root mean square of what each person of the development films is read wrong with gains
# learned on the others, five of them bending forward and four back. Of lateral flexion, rotation and the profile
# there were two films each: hardly more than a guess.
HALF_WIDTH_DEG: Mapping[Motion, float] = MappingProxyType(
    {"flexion": 12.0, "extension": 17.0, "lateral flexion": 3.0, "rotation": 11.0}
)
BEYOND_MESH_DEG = 14.0
IN_PROFILE_DEG = 15.0

_NO_FACE = Problem(
    kind="no_face",
    message="Neither the face nor, for nodding, its profile could be seen, and without them a neck can't be told.",
    remedy="Film from the front with light on the face; flexion and extension also at right angles from the side.",
    refused=True,
)


def by_face(landmarks: Landmarks, faces: Faces, heading: float) -> bool:
    """Whether the face was seen in enough of the frames, and from where, to tell the neck by it.

    Args:
        heading: how far the client is turned from facing the camera, degrees.
    """
    often = faces.seen.sum() >= max(1.0, ENOUGH_FACES * landmarks.seen.sum())
    return bool(often and not off_view_deg(heading, "front") > FROM_THE_FRONT_DEG)


def in_profile(landmarks: Landmarks, test: MovementTest, heading: float) -> Neck | None:
    """The neck as the profile tells it; None where the test is not of nodding, or not filmed from the side."""
    near = nearest_view(heading, SIDES)
    if test.angle != "neck_flexion" or not off_view_deg(heading, near) <= OFF_VIEW_DEG[0]:
        return None
    return profile_neck(landmarks, "left" if near == "left" else "right", moved(test, None))


def moved(test: MovementTest, side: Side | None) -> Moved:
    """Which of the neck's angles a test moves, and which way."""
    place: Mapping[Angle, Literal[0, 1, 2]] = {"neck_flexion": 0, "neck_lateral_flexion": 1, "neck_rotation": 2}
    return Moved(angle=place[test.angle], way=-test.direction if side == "right" else test.direction)


def with_neck(curves: JointCurves, neck: Neck) -> JointCurves:
    """All joints' curves, those of the neck as the face tells them, or flexion alone as the profile does."""
    told = {
        "neck_flexion": neck.flexion_deg,
        "left_neck_lateral_flexion": neck.left_lateral_flexion_deg,
        "right_neck_lateral_flexion": -neck.left_lateral_flexion_deg,
        "left_neck_rotation": neck.left_rotation_deg,
        "right_neck_rotation": -neck.left_rotation_deg,
    }
    if neck.told_by == "profile":
        told = {"neck_flexion": neck.flexion_deg}
    return replace(curves, angle_deg=MappingProxyType({**curves.angle_deg, **told}))


def neck_uncertainty_deg(
    test: MovementTest, neck: Neck, time_s: Curve, repetitions: tuple[Repetition, ...]
) -> float | None:
    """Half-width of the 95 % interval of the peak; None without a repetition."""
    if not repetitions:
        return None
    if neck.told_by == "profile":
        return IN_PROFILE_DEG
    best = max(repetitions, key=lambda repetition: repetition.peak_deg)
    beyond = neck.beyond_mesh[np.abs(time_s - best.peak_s) <= LONGEST_GAP_S / 2].any()
    return max(HALF_WIDTH_DEG[test.motion], BEYOND_MESH_DEG) if beyond else HALF_WIDTH_DEG[test.motion]


def judge_neck(evidence: Evidence, neck: Neck | None, found: Sequence[Problem]) -> list[Problem]:
    """All that is wrong with a measurement of the neck.

    Args:
        neck: None where neither face nor profile told it.
        found: what is wrong with it as with any joint, by the pose model's points.
    """
    if neck is None:
        return [*found, _NO_FACE]
    if neck.told_by == "profile":
        return list(found)
    # an ear that turns away is hidden, and must be: the face tells whether the head was seen, and from where
    no_matter = ("hidden", "no_trunk", *(["view"] if evidence.test.motion == "rotation" else []))
    problems = [problem for problem in found if problem.kind not in no_matter]
    if evidence.repetitions:
        best = max(evidence.repetitions, key=lambda repetition: repetition.peak_deg)
        for check in (_too_far, _coupled):
            problems += check(evidence, neck, best)
        problems += _lost(evidence, best)
    return problems


def _lost(evidence: Evidence, best: Repetition) -> Iterator[Problem]:
    """A face that was lost on the way up may have gone further than was seen."""
    time_s, curve = evidence.landmarks.time_s, evidence.curve
    for last, first in gaps(np.isfinite(curve), time_s, LONGEST_GAP_S):
        went_deg = max(curve[last], curve[first])
        if went_deg > NEAR_PEAK * best.peak_deg:
            yield Problem(
                kind="face_lost",
                message=f"The face was lost from sight at {went_deg:.0f}°, and the head may have gone further.",
                remedy=_other_view(evidence.test.angle),
                refused=True,
            )
            return


def _too_far(evidence: Evidence, neck: Neck, best: Repetition) -> Iterator[Problem]:
    off = _at(evidence.landmarks.time_s, neck.off_camera_deg, best.peak_s)
    if off > FARTHEST_DEG:
        yield Problem(
            kind="face_turned_away",
            message=f"The face looked {off:.0f}° past the camera; beyond {FARTHEST_DEG:.0f}° it can't be read.",
            remedy=_other_view(evidence.test.angle),
            refused=True,
        )


def _other_view(angle: Angle) -> str:
    if angle == "neck_flexion":
        return "Film from the side, at right angles to the movement, level and at ear height."
    return "Film again with the camera moved 45° toward the side that the head turns to."


def _coupled(evidence: Evidence, neck: Neck, best: Repetition) -> Iterator[Problem]:
    """What the head did besides, which belongs to the movement in part and is said so that it can be watched."""
    time_s = evidence.landmarks.time_s
    besides = {
        "neck_flexion": (neck.flexion_deg, "bent forward", "bent back"),
        "neck_lateral_flexion": (neck.left_lateral_flexion_deg, "tilted to the left", "tilted to the right"),
        "neck_rotation": (neck.left_rotation_deg, "turned to the left", "turned to the right"),
    }
    for angle, (curve, positive, negative) in besides.items():
        deg = _at(time_s, curve, best.peak_s)
        if angle != evidence.test.angle and abs(deg) > COUPLED_DEG:
            yield Problem(
                kind="coupled",
                message=f"At the peak the head was also {positive if deg > 0 else negative} by {abs(deg):.0f}°.",
                remedy="Some of it belongs to the movement; if it is more than on the other side, watch it.",
                refused=False,
            )


def _at(time_s: Curve, curve: Curve, at_s: float) -> float:
    """The curve near a moment; NaN where it is not seen there."""
    near = curve[np.abs(time_s - at_s) <= LONGEST_GAP_S / 2]
    return float(np.median(near[np.isfinite(near)])) if np.isfinite(near).any() else float("nan")
