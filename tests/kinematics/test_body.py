"""The fit against bodies whose motion is known, and against what must not change it."""

from dataclasses import replace

import numpy as np
import pytest
from bodies import FORWARD, LEFT, bend, standing, turn
from hypothesis import given, settings
from hypothesis import strategies as st
from seen import CLIPS, landmarks

from rom_vision.capture.camera import typical_camera
from rom_vision.capture.landmarks import Point
from rom_vision.kinematics import body as fitting
from rom_vision.kinematics.angles import joint_angles
from rom_vision.kinematics.body import FITTED, LENGTHS, fit_body
from rom_vision.kinematics.lifter import BODY, CURVES, PAIRS, PLACE, Lifted, lift

SHANK = [Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES]
ARM = [Point.LEFT_ELBOW, Point.LEFT_WRIST, Point.LEFT_INDEX, Point.LEFT_PINKY]
AWAY_M = 3.0


def figure() -> dict[Point, np.ndarray]:
    """The standing figure with the fit's own segment lengths."""
    body, scaled = standing(), standing()
    for side in ("LEFT", "RIGHT"):
        chains = {
            ("SHOULDER", "ELBOW"): ["ELBOW", "WRIST", "INDEX", "PINKY"],
            ("ELBOW", "WRIST"): ["WRIST", "INDEX", "PINKY"],
            ("HIP", "KNEE"): ["KNEE", "ANKLE", "HEEL", "TOES"], ("KNEE", "ANKLE"): ["ANKLE", "HEEL", "TOES"],
        }  # fmt: skip
        for (one, other), below in chains.items():
            bone = body[Point[f"{side}_{other}"]] - body[Point[f"{side}_{one}"]]
            longer = bone * (LENGTHS[one, other] / np.linalg.norm(bone) - 1)
            for point in below:
                scaled[Point[f"{side}_{point}"]] = scaled[Point[f"{side}_{point}"]] + longer
    return scaled


def lifted(bodies: list[dict[Point, np.ndarray]], azimuth_deg: float = 60.0) -> Lifted:
    """What a lifter without error would say of these."""
    to_camera = np.diag([1.0, -1.0, -1.0]) @ turn(np.array([0.0, 1.0, 0.0]), -azimuth_deg)
    points = np.array([[to_camera @ body[point] for point in BODY] for body in bodies])
    points[..., 2] += AWAY_M
    n = len(bodies)
    return Lifted(
        points=points, away=np.tile([0.0, 0.0, 1.0], (n, 1)), depth_doubt=np.full((n, len(PAIRS)), 0.03),
        image_doubt=np.full((n, len(BODY)), 0.004), angle_doubt_deg=dict.fromkeys(CURVES, np.full(n, 3.0)),
    )  # fmt: skip


def knee_bends(n: int = 90, rate_hz: float = 30.0) -> tuple[list[dict[Point, np.ndarray]], np.ndarray, np.ndarray]:
    time_s = np.arange(n) / rate_hz
    bent_deg = 50 * (1 - np.cos(2 * np.pi * time_s / 2))
    return [bend(figure(), Point.LEFT_KNEE, SHANK, LEFT, a) for a in bent_deg], time_s, bent_deg


def knee_deg(told: Lifted, time_s: np.ndarray) -> np.ndarray:
    return joint_angles(time_s, fit_body(told, time_s).joints_m).of("knee_flexion", "left")


def test_a_body_told_without_error_stays_as_it_is() -> None:
    bodies, time_s, bent_deg = knee_bends()
    told = lifted(bodies)
    fitted = fit_body(told, time_s)
    np.testing.assert_allclose(fitted.joints_m[:, list(BODY)], told.points, atol=0.01)
    assert np.abs(knee_deg(told, time_s) - bent_deg).mean() < 0.6


def test_depth_that_trembles_is_calmed() -> None:
    bodies, time_s, bent_deg = knee_bends()
    told = lifted(bodies)
    random = np.random.default_rng(1)
    depth = random.normal(0, 0.04, told.points.shape[:2])[..., None] * [0, 0, 1]
    trembling = replace(told, points=told.points * (1 + depth / told.points[..., 2:]))  # along the rays
    raw = np.full((len(time_s), 33, 3), np.nan)
    raw[:, list(BODY)] = trembling.points
    before = np.abs(joint_angles(time_s, raw).of("knee_flexion", "left") - bent_deg).mean()
    after = np.abs(knee_deg(trembling, time_s) - bent_deg).mean()
    assert after < 0.6 * before


