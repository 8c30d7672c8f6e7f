"""Signing in through an OpenID Connect provider: a small real one, which the running server talks to."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import people
import pytest
import requests
import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from served import free_port, serve
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from rom_vision.accounts import Accounts
from rom_vision.dashboard.entrance.door import COOKIE
from rom_vision.dashboard.entrance.words import words

VERIFIED = {"email": "thea@example.org", "email_verified": True}


@dataclass
class Provider:
    """Lets everybody in, and says of them what `claims` says."""

    claims: dict[str, object]
    lasts_s: float = 600
    port: int = field(default_factory=free_port)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"}))
    nonces: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self._configuration),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", lambda request: JSONResponse({"keys": [self.key.as_dict(private=False)]})),
        ]

    def _configuration(self, request: Request) -> Response:
        return JSONResponse({
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        })  # fmt: skip

    def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        self.nonces["code"] = asked.get("nonce", "")
        sent = urlencode({"code": "code", "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{sent}", 302)

    async def _token(self, request: Request) -> Response:
        code = parse_qs((await request.body()).decode())["code"][0]
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": "rom", "sub": "1", "iat": now, "exp": int(now + self.lasts_s),
            "nonce": self.nonces[code], **self.claims,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token})


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider(dict(VERIFIED))
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=made.routes()), port=made.port, log_level="error"))
    running = threading.Thread(target=server.run)
    running.start()
    yield made
    server.should_exit = True
    running.join()


@pytest.fixture
def address(home: Path, provider: Provider, tmp_path: Path) -> Iterator[str]:
    """Of a dashboard with that provider and Thea's account."""
    with Accounts.open(who="shell") as accounts:
        people.add(accounts, "thea@example.org", "Thea Therapist", "therapist")
    port = free_port()
    secrets = tmp_path / "secrets.toml"
    settings = {
        "redirect_uri": f"http://localhost:{port}/oauth2callback", "cookie_secret": "x" * 40, "client_id": "rom",
        "client_secret": "y" * 40, "server_metadata_url": f"{provider.address}/.well-known/openid-configuration",
    }  # fmt: skip
    secrets.write_text("[auth]\n" + "\n".join(f"{name} = {json.dumps(value)}" for name, value in settings.items()))
    with serve(tmp_path / "server.log", "--secrets.files", str(secrets), port=port) as running:
        yield running.address


def test_who_has_an_account_of_the_verified_address_is_let_in_and_nobody_else(address, provider):
    with requests.Session() as browser:
        assert escape(words.WITH_PROVIDER) in browser.get(f"{address}/signin").text
        browser.headers["accept"] = "text/html"
        arrived = browser.get(f"{address}/signin/provider")
        assert (arrived.status_code, arrived.url) == (200, f"{address}/")
        assert browser.get(f"{address}/me").json() == {"user_name": "thea@example.org"}
        assert not [cookie.name for cookie in browser.cookies if cookie.name.startswith(USER_COOKIE_NAME)]
        browser.post(f"{address}/signout", headers={"origin": address})
        assert browser.get(address).url == f"{address}/signin", "the provider's word is not taken a second time"

    for claims, told in (
        ({"email": "eve@example.org", "email_verified": True}, "There is no account here"),
        ({"email": "thea@example.org", "email_verified": False}, "does not vouch"),
        ({"email": "thea@example.org"}, "does not vouch"),
        ({}, "does not vouch"),
    ):
        provider.claims = claims
        with requests.Session() as browser:
            browser.headers["accept"] = "text/html"
            answer = browser.get(f"{address}/signin/provider")
            assert answer.status_code == 401, claims
            assert told in answer.text
            assert COOKIE not in browser.cookies


def test_a_providers_word_that_was_made_up_or_is_old_opens_nothing(address, provider):
    assert requests.get(f"{address}/signin/vouched", cookies={USER_COOKIE_NAME: "made.up"}).status_code == 401
    provider.lasts_s = 2
    with requests.Session() as browser:
        answer = browser.get(f"{address}/signin/provider", allow_redirects=False)
        while urlsplit(answer.url).path != "/oauth2callback":
            answer = browser.get(urljoin(answer.url, answer.headers["location"]), allow_redirects=False)
        assert USER_COOKIE_NAME in browser.cookies
        time.sleep(2.1)
        assert browser.get(f"{address}/signin/vouched").status_code == 401


def test_without_a_provider_there_is_no_such_way(home, tmp_path):
    with Accounts.open(who="shell") as accounts:
        people.add(accounts, "thea@example.org", "Thea Therapist", "therapist")
    with serve(tmp_path / "server.log") as running:
        assert escape(words.WITH_PROVIDER) not in requests.get(f"{running.address}/signin").text
        assert requests.get(f"{running.address}/signin/provider").url == f"{running.address}/signin"
        assert requests.get(f"{running.address}/signin/vouched").status_code == 401
