"""Curves of several sessions over each other: each repetition laid over the others, their mean and spread.

Repetitions last differently long, and go up and down at different speeds. So each is stretched in time until its
start, its peak and its end fall on those of the others; what is compared is the shape and the height.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rom_vision.kinematics.repetitions import Repetition

Array = NDArray[np.float64]

STEPS = 101  # places from start to end, per cent
PEAK_AT = 50.0
LEAST_SEEN = 0.5  # of a repetition: one seen less is left out


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Overlaid:
    """The repetitions of one measurement, over each other.

    Attributes:
        percent: (101,) of the movement: 0 the start, 50 the peak, 100 the end.
        each_deg: (k, 101) the repetitions; NaN where the joint was not seen.
        mean_deg: (101,) of those seen there.
        spread_deg: (101,) their standard deviation; NaN of a single one.
    """

    percent: Array
    each_deg: Array
    mean_deg: Array
    spread_deg: Array


def overlaid(time_s: Array, curve: Array, repetitions: Sequence[Repetition]) -> Overlaid | None:
    """Lay the repetitions of a curve over each other.

    Args:
        time_s: (n,) rising seconds.
        curve: (n,) degrees of the tested motion; NaN where not seen.
    Returns:
        None where there is no repetition that was mostly seen.
    """
    percent = np.linspace(0, 100, STEPS)
    rows = [_stretched(time_s, curve, one, percent) for one in repetitions]
    seen = [row for row in rows if np.isfinite(row).mean() >= LEAST_SEEN]
    if not seen:
        return None
    each = np.stack(seen)
    there = np.isfinite(each)
    count = there.sum(axis=0)
    total = np.where(there, each, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full(STEPS, np.nan), where=count > 0)
    squares = np.where(there, (each - mean) ** 2, 0.0).sum(axis=0)
    variance = np.divide(squares, count - 1, out=np.full(STEPS, np.nan), where=count > 1)
    return Overlaid(percent=percent, each_deg=each, mean_deg=mean, spread_deg=np.sqrt(variance))


def _stretched(time_s: Array, curve: Array, one: Repetition, percent: Array) -> Array:
    """(101,) the curve of one repetition; NaN where it was not seen at that moment."""
    at_s = np.interp(percent, [0.0, PEAK_AT, 100.0], [one.start_s, one.peak_s, one.end_s])
    seen = np.isfinite(curve)
    values = np.interp(at_s, time_s[seen], curve[seen]) if seen.any() else np.full(len(at_s), np.nan)
    after = np.clip(np.searchsorted(time_s, at_s), 1, len(time_s) - 1)
    return np.where(seen[after] & seen[after - 1], values, np.nan)
