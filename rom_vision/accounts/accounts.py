"""The accounts: who may sign in, through one door."""

from dataclasses import dataclass

from rom_vision.accounts.invitations import Invitations
from rom_vision.accounts.people import People
from rom_vision.accounts.sign_ins import SignIns


@dataclass(frozen=True, slots=True, eq=False)
class Accounts(People, SignIns, Invitations):
    """Accounts, sign-ins and invitations, in the record's own database, and in its audit."""
