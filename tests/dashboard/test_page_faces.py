"""The page on which films with covered faces are looked at, under Streamlit's own test driver."""

from dataclasses import replace

import pytest
from filmed import filmed
from measured import provenance
from people import add
from streamlit.testing.v1 import AppTest

from rom_vision.capture.privacy import Blurred
from rom_vision.dashboard import housekeeping
from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.words_faces import words_faces
from rom_vision.jobs import covering, work_next
from rom_vision.records import Record, Settings


@pytest.fixture
def kept(home, tmp_path, monkeypatch):
    """Two films, the second with a doubtful moment; the pretended networks leave them as they are."""
    doubts = iter([(), ((1.0, 1.5),)])

    def pretend(video, out, *, on_progress):
        out.write_bytes(video.read_bytes())
        return Blurred(171, next(doubts))

    monkeypatch.setattr(covering, "blur_faces", pretend)
    made = filmed(tmp_path)
    with Record.open(who="shell") as record:
        record.change_settings(Settings(videos="cover"))
        anna = record.add_client("Anna Example")
        films = [
            record.keep(anna.id, replace(made.measurement, provenance=provenance(digest * 64)), made.video)
            for digest in "ab"
        ]
    housekeeping.cover(the_jobs)
    while work_next(the_jobs(), "test"):
        pass
    return films


def open_page() -> AppTest:
    def script() -> None:
        import streamlit as st

        from rom_vision.dashboard import page_faces
        from rom_vision.dashboard.words import words
        from rom_vision.errors import RomVisionError

        try:
            page_faces.show()
        except RomVisionError as problem:
            st.error(words.trouble(problem))

    page = AppTest.from_function(script, default_timeout=60)
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def test_an_original_goes_only_when_somebody_has_looked(owner, kept):
    page = open_page()
    certain, doubtful = (button for button in page.button if button.label == words_faces.COVER)
    assert (certain.disabled, doubtful.disabled) == (False, True)
    assert "1.0 to 1.5 s" in page.warning[0].value
    assert "s, in doubt" in page.get("html")[1].proto.body
    certain.click()
    page.run()
    page.checkbox[0].check()
    page.run()
    assert [film.video_path.exists() for film in kept] == [False, True]
    next(button for button in page.button if button.label == words_faces.SHOW).click()
    page.run()
    assert page.success[0].value == words_faces.SHOWN
    assert page.info[0].value == words_faces.NOTHING_WAITS
    assert kept[1].video_path.exists()
    assert the_jobs().coverings() == []


def test_who_may_not_write_sees_nothing_of_it(home, sign_in):
    with Record.open(who="shell") as record:
        anna = record.add_client("Anna Example")
    sign_in(add(the_accounts(), "rita", "Dr. Rita Review", "reviewer", [anna.id]))
    page = open_page()
    assert "As a reviewer you may not do that." in page.error[0].value
    assert "Anna" not in str(page.main)
