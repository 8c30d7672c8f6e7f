"""The page that shows how far a client's movement has come over the sessions."""

import streamlit as st

from rom_vision.compare import NormDifference, Result, against_norm
from rom_vision.dashboard import charts, tables, words
from rom_vision.dashboard.parts import choose, empty, result
from rom_vision.movements import MODES, load_catalogue
from rom_vision.records import Client, KeptMeasurement, Record


def show(measure_page: st.Page) -> None:
    """Draw the page; where there is nothing to show it leads to `measure_page`."""
    with Record.open() as record:
        clients = record.clients()
        if not clients:
            empty.welcome(record)
            return
        st.title(words.PROGRESS)
        client = choose.client(record, clients)
        kept = record.measurements(client.id)
        if not kept:
            st.info(f"**{words.NOTHING_MEASURED}.** {words.MEASURE_FIRST}", icon=":material/timeline:")
            st.page_link(measure_page, label=words.GO_AND_MEASURE)
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            measured = {measurement.movement for measurement in kept}
            test = choose.measured_test([test for test in load_catalogue().values() if test.id in measured])
            of_test = [measurement for measurement in kept if measurement.movement == test.id]
            mode = choose.mode([mode for mode in MODES if mode in {m.mode for m in of_test}])
        of_mode = [measurement for measurement in of_test if measurement.mode == mode]
        _over_time([m.result for m in of_mode if m.result], client)
        st.subheader(words.MEASUREMENTS)
        for measurement in reversed(of_mode):
            _one(record, measurement, client)


def _over_time(results: list[Result], client: Client) -> None:
    """The chart; the norm is the one for today's age."""
    if not results:
        return
    norm = _norm(results[-1], client)
    st.altair_chart(charts.progress(tables.over_time(results), result.norm_line(norm)), alt=words.PROGRESS)
    days = {one.on for one in results}
    st.caption(words.BAND if len(days) > 1 else words.ONE_SESSION)
    if norm:
        st.markdown(words.norm(norm))


def _one(record: Record, measurement: KeptMeasurement, client: Client) -> None:
    """A line that opens into the curve and the film of one measurement."""
    line = st.expander(words.measured(measurement), key=f"measurement {measurement.id}", on_change="rerun")
    if not line.open:
        return
    with line:
        left, right = st.columns([3, 2], gap="large")
        with left:
            result.headline(
                measurement.accepted, measurement.peak_deg, measurement.uncertainty_deg,
                len(measurement.repetitions), measurement.mean_peak_deg,
            )  # fmt: skip
            result.problems(measurement.problems)
            curves = record.curves(measurement.id)
            norm = _norm(measurement.result, client)
            result.curve(curves.joints.time_s, curves.tested_deg, measurement.repetitions, norm)
            result.repetition_table(measurement.repetitions)
        with right:
            result.overlay(measurement.overlay_path)


def _norm(of: Result | None, client: Client) -> NormDifference | None:
    return against_norm(of, client.sex, client.age_years(of.on)) if of else None
