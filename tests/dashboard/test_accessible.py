"""Every page under axe-core, and a finding placed on the body, in a real browser."""

from pathlib import Path

import axe
import people
import pytest
from playwright.sync_api import Browser, Page, expect
from served import Server, needs_chromium, sign_in
from shoulder_series import told

from rom_vision.accounts import Accounts
from rom_vision.dashboard.entrance.words import words as entrance_words
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_film import words_film
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_report import words_report
from rom_vision.dashboard.words_settings import words_settings
from rom_vision.dashboard.words_summary import words_summary
from rom_vision.home import cache_folder
from rom_vision.records import PalpationFinding, Record

TABS = {
    "/": [None],
    "/client": [
        words_record.ASSESSMENT, words_summary.PROGRESS, words_record.HISTORY, words_record.TREATMENT,
        words_record.HOME, words_body.BODY_CHART, words_report.REPORT,
    ],
    "/settings": [
        words_settings.PRACTICE, words_settings.VIDEOS, words_settings.CAMERAS, words_settings.ACCOUNTS,
    ],
    "/measure": [None],
    "/progress": [None],
    "/film": [None],
    "/compare": [None],
    "/faces": [None],
}  # fmt: skip
SOON_MS = 20_000
THEME_MS = 200  # until Streamlit has followed

pytestmark = [needs_chromium, pytest.mark.browser]


@pytest.fixture(scope="session")
def axe_script() -> str:
    """Before a test has a home of its own."""
    return axe.script(cache_folder())


@pytest.fixture
def client_id(home: Path) -> str:
    """A whole series, with a home programme."""
    with Record.open(who="shell") as record:
        return told(record)


def test_no_page_keeps_anybody_out_and_a_finding_is_placed_on_the_body(
    axe_script: str, client_id: str, server: Server, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1200}, color_scheme="dark")
    expect.set_options(timeout=SOON_MS)

    def look(path: str) -> None:
        assert _findings(page, axe_script) == [], path

    page.goto(server.address)
    expect(page.get_by_text(entrance_words.FIRST_LEAD)).to_be_visible()
    look("the first owner")
    with Accounts.open(who="shell") as accounts:
        people.add(accounts, "olga", "Olga Owner", "owner")
        people.add(accounts, "anna", "Anna", "client", [client_id])
        invitation = accounts.invite(None, "client", [client_id])
    for path in ("/signin", f"/invite/{invitation}", "/invite/made-up"):
        page.goto(server.address + path)
        look(path)
    sign_in(page, server, "olga")
    for path, tabs in TABS.items():
        page.goto(server.address + path)
        expect(page.locator("h1").first).to_be_visible()
        for tab in tabs:
            if tab:
                page.get_by_role("tab", name=tab, exact=True).click()
            _settled(page)
            look(f"{path} {tab}")
            if tab == words_body.BODY_CHART:
                _place_and_drag(page, client_id)
    page.goto(f"{server.address}/account")
    look("/account")
    page.context.clear_cookies()
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, server, "anna")
    _settled(page)
    look("home")
    page.get_by_role("button", name=words_film.FILM_IT, exact=True).click()
    expect(page.locator("section.recorder")).to_be_visible()
    _settled(page)
    look("home, filming")


def _findings(page: Page, axe_script: str) -> list[str]:
    """In the dark, and what differs in the light."""
    found = axe.grave_findings(page, axe_script)
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(THEME_MS)
    found += axe.grave_findings(page, axe_script, ["color-contrast"])
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(THEME_MS)
    return found


def _settled(page: Page) -> None:
    """The page is drawn and no run goes on."""
    page.wait_for_timeout(300)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def _place_and_drag(page: Page, client_id: str) -> None:
    """A click on the back makes a finding of the region that is there; dragged to another, it has that."""
    marks = page.locator(".finding")
    back = page.get_by_label(words_body.face_label("back", editable=True))
    here = marks.count()
    box = back.bounding_box()
    assert box
    back.click(position={"x": 0.4 * box["width"], "y": 0.25 * box["height"]})
    expect(marks).to_have_count(here + 1)
    page.get_by_role("button", name=words_record.SAVE, exact=True).click()
    expect(page.get_by_role("button", name=words_record.SAVE, exact=True)).to_have_count(0)
    placed = _newest(client_id)
    assert (placed.face, placed.side) == ("back", "left")
    assert abs(placed.x - 0.4) < 0.02
    assert abs(placed.y - 0.25) < 0.02
    mark = page.locator(f'[data-key="finding {placed.id}"]')
    box = mark.locator(".disc").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"], box["y"] + 150, steps=6)
    page.mouse.up()
    expect(page.get_by_role("button", name=words_record.UNDO)).to_be_visible()
    moved = _newest(client_id)
    assert moved.id == placed.id
    assert moved.y > placed.y + 0.1
    assert moved.region != placed.region
    page.get_by_role("button", name=words_record.UNDO).click()
    expect(page.get_by_role("button", name=words_record.UNDO)).to_have_count(0)
    assert _newest(client_id).y == placed.y
    mark.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name=words_record.UNDO)).to_be_visible()
    assert _newest(client_id).y > placed.y


def _newest(client_id: str) -> PalpationFinding:
    with Record.open(who="shell") as record:
        return max(record.entries(client_id, PalpationFinding), key=lambda finding: finding.id or 0)
