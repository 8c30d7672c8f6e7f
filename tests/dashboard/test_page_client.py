"""The page of a client under Streamlit's own test driver, over a real record."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import charted
import pytest
from people import add
from streamlit.testing.v1 import AppTest

from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_entries import line
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_report import words_report
from rom_vision.exchange import report_words
from rom_vision.exchange.report import report_of
from rom_vision.records import Client, Letter, MovementFinding, PalpationFinding, Record, Referral, Session

LONG_S = 60.0

pytestmark = pytest.mark.usefixtures("owner")


@pytest.fixture
def anna(home: Path) -> Client:
    with Record.open() as record:
        return record.add_client("Anna Example", birth_date=date(1980, 5, 1), sex="female")


def script() -> None:
    import streamlit as st

    from rom_vision.dashboard import page_client

    progress = st.Page(lambda: None, title="Progress", default=True)
    st.navigation([progress])
    page_client.show(progress)


def open_page(tab: str = words_record.ASSESSMENT) -> AppTest:
    page = AppTest.from_function(script, default_timeout=LONG_S)
    page.session_state["tab"] = tab
    return checked(page)


def checked(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def press(page: AppTest, label: str, number: int = 0) -> AppTest:
    [button for button in page.button if button.label == label][number].click()
    return checked(page)


def fill(page: AppTest, **texts: str) -> None:
    for name, text in texts.items():
        label = words_record.FIELDS[name]
        widgets = [*page.text_input, *page.text_area]
        next(widget for widget in widgets if widget.label == label).set_value(text)


def choose(page: AppTest, name: str, value: object) -> None:
    next(box for box in page.selectbox if box.label == words_record.FIELDS[name]).set_value(value)


def entries(client: Client, kind: type) -> list:
    with Record.open() as record:
        return record.entries(client.id, kind)


def lines(page: AppTest) -> str:
    return "\n".join(element.value for element in [*page.markdown, *page.caption, *page.info, *page.error])


def test_an_empty_record_of_a_client_says_so(anna: Client) -> None:
    page = open_page()
    assert page.title[0].value == "Anna Example"
    assert anna.id in page.caption[0].value
    assert words_record.SESSION_FIRST in lines(page)


def test_a_referral_is_written_down_changed_deleted_and_brought_back(anna: Client) -> None:
    page = press(open_page(words_record.HISTORY), "Add a referral")
    fill(page, physician="Dr. Grün", icd10="m75.41, M54.2")
    press(page, words_record.SAVE)
    (kept,) = entries(anna, Referral)
    assert (kept.physician, kept.icd10, kept.written_on) == ("Dr. Grün", ("M75.41", "M54.2"), date.today())

    page = open_page(words_record.HISTORY)
    assert "Dr. Grün" in lines(page)
    assert "0 of 6 sessions used" in lines(page)
    press(page, words_record.EDIT)
    fill(page, physician="Dr. Braun")
    press(page, words_record.SAVE)
    assert [entry.physician for entry in entries(anna, Referral)] == ["Dr. Braun"]

    page = press(open_page(words_record.HISTORY), words_record.DELETE)
    assert entries(anna, Referral) == []
    press(page, words_record.UNDO)
    assert [entry.physician for entry in entries(anna, Referral)] == ["Dr. Braun"]


def test_nonsense_is_told_in_the_form_and_not_kept(anna: Client) -> None:
    page = press(open_page(words_record.HISTORY), "Add a referral")
    fill(page, physician="Dr. Grün", icd10="shoulder")
    press(page, words_record.SAVE)
    assert "SHOULDER is no ICD-10 code" in lines(page)
    assert entries(anna, Referral) == []


def test_a_finding_is_placed_where_its_region_is(anna: Client) -> None:
    with Record.open() as record:
        record.save(Session(client_id=anna.id, on=date(2026, 11, 3), kind="first_assessment"))
    page = press(open_page(), "Add a finding")
    choose(page, "region", "shoulder_blade")
    choose(page, "side", "left")
    choose(page, "kind", "hypertonic_muscle")
    press(page, words_record.SAVE)
    (kept,) = entries(anna, PalpationFinding)
    assert (kept.face, kept.side, kept.kind) == ("back", "left", "hypertonic_muscle")
    assert kept.x < 0.5
    assert "shoulder blade" in lines(open_page())


def test_what_is_open_or_deleted_of_one_client_is_not_on_the_page_of_another(anna: Client) -> None:
    with Record.open() as record:
        ben = record.add_client("Ben Example")
        record.save(charted.referral(anna.id))
    page = press(open_page(words_record.HISTORY), words_record.DELETE)
    assert "Dr. Grün" in lines(page)  # with the way to bring it back
    press(page, "Add a goal")
    fill(page, what="Sleep on the right side")
    page.selectbox(key="client").set_value(ben.id)
    checked(page)
    assert page.title[0].value == "Ben Example"
    assert "Dr. Grün" not in lines(page)
    assert words_record.FIELDS["what"] not in [field.label for field in page.text_input]


def test_of_another_client_the_latest_session_is_shown(anna: Client) -> None:
    with Record.open() as record:
        ben = record.add_client("Ben Example")
        for client, day in ((anna, 3), (anna, 4), (ben, 5)):
            record.save(charted.session(client.id, on=date(2026, 11, day)))
    page = open_page()
    page.selectbox(key=f"session of {anna.id}").select_index(1)
    checked(page)
    for client, held in ((ben, "5 November 2026"), (anna, "4 November 2026")):
        page.selectbox(key="client").set_value(client.id)
        checked(page)
        box = page.selectbox(key=f"session of {client.id}")
        assert held in box.format_func(box.value)


def test_an_exercise_shows_how_it_was_kept(anna: Client) -> None:
    with Record.open() as record:
        record.save(charted.exercise(anna.id))
        (kept,) = record.adherence(anna.id, date.today())
    assert words_record.adherence(kept).startswith("Left knee flexion, active: 0 of ")


def test_a_finding_shows_the_tests_that_speak_for_or_against_it(anna: Client) -> None:
    with Record.open() as record:
        session = record.save(charted.session(anna.id))
        record.save(charted.palpation(anna.id, session.id))
        record.save(charted.palpation(anna.id, session.id, muscle=None))
    page = open_page()
    assert [expander.label for expander in page.expander] == [words_record.LINKED]
    (shown,) = page.expander[0].markdown
    assert (
        "**Neck extension, resisted**: for it if painful, or weak" in shown.value
    )  # the levator extends the neck
    assert "**Neck flexion, passive**: for it if" in shown.value  # and is stretched by this
    assert "Levator scapulae: crosses neck, shoulder · opposed by lower trapezius" in shown.value


def test_a_fascial_restriction_shows_the_line_that_it_lies_on(anna: Client) -> None:
    with Record.open() as record:
        session = record.save(charted.session(anna.id))
        restriction = {"kind": "fascial_restriction", "region": "calf", "muscle": None, "referral_area": ""}
        record.save(charted.palpation(anna.id, session.id, **restriction))
    (shown,) = open_page().expander[0].markdown
    assert "Superficial back line: sole of the foot, heel" in shown.value
    assert "**Right straight leg raise, passive**: for it if short" in shown.value


def test_red_flags_that_were_told_stand_at_the_session(anna: Client) -> None:
    with Record.open() as record:
        record.save(charted.session(anna.id))
    page = press(open_page(), words_record.EDIT)
    next(field for field in page.multiselect if field.label == "Red flags").set_value(["fever"])
    press(page, words_record.SAVE)
    (kept,) = entries(anna, Session)
    assert kept.red_flags == ("fever",)
    assert "do not test, refer: fever" in lines(open_page())


def test_a_reviewer_reads_and_changes_nothing(anna: Client, sign_in) -> None:
    with Record.open() as record:
        record.save(charted.referral(anna.id))
    sign_in(add(the_accounts(), "rita", "Rita Reviewer", "reviewer", [anna.id]))
    page = open_page(words_record.HISTORY)
    assert "Dr. Grün" in lines(page)
    labels = {button.label for button in page.button}
    assert not labels & {words_record.EDIT, words_record.DELETE, "Add a referral"}


WHERE = {
    charted.consent: words_record.HISTORY,
    charted.referral: words_record.HISTORY,
    charted.history: words_record.HISTORY,
    charted.goal: words_record.HISTORY,
    charted.exercise: words_record.HOME,
    charted.session: words_record.ASSESSMENT,
    charted.palpation: words_record.ASSESSMENT,
    charted.movement: words_record.ASSESSMENT,
    charted.treatment: words_record.TREATMENT,
}


@pytest.mark.parametrize("make", WHERE, ids=lambda make: make.__name__)
def test_a_form_that_is_saved_as_it_opens_changes_nothing(anna: Client, make) -> None:
    with Record.open() as record:
        if make in charted.OF_A_SESSION:
            session = record.save(charted.session(anna.id))
            kept = record.save(make(anna.id, session.id))
        else:
            kept = record.save(make(anna.id))
    page = open_page(WHERE[make])
    assert line(kept) in lines(page)
    press(page, words_record.EDIT, -1)
    press(page, words_record.SAVE)
    assert [replace(entry, version=kept.version) for entry in entries(anna, type(kept))] == [kept]
    assert [entry.version for entry in entries(anna, type(kept))] == [kept.version + 1]


def test_a_force_is_written_down_in_the_practices_unit(anna: Client) -> None:
    with Record.open() as record:
        record.change_settings(replace(record.settings(), force="kgf"))
        session = record.save(charted.session(anna.id))
        pushed = replace(charted.movement(anna.id, session.id), mode="resisted", end_feel=None, force_n=98.0665)
        record.save(pushed)
    page = open_page(words_record.ASSESSMENT)
    press(page, words_record.EDIT, -1)
    (field,) = [number for number in page.number_input if number.label == words_record.force("kgf")]
    assert field.value == 10.0
    field.set_value(12.0)
    press(page, words_record.SAVE)
    assert [kept.force_n for kept in entries(anna, MovementFinding)] == [pytest.approx(12 * 9.80665)]


def test_what_the_report_says_in_short_can_be_written_anew_and_taken_back(anna: Client) -> None:
    with Record.open() as record:
        record.save(charted.session(anna.id))
        record.save(charted.consent(anna.id, purpose="report_to_physician", withdrawn_on=None, note=""))
    page = open_page(words_report.REPORT)
    assert words_report.consented(charted.consent(anna.id)) in page.success[0].value
    ours, told = page.text_area[0].value, "She sleeps again."
    assert ours.startswith("1 session on 3 November 2026.")
    page.text_area[0].set_value(told)
    press(page, words_report.SAVE)
    with Record.open() as record:
        assert list(report_words.in_short(report_of(record, anna.id, on=date.today()))) == [told]
    page.text_area[0].set_value(ours)
    press(page, words_report.SAVE)
    assert entries(anna, Letter) == []


def test_a_reviewer_looks_at_the_body_chart_and_the_numbers_and_changes_nothing(anna: Client, sign_in) -> None:
    with Record.open() as record:
        order = record.save(charted.referral(anna.id))
        session = record.save(charted.session(anna.id, referral_id=order.id))
        record.save(charted.palpation(anna.id, session.id))
    sign_in(add(the_accounts(), "rita", "Rita Reviewer", "reviewer", [anna.id]))
    page = open_page(words_body.BODY_CHART)
    assert words_body.READ_ONLY in lines(page)
    assert "**1 of 6**" in lines(page)
    assert words_record.EDIT not in {button.label for button in page.button}
