"""Which of a client's sessions is shown."""

import streamlit as st

from rom_vision.dashboard.parts import choose
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_record import words_record
from rom_vision.records import Chart, Session


def chosen(chart: Chart, *, flip: bool = False) -> Session | None:
    """The session whose findings and treatments are shown: the latest with the therapist, or another.

    Args:
        flip: with buttons to the one before and the one after.
    """
    by_id = {entry.id: entry for entry in reversed(chart.sessions) if entry.kind != "home"}
    if not by_id:
        st.info(words_record.SESSION_FIRST)
        return None
    newest_first = list(by_id)
    key = f"session of {chart.client.id}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        known = st.selectbox(
            words_record.SESSION, by_id, format_func=lambda known: words_record.session(by_id[known]),
            key=key, width=choose.SELECT_PX,
        )  # fmt: skip
        if flip:
            here = newest_first.index(known)
            _to(newest_first[here + 1 :][:1], key, words_body.EARLIER, ":material/chevron_left:")
            _to(newest_first[:here][-1:], key, words_body.LATER, ":material/chevron_right:")
    return by_id[known]


def _to(session: list[int | None], key: str, label: str, icon: str) -> None:
    """A button to a session; there may be none."""

    def go() -> None:
        st.session_state[key] = session[0]

    st.button(label, icon=icon, disabled=not session, on_click=go, key=f"{label} {key}")
