"""Signing in and out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from rom_vision.accounts import attempts, passwords
from rom_vision.accounts.account import Account, account_from, folded
from rom_vision.accounts.people import revoke_all
from rom_vision.accounts.tokens import hash_of, new_token, signed, unsigned
from rom_vision.errors import AccountError
from rom_vision.records.database import ACCOUNTS_LOCK, lock
from rom_vision.records.practice import settings_of
from rom_vision.records.store import Store
from rom_vision.records.tables_accounts import AccountRow, SignInRow

LASTS = timedelta(hours=12)  # a working day


class SignIns(Store):
    """What is done with cookies. They are looked up each time, so that signing out holds at once, everywhere."""

    __slots__ = ()

    def sign_in(self, user_name: str, password: str, address: str) -> str:
        """Let somebody in; gives the cookie.

        Args:
            address: where they are, to slow down who guesses.
        Raises:
            AccountError: name or password is wrong or the account is disabled, which is not told apart; or there
                were too many attempts.
        """
        row = self._proved(user_name, password, address)
        with self.by(row.user_name)._writing() as (db, note):
            _unchanged(db, row)
            attempts.succeeded(db, user_name, address)
            note("sign_in", None, f"account {row.id}")
            return _new_cookie(db, row.id)

    def sign_in_vouched(self, user_name: str) -> str:
        """Let in whom an identity provider vouches for, under a verified e-mail address; gives the cookie.

        Raises:
            AccountError: nobody here has it as user name, or the account is disabled.
        """
        with self._reading() as db:
            row = db.scalar(select(AccountRow).filter_by(user_name=folded(user_name), disabled=False))
        if row is None:
            raise AccountError(
                "There is no account here for the address you signed in with.",
                remedy="Ask the practice to add it as your user name.",
            )
        with self.by(row.user_name)._writing() as (db, note):
            note("sign_in", None, f"account {row.id}")
            return _new_cookie(db, row.id)

    def who(self, cookie: str | None) -> Account | None:
        """Who is signed in with a cookie; None where it does not hold (any more).

        Where they have chosen no language, theirs is the practice's.
        """
        token = unsigned(cookie) if cookie else None
        if token is None:
            return None
        holds = (SignInRow.revoked_at.is_(None), SignInRow.expires_at > datetime.now(UTC))
        with self._reading() as db:
            query = select(AccountRow).join(SignInRow, SignInRow.account_id == AccountRow.id)
            row = db.scalar(query.where(SignInRow.token_hash == hash_of(token), *holds, ~AccountRow.disabled))
            if row is None:
                return None
            account = account_from(row)
            return replace(account, language=account.language or settings_of(db).language)

    def sign_out(self, cookie: str | None, *, everywhere: bool = False) -> None:
        """End the sign-in of a cookie, or all of the same account; one that does not hold is no matter."""
        account = self.who(cookie)
        if account is None or cookie is None:
            return
        with self.by(account.user_name)._writing() as (db, note):
            if everywhere:
                revoke_all(db, account.id)
            else:
                row = db.get_one(SignInRow, hash_of(unsigned(cookie) or ""))
                row.revoked_at = datetime.now(UTC)
            note("sign_out", None, f"account {account.id}{' everywhere' * everywhere}")

    def change_password(self, user_name: str, old: str, new: str, address: str) -> str:
        """Take another password; ends where they are signed in, and gives a cookie to go on with.

        Raises:
            AccountError: the old one is wrong, the new one can't be, or there were too many attempts.
        """
        row = self._proved(user_name, old, address)
        kept_hash = passwords.hash_of(new, row.user_name)
        with self.by(row.user_name)._writing() as (db, note):
            _unchanged(db, row).password_hash = kept_hash
            attempts.succeeded(db, user_name, address)
            revoke_all(db, row.id)
            note("change", row.client_id, f"account {row.id}")
            return _new_cookie(db, row.id)

    def _proved(self, user_name: str, password: str, address: str) -> AccountRow:
        """The account whose name and password these are."""
        with self._writing() as (db, _):
            lock(db.connection(), ACCOUNTS_LOCK)
            attempts.begin(db, user_name, address)
        with self._reading() as db:
            row = db.scalar(select(AccountRow).filter_by(user_name=folded(user_name)))
        if not passwords.fits(password, row.password_hash if row else None) or row is None or row.disabled:
            raise _wrong()
        return row


def _wrong() -> AccountError:
    """The same words whatever was wrong, so that they do not tell which names there are."""
    return AccountError("User name or password is wrong.", remedy="Try again, or ask for a new password.")


def _unchanged(db: Transaction, proved: AccountRow) -> AccountRow:
    """The account as it is now, where the password that was proved is still its own.

    Raises:
        AccountError: it was disabled or given another password meanwhile.
    """
    lock(db.connection(), ACCOUNTS_LOCK)
    row = db.get(AccountRow, proved.id)
    if row is None or row.disabled or row.password_hash != proved.password_hash:
        raise _wrong()
    return row


def _new_cookie(db: Transaction, account_id: int) -> str:
    """A sign-in's cookie; those that have run out are cleared away."""
    now = datetime.now(UTC)
    db.execute(delete(SignInRow).where(SignInRow.expires_at < now))
    token = new_token()
    db.add(SignInRow(token_hash=hash_of(token), account_id=account_id, expires_at=now + LASTS))
    return signed(token)
