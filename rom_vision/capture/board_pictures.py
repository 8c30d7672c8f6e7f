"""The calibration board in films and photos: one sighting from each moment, from its sharpest picture."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from rom_vision.capture.board import Sighting
from rom_vision.capture.video import Video
from rom_vision.errors import UsageError, VideoError
from rom_vision.progress import Progress, untold

Grey = NDArray[np.uint8]

DOING = "Looking for the board"
LONGEST_PX = 1920  # larger pictures are reduced: corners are found to a small part of a pixel as it is
MOMENT_S = 0.25  # a hand moves a board by little in it, and one of its frames is sharper than the others
PHOTOS = ("JPEG", "PNG")
GLANCE_PX = 480  # for comparing sharpness


def find_boards(files: list[Path], on_progress: Progress = untold) -> tuple[tuple[int, int], list[Sighting]]:
    """Look for the board in films and photos.

    Returns:
        Width and height of the upright pictures, and the sightings.
    Raises:
        UsageError: the pictures are of different sizes.
        VideoError: a file is neither a film nor a photo.
    """
    size_px: tuple[int, int] | None = None
    sightings = []
    for picture in _sharp_pictures(files, on_progress):
        height, width = picture.shape
        if size_px not in (None, (width, height)):
            raise UsageError(
                "The pictures are of different sizes, as from different cameras or settings.",
                remedy="Take those of one camera, held one way, with the settings used for filming clients.",
            )
        size_px = (width, height)
        sighting = Sighting.in_picture(picture)
        if sighting is not None:
            sightings.append(sighting)
    if size_px is None:
        raise UsageError("No picture was given.", remedy="Name a film of the board, or photos.")
    return size_px, sightings


def _sharp_pictures(files: list[Path], on_progress: Progress) -> Iterator[Grey]:
    for number, path in enumerate(files, 1):
        photo = _photo(path)
        if photo is None:
            yield from _of_film(path, on_progress)
        else:
            yield photo
            on_progress(DOING, number, len(files))


def _photo(path: Path) -> Grey | None:
    """The upright photo in a file; None where it is no photo."""
    try:
        photo = Image.open(path, formats=PHOTOS)
    except OSError:
        return None  # whoever reads it as a film says what is wrong with it
    except Image.DecompressionBombError as problem:
        raise VideoError(f"The photo {path.name} is too large.", remedy="Take a smaller one.") from problem
    try:
        with photo:
            grey = ImageOps.exif_transpose(photo).convert("L")
    except OSError as problem:
        raise VideoError(
            f"The photo {path.name} can't be read.", remedy="Copy it from the phone again."
        ) from problem
    grey.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    return np.asarray(grey)


def _of_film(path: Path, on_progress: Progress) -> Iterator[Grey]:
    film = Video(path, longest_px=LONGEST_PX)
    best: Grey | None = None
    best_sharpness, until_s = -1.0, MOMENT_S
    for number, frame in enumerate(film, 1):
        if frame.time_s >= until_s and best is not None:
            yield best
            best_sharpness, until_s = -1.0, frame.time_s + MOMENT_S
        grey = np.asarray(cv2.cvtColor(frame.image, cv2.COLOR_RGB2GRAY), np.uint8)
        sharpness = _sharpness(grey)
        if sharpness > best_sharpness:
            best, best_sharpness = grey, sharpness
        on_progress(DOING, number, film.expected_frames)
    if best is not None:
        yield best


def _sharpness(grey: Grey) -> float:
    """Larger is sharper; for pictures of the same thing alone."""
    part = max(1, round(max(grey.shape) / GLANCE_PX))
    return float(cv2.Laplacian(grey[::part, ::part], cv2.CV_32F).var())
