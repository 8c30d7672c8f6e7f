# ruff: noqa: E402 - the studio is imported only where its packages are
"""The studio against geometry. Needs the studio's own packages; the committed clips do not."""

import numpy as np
import pytest

pytest.importorskip("anny", reason="the film studio needs benchmarks/requirements.txt (anny is not installed)")
pytest.importorskip("torch", reason="the film studio needs benchmarks/requirements.txt (torch is not installed)")
moderngl = pytest.importorskip(
    "moderngl", reason="the film studio needs benchmarks/requirements.txt (moderngl is not installed)"
)

from benchmarks.studio.body import Build, make_body
from benchmarks.studio.camera import Camera
from benchmarks.studio.movement import MANNERS, Repetition, Script, perform
from benchmarks.studio.picture import Lamp, Studio
from benchmarks.studio.scene import Decor, make_room
from benchmarks.studio.skeleton import Skeleton
from benchmarks.studio.truth import angle_deg
from benchmarks.studio.wardrobe import Outfit

BUILDS = [
    Build(female=1.0, age_years=25, height_m=1.60, weight=0.4),
    Build(female=0.0, age_years=75, height_m=1.80, weight=0.8),
]
PEAKS_DEG = {
    "knee_flexion": 125.0, "elbow_flexion": 140.0, "shoulder_flexion": 170.0, "shoulder_abduction": 170.0,
    "hip_abduction": 40.0, "trunk_lateral_flexion": 32.0,
}  # fmt: skip


@pytest.fixture(scope="module", params=BUILDS, ids=["small woman", "tall man"])
def skeleton(request):
    return Skeleton(make_body(request.param))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("movement", sorted(MANNERS))
def test_the_pose_asked_for_is_the_pose_measured(skeleton, movement, side):
    rest = 12.0 if movement == "elbow_flexion" else 0.0
    script = Script(
        movement=movement, side=side, rest_deg=rest, repetitions=(Repetition(peak_deg=PEAKS_DEG[movement]),)
    )
    time = np.linspace(0, script.length_s(), 60)
    posed = perform(skeleton, script, time)
    assert angle_deg(movement, side, posed.joints_m) == pytest.approx(script.asked_deg(time), abs=0.5)


@pytest.mark.parametrize("movement", sorted(MANNERS))
def test_bones_keep_their_length_and_the_standing_foot_its_place(skeleton, movement):
    script = Script(
        movement=movement, side="left", rest_deg=12.0, repetitions=(Repetition(peak_deg=PEAKS_DEG[movement]),)
    )
    joints = perform(skeleton, script, np.linspace(0, script.length_s(), 40)).joints_m
    for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist")):
        for side in ("left", "right"):
            length = np.linalg.norm(joints[f"{side} {a}"] - joints[f"{side} {b}"], axis=1)
            assert length == pytest.approx(length[0], abs=1e-4)  # a forearm that rolls turns about its skin's axis
    assert np.ptp(joints["right ankle"], axis=0).max() < 0.02


def test_a_limb_set_by_hand_lies_where_geometry_says(skeleton):
    """A right angle at the knee, seen from numbers alone: shank level, pointing backwards (+y)."""
    joints = skeleton.pose({"left knee flexion": 90.0}, standing_on=("right",)).joints_m
    shank = (joints["left ankle"] - joints["left knee"])[0]
    assert shank / np.linalg.norm(shank) == pytest.approx([0, 1, 0], abs=1e-6)


def test_an_unknown_term_is_named(skeleton):
    with pytest.raises(KeyError, match="left knee flexoin"):
        skeleton.pose({"left knee flexoin": 10.0})


@pytest.mark.parametrize(
    "camera",
    [
        Camera(),
        Camera(azimuth_deg=70, height_m=1.9, distance_m=2.2, roll_deg=8, focal=0.7),
        Camera(azimuth_deg=-30, height_m=0.5, width_px=1280, height_px=720, roll_deg=-5),
    ],
    ids=["plain", "high and rolled", "landscape"],
)
def test_joints_are_drawn_where_the_camera_says(camera):
    body = make_body(BUILDS[0])
    joints = Skeleton(body).pose({"left shoulder abduction": 60.0, "right elbow flexion": 80.0}).joints_m
    points = np.array([joint[0] for joint in joints.values()])
    try:
        studio = Studio(body, Outfit(), make_room(Decor(), camera.azimuth_deg), camera, Lamp())
    except moderngl.Error as problem:
        pytest.skip(f"no EGL to render with ({problem}); install libegl1 and libgl1-mesa-dri")
    expected = camera.project_px(points)
    for point, where in zip(points, expected, strict=True):
        drawn = studio.markers(point[None], radius_m=0.006)[..., 0] > 0
        rows, columns = np.nonzero(drawn)
        seen = np.array([columns.mean() + 0.5, rows.mean() + 0.5])
        assert seen == pytest.approx(where, abs=0.5)
    studio.close()
