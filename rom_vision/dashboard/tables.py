"""What was measured, as tables for charts and people."""

from collections.abc import Sequence

import pandas as pd

from rom_vision.compare import Result, over_sessions
from rom_vision.exchange import captions
from rom_vision.kinematics.angles import Curve
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.movements import SIDES

MIDLINE = "midline"


def curve(time_s: Curve, angle_deg: Curve) -> pd.DataFrame:
    """One row a frame.

    Args:
        time_s: (n,) seconds from the first frame.
        angle_deg: (n,) degrees of the tested motion; NaN where not seen.
    Returns:
        columns `time_s`, `angle_deg`.
    """
    return pd.DataFrame({"time_s": time_s, "angle_deg": angle_deg})


def repetitions(found: Sequence[Repetition]) -> pd.DataFrame:
    """One row a repetition, for a chart.

    Returns:
        columns `number` (from 1), `start_s`, `peak_s`, `end_s`, `peak_deg`, `label`.
    """
    return pd.DataFrame(
        {
            "number": [number for number, _ in enumerate(found, start=1)],
            "start_s": [repetition.start_s for repetition in found],
            "peak_s": [repetition.peak_s for repetition in found],
            "end_s": [repetition.end_s for repetition in found],
            "peak_deg": [repetition.peak_deg for repetition in found],
            "label": [captions.degrees(repetition.peak_deg) for repetition in found],
        }
    )


def repetitions_to_read(found: Sequence[Repetition]) -> pd.DataFrame:
    """One row a repetition, in words."""
    return pd.DataFrame(
        {
            "Peak": [captions.degrees(repetition.peak_deg) for repetition in found],
            "Start": [captions.degrees(repetition.start_deg) for repetition in found],
            "Range": [captions.degrees(repetition.range_deg) for repetition in found],
            "From – to": [f"{repetition.start_s:.1f} – {repetition.end_s:.1f} s" for repetition in found],
            "Held": [f"{repetition.hold_s:.1f} s" for repetition in found],
            "Speed": [f"{repetition.speed_deg_s:.0f} °/s" for repetition in found],
        },
        index=pd.Index([number for number, _ in enumerate(found, start=1)], name="Repetition"),
    )


def over_time(results: Sequence[Result]) -> pd.DataFrame:
    """One row a result, each side against its own first.

    Args:
        results: of one test and mode.
    Returns:
        the columns of `OverSessions.table`, and `side` (left, right or midline).
    """
    tables = []
    for side in (*SIDES, None):
        of_side = [result for result in results if result.side == side]
        if of_side:
            tables.append(over_sessions(of_side).table().assign(side=side or MIDLINE))
    return pd.concat(tables, ignore_index=True)
