"""A figure of the body on which a joint is picked, and its side with it."""

import functools
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

import streamlit as st

from rom_vision.dashboard.parts import choose
from rom_vision.dashboard.visitor import COMPONENTS
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_film import words_film
from rom_vision.exchange.body_chart import WIDTH_TO_HEIGHT, Place, features, outline
from rom_vision.language import spoken
from rom_vision.movements import Joint, Side

JOINT = "joint"  # in the visit's memory
KEY = "figure"
# shares of the chart; those of the limbs on the client's left, which is to the right of whoever looks at them
SPOTS: Mapping[Joint, Place] = MappingProxyType(
    {
        "neck": (0.5, 0.14), "trunk": (0.5, 0.36), "shoulder": (0.68, 0.2), "elbow": (0.765, 0.382),
        "forearm": (0.81, 0.44), "wrist": (0.86, 0.505), "hip": (0.605, 0.487), "knee": (0.605, 0.727),
        "ankle": (0.617, 0.935),
    }
)  # fmt: skip
MIDLINE = frozenset({"neck", "trunk"})


def joint(side: str) -> Joint:
    """The joint that is picked, on the figure or by its name; the first until then.

    Args:
        side: the one that is shown as picked.
    """
    st.session_state.setdefault(JOINT, next(iter(SPOTS)))
    component = st.components.v2.component(
        f"rom_vision_figure_{spoken()}",
        html=_html(spoken()),
        css=(COMPONENTS / "figure.css").read_text(),
        js=(COMPONENTS / "figure.js").read_text(),
    )
    component(key=KEY, data={"joint": st.session_state[JOINT], "side": side}, on_picked_change=_picked)
    picked = st.pills(
        words_film.WHERE, list(SPOTS), format_func=lambda known: words_film.JOINTS[known], key=JOINT,
        required=True, persist_state="session", wrap=True,
    )  # fmt: skip
    return next((known for known in SPOTS if known == picked), "neck")


def _picked() -> None:
    """Before the page is drawn, so that the widgets show it."""
    picked = st.session_state[KEY].picked or {}
    if picked.get("joint") in SPOTS:
        st.session_state[JOINT] = picked["joint"]
    if picked.get("side") in words.SIDES:
        st.session_state[choose.SIDE] = picked["side"]


@functools.cache
def _html(language: str) -> str:
    """Kept for each language."""
    lines = "".join(f'<path class="feature" d="{line.svg()}"/>' for line in features("front"))
    body = f'<svg viewBox="-.01 -.01 {WIDTH_TO_HEIGHT + 0.02} 1.02" aria-hidden="true">'
    body += f'<path class="body" d="{outline().svg()}"/>{lines}</svg>'
    spots = "".join(_spots(known, place) for known, place in SPOTS.items())
    return f'<div class="figure" role="group" aria-label="{escape(words_film.FIGURE)}">{body}{spots}</div>'


def _spots(known: Joint, place: Place) -> str:
    if known in MIDLINE:
        return _spot(known, None, place)
    x, y = place
    return _spot(known, "right", (1 - x, y)) + _spot(known, "left", place)


def _spot(known: Joint, side: Side | None, place: Place) -> str:
    name = escape(words_film.joint(known, side))
    at = f"left:{place[0]:.1%};top:{place[1]:.1%}"
    sided = f' data-side="{side}"' if side else ""
    return f'<button style="{at}" data-joint="{known}"{sided} aria-label="{name}" title="{name}"></button>'
