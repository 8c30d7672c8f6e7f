"""A table of peaks: how many are taken, how wrong they are, how many lie inside their interval."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from rom_vision.measure import Measurement

RESULTS = Path(__file__).parent / "results"


def run(name: str, about: str, learn: Callable[[], None], table: Callable[[], str]) -> None:
    """What the benchmark of one joint does from the shell: writes its table, or prints what there is to learn."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--learn", action="store_true", help="the constants, on the development split")
    if parser.parse_args().learn:
        learn()
        return
    text = table()
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


class Result(Protocol):
    """What came of one film, and its true best peak in degrees; NaN where it should have been refused."""

    @property
    def found(self) -> Measurement: ...

    @property
    def true_deg(self) -> float: ...


def columns(results: Sequence[Result]) -> str:
    """Accepted | mean error | bias | worst | inside, in degrees; empty where there is no error to tell."""
    accepted = [r for r in results if r.found.peak_deg is not None]
    errors = np.array([r.found.peak_deg - r.true_deg for r in accepted])
    if not np.isfinite(errors).any():
        return f"{len(accepted)} | | | | "
    inside = np.mean([abs(e) <= r.found.uncertainty_deg for e, r in zip(errors, accepted, strict=True)])
    return (
        f"{len(accepted)} | {np.abs(errors).mean():.1f} | {errors.mean():+.1f} | {np.abs(errors).max():.1f} | "
        f"{100 * inside:.0f} %"
    )
