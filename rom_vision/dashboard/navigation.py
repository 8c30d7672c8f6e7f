"""The frame around every page."""

from pathlib import Path

import streamlit as st

from rom_vision.dashboard import (
    page_client,
    page_film,
    page_home,
    page_measure,
    page_progress,
    visitor,
    words,
    words_film,
    words_record,
)
from rom_vision.errors import RomVisionError

LOGO = Path(__file__).parent / "logo.svg"
# an upright film must leave room for the rest
STYLE = (
    "<style>video { max-height: 58vh; } .stMainBlockContainer { max-width: 76rem; padding-top: 4.5rem; }</style>"
)


def show() -> None:
    """Draw the page that the address names."""
    st.set_page_config(page_title=words.PROGRAM, page_icon=LOGO, layout="wide")
    st.logo(LOGO, size="large")
    st.html(STYLE)
    try:
        _pages().run()
    except RomVisionError as problem:
        st.error(words.trouble(problem), icon=":material/error:")


def _pages() -> st.Page:
    """Those that the role of whoever is signed in has something to do on; gives the one that the address names."""
    who = visitor.account()
    measures = who.may("write")
    at_home = who.may("film") and not measures
    progress_page = st.Page(
        lambda: page_progress.show(measure_page),
        title=words.PROGRESS,
        icon=":material/timeline:",
        url_path="progress",
        default=not measures and not at_home,
    )
    measure_page = st.Page(
        lambda: page_measure.show(progress_page), title=words.MEASURE, icon=":material/videocam:", default=measures
    )
    film_page = st.Page(
        lambda: page_film.show(measure_page),
        title=words_film.FILM,
        icon=":material/photo_camera:",
        url_path="film",
    )
    home_page = st.Page(
        page_home.show, title=words_film.HOME, icon=":material/home:", url_path="home", default=at_home
    )
    client_page = st.Page(page_client.show, title=words_record.CLIENT, icon=":material/person:", url_path="client")
    offered = (
        (home_page, at_home),
        (film_page, measures),
        (measure_page, measures),
        (client_page, who.may("read")),
    )
    pages = [page for page, allowed in offered if allowed]
    page = st.navigation([*pages, progress_page])
    with st.sidebar:
        visitor.show(who)
    return page
