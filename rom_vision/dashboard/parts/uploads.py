"""Clips that were filmed before: chosen, one or many, and put into the queue."""

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from rom_vision.dashboard import pending
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.jobs import CLIP_TYPES, GuardedJobs, Order

UPLOADS = "film_uploads"  # counts them: a new key is an empty uploader


def show(jobs: GuardedJobs, order: Order) -> list[str]:
    """Draw it; gives the jobs that were just put in the queue."""
    number = st.session_state.get(UPLOADS, 0)
    clips = st.file_uploader(
        words.CLIPS, CLIP_TYPES, accept_multiple_files=True, key=f"clips {number}", help=words.CLIPS_HELP
    )
    if not st.button(words.MEASURE_CLIPS, disabled=not clips, icon=":material/straighten:"):
        return []
    st.session_state[UPLOADS] = number + 1
    return [submit(jobs, order, clip) for clip in clips]


def submit(jobs: GuardedJobs, order: Order, clip: UploadedFile) -> str:
    """Put an upload in the queue and free its memory, where Streamlit would hold it until the visit ends."""
    with pending.taken(clip, clip.name) as video:
        job_id = jobs.submit(order, video)
    run = get_script_run_ctx()
    if run and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        run.uploaded_file_mgr.remove_file(run.session_id, clip.file_id)
    return job_id
