"""A client at a glance above the tabs, and the tab that tells how the movement has come."""

import streamlit as st

from rom_vision.course import Course
from rom_vision.dashboard import charts, tables
from rom_vision.dashboard.parts import choose
from rom_vision.dashboard.words_summary import words_summary
from rom_vision.exchange.at_a_glance import Glance
from rom_vision.movements import Mode
from rom_vision.records import Chart

CARD_PX = 156  # two beside each other on a phone, five beside each other on a laptop


def at_a_glance(glance: Glance) -> None:
    """Cards: the order, the pain, the main tests."""
    with st.container(horizontal=True, gap="small"):
        if glance.referral:
            _card(words_summary.SESSIONS, words_summary.used(glance.referral), words_summary.ends(glance.referral))
        if glance.pain:
            _card(words_summary.PAIN, words_summary.pain(glance.pain), words_summary.OF_TEN)
        for course in glance.main:
            name, number = words_summary.name(course), words_summary.number(course)
            _card(name, number, words_summary.since(course))


def _card(title: str, number: str, below: str) -> None:
    with st.container(border=True, width=CARD_PX, height="stretch", gap="xsmall"):
        st.caption(title)
        st.markdown(f"**{number}**")
        st.caption(below)


def progress(chart: Chart, glance: Glance) -> tuple[str, Mode] | None:
    """One test in one mode over the sessions, both sides, and the goals; gives which test, None for none."""
    if glance.goals:
        st.subheader(words_summary.GOALS)
        st.markdown("\n".join(words_summary.goal(one) for one in glance.goals))
    by_test: dict[str, list[Course]] = {}
    for course in glance.courses:
        own = course.visits[0].result
        by_test.setdefault(words_summary.mode(own.test.name, own.mode), []).append(course)
    if not by_test:
        st.info(words_summary.NO_TESTS)
        return None
    chosen = st.selectbox(
        words_summary.TEST, list(by_test), key=f"course of {chart.client.id}", width=choose.SELECT_PX
    )
    sides = {course.visits[0].result.side: course.since_baseline for course in by_test[chosen]}
    st.altair_chart(charts.progress(tables.over_time(sides)), alt=words_summary.CHART)
    for course in by_test[chosen]:
        st.markdown(f"**{words_summary.name(course)}: {words_summary.number(course)}**")
        st.markdown(words_summary.sentences(course))
    shown = by_test[chosen][0].visits[0].result
    return shown.test.id, shown.mode
