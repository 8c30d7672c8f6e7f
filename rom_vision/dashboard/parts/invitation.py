"""The link that invites somebody: shown once, to be sent to them."""

import streamlit as st

from rom_vision.dashboard.words_settings import words_settings

LINK = "invitation_link"  # shown until the next click


def keep(token: str) -> None:
    """Show the link of this token at the next run."""
    address = st.context.url or ""
    scheme, _, rest = address.partition("://")
    st.session_state[LINK] = f"{scheme}://{rest.partition('/')[0]}/invite/{token}"


def show() -> None:
    """Draw the link that was just made, if there is one."""
    if link := st.session_state.pop(LINK, None):
        st.info(words_settings.LINK)
        st.code(link, language=None, wrap_lines=True)
