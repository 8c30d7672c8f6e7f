"""How well the wrist is measured from the points of the hand, on rendered people; and what is learned for it.

    python -m benchmarks.wrist            every film against its truth, both splits
    python -m benchmarks.wrist --learn    the constants of rom_vision/kinematics/wrist.py, on the development split

Films, landmarks and hands are kept in benchmarks/cache/. Writes benchmarks/results/wrist.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy_rows import client_in, hands_for, measured, truth_of
from benchmarks.accuracy_set import Split
from benchmarks.peak_errors import columns, run
from benchmarks.studio.cache import filmed
from benchmarks.wrist_set import TESTS, WristCase, wrist_cases
from rom_vision.capture.camera import typical_camera
from rom_vision.kinematics.angles import place
from rom_vision.kinematics.body import fit_body
from rom_vision.kinematics.lifter import lift
from rom_vision.kinematics.wrist import BENT_BACK_DEG, calm, read_deg, wrist_angle
from rom_vision.measure import Measurement
from rom_vision.movements import Angle, MovementTest, movement_test

Array = NDArray[np.float64]
SPLITS: tuple[Split, ...] = ("development", "test")
KINDS = {"near": "as asked", "far": "from 2 m", "turned": "45° off", "wrong": "another side of the hand"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One film measured as one test: the true best peak and what was found.

    Attributes:
        kind: that of the film; wrong where the film shows another side of the hand than the test needs.
    """

    case: WristCase
    kind: str
    test: MovementTest
    true_deg: float
    found: Measurement


def table() -> str:
    """Of every film of both splits."""
    return report([one for split in SPLITS for case in wrist_cases(split) for one in results_of(case)])


def results_of(case: WristCase) -> Iterator[Result]:
    """One film as the program measures it: both ways of its movement, and as a test that it does not show."""
    truth = truth_of(filmed(case.take))
    for name in TESTS[case.movement]:
        way = movement_test(name).direction
        yield _result(case, case.kind, name, float((way * truth.angle_deg).max()))
    if case.kind == "near":
        other = next(movement for movement in TESTS if movement != case.movement)
        yield _result(case, "wrong", other, float("nan"))


def _result(case: WristCase, kind: str, name: str, true_deg: float) -> Result:
    video, test = filmed(case.take), movement_test(name)
    client = client_in(video)
    found = measured(client, test, case.side, "active", None, hands_for(test, case.side, video, client))
    return Result(case=case, kind=kind, test=test, true_deg=true_deg, found=found)


def report(results: Sequence[Result]) -> str:
    """A table of the errors of the best peak, degrees."""
    lines = [
        "# Wrist, from the points of the hand", "",
        "Rendered seated people, forearm on a table, camera at the tested side; error of the peak, degrees.", "",
        "| split | films | motion | filmed | accepted | mean error | bias | worst | inside interval |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    motions = [movement_test(name).motion for names in TESTS.values() for name in names]
    for split in SPLITS:
        for kind, told in KINDS.items():
            for motion in motions:
                here = [r for r in results if (r.case.split, r.kind, r.test.motion) == (split, kind, motion)]
                if here:
                    lines.append(f"| {split} | {told} | {motion} | {len(here)} | {columns(here)} |")
    return "\n".join(lines) + "\n"


def learn() -> None:
    """Prints the constants, by least squares: offsets, and how much too little a bent-back hand is read."""
    read: dict[Angle, list[Array]] = {}
    true: dict[Angle, list[Array]] = {}
    for case in wrist_cases("development"):
        if case.kind == "near":
            test = movement_test(case.movement)
            told, is_so = _read_and_true(case, test)
            read.setdefault(test.angle, []).append(told)
            true.setdefault(test.angle, []).append(is_so)
    for angle in read:
        told, missing = np.concatenate(read[angle]), np.concatenate(true[angle]) - np.concatenate(read[angle])
        beyond = np.minimum(told - BENT_BACK_DEG, 0.0)
        terms = np.stack(
            [np.ones_like(told), beyond] if angle == "wrist_flexion" else [np.ones_like(told)], axis=1
        )
        found = np.linalg.lstsq(terms, missing, rcond=None)[0]
        for way in (1, -1):
            left = (missing - terms @ found)[way * told > 8]
            print(angle, np.round(found, 2), "way", way, "left, root mean square", round(float(np.std(left)), 1))


def _read_and_true(case: WristCase, test: MovementTest) -> tuple[Array, Array]:
    """(k,) the film's angle as the hand reads it and as it is, in the frames in which the hand tells it."""
    video = filmed(case.take)
    client = client_in(video)
    hands = hands_for(test, case.side, video, client)
    assert hands is not None  # every case is one of the wrist
    time_s, camera = client.landmarks.time_s, typical_camera(client.landmarks.size_px)
    joints_m = fit_body(lift(client.landmarks, camera), time_s).joints_m
    told = wrist_angle(time_s, hands, joints_m, camera, test.angle, case.side)
    elbow, wrist = (calm(time_s, place(joints_m, end, case.side)) for end in ("elbow", "wrist"))
    read = read_deg(told.points_px, elbow, wrist, camera, test.angle, case.side)
    return read[told.facing], truth_of(video).angle_deg[told.facing]


if __name__ == "__main__":
    run("wrist", __doc__, learn, table)
