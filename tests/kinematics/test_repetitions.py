"""Truth: curves drawn from a script of repetitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rom_vision.kinematics.repetitions import find_repetitions, first_rest_deg
from rom_vision.kinematics.smoothing import smooth

RATE_HZ = 30.0


def script(
    *hills: tuple[float, float, float, float], rest_s: float = 0.5, rest_deg: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Hills of (height, rise, hold, fall) in degrees and seconds, eased, with rests before, between and after."""
    pieces = [np.full(round(rest_s * RATE_HZ), 0.0)]
    for height, rise_s, hold_s, fall_s in hills:
        ease = lambda seconds: (1 - np.cos(np.pi * np.linspace(0, 1, round(seconds * RATE_HZ)))) / 2  # noqa: E731
        pieces += [height * ease(rise_s), np.full(round(hold_s * RATE_HZ), height), height * ease(fall_s)[::-1]]
        pieces.append(np.full(round(rest_s * RATE_HZ), 0.0))
    curve = np.concatenate(pieces) + rest_deg
    return np.arange(len(curve)) / RATE_HZ, curve


def test_three_repetitions_with_their_times() -> None:
    t, curve = script((140, 1, 0, 1), (146, 1, 0, 1), (143, 1, 0, 1))
    found = find_repetitions(t, curve)
    assert [r.peak_deg for r in found] == pytest.approx([140, 146, 143])
    assert [r.start_s for r in found] == pytest.approx([0.5, 3.0, 5.5], abs=0.2)
    assert [r.end_s for r in found] == pytest.approx([2.5, 5.0, 7.5], abs=0.2)
    assert [r.start_deg for r in found] == pytest.approx([0, 0, 0], abs=1.5)
    assert found[1].range_deg == pytest.approx(146, abs=1.5)
    # an eased rise of 146 is fastest in its middle: 146 pi / 2 over the 29 frames from bottom to top
    assert found[1].speed_deg_s == pytest.approx(146 * np.pi / 2 * RATE_HZ / 29, rel=0.01)


def test_a_single_repetition() -> None:
    assert len(find_repetitions(*script((90, 1, 0.2, 1)))) == 1


def test_a_slow_repetition() -> None:
    assert len(find_repetitions(*script((120, 6, 0, 6)))) == 1


def test_a_pause_at_the_top_is_one_repetition_with_its_hold() -> None:
    rng = np.random.default_rng(0)
    t, curve = script((120, 1, 2, 1))
    found = find_repetitions(t, smooth(t, curve + rng.normal(0, 1.5, len(t))))
    assert len(found) == 1
    assert found[0].hold_s == pytest.approx(2.2, abs=0.3)  # the last few degrees of the eased rise count too


def test_an_incomplete_repetition_counts_a_correction_does_not() -> None:
    t, curve = script((140, 1, 0, 1), (70, 1, 0, 1), (20, 0.6, 0, 0.6), (138, 1, 0, 1))
    assert [round(r.peak_deg) for r in find_repetitions(t, curve)] == [140, 70, 138]


def test_a_drifting_start_position() -> None:
    t, curve = script(*[(100, 1, 0, 1)] * 4)
    found = find_repetitions(t, curve + 5 * t)
    assert len(found) == 4
    assert [r.range_deg for r in found] == pytest.approx([100 + 5 * 1.2] * 4, abs=5)


def test_a_shaky_movement() -> None:
    rng = np.random.default_rng(3)
    t, curve = script(*[(60, 1.5, 0.3, 1.5)] * 3)
    shaky = curve + 4 * np.sin(2 * np.pi * 4 * t) + rng.normal(0, 2, len(t))
    assert len(find_repetitions(t, smooth(t, shaky))) == 3


def test_a_clip_that_ends_at_the_top_holds_that_repetition() -> None:
    t, curve = script((120, 1, 0, 1), (118, 1, 1, 1))
    cut = slice(0, int(np.argmax(t > 4.3)))
    assert [round(r.peak_deg) for r in find_repetitions(t[cut], curve[cut])] == [120, 118]


def test_a_clip_that_starts_at_the_top_does_not_make_one_up() -> None:
    t, curve = script((120, 1, 0.5, 1), (118, 1, 0, 1))
    cut = slice(int(np.argmax(t > 1.7)), None)
    assert [round(r.peak_deg) for r in find_repetitions(t[cut], curve[cut])] == [118]


def test_swaying_is_no_repetition() -> None:
    t = np.arange(0, 5, 1 / RATE_HZ)
    assert find_repetitions(t, 3 * np.sin(t)) == ()


@pytest.mark.parametrize("curve", [[], [1.0], [np.nan] * 90])
def test_nothing_to_see(curve: list[float]) -> None:
    assert find_repetitions(np.arange(len(curve)) / RATE_HZ, np.array(curve)) == ()


def test_a_gap_between_repetitions() -> None:
    t, curve = script((140, 1, 0, 1), (140, 1, 0, 1))
    curve[(t > 2.6) & (t < 2.9)] = np.nan
    assert len(find_repetitions(t, curve)) == 2


@settings(max_examples=50, deadline=None)
@given(
    heights=st.lists(st.floats(40, 170), min_size=1, max_size=6).filter(lambda h: min(h) > 0.5 * max(h)),
    rest_deg=st.floats(-20, 90),
    seed=st.integers(0, 1000),
)
def test_any_script_is_counted_right(heights: list[float], rest_deg: float, seed: int) -> None:
    t, curve = script(*[(h, 1.0, 0.1, 1.0) for h in heights], rest_deg=rest_deg)
    noisy = curve + np.random.default_rng(seed).normal(0, 1, len(t))
    found = find_repetitions(t, smooth(t, noisy))
    assert [r.peak_deg for r in found] == pytest.approx([h + rest_deg for h in heights], abs=3)


def test_the_start_position_is_the_first_moment_of_rest() -> None:
    t, curve = script((90, 1, 0.5, 1), rest_deg=12)
    assert first_rest_deg(t, curve) == pytest.approx(12)
    walking_in = np.concatenate([np.linspace(60, 12, 20), curve])
    assert first_rest_deg(np.arange(len(walking_in)) / RATE_HZ, walking_in) == pytest.approx(12, abs=1.5)


@pytest.mark.parametrize("curve", [np.linspace(0, 200, 60), np.full(60, np.nan), np.array([])])
def test_who_never_rests_has_no_start_position(curve: np.ndarray) -> None:
    assert np.isnan(first_rest_deg(np.arange(len(curve)) / RATE_HZ, curve))
