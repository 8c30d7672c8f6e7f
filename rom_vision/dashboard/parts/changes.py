"""What a therapist changes in a measurement, on a page: the tools, what they did, and the way back."""

import streamlit as st

from rom_vision.concerned import Span
from rom_vision.dashboard.parts.player import Told, Tool
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_result import words_result as said
from rom_vision.edits import Add, Drop, Edit, Edits, MeasureAs, Trim, edited
from rom_vision.errors import RomVisionError
from rom_vision.exchange import captions
from rom_vision.measure import Measurement
from rom_vision.movements import MODES, SIDES, load_catalogue

EDITS, SPAN, TROUBLE, MADE = "edits", "span", "trouble", "edited"


def applied(measurement: Measurement, key: str) -> Measurement:
    """The measurement with all changes of this visit."""
    return _made(measurement, _edits(key), key)


def span(key: str) -> Span | None:
    """The part of the clip that is marked."""
    marked: Span | None = st.session_state.get(f"{SPAN} {key}")
    return marked


def tool(key: str) -> Tool:
    """Draws the choice of what a click on the film does."""
    st.divider()
    chosen = st.segmented_control(
        said.TOOL, list(said.TOOLS), format_func=lambda one: said.TOOLS[one], key=f"tool {key}", default="look",
        required=True,
    )  # fmt: skip
    named: Tool = "joints" if chosen == "joints" else "client" if chosen == "client" else "look"
    st.caption(said.TOOL_HELP[named])
    return named


def show(original: Measurement, measurement: Measurement, told: Told, key: str) -> None:
    """Draws what can be changed and what was, and does what was told."""
    if told.span is not None:
        st.session_state[f"{SPAN} {key}"] = told.span or None
        st.rerun()
    if told.joint:
        _change(original, key, _edits(key).plus(told.joint))
        st.rerun()
    if trouble := st.session_state.pop(f"{TROUBLE} {key}", None):
        st.error(words.trouble(trouble))
    _marked(original, key)
    _done(original, measurement, key)
    with st.expander(said.CHANGE, icon=":material/edit:"):
        st.caption(said.CHANGE_HELP)
        _repetitions(original, key)
        _measure_as(original, measurement, key)


def _marked(original: Measurement, key: str) -> None:
    """What can be done with the marked part of the clip."""
    marked = span(key)
    if marked is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(said.marked(*marked))
        for label, edit in (
            (said.COUNT_SPAN, Add(start_s=marked[0], end_s=marked[1])),
            (said.TRIM, Trim(start_s=marked[0], end_s=marked[1])),
        ):
            if st.button(label, key=f"{label} {key}"):
                st.session_state[f"{SPAN} {key}"] = None
                _change(original, key, _edits(key).plus(edit))
                st.rerun()
        if st.button(said.UNMARK, key=f"unmark {key}", type="tertiary"):
            st.session_state[f"{SPAN} {key}"] = None
            st.rerun()


def _done(original: Measurement, measurement: Measurement, key: str) -> None:
    """What was changed, each with its undo, and what it did to the number."""
    edits = _edits(key)
    if not edits.all:
        return
    with st.container(border=True):
        st.markdown(f"**{said.EDITED}.** {said.preview(captions.result(original), captions.result(measurement))}")
        for number, edit in enumerate(edits.all):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(said.edit(edit))
                if st.button(said.UNDO_EDIT, key=f"undo {number} {key}", icon=":material/undo:", type="tertiary"):
                    _change(original, key, edits.without(edit))
                    st.rerun()
        if len(edits.all) > 1 and st.button(said.UNDO_ALL, key=f"undo all {key}", icon=":material/undo:"):
            _change(original, key, Edits())
            st.rerun()


def _repetitions(original: Measurement, key: str) -> None:
    """Those that the program found; one that is taken out does not count."""
    edits = _edits(key)
    others = Edits(tuple(edit for edit in edits.all if not isinstance(edit, Drop)))
    found = {
        repetition.peak_s: repetition.peak_deg for repetition in _made(original, others, f"all {key}").repetitions
    }
    if not found:
        return
    dropped = {edit.at_s for edit in edits.all if isinstance(edit, Drop)}
    counted = [at_s for at_s in found if at_s not in dropped]
    number = {at_s: place for place, at_s in enumerate(found, 1)}
    chosen = st.pills(
        said.COUNTS, list(found), selection_mode="multi", default=counted,
        format_func=lambda at_s: said.counted(number[at_s], found[at_s]),
        key=f"counts {key} {edits.text}",
    )  # fmt: skip
    if set(chosen) != set(counted):
        drops: tuple[Edit, ...] = tuple(Drop(at_s=at_s) for at_s in found if at_s not in chosen)
        _change(original, key, Edits((*others.all, *drops)))
        st.rerun()


def _measure_as(original: Measurement, measurement: Measurement, key: str) -> None:
    catalogue = load_catalogue()
    with st.form(f"measure as {key}"):
        movement = st.selectbox(
            said.MEASURE_AS, list(catalogue), list(catalogue).index(measurement.test.id),
            format_func=lambda one: words.test(catalogue[one]),
        )  # fmt: skip
        with st.container(horizontal=True):
            side = st.segmented_control(
                words.SIDE, SIDES, default=measurement.side or SIDES[0], format_func=lambda one: words.SIDES[one]
            )
            mode = st.segmented_control(
                words.MODE, MODES, default=measurement.mode, format_func=lambda one: words.MODES[one]
            )
        pressed = st.form_submit_button(said.MEASURE_AGAIN)
    if pressed:
        sided = catalogue[movement].sided
        edit = MeasureAs(movement=movement, side=(side or SIDES[0]) if sided else None, mode=mode or MODES[0])
        _change(original, key, _edits(key).plus(edit))
        st.rerun()


def _edits(key: str) -> Edits:
    edits: Edits = st.session_state.get(f"{EDITS} {key}", Edits())
    return edits


def _change(original: Measurement, key: str, edits: Edits) -> None:
    """Take over the changes, or say why they can't be."""
    try:
        with st.spinner(said.WORKING):
            _made(original, edits, key)
    except RomVisionError as problem:
        st.session_state[f"{TROUBLE} {key}"] = problem
    else:
        st.session_state[f"{EDITS} {key}"] = edits


def _made(original: Measurement, edits: Edits, key: str) -> Measurement:
    """Measured once for the same changes, since a page is drawn at every click."""
    known: tuple[str, Measurement] | None = st.session_state.get(f"{MADE} {key}")
    if not edits.all:
        return original
    if known is None or known[0] != edits.text:
        known = st.session_state[f"{MADE} {key}"] = (edits.text, edited(original, edits))
    return known[1]
