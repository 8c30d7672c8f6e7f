"""Kept films whose faces are covered by the queue: ordered, made, checked, and put before a therapist.

The film in the record stays as it is until that therapist says that the covered one may take its place. Whatever
dies in between: what is to be covered stands in the record, and is ordered anew.
"""

import base64
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from rom_vision.capture.privacy import Blurred, blur_faces
from rom_vision.capture.stills import stills
from rom_vision.capture.video import Video
from rom_vision.edits import edited, edits_of
from rom_vision.errors import JobError, VideoError
from rom_vision.exchange.overlay import write_overlay
from rom_vision.jobs.jobs import OVERLAY, Jobs
from rom_vision.jobs.order import Order
from rom_vision.jobs.table import Claim
from rom_vision.measure import Measurement
from rom_vision.progress import Progress
from rom_vision.records import Record

COVERED, REPORT = "covered.mp4", "covered.json"
BY = "rom-vision"  # who orders it
AT_ONCE = 5  # in the queue; others follow when those are done
MOST_STILLS, STILL_PX = 12, 640

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of the covered film.

    Attributes:
        jpeg: in base64.
        in_doubt: whether somebody may have been missed in it.
    """

    at_s: float
    jpeg: str
    in_doubt: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Covered:
    """What came of it.

    Attributes:
        film: on this machine.
        overlay: the same with the measurement drawn in; None where that can't be drawn any more.
        in_doubt_s: from and to when somebody may have been missed.
        stills: those in doubt first.
        seen: how often the measurement had been corrected when it was drawn.
    """

    film: Path
    overlay: Path | None
    frames: int
    in_doubt_s: tuple[tuple[float, float], ...]
    stills: tuple[Still, ...]
    seen: int


def order_coverings(jobs: Jobs, record: Record) -> None:
    """Put into the queue what is to be covered and is not ordered, and forget what is not wanted any more."""
    films = {film.measurement_id: film for film in record.uncovered()}
    ordered = {job.order.covers: job for job in jobs.coverings()}
    for number, job in ordered.items():
        if number not in films:
            jobs.forget(job.id)
    room = AT_ONCE - sum(not job.over for number, job in ordered.items() if number in films)
    for film in [film for number, film in films.items() if number not in ordered][: max(room, 0)]:
        order = Order(film.client_id, film.movement, film.side, film.mode, covers=film.measurement_id)
        try:
            jobs.submit(order, film.video_path, BY, move=False)
        except VideoError as problem:  # its file is gone, or there is no room: the next film may fare better
            log.warning("The film of measurement %s can't be covered: %s", film.measurement_id, problem)


def cover(jobs: Jobs, claim: Claim, told: Progress) -> None:
    """The work on one film; what came of it lies in the store.

    Raises:
        RomVisionError: it can't be done, or what came of it is not the whole film.
    """
    number = claim.order.covers
    assert number is not None  # it is what this kind of order is for
    with TemporaryDirectory(dir=jobs.store.beside(claim.job_id)) as scratch:
        film, overlay = Path(scratch) / COVERED, Path(scratch) / OVERLAY
        blurred = blur_faces(jobs.store.fetch(claim.job_id, claim.video_name), film, on_progress=told)
        until_s = _until_s(film, blurred)
        measurement, seen = (None, 0) if jobs.store.shared else _as_kept(jobs, claim.by, number)
        report = {
            "frames": blurred.frames,
            "in_doubt_s": blurred.in_doubt_s,
            "stills": [asdict(one) for one in _stills(film, blurred, until_s)],
            "seen": seen,
        }
        if measurement is not None:
            write_overlay(measurement, film, overlay, told)
            jobs.store.put(claim.job_id, OVERLAY, overlay, move=True)
        told("", 0, None)  # the last chance to stop it
        jobs.store.put(claim.job_id, COVERED, film, move=True)
        jobs.store.write(claim.job_id, REPORT, json.dumps(report).encode())


def _as_kept(jobs: Jobs, who: str, number: int) -> tuple[Measurement | None, int]:
    """A kept measurement, whole if that is possible, and how often it was corrected.

    Not asked where several machines share the work: the record's own files are on one of them.
    """
    url = jobs.table.engine.url.render_as_string(hide_password=False)
    with Record.open(url, who=who) as record:
        original, seen = record.original(number), len(record.corrections(number))
        edits = edits_of(record.measurement(number).provenance.settings)
    return (None if original is None else edited(original.measurement, edits)), seen


def covered(jobs: Jobs, job_id: str) -> Covered:
    """What came of a job that is done.

    Raises:
        JobError: its files are gone.
    """
    try:
        report = json.loads(jobs.store.read(job_id, REPORT))
        film = jobs.store.fetch(job_id, COVERED)
    except FileNotFoundError as problem:
        raise JobError("The covered film is gone.", remedy="Wait a minute: it is made again.") from problem
    try:
        overlay = jobs.store.fetch(job_id, OVERLAY)
    except FileNotFoundError:
        overlay = None
    return Covered(
        film=film,
        overlay=overlay,
        frames=report["frames"],
        in_doubt_s=tuple((start_s, end_s) for start_s, end_s in report["in_doubt_s"]),
        stills=tuple(Still(**one) for one in report["stills"]),
        seen=report["seen"],
    )


def moments(in_doubt_s: Sequence[tuple[float, float]], until_s: float, most: int = MOST_STILLS) -> list[float]:
    """When to look at a film: the middle of each doubtful stretch, the longest first; the rest spread evenly."""
    longest = sorted(in_doubt_s, key=lambda span: span[0] - span[1])
    doubtful = [(start_s + end_s) / 2 for start_s, end_s in longest][: most - 2]
    return [*doubtful, *np.linspace(0, until_s, most - len(doubtful) + 2)[1:-1].tolist()]


def _until_s(film: Path, blurred: Blurred) -> float:
    """When its last picture is.

    Raises:
        JobError: it is not the whole film.
    """
    time_s = [frame.time_s for frame in Video(film)]
    if (found := len(time_s)) != blurred.frames:
        raise JobError(
            f"Only {found} of {blurred.frames} pictures are in the covered film.",
            remedy="Free some space and try again; the film itself is as it was.",
        )
    return time_s[-1]


def _stills(film: Path, blurred: Blurred, until_s: float) -> list[Still]:
    found = []
    for at_s, jpeg in stills(film, moments(blurred.in_doubt_s, until_s), STILL_PX):
        doubt = any(start_s <= at_s <= end_s for start_s, end_s in blurred.in_doubt_s)
        found.append(Still(at_s, base64.b64encode(jpeg).decode(), doubt))
    return sorted(found, key=lambda one: not one.in_doubt)
