"""The pages of the day and of the settings under Streamlit's own test driver, over a real record."""

from dataclasses import replace
from datetime import date, timedelta

import charted
import people
import pytest
from streamlit.testing.v1 import AppTest

from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.words_settings import words_settings
from rom_vision.dashboard.words_today import words_today
from rom_vision.records import Client, Record, Settings

TODAY = date.today()


@pytest.fixture
def anna(home) -> Client:
    """Here today, with one session left of her order."""
    with Record.open(who="shell") as record:
        client = record.add_client("Anna Example")
        order = record.save(charted.referral(client.id, sessions_ordered=2, valid_until=TODAY + timedelta(90)))
        record.save(charted.session(client.id, on=TODAY, referral_id=order.id))
        return client


def open_page(module: str, tab: str | None = None) -> AppTest:
    def script(module: str) -> None:
        import importlib

        import streamlit as st

        from rom_vision.dashboard.words import words
        from rom_vision.errors import RomVisionError

        others = [st.Page(lambda: None, title=f"Other {n}", url_path=f"other{n}", default=not n) for n in range(4)]
        st.navigation(others)
        try:
            importlib.import_module(f"rom_vision.dashboard.{module}").show(
                *(others if module == "page_today" else [])
            )
        except RomVisionError as problem:
            st.error(words.trouble(problem))

    page = AppTest.from_function(script, default_timeout=60, kwargs={"module": module})
    if tab:
        page.session_state["settings tab"] = tab
    return checked(page)


def checked(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def said(page: AppTest) -> str:
    return "\n".join(str(element) for element in page.main)


@pytest.mark.parametrize("role", ["owner", "therapist", "client", "reviewer"])
def test_each_role_on_the_pages_of_the_day_and_of_the_settings(anna, sign_in, role):
    sign_in(getattr(people.practice(the_accounts(), anna), role))
    for module, allowed in (("page_today", {"owner", "therapist"}), ("page_settings", {"owner"})):
        page = open_page(module)
        if role in allowed:
            assert page.title
        else:
            assert f"As a {role} you may not do that." in page.error[0].value
            assert "Anna" not in said(page)


def test_today_tells_who_is_here_and_what_waits(anna, owner):
    page = open_page("page_today")
    assert [button.label for button in page.button].count("Anna Example") == 2  # the session and the order
    told = "\n".join(caption.value for caption in page.caption)
    assert "Dr. Grün · 1 of 2 sessions used" in told
    assert words_today.NOBODY_LATELY in told


def test_the_practices_language_is_spoken_to_whoever_has_chosen_none(anna, owner):
    page = open_page("page_settings")
    page.selectbox[0].set_value("de")
    page.button[0].click()
    checked(page)
    page = open_page("page_today")
    assert page.title[0].value == "Heute"
    told = "\n".join(caption.value for caption in page.caption)
    assert (
        f"Dr. Grün · 1 von 2 Sitzungen in Anspruch genommen, gültig bis {TODAY + timedelta(90):%d.%m.%Y}" in told
    )
    the_accounts().change_language("olga", "en")
    assert open_page("page_today").title[0].value == words_today.TODAY


def test_the_practice_is_written_down_and_stands_there_again(anna, owner):
    page = open_page("page_settings")
    page.text_input[0].set_value("At the Market")
    for label, chosen in ((words_settings.FORCE, "lbf"), (words_settings.PAPER, "Letter")):
        next(box for box in page.selectbox if box.label == label).set_value(chosen)
    page.button[0].click()
    checked(page)
    assert page.success[0].value == words_settings.SAVED
    with Record.open(who="shell") as record:
        assert record.settings() == Settings(practice="At the Market", force="lbf", paper="Letter", version=1)


def test_films_are_not_deleted_before_that_is_confirmed(anna, owner):
    page = open_page("page_settings", words_settings.VIDEOS)
    page.radio[0].set_value("drop")
    checked(page)
    assert page.button[0].disabled
    page.checkbox[0].check()
    checked(page).button[0].click()
    checked(page)
    with Record.open(who="shell") as record:
        assert record.settings() == replace(Settings(), videos="drop", version=1)


def test_the_owner_locks_somebody_out_gives_a_role_and_keeps_the_last_owner(anna, sign_in):
    practice = people.practice(the_accounts(), anna)
    cookie = the_accounts().sign_in_vouched("thea")
    sign_in(practice.owner)
    page = open_page("page_settings", words_settings.ACCOUNTS)
    page.button(key="lock thea").click()
    checked(page)
    assert the_accounts().who(cookie) is None
    page.button(key="unlock thea").click()
    checked(page)
    page.selectbox(key="role thea therapist").set_value("owner")
    checked(page)
    roles = {account.user_name: (account.role, account.disabled) for account in the_accounts().accounts()}
    assert roles["thea"] == ("owner", False)
    assert not any(button.key == "lock olga" for button in page.button)