def test_one_wild_frame_does_not_spoil_its_neighbours() -> None:
    bodies, time_s, bent_deg = knee_bends()
    told = lifted(bodies)
    points = np.array(told.points)
    points[40, PLACE[Point.LEFT_ANKLE]] += [0.3, -0.2, 0.4]
    assert np.abs(knee_deg(replace(told, points=points), time_s) - bent_deg)[np.r_[30:38, 43:50]].max() < 3


@settings(max_examples=10, deadline=None)
@given(roll_deg=st.floats(-180, 180))
def test_a_camera_rolled_about_its_axis_leaves_every_angle_unchanged(roll_deg: float) -> None:
    bodies, time_s, _ = knee_bends(30)
    told = lifted(bodies)
    rolled = replace(told, points=told.points @ turn(np.array([0.0, 0.0, 1.0]), roll_deg).T)
    np.testing.assert_allclose(knee_deg(rolled, time_s), knee_deg(told, time_s), atol=0.05)


def test_an_arm_raised_sideways_reads_the_same_from_every_side() -> None:
    bodies = [bend(figure(), Point.LEFT_SHOULDER, ARM, FORWARD, a) for a in np.linspace(10, 120, 45)]
    time_s = np.arange(45) / 30
    curves = [
        joint_angles(time_s, fit_body(lifted(bodies, azimuth), time_s).joints_m).of("shoulder_abduction", "left")
        for azimuth in (0, 40, -75, 130)
    ]
    for curve in curves:
        np.testing.assert_allclose(curve, np.linspace(10, 120, 45), atol=1.5)


def test_seams_between_windows_are_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = landmarks("right_knee_flexion")
    told = lift(seen, typical_camera(seen.size_px))
    whole = knee_curve(told, seen.time_s)
    monkeypatch.setattr(fitting, "WINDOW_S", 2.0)
    monkeypatch.setattr(fitting, "OVERLAP_S", 0.8)
    np.testing.assert_allclose(knee_curve(told, seen.time_s), whole, atol=0.6)


def knee_curve(told: Lifted, time_s: np.ndarray) -> np.ndarray:
    return joint_angles(time_s, fit_body(told, time_s).joints_m).of("knee_flexion", "right")


@pytest.mark.parametrize("clip", CLIPS)
def test_dropped_frames_change_little(clip: str) -> None:
    seen = landmarks(clip)
    told = lift(seen, typical_camera(seen.size_px))
    kept = np.sort(np.random.default_rng(4).permutation(len(seen.time_s))[: int(0.8 * len(seen.time_s))])
    fewer = replace(
        told, points=told.points[kept], away=told.away[kept], depth_doubt=told.depth_doubt[kept],
        image_doubt=told.image_doubt[kept], angle_doubt_deg={k: v[kept] for k, v in told.angle_doubt_deg.items()},
    )  # fmt: skip
    all_of_them = joint_angles(seen.time_s, fit_body(told, seen.time_s).joints_m)
    some = joint_angles(seen.time_s[kept], fit_body(fewer, seen.time_s[kept]).joints_m)
    for name in ("knee_flexion", "elbow_flexion"):
        off = np.abs(some.of(name, "left") - all_of_them.of(name, "left")[kept])
        assert np.median(off) < 1


def test_bones_keep_their_lengths() -> None:
    seen = landmarks("left_elbow_flexion")
    joints = fit_body(lift(seen, typical_camera(seen.size_px)), seen.time_s).joints_m
    for (one, other), length in LENGTHS.items():
        for side in ("LEFT", "RIGHT"):
            bone = np.linalg.norm(joints[:, Point[f"{side}_{one}"]] - joints[:, Point[f"{side}_{other}"]], axis=-1)
            np.testing.assert_allclose(bone, length, atol=0.04)
            assert bone.std() < 0.015


def test_a_faster_film_than_needed_is_fitted_at_all_its_times() -> None:
    bodies, time_s, bent_deg = knee_bends(240, rate_hz=120.0)
    assert np.abs(knee_deg(lifted(bodies), time_s) - bent_deg).mean() < 0.6


def test_nobody_and_a_single_frame() -> None:
    bodies, time_s, _ = knee_bends(3)
    nobody = lifted(bodies)
    nobody = replace(nobody, points=nobody.points * np.nan)
    assert np.isnan(fit_body(nobody, time_s).joints_m).all()
    one = lifted(bodies[:1])
    np.testing.assert_allclose(fit_body(one, time_s[:1]).joints_m[:, list(FITTED)].shape, (1, 16, 3))
