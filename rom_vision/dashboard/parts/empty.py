"""The dashboard before there is anything in it."""

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard import words
from rom_vision.dashboard.jobs import the_jobs
from rom_vision.dashboard.parts import choose, waiting
from rom_vision.dashboard.samples import SampleClient
from rom_vision.errors import RomVisionError


def welcome(record: GuardedRecord) -> None:
    """What to do first: add a client, or load the sample client; who may not is told that there is nothing."""
    if not record.account.may("write"):
        st.info(words.NO_CLIENTS)
        return
    st.title(words.WELCOME)
    st.markdown(words.WELCOME_TEXT)
    add, look = st.columns(2, gap="large")
    with add, st.container(border=True):
        st.subheader(words.ADD_FIRST_CLIENT)
        choose.add_client(record)
    with look, st.container(border=True):
        st.subheader(words.JUST_LOOKING)
        st.markdown(words.SAMPLE_TEXT)
        _offer_sample_client(record)


def sample_progress() -> bool:
    """Draw how far the sample client is; False where it is not being loaded."""
    for job_id, job in the_jobs().of_kind(SampleClient):
        if not job.over:
            waiting.progress(job_id)
            return True
    return False


def _offer_sample_client(record: GuardedRecord) -> None:
    if sample_progress():
        return
    earlier = the_jobs().of_kind(SampleClient)
    for _, job in earlier:
        if job.state == "failed":
            error = job.error
            st.error(words.trouble(error) if isinstance(error, RomVisionError) else words.BUG)
    if st.button(words.SAMPLE, icon=":material/play_circle:"):
        for job_id, _ in earlier:
            the_jobs().forget(job_id)
        the_jobs().start(SampleClient(who=record.account.user_name))
        st.rerun()
