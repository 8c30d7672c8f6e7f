"""Entries of the clinical record on a page: listed in lines, added and changed in a form, deleted with an undo.

The form is made from the entry's own type, so that a field has one place where it is said what it may be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pandas as pd
import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_entries import line, linked
from rom_vision.dashboard.words_record import words_record
from rom_vision.errors import RomVisionError
from rom_vision.movements import MODES, SIDES, load_catalogue, load_muscles, load_red_flags, load_regions
from rom_vision.records import Entry, Limit, PalpationFinding
from rom_vision.records.checks import FIRST_YEAR, LAST_YEAR
from rom_vision.records.entry import Between
from rom_vision.records.findings import MOST_FORCE_N
from rom_vision.records.practice import NEWTONS
from rom_vision.records.tables_practice import ForceUnit

OLDEST, LATEST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
LONG_TEXTS = {"note", "subjective", "objective", "assessment", "plan", "response", "precautions",
              "contraindications"}  # fmt: skip
# what the page knows, or works out
HIDDEN = {
    "client_id", "id", "version", "session_id", "measurement_id", "sessions_used", "measurements",
    "face", "x", "y",
}  # fmt: skip
FIELD_PX = 295  # two in the width of a small tablet, one in that of a phone
OPEN = "open_entry"  # the one whose form is open
GONE = "deleted_entry"  # what was deleted last, until it is brought back or something else happens
E = TypeVar("E", bound=Entry)
Links = Mapping[str, Mapping[int, str]]
"""Of a field that names another entry: the ids that it may have, and how each is called."""


def listed(record: GuardedRecord, entries: Sequence[E], blank: E, links: Links | None = None) -> None:
    """All entries of one kind, with what can be done with them.

    Args:
        blank: what a new one starts from.
        links: see `Links`.
    """
    title, add = words_record.KINDS[type(blank)], words_record.ADD[type(blank)]
    writes = record.account.may("write")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.subheader(title, width="content")
        if writes and st.button(add, key=f"add {title}", icon=":material/add:"):
            open_form(blank)
    _offer_undo(record, blank)
    if is_open(blank):
        _form(record, blank, links or {})
    if not entries:
        st.caption(words_record.NOTHING)
    for entry in entries:
        if is_open(entry):
            _form(record, entry, links or {})
        else:
            _line(record, entry)


def open_form(entry: Entry) -> None:
    """Open the form of an entry, or of a new one."""
    st.session_state[OPEN] = _name(entry)


def is_open(entry: Entry) -> bool:
    """Whether its form is open."""
    return st.session_state.get(OPEN) == _name(entry)


def _name(entry: Entry) -> str:
    """Tells an entry from all others, a new one of one client from that of another."""
    return f"{type(entry).__name__} {entry.id} of {entry.client_id}"


def _line(record: GuardedRecord, entry: Entry) -> None:
    with st.container(border=True):
        row = st.container(horizontal=True, vertical_alignment="center", gap="small")
        if isinstance(entry, PalpationFinding) and (around := linked(entry)):
            st.expander(words_record.LINKED).markdown(around)
    row.markdown(line(entry), width="stretch")
    if not record.account.may("write"):
        return
    with row.container(horizontal=True, width="content"):
        if st.button(words_record.EDIT, key=f"edit {_name(entry)}", icon=":material/edit:", type="tertiary"):
            open_form(entry)
            st.rerun()
        if st.button(words_record.DELETE, key=f"delete {_name(entry)}", icon=":material/delete:", type="tertiary"):
            record.delete(entry)
            st.session_state[GONE] = entry
            st.rerun()


def _offer_undo(record: GuardedRecord, blank: Entry) -> None:
    """Of the same kind and client as a new one would be."""
    gone = st.session_state.get(GONE)
    if type(gone) is not type(blank) or gone.client_id != blank.client_id:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(f"{words_record.DELETED} {line(gone)}")
        if st.button(words_record.UNDO, icon=":material/undo:", key=f"undo {_name(gone)}"):
            record.save(replace(gone, id=None, version=0))
            del st.session_state[GONE]
            st.rerun()


def _form(record: GuardedRecord, entry: Entry, links: Links) -> None:
    """A field for each of the entry's, saved whole or not at all."""
    with st.form(f"form {_name(entry)}"):
        with st.container(horizontal=True):  # as many beside each other as there is room for
            given: dict[str, Any] = {
                name: _field(name, hint, getattr(entry, name), links)
                if name != "force_n"
                else _force(getattr(entry, name), record.settings().force)
                for name, hint in get_type_hints(type(entry), include_extras=True).items()
                if name not in HIDDEN
            }
        with st.container(horizontal=True):
            save = st.form_submit_button(words_record.SAVE, type="primary")
            cancel = st.form_submit_button(words.CANCEL)
    if save:
        try:
            record.save(_placed(entry, replace(entry, **given)))
        except RomVisionError as problem:
            st.error(words.trouble(problem))
            return
        st.session_state.pop(GONE, None)
    if save or cancel:
        del st.session_state[OPEN]
        st.rerun()


