"""The dashboard as its own process, as the shell starts it, and a browser to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest
from people import PASSWORD
from playwright.sync_api import Browser, Page, sync_playwright

from rom_vision.dashboard.entrance.words import words

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium")


@dataclass(frozen=True)
class Server:
    address: str
    log: Path
    pid: int


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return int(free.getsockname()[1])


@contextmanager
def serve(log: Path, *flags: str, port: int | None = None) -> Iterator[Server]:
    """Runs the dashboard in the home that the environment names.

    Args:
        log: a file, for what it writes.
        flags: for Streamlit.
        port: None is any.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.address", "localhost", "--server.port", str(port), *flags]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=output, stderr=output)
        try:
            address = f"http://localhost:{port}"
            _wait_for(address, process)
            yield Server(address, log, process.pid)
        finally:
            process.terminate()
            assert process.wait(timeout=30) is not None


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail("the server did not start")


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Debian's, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *flags])
        yield browser
        browser.close()


def make_owner(page: Page, server: Server) -> None:
    """What whoever opens the dashboard for the first time does."""
    page.goto(server.address)
    page.get_by_label(words.NAME, exact=True).fill("Olga Owner")
    page.get_by_label(words.USER_NAME, exact=True).fill("olga")
    page.get_by_label(words.PASSWORD, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words.MAKE_ACCOUNT).click()


def sign_in(page: Page, server: Server, user_name: str, password: str = PASSWORD) -> None:
    """Types name and password on the page that an unknown browser gets to see."""
    page.goto(server.address)
    page.get_by_label(words.USER_NAME, exact=True).fill(user_name)
    page.get_by_label(words.PASSWORD, exact=True).fill(password)
    page.get_by_role("button", name=words.SIGN_IN).click()
