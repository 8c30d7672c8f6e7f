"""Who saw and changed what of whom, in a chain of hashes that shows where a row was altered or taken out.

Each row's hash covers the row and the hash before it. A chain can't tell that its end was cut off: so the number
and the hash of the newest row, its head, are also the name of an empty file outside the database.
"""

import getpass
import hashlib
import json
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as Transaction

from rom_vision.errors import RecordError
from rom_vision.records.database import AUDIT_LOCK, lock
from rom_vision.records.tables_clinical import Action, AuditRow, IdentityRow

START = "chain of this computer"
AT_ONCE = 1000  # rows in memory


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that is to be written into the audit.

    Attributes:
        client_id: the pseudonym; None where it concerns no single client.
        what: a kind of thing and its number, such as "referral 7"; never a name, nor what is written in it.
    """

    action: Action
    client_id: str | None = None
    what: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Audited(Event):
    """A row of the audit.

    Attributes:
        number: from 1, without a gap.
        at: UTC.
        who: the user of the operating system, or whom the caller named.
        hash: of this row and the hash before it.
    """

    number: int
    at: datetime
    who: str
    hash: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one record.

    Attributes:
        who: is at work.
        record_id: of the database, and in it, so that it goes wherever the database goes.
        heads: the folder of this record's head.
    """

    who: str
    record_id: str
    heads: Path

    @classmethod
    def open(cls, engine: Engine, who: str | None, heads: Path) -> Self:
        """The audit of a database.

        Args:
            who: None is the user of the operating system.
            heads: the folder of the heads of all records.
        Raises:
            RecordError: it is not known who is at work.
        """
        with Transaction(engine) as db:
            record_id = db.scalars(select(IdentityRow.id)).one()
        return cls(who_is_at_work(who), record_id, heads / record_id)

    def append(self, db: Transaction, events: Sequence[Event]) -> "Heads":
        """Adds rows, at least one, at the end of a transaction; gives what is to be kept after its commit."""
        db.flush()
        lock(db.connection(), AUDIT_LOCK)  # taken last: whoever holds it waits for nothing else
        last = db.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))
        heads = self._heads()
        covered = select(AuditRow.number, AuditRow.hash).where(AuditRow.number.in_(number for number, _ in heads))
        fitting = {(number, hashed) for number, hashed in db.execute(covered)} & set(heads)
        if not heads:  # a new computer; or else it was taken away, and this is what stays to be seen
            events = [Event(action="start", what=START), *events]
        new = (0, "")
        for event in events:
            last = _row(last, self.who, event)
            db.add(last)
            new = (last.number, last.hash)
        return Heads(new=new, old=fitting)

    def keep(self, heads: "Heads") -> None:
        """Keeps the newest head. One that does not fit the rows stays, whatever comes after it, and tells on them.

        Raises:
            RecordError: it can't be kept.
        """
        try:
            self.heads.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.heads / _name(*heads.new)).touch()
            for old in heads.old:
                (self.heads / _name(*old)).unlink(missing_ok=True)
        except OSError as problem:
            raise RecordError(
                f"It was saved, but the audit's head was not: {problem.strerror}.",
                remedy=f"See that {self.heads} can be written to and that the disk has room.",
            ) from problem

    def rows(self, db: Transaction) -> Iterator[Audited]:
        """All rows, oldest first."""
        query = select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=AT_ONCE)
        for row in db.scalars(query):
            yield Audited(
                number=row.number,
                at=row.at,
                who=row.who,
                action=row.action,
                client_id=row.client_id,
                what=row.what,
                hash=row.hash,
            )

    def problems(self, db: Transaction) -> list[str]:
        """What was altered or taken out, in sentences; none where the chain is whole."""
        found, last, hashed, heads = [], 0, "", self._heads()
        for row in self.rows(db):
            if row.number != last + 1:
                found.append(f"{_rows(last + 1, row.number - 1)} taken out.")
            elif row.hash != _hash(row, hashed):
                found.append(f"Row {row.number} or one before it was altered.")
            if any(number == row.number and head != row.hash for number, head in heads):
                found.append(f"The rows up to {row.number} were written anew.")
            last, hashed = row.number, row.hash
        if not heads and last:
            found.append("This computer has no head of the audit, so it is not known where the audit ends.")
        newest = max((number for number, _ in heads), default=0)
        if newest > last:
            found.append(f"{_rows(last + 1, newest)} taken out at the end.")
        return found

    def _heads(self) -> list[tuple[int, str]]:
        """The newest, with those of others who wrote at the same time, and those that fit no row."""
        parts = (path.name.split("-") for path in self.heads.glob("*-*"))
        return [(int(number), hashed) for number, hashed in parts]


@dataclass(frozen=True, kw_only=True, slots=True)
class Heads:
    """Numbers and hashes of rows: the head to keep, and those it takes the place of."""

    new: tuple[int, str]
    old: Set[tuple[int, str]]


def _name(number: int, hashed: str) -> str:
    return f"{number}-{hashed}"


def who_is_at_work(named: str | None) -> str:
    """Whom the audit names; None is the user of the operating system.

    Raises:
        RecordError: it is not known.
    """
    try:
        who = getpass.getuser() if named is None else named.strip()
    except (KeyError, ImportError, OSError) as problem:  # which of them depends on the system
        raise RecordError(
            "The system does not say who you are, and the record keeps who sees it.",
            remedy="Set LOGNAME to your user name.",
        ) from problem
    if not who or not who.isprintable():
        raise RecordError("Nobody is named as who is at work.", remedy="Give a name in printable letters.")
    return who


def _row(last: AuditRow | None, who: str, event: Event) -> AuditRow:
    row = AuditRow(
        number=last.number + 1 if last else 1,
        at=datetime.now(UTC),
        who=who,
        action=event.action,
        client_id=event.client_id,
        what=event.what,
    )
    row.hash = _hash(row, last.hash if last else "")
    return row


def _hash(row: AuditRow | Audited, before: str) -> str:
    said = [row.number, row.at.isoformat(), row.who, row.action, row.client_id, row.what, before]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _rows(first: int, last: int) -> str:
    return f"Row {first} was" if first == last else f"Rows {first} to {last} were"
