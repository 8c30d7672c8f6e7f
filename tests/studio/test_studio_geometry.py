# ruff: noqa: E402 - the studio is imported only where its packages are
"""The studio against geometry. Needs the studio's own packages; the committed clips do not."""

import json
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

pytest.importorskip("anny", reason="the film studio needs benchmarks/requirements.txt (anny is not installed)")
pytest.importorskip("torch", reason="the film studio needs benchmarks/requirements.txt (torch is not installed)")
moderngl = pytest.importorskip(
    "moderngl", reason="the film studio needs benchmarks/requirements.txt (moderngl is not installed)"
)

from benchmarks.studio.body import Build, make_body
from benchmarks.studio.cache import filmed, key
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Clock, Sensor, as_text, film, truth
from benchmarks.studio.furniture import Decor, make_room
from benchmarks.studio.manners import MANNERS
from benchmarks.studio.movement import COUCH_TOP_M, Repetition, Script, perform
from benchmarks.studio.picture import Lamp, Studio
from benchmarks.studio.postures import ON_FEET
from benchmarks.studio.samples import SAMPLES
from benchmarks.studio.skeleton import Skeleton, surface_m
from benchmarks.studio.truth import angle_deg
from benchmarks.studio.wardrobe import Outfit

BUILDS = [
    Build(female=1.0, age_years=25, height_m=1.60, weight=0.4),
    Build(female=0.0, age_years=75, height_m=1.80, weight=0.8),
]
# rest and peak of every movement that the studio knows
RANGES_DEG = {
    "ankle_dorsiflexion": (-20, 15), "ankle_plantarflexion": (20, 48), "elbow_flexion": (12, 140),
    "elbow_extension": (-120, -8), "forearm_pronation": (0, 75), "forearm_supination": (0, 80),
    "wrist_flexion": (0, 70), "wrist_extension": (0, 60), "wrist_radial_deviation": (0, 20),
    "wrist_ulnar_deviation": (0, 35), "knee_extension": (-80, -2), "sit_to_stand": (-100, -4),
    "hip_abduction": (0, 42), "hip_abduction_side_lying": (0, 42),
    "hip_adduction": (0, 20), "hip_extension": (0, 22), "hip_flexion": (0, 120),
    "hip_external_rotation": (0, 40), "hip_internal_rotation": (0, 38), "knee_flexion": (3, 130),
    "knee_flexion_prone": (3, 130), "knee_flexion_supine": (3, 130), "neck_extension": (0, 55),
    "neck_flexion": (0, 50), "neck_lateral_flexion": (0, 42), "neck_rotation": (0, 70),
    "shoulder_abduction": (0, 170), "shoulder_extension": (0, 50), "shoulder_external_rotation": (0, 70),
    "shoulder_flexion": (0, 170), "shoulder_horizontal_adduction": (0, 120),
    "shoulder_internal_rotation": (0, 60), "shoulder_scaption": (12, 160), "squat": (3, 110),
    "straight_leg_raise": (0, 85), "trunk_extension": (0, 22), "trunk_flexion": (0, 95),
    "trunk_lateral_flexion": (0, 32), "trunk_rotation": (0, 45),
    "elbow_flexion_supine": (12, 135), "hip_abduction_supine": (3, 38), "shoulder_abduction_supine": (16, 140),
    "shoulder_flexion_supine": (4, 160),
}  # fmt: skip


def script_of(movement, side="left"):
    rest, peak = RANGES_DEG[movement]
    return Script(movement=movement, side=side, rest_deg=rest, repetitions=(Repetition(peak_deg=peak),))


@pytest.fixture(scope="module", params=BUILDS, ids=["small woman", "tall man"])
def skeleton(request):
    return Skeleton(make_body(request.param))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("movement", sorted(MANNERS))
def test_the_pose_asked_for_is_the_pose_measured(skeleton, movement, side):
    script = script_of(movement, side)
    time = np.linspace(0, script.length_s(), 60)
    posed = perform(skeleton, script, time)
    assert angle_deg(script.test, side, posed.joints_m) == pytest.approx(script.asked_deg(time), abs=0.5)


