"""This server's end of the queue, and the workers beside it."""

import functools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rom_vision.dashboard.housekeeping import housekeeping
from rom_vision.errors import UsageError
from rom_vision.jobs import Jobs
from rom_vision.jobs.supervisor import Supervisor, supervised

SETTING = "ROM_VISION_WORKERS"


@functools.cache
def the_jobs() -> Jobs:
    """Open as long as the server runs."""
    return Jobs.open()


@asynccontextmanager
async def workers_beside_the_server(_: object) -> AsyncIterator[None]:
    """For the server's start and end: the workers come and go with it."""
    async with supervised(Supervisor(the_jobs, _workers())), housekeeping(the_jobs):
        yield


def _workers() -> int:
    """One, since a measurement spreads over all cores itself; none where other machines do the work."""
    asked = os.environ.get(SETTING, "1")
    if not asked.isdecimal():
        raise UsageError(f"{SETTING} is not a number of workers: {asked}.", remedy="Give 0, 1, 2 and so on.")
    return int(asked)
