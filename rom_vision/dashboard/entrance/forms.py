"""The plain pages: sign in and out, the first account, an invitation, one's own account."""

import functools
import hmac
import logging
import secrets
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import parse_qsl

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from rom_vision.accounts import Account
from rom_vision.accounts.sign_ins import LASTS
from rom_vision.dashboard.entrance import provider
from rom_vision.dashboard.entrance.door import (
    COOKIE,
    address_of,
    at_this_computer,
    chosen_language,
    cookie_of,
    the_accounts,
    who,
)
from rom_vision.dashboard.entrance.plain_page import (
    Field,
    form,
    heading,
    language_form,
    languages,
    link,
    page,
    said,
)
from rom_vision.dashboard.entrance.words import words
from rom_vision.errors import RomVisionError
from rom_vision.language import LANGUAGES
from rom_vision.records.clients import ID_LETTERS

LONGEST_FORM = 8192  # bytes
CODE_LENGTH = 8
Given = ParamSpec("Given")
T = TypeVar("T")

log = logging.getLogger(__name__)


async def sign_in(request: Request) -> Response:
    """Name and password; then on to the page that was asked for."""
    if await run_in_threadpool(the_accounts().is_empty):
        return RedirectResponse("/first", 303)
    if request.method == "GET":
        if await run_in_threadpool(who, request):
            return RedirectResponse(_wanted(request), 303)
        return _sign_in_page(request)
    sent = await _sent(request)
    try:
        cookie = await _hashing(
            the_accounts().sign_in, sent.get("user_name", ""), sent.get("password", ""), address_of(request)
        )
    except RomVisionError as problem:
        return _sign_in_page(request, sent.get("user_name", ""), problem)
    await _keep_language(request, cookie)
    return _let_in(request, cookie, _wanted(request))


def _sign_in_page(request: Request, user_name: str = "", problem: RomVisionError | None = None) -> Response:
    elsewhere = [link(words.WITH_PROVIDER, "/signin/provider")] if provider.configured() else []
    fields = [
        Field(name="user_name", label=words.USER_NAME, autocomplete="username", value=user_name),
        Field(name="password", label=words.PASSWORD, autocomplete="current-password", kind="password"),
    ]
    made = form(words.SIGN_IN, fields)
    foot = languages(request.query_params)
    return page(words.SIGN_IN, *_told(problem), *elsewhere, made, foot, status=401 if problem else 200)


async def vouched(request: Request) -> Response:
    """Back from the provider: in, if there is an account of that address."""
    try:
        address = provider.vouched_for(request.cookies)
        cookie = await run_in_threadpool(the_accounts().sign_in_vouched, address)
        response = _let_in(request, cookie, "/")
    except RomVisionError as problem:
        response = _sign_in_page(request, "", problem)
    provider.forget(response, request.cookies)
    return response


async def sign_out(request: Request) -> Response:
    """Here, or everywhere."""
    everywhere = request.url.path.endswith("/everywhere")
    await run_in_threadpool(the_accounts().sign_out, cookie_of(request), everywhere=everywhere)
    response = RedirectResponse("/signin", 303)
    response.delete_cookie(COOKIE)
    return response


async def first(request: Request) -> Response:
    """The owner's account; only there while there is none."""
    if not await run_in_threadpool(the_accounts().is_empty):
        return RedirectResponse("/signin", 303)
    code = None if at_this_computer(request) else the_first_code()

    def show(sent: dict[str, str], problem: RomVisionError | None = None) -> Response:
        asked = Field(
            name="code", label=words.FIRST_CODE, autocomplete="one-time-code", help=words.FIRST_CODE_HELP
        )
        fields = ([asked] if code else []) + _new_account(sent)
        parts = (*_told(problem), said(words.FIRST_LEAD), form(words.MAKE_ACCOUNT, fields))
        foot = languages(request.query_params)
        return page(words.FIRST, *parts, foot, status=400 if problem else 200)

    if request.method == "GET":
        return show({})
    sent = await _sent(request)
    if code and not hmac.compare_digest(sent.get("code", "").strip().upper().encode(), code.encode()):
        return show(sent, RomVisionError(words.FIRST_CODE_WRONG, remedy=words.FIRST_CODE_HELP))
    return await _join(request, sent, the_accounts().add_owner, show)


@functools.cache
def the_first_code() -> str:
    """What shows that somebody can see this program's window; it stands there from the first call on."""
    code = "".join(secrets.choice(ID_LETTERS) for _ in range(CODE_LENGTH))
    log.warning(words.first_code(code))
    return code


async def invitation(request: Request) -> Response:
    """The account of whoever was sent this link."""
    token = request.path_params["token"]
    try:
        invited = await run_in_threadpool(the_accounts().invitation, token)
    except RomVisionError as problem:
        return page(words.NO_INVITATION, *_told(problem), link(words.SIGN_IN, "/signin"), status=404)

    def show(sent: dict[str, str], problem: RomVisionError | None = None) -> Response:
        parts = (*_told(problem), said(words.INVITED_AS[invited.role]))
        made = form(words.MAKE_ACCOUNT, _new_account(sent))
        foot = languages(request.query_params)
        return page(words.INVITED, *parts, made, foot, status=400 if problem else 200)

    if request.method == "GET":
        return show({})
    return await _join(request, await _sent(request), functools.partial(the_accounts().join, token), show)


