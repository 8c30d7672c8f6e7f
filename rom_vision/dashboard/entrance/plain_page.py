"""A page without scripts: a title, some words, forms. It looks like Streamlit's, and fetches its files early."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode

from starlette.responses import HTMLResponse

from rom_vision.dashboard.entrance.headers import STREAMLIT_PAGE
from rom_vision.dashboard.entrance.words import words
from rom_vision.language import LANGUAGES, spoken

HERE = Path(__file__).parent
LOGO = HERE.parent / "logo.svg"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One line to fill in.

    Attributes:
        autocomplete: what the browser or a password manager may put in, as HTML names it.
        help: under the line.
        value: what stands in it; a password never does.
    """

    name: str
    label: str
    autocomplete: str
    kind: Literal["text", "password"] = "text"
    help: str = ""
    value: str = ""


def page(title: str, *parts: str, status: int = 200) -> HTMLResponse:
    """The page.

    Args:
        title: in plain words.
        parts: HTML.
    """
    return HTMLResponse(
        f'<!doctype html><html lang="{spoken()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(title)} · {words.PROGRAM}</title>{_icon()}<style>{_style()}</style>"
        f"{_fetched_meanwhile()}</head>"
        f'<body><main><p class="brand">{_logo()}{words.PROGRAM}</p><h1>{escape(title)}</h1>'
        f"{''.join(parts)}</main></body></html>",
        status,
        {"cache-control": "no-store"},
    )


def said(text: str, kind: Literal["", "bad", "good"] = "") -> str:
    """A paragraph; one that is bad or good is read out at once."""
    marks = {"bad": ' class="bad" role="alert"', "good": ' class="good" role="status"'}
    return f"<p{marks.get(kind, '')}>{escape(text)}</p>"


def heading(text: str) -> str:
    """The beginning of a second part."""
    return f"<h2>{escape(text)}</h2>"


def link(text: str, to: str) -> str:
    """A line that leads elsewhere."""
    return f'<p><a href="{escape(to)}">{escape(text)}</a></p>'


def languages(asked: Mapping[str, str]) -> str:
    """The foot of a page before one is signed in: the same page in the other languages.

    Args:
        asked: what stands in the page's address.
    """
    others = {code: name for code, name in LANGUAGES.items() if code != spoken()}
    links = (
        f'<a href="?{escape(urlencode({**asked, "language": code}))}" lang="{code}" hreflang="{code}">{name}</a>'
        for code, name in others.items()
    )
    return f'<p class="languages">{" · ".join(links)}</p>'


def language_form() -> str:
    """A button for each language; that of the one that is spoken is pressed."""
    pressed = {code: str(code == spoken()).lower() for code in LANGUAGES}
    buttons = "".join(
        f'<button name="language" value="{code}" lang="{code}" aria-pressed="{pressed[code]}">{name}</button>'
        for code, name in LANGUAGES.items()
    )
    return f'<form method="post" class="choice">{buttons}</form>'


def form(button: str, fields: Sequence[Field] = (), *, action: str = "", main: bool = True) -> str:
    """Lines to fill in, and the button.

    Args:
        action: where it is sent; empty is where the page came from.
        main: whether the button is the page's chief one.
    """
    sent_to = f' action="{escape(action)}"' if action else ""
    empty = next((field for field in fields if not field.value), None)
    lines = "".join(_line(field, focused=field is empty) for field in fields)
    kind = ' class="main"' if main else ""
    return f'<form method="post"{sent_to}>{lines}<button{kind}>{escape(button)}</button></form>'


def _line(field: Field, *, focused: bool) -> str:
    name = escape(field.name)
    marks = {
        "id": name,
        "name": name,
        "type": field.kind,
        "autocomplete": field.autocomplete,
        "value": field.value,
    }
    marks |= {"autocapitalize": "none", "spellcheck": "false"}
    if field.help:
        marks["aria-describedby"] = f"{name}-help"
    written = " ".join(f'{mark}="{escape(value)}"' for mark, value in marks.items())
    below = f'<small id="{name}-help">{escape(field.help)}</small>' if field.help else ""
    focus = " autofocus" if focused else ""
    return f'<label for="{name}">{escape(field.label)}</label><input {written} required{focus}>{below}'


@functools.cache
def _style() -> str:
    font = re.search(r'"\.(/static/media/SourceSans[^"]+)"', STREAMLIT_PAGE.read_text())
    face = f'@font-face{{font-family:"Source Sans";font-weight:200 900;src:url("{font[1]}")}}' if font else ""
    return face + (HERE / "plain.css").read_text()


@functools.cache
def _logo() -> str:
    return LOGO.read_text().replace("<svg ", '<svg aria-hidden="true" ', 1)


@functools.cache
def _icon() -> str:
    return f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(LOGO.read_text())}">'


@functools.cache
def _fetched_meanwhile() -> str:
    """What Streamlit's page will ask for: while somebody types, the browser has the time."""
    found = re.findall(r'(?:src|href)="\.(/static/(?:js|css)/[^"]+)"', STREAMLIT_PAGE.read_text())
    return "".join(f'<link rel="prefetch" href="{escape(path)}" crossorigin>' for path in found)
