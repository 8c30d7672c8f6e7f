"""The page of one client: what was ordered, what was found, what was done, and what is to be done at home."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard import visitor
from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.parts import body_chart, choose, correct, empty, entries, invitation, report, summary
from rom_vision.dashboard.parts import session as session_of
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_entries import line
from rom_vision.dashboard.words_home import words_home
from rom_vision.dashboard.words_invitation import words_invitation
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_report import words_report
from rom_vision.dashboard.words_summary import words_summary
from rom_vision.exchange.at_a_glance import Glance, glance_of
from rom_vision.movements import load_catalogue
from rom_vision.records import (
    Chart,
    Consent,
    Exercise,
    Goal,
    History,
    MovementFinding,
    Referral,
    Session,
    SessionKind,
    Treatment,
)

TAB = "tab"
ANY_TEST = next(iter(load_catalogue()))


def show(progress_page: st.Page) -> None:
    """Draw the page; a measurement that is to be put right is opened on `progress_page`."""
    with visitor.record() as record:
        clients = record.clients()
        if not clients:
            empty.welcome(record)
            return
        client = choose.client(record, clients)
        st.title(client.name)
        st.caption(words_record.head(client, date.today()))
        chart = record.chart(client.id)
        glance = glance_of(chart, date.today())
        summary.at_a_glance(glance)
        parts: Mapping[str, Callable[[GuardedRecord, Chart], None]] = {
            words_record.ASSESSMENT: _assessment,
            words_summary.PROGRESS: lambda record, chart: _progress(record, chart, glance, progress_page),
            words_record.HISTORY: _history,
            words_record.TREATMENT: _treatment,
            words_record.HOME: _home,
            words_body.BODY_CHART: body_chart.show,
            words_report.REPORT: report.show,
        }
        for tab, draw in zip(st.tabs(list(parts), key=TAB, on_change="rerun"), parts.values(), strict=True):
            if tab.open:
                with tab:
                    draw(record, chart)


def _assessment(record: GuardedRecord, chart: Chart) -> None:
    """A session: what the client says, what the hand found, what the tests found."""
    client_id, today = chart.client.id, date.today()
    referrals = {entry.id: line(entry) for entry in chart.referrals if entry.id is not None}
    kind: SessionKind = "treatment" if chart.sessions else "first_assessment"
    under = chart.referrals[-1].id if chart.referrals else None
    blank = Session(client_id=client_id, on=today, kind=kind, referral_id=under)
    entries.listed(record, chart.sessions[::-1], blank, {"referral_id": referrals})
    session = session_of.chosen(chart)
    if session is None or session.id is None:
        return
    palpated = [entry for entry in chart.palpation if entry.session_id == session.id]
    entries.listed(record, palpated, body_chart.blank(client_id, session.id))
    tested = [entry for entry in chart.movement if entry.session_id == session.id]
    by_hand = MovementFinding(
        client_id=client_id, session_id=session.id, movement=ANY_TEST, mode="active", by="goniometer"
    )
    entries.listed(record, tested, by_hand)


def _progress(record: GuardedRecord, chart: Chart, glance: Glance, progress_page: st.Page) -> None:
    """How the tests have come, and each measurement of the chosen one."""
    chosen = summary.progress(chart, glance)
    for kept in reversed(chart.measurements):
        if (kept.movement, kept.mode) == chosen:
            correct.line(record, kept, progress_page)


def _treatment(record: GuardedRecord, chart: Chart) -> None:
    session = session_of.chosen(chart)
    if session is not None and session.id is not None:
        done = [entry for entry in chart.treatments if entry.session_id == session.id]
        blank = Treatment(client_id=chart.client.id, session_id=session.id, techniques=("massage",), minutes=30)
        entries.listed(record, done, blank)


def _home(record: GuardedRecord, chart: Chart) -> None:
    today = date.today()
    blank = Exercise(client_id=chart.client.id, movement=ANY_TEST, repetitions=10, times_a_week=3, starts_on=today)
    entries.listed(record, chart.exercises, blank)
    if record.account.may("invite") and st.button(
        words_invitation.INVITE, help=words_invitation.INVITE_HELP, icon=":material/person_add:"
    ):
        accounts = the_accounts().by(record.account.user_name)
        invitation.keep(accounts.invite(record.account, "client", [chart.client.id]))
    invitation.show()
    for kept in record.adherence(chart.client.id, today):
        st.progress(kept.share or 0.0, text=words_home.adherence(kept))


def _history(record: GuardedRecord, chart: Chart) -> None:
    client_id, today = chart.client.id, date.today()
    entries.listed(
        record,
        chart.referrals,
        Referral(client_id=client_id, physician="", written_on=today, sessions_ordered=6),
    )
    entries.listed(record, chart.history, History(client_id=client_id, kind="injury", what=""))
    goal = Goal(client_id=client_id, aim="pain_relieved", what="", yardstick="pain_scale", target_pain=2)
    entries.listed(record, chart.goals, goal)
    entries.listed(record, chart.consents, Consent(client_id=client_id, purpose="treatment", given_on=today))
