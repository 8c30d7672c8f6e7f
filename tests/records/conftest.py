"""A record of its own for each test, in a real file.

Where ROM_VISION_TEST_DATABASE_URL names an empty database of a server, the tests of the record run on it too.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from measured import knee_flexion, no_movement
from sqlalchemy import create_engine, text

from rom_vision.measure import Measurement
from rom_vision.records import Client, Record

SERVER = os.environ.get("ROM_VISION_TEST_DATABASE_URL")
collect_ignore = [] if SERVER else ["test_server.py"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds record and media."""
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path))
    monkeypatch.delenv("ROM_VISION_DATABASE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture(params=["sqlite", *(["server"] if SERVER else [])])
def record(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    """An empty record."""
    if request.param == "server":
        monkeypatch.setenv("ROM_VISION_DATABASE_URL", SERVER)
        engine = create_engine(SERVER)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    with Record.open() as opened:
        yield opened


@pytest.fixture
def anna(record: Record) -> Client:
    return record.add_client("Anna Example")


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
