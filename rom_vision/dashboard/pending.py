"""Where an upload lies on its way into the queue: a folder of a random name, for this user alone."""

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rom_vision.errors import VideoError
from rom_vision.home import cache_folder

STALE_S = 24 * 3600.0  # left by a crash


@contextmanager
def taken(clip: BinaryIO, file_name: str) -> Iterator[Path]:
    """Copy an upload to the disk; gives where it lies while this lasts.

    Args:
        clip: the upload, read from its beginning.
        file_name: as the user's device calls it; only its ending is kept, the rest may be a client's name.
    Raises:
        VideoError: there is no room for it.
    """
    _remove_stale()
    folder = _all_pending() / secrets.token_hex(16)
    path = folder / f"clip{Path(file_name).suffix.lower()}"
    try:
        try:
            folder.mkdir(mode=0o700)
            with path.open("xb") as copy:
                shutil.copyfileobj(clip, copy, length=1024 * 1024)
        except OSError as problem:
            raise VideoError(
                f"The clip could not be taken over: {problem.strerror}.", remedy="Free some space and try again."
            ) from problem
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _all_pending() -> Path:
    folder = cache_folder() / "pending"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _remove_stale() -> None:
    oldest_s = time.time() - STALE_S
    for folder in _all_pending().iterdir():
        if folder.stat().st_mtime < oldest_s:
            shutil.rmtree(folder, ignore_errors=True)
