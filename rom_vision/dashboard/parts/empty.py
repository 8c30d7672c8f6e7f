"""The dashboard before there is anything in it."""

from collections.abc import Sequence

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard import samples, visitor
from rom_vision.dashboard.parts import choose, waiting
from rom_vision.dashboard.words import words
from rom_vision.records import Client

LOADING = "sample"  # in the visit's memory, while the sample client is being loaded


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


@st.fragment(run_every=waiting.LOOK_EVERY_S)
def sample_progress(clients: Sequence[Client]) -> None:
    """Draw how far the sample client is, where it is being loaded; the whole page is drawn when all is done."""
    jobs = visitor.jobs(visitor.account())
    found = samples.under_way(jobs, clients)
    if st.session_state.get(LOADING) and not found:
        del st.session_state[LOADING]
        st.rerun()
    if not found:
        return
    st.session_state[LOADING] = True
    over = [job for job in found if job.over]
    failed = [job for job in found if job.state == "failed"]
    now = next((job for job in found if not job.over), None)
    with st.container(border=True):
        for job in failed[:1]:
            st.error(words.failure(job))
        if now:
            share = (len(over) + now.share) / len(found)
            st.progress(share, text=words.doing_sample(now, len(over) + 1, len(found)))
        with st.container(horizontal=True):
            if failed and st.button(words.TRY_AGAIN, icon=":material/refresh:"):
                for job in failed:
                    jobs.again(job.id)
                st.rerun()
            if st.button(words.CANCEL, icon=":material/close:"):
                with visitor.record() as record:
                    samples.take_back(record, jobs)
                st.rerun()


def _offer_sample_client(record: GuardedRecord) -> None:
    if st.button(words.SAMPLE, icon=":material/play_circle:"):
        samples.load(record, visitor.jobs(record.account))
        st.rerun()