@pytest.mark.parametrize("movement", sorted(MANNERS))
def test_bones_keep_their_length_while_they_move(skeleton, movement):
    script = script_of(movement)
    joints = perform(skeleton, script, np.linspace(0, script.length_s(), 40)).joints_m
    for a, b in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist")):
        for side in ("left", "right"):
            length = np.linalg.norm(joints[f"{side} {a}"] - joints[f"{side} {b}"], axis=1)
            # a tenth of a millimetre: a forearm that rolls turns about its skin's axis
            assert length == pytest.approx(length[0], abs=1e-4)


@pytest.mark.parametrize("movement", [m for m in sorted(MANNERS) if MANNERS[m].posture in ON_FEET])
def test_the_foot_that_carries_stays_where_it_is(skeleton, movement):
    script = script_of(movement)
    joints = perform(skeleton, script, np.linspace(0, script.length_s(), 40)).joints_m
    assert np.ptp(joints["right ankle"], axis=0).max() < 0.02


@pytest.mark.parametrize("movement", ["straight_leg_raise", "knee_flexion_prone"])
def test_who_lies_on_back_or_front_lies_on_the_couch_arms_and_all(skeleton, movement):
    posed = perform(skeleton, script_of(movement), np.array([0.0]))
    points, carrier = surface_m(skeleton.body.skin, posed.motions[0]), skeleton.body.skin.bones[:, 0]
    assert np.percentile(points[:, 2], 1) == pytest.approx(COUCH_TOP_M, abs=0.04)
    for bone in ("spine01", "lowerarm01.L", "wrist.R", "upperleg02.R"):
        lowest = points[carrier == skeleton.body.bone_names.index(bone), 2].min()
        assert lowest == pytest.approx(COUCH_TOP_M + 0.02, abs=0.06)


@pytest.mark.parametrize("side", ["left", "right"])
def test_who_lies_on_the_side_lies_on_the_couch(skeleton, side):
    script = script_of("hip_abduction_side_lying", side)
    posed = perform(skeleton, script, np.linspace(0, script.length_s(), 8))
    for motions in posed.motions:
        height = surface_m(skeleton.body.skin, motions)[:, 2]
        assert height.min() == pytest.approx(COUCH_TOP_M, abs=0.03)
    heights = {name: joint[:, 2].mean() for name, joint in posed.joints_m.items()}
    other = "right" if side == "left" else "left"
    assert heights[f"{side} hip"] - heights[f"{other} hip"] > 0.12
    assert heights[f"{side} shoulder"] - heights[f"{other} shoulder"] > 0.2


def test_who_stands_up_leaves_the_chair_and_the_feet_stay(skeleton):
    script = script_of("sit_to_stand")
    joints = perform(skeleton, script, np.array([0.0, script.windows_s()[0][1]])).joints_m
    hips, knee, shoulder = (joints[f"left {joint}"][:, 2] for joint in ("hip", "knee", "shoulder"))
    assert hips[0] == pytest.approx(knee[0], abs=0.04)  # the thighs are level on the chair
    assert shoulder[1] - shoulder[0] > 0.3
    assert np.ptp(joints["left ankle"], axis=0).max() < 0.02


