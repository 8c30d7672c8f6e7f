"""The dashboard as its own process, and what a browser does with it."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page

from rom_vision.dashboard.entrance.words import words

ROOT = Path(__file__).parents[1]
PASSWORD = "seven blue herons"
PATIENCE_MS = 60_000
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"
STALE = "[data-stale=true]"


@contextmanager
def server(log: Path) -> Iterator[str]:
    """The dashboard in the home that the environment names; gives its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health", process)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until_s = time.monotonic() + 60
    while time.monotonic() < until_s and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("the dashboard did not start")


def sign_in(page: Page, address: str, user_name: str) -> None:
    """On the page that an unknown browser gets to see; everybody has the same password here."""
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    page.get_by_label(words.USER_NAME, exact=True).fill(user_name)
    page.get_by_label(words.PASSWORD, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words.SIGN_IN).click()


def drawn(page: Page) -> None:
    """No run goes on, and nothing on the page is of an earlier one."""
    page.locator(DRAWN).wait_for(state="attached")
    page.locator(STALE).first.wait_for(state="detached")
