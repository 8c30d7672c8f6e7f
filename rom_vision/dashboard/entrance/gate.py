"""Before everything that the server answers, Streamlit's websocket too: who asks, and from whose page.

A sign-in is looked up at each request and at each message of a websocket: one that was ended opens nothing.
"""

from contextlib import suppress
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

from rom_vision.dashboard.entrance import provider
from rom_vision.dashboard.entrance.door import from_own_page, language_of, the_accounts, who
from rom_vision.dashboard.entrance.plain_page import page, said
from rom_vision.dashboard.entrance.words import words
from rom_vision.errors import RomVisionError
from rom_vision.language import speaking

PUBLIC = {
    "/signin",
    "/signin/provider",
    "/signin/vouched",
    "/signout",
    "/signout/everywhere",
    "/first",
    "/favicon.png",
    "/_stcore/health",
}
PUBLIC_BELOW = ("/invite/", "/static/")  # Streamlit's own scripts and styles hold nothing of anybody
HARMLESS = {"GET", "HEAD", "OPTIONS"}
ENDED = 1008  # of a websocket: against the rules


class Gate:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or turn away."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        with speaking(language_of(HTTPConnection(scope))):
            try:
                await self._judge(scope, receive, send)
            except RomVisionError as problem:  # such as a record that can't be opened
                await _turn_away(page(words.TROUBLE, said(str(problem), "bad"), status=503), scope, receive, send)

    async def _judge(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = HTTPConnection(scope)
        changes = scope["type"] == "websocket" or scope["method"] not in HARMLESS
        if changes and not from_own_page(asked):
            await _turn_away(PlainTextResponse("Asked from another site.", 403), scope, receive, send)
        elif _public(scope):
            await self.app(scope, receive, send)
        elif (account := await run_in_threadpool(who, asked)) is None:
            await _turn_away(await _to_sign_in(asked), scope, receive, send)
        elif scope["type"] == "http":
            scope.setdefault("state", {})["account"] = account
            with speaking(language_of(asked, account)):
                await self.app(scope, receive, send)
        else:
            watched = _Watched(asked, receive, send)
            # Streamlit 1.67 takes a browser that left while something was sent to it for one that sent nonsense
            with suppress(WebSocketDisconnected):
                await self.app(scope, watched.receive, watched.send)


class _Watched:
    """A websocket that is closed with the first message after its sign-in has ended."""

    def __init__(self, asked: HTTPConnection, receive: Receive, send: Send) -> None:
        self._asked, self._receive, self._send = asked, receive, send
        self._closed = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive" and await run_in_threadpool(who, self._asked) is None:
            await self._send({"type": "websocket.close", "code": ENDED})
            self._closed = True
            return {"type": "websocket.disconnect", "code": ENDED}
        return message

    async def send(self, message: Message) -> None:
        if not self._closed:
            await self._send(message)


def _public(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["type"] == "http" and (
        path in PUBLIC | provider.ROUTES_OF_STREAMLIT or path.startswith(PUBLIC_BELOW)
    )


async def _to_sign_in(asked: HTTPConnection) -> Response:
    """The page to sign in on, for who opens a page; for all else a word."""
    opens_page = asked.scope.get("method") == "GET" and "text/html" in asked.headers.get("accept", "")
    if not opens_page:
        return PlainTextResponse("Sign in first.", 403)
    if provider.has_vouched(asked):
        return RedirectResponse("/signin/vouched", 303)
    if await run_in_threadpool(the_accounts().is_empty):
        return RedirectResponse("/first", 303)
    wanted = asked.url.path + (f"?{asked.url.query}" if asked.url.query else "")
    return RedirectResponse("/signin" + (f"?to={quote(wanted, safe='')}" if wanted != "/" else ""), 303)


async def _turn_away(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await answer(scope, receive, send)
    else:
        await receive()
        await send({"type": "websocket.close", "code": ENDED})  # before it was accepted: the server answers 403
