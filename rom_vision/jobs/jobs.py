"""The queue of clips that are to be measured, as pages and the shell use it."""

import secrets
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rom_vision.capture.video import video_digest
from rom_vision.edits import Edits
from rom_vision.errors import JobError
from rom_vision.jobs.bell import Bell
from rom_vision.jobs.order import Job, Order, Outcome
from rom_vision.jobs.store import Store
from rom_vision.jobs.table import JobTable
from rom_vision.measure import Measurement
from rom_vision.records import measurement_file
from rom_vision.records.database import open_engine
from rom_vision.records.tables_jobs import JobRow

CLIP_TYPES = ("mp4", "mov", "webm", "avi", "mkv")
MEASUREMENT, OVERLAY, EDITS = "measurement.npz", "overlay.mp4", "edits.json"


@dataclass(frozen=True, slots=True, eq=False)
class Jobs:
    """All jobs of one record. A job's id is a random word that gives nothing away."""

    table: JobTable
    store: Store
    bell: Bell

    @classmethod
    def open(cls, url: str | None = None) -> Self:
        """The jobs in the record's own database.

        Args:
            url: as of `Record.open`.
        Raises:
            RecordError: the database can't be opened, is not a record, or was written by a newer version.
            UsageError: a setting can't be understood.
        """
        engine = open_engine(url)
        with ExitStack() as on_failure:
            on_failure.callback(engine.dispose)
            table = JobTable(engine)
            record_id = table.record_id()
            jobs = cls(table, Store.open(record_id), Bell.open(record_id))
            on_failure.pop_all()
        return jobs

    def close(self) -> None:
        """Let go of the database; the jobs go on."""
        self.table.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, order: Order, video: Path, by: str, *, move: bool = True) -> str:
        """Put a clip in the queue.

        Args:
            video: the clip; it goes into the store, and nothing of its name is kept but the ending.
            by: user name of who gives the order.
            move: whether it goes away from where it lies; else it is copied.
        Returns:
            the job's id.
        Raises:
            UsageError: there is no such test, or it has no such side or mode.
            VideoError: the clip can't be read, or there is no room for it.
        """
        order.check()
        job_id = secrets.token_urlsafe(12)
        ending = video.suffix.lower().lstrip(".")
        name = f"clip.{ending}" if ending in CLIP_TYPES else "clip"
        self.table.add(job_id, order, by, name, video_digest(video))
        with ExitStack() as on_failure:
            on_failure.callback(self.forget, job_id)
            self.store.put(job_id, name, video, move=move)
            self.table.arrived(job_id)
            on_failure.pop_all()
        self.bell.ring()
        return job_id

    def job(self, job_id: str | None) -> Job | None:
        """How a job stands; None where there is none of that id."""
        found = self.table.jobs(JobRow.id == job_id) if job_id else []
        return found[0] if found else None

    def jobs(self, client_ids: Collection[str] | None = None) -> list[Job]:
        """The clips to be measured of some clients, oldest first; None is all, those of no client too."""
        own = [] if client_ids is None else [JobRow.client_id.in_(client_ids)]
        return self.table.jobs(JobRow.covers_id.is_(None), *own)

    def coverings(self) -> list[Job]:
        """The films whose faces are to be covered, oldest first."""
        return self.table.jobs(JobRow.covers_id.is_not(None))

    def cancel(self, job_id: str) -> None:
        """Stop a job: one that waits never begins, one that runs stops within a moment."""
        if self.table.cancel(job_id):
            self.store.remove(job_id)

    def again(self, job_id: str) -> None:
        """Let a job that failed be tried again."""
        if self.table.again(job_id):
            self.bell.ring()

    def forget(self, job_id: str) -> None:
        """Stop a job if it is not over, and delete it with all its files; none of that id is no matter."""
        self.table.remove(job_id)  # a worker that has it sees that, and stops
        self.store.remove(job_id)

    def outcome(self, job_id: str) -> Outcome:
        """What came of a job.

        Raises:
            JobError: there is none of that id, or it is not done.
        """
        job = self.job(job_id)
        if job is None or job.state != "done":
            raise JobError("There is no result of this clip.", remedy="Measure it again.")
        try:
            return Outcome(
                measurement=measurement_file.from_bytes(self.store.read(job_id, MEASUREMENT)),
                video=self.store.fetch(job_id, self.table.video_name(job_id) or ""),
                overlay=self.store.fetch(job_id, OVERLAY),
            )
        except FileNotFoundError as problem:
            raise JobError(
                "The files of this result are gone.", remedy="Discard it and measure the clip again."
            ) from problem

    def replace_outcome(self, job_id: str, measurement: Measurement) -> None:
        """Put another measurement of the same clip in place of the one that came of a job; redraws nothing."""
        self.store.write(job_id, MEASUREMENT, measurement_file.to_bytes(measurement))

    def edits(self, job_id: str) -> Edits:
        """What was changed by hand in the measurement that came of a job, and is not kept yet."""
        try:
            return Edits.from_text(self.store.read(job_id, EDITS).decode())
        except FileNotFoundError:
            return Edits()

    def change_edits(self, job_id: str, edits: Edits) -> None:
        """Keep them beside the measurement, so that they outlive the browser and this program."""
        self.store.write(job_id, EDITS, edits.text.encode())

    def kept(self, job_id: str, measurement_id: int) -> None:
        """Note under which number a job's measurement was kept in the record; discarding it there undoes this."""
        self.table.kept(job_id, measurement_id)

    def sweep(self) -> None:
        """Give the jobs of dead workers to others, and call workers for all that waits."""
        self.table.sweep()
        waiting = self.table.waiting()
        for _ in range(waiting - self.bell.calls() if waiting else 0):
            self.bell.ring()

    def tidy(self) -> None:
        """Delete what nobody needs any more, and files whose job is gone, as with an erased client."""
        for job_id in self.table.stale_ids():
            self.forget(job_id)
        for job_id in (
            self.store.job_ids() - self.table.ids()
        ):  # files are asked first: a row is older than its files
            self.store.remove(job_id)
