"""Real clips with truth: folders of `video.mp4` and `truth.csv`, so that anyone can add recordings of their own.

truth.csv has a column `time` in seconds from about the first frame, and some of these in degrees, each with
`_r` and `_l` for the side: `knee_flex`, `hip_flex3p`, `elbow_flex` (180 less the angle at the joint) and
`shoulder_elev` (angle elbow, shoulder, hip), all in space.

Truth and film were started by hand: the best common time shift within 0.3 s is taken, one for all angles.
Both are low-passed alike.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.accuracy_rows import Row, client_in
from benchmarks.plain_fit import plain_body
from rom_vision.capture.camera import typical_camera
from rom_vision.kinematics.angles import ANGLES, Curve, Points, place
from rom_vision.kinematics.body import fit_body
from rom_vision.kinematics.lifter import lift
from rom_vision.kinematics.repetitions import find_repetitions
from rom_vision.kinematics.smoothing import smooth
from rom_vision.movements import Side

COLUMNS = {
    "knee_flex": "knee_flexion",
    "hip_flex3p": "hip_flexion",
    "elbow_flex": "elbow_flexion",
    "shoulder_elev": "shoulder_elevation",
}
SIDES: dict[str, Side] = {"r": "right", "l": "left"}
Angles = Mapping[tuple[str, Side], Curve]
SHIFTS_S = np.arange(-0.3, 0.301, 0.02)


def rows(folder: Path) -> Iterator[Row]:
    """A row for each angle of the truth and each method; the angles are all those of the body, not of a test."""
    truth = pd.read_csv(folder / "truth.csv")
    landmarks = client_in(folder / "video.mp4").landmarks
    true_s = truth["time"].to_numpy(float)
    known = {
        (angle, side): smooth(true_s, truth[f"{column}_{letter}"].to_numpy(float))
        for column, angle in COLUMNS.items()
        for letter, side in SIDES.items()
        if f"{column}_{letter}" in truth
    }
    camera = typical_camera(landmarks.size_px)
    sources = {
        "image": landmarks.image_px,
        "world": landmarks.world_m,
        "fit": plain_body(landmarks, camera).joints_m,
        "ours": fit_body(lift(landmarks, camera), landmarks.time_s).joints_m,
    }
    for method, points in sources.items():
        curves = {key: smooth(landmarks.time_s, whole_angle_deg(points, *key)) for key in known}
        shift_s = _best_shift(landmarks.time_s, curves, true_s, known)
        for (angle, side), true_deg in known.items():
            curve = curves[angle, side]
            yield _row(folder, method, angle, side, landmarks.time_s, curve, true_s + shift_s, true_deg)


def whole_angle_deg(points: Points, name: str, side: Side) -> Curve:
    """The angle between an angle's two lines, whatever the plane, as this kind of truth has it.

    Args:
        points: (n, 33, d) in the picture or in space.
    Returns:
        (n,) degrees from 0 to 180.
    """
    (a, b), (c, d) = ANGLES[name].proximal, ANGLES[name].distal
    one, other = place(points, b, side) - place(points, a, side), place(points, d, side) - place(points, c, side)
    cosine = (one * other).sum(-1) / np.linalg.norm(one, axis=-1) / np.linalg.norm(other, axis=-1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def _row(
    folder: Path, method: str, angle: str, side: Side, time_s: Curve, curve: Curve, true_s: Curve, true_deg: Curve
) -> Row:
    inside = (time_s >= true_s[0]) & (time_s <= true_s[-1])
    peaks = [r.peak_deg for r in find_repetitions(time_s, curve)]
    true_peaks = [r.peak_deg for r in find_repetitions(true_s, true_deg)]
    error = np.abs(curve - np.interp(time_s, true_s, true_deg))[inside]
    both = bool(peaks and true_peaks)
    return Row(
        split="real", movement=angle, side=side, mode="active", azimuth_deg=-1, body=folder.name, clip=folder.name,
        method=method, should_accept=True, accepted=True, curve_mae_deg=round(float(np.nanmean(error)), 2),
        peak_deg=round(max(peaks), 2) if peaks else None,
        peak_error_deg=round(max(peaks) - max(true_peaks), 2) if both else None,
        interval_deg=None, repetitions=len(peaks), repetitions_true=len(true_peaks),
    )  # fmt: skip


def _best_shift(time_s: Curve, curves: Angles, true_s: Curve, known: Angles) -> float:
    def error(shift_s: float) -> float:
        return float(np.mean([
            np.nanmean(np.abs(curve - np.interp(time_s, true_s + shift_s, known[key])))
            for key, curve in curves.items()
        ]))  # fmt: skip

    return float(min(SHIFTS_S, key=error))
