"""How well the neck is measured from the face's mesh, on rendered people; and what is learned for it.

    python -m benchmarks.neck            every film against its truth, both splits
    python -m benchmarks.neck --learn    the constants of rom_vision/kinematics/, on the development split

Films, landmarks and meshes are kept in benchmarks/cache/. Writes benchmarks/results/neck.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from benchmarks.accuracy_rows import client_in, faces_for, measured, truth_of
from benchmarks.accuracy_set import Split
from benchmarks.neck_set import NeckCase, neck_cases
from benchmarks.neck_spoilt import spoilt
from benchmarks.peak_errors import columns, run
from benchmarks.studio.cache import filmed
from benchmarks.studio.film import act
from rom_vision.capture.camera import typical_camera
from rom_vision.capture.landmarks import POINTS, Point
from rom_vision.kinematics.head import (
    FOLLOWS,
    Moved,
    Turned,
    against_trunk,
    clinical_deg,
    thorax,
    turned_since_neutral,
)
from rom_vision.kinematics.profile import nodded_deg
from rom_vision.kinematics.still_head import trunk_beside_head_m
from rom_vision.measure import Measurement
from rom_vision.neck import NEAR_PEAK, moved

Array = NDArray[np.float64]
SPLITS: tuple[Split, ...] = ("development", "test")


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One film: its true best peak and what was measured."""

    case: NeckCase
    true_deg: float
    found: Measurement


def table() -> str:
    """Of every film of both splits."""
    return report([result for split in SPLITS for result in map(result_of, neck_cases(split))])


def result_of(case: NeckCase) -> Result:
    """One film as the program measures it."""
    video = spoilt(case.take, case.spoilt) if case.spoilt else filmed(case.take)
    client = client_in(video)
    side = case.side if case.test.sided else None
    found = measured(client, case.test, side, "active", faces_for(case.test, video, client))
    return Result(case=case, true_deg=max(truth_of(video).peaks_deg), found=found)


def report(results: Sequence[Result]) -> str:
    """A table of the errors of the best peak, degrees."""
    lines = [
        "# Neck, from the face or in profile", "",
        "Rendered seated people; error of the best repetition's peak, degrees, in the films that are accepted.",
        "The interval in profile was widened after a test film had been seen: that it holds that one says nothing",
        "of other people. The others follow from the development films alone.", "",
        "| split | films | motion | filmed | accepted | mean error | bias | worst | inside interval |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    rows: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        rows.setdefault((result.case.split, result.case.name, result.case.test.motion), []).append(result)
    for (split, name, motion), here in rows.items():
        lines.append(f"| {split} | {name} | {motion} | {len(here)} | {columns(here)} |")
    return "\n".join(lines) + "\n"


def learn() -> None:
    """Prints the constants: means over the development films that are not refused, of medians near their peaks."""
    gains: dict[str, list[Array]] = {}
    follows: dict[str, list[Array]] = {}
    for case in neck_cases("development"):
        if not result_of(case).found.accepted:
            continue
        video = filmed(case.take)
        landmarks = client_in(video).landmarks
        truth = truth_of(video)
        true = np.interp(landmarks.time_s, truth.time_s, truth.angle_deg)
        near = true > NEAR_PEAK * true.max()
        motion = moved(case.test, case.side if case.test.sided else None)
        if case.kind.startswith("side"):
            read, name = nodded_deg(landmarks, case.side, motion), f"{case.test.motion}, in profile"
        else:
            turned = _turned(case, motion)
            read = clinical_deg(against_trunk(turned, np.array(FOLLOWS)))[motion.angle]
            name, axis = case.test.motion, AXES[motion.angle]
            seemed = _about(turned.trunk, axis) - _about(_true_trunk(case), axis)
            follows.setdefault(["left", "up", "forward"][axis], []).append(
                (seemed / _about(turned.head, axis))[near]
            )
        gains.setdefault(name, []).append((true / (motion.way * read))[near])
    for what, found in (("gain", gains), ("follows", follows)):
        for name, ratios in found.items():
            each = [round(float(np.nanmedian(one)), 3) for one in ratios]
            print(what, name, round(float(np.mean(each)), 3), "of", each)
            if what == "gain" and len(each) > 1:  # no person is filmed twice in one motion from one view
                others = (sum(each) - np.array(each)) / (len(each) - 1)
                print("  each read by the others' gain, share off", np.round(others / np.array(each) - 1, 3))


AXES = (0, 2, 1)
"""About which of the trunk's axes flexion, lateral flexion and rotation mostly turn."""


def _turned(case: NeckCase, motion: Moved) -> Turned:
    video = filmed(case.take)
    client = client_in(video)
    landmarks, camera = client.landmarks, typical_camera(client.landmarks.size_px)
    faces = faces_for(case.test, video, client)
    assert faces is not None  # every case is one of the neck
    trunk_m = trunk_beside_head_m(landmarks, camera)
    return turned_since_neutral(landmarks.time_s, faces.mesh_px, landmarks.image_px, trunk_m, camera, motion)


def _true_trunk(case: NeckCase) -> Array:
    """(n, 3, 3) how the trunk has turned since the first frame, in its own axes."""
    joints = act(case.take, case.take.time_s()).client.joints_m
    points = np.full((len(case.take.time_s()), POINTS, 3), np.nan)
    for side in ("left", "right"):
        for joint in ("shoulder", "hip"):
            points[:, Point[f"{side}_{joint}".upper()]] = joints[f"{side} {joint}"]
    axes = thorax(points)
    return axes[0].T @ axes


def _about(turns: Array, axis: int) -> Array:
    """(n,) radians that (n, 3, 3) turn about that of the axes."""
    radians = np.full(len(turns), np.nan)
    seen = np.isfinite(turns[:, 0, 0])
    radians[seen] = Rotation.from_matrix(turns[seen]).as_rotvec()[:, axis]
    return radians


if __name__ == "__main__":
    run("neck", __doc__, learn, table)
