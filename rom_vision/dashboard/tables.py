"""What was measured, as tables for charts and people."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rom_vision.compare import OverSessions
from rom_vision.exchange import captions
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.movements import Side
from rom_vision.overlaid import Overlaid

MIDLINE = "midline"


def repetitions_to_read(found: Sequence[Repetition]) -> pd.DataFrame:
    """One row a repetition, in words."""
    return pd.DataFrame(
        {
            "Peak": [captions.degrees(repetition.peak_deg) for repetition in found],
            "Start": [captions.degrees(repetition.start_deg) for repetition in found],
            "Range": [captions.degrees(repetition.range_deg) for repetition in found],
            "From (s)": [f"{repetition.start_s:.1f}" for repetition in found],
            "To (s)": [f"{repetition.end_s:.1f}" for repetition in found],
            "Held (s)": [f"{repetition.hold_s:.1f}" for repetition in found],
            "Speed (°/s)": [f"{repetition.speed_deg_s:.0f}" for repetition in found],
        },
        index=pd.Index([number for number, _ in enumerate(found, start=1)], name="No."),
    )


def overlaid(curves: Mapping[str, Overlaid]) -> pd.DataFrame:
    """One row a curve and place of the movement.

    Args:
        curves: by name, at least one.
    Returns:
        columns `curve` (its name), `percent` of the movement, `mean_deg`, `low_deg` and `high_deg` (one standard
        deviation to each side; NaN of a single repetition).
    """
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "curve": name,
                    "percent": laid.percent,
                    "mean_deg": laid.mean_deg,
                    "low_deg": laid.mean_deg - laid.spread_deg,
                    "high_deg": laid.mean_deg + laid.spread_deg,
                }
            )
            for name, laid in curves.items()
        ],
        ignore_index=True,
    )


def over_time(sides: Mapping[Side | None, OverSessions]) -> pd.DataFrame:
    """One row a result, each side against its own first.

    Args:
        sides: at least one; None is the midline.
    Returns:
        the columns of `OverSessions.table`, and `side` (left, right or midline).
    """
    tables = [progress.table().assign(side=side or MIDLINE) for side, progress in sides.items()]
    return pd.concat(tables, ignore_index=True)
