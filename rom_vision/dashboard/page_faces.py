"""The page on which films with covered faces are looked at, before the originals are thrown away."""

from collections.abc import Callable

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard import films, visitor
from rom_vision.dashboard.parts import player
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_faces import words_faces as said
from rom_vision.errors import RomVisionError
from rom_vision.exchange import captions
from rom_vision.jobs import Covered, GuardedJobs, Job

DONE = "faces_decided"
STYLE = (
    "<style>.stills { display: flex; flex-wrap: wrap; gap: 0.5rem; } .stills figure { margin: 0; }"
    " .stills img { height: 13rem; width: auto; max-width: 100%; border-radius: 0.4rem; display: block; }"
    " .stills .doubt img { outline: 3px solid #d97706; outline-offset: -3px; }"
    " .stills figcaption { font-size: 0.85rem; }</style>"
)


def show() -> None:
    """Draw the page."""
    with visitor.record() as record:
        record.account.demand("write")
        st.title(said.FACES)
        if done := st.session_state.pop(DONE, None):
            st.success(done, icon=":material/check_circle:")
        jobs = visitor.jobs(record.account)
        names = {client.id: client.name for client in record.clients()}
        found = [job for job in jobs.coverings() if job.order.client_id in names]
        if record.settings().videos != "cover" and not found:
            st.info(said.NOT_WANTED)
            return
        st.caption(said.LEAD)
        to_look_at = [job for job in found if job.state == "done"]
        if not to_look_at:
            st.info(said.NOTHING_WAITS, icon=":material/done_all:")
        for job in to_look_at:
            with st.container(border=True):
                _film(record, jobs, job, names[job.order.client_id or ""])
        _others(jobs, [job for job in found if job.state != "done"], names)


def _film(record: GuardedRecord, jobs: GuardedJobs, job: Job, name: str) -> None:
    number = job.order.covers
    assert number is not None  # all of these are
    try:
        kept, made = record.measurement(number), jobs.covered(job.id)
    except RomVisionError as problem:
        st.error(words.trouble(problem))
        jobs.forget_covering(job.id)  # then it is ordered again
        return
    st.subheader(f"{name}: {captions.title(kept.test, kept.side, kept.mode)}")
    st.caption(captions.day(kept.on))
    if made.in_doubt_s:
        st.warning(said.checked(made), icon=":material/visibility:")
    else:
        st.markdown(said.checked(made))
    _stills(made)
    if st.toggle(said.WATCH, key=f"watch {job.id}"):
        _watch(record, made, number)
    sure = not made.in_doubt_s or st.checkbox(said.LOOKED, key=f"looked {job.id}")
    with st.container(horizontal=True):
        if st.button(
            said.COVER, key=f"cover {job.id}", type="primary", disabled=not sure, icon=":material/check:"
        ):
            _decide(jobs, job, said.COVERED,
                    lambda: record.cover_faces(number, made.film, made.overlay, seen=made.seen))  # fmt: skip
        if st.button(said.SHOW, key=f"show {job.id}", help=said.SHOW_HELP):
            _decide(jobs, job, said.SHOWN, lambda: record.show_faces(number))
        with st.popover(said.DROP, icon=":material/delete:"):
            st.markdown(said.DROP_HELP)
            if st.button(said.DROP_SURE, key=f"drop {job.id}"):
                _decide(jobs, job, said.DROPPED, lambda: record.drop_film(number))


def _decide(jobs: GuardedJobs, job: Job, what: str, do: Callable[[], None]) -> None:
    """The record first: whatever dies after it, the job is then one that is not wanted any more."""
    try:
        do()
    except RomVisionError as problem:
        st.error(words.trouble(problem))
        return
    jobs.forget_covering(job.id)
    st.session_state[DONE] = what
    st.rerun()


def _stills(made: Covered) -> None:
    """The pictures within the page itself: they have no address at which they could be found later."""
    figures = "".join(
        f'<figure{" class=doubt" * one.in_doubt}><img src="data:image/jpeg;base64,{one.jpeg}"'
        f' alt="{said.still(one.at_s, one.in_doubt)}">'
        f"<figcaption>{said.still(one.at_s, one.in_doubt)}</figcaption></figure>"
        for one in made.stills
    )
    st.html(f'{STYLE}<div class="stills">{figures}</div>')


def _watch(record: GuardedRecord, made: Covered, number: int) -> None:
    kept, curves = record.measurement(number), record.curves(number)
    player.show(
        player.Shown(
            src=films.address(made.film, kept.client_id, "write"),
            fallback=None,
            time_s=curves.joints.time_s,
            curve=curves.tested_deg,
            repetitions=kept.repetitions,
            uncertainty_deg=kept.uncertainty_deg,
            lines=player.Lines(),
        ),
        key=f"covered {number}",
    )


def _others(jobs: GuardedJobs, others: list[Job], names: dict[str, str]) -> None:
    """Those under way, and those that could not be done."""
    if others:
        st.subheader(said.IN_WORK)
    for job in others:
        what = captions.title(job.order.test, job.order.side, job.order.mode)
        st.markdown(f"**{names[job.order.client_id or '']}: {what}**")
        if job.state == "failed":
            st.error(said.failed(job))
            st.button(said.TRY_AGAIN, key=f"again {job.id}", on_click=jobs.cover_again, args=(job.id,))
        else:
            st.progress(job.share, text=said.progress(job))
