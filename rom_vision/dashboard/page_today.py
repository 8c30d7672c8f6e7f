"""The therapist's first page: who was and is here, and what waits."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from rom_vision.accounts import Account
from rom_vision.dashboard import page_client, page_measure, visitor
from rom_vision.dashboard.parts import choose, empty
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_faces import words_faces
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_today import words_today
from rom_vision.jobs import Job
from rom_vision.records import Agenda, Client, Held

FOUND = "found_client"


def show(client_page: st.Page, measure_page: st.Page, progress_page: st.Page, faces_page: st.Page) -> None:
    """Draw the page; the others are where its lines lead to."""
    with visitor.record() as record:
        record.account.demand("write")
        clients = record.clients()
        if not clients:
            empty.welcome(record)
            return
        today = date.today()
        st.title(words_today.TODAY)
        st.caption(words_today.head(today))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _find(clients, client_page)
            with st.popover(words.ADD_CLIENT, icon=":material/person_add:"):
                choose.add_client(record)
        if choose.ADDED in st.session_state:
            st.switch_page(client_page)
        empty.sample_progress(clients)
        agenda = record.agenda(today)
        sessions, waiting = st.columns(2, gap="large")
        with sessions:
            _sessions(agenda, client_page)
        with waiting:
            _covered(record.account, faces_page)
            _waiting(agenda, jobs_to_see(record.account), {client.id: client.name for client in clients},
                     today, client_page, measure_page, progress_page)  # fmt: skip


def jobs_to_see(account: Account) -> list[Job]:
    """The clips that are in work, and those whose number nobody has looked at yet; oldest first."""
    return [job for job in visitor.jobs(account).jobs() if job.kept_id is None and job.state != "stopped"]


def _covered(who: Account, faces_page: st.Page) -> None:
    """Films that wait for somebody to look whether all faces are covered."""
    waiting = [job for job in visitor.jobs(who).coverings() if job.state in ("done", "failed")]
    if waiting:
        st.page_link(faces_page, label=words_faces.waiting(len(waiting)), icon=":material/blur_on:")


def _find(clients: Sequence[Client], client_page: st.Page) -> None:
    by_id = {client.id: client for client in clients}
    found = st.selectbox(
        words_today.FIND, by_id, index=None, format_func=lambda known: words.client(by_id[known]), key=FOUND,
        placeholder=words_today.TYPE_A_NAME, width=choose.SELECT_PX,
    )  # fmt: skip
    if found:
        st.session_state[choose.ADDED] = found
        st.switch_page(client_page)


def _sessions(agenda: Agenda, client_page: st.Page) -> None:
    st.subheader(words_today.SESSIONS)
    if not agenda.today:
        st.caption(words_today.NO_SESSION)
    for held in agenda.today:
        _session(held, client_page, dated=False)
    st.subheader(words_today.LATELY)
    if not agenda.lately:
        st.caption(words_today.NOBODY_LATELY)
    for held in agenda.lately:
        _session(held, client_page, dated=True)


def _session(held: Held, client_page: st.Page, *, dated: bool) -> None:
    said = words_today.held(held, dated=dated)
    _line(held.name, said, f"session {held.session_id}", partial(_go, client_page, held.client_id))


def _waiting(
    agenda: Agenda, jobs: Sequence[Job], names: dict[str, str], today: date,
    client_page: st.Page, measure_page: st.Page, progress_page: st.Page,
) -> None:  # fmt: skip
    if not (jobs or agenda.filmed or agenda.ending):
        st.info(words_today.NOTHING_WAITS, icon=":material/done_all:")
    if jobs:
        st.subheader(words_today.IN_WORK)
    for job in jobs:
        whose = names.get(job.order.client_id or "", "")
        visit = {page_measure.JOB: job.id}
        _line(
            words_today.LOOK, words_today.job(job, whose), f"job {job.id}",
            partial(_go, measure_page, job.order.client_id, visit),
        )  # fmt: skip
    if agenda.filmed:
        st.subheader(words_today.AT_HOME)
    for film in agenda.filmed:
        visit = {choose.TEST: film.movement, choose.MODE: film.mode}
        _line(
            film.name, words_today.filmed(film), f"film {film.measurement_id}",
            partial(_go, progress_page, film.client_id, visit),
        )  # fmt: skip
    if agenda.ending:
        st.subheader(words_today.RUNNING_OUT)
    for order in agenda.ending:
        visit = {page_client.TAB: words_record.HISTORY}
        _line(
            order.name, words_today.ending(order, today), f"order {order.client_id}",
            partial(_go, client_page, order.client_id, visit),
        )  # fmt: skip


def _line(label: str, said: str, key: str, go: Callable[[], None]) -> None:
    """A name that leads somewhere, and what there is to say."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(label, key=key, icon=":material/arrow_forward:"):
            go()
        st.caption(said, width="content")


def _go(page: st.Page, client_id: str | None, visit: dict[str, str] | None = None) -> None:
    if client_id:
        st.session_state[choose.ADDED] = client_id
    st.session_state.update(visit or {})
    st.switch_page(page)
