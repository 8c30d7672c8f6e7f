"""A picture drawn as SVG."""

import streamlit as st

from rom_vision.dashboard.visitor import COMPONENTS


def show(svg: str, key: str) -> None:
    """Draw it, in the colours of the page's text.

    Args:
        svg: made by this program alone; whatever a person wrote in it is escaped.
    """
    picture = st.components.v2.component(
        "rom_vision_picture",
        html='<div class="picture"></div>',
        css=".picture { color: var(--st-text-color); font-family: var(--st-font); }",
        js=(COMPONENTS / "picture.js").read_text(),
    )
    picture(key=key, data={"svg": svg})
