"""Long work, outside the page's script: a rerun, another page or a reload of the browser does not lose it.

One job computes at a time, since each spreads over all cores itself; the others wait in line.
"""

import asyncio
import functools
import itertools
import logging
import secrets
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rom_vision.errors import CancelledError, RomVisionError
from rom_vision.progress import Progress

State = Literal["waiting", "running", "done", "failed", "stopped"]

log = logging.getLogger(__name__)


class Work(Protocol):
    """Something that takes long."""

    def run(self, on_progress: Progress) -> object:
        """Do it, and return the outcome; stops when `on_progress` raises CancelledError."""

    def drop(self) -> None:
        """Remove the files that it works with; done twice does no harm."""


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work in line.

    Attributes:
        work: what is done.
        doing: what is being done, in words; empty before the first word.
        done: frames so far.
        of: all frames; None where that is not known.
    """

    work: Work
    doing: str = ""
    done: int = 0
    of: int | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _future: Future[object] = field(default_factory=Future)

    @property
    def state(self) -> State:
        """How far it is; `failed` has an `error`, `done` an `outcome`."""
        if self._future.cancelled():
            return "stopped"
        if not self._future.done():
            return "running" if self._future.running() else "waiting"
        error = self._future.exception()
        if error is None:
            return "done"
        return "stopped" if isinstance(error, CancelledError) else "failed"

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self._future.done()

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.is_set()

    @property
    def share(self) -> float:
        """Of the frames that are done, 0 to 1; 0 where it is not known."""
        return min(self.done / self.of, 1.0) if self.of else 0.0

    @property
    def outcome(self) -> object:
        """What the work returned; ValueError unless it is done."""
        if self.state != "done":
            raise ValueError(f"outcome: expected a job that is done, this one is {self.state}")
        return self._future.result()

    @property
    def error(self) -> BaseException:
        """Why it failed; ValueError unless it did."""
        if self.state != "failed" or (error := self._future.exception()) is None:
            raise ValueError(f"error: expected a job that failed, this one is {self.state}")
        return error

    def _told(self, doing: str, done: int, of: int | None) -> None:
        if self._stop.is_set():
            raise CancelledError
        self.doing, self.done, self.of = doing, done, of


class Jobs:
    """All jobs of this server, by id: a random word that gives nothing away."""

    def __init__(self) -> None:
        self._line = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._jobs: dict[str, Job] = {}

    def start(self, work: Work) -> str:
        """Put work in line; returns the job's id."""
        job_id = secrets.token_urlsafe(12)
        job = self._jobs[job_id] = Job(work)
        job._future = self._line.submit(work.run, job._told)
        job._future.add_done_callback(functools.partial(_finished, work))
        return job_id

    def get(self, job_id: str | None) -> Job | None:
        """The job; None where there is none of that id, as after a restart."""
        return self._jobs.get(job_id) if job_id else None

    def of_kind(self, kind: type[Work]) -> list[tuple[str, Job]]:
        """The jobs whose work is of that kind, with their ids, oldest first."""
        return [(job_id, job) for job_id, job in list(self._jobs.items()) if isinstance(job.work, kind)]

    def before(self, job_id: str) -> int:
        """How many jobs have to end before this one's turn."""
        earlier = itertools.takewhile(lambda known: known[0] != job_id, list(self._jobs.items()))
        return sum(not job.over for _, job in earlier)

    def stop(self, job_id: str) -> None:
        """Tell a job to stop; it does so within a moment."""
        job = self._jobs[job_id]
        job._stop.set()
        job._future.cancel()  # one that still waits never begins

    def forget(self, job_id: str) -> None:
        """Let go of a job that is over, and of its files."""
        job = self._jobs.pop(job_id, None)
        if job is not None:
            job.work.drop()

    def close(self) -> None:
        """Stop all, and wait for it; what was not kept is gone."""
        for job_id in list(self._jobs):
            self.stop(job_id)
        self._line.shutdown(wait=True)
        for job_id in list(self._jobs):
            self.forget(job_id)


@functools.cache
def the_jobs() -> Jobs:
    """This server's jobs."""
    return Jobs()


@asynccontextmanager
async def jobs_end_with_the_server(_: object) -> AsyncIterator[None]:
    """For the server's start and end: without it, the process would live on until the last frame."""
    try:
        yield
    finally:
        await asyncio.to_thread(the_jobs().close)


def _finished(work: Work, future: Future[object]) -> None:
    if future.cancelled():
        work.drop()
    elif error := future.exception():
        work.drop()
        if not isinstance(error, RomVisionError):
            log.error("A job broke off", exc_info=error)
