"""The tables of who may sign in. Of passwords, cookies and invitations only hashes are kept."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from rom_vision.language import Language
from rom_vision.records.tables import Base, Words

Role = Literal["owner", "therapist", "client", "reviewer"]


class AccountRow(Base):
    """An account. That of a client goes with the client; `reviews` are the clients whom a reviewer may see."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str]
    role: Mapped[Role] = mapped_column(String(16))
    password_hash: Mapped[str]
    client_id: Mapped[str | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    reviews: Mapped[tuple[str, ...]] = mapped_column(Words)
    disabled: Mapped[bool]
    language: Mapped[Language | None] = mapped_column(String(8))
    added_at: Mapped[datetime]


class SignInRow(Base):
    """A browser in which somebody is signed in; `token_hash` is of what its cookie carries."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class FailureRow(Base):
    """Attempts that failed, or are under way; `whose` is a keyed hash of an address, or of name and address."""

    __tablename__ = "sign_in_failures"

    whose: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)


class InvitationRow(Base):
    """A link with which somebody makes their own account, once."""

    __tablename__ = "invitations"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[Role] = mapped_column(String(16))
    client_ids: Mapped[tuple[str, ...]] = mapped_column(Words)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
