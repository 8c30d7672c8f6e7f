"""A practice's day in a real browser, against the real app, worker and model: from signing in to the report.

The browser's camera shows a sample clip, whose angles are known.
"""

import json
import os
import re
import signal
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import people
import pytest
from films import SAMPLES, ffmpeg, needs_ffmpeg
from hand import Hand
from people import PASSWORD
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from served import Server, chromium, make_owner, needs_chromium, serve
from shoulder_series import filmed

from rom_vision.accounts import Accounts
from rom_vision.capture.video import Video
from rom_vision.dashboard.entrance.words import words as entrance_words
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_film import words_film
from rom_vision.dashboard.words_invitation import words_invitation
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_report import words_report
from rom_vision.dashboard.words_result import words_result
from rom_vision.dashboard.words_today import words_today
from rom_vision.movements import movement_test
from rom_vision.records import Exercise, PalpationFinding, Record

CLIP = SAMPLES / "left_shoulder_abduction.mp4"
TRUE_PEAK_DEG = max(turn["peak_deg"] for turn in json.loads(CLIP.with_suffix(".json").read_text())["repetitions"])
WITHIN_DEG = 8.0  # the camera's picture is smaller than the clip, and has half its frames
NAME, OTHER = "Quintessa Example", "Ben Other"
SAID = words_film.recorder(movement_test("shoulder_abduction"), "left", "active", "")
SOON_MS, MEASURED_MS, FILM_MS = 40_000, 180_000, 6500
OWN_TIME_S = 120.0
PHONE = {"width": 360, "height": 740}
DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"

pytestmark = [needs_chromium, needs_ffmpeg, pytest.mark.browser]


@pytest.fixture
def filming(tmp_path: Path) -> Iterator[Browser]:
    """Before its camera somebody lifts her arm again and again, at 15 frames a second: half as many to measure."""
    camera = tmp_path / "camera.y4m"
    ffmpeg("-i", CLIP, "-vf", "fps=15,scale=-2:480,pad=640:480:(ow-iw)/2:0", "-pix_fmt", "yuv420p", camera)
    fake = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    with chromium(*fake, f"--use-file-for-fake-video-capture={camera}") as running:
        yield running


@pytest.mark.timeout(600)  # two films are measured
def test_from_signing_in_to_the_report_and_the_film_from_home(server: Server, filming: Browser, record_property):
    expect.set_options(timeout=SOON_MS)
    with Accounts.open(who="shell") as accounts:
        people.add(accounts, "thea", "Thea Therapist", "therapist")
    page, hand, asked = filming.new_page(viewport={"width": 1280, "height": 900}), Hand(), []
    page.on("request", lambda request: asked.append(request.url))

    _add_a_client(page, server, hand)
    _film(page, hand)
    number = _change_and_keep(page, hand)
    assert hand.own_s < OWN_TIME_S
    record_property("own time of the therapist, s", f"{hand.own_s:.0f} in {hand.steps} steps")
    _compare_with_an_earlier_session(page, number)
    _place_a_finding(page)
    _download_the_report(page, number)
    link = _invite(page)

    with Record.open(who="shell") as record:
        record.add_client(OTHER)
    phone = filming.new_context(viewport=PHONE, has_touch=True, color_scheme="dark").new_page()
    _join(phone, link)
    _begin_to_film_at_home(phone)
    os.kill(server.pid, signal.SIGKILL)
    _go_on_filming(phone)
    with serve(server.log.with_name("again.log"), port=int(server.address.rpartition(":")[2])) as again:
        _have_it_measured(phone)
        _see_it(page)
        _nothing_told([server, again], [*asked, page.url, phone.url])


