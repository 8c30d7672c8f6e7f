"""How well the neck is measured from the face's mesh, on rendered people; and what is learned for it.

    python -m benchmarks.neck            every film against its truth, both splits
    python -m benchmarks.neck --learn    the constants of rom_vision/kinematics/head.py, on the development split

Films, landmarks and meshes are kept in benchmarks/cache/. Writes benchmarks/results/neck.md.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy_rows import faces_for, measured, people_in, truth_of
from benchmarks.accuracy_set import Split
from benchmarks.neck_set import Kind, NeckCase, neck_cases
from benchmarks.studio.body import make_body
from benchmarks.studio.cache import filmed
from benchmarks.studio.film import act
from rom_vision.capture.camera import typical_camera
from rom_vision.capture.client import choose_client
from rom_vision.kinematics.head import (
    FOLLOWS,
    against_trunk,
    clinical_deg,
    off_camera_deg,
    turned_since_neutral,
)
from rom_vision.kinematics.still_head import trunk_beside_head_m
from rom_vision.measure import Measurement
from rom_vision.neck import FARTHEST_DEG, NEAR_PEAK, moved

Array = NDArray[np.float64]
RESULTS = Path(__file__).parent / "results"
SPLITS: tuple[Split, ...] = ("development", "test")
MOTIONS = ("flexion", "extension", "lateral flexion", "rotation")


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One film: its true best peak and what was measured."""

    case: NeckCase
    true_deg: float
    found: Measurement


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learn", action="store_true", help="the constants, on the development split")
    if parser.parse_args().learn:
        learn()
        return
    results = [result for split in SPLITS for result in map(result_of, neck_cases(split))]
    text = report(results)
    (RESULTS / "neck.md").write_text(text, encoding="utf-8")
    print(text)


def result_of(case: NeckCase) -> Result:
    """One film as the program measures it."""
    video = filmed(case.take)
    client = choose_client(people_in(video))
    side = case.side if case.test.sided else None
    found = measured(client, case.test, side, "active", faces_for(case.test, video, client))
    return Result(case=case, true_deg=max(truth_of(video).peaks_deg), found=found)


def report(results: Sequence[Result]) -> str:
    """A table of the errors of the best peak, degrees."""
    lines = [
        "# Neck, from the face's mesh", "",
        "Rendered seated people, camera in front of them; error of the best repetition's peak, degrees.", "",
        "| split | films | motion | filmed | accepted | mean error | bias | worst | inside interval |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for split in SPLITS:
        for kind in get_args(Kind):
            for motion in MOTIONS:
                here = [r for r in results
                        if (r.case.split, r.case.kind, r.case.test.motion) == (split, kind, motion)]  # fmt: skip
                if here:
                    lines.append(f"| {split} | {kind} | {motion} | {len(here)} | {_row(here)} |")
    return "\n".join(lines) + "\n"


def _row(results: Sequence[Result]) -> str:
    accepted = [r for r in results if r.found.peak_deg is not None]
    if not accepted:
        return "0 | | | | "
    errors = np.array([r.found.peak_deg - r.true_deg for r in accepted])
    inside = np.mean([abs(e) <= r.found.uncertainty_deg for e, r in zip(errors, accepted, strict=True)])
    return (
        f"{len(accepted)} | {np.abs(errors).mean():.1f} | {errors.mean():+.1f} | {np.abs(errors).max():.1f} | "
        f"{100 * inside:.0f} %"
    )


def learn() -> None:
    """Prints the constants: the median of true over read, near the peaks of the development films."""
    ratios: dict[str, list[Array]] = {}
    for case in neck_cases("development"):
        read, true, off_deg = _tested(case)
        near = np.isfinite(read) & (true > NEAR_PEAK * true.max()) & (off_deg <= FARTHEST_DEG)
        ratios.setdefault(case.test.motion, []).append(true[near] / read[near])
    for motion, found in ratios.items():
        print(motion, round(float(np.median(np.concatenate(found))), 2))


def _tested(case: NeckCase) -> tuple[Array, Array, Array]:
    """(n,) the tested angle as the mesh reads it and as it is, and how far the face looks past the camera."""
    video = filmed(case.take)
    client = choose_client(people_in(video))
    faces = faces_for(case.test, video, client)
    assert faces is not None  # every case is one of the neck
    landmarks = client.landmarks
    camera = typical_camera(landmarks.size_px)
    trunk_m = trunk_beside_head_m(landmarks, camera)
    motion = moved(case.test, case.side if case.test.sided else None)
    turned = turned_since_neutral(landmarks.time_s, faces.mesh_px, landmarks.image_px, trunk_m, camera, motion)
    read = clinical_deg(against_trunk(turned, np.array(FOLLOWS)))[motion.angle]
    true = clinical_deg(_true_turns(case))[motion.angle]
    return motion.way * read, motion.way * true, off_camera_deg(faces.mesh_px)


def _true_turns(case: NeckCase) -> Array:
    """(n, 3, 3) how the head has turned in the thorax's axes since the first frame."""
    posed = act(case.take, case.take.time_s()).client
    bones = list(make_body(case.take.build).bone_names)
    head, thorax = (posed.motions[:, bones.index(bone), :, :3] for bone in ("head", "spine01"))
    joints = {name: joint[0] for name, joint in posed.joints_m.items()}
    up = sum(joints[f"{side} shoulder"] - joints[f"{side} hip"] for side in ("left", "right"))
    up = up / np.linalg.norm(up)
    left = joints["left shoulder"] - joints["right shoulder"]
    left = left - (left @ up) * up
    left /= np.linalg.norm(left)
    axes = np.stack([left, up, np.cross(left, up)], axis=1)
    trunk = thorax @ thorax[0].T
    return axes.T @ trunk.transpose(0, 2, 1) @ (head @ head[0].T) @ axes


if __name__ == "__main__":
    main()
