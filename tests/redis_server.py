"""A Redis of the tests' own: on a socket in a temporary directory, no network, gone afterwards."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def server() -> Iterator[str]:
    """Runs one; gives the address of its first database. Skips the test where it is not installed."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis (apt-get install redis-server)")
    with tempfile.TemporaryDirectory(prefix="redis") as folder:
        socket = Path(folder) / "redis.sock"
        options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder, "--logfile", "log"]
        with subprocess.Popen([program, *options]) as running:
            try:
                while not socket.exists():
                    assert running.poll() is None, "the server has ended"
                    time.sleep(0.02)
                yield f"unix://{socket}?db=0"
            finally:
                running.terminate()
