"""The page on which a clip is measured: choose, upload, wait, look, keep."""

from dataclasses import replace
from datetime import date

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.capture import camera_profiles
from rom_vision.capture.pose_model import DEFAULT_SIZE, LANDMARKS
from rom_vision.dashboard import visitor
from rom_vision.dashboard.parts import (
    beside,
    choose,
    correct,
    empty,
    instruction,
    result,
    result_view,
    uploads,
    waiting,
)
from rom_vision.dashboard.parts.changes import Draft
from rom_vision.dashboard.parts.result_view import Film
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_correct import words_correct
from rom_vision.edits import Edits
from rom_vision.exchange import captions
from rom_vision.jobs import CLIP_TYPES, GuardedJobs, Job, Order
from rom_vision.measure import Measurement
from rom_vision.movements import SIDES
from rom_vision.records import Client

JOB = "job"  # in the visit's memory and in the address, so that neither another page nor a reload loses it
UPLOADS = "uploads"  # counts them: a new key is an empty uploader
LOOK_EVERY_S = 2.0
ICONS = {
    "waiting": ":material/hourglass:",
    "running": ":material/progress_activity:",
    "done": ":material/pending_actions:",
    "failed": ":material/error:",
}


def show(progress_page: st.Page) -> None:
    """Draw the page; from a kept result one goes on to `progress_page`."""
    job_id: str | None = st.session_state.get(JOB) or st.query_params.get(JOB)
    with visitor.record() as record:
        record.account.demand("write")
        jobs = visitor.jobs(record.account)
        job = jobs.job(job_id)
        if job and job.order.client_id:
            st.session_state[JOB] = st.query_params[JOB] = job.id
            _clip(record, jobs, job, record.client(job.order.client_id), progress_page)
            return
        if job_id:
            _leave()
            st.warning(words.GONE)
        clients = record.clients()
        if clients:
            _choose_and_upload(record, jobs, clients)
        else:
            empty.welcome(record)


def _choose_and_upload(record: GuardedRecord, jobs: GuardedJobs, clients: list[Client]) -> None:
    st.title(words.MEASURE)
    empty.sample_progress(clients)
    _offer_results({client.id: client.name for client in clients})
    client = choose.client(record, clients)
    left, right = st.columns([3, 2], gap="large")
    with left:
        test = choose.movement_test()
        with st.container(horizontal=True):
            side = choose.side(test)
            mode = choose.mode()
        instruction.show(test)
    with right:
        clips = st.file_uploader(
            words.CLIP,
            CLIP_TYPES,
            accept_multiple_files=True,
            key=f"clip {st.session_state.get(UPLOADS, 0)}",
            help=words.CLIP_HELP,
        )
        with st.expander(words.MORE):
            model, camera = _model(), _camera()
        pressed = st.button(words.START_MEASURING, type="primary", disabled=not clips, width="stretch")
    if pressed and clips:
        order = Order(client.id, test.id, side, mode, model=model, camera=camera)
        ids = [uploads.submit(jobs, order, clip) for clip in clips]
        st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
        if len(ids) == 1:
            st.session_state[JOB] = ids[0]
        st.rerun()


def _model() -> str:
    models = list(LANDMARKS)
    return st.selectbox(
        words.MODEL,
        models,
        index=models.index(DEFAULT_SIZE),
        format_func=str.capitalize,
        help=words.MODEL_HELP,
    )


def _camera() -> str | None:
    """Name of the profile of the camera that filmed the clip."""
    return st.selectbox(
        words.CAMERA,
        [None, *camera_profiles.names()],
        format_func=lambda name: name or words.ANY_PHONE,
        help=words.CAMERA_HELP,
    )


@st.fragment(run_every=LOOK_EVERY_S)
def _offer_results(names: dict[str, str]) -> None:
    """What was neither kept nor discarded, as after several uploads, or when the browser was closed."""
    for job in visitor.jobs(visitor.account()).jobs():
        name = names.get(job.order.client_id or "")
        keeps_itself = job.order.keep and not job.over
        if name is None or keeps_itself or job.kept_id is not None or job.state == "stopped":
            continue
        what = captions.title(job.order.test, job.order.side, job.order.mode)
        label = words.open_result(name, what, job)
        if st.button(label, key=job.id, icon=ICONS[job.state]):
            st.session_state[JOB] = job.id
            st.rerun()


def _clip(record: GuardedRecord, jobs: GuardedJobs, job: Job, client: Client, progress_page: st.Page) -> None:
    """The clip under way, or what came of it."""
    st.title(captions.title(job.order.test, job.order.side, job.order.mode))
    st.caption(words.client(client))
    if not job.over:
        waiting.progress(job.id)
    elif job.state == "stopped":
        _forget(jobs, job.id)
        st.toast(words.STOPPED)
        st.rerun()
    elif job.state == "failed":
        st.error(words.failure(job))
        with st.container(horizontal=True):
            st.button(words.TRY_AGAIN, icon=":material/refresh:", on_click=jobs.again, args=(job.id,))
            st.button(words.BACK, on_click=_forget, args=(jobs, job.id))
    elif job.kept_id is None:
        _result(record, jobs, job, client, progress_page)
    else:
        _kept(record, jobs, job, job.kept_id, client, progress_page)


