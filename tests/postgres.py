"""A PostgreSQL server of the tests' own: on a socket in a temporary directory, no network, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

ROLE = "rom_vision"


def program(name: str) -> str:
    """A server's program; Debian has them beside the path. Skips the test where it is not installed."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(beside[-1]) if beside else shutil.which(name)
    if found is None:
        pytest.skip("PostgreSQL (apt-get install postgresql)")
    return found


@contextmanager
def server() -> Iterator[str]:
    """Runs one; gives the address of an empty database."""
    initdb, postgres = program("initdb"), program("postgres")
    # the server refuses to run as root
    user = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        if user:
            shutil.chown(folder, **user)
        data = Path(folder) / "data"
        make = [initdb, "--pgdata", data, "--username", ROLE, "--auth=trust", "--encoding=UTF8", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, **user)
        options = ["-c", "listen_addresses=", "-c", "fsync=off"]
        with (
            Path(folder, "log").open("wb") as log,
            subprocess.Popen(
                [postgres, "-D", data, "-k", folder, *options], stderr=log, cwd=folder, **user
            ) as running,
        ):
            try:
                _wait(running, data)
                yield f"postgresql+psycopg://{ROLE}@/postgres?host={folder}"
            finally:
                running.terminate()


def empty(address: str) -> None:
    """Takes all out of a database."""
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def _wait(running: subprocess.Popen[bytes], data: Path) -> None:
    ready = data / "postmaster.pid"
    while not (ready.exists() and "ready" in ready.read_text().split()):
        assert running.poll() is None, "the server has ended"
        time.sleep(0.02)
