"""Raw requests to the running server: each role, and nobody, against each route."""

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import people
import pytest
from people import PASSWORD, Practice
from served import Server, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from rom_vision.accounts import Accounts
from rom_vision.dashboard.entrance.door import COOKIE
from rom_vision.dashboard.entrance.forms import LONGEST_FORM
from rom_vision.dashboard.entrance.words import words
from rom_vision.records import Record

ROLES = ["owner", "therapist", "client", "reviewer"]
SIGN_IN_FIRST = "Sign in first."
PAGE = {"accept": "text/html"}
# method and path -> what somebody who is signed in gets, and what nobody gets
ROUTES = {
    ("GET", "/"): (200, 303),
    ("GET", "/progress"): (200, 303),
    ("GET", "/progress?client=C-NOBODY"): (200, 303),
    ("GET", "/anything/else"): (200, 303),
    ("GET", "/account"): (200, 303),
    ("GET", "/me"): (200, 303),
    ("POST", "/account"): (400, 403),
    ("GET", "/_stcore/host-config"): (200, 303),
    ("GET", "/_stcore/metrics"): (200, 303),
    ("POST", "/recordings"): (400, 403),
    ("POST", "/recordings/0123456789/chunk?offset=0"): (404, 403),
    ("POST", "/recordings/0123456789/finish?size=0"): (404, 403),
    ("POST", "/recordings/0123456789/abandon"): (404, 403),
    ("GET", "/recorder/old/recorder_session.js"): (404, 303),
    ("GET", "/media/0123456789.mp4"): (404, 303),
    ("GET", "/player/0123456789"): (404, 303),
    ("PUT", "/_stcore/upload_file/session/file"): (403, 403),  # Streamlit wants its own token besides
    ("DELETE", "/_stcore/upload_file/session/file"): (403, 403),
    ("POST", "/_stcore/agent/interact"): (403, 403),  # switched off
    ("GET", "/_stcore/health"): (200, 200),
    ("GET", "/signin"): (303, 200),
    ("GET", "/first"): (303, 303),
    ("GET", "/invite/made-up"): (404, 404),
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    status: int
    to: str
    cookie: str
    text: str
    headers: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Site:
    """The running server, and a client of HTTP that follows nothing and keeps nothing."""

    server: Server

    def ask(
        self, method: str, path: str, cookie: str = "", sent: dict[str, str] | None = None, **headers: str
    ) -> Answer:
        host = urlsplit(self.server.address).netloc
        all_headers = {
            "Origin": self.server.address,
            **PAGE,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        all_headers |= {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        all_headers |= {"Content-Type": "application/x-www-form-urlencoded"} if sent is not None else {}
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request(method, path, urlencode(sent or {}), {k: v for k, v in all_headers.items() if v})
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        given = {name.lower(): value for name, value in response.getheaders()}
        connection.close()
        found = re.match(rf"{COOKIE}=([^;]*)", given.get("set-cookie", ""))
        return Answer(response.status, given.get("location", ""), found[1] if found else "", text, given)

    def socket(self, cookie: str, origin: str | None = None) -> ClientConnection:
        headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        address = self.server.address.replace("http", "ws") + "/_stcore/stream"
        return connect(
            address, origin=origin or self.server.address, additional_headers=headers, subprotocols=["streamlit"]
        )


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    """One home for the whole file: the server takes seconds to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROM_VISION_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("ROM_VISION_DATABASE_URL", raising=False)
        with Accounts.open(who="shell") as opened:
            yield opened


@pytest.fixture(scope="module")
def practice(accounts: Accounts) -> Practice:
    with Record.open(who="shell") as record:
        return people.practice(accounts, record.add_client("Anna Example"))


@pytest.fixture(scope="module")
def site(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("log") / "server.log") as running:
        yield Site(running)


@pytest.fixture
def cookies(accounts: Accounts, practice: Practice) -> dict[str, str]:
    return {role: accounts.sign_in_vouched(getattr(practice, role).user_name) for role in ROLES}


@pytest.fixture
def home(accounts: Accounts) -> None:
    """Instead of a home for each test."""


def form(user_name: str, password: str = PASSWORD) -> dict[str, str]:
    return {"user_name": user_name, "password": password}


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_each_role_and_nobody_at_each_route(site, cookies, route):
    somebody, nobody = ROUTES[route]
    for role in ROLES:
        answer = site.ask(*route, cookies[role])
        assert (answer.status, answer.text == SIGN_IN_FIRST) == (somebody, False), role
    for cookie in ("", "made.up", cookies["owner"][:-1], "x" * 5000):
        answer = site.ask(*route, cookie)
        assert (answer.status, answer.text == SIGN_IN_FIRST) == (nobody, nobody == 403), cookie


def test_whoever_opens_a_page_is_led_to_the_sign_in_and_back(site):
    led = site.ask("GET", "/progress?client=C-ABCDEF&side=left")
    assert led.to == "/signin?to=%2Fprogress%3Fclient%3DC-ABCDEF%26side%3Dleft"
    assert site.ask("POST", led.to, sent=form("thea")).to == "/progress?client=C-ABCDEF&side=left"
    assert site.ask("GET", "/").to == "/signin"


def test_before_the_sign_in_the_browsers_language_is_spoken_and_another_can_be_chosen(site, accounts):
    asked = site.ask("GET", "/signin?to=%2Fprogress", accept_language="de-CH,de;q=0.9,en;q=0.8").text
    assert '<html lang="de">' in asked
    assert "Benutzername" in asked
    assert 'href="?to=%2Fprogress&amp;language=en"' in asked
    chosen = site.ask("POST", "/signin?language=de", sent=form("thea"), accept_language="en")
    assert accounts.who(chosen.cookie).language == "de"
    assert "Ihr Konto" in site.ask("GET", "/account", chosen.cookie, accept_language="en").text
    site.ask("POST", "/account", chosen.cookie, sent={"language": "en"})
    assert accounts.who(chosen.cookie).language == "en"
    assert '<html lang="en">' in site.ask("GET", "/signin", accept_language="xx, *;q=0.1").text


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", ""])
def test_nobody_is_led_to_another_site(site, elsewhere):
    assert site.ask("POST", "/signin?" + urlencode({"to": elsewhere}), sent=form("thea")).to == "/"


def test_what_is_no_page_gets_a_word_instead(site):
    answer = site.ask("GET", "/me", accept="application/json")
    assert (answer.status, answer.text) == (403, SIGN_IN_FIRST)


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(site):
    given = site.ask("POST", "/signin", sent=form("thea")).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(given.split("; "))
    assert "Secure" not in given, "plain HTTP"
    behind_proxy = site.ask("POST", "/signin", sent=form("thea"), x_forwarded_proto="https")
    assert "Secure" in behind_proxy.headers["set-cookie"]


def test_wrong_names_and_passwords_are_told_alike(site):
    answers = [
        site.ask("POST", "/signin", sent=form(name, "wrong password"), x_forwarded_for="192.0.2.1")
        for name in ("thea", "nobody")
    ]
    assert {answer.status for answer in answers} == {401}
    assert answers[0].text.replace("thea", "nobody") == answers[1].text
    assert "User name or password is wrong" in answers[0].text
    assert not answers[0].cookie


def test_who_guesses_waits_and_who_is_elsewhere_does_not(site):
    for _ in range(5):
        site.ask("POST", "/signin", sent=form("rita", "wrong password"), x_forwarded_for="192.0.2.2")
    answer = site.ask("POST", "/signin", sent=form("rita"), x_forwarded_for="192.0.2.2")
    assert (answer.status, answer.cookie) == (401, "")
    assert "There were too many attempts. Wait 1 minute, then try again." in answer.text
    assert site.ask("POST", "/signin", sent=form("rita"), x_forwarded_for="192.0.2.3").status == 303


@pytest.mark.parametrize("path", ["/signin", "/signout", "/signout/everywhere", "/account", "/first", "/invite/x"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://localhost:1"])
def test_nothing_is_done_for_another_site(site, cookies, path, origin):
    answer = site.ask("POST", path, cookies["therapist"], form("thea"), Origin=origin)
    assert (answer.status, answer.text) == (403, "Asked from another site.")
    assert site.ask("GET", "/me", cookies["therapist"]).status == 200


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_the_websocket(site, cookies, role):
    with site.socket(cookies[role]) as socket:
        assert socket.subprotocol == "streamlit"


@pytest.mark.parametrize("cookie", ["", "made.up"])
def test_nobody_opens_the_websocket(site, cookie):
    with pytest.raises(InvalidStatus) as told, site.socket(cookie):
        pass
    assert told.value.response.status_code == 403


def test_another_sites_page_opens_no_websocket(site, cookies):
    with pytest.raises(InvalidStatus) as told, site.socket(cookies["owner"], "http://evil.example"):
        pass
    assert told.value.response.status_code == 403


def ended_with(socket: ClientConnection) -> int | None:
    """The code with which the server closes a websocket, within some seconds."""
    try:
        while True:
            socket.recv(timeout=10)
    except ConnectionClosed as closed:
        return closed.rcvd and closed.rcvd.code


@pytest.mark.parametrize("how", ["signed out", "signed out everywhere", "disabled", "another password"])
def test_a_sign_in_that_has_ended_opens_nothing_and_shuts_what_is_open(site, accounts, cookies, how):
    cookie, elsewhere = cookies["therapist"], accounts.sign_in_vouched("thea")
    with site.socket(elsewhere if how != "signed out" else cookie) as socket:
        if how.startswith("signed out"):
            assert (
                site.ask("POST", how.replace("signed out", "/signout").replace(" ", "/"), cookie).to == "/signin"
            )
        elif how == "disabled":
            accounts.disable("thea")
            accounts.enable("thea")
        else:
            accounts.reset_password("thea", PASSWORD)
        socket.send(b"")
        assert ended_with(socket) == 1008
    assert site.ask("GET", "/me", cookie).status == 303
    assert site.ask("GET", "/me", elsewhere).status == (200 if how == "signed out" else 303)
    assert site.ask("GET", "/me", cookies["owner"]).status == 200, "somebody else's goes on"


def test_ones_own_password_is_changed(site, accounts, practice):
    added = people.add(accounts, "tom", "Tom", "therapist")
    cookie = accounts.sign_in_vouched(added.user_name)
    wrong = site.ask("POST", "/account", cookie, {"old_password": "wrong one", "new_password": "nine red foxes"})
    assert (wrong.status, wrong.cookie) == (400, "")
    assert "User name or password is wrong" in wrong.text
    right = site.ask("POST", "/account", cookie, {"old_password": PASSWORD, "new_password": "nine red foxes"})
    assert right.status == 200
    assert words.CHANGED in right.text
    assert site.ask("GET", "/me", cookie).status == 303
    assert site.ask("GET", "/me", right.cookie).status == 200


def test_an_invited_client_makes_an_account_and_is_let_in(site, accounts, practice):
    (client,) = practice.client.client_ids
    path = f"/invite/{accounts.invite(practice.therapist, 'client', [client])}"
    assert words.INVITED_AS["client"] in site.ask("GET", path).text
    bad = site.ask("POST", path, sent={"name": '"><b>Nobody', **form("thea")})
    assert bad.status == 400
    assert "This user name is taken" in bad.text
    assert "&quot;&gt;&lt;b&gt;Nobody" in bad.text
    assert "<b>Nobody" not in bad.text
    joined = site.ask("POST", path, sent={"name": "Anna", **form("anna2")})
    assert (joined.status, joined.to) == (303, "/")
    assert '"anna2"' in site.ask("GET", "/me", joined.cookie).text
    assert site.ask("GET", path).status == 404
    assert site.ask("POST", path, sent={"name": "Eve", **form("eve")}).status == 404


def test_a_form_of_nonsense_is_refused_in_words(site):
    assert site.ask("POST", "/signin", sent={"password": "x" * LONGEST_FORM}).status == 413
    assert site.ask("POST", "/signin", sent={}).status == 401
    assert (
        site.ask("POST", "/signin", sent={"user_name": "\0\ud800".encode("utf-8", "surrogatepass")}).status == 401
    )
    assert site.ask("POST", "/signin", sent=form("<script>alert(1)</script>", "")).text.count("<script") == 0


@pytest.mark.parametrize("path", ["/", "/signin", "/me", "/static/", "/_stcore/health", "/account"])
def test_every_answer_has_the_headers_that_keep_others_out(site, cookies, path):
    for cookie in ("", cookies["owner"]):
        headers = site.ask("GET", path, cookie).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["form-action"] == "'self'"
        assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
        assert "'unsafe-inline'" not in policy["script-src"]
        assert "'unsafe-eval'" not in policy["script-src"]
        assert headers["permissions-policy"].startswith("camera=(self), microphone=()")
        assert headers["x-content-type-options"] == "nosniff"


def test_the_log_holds_no_password_no_cookie_and_no_trouble(site, cookies):
    log = site.server.log.read_text()
    assert "Traceback" not in log
    assert not any(secret in log for secret in (PASSWORD, *cookies.values()))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any account."""
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path))
    return tmp_path


def test_the_first_account_needs_a_code_from_elsewhere(empty, tmp_path):
    with serve(tmp_path / "server.log") as running:
        site = Site(running)
        assert site.ask("GET", "/").to == "/first"
        assert site.ask("GET", "/signin").to == "/first"
        assert words.FIRST_CODE_HELP not in site.ask("GET", "/first").text, "at this computer"
        for elsewhere in (
            {"x_forwarded_for": "192.0.2.1"},
            {"Host": "rom.example", "Origin": "http://rom.example"},
        ):
            assert words.FIRST_CODE_HELP in site.ask("GET", "/first", **elsewhere).text
            for code in ({}, {"code": ""}, {"code": "ABCDEFGH"}):
                made = site.ask("POST", "/first", sent={"name": "Eve", **form("eve"), **code}, **elsewhere)
                assert (made.status, made.cookie) == (400, "")
                assert words.FIRST_CODE_WRONG in made.text
        (code,) = set(re.findall(r"making the owner's: (\w{8})$", running.log.read_text(), re.MULTILINE))
        sent = {"name": "Olga", **form("olga"), "code": f" {code.lower()} "}
        made = site.ask("POST", "/first", sent=sent, x_forwarded_for="192.0.2.1")
        assert (made.status, made.to) == (303, "/")
        assert site.ask("GET", "/me", made.cookie).status == 200
        assert site.ask("POST", "/first", sent=sent, x_forwarded_for="192.0.2.1").to == "/signin"
        with Accounts.open(who="shell") as accounts:
            assert [account.role for account in accounts.accounts()] == ["owner"]


def test_a_record_that_cannot_be_opened_is_told_with_a_remedy(empty, tmp_path):
    (empty / "data").mkdir()
    (empty / "data" / "record.sqlite3").write_bytes(b"not a record" * 100)
    with serve(tmp_path / "server.log") as running:
        for path in ("/", "/signin", "/me"):
            answer = Site(running).ask("GET", path, "some.cookie")
            assert answer.status == 503
            assert "The file is not a record." in answer.text
        with pytest.raises(InvalidStatus), Site(running).socket("some.cookie"):
            pass
        assert "Traceback" not in running.log.read_text()
