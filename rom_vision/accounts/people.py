"""The accounts: added, listed, disabled, given another password."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session as Transaction

from rom_vision.accounts import passwords
from rom_vision.accounts.account import Account, account_from, folded, new_display_name, new_user_name
from rom_vision.accounts.rights import OF_ALL_CLIENTS
from rom_vision.errors import AccountError
from rom_vision.language import LANGUAGES
from rom_vision.records.database import ACCOUNTS_LOCK, lock
from rom_vision.records.store import Store, client_row
from rom_vision.records.tables_accounts import AccountRow, Role, SignInRow


class People(Store):
    """What is done with accounts."""

    __slots__ = ()

    def accounts(self) -> list[Account]:
        """All of them, by user name."""
        with self._reading() as db:
            return [account_from(row) for row in db.scalars(select(AccountRow).order_by(AccountRow.user_name))]

    def is_empty(self) -> bool:
        """Whether there is no account yet."""
        with self._reading() as db:
            return db.scalar(select(AccountRow.id).limit(1)) is None

    def add(
        self, user_name: str, display_name: str, role: Role, password: str, *, client_ids: Collection[str] = ()
    ) -> Account:
        """Add an account.

        Args:
            client_ids: the one client that a client is, those that a reviewer may see, none for others.
        Raises:
            AccountError: the name is taken, or something can't be.
            RecordError: there is no such client.
        """
        name = new_user_name(user_name)
        row = new_row(name, display_name, role, passwords.hash_of(password, name))
        with self._writing() as (db, note):
            add_row(db, row, client_ids)
            note("add", row.client_id, f"account {row.id}")
            return account_from(row)

    def add_owner(self, user_name: str, display_name: str, password: str) -> Account:
        """Add the first account.

        Raises:
            AccountError: there is one already, or something can't be.
        """
        name = new_user_name(user_name)
        row = new_row(name, display_name, "owner", passwords.hash_of(password, name))
        with self._writing() as (db, note):
            lock(db.connection(), ACCOUNTS_LOCK)
            if db.scalar(select(AccountRow.id).limit(1)) is not None:
                raise AccountError(
                    "There is an owner already.", remedy="Sign in, or ask the owner for an account."
                )
            add_row(db, row, ())
            note("add", None, f"account {row.id}")
            return account_from(row)

    def disable(self, user_name: str) -> Account:
        """Let somebody in no more, until enabled; ends where they are signed in.

        Raises:
            AccountError: there is no such account, or it is the last owner's.
        """
        with self._writing() as (db, note):
            row = row_named(db, user_name)
            _check_not_last_owner(db, row)
            row.disabled = True
            revoke_all(db, row.id)
            note("change", row.client_id, f"account {row.id}")
            return account_from(row)

    def enable(self, user_name: str) -> Account:
        """Let somebody in again.

        Raises:
            AccountError: there is no such account.
        """
        with self._writing() as (db, note):
            row = row_named(db, user_name)
            row.disabled = False
            note("change", row.client_id, f"account {row.id}")
            return account_from(row)

    def change_role(self, user_name: str, role: Role) -> Account:
        """Give somebody of the practice another role there; holds from their next click.

        Raises:
            AccountError: there is no such account, it is the last owner's, or it is a client's or reviewer's, who
                are invited for that.
        """
        with self._writing() as (db, note):
            row = row_named(db, user_name)
            if not {row.role, role} <= OF_ALL_CLIENTS:
                raise AccountError(
                    "Clients and reviewers keep their role.", remedy="Invite them anew for another one."
                )
            if role != "owner":
                _check_not_last_owner(db, row)
            row.role = role
            note("change", None, f"account {row.id}")
            return account_from(row)

    def change_language(self, user_name: str, language: str) -> Account:
        """Say the pages to somebody in another language, from their next click on.

        Raises:
            AccountError: there is no such account, or no such language.
        """
        known = next((code for code in LANGUAGES if code == language), None)
        if known is None:
            raise AccountError("This language is not spoken here.", remedy="Choose one of those that are offered.")
        with self._writing() as (db, note):
            row = row_named(db, user_name)
            row.language = known
            note("change", row.client_id, f"account {row.id}")
            return account_from(row)

    def sign_out_everywhere(self, user_name: str) -> Account:
        """End wherever somebody is signed in, as when a telephone is lost.

        Raises:
            AccountError: there is no such account.
        """
        with self._writing() as (db, note):
            row = row_named(db, user_name)
            revoke_all(db, row.id)
            note("sign_out", row.client_id, f"account {row.id} everywhere")
            return account_from(row)

    def reset_password(self, user_name: str, password: str) -> Account:
        """Give somebody another password; ends where they are signed in.

        Raises:
            AccountError: there is no such account, or the password can't be.
        """
        kept_hash = passwords.hash_of(password, folded(user_name))
        with self._writing() as (db, note):
            row = row_named(db, user_name)
            row.password_hash = kept_hash
            revoke_all(db, row.id)
            note("change", row.client_id, f"account {row.id}")
            return account_from(row)


def row_named(db: Transaction, user_name: str) -> AccountRow:
    """An account's row; one at a time changes accounts.

    Raises:
        AccountError: there is none of that name.
    """
    lock(db.connection(), ACCOUNTS_LOCK)
    row = db.scalar(select(AccountRow).filter_by(user_name=folded(user_name)))
    if row is None:
        raise AccountError("There is no account of that name.", remedy="List the accounts to see their names.")
    return row


def _check_not_last_owner(db: Transaction, row: AccountRow) -> None:
    owners = select(func.count()).select_from(AccountRow).filter_by(role="owner", disabled=False)
    if row.role == "owner" and not row.disabled and db.scalar(owners) == 1:
        raise AccountError("This is the last owner.", remedy="Make another account the owner's first.")


def add_row(db: Transaction, row: AccountRow, client_ids: Collection[str]) -> None:
    """Add an account's row, with whose data it may show.

    Raises:
        AccountError: the name is taken, or the clients do not fit the role.
        RecordError: there is no such client.
    """
    lock(db.connection(), ACCOUNTS_LOCK)
    known = checked_clients(db, row.role, client_ids)
    if db.scalar(select(AccountRow.id).filter_by(user_name=row.user_name)) is not None:
        raise AccountError("This user name is taken.", remedy="Take another.")
    if row.role == "client":
        (row.client_id,) = known
    else:
        row.reviews = known
    db.add(row)
    db.flush()


def checked_clients(db: Transaction, role: Role, client_ids: Collection[str]) -> tuple[str, ...]:
    """The clients' ids as they are written.

    Raises:
        AccountError: a client is one, a reviewer is named for at least one, others for none.
        RecordError: there is no such client.
    """
    fits = {"client": len(client_ids) == 1, "reviewer": len(client_ids) > 0}.get(role, not client_ids)
    if not fits:
        raise AccountError(
            f"{len(client_ids)} clients do not fit a {role}.",
            remedy="A client is one client, a reviewer is named for one or more, others see all.",
        )
    return tuple(sorted({client_row(db, client_id).id for client_id in client_ids}))


def revoke_all(db: Transaction, account_id: int) -> None:
    """End all places where somebody is signed in."""
    still = (SignInRow.account_id == account_id, SignInRow.revoked_at.is_(None))
    db.execute(update(SignInRow).where(*still).values(revoked_at=datetime.now(UTC)))


def new_row(user_name: str, display_name: str, role: Role, password_hash: str) -> AccountRow:
    """An account's row, not added yet.

    Raises:
        AccountError: the display name can't be.
    """
    return AccountRow(
        user_name=user_name,
        display_name=new_display_name(display_name),
        role=role,
        password_hash=password_hash,
        reviews=(),
        disabled=False,
        added_at=datetime.now(UTC),
    )
