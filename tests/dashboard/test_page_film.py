"""The pages on which one films: who sees them, what they offer, and what becomes of a film that is there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import people
import pytest
from films import counting, film, needs_ffmpeg
from measured import knee_flexion, provenance
from people import Practice
from streamlit.testing.v1 import AppTest

import rom_vision.dashboard.main
from rom_vision.accounts import Account, open_record
from rom_vision.dashboard import recordings
from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.recordings import Subject, the_recordings
from rom_vision.dashboard.words_film import words_film
from rom_vision.dashboard.words_home import words_home
from rom_vision.jobs import work_next
from rom_vision.records import Client, Exercise, Record

MAIN = rom_vision.dashboard.main.__file__
STAFF, ALL = ["owner", "therapist"], ["owner", "therapist", "client", "reviewer"]
KNEE = {"movement": "knee_flexion", "side": "left", "mode": "active"}


@pytest.fixture
def anna(home: Path) -> Client:
    the_recordings.cache_clear()
    with Record.open(who="shell") as record:
        return record.add_client("Anna Example")


@pytest.fixture
def practice(anna: Client) -> Practice:
    return people.practice(the_accounts(), anna)


@pytest.fixture
def exercise(anna: Client) -> Exercise:
    """The one that is current, of three."""
    with Record.open(who="shell") as record:
        for begins, ends in ((date(2026, 1, 1), date(2026, 2, 1)), (date(2099, 1, 1), None)):
            record.save(
                Exercise(
                    client_id=anna.id, movement="squat", side="left", repetitions=5, times_a_week=1,
                    starts_on=begins, until=ends,
                )
            )  # fmt: skip
        return record.save(
            Exercise(
                client_id=anna.id, movement="knee_flexion", side="left", repetitions=5, times_a_week=7,
                starts_on=date.today(), note="Breathe.",
            )
        )  # fmt: skip


def open_page(path: str = "", **query: str) -> AppTest:
    """What the navigation leads to, or the page of that module itself."""

    def script(module: str) -> None:
        import importlib

        import streamlit as st

        from rom_vision.dashboard.words import words
        from rom_vision.errors import RomVisionError

        other = st.Page(lambda: None, title="Other", default=True)
        st.navigation([other])
        page = importlib.import_module(f"rom_vision.dashboard.{module}")
        try:
            page.show(other) if module == "page_film" else page.show()
        except RomVisionError as problem:
            st.error(words.trouble(problem))

    page = AppTest.from_function(script, default_timeout=60, kwargs={"module": path})
    if not path:
        page = AppTest.from_file(MAIN, default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def said(page: AppTest) -> str:
    kinds = ("markdown", "caption", "error", "warning", "info", "title", "subheader")
    return "\n".join(str(element.value) for kind in kinds for element in page.get(kind))


def recorded(who: Account, subject: Subject, part: bytes) -> str:
    """A recording that broke off after that part; gives its id."""
    with open_record(who) as record:
        recording_id = the_recordings().begin(record, subject)
    recording = the_recordings().get(who, recording_id)
    the_recordings().append(recording, 0, part)
    return recording_id


@pytest.mark.parametrize(("module", "roles"), [("page_film", STAFF), ("page_home", [*STAFF, "client"])])
@pytest.mark.parametrize("role", ALL)
def test_each_role_on_each_page(practice, sign_in, module, roles, role):
    sign_in(getattr(practice, role))
    page = open_page(module)
    refused = [error.value for error in page.error]
    assert (refused == []) == (role in roles)
    if refused:
        assert f"As a {role} you may not do that." in refused[0]


def test_a_test_is_chosen_by_its_joint(practice, anna, sign_in):
    sign_in(practice.therapist)
    page = open_page("page_film", test="elbow_flexion")
    joints = page.get("button_group")[0]
    assert [test for test in page.selectbox(key="test").options if not test.startswith("Elbow")] == []
    page.session_state["joint"] = "knee"
    page.run()
    assert page.selectbox(key="test").value == "knee_flexion"
    assert joints
    press(page, words_film.TO_CAMERA)
    assert page.subheader[0].value == "Left knee flexion, active"
    press(page, words_film.BACK)
    assert page.title[0].value == words_film.FILM
    assert page.selectbox(key="test").value == "knee_flexion"


def test_an_exercise_is_ticked_without_a_film_and_not_twice_beside_one(practice, anna, exercise, sign_in):
    sign_in(practice.client)
    page = open_page("page_home")
    press(page, words_home.DID_IT)
    assert page.success[0].value == "Done for today."
    press(page, words_home.NOT_DONE)
    assert not page.success
    press(page, words_home.DID_IT)
    with Record.open(who="shell") as record:
        record.keep(anna.id, knee_flexion(), None, exercise_id=exercise.id)
    page.run()
    assert page.success[0].value == "Done for today: you filmed it."
    assert not [button for button in page.button if button.label in (words_home.DID_IT, words_home.NOT_DONE)]
    with Record.open(who="shell") as record:
        assert [kept.done for kept in record.adherence(anna.id, date.today()) if kept.done] == [1]


@pytest.mark.parametrize("wrong", [{"client": "C-NOBODY"}, {"test": "nose"}, {"mode": "eager"}, {"side": "upper"}])
def test_an_address_of_nothing_known_leads_back_to_choosing(practice, anna, sign_in, wrong):
    sign_in(practice.therapist)
    right = {"camera": "1", "client": anna.id, "test": "knee_flexion", "side": "left", "mode": "active"}
    page = open_page("page_film", **{**right, **wrong})
    assert page.title[0].value == words_film.FILM


@needs_ffmpeg
def test_a_film_that_broke_off_is_measured_later_or_thrown_away(practice, anna, sign_in, monkeypatch, tmp_path):
    cut = film(tmp_path / "f.live.webm", counting(frames=30), "-c:v", "libvpx").read_bytes()[:-200]
    subject = Subject(client_id=anna.id, **KNEE)
    first, second = recorded(practice.therapist, subject, cut), recorded(practice.therapist, subject, b"no film")
    monkeypatch.setattr(recordings, "BROKEN_OFF_S", -1.0)
    sign_in(practice.owner)
    assert words_film.WAITING not in said(open_page("page_film")), "it is the therapist's"
    sign_in(practice.therapist)
    page = open_page("page_film")
    assert said(page).count(words_film.BROKEN_OFF) == 2
    page.button(key=f"measure {second}").click().run()
    assert "can't be read" in said(page)
    page.button(key=f"throw {second}").click().run()
    assert said(page).count(words_film.BROKEN_OFF) == 1
    page.button(key=f"measure {first}").click().run()
    (job,) = the_jobs().jobs()
    assert (job.by, job.order.movement, job.order.exercise_id) == ("thea", "knee_flexion", None)
    assert not job.order.keep
    assert the_recordings().of(practice.therapist) == []


def test_a_client_arrives_at_their_exercises_of_today(practice, exercise, sign_in):
    sign_in(practice.client)
    page = open_page()
    assert page.title[0].value == words_film.hello("Anna Example")
    assert "### Left knee flexion" in said(page)
    assert "Breathe." in said(page)
    assert "quat" not in said(page)
    press(page, words_film.FILM_IT)
    assert page.query_params["exercise"] == str(exercise.id)
    press(page, words_film.BACK_HOME)
    assert "exercise" not in page.query_params


@needs_ffmpeg
@pytest.mark.parametrize("shared", [False, True], ids=["this machine's", "several machines'"])
def test_what_a_client_films_is_kept_by_itself_and_told(
    practice, anna, exercise, sign_in: Callable[[Account], str], monkeypatch, tmp_path, shared
):
    if shared:
        monkeypatch.setenv("ROM_VISION_MEDIA", str(tmp_path / "shared"))
    with Record.open(who="shell") as record:
        worse = replace(knee_flexion(), peak_deg=60.0, provenance=provenance("0" * 64))
        record.keep(anna.id, worse, None, on=date(2026, 10, 1))
    whole = film(tmp_path / "f.live.webm", counting(frames=30), "-c:v", "libvpx").read_bytes()
    recorded(practice.client, Subject(client_id=anna.id, exercise_id=exercise.id, **KNEE), whole)
    monkeypatch.setattr(recordings, "BROKEN_OFF_S", -1.0)
    sign_in(practice.client)
    page = press(open_page(), words_film.MEASURE_IT)
    assert words_film.KEEP_OPEN in said(page)
    job_id = page.query_params["job"]

    def measured(_order, video: Path, overlay: Path, _told):
        overlay.write_bytes(video.read_bytes())
        return knee_flexion()

    assert work_next(the_jobs(), "test", measured)
    page.run()
    assert page.title[0].value == words_film.DONE
    assert [metric.label for metric in page.metric] == [words_film.REPETITIONS, words_film.FURTHEST]
    assert "further than when you began" in page.success[0].value
    with Record.open(who="shell") as record:
        _, kept = record.measurements(anna.id)
        assert kept.exercise_id == exercise.id
    if not shared:
        with Record.open(who="shell") as record:
            record.discard(kept.id)
        assert page.run().title[0].value == words_film.NOT_KEPT, "it does not come back by itself"
        return
    press(page, words_film.BACK_HOME)
    assert "right on track" in page.get("progress")[0].proto.text

    sign_in(practice.reviewer)
    assert words_film.DONE not in said(open_page("page_home", job=job_id))


def test_a_client_without_exercises_reads_why_there_is_nothing_to_film(practice, anna, sign_in):
    sign_in(practice.client)
    page = open_page("page_home")
    assert words_film.NO_EXERCISES in said(page)
    assert not page.button
    assert words_film.NO_EXERCISES in said(open_page("page_home", exercise="7")), "one that is over by now"


def test_a_home_page_shows_no_job_but_that_of_its_own_exercise(practice, anna, sign_in):
    sign_in(practice.client)
    page = open_page("page_home", job="made-up")
    assert words_film.GONE_RECORDING in said(page)
