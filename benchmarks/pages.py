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
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browsing import PASSWORD, drawn, server, sign_in
from benchmarks.records import SESSIONS, fill
from rom_vision.accounts import Accounts
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_summary import words_summary
from rom_vision.dashboard.words_today import words_today
from rom_vision.records import Referral

USER = "olga"
FIRST_TARGET_MS, CHANGE_TARGET_MS = 2000.0, 500.0


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
        with server(Path(folder) / "log") as address, sync_playwright() as playwright:
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
        _there(page, sign)
        timings.setdefault(what, []).append(1000 * (time.perf_counter() - started))

    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        sign_in(page, address, USER)
        _there(page, words_today.FIND)
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
        _there(page, words_record.ASSESSMENT)
        for title, sign in (
            (words_summary.PROGRESS, words_summary.TEST),
            (words_record.HISTORY, words_record.KINDS[Referral]),
            (words_body.BODY_CHART, words_body.EXPECTED),
        ):
            tab = page.get_by_role("tab", name=title, exact=True)
            note(f"tab {title}", lambda tab=tab: tab.click(), page, sign)
        fresh.close()
    return timings


def _there(page: Page, sign: str) -> None:
    """What the page is about is to be seen, and no run goes on."""
    page.get_by_text(sign, exact=True).first.wait_for()
    drawn(page)


if __name__ == "__main__":
    main()
