"""What the server does by itself: at its start and once a day, films go that the settings want kept no longer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rom_vision.errors import RomVisionError
from rom_vision.records import Record

DAY_S = 24 * 3600
WHO = "rom-vision"  # in the audit

log = logging.getLogger(__name__)


@asynccontextmanager
async def housekeeping() -> AsyncIterator[None]:
    """For the server's start and end."""
    daily = asyncio.create_task(_daily())
    try:
        yield
    finally:
        daily.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await daily


def tidy() -> None:
    """Do now what is due; what goes wrong is written in the log, and tried again the next day."""
    try:
        with Record.open(who=WHO) as record:
            record.expire_videos()
    except RomVisionError:
        log.exception("The films that are due could not be deleted")


async def _daily() -> None:
    while True:
        await asyncio.to_thread(tidy)
        await asyncio.sleep(DAY_S)
