"""A dashboard of its own for each test: an empty home, no jobs, no account."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from people import add
from playwright.sync_api import Browser
from served import Server, chromium, serve
from streamlit.runtime import context

from rom_vision.accounts import Account
from rom_vision.dashboard.entrance.door import COOKIE, the_accounts
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.the_record import the_record
from rom_vision.jobs import work_next


@pytest.fixture(autouse=True)
def fresh_server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This test's own queue, accounts and record, which end with it."""
    # the test driver puts a page there, which later tests' processes would load
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    kept_open = (the_jobs, the_accounts, the_record)
    for opened in kept_open:
        opened.cache_clear()
    yield
    for opened in kept_open:
        if opened.cache_info().currsize:
            opened().close()
        opened.cache_clear()


@pytest.fixture
def worker() -> Iterator[None]:
    """Measures what the pages put in the queue, in this process."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.05):
            work_next(the_jobs(), "test")

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Account], str]:
    """Signs somebody in: Streamlit's test driver has no browser, so that the cookie is handed to it; gives it."""

    def with_cookie(account: Account) -> str:
        cookie = the_accounts().sign_in_vouched(account.user_name)
        monkeypatch.setattr(context, "_get_client_context", lambda: SimpleNamespace(cookies={COOKIE: cookie}))
        return cookie

    return with_cookie


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser without a cookie."""
    monkeypatch.setattr(context, "_get_client_context", lambda: SimpleNamespace(cookies={}))


@pytest.fixture
def owner(sign_in: Callable[[Account], str]) -> Account:
    """The owner, who is signed in."""
    account = add(the_accounts(), "olga", "Olga Owner", "owner")
    sign_in(account)
    return account


@pytest.fixture
def server(home: Path, tmp_path: Path) -> Iterator[Server]:
    with serve(tmp_path / "server.log") as running:
        yield running


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running
