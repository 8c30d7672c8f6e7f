"""How often somebody may try: by address, and by name and address together.

Never by the name alone: then anybody could lock anybody out. Names that nobody has are counted like others, so
that the answer does not tell which there are.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from sqlalchemy import delete
from sqlalchemy.orm import Session as Transaction

from rom_vision.accounts.account import folded
from rom_vision.accounts.tokens import keyed_hash
from rom_vision.errors import AccountError
from rom_vision.records.tables_accounts import FailureRow

OF_NAME_AND_ADDRESS, OF_ADDRESS = 5, 20  # failures without a wait: a whole practice may share an address
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)  # each failure more doubles it
FORGOTTEN_AFTER = timedelta(days=1)


def begin(db: Transaction, name: str, address: str) -> None:
    """Count an attempt as failed before it is looked at, so that a hundred at once are a hundred.

    Raises:
        AccountError: there were too many.
    """
    now = datetime.now(UTC)
    db.execute(delete(FailureRow).where(FailureRow.last_at < now - FORGOTTEN_AFTER))
    rows = [(db.get(FailureRow, whose), whose, free) for whose, free in _counted(name, address)]
    wait = max(
        (row.last_at + _wait(row.failures, free) - now for row, _, free in rows if row), default=timedelta()
    )
    if wait > timedelta():
        minutes = ceil(wait / timedelta(minutes=1))
        raise AccountError(
            "There were too many attempts.",
            remedy=f"Wait {minutes} minute{'s' if minutes > 1 else ''}, then try again.",
        )
    for row, whose, _ in rows:
        if row is None:
            db.add(FailureRow(whose=whose, failures=1, last_at=now))
        else:
            row.failures += 1
            row.last_at = now


def succeeded(db: Transaction, name: str, address: str) -> None:
    """Of the name and address nothing is counted any more; of the address alone all but this attempt."""
    (both, _), (alone, _) = _counted(name, address)
    db.execute(delete(FailureRow).where(FailureRow.whose == both))
    row = db.get(FailureRow, alone)
    if row is not None:
        row.failures = max(row.failures - 1, 0)


def _counted(name: str, address: str) -> Iterator[tuple[str, int]]:
    """What failures are counted by, and how many are free."""
    network = _network(address)
    yield keyed_hash("name and address", f"{folded(name)}\0{network}"), OF_NAME_AND_ADDRESS
    yield keyed_hash("address", network), OF_ADDRESS


def _network(address: str) -> str:
    """One who has an IPv6 address has 2^64 of them."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or int(known) >> 64)


def _wait(failures: int, free: int) -> timedelta:
    if failures < free:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(failures - free, 10)), LONGEST_WAIT)