def _result(record: GuardedRecord, jobs: GuardedJobs, job: Job, client: Client, progress_page: st.Page) -> None:
    """The result before it is kept or discarded."""
    outcome = jobs.outcome(job.id)
    film = Film(measurement=outcome.measurement, video=outcome.video, overlay=outcome.overlay, drawn=Edits())
    draft = Draft(
        key=job.id,
        original=outcome.measurement,
        edits=jobs.edits(job.id),
        save=lambda edits: jobs.change_edits(job.id, edits),
    )

    def keep(measurement: Measurement) -> date:
        if not measurement.accepted:
            st.button(words.ANOTHER_CLIP, on_click=_forget, args=(jobs, job.id), type="primary", width="stretch")
            return date.today()
        if job.order.corrects is not None:
            return _correct_or_discard(record, jobs, job, job.order.corrects, film, measurement, progress_page)
        return _keep_or_discard(record, jobs, job, client.id, film, measurement)

    def point_at(at_px: tuple[float, float], at_s: float) -> None:
        order = replace(job.order, client_at_px=at_px, client_at_s=at_s)
        again = jobs.submit(order, outcome.video, move=False)
        _forget(jobs, job.id)
        st.session_state[JOB] = again
        st.rerun()

    result_view.show(record, client.id, film, draft, keep, point_at)


def _keep_or_discard(
    record: GuardedRecord, jobs: GuardedJobs, job: Job, client_id: str, film: Film, measurement: Measurement
) -> date:
    """The last step; returns the day on which the client moved."""
    with st.container(border=True):
        finding = beside.ask(measurement, client_id, job.id)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            on = st.date_input(words.DATE, value="today", max_value="today", format=words.DATE_FORMAT, width=150)
            if st.button(words.KEEP, type="primary", icon=":material/check:"):
                with result_view.overlay(film, measurement) as overlay:
                    kept = record.keep(
                        client_id, measurement, film.video, overlay=overlay, on=on,
                        exercise_id=job.order.exercise_id, original=film.measurement,
                    )  # fmt: skip
                jobs.kept(job.id, kept.id)
                if finding:
                    record.save(replace(finding, session_id=kept.session_id, measurement_id=kept.id))
                st.rerun()
            st.button(words.DISCARD, on_click=_forget, args=(jobs, job.id))
    return on


def _correct_or_discard(
    record: GuardedRecord, jobs: GuardedJobs, job: Job, kept_id: int, film: Film, measurement: Measurement,
    progress_page: st.Page,
) -> date:  # fmt: skip
    """The last step where a kept measurement was measured again; returns its day."""
    kept = record.measurement(kept_id)
    with st.container(border=True):
        st.markdown(words_correct.AGAIN_HELP)
        with st.container(horizontal=True):
            if st.button(words_correct.SAVE, type="primary", icon=":material/check:"):
                seen = len(record.corrections(kept_id))
                with result_view.overlay(film, measurement) as overlay:
                    record.correct(kept_id, measurement, seen=seen, overlay=overlay, original=film.measurement)
                _forget(jobs, job.id)
                st.session_state[correct.DONE] = words_correct.SAVED
                st.switch_page(progress_page, query_params={correct.CORRECT: str(kept_id)})
            st.button(words.DISCARD, on_click=_forget, args=(jobs, job.id))
    return kept.on


def _kept(
    record: GuardedRecord, jobs: GuardedJobs, job: Job, kept_id: int, client: Client, progress_page: st.Page
) -> None:
    """What can be done next."""
    kept = record.measurement(kept_id)
    st.success(words.kept(kept, client), icon=":material/check_circle:")
    result.headline(kept)
    with st.container(horizontal=True):
        other = next((side for side in SIDES if kept.side and side != kept.side), None)
        if other and st.button(words.now_the(other), type="primary", icon=":material/arrow_forward:"):
            st.session_state[choose.SIDE] = other
            _forget(jobs, job.id)
            st.rerun()
        st.button(words.ANOTHER_TEST, on_click=_forget, args=(jobs, job.id))
        if st.button(words.SEE_PROGRESS, icon=":material/timeline:"):
            _forget(jobs, job.id)
            st.switch_page(progress_page)
        if st.button(words.UNDO, icon=":material/undo:"):
            beside.take_back(record, kept)  # the job is then one that is not kept
            st.rerun()


def _forget(jobs: GuardedJobs, job_id: str) -> None:
    """Let go of the clip under way, and of its files."""
    jobs.forget(job_id)
    _leave()


def _leave() -> None:
    """Show no clip any more."""
    st.session_state.pop(JOB, None)
    if JOB in st.query_params:
        del st.query_params[JOB]