def _new_account(sent: dict[str, str]) -> list[Field]:
    return [
        Field(name="name", label=words.NAME, autocomplete="name", value=sent.get("name", "")),
        Field(
            name="user_name", label=words.USER_NAME, autocomplete="username", help=words.USER_NAME_HELP,
            value=sent.get("user_name", ""),
        ),
        Field(
            name="password", label=words.PASSWORD, autocomplete="new-password", kind="password",
            help=words.PASSWORD_HELP,
        ),
    ]  # fmt: skip


async def _join(
    request: Request,
    sent: dict[str, str],
    make: Callable[[str, str, str], Account],
    show: Callable[[dict[str, str], RomVisionError], Response],
) -> Response:
    """Make a new account and let it in; `show` draws the form again where it can't be."""
    user_name, password = sent.get("user_name", ""), sent.get("password", "")
    try:
        await _hashing(make, user_name, sent.get("name", ""), password)
    except RomVisionError as problem:
        return show(sent, problem)
    cookie = await _hashing(the_accounts().sign_in, user_name, password, address_of(request))
    await _keep_language(request, cookie)
    return _let_in(request, cookie, "/")


async def _keep_language(request: Request, cookie: str) -> None:
    """One that was chosen on the way in goes with the account; what a browser asks for does not."""
    chosen = chosen_language(request)
    if chosen and (mine := await run_in_threadpool(the_accounts().who, cookie)):
        await run_in_threadpool(the_accounts().by(mine.user_name).change_language, mine.user_name, chosen)


async def account(request: Request) -> Response:
    """One's own password and language, and signing out everywhere."""
    mine: Account = request.state.account
    if request.method == "GET":
        return _account_page(mine)
    sent = await _sent(request)
    if (language := sent.get("language", "")) in LANGUAGES:
        await run_in_threadpool(the_accounts().by(mine.user_name).change_language, mine.user_name, language)
        return RedirectResponse("/account", 303)
    try:
        cookie = await _hashing(
            the_accounts().change_password,
            mine.user_name,
            sent.get("old_password", ""),
            sent.get("new_password", ""),
            address_of(request),
        )
    except RomVisionError as problem:
        return _account_page(mine, *_told(problem), status=400)
    response = _account_page(mine, said(words.CHANGED, "good"))
    _give(response, cookie, request)
    return response


def _account_page(mine: Account, *told: str, status: int = 200) -> Response:
    fields = [
        Field(name="old_password", label=words.OLD_PASSWORD, autocomplete="current-password", kind="password"),
        Field(
            name="new_password", label=words.NEW_PASSWORD, autocomplete="new-password", kind="password",
            help=words.PASSWORD_HELP,
        ),
    ]  # fmt: skip
    return page(
        words.ACCOUNT,
        *told,
        said(words.signed_in(mine.display_name, mine.user_name, mine.role)),
        link(words.BACK, "/"),
        heading(words.LANGUAGE),
        language_form(),
        heading(words.CHANGE_PASSWORD),
        form(words.CHANGE_PASSWORD, fields),
        heading(words.SIGN_OUT_EVERYWHERE),
        said(words.EVERYWHERE_LEAD),
        form(words.SIGN_OUT_EVERYWHERE, action="/signout/everywhere", main=False),
        status=status,
    )


async def me(request: Request) -> Response:
    """Asked by open pages, whether somebody is still signed in: whoever is not does not get here."""
    return JSONResponse({"user_name": request.state.account.user_name}, headers={"cache-control": "no-store"})


def _let_in(request: Request, cookie: str, to: str) -> Response:
    response = RedirectResponse(to, 303)
    _give(response, cookie, request)
    return response


def _give(response: Response, cookie: str, request: Request) -> None:
    secure = request.url.scheme == "https"
    lasts_s = int(LASTS.total_seconds())
    response.set_cookie(COOKIE, cookie, max_age=lasts_s, httponly=True, samesite="lax", secure=secure)


def _wanted(request: Request) -> str:
    """The page that was asked for before; never one elsewhere."""
    to = request.query_params.get("to", "/")
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() else "/"


async def _sent(request: Request) -> dict[str, str]:
    """What was filled in."""
    try:
        length = int(request.headers["content-length"])
    except (KeyError, ValueError):
        raise HTTPException(411) from None
    if length > LONGEST_FORM:
        raise HTTPException(413)
    return dict(parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True))


def _told(problem: RomVisionError | None) -> list[str]:
    return [said(str(problem), "bad")] if problem else []


async def _hashing(work: Callable[Given, T], *given: Given.args, **named: Given.kwargs) -> T:
    """Outside the loop, and two at a time: each takes a core and 64 MiB."""
    return await anyio.to_thread.run_sync(functools.partial(work, *given, **named), limiter=_two_at_once())


@functools.cache
def _two_at_once() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(2)


ROUTES = [
    Route("/signin", sign_in, methods=["GET", "POST"]),
    Route("/signin/provider", provider.begin),
    Route("/signin/vouched", vouched),
    Route("/signout", sign_out, methods=["POST"]),
    Route("/signout/everywhere", sign_out, methods=["POST"]),
    Route("/first", first, methods=["GET", "POST"]),
    Route("/invite/{token}", invitation, methods=["GET", "POST"]),
    Route("/account", account, methods=["GET", "POST"]),
    Route("/me", me),
]
