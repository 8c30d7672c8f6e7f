"""A job that is not over: how far it is, and a way to stop it."""

import streamlit as st

from rom_vision.dashboard import visitor
from rom_vision.dashboard.words import words

LOOK_EVERY_S = 0.5


@st.fragment(run_every=LOOK_EVERY_S)
def progress(job_id: str) -> None:
    """Draw the progress, again and again; the whole page is drawn when the job is over."""
    jobs = visitor.jobs(visitor.account())
    job = jobs.job(job_id)
    if job is None or job.over:
        st.rerun()
    with st.container(border=True):
        st.progress(job.share, text=words.doing(job))
        if st.button(words.CANCEL, icon=":material/close:", disabled=job.stopping):
            jobs.cancel(job_id)
            st.rerun()
        st.caption(words.LEAVE)
