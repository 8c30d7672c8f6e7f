"""A file that is there whole, or not at all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rom_vision.errors import UsageError


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A path to write to; it becomes `out` when all is written, and nothing is left if anything is raised.

    Raises:
        UsageError: the folder is missing or can't be written to, or the disk is full.
    """
    try:
        # a folder beside the file, so that the last step is a rename on the same disk
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".unfinished-") as folder:
            part = Path(folder) / out.name
            yield part
            part.replace(out)
    except OSError as problem:
        raise UsageError(
            f"{out} can't be written: {problem.strerror}.", remedy="Choose another folder, or free some space."
        ) from problem
