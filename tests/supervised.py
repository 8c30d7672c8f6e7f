"""Real worker processes under a supervisor, for tests that kill them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rom_vision.jobs import Jobs
from rom_vision.jobs.supervisor import Supervisor

PRETEND = Path(__file__).parent / "jobs" / "pretend_worker.py"
SOON_S = 60.0


def until(seen: Callable[[], bool], soon_s: float = SOON_S) -> None:
    end_s = time.monotonic() + soon_s
    while not seen():
        assert time.monotonic() < end_s
        time.sleep(0.02)


@contextmanager
def supervising(jobs: Jobs, command: list[str]) -> Iterator[Supervisor]:
    supervisor, stop = Supervisor(lambda: jobs, 1, command), threading.Event()
    thread = threading.Thread(target=supervisor.run, args=(stop,))
    thread.start()
    yield supervisor
    stop.set()
    thread.join()
