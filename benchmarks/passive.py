"""How well a client is told from the therapist who moves them, and how accurate passive tests are.

    python -m benchmarks.passive --split development            films to tune with
    python -m benchmarks.passive --split test                   films that only tell how well it carries over
    python -m benchmarks.passive --split development --each     one film of each test, for every day

Films are kept in benchmarks/cache/, so that only the first run takes long. Writes passive_SPLIT.md into
benchmarks/results/, except with --each.
"""

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.accuracy_rows import Row, faces_for, measured, told, truth_of, unscored
from benchmarks.accuracy_set import PEOPLE, Case, Split
from benchmarks.passive_set import FAR, HIDING, NEAR, PASSIVE, passive_cases
from benchmarks.studio.cache import filmed
from rom_vision.capture.following import follow_client
from rom_vision.capture.landmarks import Array, Landmarks, Point
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.spread import default_workers
from rom_vision.capture.video import Video
from rom_vision.measure import LONGEST_PX, Measurement

JOINTS = tuple((f"{side} {joint}", Point[f"{side}_{joint}".upper()]) for side in ("left", "right")
               for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle"))  # fmt: skip
RESULTS = Path(__file__).parent / "results"
OWN = 0.12  # of the client's size: half of the joints nearer than this to the client's are the client's


@dataclass(frozen=True, kw_only=True, slots=True)
class PassiveRow:
    """One film.

    Attributes:
        row: as every film of the accuracy table has it.
        stands: where the therapist stands: near, far or hiding.
        seen: share of the frames with landmarks.
        own: share of those in which they are the client's.
        swaps: how often they change from the client's to somebody else's.
        best_error_deg: measured minus true best peak, also where it is refused; None where there is none.
        problems: kinds, refusing ones in capitals.
    """

    row: Row
    stands: str
    seen: float
    own: float
    swaps: int
    best_error_deg: float | None
    problems: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", choices=get_args(Split), default="development")
    parser.add_argument("--each", action="store_true", help="one film of each test")
    options = parser.parse_args()
    chosen = one_of_each(options.split) if options.each else list(passive_cases(options.split))
    render(chosen)
    rows = list(measured_rows(chosen))
    print(*summary(rows), sep="\n")
    if not options.each:
        report = [f"# Passive tests, {options.split} split", *summary(rows)]
        films = ["```", *map(as_text, rows), "```"]
        text = "\n\n".join([*report, "\n".join(films)]) + "\n"
        (RESULTS / f"passive_{options.split}.md").write_text(text, encoding="utf-8")


def measured_rows(chosen: Sequence[Case]) -> Iterator[PassiveRow]:
    """A row for each film, told as it comes: following a client through a film takes a minute."""
    for case in tqdm(chosen, desc="Measuring passive tests", disable=None):
        row = row_of(case)
        print(as_text(row), flush=True)
        yield row


def one_of_each(split: Split) -> list[Case]:
    """One film of each test, people in turn."""
    people, all_cases = len(PEOPLE[split]), list(passive_cases(split))
    return [all_cases[people * order + order % people] for order in range(len(PASSIVE))]


def render(chosen: Sequence[Case]) -> None:
    """Make the films that are not in the cache yet, on all cores."""
    with ProcessPoolExecutor(default_workers(), mp_context=get_context("spawn")) as pool:
        takes = [case.take for case in chosen]
        list(tqdm(pool.map(filmed, takes), total=len(takes), desc="Filming", disable=None))


def row_of(case: Case) -> PassiveRow:
    """One film measured as a passive test, against its truth."""
    video = filmed(case.take)
    truth = truth_of(video)
    client = follow_client(Video(video, longest_px=LONGEST_PX), pose_model())
    common = unscored(case, video, truth, "passive")
    found = measured(client, case.test, common.side, "passive", faces_for(case.test, video, client))
    with np.load(video.with_suffix(".npz")) as known:
        own = is_own(
            client.landmarks, known["joint_names"].tolist(), known["joints_px"], [known["therapist_joints_px"]]
        )
    seen = client.landmarks.seen
    best = max((repetition.peak_deg for repetition in found.repetitions), default=None)
    return PassiveRow(
        row=told(found, truth, common),
        stands=_stands(case),
        seen=float(seen.mean()),
        own=float(own[seen].mean()) if seen.any() else 0.0,
        swaps=int((np.diff(own[seen].astype(int)) < 0).sum()),
        best_error_deg=None if best is None else best - max(truth.peaks_deg),
        problems=tuple(_kinds(found)),
    )


def is_own(
    landmarks: Landmarks, names: Sequence[str], client_px: Array, others_px: Sequence[Array]
) -> NDArray[np.bool_]:
    """(n,) frames in which half of the joints are near the client's, and nearer than to anybody else's.

    Args:
        client_px, others_px: (n, j, 2) joints of each, in the order of the names; NaN where away.
    """
    places = [names.index(name) for name, _ in JOINTS]
    points = landmarks.image_px[:, [point for _, point in JOINTS]]
    client = client_px[:, places]
    size = np.linalg.norm(np.ptp(client, axis=1), axis=1)
    to_client = np.median(np.linalg.norm(points - client, axis=2), axis=1)
    own = to_client < OWN * size
    for other_px in others_px:
        own &= ~(np.median(np.linalg.norm(points - other_px[:, places], axis=2), axis=1) < to_client)
    return np.asarray(own)


def as_text(film: PassiveRow) -> str:
    """A line for each film."""
    row = film.row
    error = "   none" if film.best_error_deg is None else f"{film.best_error_deg:+6.1f}°"
    interval = "" if row.interval_deg is None else f" ± {row.interval_deg:.0f}°"
    verdict = "accepted" if row.accepted else "refused"
    who = f"seen {film.seen:4.0%} own {film.own:4.0%} swaps {film.swaps}"
    what = f"{row.movement:21s} {row.body:9s} {film.stands:6s}"
    return f"{what} {who} {verdict:8s} {error}{interval}  {' '.join(film.problems)}"


def summary(films: Sequence[PassiveRow]) -> Iterator[str]:
    """What the targets are about, a sentence each."""
    of_all = np.mean([film.seen * film.own for film in films])
    seen = [film.seen for film in films]
    of_seen = np.average([film.own for film in films], weights=seen) if any(seen) else 0.0
    yield (
        f"The client is right in {of_all:.1%} of frames, in {of_seen:.1%} of those with landmarks; "
        f"{sum(film.swaps for film in films)} swaps in {len(films)} films."
    )
    for stands in (FAR, NEAR):
        mine = [film.row for film in films if film.stands == stands]
        taken = [row for row in mine if row.peak_error_deg is not None]
        if not mine:
            continue
        wrong = np.array([abs(row.peak_error_deg or 0.0) for row in taken])
        inside = int((wrong <= [row.interval_deg or np.inf for row in taken]).sum())
        peaks = (
            f"; peaks wrong by {wrong.mean():.1f}° on average, {wrong.max():.1f}° at worst, {inside} inside"
            if taken
            else ""
        )
        yield f"Therapist {stands}: {len(taken)} of {len(mine)} taken{peaks}."
    if hidden := [film.row for film in films if film.stands == HIDING]:
        yield f"Limb hidden throughout: {sum(not row.accepted for row in hidden)} of {len(hidden)} refused."


def _kinds(found: Measurement) -> Iterator[str]:
    for problem in found.problems:
        yield problem.kind.upper() if problem.refused else problem.kind


def _stands(case: Case) -> str:
    azimuth = abs(case.take.helper.azimuth_deg)
    return (
        next(name for name, where in PASSIVE[case.test.id].therapist_deg.items() if abs(where) == azimuth)
        if case.should_accept
        else HIDING
    )


if __name__ == "__main__":
    main()
