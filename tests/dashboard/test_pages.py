"""The pages under Streamlit's own test driver: what each shows of a record that real code filled."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from films import H264, film, needs_ffmpeg
from measured import knee_flexion, no_movement, provenance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.words import words
from rom_vision.movements import load_catalogue, movement_test
from rom_vision.records import Client, Record

MEASURE = Path(__file__).parent / "scripts" / "measure.py"
LONG_S = 60.0

pytestmark = pytest.mark.usefixtures("owner")


def open_page(**query: str) -> AppTest:
    """The page Measure."""
    page = AppTest.from_file(MEASURE, default_timeout=LONG_S)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def open_progress(**query: str) -> AppTest:
    def script() -> None:
        import streamlit as st

        from rom_vision.dashboard import page_progress

        measure = st.Page(lambda: None, title="Measure", default=True)
        progress = st.Page(lambda: page_progress.show(measure), title="Progress", url_path="progress")
        st.navigation([measure, progress])
        page_progress.show(measure)

    page = AppTest.from_function(script, default_timeout=LONG_S)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def labels(elements) -> list[str]:
    return [element.label for element in elements]


def text_of(page: AppTest) -> str:
    """All words on the page that are not in a widget."""
    kinds = ("markdown", "caption", "error", "warning", "info", "success", "title", "subheader")
    return "\n".join(str(element.value) for kind in kinds for element in page.get(kind))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def clips_in(home: Path) -> list[Path]:
    """Uploads that lie anywhere."""
    folders = (home / "cache" / "pending", home / "data" / "jobs")
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def until(page: AppTest, seen: Callable[[], bool]) -> None:
    """Look again and again, as the browser does."""
    end_s = time.monotonic() + LONG_S
    while not seen():
        assert time.monotonic() < end_s, text_of(page)
        time.sleep(0.1)
        page.run()


@pytest.fixture
def anna(home: Path) -> Client:
    with Record.open() as record:
        return record.add_client("Anna Example", birth_date=date(1980, 5, 1), sex="female")


@pytest.fixture
def ben(home: Path) -> Client:
    """Two left sessions of knee flexion, one right, one refused."""
    left = knee_flexion()
    kept = [
        ("left", date(2026, 9, 1), 104.0),
        ("left", date(2026, 10, 2), 127.0),
        ("right", date(2026, 9, 1), 131.0),
    ]
    with Record.open() as record:
        client = record.add_client("Ben Example", birth_date=date(1980, 5, 1), sex="male")
        for number, (side, on, peak_deg) in enumerate(kept):
            measurement = replace(
                left, side=side, peak_deg=peak_deg, uncertainty_deg=4.0, provenance=provenance(f"{number:064d}")
            )
            record.keep(client.id, measurement, None, on=on)
        record.keep(client.id, no_movement(), None, on=date(2026, 11, 3))
    return client


def test_an_empty_dashboard_offers_a_first_client_and_the_sample(home):
    page = open_page()
    assert [title.value for title in page.title] == [words.WELCOME]
    assert words.SAMPLE in labels(page.button)
    assert labels(page.text_input) == [words.NAME]
    assert not page.get("file_uploader")


def test_an_added_client_is_the_chosen_one(anna):
    page = open_page()
    page.text_input[0].set_value("Zoe Example")
    press(page, words.ADD)
    with Record.open() as record:
        assert [client.name for client in record.clients()] == ["Anna Example", "Zoe Example"]
        zoe = record.clients()[1]
    assert page.selectbox(key="client").value == zoe.id
    assert page.query_params["client"] == zoe.id


def test_a_client_without_a_name_is_not_added_and_it_says_why(home):
    page = press(open_page(), words.ADD)
    assert "The client has no name." in page.error[0].value
    with Record.open() as record:
        assert record.clients() == []


def test_a_name_never_reaches_the_address(anna):
    page = open_page()
    page.selectbox(key="test").set_value("knee_flexion").run()
    assert "Anna" not in str(page.query_params)
    assert page.query_params["client"] == anna.id
    assert page.query_params["test"] == "knee_flexion"


def test_the_address_brings_the_choices_back(anna, ben):
    page = open_page(client=ben.id, test="elbow_flexion", side="right", mode="passive")
    assert page.selectbox(key="client").value == ben.id
    assert page.selectbox(key="test").value == "elbow_flexion"
    assert page.segmented_control(key="side").value == "right"
    assert page.segmented_control(key="mode").value == "passive"


def test_an_address_of_nothing_known_is_passed_over(anna):
    page = open_page(client="C-ZZZZZZ", test="nose_flexion", side="upper", mode="eager", job="gone")
    assert page.selectbox(key="client").value == anna.id
    assert [warning.value for warning in page.warning][:1] == [words.GONE]
    assert "job" not in page.query_params


@pytest.mark.parametrize("test", load_catalogue().values(), ids=lambda test: test.id)
def test_every_movement_test_shows_how_it_is_done(anna, test):
    page = open_page(test=test.id)
    shown = text_of(page)
    for part in (test.start, test.film, test.move, test.definition):
        assert part in shown
    sides = [control for control in page.segmented_control if control.label == words.SIDE]
    assert bool(sides) == test.sided
    assert any(test.with_care and test.with_care in warning.value for warning in page.warning) == bool(
        test.with_care
    )


def test_what_is_not_confirmed_is_said_to_be_so(anna):
    test = movement_test("squat")
    assert not test.mdc.confirmed
    assert words.TO_BE_CONFIRMED in text_of(open_page(test="squat"))


def test_a_file_that_is_no_video_is_told_with_a_remedy_and_nothing_stays(anna, home, worker):
    page = open_page(test="knee_flexion")
    page.file_uploader[0].upload("Anna Example.mp4", b"no film at all" * 99, "video/mp4").run()
    press(page, words.START_MEASURING)
    until(page, lambda: bool(page.error))
    assert "is not a video" in page.error[0].value
    assert "Anna" not in page.error[0].value
    assert words.TRY_AGAIN in labels(page.button)
    press(page, words.BACK)
    assert not clips_in(home)
    assert labels(page.selectbox)[:2] == [words.CLIENT, words.TEST]


def test_several_clips_wait_in_line_over_a_restart_of_the_server_and_can_be_cancelled(anna, home):
    page = open_page(test="knee_flexion")
    clips = [(f"Anna {number}.mp4", b"a film" * number, "video/mp4") for number in (1, 2)]
    page.file_uploader[0].set_value(clips).run()
    press(page, words.START_MEASURING)
    the_jobs().close()
    the_jobs.cache_clear()

    page = open_page()
    line = [label for label in labels(page.button) if "Left knee flexion" in label]
    assert line == [
        "Anna Example: Left knee flexion, active. Waiting to begin…",
        "Anna Example: Left knee flexion, active. Waiting for 1 other measurement to end…",
    ]
    press(page, line[1])
    assert words.LEAVE in text_of(page)
    assert page.query_params["job"] == the_jobs().jobs()[1].id
    press(page, words.CANCEL)
    until(page, lambda: words.START_MEASURING in labels(page.button))
    assert len(the_jobs().jobs()) == len(clips_in(home)) == 1


def test_streamlit_does_not_hold_a_clip_that_the_page_has_taken(anna, monkeypatch):
    held = []
    add_file = MemoryUploadedFileManager.add_file
    monkeypatch.setattr(
        MemoryUploadedFileManager,
        "add_file",
        lambda manager, session_id, file: (held.append(manager), add_file(manager, session_id, file)),
    )
    page = open_page(test="knee_flexion")
    page.file_uploader[0].upload("clip.mp4", b"no film at all" * 99, "video/mp4").run()
    assert [len(files) for files in held[-1].file_storage.values()] == [1]
    press(page, words.START_MEASURING)
    assert sum(len(files) for manager in held[1:] for files in manager.file_storage.values()) == 0


@needs_ffmpeg
def test_a_clip_without_anybody_is_refused_without_a_number(anna, home, tmp_path, worker):
    clip = film(tmp_path / "wall.mp4", "color=gray:size=320x240:rate=30,trim=end_frame=15", *H264)
    page = open_page(test="knee_flexion")
    page.file_uploader[0].upload("wall.mp4", clip.read_bytes(), "video/mp4").run()
    press(page, words.START_MEASURING)
    until(page, lambda: words.ANOTHER_CLIP in labels(page.button))
    assert [header.value for header in page.subheader] == [words.REFUSED]
    assert "Nobody was seen in the clip." in page.error[0].value
    assert not page.metric
    assert words.KEEP not in labels(page.button)
    press(page, words.ANOTHER_CLIP)
    assert not clips_in(home)
    assert "job" not in page.query_params


def test_progress_of_an_empty_record_says_what_to_do(home):
    assert words.SAMPLE in labels(open_progress().button)


def test_progress_of_a_client_never_measured_says_what_to_do(anna):
    page = open_progress()
    assert words.MEASURE_FIRST in page.info[0].value
    assert not page.get("vega_lite_chart")


def test_progress_tells_where_each_side_stands(ben):
    page = open_progress(client=ben.id)
    shown = text_of(page)
    assert "**Left:** **127° ± 4°** on 2 October 2026. 23° more than on 1 September 2026: a real change." in shown
    assert "**Right:** **131° ± 4°** on 1 September 2026." in shown
    assert len(page.get("vega_lite_chart")) == 1


def test_progress_lists_the_measurements_newest_first_and_opens_them(ben):
    page = open_progress(client=ben.id)
    lines = labels(page.expander)
    assert lines[0] == "3 November 2026 · left · refused"
    assert lines[1] == "2 October 2026 · left · **127° ± 4°** · 23° more than on 1 September 2026: a real change"
    assert len(lines) == 4
