"""Signing in and out, in a real browser against a real server."""

import re

import people
import pytest
from people import PASSWORD
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import Server, make_owner, needs_chromium, sign_in

from rom_vision.accounts import Accounts
from rom_vision.dashboard.entrance.door import COOKIE
from rom_vision.dashboard.entrance.words import words
from rom_vision.dashboard.words import words as page_words

pytestmark = needs_chromium
SOON_MS = 30_000
SIGN_IN = re.compile(r"/signin$")


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=SOON_MS)


def arrived(page: Page) -> None:
    """On a page of the dashboard, with who is signed in beside it."""
    expect(page.get_by_role("button", name=words.SIGN_OUT)).to_be_visible()


def cookie_in(context: BrowserContext) -> dict[str, object]:
    (cookie,) = (kept for kept in context.cookies() if kept["name"] == COOKIE)
    return cookie


def test_from_the_first_start_to_signed_out_everywhere(server: Server, browser: Browser):
    here, elsewhere = browser.new_context(), browser.new_context()
    page, tab, far = here.new_page(), here.new_page(), elsewhere.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)

    make_owner(page, server)
    arrived(page)
    expect(page.get_by_text(page_words.WELCOME)).to_be_visible()
    expect(page.get_by_text("Olga Owner")).to_be_visible()
    assert cookie_in(here)["httpOnly"]
    assert page.evaluate("document.cookie").find(COOKIE) == -1
    page.reload()
    arrived(page)
    assert troubles == [], "the policy of the page stops nothing that it needs"

    tab.goto(f"{server.address}/progress")
    arrived(tab)
    sign_in(far, server, "olga")
    arrived(far)
    page.goto(f"{server.address}/account")
    page.get_by_role("button", name=words.SIGN_OUT_EVERYWHERE).click()
    expect(page).to_have_url(SIGN_IN)
    expect(tab).to_have_url(SIGN_IN)
    expect(far).to_have_url(SIGN_IN)
    page.goto(f"{server.address}/progress?side=left")
    expect(page).to_have_url(re.compile(r"/signin\?to="))
    page.get_by_label(words.USER_NAME, exact=True).fill("olga")
    page.get_by_label(words.PASSWORD, exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    arrived(page)
    expect(page).to_have_url(re.compile(r"/progress\?side=left$"))
    page.get_by_role("button", name=words.SIGN_OUT).click()
    expect(page).to_have_url(SIGN_IN)
    assert "Traceback" not in server.log.read_text()


def test_who_guesses_reads_why_and_a_wrong_cookie_opens_nothing(server: Server, browser: Browser):
    with Accounts.open(who="shell") as accounts:
        people.add(accounts, "thea", "Thea Therapist", "therapist")
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for _ in range(5):
        sign_in(page, server, "thea", "wrong password")
        expect(page.get_by_role("alert")).to_have_text(
            "User name or password is wrong. Try again, or ask for a new password."
        )
        expect(page.get_by_label(words.PASSWORD, exact=True)).to_be_focused()
    sign_in(page, server, "thea")
    expect(page.get_by_role("alert")).to_have_text("There were too many attempts. Wait 1 minute, then try again.")
    context.add_cookies([{"name": COOKIE, "value": "made.up", "url": server.address}])
    page.goto(server.address)
    expect(page).to_have_url(SIGN_IN)
