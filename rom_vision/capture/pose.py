"""Frames -> the landmarks of every person seen in each.

Each frame is looked at by itself (MediaPipe's IMAGE mode): it keeps no state, so frames can be spread over
processes, nothing lags behind the movement, and the numbers don't depend on how many workers there are.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.landmarks import POINTS, Array
from rom_vision.capture.pose_model import PoseModel
from rom_vision.capture.region import Region
from rom_vision.capture.region_model import region_model
from rom_vision.capture.spread import Look, Opening, spread
from rom_vision.capture.video import Frame, Image
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
    return _find(
        looks, _look, Opening(open_landmarker, (model.path, MOST_PEOPLE)), workers, expected_frames, on_progress
    )


def find_in_regions(
    frames: Iterable[Frame],
    model: PoseModel,
    regions: Iterable[Region | None],
    *,
    workers: int | None = None,
    expected_frames: int | None = None,
    on_progress: Progress = untold,
) -> People:
    """Look for one body in a region of every frame; the others are as of `find_people`.

    Args:
        regions: of each frame; none where nobody is to be looked for.
    """
    looks = ((frame, (there,)) for frame, there in zip(frames, regions, strict=False))
    opening = Opening(open_landmarker, (region_model(model).path, 1))
    return _find(looks, _look_there, opening, workers, expected_frames, on_progress)


def _find(
    looks: Iterable[Look],
    look: Callable[..., Array],
    opening: Opening,
    workers: int | None,
    expected_frames: int | None,
    on_progress: Progress,
) -> People:
    time_s: list[float] = []
    rows: list[Array] = []
    size_px = (0, 0)
    looks = iter(looks)
    first = next(looks, None)
    if first is not None:
        height, width = first[0].image.shape[:2]
        size_px = (width, height)
        try:
            for at_s, found in spread(chain([first], looks), look, opening, workers):
                time_s.append(at_s)
                rows.append(found)
                on_progress(DOING, len(rows), expected_frames)
        except BrokenProcessPool as problem:
            raise ModelError(
                "The pose model could not be opened, or broke off.",
                remedy="If it is a .task file of your own, check that it is a pose landmarker; "
                "else close other programs to free memory and try again.",
            ) from problem
    return People(time_s=np.array(time_s), size_px=size_px, rows=tuple(rows))


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


def _look(landmarker: Any, picture: Image) -> Array:
    """Everyone in the picture."""
    return people_in(picture, landmarker)


def _look_there(landmarker: Any, picture: Image, region: Region | None) -> Array:
    """The body in this region of the picture, or none."""
    if region is None:
        return np.empty((0, POINTS, 7))
    found = people_in(region.cut(picture), landmarker)
    return np.array([region.in_picture(row) for row in found]).reshape(-1, POINTS, 7)
