"""What finds the pose in the browser itself: MediaPipe's library, obtained once, verified, packed for the browser.

No picture leaves the device for it, and nothing is asked of another computer: the dashboard serves these files.
"""

import gzip
import hashlib
import tempfile
import threading
from pathlib import Path

from rom_vision.capture.npm_package import Source, fetched, verified
from rom_vision.capture.pose_model import pose_model
from rom_vision.home import cache_folder

PACKAGE = "@mediapipe/tasks-vision@1.1.0"  # named whole: what npm calls the latest is of 2023
SOURCES = (
    Source("vision_bundle.mjs", "9d5fc9ef74b22329cf9aa88dc543956d192b8c254210b187271614713eb5b10c"),
    Source(
        "wasm/vision_wasm_module_internal.js",
        "70eff3956521b7de058d7173a4935c95e4a223c26ea624b9f5a936d3a043dcb0",
    ),
    Source(
        "wasm/vision_wasm_module_internal.wasm",
        "ee03b14a878e6c3c053a1bfa62e166dc45244be54dc0bbe61c578f710b771f6a",
    ),
)
SIZES = ("lite", "full")
FILES = frozenset({*(Path(source.file).name for source in SOURCES), *(f"pose_{size}.task" for size in SIZES)})
VERSION = hashlib.sha256("".join([*(source.sha256 for source in SOURCES), *SIZES]).encode()).hexdigest()[:12]

_one_fetches = threading.Lock()


def packed_file(name: str) -> Path:
    """One of FILES, compressed by gzip.

    Raises:
        ModelError: as `packed_files` does.
    """
    return packed_files() / f"{name}.gz"


def packed_files() -> Path:
    """The folder of all FILES, each compressed by gzip; they are obtained if the cache does not hold them.

    Raises:
        ModelError: there is no network, or a file is not what it should be.
    """
    folder = cache_folder() / f"live-pose-{VERSION}"
    with _one_fetches:
        if not folder.exists():
            _obtain(folder)
    return folder


def _obtain(folder: Path) -> None:
    """Leave all files in the folder, or none."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        ready = Path(scratch) / "ready"
        ready.mkdir()
        for size in SIZES:
            _pack(pose_model(size).path.read_bytes(), ready / f"pose_{size}.task")
        unpacked = fetched(PACKAGE, Path(scratch))
        for source in SOURCES:
            _pack(verified(unpacked, source), ready / Path(source.file).name)
        ready.replace(folder)


def _pack(data: bytes, path: Path) -> None:
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
