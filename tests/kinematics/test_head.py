"""The neck from the face's mesh: turns of a stiff head on a trunk that may lean, before any camera."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from rom_vision.capture.camera import Camera
from rom_vision.capture.face import HEAD
from rom_vision.capture.landmarks import POINTS, Point
from rom_vision.kinematics.head import (
    BROW,
    CHIN,
    FLEXION_GAIN,
    FOLLOWS,
    LATERAL_GAIN,
    LEFT_CHEEK,
    RIGHT_CHEEK,
    Moved,
    against_trunk,
    clinical_deg,
    neck_angles,
    neutral_frames,
    off_camera_deg,
    turned_since_neutral,
)
from rom_vision.kinematics.own_head import BEFORE_EARS

CAMERA = Camera(name=None, size_px=(1000, 1000), focal_px=900.0, centre_px=(500.0, 500.0))
AXES = np.array([[1.0, 0, 0], [0, -1, 0], [0, 0, -1]])  # columns: left, up, forward of who faces the camera
TIME_S = np.arange(40) / 15.0
STILL = 8  # frames
FLEXION = Moved(angle=0, way=1)
ANGLE = st.floats(-45, 45)
ON_MESH = slice(20, 31)  # of this mesh, where the pose model's points of a head sit
EYES_EARS_MOUTH_M = np.array(
    [[0, 0.03], *[[x, -0.01] for x in (0.02, 0.03, 0.04, -0.02, -0.03, -0.04)], [0.07, 0], [-0.07, 0],
     [0.025, 0.06], [-0.025, 0.06]]
)  # fmt: skip


def head_turns(flexion: float, lateral: float, rotation: float) -> np.ndarray:
    """(3, 3) in the thorax's axes: a head bent, then tilted to the left, then turned to the left."""
    return Rotation.from_euler("XZY", [flexion, -lateral, rotation], degrees=True).as_matrix()


def face() -> np.ndarray:
    """(468, 3) of a head that faces the camera; cheeks, brow and chin where they are."""
    mesh = np.random.default_rng(1).normal(size=(468, 3)) * [0.06, 0.09, 0.04]
    mesh[ON_MESH] = np.column_stack([EYES_EARS_MOUTH_M, -0.14 * BEFORE_EARS])
    mesh[[LEFT_CHEEK, RIGHT_CHEEK, BROW, CHIN]] = [[0.07, 0, 0], [-0.07, 0, 0], [0, -0.09, 0], [0, 0.09, 0]]
    return mesh - mesh.mean(axis=0)  # seen straight ahead, however it is turned


def clip(head: np.ndarray, trunk: np.ndarray, camera: np.ndarray) -> tuple:
    """Mesh (40, 468, 3), landmarks (40, 33, 2) and joints (40, 33, 3): still, then with head and trunk turned so
    in thorax axes. The landmarks of the head sit on the mesh."""
    turns = [np.eye(3)] * STILL + [head] * (len(TIME_S) - STILL)
    leans = [np.eye(3)] * STILL + [trunk] * (len(TIME_S) - STILL)
    joints, meshes = np.full((len(TIME_S), POINTS, 3), np.nan), []
    corners = {Point.LEFT_SHOULDER: (0.2, -0.25), Point.RIGHT_SHOULDER: (-0.2, -0.25)}
    corners |= {Point.LEFT_HIP: (0.15, 0.25), Point.RIGHT_HIP: (-0.15, 0.25)}
    for n, (turn, lean) in enumerate(zip(turns, leans, strict=True)):
        in_room = camera @ AXES @ lean @ AXES.T
        for point, (x, y) in corners.items():
            joints[n, point] = in_room @ [x, y, 0.0] + [0, 0, 2]
        meshes.append(face() @ (in_room @ AXES @ turn @ AXES.T).T * 450 + [500, 500, 0])
    mesh = np.array(meshes)
    image = np.full((len(TIME_S), POINTS, 2), 500.0)
    image[:, HEAD] = mesh[:, ON_MESH, :2]
    return mesh, image, joints


def read(head: np.ndarray, trunk: np.ndarray, camera: np.ndarray) -> np.ndarray:
    mesh, image, joints = clip(head, trunk, camera)
    image[:, HEAD] = 500  # seen straight ahead, however it is turned
    turned = turned_since_neutral(TIME_S, mesh, image, joints, CAMERA, FLEXION)
    return np.stack(clinical_deg(against_trunk(turned, np.zeros(3))), axis=1)


