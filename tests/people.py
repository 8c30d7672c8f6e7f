"""The people of a practice, an account of each role: made once hashed, since that takes long, as it should."""

import functools
from collections.abc import Collection
from dataclasses import dataclass

from rom_vision.accounts import Account, Accounts, Role
from rom_vision.accounts.account import account_from
from rom_vision.accounts.passwords import hash_of
from rom_vision.accounts.people import add_row, new_row
from rom_vision.records import Client

PASSWORD = "seven blue herons"


@dataclass(frozen=True)
class Practice:
    """The client is the one whom the reviewer may see."""

    owner: Account
    therapist: Account
    client: Account
    reviewer: Account


def practice(accounts: Accounts, client: Client) -> Practice:
    """An account of each role."""
    return Practice(
        owner=add(accounts, "olga", "Olga Owner", "owner"),
        therapist=add(accounts, "thea", "Thea Therapist", "therapist"),
        client=add(accounts, "anna", "Anna Example", "client", [client.id]),
        reviewer=add(accounts, "rita", "Dr. Rita Review", "reviewer", [client.id]),
    )


def add(
    accounts: Accounts, user_name: str, display_name: str, role: Role, client_ids: Collection[str] = ()
) -> Account:
    """An account with the password of all."""
    with accounts._writing() as (db, _):
        row = new_row(user_name, display_name, role, _hash())
        add_row(db, row, client_ids)
        return account_from(row)


@functools.cache
def _hash() -> str:
    return hash_of(PASSWORD, "nobody")
