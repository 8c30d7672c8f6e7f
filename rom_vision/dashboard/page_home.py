"""The page of a client at home: today's exercises, one of them filmed, and how it went."""

from datetime import date

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard import hand_over, visitor
from rom_vision.dashboard.parts import choose, home_job, recorder, waiting_films
from rom_vision.dashboard.recordings import Subject
from rom_vision.dashboard.words import words as page_words
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.dashboard.words_home import words_home
from rom_vision.jobs import GuardedJobs
from rom_vision.movements import movement_test
from rom_vision.records import Adherence, Exercise

EXERCISE, JOB = "exercise", "job"  # in the address
LARGE = (
    "<style>.stMarkdown p { font-size: 1.15rem; } .stProgress p { font-size: 1.05rem; }"
    " .stButton button { min-height: 3.5rem; } .stButton button p { font-size: 1.15rem; }</style>"
)


def show() -> None:
    """Draw the page."""
    with visitor.record() as record:
        record.account.demand("film")
        clients = record.clients()
        if not clients:
            st.info(page_words.NO_CLIENTS)
            return
        st.html(LARGE)
        client = clients[0] if len(clients) == 1 else choose.client(record, clients)
        jobs, today = visitor.jobs(record.account), date.today()
        current = [kept for kept in record.adherence(client.id, today) if kept.exercise.runs_on(today)]
        chosen = [kept.exercise for kept in current if str(kept.exercise.id) == st.query_params.get(EXERCISE)]
        if job_id := st.query_params.get(JOB):
            if home_job.show(record, jobs, client, job_id):
                _go()
        elif chosen:
            _film(record, jobs, chosen[0])
        else:
            _today(record, jobs, current)


def _go(**to: str) -> None:
    """To another view of this page; without `to` to the exercises."""
    for name in (EXERCISE, JOB):
        if name in st.query_params:
            del st.query_params[name]
    st.query_params.update(to)
    st.rerun()


def _today(record: GuardedRecord, jobs: GuardedJobs, current: list[Adherence]) -> None:
    st.title(words.hello(record.account.display_name))
    if job_id := waiting_films.show(record, jobs):
        _go(job=job_id)
    if not current:
        st.info(words.NO_EXERCISES)
        return
    st.header(words.TODAY)
    for kept in current:
        exercise = kept.exercise
        test = movement_test(exercise.movement)
        with st.container(border=True):
            st.markdown(f"### {words.exercise(exercise, test)}")
            st.markdown("  \n".join(part for part in (words.often(exercise), test.move, exercise.note) if part))
            st.progress(kept.share or 0.0, text=words.so_far(kept))
            if kept.done_today:
                st.success(words_home.done_today(kept), icon=":material/check_circle:")
            pressed = st.button(
                words.FILM_IT,
                key=f"film {exercise.id}",
                type="primary",
                icon=":material/videocam:",
                width="stretch",
            )
            if pressed:
                _go(exercise=str(exercise.id))
            _tick(record, kept)


def _tick(record: GuardedRecord, kept: Adherence) -> None:
    """Done without a film, or not after all; a film of the day tells it by itself."""
    ticked, number = kept.ticked_today, kept.exercise.id
    if number is None or kept.filmed_today:
        return
    label = words_home.NOT_DONE if ticked else words_home.DID_IT
    icon = ":material/undo:" if ticked else ":material/check:"
    if st.button(label, key=f"tick {number}", icon=icon, width="stretch"):
        record.tick(kept.exercise.client_id, number, date.today(), done=not ticked)
        st.rerun()


def _film(record: GuardedRecord, jobs: GuardedJobs, exercise: Exercise) -> None:
    test = movement_test(exercise.movement)
    st.header(words.exercise(exercise, test))
    st.markdown(f"{test.film} {test.start}")
    subject = Subject(
        client_id=exercise.client_id, movement=test.id, side=exercise.side, mode="active", exercise_id=exercise.id
    )
    recording = recorder.show(record.account, subject, exercise.repetitions)
    if recording:
        _go(job=hand_over.send(record, jobs, recording))
    if st.button(words.BACK_HOME, icon=":material/arrow_back:"):
        _go()
