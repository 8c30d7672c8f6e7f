"""The frame around every page."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from rom_vision.dashboard import (
    page_client,
    page_compare,
    page_faces,
    page_film,
    page_home,
    page_measure,
    page_progress,
    page_settings,
    page_today,
    visitor,
)
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_faces import words_faces
from rom_vision.dashboard.words_film import words_film
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_result import words_result
from rom_vision.dashboard.words_settings import words_settings
from rom_vision.dashboard.words_today import words_today
from rom_vision.errors import RomVisionError

LOGO = Path(__file__).parent / "logo.svg"
# an upright film must leave room for the rest; Streamlit's captions are pale, and in the dark its main buttons and
# the words of a choice too
STYLE = (
    "<style>video { max-height: 58vh; } .stMainBlockContainer { max-width: 76rem; padding-top: 4.5rem; }"
    " [data-testid=stCaptionContainer], [data-testid=stCaptionContainer] code { color: inherit; }"
    " [data-testid=stCaptionContainer] { opacity: 0.8; }"
    " [data-testid^=stBaseButton-primary]:enabled, [data-testid=stMultiSelect] span[title]"
    " { color: light-dark(#fff, #04262a); }</style>"
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
    writes, reads = who.may("write"), who.may("read")
    at_home = who.may("film") and not writes
    only_looks = not writes and not at_home
    progress = _page(lambda: page_progress.show(measure), words.PROGRESS, "timeline", "progress", first=only_looks)
    measure = _page(lambda: page_measure.show(progress), words.MEASURE, "videocam", "measure")
    client = _page(lambda: page_client.show(progress), words_record.CLIENT, "person", "client")
    faces = _page(page_faces.show, words_faces.FACES, "blur_on", "faces", hidden=True)
    today = _page(
        lambda: page_today.show(client, measure, progress, faces),
        words_today.TODAY,
        "today",
        "today",
        first=writes,
    )
    film = _page(lambda: page_film.show(measure), words_film.FILM, "photo_camera", "film")
    compare = _page(lambda: page_compare.show(progress), words_result.COMPARE, "compare_arrows", "compare")
    home = _page(page_home.show, words_film.HOME, "home", "home", first=at_home)
    settings = _page(page_settings.show, words_settings.SETTINGS, "settings", "settings")
    offered = (
        (home, at_home),
        (today, writes),
        (client, reads),
        (film, writes),
        (measure, writes),
        (progress, True),
        (compare, reads),
        (faces, writes),
        (settings, who.may("settings")),
    )
    page = st.navigation([page for page, allowed in offered if allowed])
    with st.sidebar:
        visitor.show(who)
    return page


def _page(
    show: Callable[[], None], title: str, icon: str, address: str, *, first: bool = False, hidden: bool = False
) -> st.Page:
    """A page under its address; the first one is where the role arrives, a hidden one is led to by others."""
    return st.Page(
        show, title=title, icon=f":material/{icon}:", url_path=address, default=first,
        visibility="hidden" if hidden else "visible",
    )  # fmt: skip
