"""The page on which measurements are laid over each other: sessions, sides, modes, and all joints of a day."""

from collections.abc import Sequence

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.compare import against_each_other
from rom_vision.dashboard import charts, tables, visitor
from rom_vision.dashboard.parts import choose, empty, picture
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_result import words_result as said
from rom_vision.exchange import captions, norm_picture
from rom_vision.movements import MODES, SIDES, load_catalogue
from rom_vision.overlaid import Overlaid, overlaid
from rom_vision.records import Client, KeptMeasurement, newest_of_each_video

VIEW = "compared"


def show(progress_page: st.Page) -> None:
    """Draw the page; the course over time is on `progress_page`."""
    with visitor.record() as record:
        record.account.demand("read")
        clients = record.clients()
        if not clients:
            empty.welcome(record)
            return
        st.title(said.COMPARE)
        client = choose.client(record, clients)
        kept = [one for one in newest_of_each_video(record.measurements(client.id)) if one.accepted]
        if not kept:
            st.info(said.NOTHING_TO_COMPARE, icon=":material/compare_arrows:")
            return
        view = st.segmented_control(
            said.WHAT, list(said.VIEWS), format_func=lambda one: said.VIEWS[one], key=VIEW, default="sessions",
            required=True,
        )  # fmt: skip
        if view == "body":
            _body(kept, client)
        else:
            _curves(record, kept, view or "sessions", client)
            st.page_link(progress_page, label=said.SEE_OVER_TIME, icon=":material/timeline:")


def _curves(record: GuardedRecord, kept: Sequence[KeptMeasurement], view: str, client: Client) -> None:
    measured = {one.movement for one in kept}
    test = choose.measured_test([test for test in load_catalogue().values() if test.id in measured])
    of_test = [one for one in kept if one.movement == test.id]
    with st.container(horizontal=True):
        if view != "sides" and test.sided:
            there = {one.side for one in of_test}
            side = choose.side_of([one for one in SIDES if one in there])
            of_test = [one for one in of_test if one.side == side]
        if view != "modes":
            mode = choose.mode([one for one in MODES if one in {m.mode for m in of_test}])
            of_test = [one for one in of_test if one.mode == mode]
    by_id = {one.id: one for one in reversed(of_test)}
    chosen = st.multiselect(
        said.WHICH, list(by_id), _first_choice(of_test, view),
        format_func=lambda one: said.measurement(by_id[one]),
        key=f"which {client.id} {view} {sorted(by_id)}",
    )  # fmt: skip
    taken = [one for one in of_test if one.id in chosen]
    _chart(record, taken)
    compared = against_each_other([one.result for one in taken if one.result])
    for comparison in compared:
        st.markdown(words.sentence(comparison.sentence))
    if taken and view != "sessions" and not compared:
        st.caption(said.MISSING)


def _first_choice(of_test: Sequence[KeptMeasurement], view: str) -> list[int]:
    """What one probably wants to see: the first and the last session, or the latest of each side or mode."""
    if view == "sessions":
        return list(dict.fromkeys(one.id for one in (of_test[0], of_test[-1]))) if of_test else []
    latest = {(one.side, one.mode): one.id for one in of_test}
    return list(latest.values())


def _chart(record: GuardedRecord, taken: Sequence[KeptMeasurement]) -> None:
    found: dict[str, Overlaid] = {}
    for one in taken:
        curves = record.curves(one.id)
        laid = overlaid(curves.joints.time_s, curves.tested_deg, one.repetitions)
        if laid:
            name = said.curve(one.on, one.side, one.mode)
            found[f"{name} ({one.id})" if name in found else name] = laid
    if not found:
        st.info(said.NO_CURVE)
        return
    st.altair_chart(charts.overlaid(tables.overlaid(found)), alt=said.OVERLAID)
    st.caption(said.ALIGNED)
    if any(len(laid.each_deg) == 1 for laid in found.values()):
        st.caption(said.ONE_REPETITION)


def _body(kept: Sequence[KeptMeasurement], client: Client) -> None:
    """The joints of one day, those that the client moved alone."""
    days = sorted({one.on for one in kept}, reverse=True)
    on = st.selectbox(said.DAY, days, format_func=captions.day, key=f"day {client.id}", width=choose.SELECT_PX)
    results = [one.result for one in kept if one.on == on and one.mode == "active" and one.result]
    shares = norm_picture.shares(results, client.sex, client.age_years(on))
    if not shares:
        st.info(said.NO_SHARES)
        return
    told = [said.share(one.against.result.test.name, one.against.result.side, 100 * one.share) for one in shares]
    left, right = st.columns([3, 2], gap="large")
    with left:
        picture.show(norm_picture.picture(shares, said.body_picture(told)), key=f"body of {client.id}")
    with right:
        st.caption(said.SHARE_HELP)
        st.markdown("\n".join(f"- {words.sentence(line)}" for line in told))
