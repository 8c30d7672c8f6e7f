"""The best repetition of a kept measurement, cut out so that those of two sessions can be laid over each other."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from rom_vision.kinematics.angles import Curve
from rom_vision.records import KeptCurves, KeptMeasurement

BESIDE_S = 0.3  # shown before the start and after the end


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class BestRepetition:
    """The repetition that went farthest.

    Attributes:
        on: the day on which it was done.
        time_s: (n,) seconds from its start; a little before it is there too.
        angle_deg: (n,) degrees of the tested motion; NaN where not seen.
        peak_deg: the headline of the measurement.
    """

    on: date
    time_s: Curve
    angle_deg: Curve
    peak_deg: float


def best_repetition(film: KeptMeasurement, curves: KeptCurves) -> BestRepetition:
    """Cut out of the curves of a measurement that has a result; else ValueError."""
    best = max(film.repetitions, key=lambda repetition: repetition.peak_deg)
    time_s = curves.joints.time_s
    within = (time_s >= best.start_s - BESIDE_S) & (time_s <= best.end_s + BESIDE_S)
    return BestRepetition(
        on=film.on,
        time_s=np.asarray(time_s[within] - best.start_s),
        angle_deg=np.asarray(curves.tested_deg[within]),
        peak_deg=best.peak_deg,
    )
