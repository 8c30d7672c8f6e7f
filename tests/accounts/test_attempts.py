"""How often somebody may try, without the hashing that each attempt costs."""

import pytest

from rom_vision.accounts import Accounts, attempts
from rom_vision.accounts.attempts import OF_ADDRESS, OF_NAME_AND_ADDRESS
from rom_vision.errors import AccountError

HERE, THERE = "192.0.2.1", "198.51.100.7"


def attempt(accounts: Accounts, name: str, address: str) -> str | None:
    """What is told instead of looking at the password; None where it is looked at."""
    try:
        with accounts._writing() as (db, _):
            attempts.begin(db, name, address)
    except AccountError as problem:
        return str(problem)
    return None


def got_in(accounts: Accounts, name: str, address: str) -> None:
    with accounts._writing() as (db, _):
        attempts.succeeded(db, name, address)


def waits(minutes: str) -> str:
    return f"There were too many attempts. Wait {minutes}, then try again."


def test_each_failure_doubles_the_wait_up_to_an_hour(accounts, time_goes_by):
    for _ in range(OF_NAME_AND_ADDRESS):
        assert attempt(accounts, "thea", HERE) is None
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        assert attempt(accounts, "thea", HERE) == waits(f"{minutes} minute{'s' * (minutes > 1)}")
        time_goes_by(minutes * 60 - 30)
        assert attempt(accounts, "thea", HERE) == waits("1 minute")
        time_goes_by(31)
        assert attempt(accounts, "thea", HERE) is None


def test_waiting_is_not_made_longer_by_trying(accounts, time_goes_by):
    for _ in range(OF_NAME_AND_ADDRESS + 10):
        attempt(accounts, "thea", HERE)
    time_goes_by(61)
    assert attempt(accounts, "thea", HERE) is None


def test_nobody_locks_out_somebody_elsewhere_or_somebody_else(accounts):
    while attempt(accounts, "thea", HERE) is None:
        pass
    assert attempt(accounts, " THEA", HERE) == waits("1 minute"), "the same name"
    assert attempt(accounts, "thea", THERE) is None
    assert attempt(accounts, "olga", HERE) is None


def test_whoever_gets_in_starts_anew(accounts):
    for _ in range(2):
        for _ in range(OF_NAME_AND_ADDRESS):
            assert attempt(accounts, "thea", HERE) is None
        got_in(accounts, "thea", HERE)


def test_signing_in_often_is_no_attack(accounts):
    for _ in range(OF_ADDRESS + 2):
        assert attempt(accounts, "thea", HERE) is None
        got_in(accounts, "thea", HERE)


@pytest.mark.parametrize(
    ("first", "same", "another"),
    [
        (HERE, HERE, THERE),
        ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"),
        ("::ffff:192.0.2.1", HERE, "::ffff:192.0.2.2"),
        ("unknown", "unknown", HERE),
    ],
)
def test_an_address_that_tries_many_names_is_slowed_down(accounts, first, same, another):
    for number in range(OF_ADDRESS):
        assert attempt(accounts, f"name{number}", first) is None
    assert attempt(accounts, "thea", same) == waits("1 minute")
    assert attempt(accounts, "thea", another) is None


def test_after_a_day_it_is_forgotten(accounts, time_goes_by):
    while attempt(accounts, "thea", HERE) is None:
        pass
    time_goes_by(24 * 3600 + 1)
    for _ in range(OF_NAME_AND_ADDRESS):
        assert attempt(accounts, "thea", HERE) is None
