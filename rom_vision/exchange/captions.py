"""A measurement in the few words that stand on a picture of it."""

import math
from datetime import date

from rom_vision.edits import by_hand
from rom_vision.kinematics.hold import DRIFT_DOUBT_DEG, TREMOR_HZ, Hold
from rom_vision.language import date_text, number_text, read_back, say
from rom_vision.measure import Measurement, Provenance
from rom_vision.movements import Mode, MovementTest, Side, on_side, starting
from rom_vision.quality import Problem
from rom_vision.records.practice import NEWTONS
from rom_vision.records.tables_practice import ForceUnit


def title(test: MovementTest, side: Side | None, mode: Mode) -> str:
    """What was tested, such as `Left knee flexion, active`."""
    return f"{starting(on_side(test.name, side))}, {say(mode)}"


def peak(peak_deg: float, uncertainty_deg: float) -> str:
    """A number with its uncertainty beside it."""
    return f"{degrees(peak_deg)} ± {degrees(uncertainty_deg)}"


def force(force_n: float, unit: ForceUnit) -> str:
    """In the practice's unit; to the newton, and to a tenth of the larger ones."""
    return f"{number_text(force_n / NEWTONS[unit], '.0f' if unit == 'N' else '.1f')} {unit}"


def result(measurement: Measurement) -> str:
    """The headline with its uncertainty, or that there is none."""
    if not measurement.accepted:
        return say("Refused: no number to be trusted")
    if measurement.mode == "resisted":
        return held(measurement.hold) if measurement.hold else say("Never held still")
    if measurement.peak_deg is None or measurement.uncertainty_deg is None:
        return say("No repetition")
    reached, tries = peak(measurement.peak_deg, measurement.uncertainty_deg), len(measurement.repetitions)
    if tries > 1:
        return say("Peak {peak}, best of {tries}", peak=reached, tries=tries)
    return say("Peak {peak}", peak=reached)


def held(hold: Hold) -> str:
    """How long, where, and how far the joint drifted."""
    lasted = seconds(hold.lasted_s) if hold.whole else say("{lasted} or more", lasted=seconds(hold.lasted_s))
    return say(
        "Held still for {lasted} at {position}, drifted {drift}",
        lasted=lasted, position=degrees(hold.position_deg), drift=peak(abs(hold.drift_deg), DRIFT_DOUBT_DEG),
    )  # fmt: skip


def hold_details(hold: Hold) -> str:
    """When, and how much the joint trembled."""
    low, high = TREMOR_HZ
    tremor = (
        say("too few frames a second to tell a tremor")
        if hold.tremor_deg is None
        else say(
            "tremor {deg:.1f}° ({low:.0f} to {high:.0f} Hz, the camera's own jitter included)",
            deg=hold.tremor_deg, low=low, high=high,
        )
    )  # fmt: skip
    return say(
        "From {start} to {end}, {tremor}", start=seconds(hold.start_s), end=seconds(hold.end_s), tremor=tremor
    )


def edited_by_hand(made_with: Provenance) -> str:
    """What a person changed, without full stop; empty where nobody did."""
    changed = "; ".join(by_hand(made_with.settings))
    return say("edited by hand: {changes}", changes=changed) if changed else ""


def warning(problem: Problem) -> str:
    """What is wrong; and where that cost the measurement, what to do about it."""
    message = read_back(problem.message)
    return f"{message} {read_back(problem.remedy)}" if problem.refused else message


def degrees(angle_deg: float) -> str:
    """Whole degrees, since a person reads no tenths and none are certain; a dash where not seen."""
    return f"{round(angle_deg)}°" if math.isfinite(angle_deg) else "–"


def seconds(lasted_s: float) -> str:
    """A time to a tenth of a second."""
    return f"{number_text(lasted_s, '.1f')} s"


def day(on: date) -> str:
    """A date as people write it."""
    return date_text(on)
