"""What is measured: client, test, side and mode; remembered over pages, and over a reload by the address.

The address carries ids alone. A client's name is never in it, since addresses are kept in a browser's history.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard.words import words
from rom_vision.errors import RomVisionError
from rom_vision.movements import MODES, SIDES, Mode, MovementTest, Side, load_catalogue
from rom_vision.records import Client

CLIENT, TEST, SIDE, MODE = "client", "test", "side", "mode"
ADDED = "added_client"  # chosen at the next run: a widget's value can't be set once it is drawn
OLDEST = date(1900, 1, 1)
SELECT_PX = 360
Choice = TypeVar("Choice", bound=str)


def client(record: GuardedRecord, clients: Sequence[Client]) -> Client:
    """The client, chosen or just added.

    Args:
        clients: all, at least one.
    """
    by_id = {who.id: who for who in clients}
    if ADDED in st.session_state:
        st.session_state[CLIENT] = st.session_state.pop(ADDED)
    _recall(CLIENT, list(by_id))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            words.CLIENT, by_id, format_func=lambda known: words.client(by_id[known]), key=CLIENT,
            persist_state="session", width=SELECT_PX,
        )  # fmt: skip
        if record.account.may("write"):
            with st.popover(words.ADD_CLIENT, icon=":material/person_add:"):
                add_client(record)
    return by_id[_remember(CLIENT, chosen)]


def add_client(record: GuardedRecord) -> None:
    """A form for a new client, who is then the chosen one."""
    with st.form("add_client", border=False, clear_on_submit=True):
        name = st.text_input(words.NAME, help=words.NAME_HELP, autocomplete="off")
        birth_date = st.date_input(
            words.BIRTH_DATE,
            value=None,
            min_value=OLDEST,
            max_value="today",
            help=words.FOR_NORMS,
            format=words.DATE_FORMAT,
        )
        sex = st.segmented_control(
            words.SEX, list(words.SEXES), format_func=lambda known: words.SEXES[known], help=words.FOR_NORMS
        )
        if st.form_submit_button(words.ADD, type="primary"):
            try:
                st.session_state[ADDED] = record.add_client(name, birth_date=birth_date, sex=sex).id
            except RomVisionError as problem:
                st.error(words.trouble(problem))
            else:
                st.rerun()


def movement_test() -> MovementTest:
    """The test, of all in the catalogue."""
    catalogue = load_catalogue()
    _recall(TEST, list(catalogue))
    chosen = st.selectbox(
        words.TEST, catalogue, format_func=lambda known: words.test(catalogue[known]), key=TEST,
        help=words.TEST_HELP, persist_state="session",
    )  # fmt: skip
    return catalogue[_remember(TEST, chosen)]


def measured_test(tests: Sequence[MovementTest]) -> MovementTest:
    """The test, of those that were measured; at least one."""
    by_id = {known.id: known for known in tests}
    _recall(TEST, list(by_id))
    chosen = st.selectbox(
        words.TEST, by_id, format_func=lambda known: words.test(by_id[known]), key=TEST, persist_state="session",
        width=SELECT_PX,
    )  # fmt: skip
    return by_id[_remember(TEST, chosen)]


def side(test: MovementTest) -> Side | None:
    """The side; None for a test of the midline."""
    if not test.sided:
        return None
    return side_of(SIDES, words.MIDLINE_SIDE_HELP if test.joint in ("neck", "trunk") else None)


def side_of(sides: Sequence[Side], tip: str | None = None) -> Side:
    """The side, of some; at least one."""
    _recall(SIDE, list(sides))
    chosen = st.segmented_control(
        words.SIDE, sides, format_func=lambda known: words.SIDES[known], key=SIDE, required=True, help=tip,
        persist_state="session",
    )  # fmt: skip
    return _remember(SIDE, chosen or sides[0])


def mode(modes: Sequence[Mode] = MODES) -> Mode:
    """The mode, of some; at least one."""
    _recall(MODE, list(modes))
    chosen = st.segmented_control(
        words.MODE, modes, format_func=lambda known: words.MODES[known], key=MODE, required=True,
        help=words.MODE_HELP, persist_state="session",
    )  # fmt: skip
    return _remember(MODE, chosen or modes[0])


def _recall(name: str, allowed: Sequence[str]) -> None:
    """Before the widget: keep this visit's choice, else take the address's, else the first."""
    if st.session_state.get(name) not in allowed:
        told = st.query_params.get(name)
        st.session_state[name] = told if told in allowed else allowed[0]


def _remember(name: str, chosen: Choice) -> Choice:
    """After the widget."""
    if st.query_params.get(name) != chosen:
        st.query_params[name] = chosen
    return chosen
