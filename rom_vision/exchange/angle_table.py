"""Every joint's curve as a table."""

from pathlib import Path

import numpy as np
import pandas as pd

from rom_vision.exchange.whole_file import written_whole
from rom_vision.kinematics.angles import Curve, JointCurves


def write_angles(curves: JointCurves, out: Path, tested_deg: Curve | None = None) -> None:
    """Write all joint curves as CSV: `time_s`, and a column such as `left_knee_flexion_deg` for each.

    The curves are the smoothed ones, as measured: extension counts negative in a flexion column. A cell is
    empty where the joint was not seen.

    Args:
        tested_deg: (n,) degrees of the tested motion, for a column of that name.
    Raises:
        UsageError: `out` can't be written.
    """
    columns = {"time_s": np.round(curves.time_s, 6)}
    columns |= {} if tested_deg is None else {"tested_deg": np.round(tested_deg, 2)}
    columns |= {f"{name}_deg": np.round(curve, 2) for name, curve in curves.angle_deg.items()}
    with written_whole(out) as part:
        pd.DataFrame(columns).to_csv(part, index=False, lineterminator="\n")
