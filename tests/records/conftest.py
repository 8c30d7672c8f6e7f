"""A record of its own for each test: in a real file, and on a real server."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from measured import knee_flexion, no_movement

from rom_vision.measure import Measurement
from rom_vision.records import Record


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds record and media."""
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path))
    monkeypatch.delenv("ROM_VISION_DATABASE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture
def record(address: str) -> Iterator[Record]:
    """An empty record."""
    with Record.open(who="Thea") as opened:
        yield opened


@pytest.fixture(scope="session")
def knee() -> Measurement:
    return knee_flexion()


@pytest.fixture(scope="session")
def refused() -> Measurement:
    return no_movement()


@pytest.fixture
def clip(tmp_path: Path) -> Callable[..., Path]:
    """Makes a file; the record does not look into it."""

    def make(name: str = "IMG_0042.MOV", content: bytes = b"a film") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


@pytest.fixture
def at_once(tmp_path: Path, clip: Callable[..., Path]) -> Callable[[str, int], list[str]]:
    """Runs some code in real processes, held back until all are there; gives what each wrote to the error stream.

    In the code `own` is the process's number, and clip.mp4 a file.
    """

    def run(code: str, processes: int) -> list[str]:
        clip("clip.mp4")
        script = (
            "import sys, time\nfrom dataclasses import replace\nfrom datetime import date\n"
            "from pathlib import Path\nimport charted\nfrom measured import knee_flexion\n"
            "from rom_vision.errors import RecordError\nfrom rom_vision.records import Consent, Record\n"
            "own = sys.argv[1]\nPath(f'ready{own}').touch()\n"
            "while not Path('go').exists(): time.sleep(0.001)\n" + code
        )
        env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        running = [
            subprocess.Popen(
                [sys.executable, "-c", script, str(own)], cwd=tmp_path, env=env, stderr=subprocess.PIPE
            )
            for own in range(processes)
        ]
        while len(list(tmp_path.glob("ready*"))) < processes:
            assert all(process.poll() is None for process in running)
            time.sleep(0.01)
        (tmp_path / "go").touch()
        return [process.communicate()[1].decode() for process in running]

    return run
