"""Films that are kept, so that a benchmark renders each of them once."""

import hashlib
from pathlib import Path

import numpy as np

from benchmarks.studio.film import Take, film, skeleton_truth

OUTSIDE_THE_FILM = ("cache", "samples", "__main__")
CACHE = Path(__file__).resolve().parents[1] / "cache"


def filmed(take: Take, folder: Path = CACHE) -> Path:
    """The video of this take, rendered now or earlier; its truth lies beside it, as .json and .npz."""
    folder.mkdir(parents=True, exist_ok=True)
    video = folder / f"{key(take)}.mp4"
    if not video.exists():
        unfinished = folder / f"{key(take)}.part.mp4"
        people = film(take, unfinished)
        np.savez_compressed(unfinished.with_suffix(".npz"), **skeleton_truth(take, people))
        for suffix in (".json", ".npz", ".mp4"):  # the video last: where it is, all is
            unfinished.with_suffix(suffix).replace(video.with_suffix(suffix))
    return video


def key(take: Take) -> str:
    """A name that changes with whatever changes the film: the take and the studio itself."""
    digest = hashlib.sha256(repr(take).encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        if source.stem not in OUTSIDE_THE_FILM:
            digest.update(source.read_bytes())
    return f"{take.script.side}_{take.script.movement}_{digest.hexdigest()[:16]}"
