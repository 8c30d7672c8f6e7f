"""A practice with two clients and an account of each role, in a real file and on a real server."""

from collections.abc import Iterator

import people
import pytest
from people import Practice
from sqlalchemy import text

from rom_vision.accounts import Accounts
from rom_vision.records import Client, Record


@pytest.fixture
def accounts(address: str) -> Iterator[Accounts]:
    """No account yet; it is called from the shell."""
    with Accounts.open(who="shell") as opened:
        yield opened


@pytest.fixture
def anna(accounts: Accounts) -> Client:
    with Record.open(who="shell") as record:
        return record.add_client("Anna Example")


@pytest.fixture
def ben(accounts: Accounts) -> Client:
    with Record.open(who="shell") as record:
        return record.add_client("Ben Example")


@pytest.fixture
def practice(accounts: Accounts, anna: Client) -> Practice:
    return people.practice(accounts, anna)


def earlier(accounts: Accounts, table: str, column: str, seconds: float) -> None:
    """Put the moments of a table back, as if time had gone by."""
    with accounts._writing() as (db, _):
        modified = {
            "sqlite": f"strftime('%Y-%m-%d %H:%M:%f000', {column}, '-{seconds} seconds')",
            "postgresql": f"{column} - interval '{seconds} seconds'",
        }[db.connection().dialect.name]
        db.execute(text(f"UPDATE {table} SET {column} = {modified}"))


@pytest.fixture
def time_goes_by(accounts: Accounts):
    """Lets an hour or a week pass for whatever runs out."""

    def pass_by(seconds: float) -> None:
        earlier(accounts, "sign_ins", "expires_at", seconds)
        earlier(accounts, "sign_in_failures", "last_at", seconds)
        earlier(accounts, "invitations", "expires_at", seconds)

    return pass_by
