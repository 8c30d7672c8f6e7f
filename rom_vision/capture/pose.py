"""Frames -> the landmarks of every person seen in each.

Each frame is looked at by itself (MediaPipe's IMAGE mode): it keeps no state, so frames can be spread over
processes, nothing lags behind the movement, and the numbers don't depend on how many workers there are.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import chain
from multiprocessing import get_context
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.landmarks import POINTS, Array
from rom_vision.capture.memory import keep_pictures_off_the_heap
from rom_vision.capture.pose_model import PoseModel
from rom_vision.capture.region import Region
from rom_vision.capture.region_model import region_model
from rom_vision.capture.video import Frame
from rom_vision.errors import ModelError
from rom_vision.progress import Progress, untold

MOST_PEOPLE = 3  # a client, a therapist, and one who walks through
DOING = "Finding the body"


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class People:
    """Everyone seen in a clip, frame by frame, not yet told apart.

    Attributes:
        time_s: (n,) seconds from the first frame.
        size_px: width and height of the picture.
        rows: n arrays of (people in that frame, 33, 7): image x, y, z in pixels, visibility 0 to 1,
            world x, y, z in metres.
    """

    time_s: Array
    size_px: tuple[int, int]
    rows: tuple[Array, ...]


def default_workers() -> int:
    """One a core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def find_people(
    frames: Iterable[Frame],
    model: PoseModel,
    *,
    workers: int | None = None,
    expected_frames: int | None = None,
    on_progress: Progress = untold,
) -> People:
    """Look for people in every frame, on several processes at once; results are in order.

    Args:
        frames: upright RGB frames, all of one size.
        model: the bundle to look with.
        workers: processes to spread the frames over; one a core by default.
        expected_frames: for the progress told, where known.
        on_progress: told after each frame; may raise CancelledError to stop.
    """
    looks = ((frame, ()) for frame in frames)
    return _find(looks, _look, _Opening(model.path, MOST_PEOPLE), workers, expected_frames, on_progress)


def find_in_regions(
    frames: Iterable[Frame],
    model: PoseModel,
    regions: Iterable[Region],
    *,
    workers: int | None = None,
    expected_frames: int | None = None,
    on_progress: Progress = untold,
) -> People:
    """Look for one body in a region of every frame; the others are as of `find_people`.

    Args:
        regions: of each frame.
    """
    looks = ((frame, (there,)) for frame, there in zip(frames, regions, strict=False))
    opening = _Opening(region_model(model).path, 1)
    return _find(looks, _look_there, opening, workers, expected_frames, on_progress)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Which bundle the workers open, and for how many people in a picture."""

    bundle: Path
    people: int


_Look = tuple[Frame, tuple[Any, ...]]
"""A frame, and what else is told to the worker that looks at it."""


def _find(
    looks: Iterable[_Look],
    look: Callable[..., Array],
    opening: _Opening,
    workers: int | None,
    expected_frames: int | None,
    on_progress: Progress,
) -> People:
    keep_pictures_off_the_heap()
    time_s: list[float] = []
    rows: list[Array] = []
    size_px = (0, 0)
    looks = iter(looks)
    first = next(looks, None)
    if first is not None:
        height, width = first[0].image.shape[:2]
        size_px = (width, height)
        size = first[0].image.nbytes
        for at_s, found in _spread(chain([first], looks), size, look, opening, workers or default_workers()):
            time_s.append(at_s)
            rows.append(found)
            on_progress(DOING, len(rows), expected_frames)
    return People(time_s=np.array(time_s), size_px=size_px, rows=tuple(rows))


def _spread(
    looks: Iterable[_Look], size: int, look: Callable[..., Array], opening: _Opening, workers: int
) -> Iterator[tuple[float, Array]]:
    """The time of each frame with what was found in it, in order, with only a few frames in memory.

    Pictures go to the workers through shared memory: sent down a pipe, each would be copied five times.

    Args:
        size: bytes of a picture.
        look: what a worker does, told where the picture is, its shape, and what else comes with the frame.
    Raises:
        ModelError: the bundle can't be opened.
    """
    pool = ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_make_ready,
        initargs=(opening.bundle, opening.people),
    )
    free = [SharedMemory(create=True, size=size) for _ in range(2 * workers)]
    under_way: deque[tuple[float, SharedMemory, Future[Array]]] = deque()

    def earliest() -> tuple[float, Array]:
        time_s, memory, future = under_way[0]
        found = future.result()
        under_way.popleft()
        free.append(memory)
        return time_s, found

    try:
        for frame, told in looks:
            if not free:
                yield earliest()
            memory = free.pop()
            _picture_in(memory, frame.image.shape)[:] = frame.image
            found = pool.submit(look, memory.name, frame.image.shape, *told)
            under_way.append((frame.time_s, memory, found))
        while under_way:
            yield earliest()
    except BrokenProcessPool as problem:
        raise ModelError(
            "The pose model could not be opened, or broke off.",
            remedy="If it is a .task file of your own, check that it is a pose landmarker; "
            "else close other programs to free memory and try again.",
        ) from problem
    finally:
        pool.shutdown(cancel_futures=True)
        for memory in [*free, *(memory for _, memory, _ in under_way)]:
            memory.close()
            memory.unlink()


def _picture_in(memory: SharedMemory, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    return np.ndarray(shape, np.uint8, memory.buf)


def open_landmarker(bundle: Path, people: int) -> Any:
    """MediaPipe's own, for single pictures; it makes this process quiet, since MediaPipe's C++ writes to the
    error stream as it likes.

    Args:
        people: how many to look for at most.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(bundle)),
        running_mode=vision.RunningMode.IMAGE,
        num_poses=people,
    )
    return vision.PoseLandmarker.create_from_options(options)


def people_in(picture: NDArray[np.uint8], landmarker: Any) -> Array:
    """Everyone in an RGB picture: (people, 33, 7) as in `People`, empty where there is nobody."""
    import mediapipe

    height, width = picture.shape[:2]
    result = landmarker.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=picture))
    rows = [
        [
            (p.x * width, p.y * height, p.z * width, p.visibility, w.x, w.y, w.z)
            for p, w in zip(person, world, strict=True)
        ]
        for person, world in zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
    ]
    return np.array(rows, dtype=float).reshape(-1, POINTS, 7)


_landmarker: Any = None  # one a worker process, opened once


def _make_ready(bundle: Path, people: int) -> None:
    """Of a worker process."""
    global _landmarker
    _landmarker = open_landmarker(bundle, people)


@cache
def _attached(name: str) -> SharedMemory:
    """A picture's place, opened once a worker and open until it ends."""
    return SharedMemory(name)


def _look(place: str, shape: tuple[int, ...]) -> Array:
    """Everyone in the picture at that place in shared memory."""
    return people_in(_picture_in(_attached(place), shape), _landmarker)


def _look_there(place: str, shape: tuple[int, ...], region: Region) -> Array:
    """The body in this region of the picture, or none."""
    found = people_in(region.cut(_picture_in(_attached(place), shape)), _landmarker)
    return np.array([region.in_picture(row) for row in found]).reshape(-1, POINTS, 7)
