"""`python -m benchmarks.lifter` makes the lifter's weights anew: renders people, looks at them, trains.

    --people N      how many to render; all others of the recipe's numbers follow from it
    --networks N    how many networks, whose mean counts

Writes rom_vision/kinematics/lifter.npz. Every tenth person is kept back, and the errors on these are printed. The
pairs are kept in benchmarks/cache/lifter/, so that only the first run takes an hour or two.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from benchmarks.lifter import pairs, train
from benchmarks.lifter.train import Net, Pairs
from rom_vision.kinematics.lifter import BODY, CURVES

WEIGHTS = Path(__file__).resolve().parents[2] / "rom_vision" / "kinematics" / "lifter.npz"
PEOPLE, NETWORKS = 400, 2
EVERY_TENTH = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lifter", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"to render, {PEOPLE} by default")
    parser.add_argument("--networks", type=int, default=NETWORKS, help=f"to train, {NETWORKS} by default")
    chosen = parser.parse_args()
    files = pairs.make(chosen.people)
    learned, _ = train.load([file for seed, file in enumerate(files) if seed % EVERY_TENTH])
    kept_back, kind = train.load(files[::EVERY_TENTH])
    learned = learned.of(train.found(learned))
    nets = [train.train(learned, seed) for seed in range(chosen.networks)]
    train.save(nets, WEIGHTS)
    _tell(nets, kept_back, kind)


def _tell(nets: Sequence[Net], kept_back: Pairs, kind: np.ndarray) -> None:
    """Mean errors of the angles on people kept back, ours beside MediaPipe's world landmarks."""
    with torch.no_grad():
        depth, image, distance = (
            torch.stack(part).mean(0) for part in zip(*(net(kept_back)[:3] for net in nets), strict=True)
        )
        ours, told = train.angle_errors(kept_back, image, depth, distance)
        body = list(BODY)
        world, told_too = train.angle_errors(
            kept_back, kept_back.image[:, body], kept_back.world[:, body, 2], 1 / kept_back.scale
        )

    def line(name: str, rows: torch.Tensor, columns: slice) -> None:
        one, other = (
            float(np.degrees((wrong[rows, columns] * weight[rows, columns]).sum() / weight[rows, columns].sum()))
            for wrong, weight in ((ours, told), (world, told_too))
        )
        print(f"{name:34} {one:4.1f} {other:5.1f}")

    found = train.found(kept_back)
    print(f"{'':34} ours  world landmarks")
    for name in sorted(set(kind[found])):
        line(name, found[torch.tensor(kind[found] == name)], slice(None))
    for place, name in enumerate(CURVES):
        line(name, found, slice(place, place + 1))


if __name__ == "__main__":
    main()
