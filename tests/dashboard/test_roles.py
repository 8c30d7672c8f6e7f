"""Each role on each page, and what comes of editing the address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import people
import pytest
from measured import knee_flexion, provenance
from people import Practice
from streamlit.testing.v1 import AppTest

import rom_vision.dashboard.main
from rom_vision.accounts import Account
from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_film import words_film
from rom_vision.dashboard.words_result import words_result
from rom_vision.dashboard.words_today import words_today
from rom_vision.jobs import Order
from rom_vision.records import Client, Record

MAIN = rom_vision.dashboard.main.__file__
STAFF, ALL = ["owner", "therapist"], ["owner", "therapist", "client", "reviewer"]
PAGES = {"page_measure": STAFF, "page_progress": ALL, "page_compare": [*STAFF, "reviewer"]}


@pytest.fixture
def clients(home) -> tuple[Client, Client]:
    """Anna and Ben, a measurement each."""
    with Record.open(who="shell") as record:
        made = tuple(record.add_client(name) for name in ("Anna Example", "Ben Example"))
        for number, client in enumerate(made):
            measured = replace(knee_flexion(), provenance=provenance(f"{number:064d}"))
            record.keep(client.id, measured, None, on=date(2026, 11, 3))
        return made


@pytest.fixture
def practice(clients) -> Practice:
    return people.practice(the_accounts(), clients[0])


def run(page: AppTest, **query: str) -> AppTest:
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def open_page(module: str, **query: str) -> AppTest:
    """A page itself, as if the navigation had led there."""

    def script(module: str) -> None:
        import importlib

        import streamlit as st

        from rom_vision.dashboard.words import words
        from rom_vision.errors import RomVisionError

        other = st.Page(lambda: None, title="Other", default=True)
        st.navigation([other])
        try:
            importlib.import_module(f"rom_vision.dashboard.{module}").show(other)
        except RomVisionError as problem:
            st.error(words.trouble(problem))

    return run(AppTest.from_function(script, default_timeout=60, kwargs={"module": module}), **query)


def everything_on(page: AppTest) -> str:
    return "\n".join([str(element) for element in page.main] + [str(element) for element in page.sidebar])


@pytest.mark.parametrize("module", PAGES)
@pytest.mark.parametrize("role", ALL)
def test_each_role_on_each_page(practice, clients, sign_in, role, module):
    sign_in(getattr(practice, role))
    page = open_page(module)
    refused = [error.value for error in page.error]
    if role in PAGES[module]:
        assert refused == []
        assert page.title[0].value in (words.MEASURE, words.PROGRESS, words_result.COMPARE)
    else:
        assert f"As a {role} you may not do that." in refused[0]
        assert "Example" not in everything_on(page)


@pytest.mark.parametrize("module", PAGES)
def test_nobody_sees_any_page(practice, clients, nobody, module):
    page = open_page(module)
    assert [warning.value for warning in page.warning] == [words.SIGNED_OUT]
    assert "Example" not in everything_on(page)


@pytest.mark.parametrize(("role", "seen"), [("owner", 2), ("therapist", 2), ("client", 1), ("reviewer", 1)])
def test_each_role_chooses_among_its_own_clients(practice, clients, sign_in, role, seen):
    sign_in(getattr(practice, role))
    page = open_page("page_progress", client=clients[1].id)  # who edits the address
    assert page.selectbox(key="client").options == [words.client(client) for client in clients[:seen]]
    assert ("Ben Example" in everything_on(page)) == (seen == 2)


@pytest.mark.parametrize("role", ["client", "reviewer"])
def test_who_may_not_write_is_offered_nothing_to_write_with(practice, sign_in, role):
    sign_in(getattr(practice, role))
    page = open_page("page_progress")
    assert [button.label for button in page.button] == []
    assert not page.text_input


@pytest.mark.parametrize(
    ("role", "title"),
    [(role, words_today.TODAY) for role in STAFF]
    + [("client", words_film.hello("Anna Example")), ("reviewer", words.PROGRESS)],
)
def test_each_role_arrives_at_a_page_that_is_theirs(practice, sign_in, role, title):
    sign_in(getattr(practice, role))
    page = run(AppTest.from_file(MAIN, default_timeout=60))
    assert page.title[0].value == title


@pytest.mark.parametrize("role", ["client", "reviewer"])
def test_a_clip_of_others_is_not_seen_by_its_address(practice, clients, sign_in, tmp_path, role):
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"no film")
    job_id = the_jobs().submit(Order(clients[1].id, "knee_flexion", "left", "active"), clip, "thea")
    sign_in(getattr(practice, role))
    page = open_page("page_measure", job=job_id)
    assert "you may not do that" in page.error[0].value
    assert "Ben" not in everything_on(page)
    assert the_jobs().job(job_id) is not None, "nor is it touched"


def test_a_reviewer_whose_client_is_gone_is_told_so(practice, clients, sign_in: Callable[[Account], str]):
    with Record.open(who="shell") as record:
        record.remove_client(clients[0].id)
    sign_in(practice.reviewer)
    page = open_page("page_progress")
    assert [info.value for info in page.info] == [words.NO_CLIENTS]
    assert not page.button


def test_a_sign_in_that_ends_ends_the_page_at_the_next_run(practice, clients, sign_in):
    cookie = sign_in(practice.therapist)
    page = open_page("page_progress")
    assert page.title
    the_accounts().sign_out(cookie)
    page.run()
    assert [warning.value for warning in page.warning] == [words.SIGNED_OUT]
    assert "Example" not in everything_on(page)


def test_the_audit_tells_who_looked(practice, clients, sign_in):
    sign_in(practice.reviewer)
    open_page("page_progress")
    with Record.open(who="shell") as record:
        looked = [(row.who, row.client_id) for row in record.audit() if row.action == "view"]
    assert looked == [("rita", clients[0].id)]