def _add_a_client(page: Page, server: Server, hand: Hand) -> None:
    page.goto(server.address)
    hand.write(page.get_by_label(entrance_words.USER_NAME, exact=True), "thea")
    hand.write(page.get_by_label(entrance_words.PASSWORD, exact=True), PASSWORD)
    hand.click(_button(page, entrance_words.SIGN_IN))
    hand.write(page.get_by_label(words.NAME, exact=True), NAME)
    hand.click(_button(page, words.ADD))
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def _film(page: Page, hand: Hand) -> None:
    """With the live pose, started and stopped with a pedal."""
    troubles: list[str] = []
    page.on("console", lambda told: troubles.append(told.text) if "Content Security" in told.text else None)
    hand.click(page.get_by_role("link", name=words_film.FILM, exact=True))
    hand.click(_button(page, words_film.joint("shoulder", "left")))
    expect(page.locator(DRAWN)).to_be_visible()  # a list that is drawn anew closes
    hand.pick(page.get_by_role("combobox", name=words.TEST), "abduction")
    expect(page.get_by_text(words_film.looks_like("Left shoulder abduction, active"))).to_be_visible()
    hand.click(_button(page, words_film.TO_CAMERA))
    hand.click(_button(page, SAID["open"]))
    expect(page.locator("section.recorder")).to_have_attribute("data-fits", "yes")
    expect(page.locator(".angle")).to_have_text(re.compile(r"\d+°"))
    hand.click(page.get_by_label(SAID["by_itself"]))
    hand.press(page, "PageDown")
    expect(page.locator(".running")).to_be_visible()
    page.wait_for_timeout(FILM_MS)
    hand.press(page, "PageDown")
    expect(page.get_by_text(SAID["sent"])).to_be_visible()
    hand.click(_button(page, SAID["use"]))
    expect(page.get_by_text(words.LEAVE)).to_be_visible()
    page.reload()  # the work goes on
    assert troubles == [], "the policy of the page stops nothing that it needs"


def _change_and_keep(page: Page, hand: Hand) -> str:
    """Gives the number that is kept: that of the film, with one repetition left out."""
    expect(_button(page, words.KEEP)).to_be_visible(timeout=MEASURED_MS)
    best = page.get_by_test_id("stMetricValue")
    assert abs(_peak_deg(best.inner_text()) - TRUE_PEAK_DEG) < WITHIN_DEG
    assert _plays(page)
    hand.click(page.get_by_text(words_result.CHANGE))
    counted = page.get_by_role("button", name=re.compile(r"^\d: \d+°$"))
    heights = [_peak_deg(text.partition(": ")[2]) for text in counted.all_inner_texts()]
    hand.click(counted.nth(heights.index(max(heights))))
    expect(page.get_by_text(words_result.BEFORE)).to_be_visible()
    hand.click(page.get_by_role("radio", name="3", exact=True))
    number = best.inner_text()
    hand.click(_button(page, words.KEEP))
    expect(page.get_by_text(f"Kept for {NAME}")).to_be_visible()
    with Record.open(who="shell") as record:
        (kept,) = record.measurements(record.clients()[0].id)
        assert kept.video_path is not None
        assert Video(kept.video_path).duration_s > FILM_MS / 1000 - 1
    assert f"{round(kept.peak_deg or 0)}°" == number.split(" ±")[0]
    assert len(kept.repetitions) == len(heights) - 1
    return number


def _compare_with_an_earlier_session(page: Page, number: str) -> None:
    """Which somebody measured three weeks ago: 40° less far."""
    _button(page, words.SEE_PROGRESS).click()
    expect(page.get_by_text(f"Left: {number}")).to_be_visible()
    earlier = filmed("shoulder_abduction", "left", "active", _peak_deg(number) - 40, 6.0, 1)
    with Record.open(who="shell") as record:
        record.keep(record.clients()[0].id, earlier, None, on=date.today() - timedelta(weeks=3))
    page.get_by_role("link", name=words_result.COMPARE, exact=True).click()
    expect(page.get_by_text(re.compile("40° more than on .*: a real change"))).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()


def _place_a_finding(page: Page) -> None:
    page.get_by_role("link", name=words_record.CLIENT, exact=True).click()
    page.get_by_role("tab", name=words_body.BODY_CHART, exact=True).click()
    back = page.get_by_label(words_body.face_label("back", editable=True))
    expect(back).to_be_visible()
    Hand().click(back, at=(0.4, 0.25))
    _button(page, words_record.SAVE).click()
    expect(_button(page, words_record.SAVE)).to_have_count(0)  # what is being written down is drawn already
    expect(page.locator(".finding")).to_have_count(1)
    with Record.open(who="shell") as record:
        (found,) = record.entries(record.clients()[0].id, PalpationFinding)
    assert (found.face, found.side) == ("back", "left")


def _download_the_report(page: Page, number: str) -> None:
    page.get_by_role("tab", name=words_report.REPORT, exact=True).click()
    with page.expect_download() as report:
        _button(page, words_report.FILES["pdf"]).click()
    text = " ".join(sheet.extract_text() for sheet in PdfReader(report.value.path()).pages)
    assert NAME in text
    assert number.split(" ±")[0] in text
    assert NAME.split()[0] not in report.value.suggested_filename


