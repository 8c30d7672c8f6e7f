"""Signing in and out: what holds, what does not, and what slows down who guesses."""

import os
import stat
import threading
import time
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import PASSWORD

from rom_vision.accounts import Accounts
from rom_vision.accounts.attempts import OF_NAME_AND_ADDRESS
from rom_vision.accounts.sign_ins import LASTS
from rom_vision.accounts.tokens import signed, unsigned
from rom_vision.errors import AccountError
from rom_vision.home import data_folder
from rom_vision.records import Record, Settings

HERE, THERE = "192.0.2.1", "198.51.100.7"
WRONG, TOO_MANY = "User name or password is wrong", "There were too many attempts"


def refused(accounts: Accounts, name: str, address: str, password: str = "wrong password") -> str:
    with pytest.raises(AccountError) as told:
        accounts.sign_in(name, password, address)
    return str(told.value)


def test_who_signs_in_is_known_by_the_cookie(accounts, practice):
    cookie = accounts.sign_in(" Thea ", PASSWORD, HERE)
    assert accounts.who(cookie) == practice.therapist
    assert accounts.sign_in("thea", PASSWORD, HERE) != cookie


def test_the_words_do_not_tell_which_names_there_are(accounts, practice):
    accounts.disable("rita")
    told = {refused(accounts, name, HERE) for name in ("thea", "nobody", "", "\0", "x" * 1000)}
    told.add(refused(accounts, "rita", HERE, PASSWORD))
    assert len(told) == 1
    assert WRONG in told.pop()


def test_nor_does_the_time(accounts, practice):
    def took_s(name: str, number: int) -> float:
        begun_s = time.perf_counter()
        refused(accounts, name, f"203.0.113.{number}")
        return time.perf_counter() - begun_s

    known, unknown = zip(*[(took_s("thea", n), took_s("nobody", n)) for n in range(5)], strict=True)
    assert median(unknown) == pytest.approx(median(known), rel=0.5)
    assert min(unknown) > 0.01, "a hash was worked out"


def test_signing_out_ends_one_or_all(accounts, practice):
    first, second, third = (accounts.sign_in("thea", PASSWORD, HERE) for _ in range(3))
    other = accounts.sign_in("olga", PASSWORD, HERE)
    accounts.sign_out(first)
    assert accounts.who(first) is None
    assert accounts.who(second) == accounts.who(third) == practice.therapist
    accounts.sign_out(second, everywhere=True)
    assert accounts.who(second) is accounts.who(third) is None
    assert accounts.who(other) == practice.owner
    accounts.sign_out(second)  # once more
    accounts.sign_out(None)


def test_a_cookie_runs_out(accounts, practice, time_goes_by):
    cookie = accounts.sign_in("thea", PASSWORD, HERE)
    time_goes_by(LASTS.total_seconds() - 60)
    assert accounts.who(cookie) == practice.therapist
    time_goes_by(61)
    assert accounts.who(cookie) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_no_made_up_cookie_holds(accounts, text):
    assert accounts.who(text) is None


def test_no_changed_cookie_holds(accounts, practice):
    cookie = accounts.sign_in("thea", PASSWORD, HERE)
    for place in range(len(cookie)):
        changed = cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]
        assert accounts.who(changed) is None, place
    assert (
        accounts.who(cookie[:-1]) is accounts.who(cookie + "=") is accounts.who("") is accounts.who(None) is None
    )


def test_a_row_slipped_into_the_database_lets_nobody_in(accounts, practice):
    """Who can write there still lacks the key, which lies beside it for this user alone."""
    cookie = signed("own token")
    assert unsigned(cookie) == "own token"
    key = data_folder() / "key"
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.write_bytes(bytes(32))
    assert unsigned(cookie) is None


def test_a_damaged_key_is_told(home):
    (data_folder() / "key").write_bytes(b"short")
    with pytest.raises(AccountError, match="is damaged"):
        signed("token")


def test_who_guesses_has_to_wait(accounts, practice, time_goes_by):
    for _ in range(OF_NAME_AND_ADDRESS):
        assert WRONG in refused(accounts, "thea", HERE)
    assert refused(accounts, "thea", HERE, PASSWORD) == f"{TOO_MANY}. Wait 1 minute, then try again."
    assert accounts.who(accounts.sign_in("thea", PASSWORD, THERE)) == practice.therapist, (
        "who is elsewhere need not"
    )
    assert accounts.who(accounts.sign_in("olga", PASSWORD, HERE)) == practice.owner, "nor another"
    time_goes_by(61)
    assert accounts.who(accounts.sign_in("thea", PASSWORD, HERE)) == practice.therapist


def test_of_many_attempts_at_once_all_are_counted(accounts, practice):
    told: list[str] = []
    threads = [
        threading.Thread(target=lambda: told.append(refused(accounts, "thea", HERE)))
        for _ in range(OF_NAME_AND_ADDRESS * 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(WRONG in words for words in told) == OF_NAME_AND_ADDRESS
    assert sum(TOO_MANY in words for words in told) == OF_NAME_AND_ADDRESS


def test_ones_own_password_is_changed_and_other_places_end(accounts, practice):
    cookie, elsewhere = (accounts.sign_in("thea", PASSWORD, HERE) for _ in range(2))
    with pytest.raises(AccountError, match=WRONG):
        accounts.change_password("thea", "wrong password", "nine red foxes", HERE)
    with pytest.raises(AccountError, match="has 5 letters"):
        accounts.change_password("thea", PASSWORD, "short", HERE)
    assert accounts.who(cookie) == practice.therapist
    new = accounts.change_password("thea", PASSWORD, "nine red foxes", HERE)
    assert accounts.who(cookie) is accounts.who(elsewhere) is None
    assert accounts.who(new) == practice.therapist
    assert accounts.sign_in("thea", "nine red foxes", HERE)
    assert WRONG in refused(accounts, "thea", HERE, PASSWORD)


def test_whom_a_provider_vouches_for_needs_an_account_here(accounts, practice):
    accounts.add("tom@example.org", "Tom", "therapist", PASSWORD)
    assert accounts.who(accounts.sign_in_vouched("Tom@Example.org")).user_name == "tom@example.org"
    with pytest.raises(AccountError, match="no account here"):
        accounts.sign_in_vouched("eve@example.org")
    accounts.disable("tom@example.org")
    with pytest.raises(AccountError, match="no account here"):
        accounts.sign_in_vouched("tom@example.org")


def test_a_language_is_ones_own_and_else_the_practices(accounts, practice):
    cookie = accounts.sign_in("olga", PASSWORD, HERE)
    assert accounts.who(cookie).language is None
    with Record.open(who="shell") as record:
        record.change_settings(Settings(language="de"))
    assert accounts.who(cookie).language == "de"
    assert accounts.change_language("olga", "en") == accounts.who(cookie)
    with pytest.raises(AccountError, match="not spoken here"):
        accounts.change_language("olga", "xx")
