"""How sure a peak is."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from rom_vision.kinematics.angles import Curve

NEAR_PEAK_S = 0.15

HALF_WIDTH = 3.6
"""The lifter's scale tells good moments from bad ones only weakly, so its root counts: 95 of 100 errors of the
peak lie within this many roots of it, from the view that the test asks for. Learned, as all below, on films of the
development set by `benchmarks/intervals.py`; the test set checks it."""

OFF_VIEW, OFF_VIEW_SEEN_WELL = 2.0, 0.3
"""Seen 45 degrees askew of that view the same scale means errors larger by this share; between, by its square."""
SEEN_WELL = frozenset(
    {"trunk_flexion", "trunk_lateral_flexion", "shoulder_abduction", "shoulder_elevation", "knee_flexion"}
)
"""Angles that were hardly more wrong seen askew, in any of these films."""

CARE: Mapping[str, float] = MappingProxyType({"trunk_rotation": 1.8, "shoulder_horizontal_adduction": 2.0})
"""Turns about the body's own length were wrong by so many times more, on the same films."""

MORE_ERROR_DEG: Mapping[str, float] = MappingProxyType({"heavy": 0.0, "full": 6.3, "lite": 9.5, "own": 9.5})
"""What a pose model's image angles are off by beyond heavy's, from which the lifter learned: 3, 7 and 10 degrees
against four calibrated cameras, subtracted as squares. Of a user's own model nothing is known: it counts as the
worst."""

TWO_SIDED_95 = 1.96


def as_doubt(spread_deg: Curve) -> Curve:
    """What a further source of error adds to an angle's doubt, so that the intervals add as squares.

    Args:
        spread_deg: (n,) its standard deviation in each frame.
    Returns:
        (n,) to be added to the Laplace scale.
    """
    return np.asarray((TWO_SIDED_95 * spread_deg / HALF_WIDTH) ** 2)


def doubt_near_deg(time_s: Curve, doubt_deg: Curve, peak_s: float) -> float:
    """The lifter's scale about the time of a peak.

    Args:
        time_s: (n,) seconds.
        doubt_deg: (n,) Laplace scale of the angle in each frame, NaN where not seen.
        peak_s: when the peak was.
    """
    return float(np.nanmedian(doubt_deg[np.abs(time_s - peak_s) <= NEAR_PEAK_S]))


def peak_uncertainty_deg(doubt_deg: float, askew_deg: float, angle: str, model: str) -> float:
    """Half-width of the 95 % interval of a peak.

    Args:
        doubt_deg: the lifter's scale near the peak.
        askew_deg: how obliquely the camera saw the plane that the test asks to see.
        angle: one of ANGLES.
        model: size of the pose model.
    Returns:
        degrees.
    """
    share = OFF_VIEW_SEEN_WELL if angle in SEEN_WELL else OFF_VIEW
    width_deg = HALF_WIDTH * float(np.sqrt(doubt_deg)) * CARE.get(angle, 1.0) * spread_off_view(askew_deg, share)
    return float(np.hypot(width_deg, TWO_SIDED_95 * MORE_ERROR_DEG[model]))


def spread_off_view(askew_deg: float, share: float) -> float:
    """How many times more a peak may be wrong, seen so obliquely; share as OFF_VIEW is."""
    return 1.0 + share * (askew_deg / 45.0) ** 2
