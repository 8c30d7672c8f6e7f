"""The work on one clip: taken from the queue, measured, drawn over, and put where the page finds it."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from rom_vision.errors import CameraError, CancelledError, JobError, RomVisionError, UsageError, VideoError
from rom_vision.exchange.overlay import write_overlay
from rom_vision.jobs import covering
from rom_vision.jobs.jobs import MEASUREMENT, OVERLAY, Jobs
from rom_vision.jobs.order import Order
from rom_vision.jobs.table import Claim
from rom_vision.language import ENGLISH, speaking
from rom_vision.measure import Measurement, measure
from rom_vision.progress import Progress
from rom_vision.records import Record, measurement_file
from rom_vision.records.practice import settings_of

Run = Callable[[Order, Path, Path, Progress], Measurement]
"""Measures a video as ordered, and writes the overlay to the second path."""

BEAT_S = 0.5
HOPELESS = (VideoError, UsageError, CameraError)
"""What comes out the same each time."""

log = logging.getLogger(__name__)


def measure_clip(order: Order, video: Path, overlay: Path, on_progress: Progress) -> Measurement:
    """The real work.

    Raises:
        RomVisionError: as `measure` does.
    """
    measurement = measure(
        video,
        order.test,
        order.side,
        order.mode,
        model=order.model,
        client_at_px=order.client_at_px,
        client_at_s=order.client_at_s,
        camera=order.camera,
        on_progress=on_progress,
    )
    write_overlay(measurement, video, overlay, on_progress)
    return measurement


def work_next(jobs: Jobs, worker: str, run: Run = measure_clip) -> bool:
    """Do the job that has waited longest; says whether there was one.

    Args:
        worker: what the worker is called, as no other is.
    """
    claim = jobs.table.claim(worker)
    if claim is None:
        return False
    try:
        _do(jobs, claim, run)
    except CancelledError:
        if jobs.table.stopped(claim):
            jobs.store.remove(claim.job_id)
    except RomVisionError as problem:
        jobs.table.failed(claim, problem, again=not isinstance(problem, HOPELESS))
    except Exception:  # whatever it is, the next clip must have its turn
        log.exception("A measurement broke off")
        jobs.table.failed(claim, BROKE_OFF, again=True)
    return True


def _do(jobs: Jobs, claim: Claim, run: Run) -> None:
    if claim.order.covers is not None:
        with _alive(jobs, claim) as told, speaking(_practice_language(jobs)):
            covering.cover(jobs, claim, told)
        jobs.table.finish(claim)
        return
    with _alive(jobs, claim) as told, TemporaryDirectory(dir=jobs.store.beside(claim.job_id)) as scratch:
        overlay = Path(scratch) / OVERLAY
        video = jobs.store.fetch(claim.job_id, claim.video_name)
        with speaking(_practice_language(jobs)):  # what is drawn onto the film stays there, whoever looks at it
            measurement = run(claim.order, video, overlay, told)
        told("", 0, None)  # the last chance to stop it
        if claim.order.keep and claim.order.client_id and measurement.accepted and not jobs.store.shared:
            _keep(jobs, claim, claim.order.client_id, measurement, overlay)
        jobs.store.put(claim.job_id, OVERLAY, overlay, move=True)
        jobs.store.write(claim.job_id, MEASUREMENT, measurement_file.to_bytes(measurement))
    jobs.table.finish(claim)


def _practice_language(jobs: Jobs) -> str:
    with Session(jobs.table.engine) as db:
        return settings_of(db).language or ENGLISH


def _keep(jobs: Jobs, claim: Claim, client_id: str, measurement: Measurement, overlay: Path) -> None:
    """Into the client's record; not twice, when an earlier attempt came so far and no farther."""
    order = claim.order
    url = jobs.table.engine.url.render_as_string(hide_password=False)
    with Record.open(url, who=claim.by) as record:
        same = record.measurements(client_id, movement=order.movement, side=order.side, mode=order.mode)
        earlier = [kept for kept in same if kept.provenance == measurement.provenance]
        kept = earlier[0] if claim.attempt > 1 and earlier else record.keep(
            client_id,
            measurement,
            jobs.store.fetch(claim.job_id, claim.video_name),
            overlay=overlay,
            exercise_id=order.exercise_id,
        )  # fmt: skip
    jobs.kept(claim.job_id, kept.id)


@contextmanager
def _alive(jobs: Jobs, claim: Claim) -> Iterator[Progress]:
    """Shows that the job's worker is alive while this lasts; gives what takes the progress, and stops the work."""
    over, lost = threading.Event(), threading.Event()
    latest: tuple[str, int, int | None] = ("", 0, None)

    def told(doing: str, done: int, of: int | None) -> None:
        nonlocal latest
        if lost.is_set():
            raise CancelledError
        latest = (doing, done, of)

    def beat() -> None:
        while not over.wait(BEAT_S):
            with suppress(RomVisionError):  # the database is away for a moment: the lease is longer than that
                if not jobs.table.beat(claim, *latest):
                    lost.set()

    heart = threading.Thread(target=beat, name="heart", daemon=True)
    heart.start()
    try:
        yield told
    finally:
        over.set()
        heart.join()


BROKE_OFF = JobError(
    "The measurement broke off because of a mistake in the program.",
    remedy="Try again; if it happens again, report it: the log tells more.",
)
