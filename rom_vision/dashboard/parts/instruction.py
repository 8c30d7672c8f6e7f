"""How a movement test is done and filmed."""

import streamlit as st

from rom_vision.dashboard.words import words
from rom_vision.movements import MovementTest


def show(test: MovementTest) -> None:
    """A card to read before filming."""
    with st.container(border=True):
        st.markdown(f"**{test.name}**")
        for label, text in (
            (words.START, test.start),
            (words.FILM, test.film),
            (words.MOVE, test.move),
            (words.WATCH, words.sentence(", ".join(test.compensations))),
        ):
            st.markdown(f":gray[{label}]  \n{text}")
        if test.with_care:
            st.warning(f"{words.WITH_CARE} {test.with_care}", icon=":material/warning:")
        with st.expander(words.DEFINITION):
            st.markdown(test.definition)
            st.markdown(words.facts(test))