def _placed(before: Entry, entry: E) -> E:
    """A finding on the chart of the body: where its region is, unless it is there already."""
    if not isinstance(entry, PalpationFinding) or not isinstance(before, PalpationFinding):
        return entry
    region = load_regions().get(entry.region)
    moved = (entry.region, entry.side) != (before.region, before.side)
    if region is None or not moved or region.sided != (entry.side is not None):
        return entry
    x, y = region.place(entry.side)
    return replace(entry, face=region.surface, x=x, y=y)


def _field(name: str, hint: Any, value: Any, links: Links) -> Any:
    """The widget for one field, by its type; gives what is in it."""
    optional = get_origin(hint) in (Union, UnionType) and type(None) in get_args(hint)
    if optional:
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    label = words_record.BY_DAY if (name, hint) == ("by", date) else words_record.FIELDS[name]
    if name in links:
        return _one_of(label, links[name], value, optional=optional)
    if name == "region":
        return _one_of(label, _named(name), value, optional=True) or ""
    if name in ("movement", "muscle"):
        return _one_of(label, _named(name), value, optional=optional)
    if name in ("regions", "red_flags"):
        known = _named(name)
        return tuple(st.multiselect(label, list(known), value, format_func=lambda key: known[key], width=FIELD_PX))
    if name == "limits":
        return _limits(label, value)
    if name == "icd10":
        text = st.text_input(label, ", ".join(value), help=words_record.COMMA_SEPARATED, width=FIELD_PX)
        return tuple(part.strip().upper() for part in text.split(",") if part.strip())
    return _plain(name, label, hint, value, optional=optional)


def _plain(name: str, label: str, hint: Any, value: Any, *, optional: bool) -> Any:
    if get_origin(hint) is Literal:
        return _one_of(
            label, {each: words_record.choice(each) for each in get_args(hint)}, value, optional=optional
        )
    if get_origin(hint) is tuple:
        each = get_args(get_args(hint)[0])
        return tuple(st.multiselect(label, each, value, format_func=words_record.choice, width=FIELD_PX))
    if get_origin(hint) is Annotated:
        kind, between = get_args(hint)
        return _number(label, kind, between, value)
    if hint is bool:
        return _one_of(label, words_record.YES_NO, value, optional=optional)
    if hint is date:
        return st.date_input(
            label, value, min_value=OLDEST, max_value=LATEST, format=words.DATE_FORMAT, width=FIELD_PX
        )
    if name in LONG_TEXTS:
        return st.text_area(label, value, height=80)
    return st.text_input(label, value, width=FIELD_PX)


def _one_of(label: str, choices: Mapping[Any, str], value: Any, *, optional: bool) -> Any:
    keys = [*([None] if optional else []), *choices]
    place = keys.index(value) if value in keys else 0
    return st.selectbox(
        label, keys, place, format_func=lambda key: choices.get(key, words_record.NOT_SAID), width=FIELD_PX
    )


def _number(label: str, kind: type, between: Between, value: float | None) -> float | None:
    low, high = kind(between.low), kind(between.high)
    step = 1 if kind is int else 0.01 if high <= 1 else 1.0
    given = st.number_input(label, low, high, None if value is None else kind(value), step, width=FIELD_PX)
    return None if given is None else kind(given)


def _force(force_n: float | None, unit: ForceUnit) -> float | None:
    """In the practice's unit; gives newtons. What is not changed stays the same to the last digit."""
    newtons = NEWTONS[unit]
    shown = None if force_n is None else round(force_n / newtons, 2)
    given = st.number_input(words_record.force(unit), 0.0, MOST_FORCE_N / newtons, shown, 1.0, width=FIELD_PX)
    if given == shown:
        return force_n
    return None if given is None else given * newtons


def _named(name: str) -> dict[str, str]:
    """Ids of the catalogue or the vocabulary, and their names."""
    if name == "movement":
        return {test.id: words.test(test) for test in load_catalogue().values()}
    if name == "muscle":
        return {key: muscle.name for key, muscle in load_muscles().items()}
    if name == "red_flags":
        return {key: flag.name for key, flag in load_red_flags().items()}
    return {key: region.name for key, region in load_regions().items()}


def _limits(label: str, limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """A table of tests, sides and modes; an empty side or mode means all."""
    names = _named("movement") | {value: words_record.choice(value) for value in (*SIDES, *MODES)}
    rows = [{"movement": limit.movement, "side": limit.side, "mode": limit.mode} for limit in limits]
    choices: dict[str, Sequence[str]] = {"movement": list(load_catalogue()), "side": SIDES, "mode": MODES}
    columns = {
        name: st.column_config.SelectboxColumn(
            words_record.FIELDS[name], options=options, format_func=lambda value: names[str(value)]
        )
        for name, options in choices.items()
    }
    st.markdown(label)
    table = pd.DataFrame(rows, columns=list(choices), dtype=object)
    edited: pd.DataFrame = st.data_editor(table, num_rows="dynamic", hide_index=True, column_config=columns)
    return tuple(
        Limit(movement=row["movement"], side=row["side"] or None, mode=row["mode"] or None)
        for row in edited.where(edited.notna(), None).to_dict("records")
        if row["movement"]
    )
