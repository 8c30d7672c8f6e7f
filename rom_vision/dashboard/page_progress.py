"""The page that shows how far a client's movement has come over the sessions."""

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.compare import NormDifference, OverSessions, Result, against_norm, change, over_sessions
from rom_vision.dashboard import charts, tables, visitor
from rom_vision.dashboard.parts import choose, correct, empty, result, result_view
from rom_vision.dashboard.words import words
from rom_vision.movements import MODES, SIDES, Side, load_catalogue
from rom_vision.records import Client, KeptMeasurement, results_of


def show(measure_page: st.Page) -> None:
    """Draw the page; where there is nothing to show it leads to `measure_page`."""
    with visitor.record() as record:
        clients = record.clients()
        if not clients:
            empty.welcome(record)
            return
        if wrong := correct.asked(record):
            correct.show(record, wrong, measure_page)
            return
        st.title(words.PROGRESS)
        client = choose.client(record, clients)
        kept = record.measurements(client.id)
        if not kept:
            measures = record.account.may("write")
            what_to_do = words.MEASURE_FIRST if measures else ""
            st.info(f"**{words.NOTHING_MEASURED}.** {what_to_do}".rstrip(), icon=":material/timeline:")
            if measures:
                st.page_link(measure_page, label=words.GO_AND_MEASURE)
            return
        with st.container(horizontal=True):
            measured = {measurement.movement for measurement in kept}
            test = choose.measured_test([test for test in load_catalogue().values() if test.id in measured])
            of_test = [measurement for measurement in kept if measurement.movement == test.id]
            mode = choose.mode([mode for mode in MODES if mode in {m.mode for m in of_test}])
        shown = [measurement for measurement in of_test if measurement.mode == mode]
        results = {side: results_of([m for m in shown if m.side == side]) for side in (*SIDES, None)}
        sides = {side: over_sessions(of_side) for side, of_side in results.items() if of_side}
        _over_time(sides, client)
        st.subheader(words.MEASUREMENTS)
        for measurement in reversed(shown):
            _one(record, measurement, sides.get(measurement.side), client)


def _over_time(sides: dict[Side | None, OverSessions], client: Client) -> None:
    """Where each side stands, and the chart; its norm is the one for the client's age at the latest session."""
    if not sides:
        return
    norm = None
    for progress in sides.values():
        latest = progress.changes[-1]
        norm = _norm(latest.result, client)
        st.markdown(words.latest(latest, norm))
    st.altair_chart(charts.progress(tables.over_time(sides), result.norm_line(norm)), alt=words.SESSIONS)
    st.caption(words.BAND if any(len(progress.changes) > 1 for progress in sides.values()) else words.ONE_SESSION)


def _one(record: GuardedRecord, measurement: KeptMeasurement, side: OverSessions | None, client: Client) -> None:
    """A line that opens into the curve and the film of one measurement."""
    since_first = None
    if side and measurement.result and measurement.result != side.changes[0].reference:
        since_first = change(measurement.result, side.changes[0].reference)
    label = words.measured(measurement, since_first)
    line = st.expander(label, key=f"measurement {measurement.id}", on_change="rerun")
    if not line.open:
        return
    with line:
        result_view.kept(record, measurement, _norm(measurement.result, client))
        correct.offer(record, measurement)


def _norm(of: Result | None, client: Client) -> NormDifference | None:
    return against_norm(of, client.sex, client.age_years(of.on)) if of else None
