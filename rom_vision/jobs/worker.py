"""A worker process: it does one job after another, until whoever started it is gone.

It is a child of a supervisor, which holds the other end of its standard input: when that end closes, however the
supervisor came to its end, the worker gives back the job that it has and goes, with the processes that it started.
"""

import os
import signal
import sys
import threading
from typing import NoReturn

from rom_vision.jobs.bell import Bell
from rom_vision.jobs.jobs import Jobs
from rom_vision.jobs.work import Run, measure_clip, work_next


def main(worker: str, run: Run = measure_clip) -> NoReturn:
    """Work until the standard input is closed, or the process is asked to end.

    Args:
        worker: what this worker is called in the table, as no other is.
    """
    ending = threading.Event()
    jobs = Jobs.open()

    def answer() -> None:
        if not ending.is_set():
            work_next(jobs, worker, run)

    def end(*_: object) -> NoReturn:
        ending.set()
        try:
            jobs.table.hand_back(worker)
            jobs.bell.ring()
        finally:
            end_group(os.getpid())
            os._exit(0)  # at once: the job is another's now

    Bell.open(jobs.table.record_id(), answer).listen()
    signal.signal(signal.SIGTERM, end)
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # a terminal's Ctrl-C is for the supervisor, which closes the input
    sys.stdin.buffer.read()
    end()


def end_group(leader: int) -> None:
    """End what a worker has started; what cleans up behind it ignores this, and ends by itself."""
    if sys.platform == "win32" or (leader == os.getpid() and os.getpgrp() != leader):
        return
    if leader == os.getpid():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        os.killpg(leader, signal.SIGTERM)
    except ProcessLookupError:  # nothing of it is left
        return
