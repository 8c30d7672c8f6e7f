"""The frames of a film, cut round one part of the client's body and looked at closely."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool

from rom_vision.capture.close_look import open_close_landmarker
from rom_vision.capture.close_models import BodyPart
from rom_vision.capture.landmarks import Array
from rom_vision.capture.pose_model import PoseModel
from rom_vision.capture.region import Region
from rom_vision.capture.spread import Look, Opening, spread
from rom_vision.capture.video import Frame
from rom_vision.errors import ModelError
from rom_vision.progress import Progress, untold


def close_ups(
    part: BodyPart,
    frames: Iterable[Frame],
    regions: Sequence[Region | None],
    width_px: int,
    model: PoseModel,
    look: Callable[..., Array],
    cut_px: int,
    *,
    workers: int | None = None,
    on_progress: Progress = untold,
) -> Iterator[tuple[int, Region, Array]]:
    """The number of each frame with a region, the region, and what was found in its cut, in the cut's pixels.

    Args:
        frames: of the film, in whatever size; the larger the better.
        regions: one a frame, in a picture of that width; None where there is nothing to look at.
        look: a function of a module: landmarker and cut -> what is found.
        workers: processes to spread the frames over; one a core by default.
        on_progress: told after each frame; may raise CancelledError to stop.
    Raises:
        ModelError: the model can't be opened.
    """
    there = [(number, region) for number, region in enumerate(regions) if region is not None]
    opening = Opening(open_close_landmarker, (part, model.path))
    looks = spread(_cuts(frames, regions, width_px, cut_px), look, opening, workers)
    try:
        for done, ((number, region), (_, found)) in enumerate(zip(there, looks, strict=True), 1):
            yield number, region, found
            on_progress(f"Looking at the {part}", done, len(there))
    except BrokenProcessPool as problem:
        raise ModelError(
            f"The {part} model could not be opened, or broke off.",
            remedy="Close other programs to free memory and try again.",
        ) from problem


def _cuts(frames: Iterable[Frame], regions: Sequence[Region | None], width_px: int, cut_px: int) -> Iterator[Look]:
    for frame, region in zip(frames, regions, strict=True):
        if region is not None:
            larger = frame.image.shape[1] / width_px
            yield Frame(time_s=frame.time_s, image=region.enlarged(larger).cut(frame.image, cut_px)), ()
