"""An account: who somebody is, and what that lets them do."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from rom_vision.accounts.rights import OF_ALL_CLIENTS, RIGHTS, Right
from rom_vision.errors import AccountError, NotAllowedError
from rom_vision.language import Language
from rom_vision.records.tables_accounts import AccountRow, Role

USER_NAME = re.compile(r"\w[\w.+@-]{0,62}\w")
LONGEST_DISPLAY_NAME = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """Somebody who may sign in.

    Attributes:
        user_name: what they type, and what the audit tells; it may be an e-mail address.
        client_ids: the client that they are, or the clients that they review; empty for who works in the practice.
        disabled: they may not sign in for now.
        added_at: UTC.
        language: that they have chosen; None where they have not.
    """

    id: int
    user_name: str
    display_name: str
    role: Role
    client_ids: frozenset[str]
    disabled: bool
    added_at: datetime
    language: Language | None = None

    def may(self, right: Right) -> bool:
        """Whether the role has a right; of which clients is another question (`sees`)."""
        return right in RIGHTS[self.role]

    def sees(self, client_id: str) -> bool:
        """Whether a client, there or not, is one of theirs."""
        return self.role in OF_ALL_CLIENTS or client_id.strip().upper() in self.client_ids

    def demand(self, right: Right, client_id: str | None = None) -> None:
        """Stop whoever may not.

        Args:
            client_id: whom it concerns; None where it concerns no single client.
        Raises:
            NotAllowedError: the role has not that right, or the client is not theirs. It does not tell whether
                there is such a client.
        """
        if client_id is not None and not self.sees(client_id):
            raise NotAllowedError("You may not see this client.", remedy="Ask the practice if you should.")
        if not self.may(right):
            raise NotAllowedError(
                f"As a {self.role} you may not do that.", remedy="Ask the owner of this practice if you should."
            )


def account_from(row: AccountRow) -> Account:
    """An account as the record hands it out."""
    return Account(
        id=row.id,
        user_name=row.user_name,
        display_name=row.display_name,
        role=row.role,
        client_ids=frozenset(row.reviews if row.client_id is None else (row.client_id,)),
        disabled=row.disabled,
        added_at=row.added_at,
        language=row.language,
    )


def folded(user_name: str) -> str:
    """A user name as it is kept: capitals and the ways to write one letter do not matter."""
    name = unicodedata.normalize("NFKC", user_name).strip().casefold()
    return name.replace("\0", "\ufffd")  # PostgreSQL can't even be asked for it


def new_user_name(text: str) -> str:
    """A user name as it is kept.

    Raises:
        AccountError: it can't be one.
    """
    name = folded(text)
    if not USER_NAME.fullmatch(name):
        raise AccountError(
            "That can't be a user name.",
            remedy="Take 2 to 64 letters, digits, and . _ - + @ between them; an e-mail address will do.",
        )
    return name


def new_display_name(text: str) -> str:
    """What others see somebody called.

    Raises:
        AccountError: it can't be.
    """
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_DISPLAY_NAME or not name.isprintable():
        raise AccountError("That can't be a name.", remedy=f"Give 1 to {LONGEST_DISPLAY_NAME} letters.")
    return name
