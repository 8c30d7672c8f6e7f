"""Truth: curves whose smoothed form is known from mathematics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rom_vision.kinematics.smoothing import LONGEST_GAP_S, bridge_gaps, smooth

RATE_HZ = 30.0


def times(seconds: float = 4.0, rate_hz: float = RATE_HZ) -> np.ndarray:
    return np.arange(0, seconds, 1 / rate_hz)


def test_a_slow_movement_passes_without_lag_or_loss() -> None:
    t = times()
    slow = 70 + 70 * np.sin(2 * np.pi * 0.5 * t)
    assert np.abs(smooth(t, slow) - slow)[10:-10].max() < 0.2


def test_a_tremble_above_the_cutoff_is_taken_out() -> None:
    t = times(rate_hz=60)
    tremble = 3 * np.sin(2 * np.pi * 20 * t)
    assert np.abs(smooth(t, tremble))[20:-20].max() < 0.05


def test_the_cutoff_halves_the_power() -> None:
    t = times(20, 120)
    wave = np.sin(2 * np.pi * 6 * t)
    passed = smooth(t, wave, cutoff_hz=6)[600:-600]
    assert passed.std() / wave[600:-600].std() == pytest.approx(np.sqrt(0.5), abs=0.01)


def test_uneven_times_give_the_same_as_even_ones() -> None:
    rng = np.random.default_rng(1)
    even = times()
    uneven = np.sort(even + rng.uniform(-0.012, 0.012, len(even)))
    movement = lambda t: 60 - 60 * np.cos(2 * np.pi * 0.6 * t)  # noqa: E731
    assert np.abs(smooth(uneven, movement(uneven)) - movement(uneven))[10:-10].max() < 0.5


@settings(max_examples=30, deadline=None)
@given(offset=st.integers(-100, 100), slope=st.integers(-50, 50))
def test_a_straight_line_stays_itself_up_to_its_ends(offset: int, slope: int) -> None:
    t = times()
    assert smooth(t, offset + slope * t) == pytest.approx(offset + slope * t, abs=1e-6 + 0.01 * abs(slope))


def test_short_gaps_are_bridged_long_ones_stay() -> None:
    t = times()
    curve = 10 * t
    curve[20:24] = np.nan  # 4 frames: 5 steps, 0.17 s
    curve[60:80] = np.nan
    bridged = bridge_gaps(t, curve)
    assert bridged[20:24] == pytest.approx(10 * t[20:24])
    assert np.isnan(bridged[60:80]).all()
    assert t[24] - t[19] <= LONGEST_GAP_S < t[80] - t[59]


def test_both_ends_stay_unseen() -> None:
    t = times()
    curve = np.where((t > 0.1) & (t < 3.9), 5.0, np.nan)
    assert np.array_equal(np.isnan(bridge_gaps(t, curve)), np.isnan(curve))


def test_each_stretch_is_filtered_by_itself() -> None:
    t = times()
    curve = np.where(t < 2, 0.0, 100.0)
    curve[55:66] = np.nan
    smoothed = smooth(t, curve)
    assert np.isnan(smoothed[55:66]).all()
    assert smoothed[:55] == pytest.approx(0, abs=1e-9)
    assert smoothed[66:] == pytest.approx(100, abs=1e-9)


@pytest.mark.parametrize("seen", [0, 1, 2, 3])
def test_next_to_nothing_seen(seen: int) -> None:
    t = times()
    curve = np.full(len(t), np.nan)
    curve[5 : 5 + seen] = 7.0
    result = smooth(t, bridge_gaps(t, curve))
    assert np.array_equal(np.isfinite(result), np.isfinite(curve))


def test_frames_too_far_apart_to_filter_are_left_alone() -> None:
    t = times(rate_hz=8)
    curve = np.sin(t)
    assert np.array_equal(smooth(t, curve), curve)
