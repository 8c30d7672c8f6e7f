"""One curve -> its repetitions.

A repetition is a hill of the curve: a peak that stands out on both sides by a good part of what the tallest
does. Standing out is measured from the valleys beside it, so a drifting start position does no harm, and a
pause at the top or a tremble does not split a hill.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks

Curve = NDArray[np.float64]

LEAST_RANGE_DEG = 8.0  # a hill lower than this is not told from noise and swaying
LEAST_SHARE = 0.35  # of the tallest hill: an incomplete repetition still counts, a correction does not
LEAST_DURATION_S = 0.4  # up and down again; faster is a tremble or a misplaced landmark
MOVING_SHARE = 0.05  # of a hill's height: below it the movement has not begun, or is over
HOLD_SHARE = 0.05  # of a hill's height: what is this near to the peak counts as held
REST_S, REST_DEG = 0.3, 8.0  # who moves slower than this is at rest, or only just begins


@dataclass(frozen=True, kw_only=True, slots=True)
class Repetition:
    """One movement away from the start position and back.

    Attributes:
        start_s: when the movement begins, seconds from the first frame.
        peak_s: when the joint has gone farthest.
        end_s: when it is back, or where the clip ends.
        start_deg: angle at the start.
        peak_deg: angle at the peak.
        speed_deg_s: fastest turning on the way to the peak.
        hold_s: how long the joint stayed at its peak.
    """

    start_s: float
    peak_s: float
    end_s: float
    start_deg: float
    peak_deg: float
    speed_deg_s: float
    hold_s: float

    @property
    def range_deg(self) -> float:
        """From the start position to the peak."""
        return self.peak_deg - self.start_deg


def find_repetitions(time_s: Curve, curve: Curve) -> tuple[Repetition, ...]:
    """The repetitions of a smoothed curve, in order.

    Args:
        time_s: (n,) rising seconds.
        curve: (n,) degrees, rising in the direction tested; NaN where not seen.
    """
    seen = np.isfinite(curve)
    if seen.sum() < 3:
        return ()
    time_s, curve = time_s[seen], curve[seen]
    # the clip may end at the top: then the end counts as the way down
    closed = np.append(curve, curve.min())
    peaks, found = find_peaks(closed, prominence=LEAST_RANGE_DEG, plateau_size=1)
    heights = found["prominences"]
    tall = heights >= LEAST_SHARE * heights.max(initial=0.0)
    valleys = _valleys(curve, peaks[tall])
    hills = [
        _repetition(time_s[left : right + 1], curve[left : right + 1], peak - left)
        for peak, left, right in zip(peaks[tall], valleys[:-1], valleys[1:], strict=True)
    ]
    return tuple(hill for hill in hills if hill.end_s - hill.start_s >= LEAST_DURATION_S)


def repetition_between(time_s: Curve, curve: Curve, start_s: float, end_s: float) -> Repetition | None:
    """The repetition that a person sees between two moments.

    Args:
        time_s, curve: as of `find_repetitions`.
    Returns:
        None where the joint was not seen there, or does not go there and back: its highest place is where it
        starts, or where it ends, though the clip goes on.
    """
    seen = np.isfinite(curve)
    within = seen & (time_s >= start_s) & (time_s <= end_s)
    if within.sum() < 3:
        return None
    part_s, part = time_s[within], curve[within]
    peak = int(np.argmax(part))
    at_the_end = peak == len(part) - 1 and part_s[-1] < time_s[seen][-1]
    return None if peak == 0 or at_the_end else _repetition(part_s, part, peak)


def first_rest_deg(time_s: Curve, curve: Curve) -> float:
    """The angle of the client's first moment of rest: the start position.

    Args:
        time_s: (n,) rising seconds.
        curve: (n,) degrees, smoothed; NaN where not seen.
    Returns:
        degrees; NaN if the client never rests.
    """
    for first, start_s in enumerate(time_s):
        within = curve[first : int(np.searchsorted(time_s, start_s + REST_S, side="right"))]
        if start_s + REST_S > time_s[-1]:
            break
        if np.isfinite(within).all() and np.ptp(within) <= REST_DEG:
            return float(np.median(within))
    return float("nan")


def _valleys(curve: Curve, peaks: NDArray[np.intp]) -> list[int]:
    """The lowest places before, between and after the peaks."""
    bounds = [0, *peaks.tolist(), len(curve)]
    return [a + int(np.argmin(curve[a:b])) if b > a else a - 1 for a, b in itertools.pairwise(bounds)]


def _repetition(time_s: Curve, curve: Curve, peak: int) -> Repetition:
    """One hill, from valley to valley."""
    rise_deg = curve[peak] - curve[0]
    start = _last_below(curve[: peak + 1], curve[0] + MOVING_SHARE * rise_deg)
    back = _last_below(curve[peak:][::-1], curve[-1] + MOVING_SHARE * (curve[peak] - curve[-1]))
    held_from, held_to = _run_around(curve >= curve[peak] - HOLD_SHARE * rise_deg, peak)
    return Repetition(
        start_s=float(time_s[start]),
        peak_s=float(time_s[peak]),
        end_s=float(time_s[len(curve) - 1 - back]),
        start_deg=float(np.median(curve[: start + 1])),  # of the rest before, not of its lowest moment
        peak_deg=float(curve[peak]),
        speed_deg_s=float(np.gradient(curve, time_s)[start : peak + 1].max()),
        hold_s=float(time_s[held_to] - time_s[held_from]),
    )


def _last_below(curve: Curve, level: float) -> int:
    """The last place of a rising curve that is at or below the level."""
    return int(np.flatnonzero(curve <= level)[-1])


def _run_around(near: NDArray[np.bool_], at: int) -> tuple[int, int]:
    """First and last place of the run of True that holds the place."""
    off = np.flatnonzero(~near)
    before, after = off[off < at], off[off > at]
    return (int(before[-1]) + 1 if len(before) else 0), (int(after[0]) - 1 if len(after) else len(near) - 1)
