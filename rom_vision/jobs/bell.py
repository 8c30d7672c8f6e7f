"""The bell: it tells the workers that there is something to do, so that they need not look all the time.

It is Huey's queue, in a file of this machine or, for several machines, on the Redis that ROM_VISION_QUEUE names.
It carries nothing and may lose anything: what there is to do stands in the table, and whoever sweeps rings again.
"""

import logging
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from huey import Huey, RedisHuey, SqliteHuey
from huey.api import TaskWrapper
from huey.consumer import Consumer
from redis.exceptions import RedisError

from rom_vision.errors import UsageError
from rom_vision.home import data_folder

SETTING = "ROM_VISION_QUEUE"
NAME = "rom-vision"
LOOK_EVERY_S = 0.1  # where the queue is a file, which can't tell that something was put into it

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Bell:
    """One bell, for those who ring it and for those who come."""

    _huey: Huey
    _called: TaskWrapper

    @classmethod
    def open(cls, record_id: str, answer: Callable[[], None] | None = None) -> Self:
        """The bell of a record.

        Args:
            answer: what a worker does when it is called; None for those who only ring.
        Raises:
            UsageError: the setting can't be understood.
        """
        address = os.environ.get(SETTING)
        name = f"{NAME}-{record_id}"
        if not address:
            huey = SqliteHuey(name, filename=str(data_folder() / "bell.sqlite3"), results=False, utc=True)
        elif address.startswith(("redis://", "rediss://", "unix://")):
            huey = RedisHuey(name, url=address, results=False, utc=True)
        else:
            raise UsageError(
                f"The queue that {SETTING} names can't be understood.",
                remedy="Write it like redis://server:6379/0.",
            )

        def call() -> None:
            if answer:
                answer()

        return cls(huey, huey.task(name="call")(call))

    def ring(self) -> None:
        """Call a worker; where that is not possible now, the next sweep does it."""
        try:
            self._called()
        except (OSError, sqlite3.Error, RedisError) as problem:
            log.warning("The workers could not be called: %s", problem)
        finally:
            self._let_go()

    def calls(self) -> int:
        """How many calls nobody has answered yet; none that can be told where the queue can't be reached."""
        try:
            return int(self._huey.pending_count())
        except (OSError, sqlite3.Error, RedisError) as problem:
            log.warning("The queue can't be reached: %s", problem)
            return 0
        finally:
            self._let_go()

    def listen(self) -> Consumer:
        """Answer calls, one at a time, in a thread of its own until the process ends."""
        consumer = self._huey.create_consumer(
            workers=1, periodic=False, initial_delay=LOOK_EVERY_S, max_delay=2 * LOOK_EVERY_S,
            check_worker_health=False,
        )  # fmt: skip
        consumer.start()
        return consumer

    def _let_go(self) -> None:
        """Pages run in threads that come and go, and each has a connection of its own to the file."""
        if isinstance(self._huey, SqliteHuey):
            self._huey.storage.close()
