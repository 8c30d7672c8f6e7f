"""How well the forearm is measured from the points of the hand, on rendered people; and what is learned for it.

    python -m benchmarks.forearm            every film against its truth, both splits
    python -m benchmarks.forearm --learn    the constants of rom_vision/kinematics/forearm.py, by development films

Films, landmarks and hands are kept in benchmarks/cache/. Writes benchmarks/results/forearm.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy_rows import client_in, hands_for, measured, truth_of
from benchmarks.accuracy_set import Split
from benchmarks.forearm_set import TESTS, ForearmCase, forearm_cases
from benchmarks.peak_errors import columns, run
from benchmarks.studio.cache import filmed
from rom_vision.kinematics.forearm import OFFSET_DEG
from rom_vision.measure import Measurement
from rom_vision.movements import MovementTest, movement_test

SPLITS: tuple[Split, ...] = ("development", "test")
KINDS = {"along": "along the forearm", "askew": "10 to 15° off", "off": "45° off", "fist": "along it, a fist"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One film measured as one test: the true best peak and what was found."""

    case: ForearmCase
    test: MovementTest
    true_deg: float
    found: Measurement


def table() -> str:
    """Of every film of both splits."""
    return report([one for split in SPLITS for case in forearm_cases(split) for one in results_of(case)])


def results_of(case: ForearmCase) -> Iterator[Result]:
    """One film as the program measures it: both ways of its movement."""
    video = filmed(case.take)
    truth, client = truth_of(video), client_in(video)
    for name in TESTS:
        test = movement_test(name)
        hands = hands_for(test, case.side, video, client)
        found = measured(client, test, case.side, "active", None, hands)
        yield Result(case=case, test=test, true_deg=float((test.direction * truth.angle_deg).max()), found=found)


def report(results: Sequence[Result]) -> str:
    """A table of the errors of the best peak, degrees."""
    lines = [
        "# Forearm, from the points of the hand", "",
        "Rendered seated people, elbow at the side, hand open, camera in front; error of the peak, degrees.", "",
        "| split | camera | motion | filmed | accepted | mean error | bias | worst | inside interval |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for split in SPLITS:
        for kind, told in KINDS.items():
            for name in TESTS:
                here = [r for r in results if (r.case.split, r.case.kind, r.test.id) == (split, kind, name)]
                if here:
                    lines.append(f"| {split} | {told} | {here[0].test.motion} | {len(here)} | {columns(here)} |")
    refused = [
        f"- {r.case.split}, {KINDS[r.case.kind]}, {r.test.motion}: "
        + " ".join(problem.message for problem in r.found.problems if problem.refused)
        for r in results if not r.found.accepted
    ]  # fmt: skip
    return "\n".join([*lines, *(["", "Refused:", "", *refused] if refused else [])]) + "\n"


def learn() -> None:
    """Prints the offset, and what it leaves of the peaks of people whom it was not learned from."""
    people: dict[str, list[tuple[int, float]]] = {}
    for case in forearm_cases("development"):
        for one in results_of(case) if case.kind in ("along", "askew") else ():
            if one.found.peak_deg is not None:
                way = one.test.direction
                missing = one.true_deg - (one.found.peak_deg - way * OFFSET_DEG)
                people.setdefault(case.body, []).append((way, missing))
    everything = [row for rows in people.values() for row in rows]
    print("offset", round(_offset(everything), 1))
    for way in (1, -1):
        left = [
            missing - way * _offset([row for other, rows in people.items() if other != body for row in rows])
            for body, rows in people.items() for own, missing in rows if own == way
        ]  # fmt: skip
        print(
            "way",
            way,
            "left",
            np.round(left, 1),
            "root mean square",
            round(float(np.sqrt(np.mean(np.square(left)))), 1),
        )


def _offset(rows: Sequence[tuple[int, float]]) -> float:
    return float(np.mean([way * missing for way, missing in rows]))


if __name__ == "__main__":
    run("forearm", __doc__, learn, table)
