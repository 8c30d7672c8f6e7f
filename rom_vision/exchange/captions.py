"""A measurement in the few words that stand on a picture of it."""

import math
from datetime import date

from rom_vision.edits import by_hand
from rom_vision.kinematics.hold import DRIFT_DOUBT_DEG, TREMOR_HZ, Hold
from rom_vision.measure import Measurement, Provenance
from rom_vision.movements import Mode, MovementTest, Side
from rom_vision.quality import Problem


def title(test: MovementTest, side: Side | None, mode: Mode) -> str:
    """What was tested, such as `Left knee flexion, active`."""
    name = f"{side} {test.name}".capitalize() if side else test.name
    return f"{name}, {mode}"


def peak(peak_deg: float, uncertainty_deg: float) -> str:
    """A number with its uncertainty beside it."""
    return f"{degrees(peak_deg)} ± {degrees(uncertainty_deg)}"


def result(measurement: Measurement) -> str:
    """The headline with its uncertainty, or that there is none."""
    if not measurement.accepted:
        return "Refused: no number to be trusted"
    if measurement.mode == "resisted":
        return held(measurement.hold) if measurement.hold else "Never held still"
    if measurement.peak_deg is None or measurement.uncertainty_deg is None:
        return "No repetition"
    headline = f"Peak {peak(measurement.peak_deg, measurement.uncertainty_deg)}"
    tries = len(measurement.repetitions)
    return f"{headline}, best of {tries}" if tries > 1 else headline


def held(hold: Hold) -> str:
    """How long, where, and how far the joint drifted."""
    lasted = f"{hold.lasted_s:.1f} s" if hold.whole else f"{hold.lasted_s:.1f} s or more"
    drift = peak(abs(hold.drift_deg), DRIFT_DOUBT_DEG)
    return f"Held still for {lasted} at {degrees(hold.position_deg)}, drifted {drift}"


def hold_details(hold: Hold) -> str:
    """When, and how much the joint trembled."""
    low, high = TREMOR_HZ
    tremor = (
        "too few frames a second to tell a tremor"
        if hold.tremor_deg is None
        else f"tremor {hold.tremor_deg:.1f}° ({low:.0f} to {high:.0f} Hz, the camera's own jitter included)"
    )
    return f"From {hold.start_s:.1f} s to {hold.end_s:.1f} s, {tremor}"


def edited_by_hand(made_with: Provenance) -> str:
    """What a person changed, without full stop; empty where nobody did."""
    changed = "; ".join(by_hand(made_with.settings))
    return f"edited by hand: {changed}" if changed else ""


def warning(problem: Problem) -> str:
    """What is wrong; and where that cost the measurement, what to do about it."""
    return f"{problem.message} {problem.remedy}" if problem.refused else problem.message


def degrees(angle_deg: float) -> str:
    """Whole degrees, since a person reads no tenths and none are certain; a dash where not seen."""
    return f"{round(angle_deg)}°" if math.isfinite(angle_deg) else "–"


def day(on: date) -> str:
    """A date as people write it."""
    return f"{on.day} {on:%B %Y}"
