"""rom-vision blur and model: films and what they are looked at with; and the bar that shows how far work is."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from rom_vision.capture.close_models import close_model
from rom_vision.capture.live_pose import packed_files
from rom_vision.capture.pose_model import DEFAULT_SIZE, LANDMARKS, pose_model
from rom_vision.capture.privacy import blur_faces
from rom_vision.progress import Progress


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    blur = commands.add_parser("blur", help="write a film anew with every face covered, without its sound")
    blur.set_defaults(command=_blur)
    blur.add_argument("video", type=Path, metavar="VIDEO")
    blur.add_argument("out", type=Path, metavar="OUT")

    model = commands.add_parser("model", help="obtain the models now, so that no network is needed later")
    model.set_defaults(command=_model)
    model.add_argument("--size", choices=tuple(LANDMARKS), default=DEFAULT_SIZE)


def _blur(options: argparse.Namespace) -> int:
    with progress_bar() as progress:
        blurred = blur_faces(options.video, options.out, on_progress=progress)
    for start_s, end_s in blurred.in_doubt_s:
        print(f"Look at {start_s:.1f} to {end_s:.1f} s: somebody may have been missed there.")
    return 0


def _model(options: argparse.Namespace) -> int:
    for path in (
        pose_model(options.size).path,
        close_model("face").path,
        close_model("hand").path,
        packed_files(),
    ):
        print(path)
    return 0


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on the error stream, where that is a terminal; one for each kind of work."""
    bars: dict[str, tqdm] = {}

    def told(doing: str, done: int, of: int | None) -> None:
        if doing not in bars:
            close()
            bars[doing] = tqdm(desc=doing, total=of, unit=" frames", disable=None, leave=False)
        bars[doing].update(done - bars[doing].n)

    def close() -> None:
        for bar in bars.values():
            bar.close()

    try:
        yield told
    finally:
        close()