def test_a_client_who_leans_away_still_reaches_the_angle(skeleton):
    script = replace(script_of("shoulder_abduction"), compensation={"trunk lean": -15.0}, tremor_deg=1.0)
    time = np.linspace(0, script.length_s(), 60)
    plain, leaning = (perform(skeleton, s, time).joints_m for s in (script_of("shoulder_abduction"), script))
    lean = [angle_deg("trunk_lateral_flexion", "right", joints).max() for joints in (plain, leaning)]
    assert lean[1] - lean[0] > 5
    assert angle_deg("shoulder_abduction", "left", leaning) == pytest.approx(script.asked_deg(time), abs=0.5)


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
        Camera(focal=0.6, distance_m=1.8, k1=-0.12, k2=0.02),
        Camera(azimuth_deg=120, k1=0.08),
    ],
    ids=["plain", "high and rolled", "landscape", "barrel", "pincushion"],
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
        drawn = studio.markers(point[None])[..., 0].astype(float)
        if not (0 < where[0] < camera.width_px and 0 < where[1] < camera.height_px):
            assert not drawn.any()
            continue
        rows, columns = np.indices(drawn.shape) + 0.5
        seen = np.array([np.average(columns, weights=drawn), np.average(rows, weights=drawn)])
        assert seen == pytest.approx(where, abs=0.5)
    studio.close()


def test_frame_times_are_as_uneven_as_the_clock():
    """A phone's clock: 240 frames a second for 5 s, a twentieth of them lost, none out of order."""
    times = Clock(frames_per_s=240, unevenness=0.2, dropped=0.05).time_s(5.0, seed=3)
    assert times[0] == 0
    assert np.diff(times).min() > 0
    assert len(times) == pytest.approx(0.95 * 1200, abs=40)
    assert Clock(frames_per_s=25).time_s(2.0, seed=0) == pytest.approx(np.arange(50) / 25)


def test_a_film_is_rendered_once_and_brings_all_its_truth(tmp_path):
    small = Camera(width_px=144, height_px=256, k1=-0.1)
    take = replace(
        SAMPLES["left_elbow_flexion"],
        camera=small,
        clock=Clock(frames_per_s=10, unevenness=0.2, dropped=0.1),
        script=script_of("elbow_flexion"),
    )
    video = filmed(take, tmp_path)
    made = video.stat().st_mtime_ns
    assert filmed(take, tmp_path).stat().st_mtime_ns == made
    assert key(replace(take, sensor=Sensor(noise=9.0))) != key(take)
    with np.load(video.with_suffix(".npz")) as known, av.open(str(video)) as container:
        shown = [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]
        assert shown == pytest.approx(known["time_s"], abs=1e-4)
        assert known["joints_m"].shape == (len(shown), len(known["joint_names"]), 3)
        assert (known["joints_m"][..., 2] > 1).all()  # all of the body is in front of the camera


def test_an_open_shutter_blurs_what_moves_and_leaves_the_truth(tmp_path):
    sharp = replace(
        SAMPLES["left_elbow_flexion"],
        camera=Camera(azimuth_deg=90, width_px=144, height_px=256),
        sensor=Sensor(noise=0.0, quality=5),
        clock=Clock(frames_per_s=10),
        script=replace(script_of("elbow_flexion"), unrest_deg=0.0),
    )
    blurred = replace(sharp, sensor=replace(sharp.sensor, shutter_s=0.08, exposures=5))
    pictures = {}
    for name, take in {"sharp": sharp, "blurred": blurred}.items():
        film(take, tmp_path / f"{name}.mp4")
        with av.open(str(tmp_path / f"{name}.mp4")) as container:
            pictures[name] = np.array([f.to_ndarray(format="rgb24") for f in container.decode(video=0)], float)
    truths = [json.loads((tmp_path / f"{name}.json").read_text())["angle_deg"] for name in pictures]
    assert truths[0] == pytest.approx(truths[1], abs=0.02)
    differs = np.abs(pictures["sharp"] - pictures["blurred"]).mean((1, 2, 3))
    speed = np.abs(np.gradient(truths[0]))
    assert differs[speed.argmax()] > 3 * differs[speed.argmin()]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_truth_of_a_sample_comes_out_byte_for_byte_the_same(name):
    take = SAMPLES[name]
    posed = perform(Skeleton(make_body(take.build)), take.script, take.time_s())
    kept = Path(__file__).resolve().parents[2] / "sample_videos" / f"{name}.json"
    assert as_text(truth(take, posed)) == kept.read_text(encoding="utf-8")
