"""Curves and joint centres as Parquet; those of the first versions stay readable."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rom_vision.capture.landmarks import Point
from rom_vision.records import KeptCurves
from rom_vision.records.curves import from_parquet, to_parquet


@pytest.fixture(scope="module")
def curves(knee):
    return KeptCurves(joints=knee.curves, tested_deg=knee.curve, joints_m=knee.body.joints_m)


def test_joint_centres_come_back_in_single_precision(curves):
    """The right ankle is unseen in the last second."""
    again = from_parquet(to_parquet(curves))
    points = list(Point)
    np.testing.assert_allclose(again.joints_m[:, points], curves.joints_m[:, points], rtol=2**-24, atol=0)
    assert np.isnan(again.joints_m[150:, Point.RIGHT_ANKLE]).all()
    assert np.isfinite(again.joints_m[:150, Point.RIGHT_ANKLE]).all()


def test_each_has_a_column_that_says_what_it_is(curves):
    columns = pq.read_schema(pa.BufferReader(to_parquet(curves))).names
    assert {"time_s", "tested_deg", "left_knee_flexion_deg", "left_knee_x_m", "nose_z_m"} <= set(columns)


def test_what_the_first_versions_kept_has_no_joint_centres(curves):
    """Their table: the same columns without the metres, compressed as pyarrow does of its own accord."""
    columns = {"time_s": curves.joints.time_s, "tested_deg": curves.tested_deg}
    columns |= {f"{name}_deg": curve for name, curve in curves.joints.angle_deg.items()}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    again = from_parquet(sink.getvalue().to_pybytes())
    assert again.joints_m is None
    assert again.tested_deg.tobytes() == curves.tested_deg.tobytes()
    assert again.joints.angle_deg.keys() == curves.joints.angle_deg.keys()
    assert from_parquet(to_parquet(again)).joints_m is None
