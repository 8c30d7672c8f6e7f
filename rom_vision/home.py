"""Where the program keeps its data and its cache on this machine.

ROM_VISION_HOME moves both into one folder; without it, each system's own places are used.
"""

import os
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """The folder of the record and its videos; made on first use."""
    return _folder(platformdirs.user_data_path("rom-vision"), "data")


def cache_folder() -> Path:
    """The folder of what can be obtained or computed again; made on first use."""
    return _folder(platformdirs.user_cache_path("rom-vision"), "cache")


def _folder(usual: Path, name: str) -> Path:
    home = os.environ.get("ROM_VISION_HOME")
    folder = Path(home).expanduser() / name if home else usual
    folder.mkdir(parents=True, exist_ok=True)
    return folder
