"""How sure a peak is."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from rom_vision.kinematics.angles import Curve
from rom_vision.kinematics.smoothing import CUTOFF_HZ

IMAGE_ERROR_DEG: Mapping[str, float] = MappingProxyType({"heavy": 3.0, "full": 7.0, "lite": 10.0, "own": 10.0})
"""Mean error of an image-plane angle by size of the model, against four calibrated cameras. Of a user's own model
nothing is known: it counts as the worst."""

SPACE_ERROR_DEG = 10.0
"""Mean error of angles in space from single-camera landmarks: 8.9 against marker-based motion capture of a squat
filmed from 45 degrees, rounded up for other movements. It comes on top of the image's own."""

UNSUPPORTED_DEG = 5.0
"""Where the hips are only guessed. Our choice: how far the trunk may lean unseen."""

TWO_SIDED_95 = 1.96


def noise_deg(time_s: Curve, raw_deg: Curve, smooth_deg: Curve) -> float:
    """Standard error that the landmarks' trembling leaves in a smoothed curve.

    The filter lets through the share of white noise that lies below its cut-off.

    Args:
        time_s: (n,) seconds.
        raw_deg: (n,) degrees before, smooth_deg: after smoothing; NaN where not seen.
    """
    left_out = (raw_deg - smooth_deg)[np.isfinite(raw_deg)]
    passes = min(1.0, 2 * CUTOFF_HZ * float(np.median(np.diff(time_s))))
    return float(np.std(left_out) * np.sqrt(passes))


def peak_uncertainty_deg(
    *,
    model: str,
    noise_deg: float,
    peaks_deg: Sequence[float],
    foreshortening_deg: float | None,
    supported: bool,
) -> float:
    """Half-width of the 95 % interval of a peak: independent doubts, added as squares.

    Args:
        model: size of the pose model.
        noise_deg: standard error from the landmarks' trembling.
        peaks_deg: of all repetitions; their spread counts from the second on.
        foreshortening_deg: what the view may have cost an image-plane angle; None for an angle in space.
        supported: whether the trunk was seen.
    """
    doubts = [IMAGE_ERROR_DEG[model], noise_deg]
    # a view off by so much may be off the other way or less: its cost counts as a doubt, not as a correction
    doubts.append(SPACE_ERROR_DEG if foreshortening_deg is None else foreshortening_deg)
    if len(peaks_deg) > 1:
        doubts.append(float(np.std(peaks_deg, ddof=1)) / np.sqrt(len(peaks_deg)))
    if not supported:
        doubts.append(UNSUPPORTED_DEG)
    return TWO_SIDED_95 * float(np.linalg.norm(doubts))
