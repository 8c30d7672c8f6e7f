"""Truth: curves of a joint that is brought into place, held, let sink, shaken."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seen import landmarks

from rom_vision.capture.camera import typical_camera
from rom_vision.kinematics.angles import joint_angles
from rom_vision.kinematics.body import fit_body
from rom_vision.kinematics.hold import DRIFT_DOUBT_DEG, ISOMETRIC_DEG, find_hold
from rom_vision.kinematics.lifter import lift


def push(
    *, at_deg=60.0, hold_s=5.0, drift_deg=0.0, rest_s=1.5, rate_hz=30.0, tremor_deg=0.0, tremor_hz=5.0
) -> tuple[np.ndarray, np.ndarray]:
    """Rest at 0, a second to the position, the hold with an even drift, a second back, rest."""
    time_s = np.arange(round((2 * rest_s + 2 + hold_s) * rate_hz) + 1) / rate_hz
    begins, ends = rest_s + 1, rest_s + 1 + hold_s
    knots_s = [0, rest_s, begins, ends, ends + 1, time_s[-1]]
    curve = np.interp(time_s, knots_s, [0, 0, at_deg, at_deg + drift_deg, 0, 0])
    shakes = (time_s >= begins) & (time_s <= ends)
    return time_s, curve + np.where(shakes, tremor_deg * np.sin(2 * np.pi * tremor_hz * time_s), 0)


def test_the_hold_lies_between_coming_and_going() -> None:
    hold = find_hold(*push())
    assert hold is not None
    assert hold.start_s == pytest.approx(2.5, abs=0.35)
    assert hold.end_s == pytest.approx(7.5, abs=0.35)
    assert hold.lasted_s == pytest.approx(5, abs=0.6)
    assert hold.position_deg == pytest.approx(60, abs=1.5)
    assert hold.isometric
    assert hold.whole


def test_a_push_from_rest_holds_all_the_time() -> None:
    """Where nothing moves, the film's length is the hold's."""
    hold = find_hold(*push(at_deg=0))
    assert hold is not None
    assert (hold.start_s, hold.end_s) == (0, pytest.approx(10, abs=0.1))
    assert hold.drift_deg == pytest.approx(0, abs=0.1)
    assert not hold.whole


def test_a_film_that_ends_in_the_hold_says_so() -> None:
    time_s, curve = push()
    hold = find_hold(time_s[:200], curve[:200])
    assert hold is not None
    assert hold.position_deg == pytest.approx(60, abs=1.5)
    assert not hold.whole


def test_the_hold_is_not_the_rest_that_lasts_longer() -> None:
    hold = find_hold(*push(rest_s=8, hold_s=3))
    assert hold is not None
    assert hold.position_deg == pytest.approx(60, abs=1.5)


@given(st.floats(-25, 25), st.floats(4, 8), st.sampled_from([25.0, 30.0, 60.0, 120.0]))
def test_the_drift_is_told_with_its_direction(drift_deg, hold_s, rate_hz) -> None:
    """But for what happens in the second in all that coming, the start position and going take."""
    untold_deg = 1.5 + abs(drift_deg) / hold_s
    hold = find_hold(*push(drift_deg=drift_deg, hold_s=hold_s, rate_hz=rate_hz, at_deg=90))
    assert hold is not None
    assert hold.drift_deg == pytest.approx(drift_deg, abs=untold_deg)
    if abs(abs(drift_deg) - ISOMETRIC_DEG) > untold_deg:
        assert hold.isometric == (abs(drift_deg) < ISOMETRIC_DEG)


@given(st.floats(0.3, 3), st.floats(4, 10))
def test_a_tremor_is_its_root_mean_square_and_no_drift(tremor_deg, tremor_hz) -> None:
    """That of a sine is its height over the root of two; at the band's edges the filter takes a little."""
    hold = find_hold(*push(tremor_deg=tremor_deg, tremor_hz=tremor_hz, rate_hz=60))
    assert hold is not None
    assert hold.tremor_deg == pytest.approx(tremor_deg / np.sqrt(2), rel=0.15, abs=0.15)
    assert hold.isometric


@given(st.floats(0.2, 0.6), st.floats(1, 8))
def test_slow_swaying_is_no_tremor(sway_hz, sway_deg) -> None:
    time_s = np.arange(300) / 30
    hold = find_hold(time_s, sway_deg / 2 * np.sin(2 * np.pi * sway_hz * time_s) / (2 * np.pi * sway_hz))
    assert hold is not None
    assert hold.tremor_deg < 0.1 * sway_deg


@pytest.mark.parametrize(("rate_hz", "told"), [(15.0, False), (25.0, False), (30.0, True), (120.0, True)])
def test_a_tremor_is_told_only_where_frames_are_dense_enough(rate_hz, told) -> None:
    hold = find_hold(*push(rate_hz=rate_hz))
    assert hold is not None
    assert (hold.tremor_deg is not None) == told


def test_noise_of_single_frames_does_not_end_a_hold() -> None:
    time_s, curve = push()
    hold = find_hold(time_s, curve + np.random.default_rng(0).normal(0, 1.5, len(time_s)))
    assert hold is not None
    assert hold.lasted_s == pytest.approx(5, abs=0.8)


def test_a_joint_that_never_stands_still_holds_nothing() -> None:
    time_s = np.arange(300) / 30
    assert find_hold(time_s, 60 * np.sin(2 * np.pi * time_s / 3)) is None


def test_a_moment_unseen_is_bridged_a_long_one_ends_the_hold() -> None:
    time_s, curve = push()
    blink = np.where((time_s > 5) & (time_s < 5.1), np.nan, curve)
    assert find_hold(time_s, blink).lasted_s == pytest.approx(5, abs=0.6)
    away = np.where((time_s > 5.5) & (time_s < 6.5), np.nan, curve)
    assert find_hold(time_s, away).end_s == pytest.approx(5.5, abs=0.1)


@pytest.mark.parametrize("frames", [0, 1, 5])
def test_unseen_or_too_short_there_is_no_hold(frames) -> None:
    time_s = np.arange(60) / 30
    curve = np.where(np.arange(60) < frames, 10.0, np.nan)
    assert find_hold(time_s, curve) is None


def test_a_real_client_at_rest_drifts_and_trembles_less_than_is_doubted() -> None:
    """The still beginning of a sample clip, played to and fro for three seconds."""
    seen = landmarks("left_shoulder_abduction")
    still = np.flatnonzero(seen.time_s <= 0.35)
    to_and_fro = np.resize(np.concatenate([still, still[-2:0:-1]]), 90)
    arrays = {
        name: getattr(seen, name)[to_and_fro] for name in ("image_px", "image_z_px", "world_m", "visibility")
    }
    resting = replace(seen, time_s=np.arange(90) / 30, **arrays)
    body = fit_body(lift(resting, typical_camera(seen.size_px)), resting.time_s)
    hold = find_hold(body.time_s, joint_angles(body.time_s, body.joints_m).of("shoulder_abduction", "left"))
    assert hold is not None
    assert hold.lasted_s > 2.5
    assert abs(hold.drift_deg) < DRIFT_DOUBT_DEG
    assert hold.tremor_deg < 1


def test_a_real_client_who_never_stops_holds_nothing() -> None:
    seen = landmarks("left_shoulder_abduction")
    body = fit_body(lift(seen, typical_camera(seen.size_px)), seen.time_s)
    assert (
        find_hold(body.time_s, joint_angles(body.time_s, body.joints_m).of("shoulder_abduction", "left")) is None
    )
