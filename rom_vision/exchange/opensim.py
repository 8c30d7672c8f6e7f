"""The body in space in OpenSim's files: joint centres as markers (TRC), joint angles as motion (MOT).

Source of both formats: OpenSim's documentation, "Marker (.trc) Files" and "Motion (.mot) Files".
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.landmarks import Point
from rom_vision.exchange.whole_file import written_whole
from rom_vision.kinematics.angles import JointCurves, place

Array = NDArray[np.float64]

JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toes")
UPRIGHT = np.array([1.0, -1.0, -1.0])  # the camera's y points down and its z away; OpenSim's y points up
REFUSED = "refused"


def write_joint_centres(time_s: Array, joints_m: Array, out: Path, *, accepted: bool) -> None:
    """Write the joint centres as TRC: metres, x right and y up in the picture, z towards the camera.

    The body's size is that of a person about 1.70 m tall, since one camera can't see scale. `neck` is the middle
    of the shoulders, `head` the middle of the ears. A cell is empty where a point was not seen.

    Args:
        time_s: (n,) seconds from the first frame.
        joints_m: (n, 33, 3) as in `kinematics.body.Body`.
        accepted: whether the measurement was; of a refused one the file's first line says so.
    Raises:
        UsageError: `out` can't be written.
    """
    markers = _markers(joints_m)
    rows = np.stack(list(markers.values()), axis=1) * UPRIGHT
    with written_whole(out) as part:
        part.write_text("\n".join(_trc(time_s, list(markers), rows, accepted)) + "\n", encoding="utf-8")


def write_joint_angles(curves: JointCurves, out: Path, *, accepted: bool) -> None:
    """Write every joint's curve as MOT: degrees, as in angles.csv; nan where a joint was not seen.

    Args:
        accepted: whether the measurement was; of a refused one the file's first line says so.
    Raises:
        UsageError: `out` can't be written.
    """
    table = np.column_stack([curves.time_s, *curves.angle_deg.values()])
    head = [
        "joint_angles" + _mark(accepted), "version=1", f"nRows={len(table)}", f"nColumns={table.shape[1]}",
        "inDegrees=yes", "endheader", "\t".join(["time", *curves.angle_deg]),
    ]  # fmt: skip
    lines = ["\t".join([f"{row[0]:.6f}", *(f"{angle:.4f}" for angle in row[1:])]) for row in table]
    with written_whole(out) as part:
        part.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def _markers(joints_m: Array) -> Mapping[str, Array]:
    """Marker's name -> (n, 3) camera frame."""
    sided = {
        f"{side}_{joint}": joints_m[:, Point[f"{side}_{joint}".upper()]]
        for side in ("left", "right")
        for joint in JOINTS
    }
    middles = {"mid_hip": "mid_hips", "neck": "mid_shoulders", "head": "mid_ears"}
    return sided | {name: place(joints_m, middle, None) for name, middle in middles.items()}


def _trc(time_s: Array, names: list[str], rows: Array, accepted: bool) -> Iterator[str]:
    rate = f"{1 / np.median(np.diff(time_s)):.4f}" if len(time_s) > 1 else "0"
    count = str(len(rows))
    yield f"PathFileType\t4\t(X/Y/Z)\tjoint_centres{_mark(accepted)}.trc"
    yield "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames"
    yield "\t".join([rate, rate, count, str(len(names)), "m", rate, "1", count])
    yield "Frame#\tTime\t" + "\t\t\t".join(names) + "\t\t"
    yield "\t\t" + "\t".join(f"{axis}{k}" for k in range(1, len(names) + 1) for axis in "XYZ")
    yield ""
    for frame, (at_s, places) in enumerate(zip(time_s, rows, strict=True), start=1):
        cells = ["" if np.isnan(value) else f"{value:.6f}" for value in places.ravel()]
        yield "\t".join([str(frame), f"{at_s:.6f}", *cells])


def _mark(accepted: bool) -> str:
    return "" if accepted else f"_{REFUSED}"
