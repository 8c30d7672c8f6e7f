"""The frames of a film, looked at by several processes at once."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from multiprocessing import get_context
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np

from rom_vision.capture.landmarks import Array
from rom_vision.capture.memory import keep_pictures_off_the_heap
from rom_vision.capture.video import Frame, Image

Look = tuple[Frame, tuple[Any, ...]]
"""A frame, and what else is told to the worker that looks at it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How each worker opens what it looks with, once.

    Attributes:
        open: a function of a module, called with the arguments.
    """

    open: Callable[..., Any]
    arguments: tuple[Any, ...]


def default_workers() -> int:
    """One a core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    looks: Iterable[Look], look: Callable[..., Array], opening: Opening, workers: int | None = None
) -> Iterator[tuple[float, Array]]:
    """The time of each frame with what was found in it, in order, with only a few frames in memory.

    Pictures go to the workers through shared memory: sent down a pipe, each would be copied five times.

    Args:
        looks: pictures of one size.
        look: a function of a module: what was opened, a picture and what else comes with it -> what is found.
        workers: processes; one a core by default.
    Raises:
        BrokenProcessPool: it can't be opened.
    """
    keep_pictures_off_the_heap()
    looks = iter(looks)
    first = next(looks, None)
    if first is None:
        return
    workers = workers or default_workers()
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_make_ready, initargs=(opening,)
    )
    free = [SharedMemory(create=True, size=first[0].image.nbytes) for _ in range(2 * workers)]
    under_way: deque[tuple[float, SharedMemory, Future[Array]]] = deque()

    def earliest() -> tuple[float, Array]:
        time_s, memory, future = under_way[0]
        found = future.result()
        under_way.popleft()
        free.append(memory)
        return time_s, found

    try:
        for frame, told in chain([first], looks):
            if not free:
                yield earliest()
            memory = free.pop()
            _picture_in(memory, frame.image.shape)[:] = frame.image
            found = pool.submit(_look, look, memory.name, frame.image.shape, told)
            under_way.append((frame.time_s, memory, found))
        while under_way:
            yield earliest()
    finally:
        pool.shutdown(cancel_futures=True)
        for memory in [*free, *(memory for _, memory, _ in under_way)]:
            memory.close()
            memory.unlink()


def _picture_in(memory: SharedMemory, shape: tuple[int, ...]) -> Image:
    return np.ndarray(shape, np.uint8, memory.buf)


_opened: Any = None  # one a worker process, opened once


def _make_ready(opening: Opening) -> None:
    """Of a worker process."""
    global _opened
    _opened = opening.open(*opening.arguments)


@cache
def _attached(name: str) -> SharedMemory:
    """A picture's place, opened once a worker and open until it ends."""
    return SharedMemory(name)


def _look(look: Callable[..., Array], place: str, shape: tuple[int, ...], told: tuple[Any, ...]) -> Array:
    """What is found in the picture at that place in shared memory."""
    return look(_opened, _picture_in(_attached(place), shape), *told)
