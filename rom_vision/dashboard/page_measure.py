"""The page on which a clip is measured: choose, upload, wait, look, keep."""

from datetime import date

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rom_vision.accounts import GuardedRecord
from rom_vision.capture import camera_profiles
from rom_vision.capture.pose_model import DEFAULT_SIZE, LANDMARKS
from rom_vision.dashboard import pending, visitor, words
from rom_vision.dashboard.clip import Clip, Measured
from rom_vision.dashboard.jobs import Job, the_jobs
from rom_vision.dashboard.parts import choose, empty, instruction, result, waiting
from rom_vision.errors import RomVisionError
from rom_vision.exchange import captions
from rom_vision.movements import SIDES
from rom_vision.records import Client

JOB = "job"  # in the visit's memory and in the address, so that neither another page nor a reload loses it
UPLOADS = "uploads"  # counts them: a new key is an empty uploader


def show(progress_page: st.Page) -> None:
    """Draw the page; from a kept result one goes on to `progress_page`."""
    job_id: str | None = st.session_state.get(JOB) or st.query_params.get(JOB)
    job = the_jobs().get(job_id)
    with visitor.record() as record:
        record.account.demand("write")
        if job_id and job and isinstance(job.work, Clip):
            st.session_state[JOB] = st.query_params[JOB] = job_id
            _clip(record, job_id, job, job.work, progress_page)
            return
        if job_id:
            _forget(job_id)
            st.warning(words.GONE)
        clients = record.clients()
        if clients:
            _choose_and_upload(record, clients)
        else:
            empty.welcome(record)


def _choose_and_upload(record: GuardedRecord, clients: list[Client]) -> None:
    st.title(words.MEASURE)
    empty.sample_progress()
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
        uploaded = st.file_uploader(
            words.CLIP,
            pending.CLIP_TYPES,
            key=f"clip {st.session_state.get(UPLOADS, 0)}",
            help=words.CLIP_HELP,
        )
        with st.expander(words.MORE):
            model, camera = _model(), _camera()
        pressed = st.button(words.START_MEASURING, type="primary", disabled=uploaded is None, width="stretch")
    if pressed and uploaded is not None:
        video = pending.take(uploaded, uploaded.name)
        _release(uploaded)
        st.session_state[JOB] = the_jobs().start(
            Clip(
                video=video,
                client_id=client.id,
                test=test,
                side=side,
                mode=mode,
                model=model,
                camera=camera,
            )
        )
        st.rerun()


def _release(uploaded: UploadedFile) -> None:
    """Empty the uploader and free its memory, where Streamlit would hold every clip until the visit ends."""
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
    run = get_script_run_ctx()
    if run and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        run.uploaded_file_mgr.remove_file(run.session_id, uploaded.file_id)


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


def _offer_results(names: dict[str, str]) -> None:
    """What was measured and neither kept nor discarded, as after the browser was closed."""
    for job_id, job in the_jobs().of_kind(Clip):
        clip = job.work
        if isinstance(clip, Clip) and clip.client_id in names and job.state in ("waiting", "running", "done"):
            what = captions.title(clip.test, clip.side, clip.mode)
            name = names[clip.client_id]
            if st.button(words.open_result(name, what), key=job_id, icon=":material/pending_actions:"):
                st.session_state[JOB] = job_id
                st.rerun()


def _clip(record: GuardedRecord, job_id: str, job: Job, clip: Clip, progress_page: st.Page) -> None:
    """The clip under way, or what came of it."""
    client = record.client(clip.client_id)
    st.title(captions.title(clip.test, clip.side, clip.mode))
    st.caption(words.client(client))
    if not job.over:
        waiting.progress(job_id)
    elif job.state == "stopped":
        _forget(job_id)
        st.toast(words.STOPPED)
        st.rerun()
    elif job.state == "failed":
        error = job.error
        st.error(words.trouble(error) if isinstance(error, RomVisionError) else words.BUG)
        st.button(words.BACK, on_click=_forget, args=(job_id,))
    else:
        measured = job.outcome
        assert isinstance(measured, Measured)  # a clip's work returns nothing else
        if measured.kept_id is None:
            _result(record, job_id, clip, client, measured)
        else:
            _kept(record, job_id, measured, measured.kept_id, client, progress_page)


def _result(record: GuardedRecord, job_id: str, clip: Clip, client: Client, measured: Measured) -> None:
    """The result before it is kept or discarded."""
    measurement = measured.measurement
    left, right = st.columns([3, 2], gap="large")
    with right:
        result.overlay(measured.overlay)
        on = _keep_or_discard(record, job_id, clip, measured)
    with left:
        found = record.compared(client.id, measurement, on)
        result.headline(measurement)
        if found:
            result.comparisons(found)
        result.problems(measurement)
        time_s, norm = measurement.landmarks.time_s, found.norm if found else None
        result.curve(measurement, time_s, measurement.curve, norm)


def _keep_or_discard(record: GuardedRecord, job_id: str, clip: Clip, measured: Measured) -> date:
    """The last step; returns the day on which the client moved."""
    if not measured.measurement.accepted:
        st.button(words.ANOTHER_CLIP, on_click=_forget, args=(job_id,), type="primary", width="stretch")
        return date.today()
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        on = st.date_input(words.DATE, value="today", max_value="today", width=150)
        if st.button(words.KEEP, type="primary", icon=":material/check:"):
            kept = record.keep(clip.client_id, measured.measurement, clip.video, overlay=measured.overlay, on=on)
            measured.kept_id = kept.id
            st.rerun()
        st.button(words.DISCARD, on_click=_forget, args=(job_id,))
    return on


def _kept(
    record: GuardedRecord, job_id: str, measured: Measured, kept_id: int, client: Client, progress_page: st.Page
) -> None:
    """What can be done next."""
    kept = record.measurement(kept_id)
    st.success(words.kept(kept, client), icon=":material/check_circle:")
    result.headline(kept)
    with st.container(horizontal=True):
        other = next((side for side in SIDES if kept.side and side != kept.side), None)
        if other and st.button(words.now_the(other), type="primary", icon=":material/arrow_forward:"):
            st.session_state[choose.SIDE] = other
            _forget(job_id)
            st.rerun()
        st.button(words.ANOTHER_TEST, on_click=_forget, args=(job_id,))
        if st.button(words.SEE_PROGRESS, icon=":material/timeline:"):
            _forget(job_id)
            st.switch_page(progress_page)
        if st.button(words.UNDO, icon=":material/undo:"):
            record.discard(kept_id)
            measured.kept_id = None
            st.rerun()


def _forget(job_id: str) -> None:
    """Let go of the clip under way, and of its files."""
    the_jobs().forget(job_id)
    st.session_state.pop(JOB, None)
    if JOB in st.query_params:
        del st.query_params[JOB]
