"""Curves <-> Parquet: a column `time_s`, one in degrees for each joint motion and side, and the tested one."""

from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq

from rom_vision.kinematics.angles import Curve, JointCurves
from rom_vision.records.kept import KeptCurves

TESTED = "tested_deg"


def to_parquet(curves: JointCurves, tested_deg: Curve) -> bytes:
    """The file's bytes.

    Args:
        curves: of every joint; `left_knee_flexion` becomes the column `left_knee_flexion_deg`.
        tested_deg: (n,) degrees, the column `tested_deg`.
    """
    columns = {"time_s": curves.time_s, TESTED: tested_deg}
    columns |= {f"{name}_deg": curve for name, curve in curves.angle_deg.items()}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def from_parquet(parquet: bytes) -> KeptCurves:
    """What `to_parquet` wrote, to the last bit."""
    table = pq.read_table(pa.BufferReader(parquet))
    columns = {name: table[name].to_numpy() for name in table.column_names}
    time_s, tested_deg = columns.pop("time_s"), columns.pop(TESTED)
    angle_deg = {name.removesuffix("_deg"): curve for name, curve in columns.items()}
    joints = JointCurves(time_s=time_s, angle_deg=MappingProxyType(angle_deg))
    return KeptCurves(joints=joints, tested_deg=tested_deg)
