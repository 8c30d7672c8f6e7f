"""Which language is spoken at the moment."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Literal

ENGLISH = "en"
Language = Literal["en", "de"]
LANGUAGES: Mapping[Language, str] = MappingProxyType({"en": "English", "de": "Deutsch"})
"""Each under its code, by the name that its speakers give it."""

_told: ContextVar[str | None] = ContextVar("language", default=None)
_ask: Callable[[], str | None] = lambda: None  # noqa: E731 - replaced as a whole


def spoken() -> str:
    """The code of the language that is spoken at the moment; English where nobody said another."""
    return _told.get() or _ask() or ENGLISH


def first_spoken(asked_for: str) -> Language:
    """Of the languages that a browser asks for, the one that it likes best of ours; English where there is none.

    Args:
        asked_for: as browsers send it, best first: `de-AT,de;q=0.9,en;q=0.8`.
    """
    codes = (re.split("[-;]", one.strip())[0].lower() for one in asked_for.split(","))
    return next((language for code in codes for language in LANGUAGES if language == code), "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language within the block.

    Args:
        language: its code; one that is not among `LANGUAGES` is English.
    """
    token = _told.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _told.reset(token)


def ask_for_the_language(of_this_thread: Callable[[], str | None]) -> None:
    """Say how a thread that was told no language finds its own.

    Streamlit draws a page, and a fragment of one, in a thread that inherits no context.
    """
    global _ask
    _ask = of_this_thread
