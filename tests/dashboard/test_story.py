"""A therapist's first visit, in a real browser against a real server."""

import json
import os
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from served import ROOT, Server, make_owner, needs_chromium

from rom_vision.dashboard.words import words
from rom_vision.records import Record

CLIP = ROOT / "sample_videos" / "left_shoulder_abduction.mp4"
TRUE_PEAK_DEG = max(turn["peak_deg"] for turn in json.loads(CLIP.with_suffix(".json").read_text())["repetitions"])
NAME = "Quintessa Example"
SOON_MS, MEASURED_MS = 20_000, 180_000

pytestmark = needs_chromium


def _button(page: Page, label: str):
    return page.get_by_role("button", name=label, exact=True)


def _choose_test(page: Page, typed: str) -> None:
    box = page.get_by_role("combobox", name=words.TEST)
    box.click()
    box.fill(typed)
    page.get_by_role("option").first.click()


def test_from_a_first_client_to_a_kept_measurement(server: Server, browser: Browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect.set_options(timeout=SOON_MS)

    make_owner(page, server)
    page.get_by_label(words.NAME, exact=True).fill(NAME)
    _button(page, words.ADD).click()
    page.get_by_role("link", name=words.MEASURE).click()
    _choose_test(page, "shoulder abd")
    expect(page.get_by_text("Place the phone 2 to 3 m in front")).to_be_visible()
    _upload(page)
    number = _read_the_result(page)
    _keep_take_back_and_keep(page)

    _button(page, words.SEE_PROGRESS).click()
    expect(page.get_by_text(words.MEASUREMENTS)).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"Left: {number}")).to_be_visible()
    page.locator("summary").first.click()
    expect(page.locator("video")).to_be_visible()
    assert _plays(page)

    with Record.open() as record:
        (kept,) = record.measurements(record.clients()[0].id)
    assert f"{round(kept.peak_deg)}°" == number.split(" ±")[0]
    _nothing_told(server, asked, page.url)


def _upload(page: Page) -> None:
    """Upload the clip; a reload in the middle of the work loses nothing."""
    expect(_button(page, words.START_MEASURING)).to_be_disabled()
    page.locator("input[type=file]").set_input_files(CLIP)
    expect(_button(page, words.START_MEASURING)).to_be_enabled()
    _button(page, words.START_MEASURING).click()
    expect(page.get_by_text("Finding the body")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Finding the body").or_(_button(page, words.KEEP))).to_be_visible()  # as fast as it is


def _read_the_result(page: Page) -> str:
    """The number as it is shown before it is kept."""
    expect(_button(page, words.KEEP)).to_be_visible(timeout=MEASURED_MS)
    number = page.get_by_test_id("stMetricValue").inner_text()
    peak_deg, uncertainty_deg = (float(part.strip("° ")) for part in number.split("±"))
    assert abs(peak_deg - TRUE_PEAK_DEG) <= 6
    assert 0 < uncertainty_deg < 20
    expect(page.get_by_text("Best peak of 3 repetitions")).to_be_visible()
    expect(page.get_by_role("slider")).to_be_visible()
    assert _plays(page)
    return number


def _keep_take_back_and_keep(page: Page) -> None:
    kept = page.get_by_text(f"Kept for {NAME}")
    _button(page, words.KEEP).click()
    expect(kept).to_be_visible()
    _button(page, words.UNDO).click()
    expect(kept).to_be_hidden()
    with Record.open() as record:
        assert record.measurements(record.clients()[0].id) == []
    _button(page, words.KEEP).click()
    expect(kept).to_be_visible()
    expect(_button(page, words.now_the("right"))).to_be_visible()


def _plays(page: Page) -> bool:
    """Whether the browser decodes the film and gets on with it."""
    video = page.locator("video")
    video.evaluate("video => video.play()")
    for _ in range(100):
        if video.evaluate("video => video.currentTime > 0.3 && video.videoWidth > 0"):
            return True
        page.wait_for_timeout(100)
    return False


def _nothing_told(server: Server, asked: list[str], url: str) -> None:
    """The client's name is in no address, no log and no file name, and nothing was asked of other computers."""
    outside = [address for address in asked if not address.startswith((server.address, "blob:", "data:"))]
    assert outside == []
    assert not any(NAME.split()[0] in address for address in [*asked, url])
    log = server.log.read_text()
    assert NAME.split()[0] not in log
    assert "Traceback" not in log
    home = Path(os.environ["ROM_VISION_HOME"])
    assert not any(NAME.split()[0] in str(path) for path in home.rglob("*"))
    assert not [path for path in (home / "data" / "jobs").rglob("*") if path.is_file()]


def test_the_sample_client_is_offered_shows_its_progress_and_is_stopped(server: Server, browser: Browser):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    expect.set_options(timeout=SOON_MS)
    make_owner(page, server)
    _button(page, words.SAMPLE).click()
    expect(page.get_by_text("1 of ")).to_be_visible()
    expect(page.get_by_text("finding the body")).to_be_visible()
    _button(page, words.CANCEL).click()
    expect(_button(page, words.SAMPLE)).to_be_visible()
    with Record.open() as record:
        assert record.clients() == []
