"""How long a page takes in the browser, in a record of hundreds: the first one, and each change to another.

Fills a record as `benchmarks.records` does, starts the dashboard as the shell does, signs in as the owner with
Debian's chromium, and goes from page to page as a person does, by clicks. A page counts as there when its heading
and what it is about are drawn and no run goes on. The first page is timed with an empty cache, from the address to
that, and again with a full one. The report is left out: it reads curves, and those of this record are noise.

    python -m benchmarks.pages [--clients 500] [--rounds 5]
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.records import SESSIONS, fill
from rom_vision.accounts import Accounts
from rom_vision.dashboard.entrance.words import words as entrance_words
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_summary import words_summary
from rom_vision.dashboard.words_today import words_today
from rom_vision.records import Referral

ROOT = Path(__file__).parents[1]
USER, PASSWORD = "olga", "seven blue herons"
FIRST_TARGET_MS, CHANGE_TARGET_MS = 2000.0, 500.0
PATIENCE_MS = 60_000
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"
STALE = "[data-stale=true]"


def main(arguments: Sequence[str] | None = None) -> dict[str, list[float]]:
    """Prints the timings and gives them, in milliseconds by what was opened."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        os.environ["ROM_VISION_HOME"] = folder
        data = Path(folder) / "data"
        data.mkdir()
        fill(f"sqlite:///{data / 'record.sqlite3'}", options.clients, {0})
        with Accounts.open(who="benchmark") as accounts:
            accounts.add_owner(USER, "Olga Owner", PASSWORD)
        with _server(Path(folder) / "log") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            timings = _timed(browser, address, options.rounds)
            browser.close()
    print(f"{options.clients} clients of {SESSIONS} sessions each")
    for what, ms in timings.items():
        target = FIRST_TARGET_MS if what.startswith("first") else CHANGE_TARGET_MS
        median = statistics.median(ms)
        verdict = "met" if median < target else "NOT met"
        print(f"{what:32} {median:6.0f} ms median  {max(ms):6.0f} ms worst  target {target:.0f} ms {verdict}")
    return timings


def _timed(browser: Browser, address: str, rounds: int) -> dict[str, list[float]]:
    timings: dict[str, list[float]] = {}

    def note(what: str, act: Callable[[], object], page: Page, sign: str) -> None:
        started = time.perf_counter()
        act()
        _drawn(page, sign)
        timings.setdefault(what, []).append(1000 * (time.perf_counter() - started))

    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        _sign_in(page, address)
        fresh = browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=context.storage_state())
        context.close()
        page = fresh.new_page()
        note("first page, empty cache", lambda page=page: page.goto(address), page, words_today.FIND)
        note("first page, full cache", lambda page=page: page.goto(address), page, words_today.FIND)
        for title, sign in (
            (words_record.CLIENT, words_record.ASSESSMENT),
            (words.MEASURE, words.TEST),
            (words.PROGRESS, words.MEASUREMENTS),
            (words_today.TODAY, words_today.FIND),
        ):
            link = page.get_by_role("link", name=title, exact=True)
            note(f"to {title}", lambda link=link: link.click(), page, sign)
        page.get_by_role("link", name=words_record.CLIENT, exact=True).click()
        _drawn(page, words_record.ASSESSMENT)
        for title, sign in (
            (words_summary.PROGRESS, words_summary.TEST),
            (words_record.HISTORY, words_record.KINDS[Referral]),
            (words_body.BODY_CHART, words_body.EXPECTED),
        ):
            tab = page.get_by_role("tab", name=title, exact=True)
            note(f"tab {title}", lambda tab=tab: tab.click(), page, sign)
        fresh.close()
    return timings


def _drawn(page: Page, sign: str) -> None:
    """What the page is about is to be seen, and no run goes on."""
    page.get_by_text(sign, exact=True).first.wait_for(timeout=PATIENCE_MS)
    page.locator(DRAWN).wait_for(state="attached", timeout=PATIENCE_MS)
    page.locator(STALE).first.wait_for(state="detached", timeout=PATIENCE_MS)


def _sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label(entrance_words.USER_NAME, exact=True).fill(USER)
    page.get_by_label(entrance_words.PASSWORD, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=entrance_words.SIGN_IN).click()
    _drawn(page, words_today.FIND)


@contextmanager
def _server(log: Path) -> Iterator[str]:
    """The dashboard as its own process."""
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


if __name__ == "__main__":
    main()
