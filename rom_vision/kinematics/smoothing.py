"""Gaps and zero-lag filters, for curves at uneven times."""

import itertools

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.signal import butter, sosfiltfilt

from rom_vision.capture.stretches import stretches

Curve = NDArray[np.float64]

CUTOFF_HZ = 6.0
"""Source: Winter DA, Biomechanics and Motor Control of Human Movement, 4th ed. 2009, ch. 3: residual analysis of
walking puts the cut-off of body points at 4 to 6 Hz. To be confirmed for the fastest tests."""

LONGEST_GAP_S = 0.2  # a limb can't turn back and forth within it, so a straight bridge is safe


def bridge_gaps(time_s: Curve, curve: Curve, longest_s: float = LONGEST_GAP_S) -> Curve:
    """Short gaps filled by shape-preserving interpolation; longer ones, and both ends, stay NaN.

    Args:
        time_s: (n,) rising seconds.
        curve: (n,) values, NaN where not seen.
        longest_s: from the last value before to the first after.
    """
    seen = np.flatnonzero(np.isfinite(curve))
    if len(seen) < 2:
        return curve.copy()
    filled = curve.copy()
    bridge = PchipInterpolator(time_s[seen], curve[seen])
    for before, after in itertools.pairwise(seen):
        if after - before > 1 and time_s[after] - time_s[before] <= longest_s:
            gap = slice(before + 1, after)
            filled[gap] = bridge(time_s[gap])
    return filled


def smooth(time_s: Curve, curve: Curve, cutoff_hz: float = CUTOFF_HZ) -> Curve:
    """Low-pass without lag (fourth order: a second-order Butterworth run both ways), right for uneven times.

    Each stretch without a gap is filtered by itself, on an even grid as dense as its densest frames.
    Stretches too short or too coarse to filter are returned as they are.

    Args:
        time_s: (n,) rising seconds.
        curve: (n,) values; NaN where not seen stays NaN.
        cutoff_hz: where the filter, both ways together, has halved the power.
    """
    smoothed = curve.copy()
    for stretch in stretches(np.isfinite(curve)):
        smoothed[stretch] = _smooth_stretch(time_s[stretch], curve[stretch], cutoff_hz)
    return smoothed


def _smooth_stretch(time_s: Curve, curve: Curve, cutoff_hz: float) -> Curve:
    if len(time_s) < 4:
        return curve
    step_s = float(np.quantile(np.diff(time_s), 0.1))
    # two passes halve the power earlier than one: Winter's correction keeps the cut-off where it is asked
    relative = 2 * cutoff_hz * step_s / 0.802
    if relative >= 1:
        return curve
    grid_s = np.linspace(time_s[0], time_s[-1], round((time_s[-1] - time_s[0]) / step_s) + 1)
    even = PchipInterpolator(time_s, curve)(grid_s)
    pad = min(len(even) - 1, int(np.ceil(1 / (cutoff_hz * step_s))))  # one period, mirrored at both ends
    low = sosfiltfilt(butter(2, relative, output="sos"), even, padlen=pad)
    return np.asarray(PchipInterpolator(grid_s, low)(time_s))
