"""What was measured, as tables for charts and people."""

from collections.abc import Mapping, Sequence

import pandas as pd

from rom_vision.compare import OverSessions
from rom_vision.dashboard.words_charts import words_charts as words
from rom_vision.exchange import captions
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.language import number_text
from rom_vision.movements import Side
from rom_vision.overlaid import Overlaid

MIDLINE = "midline"


def repetitions_to_read(found: Sequence[Repetition]) -> pd.DataFrame:
    """One row a repetition, in words."""
    return pd.DataFrame(
        {
            words.PEAK: [captions.degrees(repetition.peak_deg) for repetition in found],
            words.START_POSITION: [captions.degrees(repetition.start_deg) for repetition in found],
            words.RANGE: [captions.degrees(repetition.range_deg) for repetition in found],
            words.FROM: [number_text(repetition.start_s, ".1f") for repetition in found],
            words.TO: [number_text(repetition.end_s, ".1f") for repetition in found],
            words.HELD: [number_text(repetition.hold_s, ".1f") for repetition in found],
            words.SPEED: [f"{repetition.speed_deg_s:.0f}" for repetition in found],
        },
        index=pd.Index([number for number, _ in enumerate(found, start=1)], name=words.NUMBER),
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
