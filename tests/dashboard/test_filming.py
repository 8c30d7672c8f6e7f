"""A test filmed in the browser, by a real one against a real server: its camera shows a sample clip."""

import re
from collections.abc import Iterator
from pathlib import Path

import people
import pytest
from films import SAMPLES, ffmpeg, needs_ffmpeg
from playwright.sync_api import Page, expect
from served import Server, chromium, needs_chromium, sign_in

from rom_vision.accounts import Accounts
from rom_vision.capture.video import Video
from rom_vision.dashboard.words import words as page_words
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.jobs import Jobs
from rom_vision.movements import movement_test
from rom_vision.records import Client, Record

pytestmark = [needs_chromium, needs_ffmpeg, pytest.mark.browser]
SOON_MS = 40_000
SAID = words.recorder(movement_test("shoulder_abduction"), "left", "active", "")


@pytest.fixture
def filming(tmp_path: Path) -> Iterator[Page]:
    """A phone's page before whose camera somebody lifts her arm again and again."""
    camera = tmp_path / "camera.mjpeg"
    clip = SAMPLES / "left_shoulder_abduction.mp4"
    ffmpeg("-i", clip, "-vf", "scale=-2:480,pad=640:480:(ow-iw)/2:0", "-pix_fmt", "yuvj420p", "-q:v", "5", camera)
    fake = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    with chromium(*fake, f"--use-file-for-fake-video-capture={camera}") as browser:
        yield browser.new_page(viewport={"width": 360, "height": 740})


@pytest.fixture
def anna(home: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("ROM_VISION_WORKERS", "0")  # that the film arrives is enough here
    with Record.open(who="shell") as record, Accounts.open(who="shell") as accounts:
        people.add(accounts, "thea", "Thea Therapist", "therapist")
        return record.add_client("Anna Example")


def test_a_test_is_filmed_with_the_live_pose_and_a_pedal(anna: Client, filming: Page, server: Server):
    page, troubles = filming, []
    expect.set_options(timeout=SOON_MS)
    page.on("console", lambda told: troubles.append(told.text) if "Content Security" in told.text else None)
    sign_in(page, server, "thea")
    page.goto(f"{server.address}/film?client={anna.id}")
    page.get_by_role("button", name=words.joint("knee", "right")).click()
    expect(page.get_by_text(words.looks_like("Right knee flexion, active"))).to_be_visible()
    page.goto(f"{server.address}/film?client={anna.id}&test=shoulder_abduction&side=left&mode=active")
    page.get_by_role("button", name=words.TO_CAMERA).click()
    page.get_by_role("button", name=SAID["open"]).click()
    expect(page.get_by_text(SAID["hold_still"])).to_be_visible()
    expect(page.locator("section.recorder")).to_have_attribute("data-fits", "yes")
    expect(page.locator(".angle")).to_have_text(re.compile(r"\d+°"))

    page.keyboard.press("PageDown")
    expect(page.locator(".running")).to_be_visible()
    page.wait_for_timeout(2500)
    page.keyboard.press("PageDown")
    expect(page.get_by_text(SAID["sent"])).to_be_visible()
    page.get_by_role("button", name=SAID["use"]).click()
    expect(page.get_by_text(page_words.LEAVE)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/measure\?job="))

    with Jobs.open() as jobs:
        (job,) = jobs.jobs()
        (film,) = jobs.store.fetch(job.id, "clip.mp4").parent.iterdir()
    assert (job.order.client_id, job.order.movement, job.by) == (anna.id, "shoulder_abduction", "thea")
    times_s = [frame.time_s for frame in Video(film)]
    assert 2 < times_s[-1] < 10
    assert len(times_s) > 20
    assert troubles == []
    assert "Traceback" not in server.log.read_text()
    assert "Anna" not in page.url
