"""Films for the pages' players: each has an address of its own that tells nothing, and is sent to who may see it.

A page offers a film, and puts the address that it gets into the player; at every request the account is asked
again. The addresses are good as long as the server runs.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from rom_vision.accounts import Account, Right
from rom_vision.errors import NotAllowedError

PATH = "/player/"
KINDS = {".mp4": "video/mp4", ".mov": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm"}
_KEY = secrets.token_bytes(32)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A film that a page has shown.

    Attributes:
        client_id: of whom it is; who may not do `right` with them does not get it.
    """

    path: Path
    client_id: str
    right: Right


_OFFERED: dict[str, Offered] = {}


def address(path: Path | None, client_id: str, right: Right = "see") -> str | None:
    """Where the browser finds a film; the same as long as the server runs. None where there is no such file."""
    if path is None or not path.exists():
        return None
    name = hmac.new(_KEY, f"{path}\n{client_id}\n{right}".encode(), hashlib.sha256).hexdigest()[:40]
    _OFFERED[name] = Offered(path=path, client_id=client_id, right=right)
    return PATH + name


def film(request: Request) -> Response:
    """The file, or the part of it that is asked for; one that is not there and one of others are told alike."""
    offered = _OFFERED.get(request.path_params["name"])
    if offered is None or not _may_see(request.state.account, offered) or not offered.path.exists():
        return PlainTextResponse("There is no such film.", 404)
    return FileResponse(
        offered.path,
        media_type=KINDS.get(offered.path.suffix.lower(), "application/octet-stream"),
        headers={"cache-control": "private, no-store"},
    )


def _may_see(account: Account, offered: Offered) -> bool:
    try:
        account.demand(offered.right, offered.client_id)
    except NotAllowedError:
        return False
    return True


ROUTES = [Route(PATH + "{name}", film)]
