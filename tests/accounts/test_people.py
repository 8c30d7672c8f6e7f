"""Accounts: which can be, and what becomes of them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import PASSWORD
from sqlalchemy import text

from rom_vision.accounts import Accounts
from rom_vision.accounts.account import new_display_name, new_user_name
from rom_vision.accounts.passwords import fits, hash_of
from rom_vision.errors import AccountError, RecordError
from rom_vision.records import Record


def test_the_first_account_is_the_owners_and_only_the_first(accounts):
    assert accounts.is_empty()
    owner = accounts.add_owner(" Olga@Example.org ", "Olga  Owner", PASSWORD)
    assert (owner.user_name, owner.display_name, owner.role) == ("olga@example.org", "Olga Owner", "owner")
    assert not accounts.is_empty()
    with pytest.raises(AccountError, match="There is an owner already"):
        accounts.add_owner("eve", "Eve", PASSWORD)
    assert accounts.accounts() == [owner]


def test_a_name_is_taken_once_whatever_its_capitals(accounts):
    accounts.add_owner("olga", "Olga", PASSWORD)
    with pytest.raises(AccountError, match="This user name is taken"):
        accounts.add("OLGA", "Another", "therapist", PASSWORD)


@pytest.mark.parametrize(
    ("role", "clients", "words"),
    [
        ("client", 0, "0 clients do not fit a client"),
        ("client", 2, "2 clients do not fit a client"),
        ("reviewer", 0, "0 clients do not fit a reviewer"),
        ("therapist", 1, "1 clients do not fit a therapist"),
        ("owner", 1, "1 clients do not fit a owner"),
    ],
)
def test_clients_have_to_fit_the_role(accounts, anna, ben, role, clients, words):
    with pytest.raises(AccountError, match=words):
        accounts.add("somebody", "Somebody", role, PASSWORD, client_ids=[anna.id, ben.id][:clients])
    assert accounts.is_empty()


def test_an_account_of_a_client_who_is_not_there_is_not_made(accounts):
    with pytest.raises(RecordError, match="There is no client C-NOBODY"):
        accounts.add("somebody", "Somebody", "client", PASSWORD, client_ids=["C-NOBODY"])
    assert accounts.is_empty()


@pytest.mark.parametrize("name", ["", "a", " ", "two words", "-a", "a-", "a/b", "a\nb", "x" * 65, "a<b>", "😀😀"])
def test_what_cannot_be_a_user_name(name):
    with pytest.raises(AccountError, match="can't be a user name"):
        new_user_name(name)


@given(st.text(max_size=70))
def test_a_user_name_is_the_same_once_it_is_one(text):
    try:
        name = new_user_name(text)
    except AccountError:
        return
    assert new_user_name(name) == new_user_name(name.upper()) == name
    assert name.isprintable()
    assert not any(letter.isspace() or letter in "/\\<>&\"'?#%" for letter in name)


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\0b", "a‮b"])
def test_what_cannot_be_a_display_name(name):
    with pytest.raises(AccountError, match="can't be a name"):
        new_display_name(name)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "has 0 letters"),
        ("nine long", "has 9 letters"),
        ("x" * 201, "has 201 letters"),
        ("THEAthea123", "little more than the user name"),
        ("abababababab", "repeats a few letters"),
    ],
)
def test_what_cannot_be_a_password(password, words):
    with pytest.raises(AccountError, match=words):
        hash_of(password, "thea")


def test_a_password_is_kept_as_argon2id_with_its_own_salt():
    first, second = (hash_of(PASSWORD, "thea") for _ in range(2))
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert fits(PASSWORD, first)
    assert fits(PASSWORD, second)


@pytest.mark.parametrize("wrong", ["", "seven blue heron", "Seven blue herons", PASSWORD + "\0", "x" * 10_000])
def test_another_password_does_not_fit(wrong):
    assert not fits(wrong, hash_of(PASSWORD, "thea"))
    assert not fits(wrong, None)


def test_a_password_fits_however_its_letters_are_written():
    assert fits("fu\u0308nf grüne Ka\u0308hne", hash_of("fünf grüne Kähne", "thea"))


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(min_size=10, max_size=30))
def test_whatever_can_be_a_password_lets_in(password):
    try:
        kept = hash_of(password, "thea")
    except AccountError:
        return
    assert fits(password, kept)


def test_who_is_disabled_is_let_in_no_more_until_enabled(accounts, practice):
    cookie = accounts.sign_in("thea", PASSWORD, "192.0.2.1")
    assert accounts.disable("Thea").disabled
    assert accounts.who(cookie) is None
    with pytest.raises(AccountError, match="User name or password is wrong"):
        accounts.sign_in("thea", PASSWORD, "192.0.2.1")
    accounts.enable("thea")
    assert accounts.who(cookie) is None, "a sign-in that has ended stays so"
    assert accounts.who(accounts.sign_in("thea", PASSWORD, "192.0.2.1")) == practice.therapist


def test_the_last_owner_is_not_disabled(accounts, practice):
    with pytest.raises(AccountError, match="This is the last owner"):
        accounts.disable("olga")
    accounts.add("otto", "Otto", "owner", PASSWORD)
    accounts.disable("olga")
    with pytest.raises(AccountError, match="This is the last owner"):
        accounts.disable("otto")


def test_a_role_in_the_practice_is_given_and_the_last_owner_stays_one(accounts, practice):
    with pytest.raises(AccountError, match="This is the last owner"):
        accounts.change_role("olga", "therapist")
    assert accounts.change_role("thea", "owner").role == "owner"
    assert accounts.change_role("olga", "therapist").role == "therapist"
    for name, role in (("rita", "therapist"), ("thea", "client")):
        with pytest.raises(AccountError, match="Clients and reviewers keep their role"):
            accounts.change_role(name, role)


def test_whoever_lost_a_telephone_is_signed_out_and_may_sign_in_again(accounts, practice):
    cookies = [accounts.sign_in("thea", PASSWORD, "192.0.2.1") for _ in range(2)]
    accounts.sign_out_everywhere("thea")
    assert [accounts.who(cookie) for cookie in cookies] == [None, None]
    assert accounts.who(accounts.sign_in("thea", PASSWORD, "192.0.2.1")) == practice.therapist


def test_another_password_ends_where_one_was_signed_in(accounts, practice):
    cookie = accounts.sign_in("thea", PASSWORD, "192.0.2.1")
    accounts.reset_password("thea", "nine red foxes")
    assert accounts.who(cookie) is None
    with pytest.raises(AccountError, match="is wrong"):
        accounts.sign_in("thea", PASSWORD, "192.0.2.1")
    assert accounts.who(accounts.sign_in("thea", "nine red foxes", "192.0.2.1")) == practice.therapist


@pytest.mark.parametrize("method", ["disable", "enable", "reset_password"])
def test_of_nobody_nothing_is_changed(accounts, method):
    with pytest.raises(AccountError, match="There is no account of that name"):
        getattr(accounts, method)("nobody", *[PASSWORD] * (method == "reset_password"))


def test_with_the_client_goes_the_account_and_the_reviewer_sees_nothing_of_it(accounts, practice, anna):
    cookie = accounts.sign_in("anna", PASSWORD, "192.0.2.1")
    with Record.open(who="shell") as record:
        record.erase_client(anna.id)
    assert accounts.who(cookie) is None
    assert [account.user_name for account in accounts.accounts()] == ["olga", "rita", "thea"]


def test_the_database_holds_no_password_no_cookie_and_no_link(accounts, practice, anna):
    cookie = accounts.sign_in("thea", PASSWORD, "192.0.2.1")
    link = accounts.invite(practice.owner, "client", [anna.id])
    with accounts._reading() as db:
        tables = ("accounts", "sign_ins", "sign_in_failures", "invitations", "audit")
        kept = str([list(db.execute(text(f"SELECT * FROM {table}"))) for table in tables])
    assert "192.0.2.1" not in kept
    for secret in (PASSWORD, cookie, *cookie.split("."), link):
        assert secret not in kept


def test_the_audit_tells_who_did_it(accounts: Accounts, practice, anna):
    account = accounts.by("olga").add("ann", "Anna Example", "client", PASSWORD, client_ids=[anna.id])
    cookie = accounts.sign_in("thea", PASSWORD, "192.0.2.1")
    accounts.sign_out(cookie, everywhere=True)
    accounts.by("olga").disable("thea")
    with Record.open(who="shell") as record:
        rows = [(row.who, row.action, row.client_id, row.what) for row in record.audit()]
        assert record.audit_problems() == []
    number = f"account {practice.therapist.id}"
    assert rows[-4:] == [
        ("olga", "add", anna.id, f"account {account.id}"),
        ("thea", "sign_in", None, number),
        ("thea", "sign_out", None, f"{number} everywhere"),
        ("olga", "change", None, number),
    ]
