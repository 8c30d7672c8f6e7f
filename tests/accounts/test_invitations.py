"""Invitations: for some days, once, and to no more than was meant."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import PASSWORD

from rom_vision.accounts.invitations import LASTS_DAYS
from rom_vision.errors import AccountError, NotAllowedError, RecordError
from rom_vision.records import Record

USED = "was used or has run out"
DAY_S = 24 * 3600


def test_a_client_joins_their_own_record(accounts, practice, ben):
    token = accounts.invite(practice.therapist, "client", [ben.id.lower()])
    assert accounts.invitation(token).role == "client"
    account = accounts.join(token, "ben", "Ben", PASSWORD)
    assert (account.role, account.client_ids) == ("client", {ben.id})
    assert accounts.who(accounts.sign_in("ben", PASSWORD, "192.0.2.1")) == account


def test_a_link_is_used_once(accounts, practice, ben):
    token = accounts.invite(practice.therapist, "client", [ben.id])
    accounts.join(token, "ben", "Ben", PASSWORD)
    with pytest.raises(AccountError, match=USED):
        accounts.invitation(token)
    with pytest.raises(AccountError, match=USED):
        accounts.join(token, "eve", "Eve", PASSWORD)


def test_also_by_many_at_once(accounts, practice, ben):
    token = accounts.invite(practice.therapist, "client", [ben.id])
    refused = []

    def join(number: int) -> None:
        try:
            accounts.join(token, f"ben{number}", "Ben", PASSWORD)
        except AccountError as problem:
            refused.append(str(problem))

    threads = [threading.Thread(target=join, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert all(USED in words for words in refused)


def test_a_link_runs_out(accounts, practice, ben, time_goes_by):
    token = accounts.invite(practice.therapist, "client", [ben.id])
    time_goes_by(LASTS_DAYS * DAY_S - 60)
    assert accounts.invitation(token)
    time_goes_by(61)
    with pytest.raises(AccountError, match=USED):
        accounts.join(token, "ben", "Ben", PASSWORD)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=100))
def test_no_made_up_link_holds(accounts, token):
    with pytest.raises(AccountError, match=USED):
        accounts.join(token, "eve", "Eve", PASSWORD)


def test_after_a_mistake_the_link_still_holds(accounts, practice, ben):
    token = accounts.invite(practice.therapist, "client", [ben.id])
    for name, password, words in (
        ("thea", PASSWORD, "is taken"),
        ("ben", "short", "letters"),
        ("", PASSWORD, "user"),
    ):
        with pytest.raises(AccountError, match=words):
            accounts.join(token, name, "Ben", password)
    assert accounts.join(token, "ben", "Ben", PASSWORD)


def test_who_was_erased_is_not_joined(accounts, practice, ben):
    token = accounts.invite(practice.therapist, "client", [ben.id])
    with Record.open(who="shell") as record:
        record.erase_client(ben.id)
    with pytest.raises(RecordError, match="There is no client"):
        accounts.join(token, "ben", "Ben", PASSWORD)


@pytest.mark.parametrize(
    ("inviter", "role", "allowed"),
    [
        ("owner", "client", True),
        ("owner", "reviewer", True),
        ("owner", "therapist", True),
        ("owner", "owner", True),
        ("therapist", "client", True),
        ("therapist", "reviewer", False),
        ("therapist", "therapist", False),
        ("therapist", "owner", False),
        ("client", "client", False),
        ("client", "owner", False),
        ("reviewer", "reviewer", False),
        ("reviewer", "client", False),
    ],
)
def test_who_may_invite_whom(accounts, practice, anna, inviter, role, allowed):
    clients = [anna.id] if role in ("client", "reviewer") else []
    if allowed:
        assert accounts.invite(getattr(practice, inviter), role, clients)
    else:
        with pytest.raises(NotAllowedError, match=f"As a {inviter} you may not do that"):
            accounts.invite(getattr(practice, inviter), role, clients)


def test_an_invitation_for_nobody_is_not_made(accounts, practice):
    with pytest.raises(RecordError, match="There is no client"):
        accounts.invite(practice.owner, "client", ["C-NOBODY"])
    with pytest.raises(AccountError, match="0 clients do not fit"):
        accounts.invite(practice.owner, "reviewer", [])
