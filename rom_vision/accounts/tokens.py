"""Random words that let somebody in: only their hashes are kept, and a cookie's is signed.

The key lies outside the database: who can write into the database alone can't make a cookie that holds.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from rom_vision.errors import AccountError
from rom_vision.home import data_folder

BYTES = 32


def new_token() -> str:
    """A word that nobody can guess."""
    return secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """What is kept of it: it is random, so that a plain hash can't be undone."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed(token: str) -> str:
    """The token as a cookie carries it."""
    return f"{token}.{keyed_hash('cookie', token)}"


def unsigned(cookie: str) -> str | None:
    """The token in a cookie; None where this installation did not sign it."""
    token, _, signature = cookie.partition(".")
    return token if hmac.compare_digest(signature.encode(), keyed_hash("cookie", token).encode()) else None


def keyed_hash(purpose: str, text: str) -> str:
    """A hash that without this installation's key can neither be made nor guessed at."""
    return hmac.new(_key(), f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    path = data_folder() / "key"
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        _make(path)
        key = path.read_bytes()
    if len(key) != BYTES:
        raise AccountError(f"{path} is damaged.", remedy="Delete it; everybody has to sign in again.")
    return key


def _make(path: Path) -> None:
    """Whole or not at all, also where two processes start at once."""
    draft = path.with_name(f"key-{secrets.token_hex(8)}")
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_bytes(secrets.token_bytes(BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process's
    finally:
        draft.unlink()
