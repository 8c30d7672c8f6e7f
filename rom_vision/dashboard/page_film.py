"""The page on which a test is chosen on a figure and filmed, in the browser or before."""

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard import hand_over, samples, visitor
from rom_vision.dashboard.parts import choose, empty, figure, instruction, recorder, uploads, waiting_films
from rom_vision.dashboard.recordings import Subject
from rom_vision.dashboard.words import words as page_words
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.errors import UsageError
from rom_vision.exchange import captions
from rom_vision.jobs import GuardedJobs
from rom_vision.movements import SIDES, MovementTest, Side, load_catalogue
from rom_vision.records import Client

CAMERA = "camera"  # in the address: the choice is made
JOB = "job"
SAMPLE_PX = 230


def show(measure_page: st.Page) -> None:
    """Draw the page; `measure_page` shows the job that a film becomes."""
    with visitor.record() as record:
        record.account.demand("write")
        clients = record.clients()
        if not clients:
            empty.welcome(record)
            return
        jobs = visitor.jobs(record.account)
        step = _film if CAMERA in st.query_params else _choose
        job_id = step(record, jobs, clients)
        if job_id:
            st.session_state[JOB] = job_id
            st.switch_page(measure_page, query_params={JOB: job_id})


def _choose(record: GuardedRecord, jobs: GuardedJobs, clients: list[Client]) -> str | None:
    """Client, joint, test, side and mode."""
    st.title(words.FILM)
    job_id = waiting_films.show(record, jobs)
    client = choose.client(record, clients)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _recall_joint()
        joint = figure.joint(st.session_state.get(choose.SIDE) or st.query_params.get(choose.SIDE) or SIDES[0])
    with right:
        test = choose.measured_test([test for test in load_catalogue().values() if test.joint == joint])
        with st.container(horizontal=True):
            side = choose.side(test)
            mode = choose.mode()
        subject = Subject(client_id=client.id, movement=test.id, side=side, mode=mode)
        if st.button(words.TO_CAMERA, type="primary", icon=":material/videocam:", width="stretch"):
            st.query_params[CAMERA] = "1"
            st.rerun()
        with st.expander(words.WITH_FILES, icon=":material/upload_file:"):
            sent = uploads.show(jobs, hand_over.order_of(subject))
        _how(test, side)
    if len(sent) > 1:
        st.toast(words.taken(len(sent)))
        st.rerun()
    return sent[0] if sent else job_id


def _recall_joint() -> None:
    """That of the test which is chosen already, as by the address."""
    if figure.JOINT not in st.session_state:
        chosen = st.session_state.get(choose.TEST) or st.query_params.get(choose.TEST, "")
        if chosen in load_catalogue():
            st.session_state[figure.JOINT] = load_catalogue()[chosen].joint


def _how(test: MovementTest, side: Side | None) -> None:
    """How to stand and to move, with a film of it where there is one."""
    shown = [sample for sample in samples.Sample.all_in(samples.SAMPLES) if sample.movement == test.id]
    sample = next((sample for sample in shown if sample.side == side), shown[0] if shown else None)
    if sample is None:
        instruction.show(test)
        return
    card, loop = st.columns([3, 2])
    with card:
        instruction.show(test)
    with loop:
        label = captions.title(test, sample.side, sample.mode)
        st.video(sample.video, loop=True, autoplay=True, muted=True, alt=label, width=SAMPLE_PX)
        st.markdown(words.looks_like(label))


def _chosen() -> Subject | None:
    """What the address tells, where the choice is kept; None where that can't be."""
    told = st.query_params
    test = load_catalogue().get(told.get(choose.TEST, ""))
    if test is None:
        return None
    side = told.get(choose.SIDE) if test.sided else None
    sent = {"client_id": told.get(choose.CLIENT), "movement": test.id, "side": side, "mode": told.get(choose.MODE)}
    try:
        return Subject.told(sent)
    except UsageError:
        return None


def _film(record: GuardedRecord, jobs: GuardedJobs, clients: list[Client]) -> str | None:
    """The camera; gives the job that the film becomes."""
    subject = _chosen()
    client = next((client for client in clients if subject and client.id == subject.client_id), None)
    if subject is None or client is None:
        del st.query_params[CAMERA]
        st.rerun()
    test = subject.test
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(captions.title(test, subject.side, subject.mode), width="content")
        if st.button(words.BACK, icon=":material/arrow_back:"):
            del st.query_params[CAMERA]
            st.rerun()
    st.markdown(f"{page_words.client(client)}  \n{test.film}")
    recording = recorder.show(record.account, subject)
    with st.expander(words.HOW):
        _how(test, subject.side)
    return hand_over.send(record, jobs, recording) if recording else None
