"""A queue of its own for each test, and work that costs nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from measured import knee_flexion

from rom_vision.jobs import Jobs, Order


@pytest.fixture(scope="session")
def knee():
    return knee_flexion()


@pytest.fixture
def jobs(home: Path) -> Iterator[Jobs]:
    with Jobs.open() as opened:
        yield opened


@pytest.fixture
def jobs_anywhere(address: str) -> Iterator[Jobs]:
    """On SQLite, and on a server."""
    with Jobs.open() as opened:
        yield opened


@pytest.fixture
def clip(tmp_path: Path) -> Callable[[str], Path]:
    """A file of that name that is no real clip."""

    def make(name: str = "Anna Example.mp4") -> Path:
        (tmp_path / name).write_bytes(b"a film called " + name.encode())
        return tmp_path / name

    return make


@pytest.fixture
def order() -> Order:
    return Order(None, "knee_flexion", "left", "active")


@pytest.fixture
def run(knee):
    """In place of the measurement: writes an overlay, tells its progress, gives a measurement."""

    def pretend(order, video, overlay, on_progress):
        on_progress("Finding the body", 1, 2)
        shutil.copy(video, overlay)
        return knee

    return pretend
