"""Links with which people make their own account: for some days, and once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session as Transaction

from rom_vision.accounts import passwords
from rom_vision.accounts.account import Account, account_from, new_user_name
from rom_vision.accounts.people import add_row, checked_clients, new_row
from rom_vision.accounts.tokens import hash_of, new_token
from rom_vision.errors import AccountError
from rom_vision.records.database import ACCOUNTS_LOCK, lock
from rom_vision.records.store import Store
from rom_vision.records.tables_accounts import InvitationRow, Role

LASTS_DAYS = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """What a link invites to.

    Attributes:
        expires_at: UTC.
    """

    role: Role
    expires_at: datetime


class Invitations(Store):
    """What is done with invitations."""

    __slots__ = ()

    def invite(
        self, inviter: Account | None, role: Role, client_ids: Collection[str] = (), *, days: int = LASTS_DAYS
    ) -> str:
        """Invite somebody; gives the token, which is shown once and not kept.

        Args:
            inviter: who asks for it; None is whoever has the shell of this computer.
            client_ids: as in `People.add`.
        Raises:
            NotAllowedError: the inviter may not invite to that role, or not for that client.
            AccountError: the clients do not fit the role.
            RecordError: there is no such client.
        """
        if inviter:
            inviter.demand("invite" if role == "client" else "accounts")
        token, now = new_token(), datetime.now(UTC)
        with self._writing() as (db, note):
            known = checked_clients(db, role, client_ids)
            db.execute(delete(InvitationRow).where(InvitationRow.expires_at < now))
            expires_at = now + timedelta(days=days)
            db.add(InvitationRow(token_hash=hash_of(token), role=role, client_ids=known, expires_at=expires_at))
            note("invite", known[0] if len(known) == 1 else None, role)
        return token

    def invitation(self, token: str) -> Invitation:
        """What a link invites to.

        Raises:
            AccountError: it does not hold (any more).
        """
        with self._reading() as db:
            row = _row(db, token)
            return Invitation(role=row.role, expires_at=row.expires_at)

    def join(self, token: str, user_name: str, display_name: str, password: str) -> Account:
        """Make one's own account with a link, which then holds no more.

        Raises:
            AccountError: the link does not hold, the name is taken, or something can't be. The link stays.
            RecordError: the client is not there any more.
        """
        self.invitation(token)  # before the hashing, which is costly
        name = new_user_name(user_name)
        password_hash = passwords.hash_of(password, name)
        with self.by(name)._writing() as (db, note):
            lock(db.connection(), ACCOUNTS_LOCK)
            invited = _row(db, token)
            invited.used_at = datetime.now(UTC)
            row = new_row(name, display_name, invited.role, password_hash)
            add_row(db, row, invited.client_ids)
            note("join", row.client_id, f"account {row.id}")
            return account_from(row)


def _row(db: Transaction, token: str) -> InvitationRow:
    row = db.get(InvitationRow, hash_of(token))
    if row is None or row.used_at is not None or row.expires_at <= datetime.now(UTC):
        raise AccountError("This invitation was used or has run out.", remedy="Ask the practice for a new one.")
    return row
