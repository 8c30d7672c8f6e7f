"""Who looks at a page, and the record as they may use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rom_vision.accounts import Account, GuardedRecord
from rom_vision.dashboard.entrance.door import COOKIE, the_accounts
from rom_vision.dashboard.entrance.words import words as entrance_words
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.the_record import record_of
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_streamlit import words_streamlit
from rom_vision.jobs import GuardedJobs
from rom_vision.language import ENGLISH, ask_for_the_language, first_spoken, spoken

LANGUAGE = "language"  # in the visit's memory
COMPONENTS = Path(__file__).parent / "components"
SCRIPTS = ("streamlit_words.js", "guard.js")


def account() -> Account:
    """Who is signed in, looked up each time; it ends the run of whoever is not (any more)."""
    found = the_accounts().who(st.context.cookies.get(COOKIE))
    if found is None:
        st.warning(words.SIGNED_OUT)
        st.stop()
    st.session_state[LANGUAGE] = found.language or first_spoken(st.context.locale or "")
    ask_for_the_language(_of_this_visit)
    return found


def _of_this_visit() -> str | None:
    """The language in which a page was drawn last, in any thread that draws it or a part of it."""
    drawn = get_script_run_ctx(suppress_warning=True) is not None
    return st.session_state.get(LANGUAGE) if drawn else None


@contextmanager
def record() -> Iterator[GuardedRecord]:
    """The record, for whoever is signed in."""
    yield record_of(account())


def jobs(who: Account) -> GuardedJobs:
    """The queue, as somebody who is signed in may use it."""
    return GuardedJobs(the_jobs(), who)


def show(who: Account) -> None:
    """Who is signed in, and the way out; where the sign-in ends, this leaves the page."""
    html = (
        f'<p class="who">{escape(who.display_name)}<small>{entrance_words.ROLES[who.role]}</small></p>'
        f'<div class="row"><form method="post" action="/signout"><button>{entrance_words.SIGN_OUT}</button></form>'
        f'<a href="/account" target="_self">{entrance_words.ACCOUNT}</a></div>'
    )
    guard = st.components.v2.component(
        "rom_vision_guard",
        html=html,
        css=(COMPONENTS / "guard.css").read_text(),
        js="\n".join((COMPONENTS / name).read_text() for name in SCRIPTS),
    )
    english = spoken() == ENGLISH
    theirs = {"whole": {} if english else words_streamlit.WHOLE, "parts": {} if english else words_streamlit.PARTS}
    guard(key="guard", data={"language": spoken(), "words": theirs, "away": words.AWAY})
