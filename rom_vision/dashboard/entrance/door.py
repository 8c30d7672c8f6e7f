"""This server's accounts, and what a request says about who makes it."""

import functools

from starlette.requests import HTTPConnection

from rom_vision.accounts import Account, Accounts
from rom_vision.language import LANGUAGES, Language, first_spoken

COOKIE = "rom_vision"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@functools.cache
def the_accounts() -> Accounts:
    """Open as long as the server runs; whoever acts is named at each act (`by`)."""
    return Accounts.open(who="dashboard")


def cookie_of(connection: HTTPConnection) -> str | None:
    """What the browser says it was given."""
    return connection.cookies.get(COOKIE)


def who(connection: HTTPConnection) -> Account | None:
    """Who is signed in, looked up now."""
    return the_accounts().who(cookie_of(connection))


def address_of(connection: HTTPConnection) -> str:
    """Where somebody is; behind a proxy on this computer what the proxy says."""
    return connection.client.host if connection.client else ""


def at_this_computer(connection: HTTPConnection) -> bool:
    """Whether somebody sits at the computer that runs this, with nothing in between."""
    forwarded = any(name in connection.headers for name in FORWARDED)
    return not forwarded and connection.url.hostname in LOOPBACK and address_of(connection) in LOOPBACK


def language_of(connection: HTTPConnection, account: Account | None = None) -> Language:
    """What to speak: what was chosen on this page or with the account, else what the browser asks for."""
    chosen = chosen_language(connection) or (account and account.language)
    return chosen or first_spoken(connection.headers.get("accept-language", ""))


def chosen_language(connection: HTTPConnection) -> Language | None:
    """The language that was chosen at the foot of a page, if one was."""
    named = connection.query_params.get("language")
    return next((language for language in LANGUAGES if language == named), None)


def from_own_page(connection: HTTPConnection) -> bool:
    """Whether a page of this server asks. Browsers tell from which page a form was sent or a socket opened."""
    origin = connection.headers.get("origin", "")
    return origin.partition("://")[2] == connection.headers.get("host")
