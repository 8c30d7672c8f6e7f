"""Keeps the workers of this machine alive, and the queue in order."""

import asyncio
import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import rom_vision
from rom_vision.errors import RomVisionError
from rom_vision.jobs.jobs import Jobs
from rom_vision.jobs.worker import end_group

# not `-m`: the processes that a measurement starts would load that module too, and all that it needs
COMMAND = (sys.executable, "-c", "import sys; from rom_vision.jobs.worker import main; main(sys.argv[1])")
LOOK_EVERY_S = 0.5
TIDY_EVERY_S = 60.0
BREATH_S = 2.0
"""Before a worker is started anew that did not live longer than this."""
GOES_WITHIN_S = 10.0

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Place:
    """A place for one worker."""

    process: subprocess.Popen[bytes] | None = None
    worker: str = ""
    started_s: float = field(default=-BREATH_S)


class Supervisor:
    """Starts workers, starts another where one dies, and sweeps.

    Args:
        jobs: gives the queue; asked again as long as it can't be opened.
        command: starts a worker, whose name is added to it.
    """

    def __init__(self, jobs: Callable[[], Jobs], workers: int = 1, command: Sequence[str] = COMMAND) -> None:
        self._jobs = jobs
        self._command = command
        self._places = [_Place() for _ in range(workers)]
        self._tidied_s = -TIDY_EVERY_S
        self._told = ""

    @property
    def pids(self) -> list[int]:
        """Of the workers' processes."""
        return [place.process.pid for place in self._places if place.process]

    def run(self, stop: threading.Event) -> None:
        """Do so until told to stop; then the workers give back what they have."""
        try:
            while not stop.is_set():
                stop.wait(LOOK_EVERY_S if self._look() else BREATH_S)
        finally:
            self._end()

    def _look(self) -> bool:
        """Look after all; says whether that was possible."""
        try:
            jobs = self._jobs()
            for place in self._places:
                if place.process and place.process.poll() is not None:
                    self._bury(place, jobs)
                if place.process is None and time.monotonic() > place.started_s + BREATH_S:
                    self._fill(place)
            jobs.sweep()
            if time.monotonic() > self._tidied_s + TIDY_EVERY_S:
                self._tidied_s = time.monotonic()
                jobs.tidy()
        except (RomVisionError, OSError) as problem:  # the database or the store is away for a moment
            if str(problem) != self._told:  # not the same every time
                log.warning("The queue could not be looked after: %s", problem)
            self._told = str(problem)
            return False
        except Exception:
            log.exception("The queue could not be looked after")  # our own bug must not be the end of all work
            return False
        self._told = ""
        return True

    def _bury(self, place: _Place, jobs: Jobs) -> None:
        assert place.process is not None
        assert place.process.stdin is not None  # it was started with one
        log.warning("A worker died with exit code %s; another is started.", place.process.returncode)
        place.process.stdin.close()
        end_group(place.process.pid)
        jobs.table.expire(place.worker)
        place.process = None

    def _fill(self, place: _Place) -> None:
        place.worker, place.started_s = secrets.token_hex(8), time.monotonic()
        place.process = self._start(place.worker)

    def _start(self, worker: str) -> subprocess.Popen[bytes]:
        root = str(Path(rom_vision.__file__).parents[1])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        return subprocess.Popen(
            [*self._command, worker],
            stdin=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,  # with what it starts it is a group, which can be ended as a whole
        )

    def _end(self) -> None:
        processes = [place.process for place in self._places if place.process]
        for process in processes:
            if process.stdin:
                process.stdin.close()
        for process in processes:
            try:
                process.wait(GOES_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            end_group(process.pid)


@asynccontextmanager
async def supervised(supervisor: Supervisor) -> AsyncIterator[None]:
    """Runs it beside a server."""
    stop = threading.Event()
    thread = threading.Thread(target=supervisor.run, args=(stop,), name="supervisor")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        await asyncio.to_thread(thread.join)