@settings(max_examples=10, deadline=None)
@given(ANGLE, ANGLE, ANGLE, st.floats(-20, 20))
def test_the_angles_belong_to_the_neck_not_to_the_camera(flexion, lateral, rotation, azimuth) -> None:
    camera = Rotation.from_euler("y", azimuth, degrees=True).as_matrix()
    found = read(head_turns(flexion, lateral, rotation), np.eye(3), camera)
    assert found[0] == pytest.approx([0, 0, 0], abs=1e-6)
    assert found[-1] == pytest.approx([flexion, lateral, rotation], abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(ANGLE, ANGLE, ANGLE, st.floats(-15, 15), st.floats(-15, 15))
def test_a_trunk_that_leans_or_turns_with_the_head_does_not_count(flexion, lateral, rotation, lean, turn) -> None:
    trunk = Rotation.from_euler("ZY", [lean, turn], degrees=True).as_matrix()
    found = read(head_turns(flexion, lateral, rotation), trunk, np.eye(3))
    assert found[-1] == pytest.approx(
        [flexion, lateral, rotation], abs=2.5
    )  # the trunk is smoothed, the step is not


def test_the_left_is_the_clients_left() -> None:
    """Who faces the camera and tilts to the left brings the head to the right of the picture, chin to the left."""
    mesh, image, joints = clip(head_turns(0, 30, 0), np.eye(3), np.eye(3))
    assert mesh[-1, BROW, 0] > 500 > mesh[-1, CHIN, 0]
    neck = neck_angles(TIME_S, mesh, image, joints, CAMERA, FLEXION)
    assert neck.left_lateral_flexion_deg[-1] == pytest.approx(30 * LATERAL_GAIN, rel=max(FOLLOWS) + 0.02)
    middle, left, up, _ = neck.axes_px[-1]
    assert (left - middle)[1] > 0  # the left ear goes down
    assert (up - middle)[0] > 0


def test_how_far_the_face_looks_past_the_camera() -> None:
    for rotation in (-60, 0, 40):
        mesh, _, _ = clip(head_turns(0, 0, rotation), np.eye(3), np.eye(3))
        assert off_camera_deg(mesh)[-1] == pytest.approx(abs(rotation), abs=1e-6)


def test_where_the_mesh_is_lost_or_misplaced_the_landmarks_tell_it() -> None:
    mesh, image, joints = clip(head_turns(20, 0, 0), np.eye(3), np.eye(3))
    mesh[20] *= 0.7
    mesh[21] = np.nan
    neck = neck_angles(TIME_S, mesh, image, joints, CAMERA, FLEXION)
    assert neck.flexion_deg[[20, 21]] == pytest.approx(20 * FLEXION_GAIN, rel=0.1)
    assert np.flatnonzero(neck.beyond_mesh).tolist() == [21]


def test_a_face_that_turns_away_is_not_told_by_the_landmarks() -> None:
    mesh, image, joints = clip(head_turns(0, 0, 40), np.eye(3), np.eye(3))
    mesh[20] = np.nan
    neck = neck_angles(TIME_S, mesh, image, joints, CAMERA, Moved(angle=2, way=1))
    assert np.isnan(neck.left_rotation_deg[20])


def test_landmarks_that_go_far_beyond_what_the_mesh_has_shown_are_not_believed() -> None:
    mesh, image, joints = clip(head_turns(20, 0, 0), np.eye(3), np.eye(3))
    farther, _, _ = clip(head_turns(55, 0, 0), np.eye(3), np.eye(3))
    mesh[20], image[20, HEAD] = np.nan, farther[20, ON_MESH, :2]
    neck = neck_angles(TIME_S, mesh, image, joints, CAMERA, FLEXION)
    assert np.isnan(neck.flexion_deg[20])
    assert np.isfinite(neck.flexion_deg[[19, 22]]).all()


def test_a_face_that_is_never_seen_tells_nothing() -> None:
    mesh, image, joints = clip(np.eye(3), np.eye(3), np.eye(3))
    assert np.isnan(neck_angles(TIME_S, mesh * np.nan, image, joints, CAMERA, FLEXION).flexion_deg).all()


def test_without_a_still_start_the_rests_between_repetitions_are_neutral() -> None:
    time_s = np.arange(0, 8, 0.05)
    moving = np.abs(40 * np.sin(np.pi * (time_s + 0.5) / 2)) ** 3 / 40**2  # begins in the middle of a movement
    neutral = neutral_frames(time_s, moving)
    assert neutral.any()
    assert moving[neutral].max() < 10


def test_a_still_start_is_neutral() -> None:
    deg = np.where(TIME_S < 0.5, 0.0, 40 * np.sin(TIME_S) ** 2)
    assert np.flatnonzero(neutral_frames(TIME_S, deg)).tolist() == [0, 1, 2, 3, 4]
