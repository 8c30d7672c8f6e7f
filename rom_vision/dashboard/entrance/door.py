"""This server's accounts, and what a request says about who makes it."""

import functools

from starlette.requests import HTTPConnection

from rom_vision.accounts import Account, Accounts

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


def from_own_page(connection: HTTPConnection) -> bool:
    """Whether a page of this server asks. Browsers tell from which page a form was sent or a socket opened."""
    origin = connection.headers.get("origin", "")
    return origin.partition("://")[2] == connection.headers.get("host")
