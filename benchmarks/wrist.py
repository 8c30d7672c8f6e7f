"""How well the wrist is measured from the points of the hand, on rendered people; and what is learned for it.

    python -m benchmarks.wrist            every film against its truth, both splits
    python -m benchmarks.wrist --learn    the constants of rom_vision/kinematics/wrist.py, on the development split

Films, landmarks and hands are kept in benchmarks/cache/. Writes benchmarks/results/wrist.md.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.accuracy_rows import hands_for, measured, people_in, truth_of
from benchmarks.accuracy_set import Split
from benchmarks.studio.cache import filmed
from benchmarks.wrist_set import TESTS, WristCase, wrist_cases
from rom_vision.capture.client import choose_client
from rom_vision.measure import Measurement
from rom_vision.movements import MovementTest, movement_test
from rom_vision.wrist import NEAR_PEAK

RESULTS = Path(__file__).parent / "results"
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learn", action="store_true", help="the constants, on the development split")
    if parser.parse_args().learn:
        learn()
        return
    results = [one for split in SPLITS for case in wrist_cases(split) for one in results_of(case)]
    text = report(results)
    (RESULTS / "wrist.md").write_text(text, encoding="utf-8")
    print(text)


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
    client = choose_client(people_in(video))
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
                    lines.append(f"| {split} | {told} | {motion} | {len(here)} | {_row(here)} |")
    return "\n".join(lines) + "\n"


def _row(results: Sequence[Result]) -> str:
    accepted = [r for r in results if r.found.peak_deg is not None]
    errors = np.array([r.found.peak_deg - r.true_deg for r in accepted])
    if not np.isfinite(errors).any():  # what should have been refused has no true peak
        return f"{len(accepted)} | | | | "
    inside = np.mean([abs(e) <= r.found.uncertainty_deg for e, r in zip(errors, accepted, strict=True)])
    return (
        f"{len(accepted)} | {np.abs(errors).mean():.1f} | {errors.mean():+.1f} | {np.abs(errors).max():.1f} | "
        f"{100 * inside:.0f} %"
    )


def learn() -> None:
    """Prints what is missing from the offsets: the median of true less read, near the development films' peaks."""
    missing: dict[str, list[float]] = {}
    for case in wrist_cases("development"):
        if case.kind == "turned":
            continue
        for one in results_of(case):
            if one.kind != "wrong" and one.found.wrist is not None:
                true, read = truth_of(filmed(case.take)).angle_deg, one.found.wrist.angle_deg
                near = np.isfinite(read) & (one.test.direction * true > NEAR_PEAK * one.true_deg)
                more_deg = float(np.median((true - read)[near]))
                print(case.kind, case.body, one.test.id, round(one.true_deg, 1), round(more_deg, 1))
                missing.setdefault(one.test.angle, []).append(more_deg)
    for angle, found in missing.items():
        print(angle, round(float(np.median(found)), 1))


if __name__ == "__main__":
    main()
