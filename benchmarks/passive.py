"""How well a client is told from the therapist who moves them, and how accurate passive tests are.

    python -m benchmarks.passive --split development            films to tune with
    python -m benchmarks.passive --split test                   films that only tell how well it carries over
    python -m benchmarks.passive --split development --each     one film of each test, for every day

Films are kept in benchmarks/cache/, so that only the first run takes long.
"""

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.accuracy_set import PEOPLE, Case, Split
from benchmarks.passive_set import FAR, NEAR, PASSIVE, passive_cases
from benchmarks.studio.cache import filmed
from rom_vision.capture.camera import typical_camera
from rom_vision.capture.following import follow_client
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.spread import default_workers
from rom_vision.capture.video import Video
from rom_vision.measure import LONGEST_PX, Measurement, Provenance, measure_landmarks

JOINTS = tuple((f"{side} {joint}", Point[f"{side}_{joint}".upper()]) for side in ("left", "right")
               for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle"))  # fmt: skip
OWN = 0.12  # of the client's size: half of the joints nearer than this to the client's are the client's


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One film.

    Attributes:
        stands: where the therapist stands: near, far or hiding.
        seen: share of the frames with landmarks.
        own: share of those in which they are the client's.
        swaps: how often they change from the client's to somebody else's.
        peak_error_deg: measured minus true best peak, also where it is refused; None where there is none.
        problems: kinds, refusing ones in capitals.
    """

    movement: str
    body: str
    stands: str
    should_accept: bool
    accepted: bool
    others: int
    seen: float
    own: float
    swaps: int
    peak_error_deg: float | None
    interval_deg: float | None
    problems: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", choices=get_args(Split), default="development")
    parser.add_argument("--each", action="store_true", help="one film of each test")
    options = parser.parse_args()
    chosen = one_of_each(options.split) if options.each else list(passive_cases(options.split))
    render(chosen)
    rows = []
    for case in tqdm(chosen, desc="Measuring", disable=None):
        rows.append(row_of(case))
        print(as_text(rows[-1]), flush=True)
    print(summary(rows))


def one_of_each(split: Split) -> list[Case]:
    """One film of each test, people in turn."""
    people, all_cases = len(PEOPLE[split]), list(passive_cases(split))
    return [all_cases[people * order + order % people] for order in range(len(PASSIVE))]


def render(chosen: Sequence[Case]) -> None:
    """Make the films that are not in the cache yet, on all cores."""
    with ProcessPoolExecutor(default_workers(), mp_context=get_context("spawn")) as pool:
        takes = [case.take for case in chosen]
        list(tqdm(pool.map(filmed, takes), total=len(takes), desc="Filming", disable=None))


def row_of(case: Case) -> Row:
    """One film measured as a passive test, against its truth."""
    video = filmed(case.take)
    client = follow_client(Video(video, longest_px=LONGEST_PX), pose_model())
    landmarks = client.landmarks
    side = case.asked if case.test.sided else None
    found = measure_landmarks(client, typical_camera(landmarks.size_px), case.test, side, "passive", _provenance())
    with np.load(video.with_suffix(".npz")) as known:
        own = is_own(landmarks, known)
        peak = max(known["peaks_deg"].tolist())
    seen = landmarks.seen
    best = max((repetition.peak_deg for repetition in found.repetitions), default=None)
    return Row(
        movement=case.test.id, body=case.body, stands=_stands(case), should_accept=case.should_accept,
        accepted=found.accepted, others=client.others, seen=float(seen.mean()),
        own=float(own[seen].mean()) if seen.any() else 0.0, swaps=int((np.diff(own[seen].astype(int)) < 0).sum()),
        peak_error_deg=None if best is None else best - peak,
        interval_deg=found.uncertainty_deg, problems=tuple(_kinds(found)),
    )  # fmt: skip


def is_own(landmarks: Landmarks, known: np.lib.npyio.NpzFile) -> NDArray[np.bool_]:
    """(n,) frames in which half of the joints are nearer to the client's than to the therapist's, and near."""
    names = known["joint_names"].tolist()
    places = [names.index(name) for name, _ in JOINTS]
    points = landmarks.image_px[:, [point for _, point in JOINTS]]
    client = known["joints_px"][:, places]
    size = np.linalg.norm(np.ptp(client, axis=1), axis=1)
    to_client = np.median(np.linalg.norm(points - client, axis=2), axis=1)
    therapist = known["therapist_joints_px"]
    to_other = np.median(np.linalg.norm(points - therapist[:, places], axis=2), axis=1)
    return (to_client < OWN * size) & ~(to_other < to_client)


def as_text(row: Row) -> str:
    """A line of the table."""
    error = "   none" if row.peak_error_deg is None else f"{row.peak_error_deg:+6.1f}°"
    interval = "" if row.interval_deg is None else f" ± {row.interval_deg:.0f}°"
    verdict = "accepted" if row.accepted else "refused"
    who = f"seen {row.seen:4.0%} own {row.own:4.0%} swaps {row.swaps}"
    what = f"{row.movement:21s} {row.body:9s} {row.stands:6s}"
    return f"{what} {who} {verdict:8s} {error}{interval}  {' '.join(row.problems)}"


def summary(rows: Sequence[Row]) -> str:
    """What the targets are about."""
    seen = [row.seen for row in rows]
    of_all = np.mean([row.seen * row.own for row in rows])
    of_seen = np.average([row.own for row in rows], weights=seen)
    swaps = sum(row.swaps for row in rows)
    lines = [
        f"client right in {of_all:.1%} of frames, in {of_seen:.1%} of those with landmarks; "
        f"{swaps} swaps in {len(rows)} films"
    ]
    for stands in (FAR, NEAR):
        mine = [row for row in rows if row.stands == stands]
        errors = np.abs([row.peak_error_deg for row in mine if row.accepted and row.peak_error_deg is not None])
        if not mine:
            continue
        lines.append(
            f"{stands}: {len(errors)} of {len(mine)} accepted"
            + (
                f", peaks wrong by {errors.mean():.1f}° on average, {errors.max():.1f}° at worst"
                if len(errors)
                else ""
            )
        )
    hidden = [row for row in rows if not row.should_accept]
    lines.append(f"hiding: {sum(not row.accepted for row in hidden)} of {len(hidden)} refused")
    return "\n".join(lines)


def _kinds(found: Measurement) -> Iterator[str]:
    for problem in found.problems:
        yield problem.kind.upper() if problem.refused else problem.kind


def _stands(case: Case) -> str:
    azimuth = abs(case.take.helper.azimuth_deg)
    return (
        next(name for name, where in PASSIVE[case.test.id].therapist_deg.items() if abs(where) == azimuth)
        if (case.should_accept)
        else "hiding"
    )


def _provenance() -> Provenance:
    """Of a heavy model; nothing else of it matters here."""
    return Provenance(
        program="", mediapipe="", model="heavy", model_sha256="", video_sha256="", settings={},
        made_at=datetime.now(UTC),
    )  # fmt: skip


if __name__ == "__main__":
    main()
