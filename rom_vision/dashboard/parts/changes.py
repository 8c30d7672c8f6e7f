"""What a therapist changes in a measurement, on a page: the tools, what they did, and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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

SPAN, TROUBLE, MADE = "span", "trouble", "edited"


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Draft:
    """What is being changed.

    Attributes:
        key: names the clip among all others, in this visit and for good.
        original: the measurement as the program made it.
        edits: all changes so far.
        save: keeps other ones in their place, so that they outlive the visit.
    """

    key: str
    original: Measurement
    edits: Edits
    save: Callable[[Edits], None]


def applied(draft: Draft) -> Measurement:
    """The measurement with all changes; as the program made it where they can't be (any more), which is told."""
    try:
        return _made(draft, draft.edits)
    except RomVisionError as problem:
        st.session_state[f"{TROUBLE} {draft.key}"] = problem
        return draft.original


def span(key: str) -> Span | None:
    """The part of the clip that is marked."""
    marked: Span | None = st.session_state.get(f"{SPAN} {key}")
    return marked


def tool(key: str, tools: Sequence[Tool]) -> Tool:
    """Draws the choice of what a click on the film does."""
    st.divider()
    chosen = st.segmented_control(
        said.TOOL, tools, format_func=lambda one: said.TOOLS[one], key=f"tool {key}", default="look",
        required=True,
    )  # fmt: skip
    named: Tool = "joints" if chosen == "joints" else "client" if chosen == "client" else "look"
    st.caption(said.TOOL_HELP[named])
    return named


def show(draft: Draft, measurement: Measurement, told: Told) -> None:
    """Draws what can be changed and what was, and does what was told."""
    key = draft.key
    if told.span is not None:
        st.session_state[f"{SPAN} {key}"] = told.span or None
        st.rerun()
    if told.joint:
        _change(draft, draft.edits.plus(told.joint))
        st.rerun()
    if trouble := st.session_state.pop(f"{TROUBLE} {key}", None):
        st.error(words.trouble(trouble))
    _marked(draft)
    _done(draft, measurement)
    if draft.edits.all and measurement is draft.original:
        return  # they can't be made any more: undone is all that they can be
    with st.expander(said.CHANGE, icon=":material/edit:"):
        st.caption(said.CHANGE_HELP)
        _repetitions(draft)
        _measure_as(draft, measurement)


def _marked(draft: Draft) -> None:
    """What can be done with the marked part of the clip."""
    key = draft.key
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
                _change(draft, draft.edits.plus(edit))
                st.rerun()
        if st.button(said.UNMARK, key=f"unmark {key}", type="tertiary"):
            st.session_state[f"{SPAN} {key}"] = None
            st.rerun()


def _done(draft: Draft, measurement: Measurement) -> None:
    """What was changed, each with its undo, and what it did to the number."""
    key, edits = draft.key, draft.edits
    if not edits.all:
        return
    with st.container(border=True):
        st.markdown(
            f"**{said.EDITED}.** {said.preview(captions.result(draft.original), captions.result(measurement))}"
        )
        for number, edit in enumerate(edits.all):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(said.edit(edit))
                if st.button(said.UNDO_EDIT, key=f"undo {number} {key}", icon=":material/undo:", type="tertiary"):
                    _change(draft, edits.without(edit))
                    st.rerun()
        if len(edits.all) > 1 and st.button(said.UNDO_ALL, key=f"undo all {key}", icon=":material/undo:"):
            _change(draft, Edits())
            st.rerun()


def _repetitions(draft: Draft) -> None:
    """Those that the program found; one that is taken out does not count."""
    key, edits = draft.key, draft.edits
    others = Edits(tuple(edit for edit in edits.all if not isinstance(edit, Drop)))
    found = {repetition.peak_s: repetition.peak_deg for repetition in _made(draft, others, "all").repetitions}
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
        _change(draft, Edits((*others.all, *drops)))
        st.rerun()


def _measure_as(draft: Draft, measurement: Measurement) -> None:
    catalogue = load_catalogue()
    with st.form(f"measure as {draft.key}"):
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
        _change(draft, draft.edits.plus(edit))
        st.rerun()


def _change(draft: Draft, edits: Edits) -> None:
    """Take over the changes, or say why they can't be."""
    try:
        with st.spinner(said.WORKING):
            _made(draft, edits)
    except RomVisionError as problem:
        st.session_state[f"{TROUBLE} {draft.key}"] = problem
    else:
        draft.save(edits)


def _made(draft: Draft, edits: Edits, what: str = "") -> Measurement:
    """Measured once for the same changes, since a page is drawn at every click."""
    if not edits.all:
        return draft.original
    place = f"{MADE} {what}{draft.key}"
    known: tuple[str, Measurement] | None = st.session_state.get(place)
    if known is None or known[0] != edits.text:
        known = st.session_state[place] = (edits.text, edited(draft.original, edits))
    return known[1]
