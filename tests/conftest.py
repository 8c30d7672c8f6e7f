"""What all tests share: a home of their own, databases, the pose model, and a word on what had to be skipped."""

import os
from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest

from rom_vision.capture.pose_model import PoseModel, pose_model
from rom_vision.home import cache_folder, data_folder
from rom_vision.records import Client, Record


@pytest.fixture(scope="session")
def model() -> PoseModel:
    """The default pose model; obtained once into this machine's cache."""
    return pose_model()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test's own, with this machine's pose models in its cache."""
    models = cache_folder()
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path / "home"))
    for obtained in [*models.glob("*.task"), *models.glob("live-pose-*")]:
        (cache_folder() / obtained.name).symlink_to(obtained)
    return tmp_path / "home"


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    """An empty record."""
    with Record.open(who="Thea") as opened:
        yield opened


@pytest.fixture
def anna(record: Record) -> Client:
    return record.add_client("Anna Example")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a database on a server."""
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of an empty database, which is that of `Record.open()` in this test and its processes."""
    if request.param == "sqlite":
        address = f"sqlite:///{data_folder() / 'record.sqlite3'}"
    else:
        address = request.getfixturevalue("server")
        postgres.empty(address)
    monkeypatch.setenv("ROM_VISION_DATABASE_URL", address)
    return address


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line that says what is missing on this machine, and how to install it."""
    reasons = {
        str(report.longrepr[2]).removeprefix("Skipped: ") for report in terminalreporter.getreports("skipped")
    }
    if reasons:
        terminalreporter.write_line("Skipped, since something is missing: " + "; ".join(sorted(reasons)))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything is installed, a skipped test is a broken test."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
