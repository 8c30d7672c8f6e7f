"""How accurate it is: the plain image angle, MediaPipe's world angle and ours, side by side, against truth.

    python -m benchmarks.accuracy                       the small set, for every day
    python -m benchmarks.accuracy --size medium         every movement, and every passive test, in an hour or two
    python -m benchmarks.accuracy --size whole          every movement, body and azimuth, for releases
    python -m benchmarks.accuracy --real FOLDER         and real clips: folders of video.mp4 and truth.csv

Writes accuracy.md, accuracy.json and two plots into benchmarks/results/. Films and landmarks are kept in
benchmarks/cache/, so that only the first run takes long.
"""

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import get_args

from tqdm import tqdm

from benchmarks import accuracy_report, passive, real_clips
from benchmarks.accuracy_rows import Row, client_in, rows_of
from benchmarks.accuracy_set import AZIMUTHS_DEG, Case, Size, Split, cases
from benchmarks.passive import PassiveRow
from benchmarks.studio.cache import filmed
from benchmarks.studio.film import Take
from rom_vision.capture.spread import default_workers

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=get_args(Size), default="small", help="how many films")
    parser.add_argument("--split", choices=get_args(Split), action="append", help="only this one")
    parser.add_argument("--azimuth", type=int, choices=AZIMUTHS_DEG, action="append", help="only this one")
    parser.add_argument(
        "--real", type=Path, action="append", default=[], help="a folder of video.mp4 and truth.csv"
    )
    options = parser.parse_args()
    azimuths = options.azimuth or ((0, 30) if options.size == "small" else AZIMUTHS_DEG)
    splits = options.split or get_args(Split)
    chosen = list(cases(options.size, splits, azimuths))
    film(chosen)
    rows = [row for case in tqdm(chosen, desc="Measuring", disable=None) for row in rows_of(case)]
    for folder in options.real:
        rows += real_clips.rows(folder)
    by_hand = {split: passive_rows(options.size, split) for split in splits if options.size != "small"}
    rows += [film.row for films in by_hand.values() for film in films]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "accuracy.json").write_text(json.dumps(summary(rows), indent=1) + "\n")
    accuracy_report.write(rows, by_hand, RESULTS)
    print((RESULTS / "accuracy.md").read_text())


def passive_rows(size: Size, split: Split) -> list[PassiveRow]:
    """Tests in which a therapist moves the limb: one film of each, or all."""
    chosen = list(passive.passive_cases(split)) if size == "whole" else passive.one_of_each(split)
    passive.render(chosen)
    return list(passive.measured_rows(chosen))


def film(chosen: list[Case]) -> None:
    """Make the films that are not in the cache yet, and find the people in them, on all cores."""
    takes = {repr(case.take): case.take for case in chosen}
    with ProcessPoolExecutor(default_workers(), mp_context=get_context("spawn")) as pool:
        list(tqdm(pool.map(_film, takes.values()), total=len(takes), desc="Filming", disable=None))


def _film(take: Take) -> None:
    client_in(filmed(take))


def summary(rows: list[Row]) -> dict[str, object]:
    """What accuracy.json holds."""
    return {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "rows": [asdict(row) for row in rows]}


if __name__ == "__main__":
    main()
