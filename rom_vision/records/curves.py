"""Curves <-> Parquet: a column `time_s`, one in degrees for each joint motion and side, and the tested one; one in
metres for each joint centre and axis, such as `left_knee_x_m`.
"""

from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from rom_vision.capture.landmarks import POINTS, Point
from rom_vision.kinematics.angles import JointCurves, Points
from rom_vision.records.kept import KeptCurves

TESTED = "tested_deg"
CENTRES = {f"{point.name.lower()}_{axis}_m": (point, k) for point in Point for k, axis in enumerate("xyz")}
"""Column of a joint centre -> its point and axis."""


def to_parquet(curves: KeptCurves) -> bytes:
    """The file's bytes; `left_knee_flexion` becomes the column `left_knee_flexion_deg`."""
    columns = {"time_s": curves.joints.time_s, TESTED: curves.tested_deg}
    columns |= {f"{name}_deg": curve for name, curve in curves.joints.angle_deg.items()}
    if curves.joints_m is not None:
        columns |= _centres(curves.joints_m)
    sink = pa.BufferOutputStream()
    # no two numbers are alike, but their first bytes are: a quarter less than with a dictionary
    pq.write_table(pa.table(columns), sink, compression="zstd", use_dictionary=False, use_byte_stream_split=True)
    return bytes(sink.getvalue().to_pybytes())


def from_parquet(parquet: bytes) -> KeptCurves:
    """What `to_parquet` wrote: angles to the last bit, joint centres in single precision."""
    table = pq.read_table(pa.BufferReader(parquet))
    columns = {name: table[name].to_numpy() for name in table.column_names}
    time_s, tested_deg = columns.pop("time_s"), columns.pop(TESTED)
    centres = {name: columns.pop(name) for name in CENTRES if name in columns}
    angle_deg = {name.removesuffix("_deg"): curve for name, curve in columns.items()}
    joints = JointCurves(time_s=time_s, angle_deg=MappingProxyType(angle_deg))
    if not centres:
        return KeptCurves(joints=joints, tested_deg=tested_deg)
    joints_m = np.full((len(time_s), POINTS, 3), np.nan)
    for name, values in centres.items():
        joints_m[:, *CENTRES[name]] = values
    return KeptCurves(joints=joints, tested_deg=tested_deg, joints_m=joints_m)


def _centres(joints_m: Points) -> dict[str, Points]:
    """Those that were seen at all, in single precision: in a room that is finer than a micrometre."""
    return {
        name: joints_m[:, point, axis].astype(np.float32)
        for name, (point, axis) in CENTRES.items()
        if np.isfinite(joints_m[:, point, axis]).any()
    }
