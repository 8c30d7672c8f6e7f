"""Films that were recorded and not measured: the browser was closed, or the recording broke off."""

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard import hand_over
from rom_vision.dashboard.recordings import the_recordings
from rom_vision.dashboard.words import words as page_words
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.errors import RomVisionError
from rom_vision.jobs import GuardedJobs


def show(record: GuardedRecord, jobs: GuardedJobs) -> str | None:
    """Offer them to whoever recorded them; gives the job of one that is measured now."""
    waiting = [recording for recording in the_recordings().of(record.account) if recording.waits]
    if not waiting:
        return None
    job_id = None
    with st.container(border=True):
        st.markdown(f"**{words.WAITING}**")
        for recording in waiting:
            subject = recording.subject
            line, buttons = st.columns([3, 2], vertical_alignment="center")
            whole = recording.film is not None
            what = words.waiting(subject.test, subject.side, subject.mode, whole, recording.idle_s)
            line.markdown(what)
            with buttons.container(horizontal=True, horizontal_alignment="right"):
                if st.button(words.MEASURE_IT, key=f"measure {recording.id}", icon=":material/straighten:"):
                    try:
                        job_id = hand_over.send(record, jobs, recording)
                    except RomVisionError as problem:
                        st.error(page_words.trouble(problem))
                if st.button(words.THROW_AWAY, key=f"throw {recording.id}", icon=":material/delete:"):
                    the_recordings().remove(recording)
                    st.rerun()
    return job_id
