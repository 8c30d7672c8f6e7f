"""This server's record."""

import functools

from rom_vision.accounts import Account, GuardedRecord, guarded_by
from rom_vision.records import Record


@functools.cache
def the_record() -> Record:
    """Open as long as the server runs: opening it at every click takes as long as asking it."""
    return Record.open(who="dashboard")


def record_of(account: Account) -> GuardedRecord:
    """The record as an account may use it; nobody closes it.

    Raises:
        RecordError: it can't be opened.
    """
    return guarded_by(the_record(), account)
