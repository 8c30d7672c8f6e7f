"""Passwords: which can be, and their Argon2id hashes."""

import functools
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

from rom_vision.errors import AccountError

SHORTEST, LONGEST = 10, 200  # letters; hashing a longer one takes no longer than reading it
# 64 MiB, 3 passes, 4 lanes: the second recommended choice of RFC 9106, section 4
HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hash_of(password: str, user_name: str) -> str:
    """The hash of a new password, with its salt and what it was made with.

    Raises:
        AccountError: it is too easy to guess, or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(
            f"The password has {len(password)} letters.",
            remedy=f"Give {SHORTEST} to {LONGEST}; a few words in a row are easy to keep in mind.",
        )
    if len(_told(password).casefold().replace(user_name, "")) < SHORTEST:
        raise AccountError("The password is little more than the user name.", remedy="Take other words.")
    if len(set(password)) < SHORTEST // 2:
        raise AccountError("The password repeats a few letters.", remedy="Take a few words in a row.")
    return HASHER.hash(_told(password))


def fits(password: str, kept_hash: str | None) -> bool:
    """Whether it is the one. It takes as long where there is no hash, as of a name that nobody has.

    Raises:
        argon2.exceptions.InvalidHashError: what is kept is no hash.
    """
    nobody = _nobody()  # always, so that the first unknown name takes no longer either
    if len(password) > LONGEST:
        password = ""
    try:
        HASHER.verify(kept_hash or nobody, _told(password))
    except VerifyMismatchError:
        return False
    return kept_hash is not None


@functools.cache
def _nobody() -> str:
    return HASHER.hash(secrets.token_urlsafe())


def _told(password: str) -> str:
    """The same however a keyboard writes its letters."""
    return unicodedata.normalize("NFKC", password)
