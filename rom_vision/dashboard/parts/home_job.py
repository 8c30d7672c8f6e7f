"""What becomes of a client's film: how far the measuring is, then count and best angle, in friendly words."""

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.compare import over_sessions
from rom_vision.dashboard import hand_over, visitor
from rom_vision.dashboard.words import words as page_words
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.exchange import captions
from rom_vision.jobs import GuardedJobs, Job
from rom_vision.language import read_back
from rom_vision.records import Client, KeptMeasurement

LOOK_EVERY_S = 1.0


def show(record: GuardedRecord, jobs: GuardedJobs, client: Client, job_id: str) -> bool:
    """Draw it; True where whoever looks wants to go back to the exercises."""
    job = _own_job(jobs, client, job_id)
    if job is None:
        st.info(words.GONE_RECORDING)
    elif not job.over:
        st.title(words.exercise_of(job.order.test, job.order.side))
        _progress(client, job_id)
        st.markdown(words.KEEP_OPEN)
    elif measured := hand_over.kept(record, jobs, job):
        _kept(record, measured)
    else:
        _not_kept(jobs, job)
    return st.button(words.BACK_HOME, type="primary", icon=":material/home:", width="stretch")


def _own_job(jobs: GuardedJobs, client: Client, job_id: str) -> Job | None:
    """A job that answers an exercise of this client: others are as if they were not there."""
    job = jobs.job(job_id)
    ours = job is not None and job.order.client_id == client.id and job.order.exercise_id is not None
    return job if ours else None


@st.fragment(run_every=LOOK_EVERY_S)
def _progress(client: Client, job_id: str) -> None:
    job = _own_job(visitor.jobs(visitor.account()), client, job_id)
    if job is None or job.over:
        st.rerun()
    st.progress(job.share, text=words.measuring(job.before))


def _kept(record: GuardedRecord, measured: KeptMeasurement) -> None:
    st.title(words.DONE)
    count, far = st.columns(2)
    count.metric(words.REPETITIONS, len(measured.repetitions), border=True)
    if measured.peak_deg is not None and measured.uncertainty_deg is not None:
        far.metric(words.FURTHEST, captions.peak(measured.peak_deg, measured.uncertainty_deg), border=True)
        earlier = record.results(measured.client_id, measured.movement, measured.side, measured.mode)
        since_first = over_sessions(earlier).changes[-1]
        if since_first.real and since_first.difference_deg > 0:
            st.success(words.further(since_first.difference_deg), icon=":material/trending_up:")
    st.markdown(words.KEPT)


def _not_kept(jobs: GuardedJobs, job: Job) -> None:
    refused = [] if job.state != "done" else jobs.outcome(job.id).measurement.problems
    reasons = [page_words.problem(problem) for problem in refused if problem.refused]
    if job.state == "failed":
        reasons.append(f"{read_back(job.message)} {read_back(job.remedy)}".strip())
    st.title(words.NOT_MEASURED if reasons else words.NOT_KEPT)
    for reason in reasons:
        st.warning(reason)
    st.markdown(words.TRY_AGAIN)
