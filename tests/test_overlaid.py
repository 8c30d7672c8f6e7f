"""Repetitions over each other: hills whose height, speed and number are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.kinematics.repetitions import find_repetitions
from rom_vision.overlaid import overlaid


def hills(peaks_deg: list[float], lasting_s: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Hills one after the other, at 30 frames a second."""
    parts = [
        peak_deg * (1 - np.cos(np.linspace(0, 2 * np.pi, round(30 * s), endpoint=False))) / 2
        for peak_deg, s in zip(peaks_deg, lasting_s, strict=True)
    ]
    curve = np.concatenate([*parts, [0.0]])
    return np.arange(len(curve)) / 30, curve


@given(st.lists(st.tuples(st.floats(60, 140), st.floats(1.5, 4)), min_size=1, max_size=4))
def test_whatever_their_speed_the_peaks_fall_on_each_other_and_the_mean_is_theirs(made):
    time_s, curve = hills([deg for deg, _ in made], [s for _, s in made])
    found = find_repetitions(time_s, curve)
    laid = overlaid(time_s, curve, found)
    assert laid is not None
    peaks_deg = [one.peak_deg for one in found]
    assert laid.each_deg[:, 50] == pytest.approx(peaks_deg)
    assert laid.mean_deg[50] == pytest.approx(np.mean(peaks_deg))
    assert laid.mean_deg.max() == pytest.approx(laid.mean_deg[50], abs=0.5)
    if len(found) > 1:
        assert laid.spread_deg[50] == pytest.approx(np.std(peaks_deg, ddof=1))
    else:
        assert np.isnan(laid.spread_deg).all()


def test_what_was_not_seen_is_not_made_up():
    time_s, curve = hills([100, 100], [3, 3])
    found = find_repetitions(time_s, curve)
    hidden = curve.copy()
    hidden[20:30] = np.nan
    laid = overlaid(time_s, hidden, found)
    assert laid is not None
    assert np.isnan(laid.each_deg[0]).any()
    assert np.isfinite(laid.mean_deg).all()
    assert np.isnan(laid.spread_deg[np.isnan(laid.each_deg[0])]).all()


def test_without_a_repetition_there_is_nothing_to_lay_over():
    time_s, curve = hills([100], [3])
    assert overlaid(time_s, curve, ()) is None
    assert overlaid(time_s, np.full_like(curve, np.nan), find_repetitions(time_s, curve)) is None
