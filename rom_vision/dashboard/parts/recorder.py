"""The recorder in a page: it gives the finished recording that whoever films wants to use."""

import functools
from collections.abc import Callable
from typing import Any

import streamlit as st

from rom_vision.accounts import Account
from rom_vision.dashboard import live_hint, recorder_routes
from rom_vision.dashboard.recordings import Recording, Subject, the_recordings
from rom_vision.dashboard.visitor import COMPONENTS
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.errors import UsageError


def show(who: Account, subject: Subject, repetitions: int | None = None) -> Recording | None:
    """Draw it.

    Args:
        repetitions: after which it stops by itself; None is those of a test.
    Returns:
        the recording that is to be measured, once; None as long as there is none.
    Raises:
        UsageError: it is not there any more.
    """
    test, side, mode = subject.test, subject.side, subject.mode
    data = {
        "assets": recorder_routes.address(),
        "language": words.LANGUAGE,
        "subject": subject.told_as(),
        "wanted": live_hint.wanted(test, side, mode, repetitions),
        "texts": words.recorder(test, side, mode, words.aloud(test)),
    }
    name = "-".join(str(part) for part in subject.told_as().values())
    told = _component()(key=f"recorder-{name}", data=data, on_recorded_change=lambda: None)
    if told is None or told.recorded is None:
        return None
    recording = the_recordings().get(who, str(told.recorded))  # what the browser says is a hint
    if recording is None or recording.film is None:
        raise UsageError(words.GONE_RECORDING, remedy=words.FILM_AGAIN)
    return recording


def _component() -> Callable[..., Any]:
    html, css, js = _parts()
    return st.components.v2.component("rom_vision_recorder", html=html, css=css, js=js)


@functools.cache
def _parts() -> tuple[str, ...]:
    return tuple((COMPONENTS / f"recorder.{kind}").read_text() for kind in ("html", "css", "js"))