def _invite(page: Page) -> str:
    """An exercise, and the link for the client."""
    page.get_by_role("tab", name=words_record.HOME, exact=True).click()
    with Record.open(who="shell") as record:
        client = record.clients()[0]
        record.save(
            Exercise(client_id=client.id, movement="shoulder_abduction", side="left", repetitions=3,
                     times_a_week=7, starts_on=date.today())
        )  # fmt: skip
    _button(page, words_invitation.INVITE).click()
    return page.get_by_test_id("stCode").locator("code").inner_text()


def _join(phone: Page, link: str) -> None:
    phone.goto(link)
    expect(phone.get_by_text(entrance_words.INVITED_AS["client"])).to_be_visible()
    phone.get_by_label(entrance_words.NAME, exact=True).fill("Quinta")
    phone.get_by_label(entrance_words.USER_NAME, exact=True).fill("quinta@example.org")
    phone.get_by_label(entrance_words.PASSWORD, exact=True).fill(PASSWORD)
    _button(phone, entrance_words.MAKE_ACCOUNT).click()
    expect(phone.get_by_text(words_film.hello("Quinta"))).to_be_visible()
    expect(phone.get_by_text(OTHER)).to_have_count(0)
    phone.goto(link)
    expect(phone.get_by_role("heading", name=entrance_words.NO_INVITATION)).to_be_visible()
    phone.goto(link.partition("/invite/")[0])


def _begin_to_film_at_home(phone: Page) -> None:
    _button(phone, words_film.FILM_IT).click()
    _button(phone, SAID["open"]).click()
    phone.get_by_label(SAID["by_itself"]).uncheck()
    _button(phone, SAID["start"]).click()
    expect(phone.locator(".running")).to_be_visible()
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    phone.wait_for_timeout(FILM_MS / 2)


def _go_on_filming(phone: Page) -> None:
    """Though the program ended in the middle."""
    phone.wait_for_timeout(FILM_MS / 2)
    _button(phone, SAID["stop"]).click()
    expect(phone.get_by_text(SAID["no_server"])).to_be_visible()


def _have_it_measured(phone: Page) -> None:
    """Nothing of the film is lost."""
    _button(phone, SAID["use"]).click()
    expect(phone.get_by_text(words_film.DONE)).to_be_visible(timeout=MEASURED_MS)
    assert abs(_peak_deg(phone.get_by_test_id("stMetricValue").last.inner_text()) - TRUE_PEAK_DEG) < WITHIN_DEG
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    with Record.open(who="shell") as record:
        (client,) = (known for known in record.clients() if known.name == NAME)
        kept = record.measurements(client.id)[-1]
    assert kept.video_path is not None
    assert Video(kept.video_path).duration_s > FILM_MS / 1000 - 1
    _button(phone, words_film.BACK_HOME).click()
    expect(phone.get_by_text("You did it 1 time")).to_be_visible()


def _see_it(page: Page) -> None:
    page.get_by_role("link", name=words_today.TODAY, exact=True).click()
    expect(page.get_by_text(words_today.AT_HOME)).to_be_visible()
    expect(page.locator(DRAWN)).to_be_visible()
    _button(page, NAME).last.click()
    expect(page.get_by_text(words.MEASUREMENTS)).to_be_visible()
    page.locator("summary").first.click()
    assert _plays(page)


def _button(page: Page, label: str):
    return page.get_by_role("button", name=label, exact=True)


def _peak_deg(text: str) -> float:
    return float(text.partition("±")[0].strip("° "))


def _plays(page: Page) -> bool:
    """Whether the browser decodes the film and gets on with it."""
    video = page.locator("video")
    video.evaluate("video => video.play()")
    for _ in range(100):
        if video.evaluate("video => video.currentTime > 0.3 && video.videoWidth > 0"):
            return True
        page.wait_for_timeout(100)
    return False


def _nothing_told(servers: list[Server], addresses: list[str]) -> None:
    """The client's name is in no address, no log and no file name, and nothing was asked of other computers."""
    own = (servers[0].address, "blob:", "data:")
    assert [address for address in addresses if not address.startswith(own)] == []
    assert not any(NAME.split()[0] in address for address in addresses)
    log = "".join(server.log.read_text() for server in servers)
    assert NAME.split()[0] not in log
    assert "Traceback" not in log
    home = Path(os.environ["ROM_VISION_HOME"])
    assert not any(NAME.split()[0] in str(path) for path in home.rglob("*"))


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
