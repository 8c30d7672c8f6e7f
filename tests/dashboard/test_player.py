"""Film and curve of a kept measurement, in a real browser; and who is sent which film."""

from datetime import date
from pathlib import Path

import anyio
import httpx
import people
import pytest
from filmed import filmed
from people import Practice
from playwright.sync_api import Browser, Page, expect
from served import Server, needs_chromium, sign_in
from starlette.applications import Starlette
from starlette.middleware import Middleware

from rom_vision.accounts import Account
from rom_vision.dashboard import films
from rom_vision.dashboard.entrance.door import COOKIE, the_accounts
from rom_vision.dashboard.entrance.gate import Gate
from rom_vision.exchange.overlay import write_overlay
from rom_vision.measure import Measurement
from rom_vision.records import Client, Record

SOON_MS = 20_000
CLOSE_S = 0.1
MIDDLE = 0.5


@pytest.fixture
def kept(home: Path, tmp_path: Path) -> tuple[Client, Measurement]:
    """Ben's left knee bends three times before a blue wall."""
    made = filmed(tmp_path)
    overlay = tmp_path / "overlay.mp4"
    write_overlay(made.measurement, made.video, overlay)
    with Record.open(who="shell") as record:
        ben = record.add_client("Ben Example")
        record.keep(ben.id, made.measurement, made.video, overlay=overlay, on=date(2026, 11, 3))
    return ben, made.measurement


@pytest.fixture
def practice(kept: tuple[Client, Measurement]) -> Practice:
    return people.practice(the_accounts(), kept[0])


@needs_chromium
@pytest.mark.browser
def test_the_curve_moves_the_film_and_the_film_the_curve(kept, practice, server: Server, browser: Browser):
    ben, measurement = kept
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    expect.set_options(timeout=SOON_MS)
    sign_in(page, server, "rita")
    page.goto(f"{server.address}/?client={ben.id}&test=knee_flexion")
    page.locator("summary").first.click()
    chart = page.get_by_role("slider")
    expect(chart).to_be_visible()
    _until(page, "video => video.readyState >= 2")

    at_s = _click(page, MIDDLE)
    _until(page, f"video => Math.abs(video.currentTime - {at_s}) < {CLOSE_S}")
    deg = measurement.curve[abs(measurement.landmarks.time_s - at_s).argmin()]
    expect(page.locator(".read")).to_contain_text(f"{round(deg)}° ±")
    expect(page.locator(".read")).to_contain_text("repetition 2")

    chart.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    _until(page, f"video => Math.abs(video.currentTime - 1) < {CLOSE_S}")
    page.keyboard.press("Space")
    _until(page, "video => video.currentTime > 1.5")
    page.keyboard.press("Space")
    page.wait_for_timeout(200)
    shown_s = float(chart.get_attribute("aria-valuenow"))
    assert abs(page.locator("video").evaluate("video => video.currentTime") - shown_s) < CLOSE_S

    with page.expect_download() as table:
        page.get_by_role("button", name="CSV").click()
    rows = table.value.path().read_text().splitlines()
    assert rows[0] == "time_s,angle_deg"
    assert len(rows) == 1 + len(measurement.curve)
    assert ben.id not in page.locator("video").evaluate("video => video.currentSrc")


def _click(page: Page, share: float) -> float:
    """Click somewhere on the curve; gives the moment that is there."""
    chart = page.get_by_role("slider")
    chart.scroll_into_view_if_needed()
    box, last_s = chart.bounding_box(), float(chart.get_attribute("aria-valuemax"))
    left, right = 44, 10  # the chart's margins
    page.mouse.click(box["x"] + left + share * (box["width"] - left - right), box["y"] + 120)
    return share * last_s


def _until(page: Page, seen: str) -> None:
    for _ in range(100):
        if page.locator("video").evaluate(seen):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {seen}")


def ask(address: str, who: Account | None, **headers: str) -> httpx.Response:
    """What the route answers behind the gate."""
    web = httpx.ASGITransport(Starlette(routes=films.ROUTES, middleware=[Middleware(Gate)]))
    cookies = {COOKIE: the_accounts().sign_in_vouched(who.user_name)} if who else None

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=web, base_url="http://localhost", cookies=cookies) as client:
            return await client.get(address, headers=headers)

    return anyio.run(asked)


def test_each_role_and_each_film(practice, kept, tmp_path):
    film = tmp_path / "one.mp4"
    film.write_bytes(bytes(range(100)))
    own, foreign = films.address(film, kept[0].id), films.address(film, "C-222222")
    waiting = films.address(film, kept[0].id, "write")
    assert ask(own, None).status_code == 403
    for role in ("owner", "therapist", "client", "reviewer"):
        who = getattr(practice, role)
        staff = role in ("owner", "therapist")
        assert ask(own, who).content == film.read_bytes()
        assert ask(foreign, who).status_code == (200 if staff else 404)
        assert ask(waiting, who).status_code == (200 if staff else 404)
        assert ask(films.PATH + "0" * 40, who).status_code == 404


def test_a_part_of_a_film_is_sent_as_that_part_and_kept_by_no_one(practice, kept, tmp_path):
    film = tmp_path / "one.mp4"
    film.write_bytes(bytes(range(100)))
    address = films.address(film, kept[0].id)
    part = ask(address, practice.therapist, range="bytes=10-19")
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    assert "no-store" in part.headers["cache-control"]
    assert films.address(film, kept[0].id) == address, "a page that is drawn again shows the same film"
    film.unlink()
    assert ask(address, practice.therapist).status_code == 404
    assert films.address(film, kept[0].id) is None
