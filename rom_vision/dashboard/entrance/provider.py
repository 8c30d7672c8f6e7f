"""Signing in through an OpenID Connect provider, where Streamlit's secrets name one under [auth].

Streamlit talks to the provider, and leaves a signed cookie of what it vouches for. That cookie is taken here, once
for a sign-in of our own: what a role may do, and signing out everywhere, hold for it too.
"""

import json
import time
from collections.abc import Mapping

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from streamlit.auth_util import get_cookie_with_chunks, get_secrets_auth_section
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from rom_vision.errors import AccountError

ROUTES_OF_STREAMLIT = {"/auth/login", "/oauth2callback"}
DEFAULT = "default"  # so Streamlit calls a provider that is not named


def configured() -> bool:
    """Whether there is a provider."""
    return bool(get_secrets_auth_section())


def has_vouched(asked: HTTPConnection) -> bool:
    """Whether somebody comes back from the provider."""
    return USER_COOKIE_NAME in asked.cookies and configured()


async def begin(_: Request) -> Response:
    """To the provider."""
    return RedirectResponse(generate_login_redirect_url(DEFAULT) if configured() else "/signin", 303)


def vouched_for(cookies: Mapping[str, str]) -> str:
    """The e-mail address that a provider vouches for.

    Raises:
        AccountError: it vouches for none, or did so some time ago.
    """

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value) if value else None

    told = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
    if told.get("email_verified") is not True or not told.get("email") or told.get("exp", 0) < time.time():
        raise AccountError(
            "The provider does not vouch for an e-mail address of yours.",
            remedy="Confirm your address there and try again, or sign in with a password.",
        )
    return str(told["email"])


def forget(response: Response, cookies: Mapping[str, str]) -> None:
    """Take Streamlit's cookies away: ours holds from now on, or none."""
    for name in cookies:
        if name.startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME)):
            response.delete_cookie(name)
