"""A practice with two clients and an account of each role, in a real file and on a real server."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from rom_vision.accounts import Account, Accounts, Role
from rom_vision.accounts.account import account_from
from rom_vision.accounts.passwords import hash_of
from rom_vision.accounts.people import add_row, new_row
from rom_vision.records import Client, Record

PASSWORD = "seven blue herons"


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


@dataclass(frozen=True)
class Practice:
    """Anna is `client`'s client, and the one whom `reviewer` may see."""

    owner: Account
    therapist: Account
    client: Account
    reviewer: Account


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Made once, since that takes long, as it should."""
    return hash_of(PASSWORD, "nobody")


@pytest.fixture
def practice(accounts: Accounts, anna: Client, ben: Client, password_hash: str) -> Practice:
    with accounts._writing() as (db, _):

        def added(name: str, display_name: str, role: Role, client_ids: Collection[str] = ()) -> Account:
            row = new_row(name, display_name, role, password_hash)
            add_row(db, row, client_ids)
            return account_from(row)

        return Practice(
            owner=added("olga", "Olga Owner", "owner"),
            therapist=added("thea", "Thea Therapist", "therapist"),
            client=added("anna", "Anna Example", "client", [anna.id]),
            reviewer=added("rita", "Dr. Rita Review", "reviewer", [anna.id]),
        )


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
