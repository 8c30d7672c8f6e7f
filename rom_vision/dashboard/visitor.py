"""Who looks at a page, and the record as they may use it."""

from html import escape
from pathlib import Path

import streamlit as st

from rom_vision.accounts import Account, GuardedRecord, open_record
from rom_vision.dashboard.entrance.door import COOKIE, the_accounts
from rom_vision.dashboard.entrance.words import words as entrance_words
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.words import words
from rom_vision.jobs import GuardedJobs

COMPONENTS = Path(__file__).parent / "components"


def account() -> Account:
    """Who is signed in, looked up each time; it ends the run of whoever is not (any more)."""
    found = the_accounts().who(st.context.cookies.get(COOKIE))
    if found is None:
        st.warning(words.SIGNED_OUT)
        st.stop()
    return found


def record() -> GuardedRecord:
    """The record, opened for whoever is signed in."""
    return open_record(account())


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
        js=(COMPONENTS / "guard.js").read_text(),
    )
    guard(key="guard")
