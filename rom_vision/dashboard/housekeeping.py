"""What the server does by itself: films go that the settings want kept no longer, and are sent to have their faces
covered where they want that.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from rom_vision.dashboard.the_record import the_record
from rom_vision.errors import RomVisionError
from rom_vision.jobs import Jobs, order_coverings
from rom_vision.records import Record

DAY_S, MINUTE_S = 24 * 3600, 60
WHO = "rom-vision"  # in the audit

log = logging.getLogger(__name__)


@asynccontextmanager
async def housekeeping(jobs: Callable[[], Jobs]) -> AsyncIterator[None]:
    """For the server's start and end."""
    tasks = [asyncio.create_task(_every(DAY_S, tidy)), asyncio.create_task(_every(MINUTE_S, lambda: cover(jobs)))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


def tidy() -> None:
    """Do now what is due; what goes wrong is written in the log, and tried again the next day."""
    try:
        with Record.open(who=WHO) as record:
            record.expire_videos()
    except RomVisionError as problem:
        log.warning("The films that are due could not be deleted: %s", problem)


def cover(jobs: Callable[[], Jobs]) -> None:
    """Order now what is to be covered; what goes wrong is written in the log, and tried again."""
    try:
        order_coverings(jobs(), the_record())
    except RomVisionError as problem:
        log.warning("The films that are due could not be sent to have their faces covered: %s", problem)


async def _every(pause_s: float, do: Callable[[], None]) -> None:
    while True:
        await asyncio.to_thread(do)
        await asyncio.sleep(pause_s)
