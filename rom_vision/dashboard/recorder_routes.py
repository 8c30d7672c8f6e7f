"""The routes that a recorder asks: it sends its film part by part, and fetches its own scripts and the pose model.

Whoever asks is signed in, and asks from a page of this server, since the gate lets nobody else through. Whether
the recording, the client and the exercise are theirs is looked up here each time; what the browser says is a hint.
"""

import functools
import hashlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from rom_vision.accounts import open_record
from rom_vision.capture import live_pose
from rom_vision.dashboard.recordings import Recording, Said, Subject, the_recordings
from rom_vision.dashboard.visitor import COMPONENTS
from rom_vision.errors import ModelError, NotAllowedError, RomVisionError, VideoError

SCRIPTS = frozenset(path.name for path in COMPONENTS.glob("recorder*.js"))
LARGEST_PART = 16 * 1024 * 1024  # bytes; a browser hands out a film every one to three seconds
LONGEST_JSON = 4096
STATUS: dict[Said, int] = {
    "added": 200, "duplicate": 200, "overlap": 200, "gap": 409, "differs": 409, "finished": 409, "too_large": 413,
}  # fmt: skip
FOREVER = "private, max-age=31536000, immutable"  # the address carries the version
KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}

Answering = Callable[[Request, Recording], Awaitable[Response]]


async def begin(request: Request) -> Response:
    """A film begins: its id, to send the parts under."""
    body = await _body(request, LONGEST_JSON)

    def begun() -> str:
        with open_record(request.state.account) as record:
            return the_recordings().begin(record, Subject.told(json.loads(body)))

    try:
        return JSONResponse({"recording": await run_in_threadpool(begun)}, 201)
    except ValueError:
        return _told("no_json", 400)
    except NotAllowedError as problem:
        return _told("not_allowed", 403, words=str(problem))
    except RomVisionError as problem:
        return _told("refused", 422, words=str(problem))


def _own(answer: Answering) -> Callable[[Request], Awaitable[Response]]:
    """The route of one recording: whose it is not, hears that there is none."""

    @functools.wraps(answer)
    async def answered(request: Request) -> Response:
        find = the_recordings().get
        recording = await run_in_threadpool(find, request.state.account, request.path_params["recording"])
        return _told("none", 404) if recording is None else await answer(request, recording)

    return answered


@_own
async def chunk(request: Request, recording: Recording) -> Response:
    """A part of the film, at its place (`offset`, bytes)."""
    offset = request.query_params.get("offset", "")
    if not offset.isascii() or not offset.isdigit() or len(offset) > 12:
        return _told("no_offset", 400)
    part = await _body(request, LARGEST_PART)
    said, have = await run_in_threadpool(the_recordings().append, recording, int(offset), part)
    return _told(said, STATUS[said], have=have)


@_own
async def finish(request: Request, recording: Recording) -> Response:
    """All is sent (`size`, bytes): it becomes a film that can be measured."""
    size = request.query_params.get("size", "")
    if recording.film is None and size != str(recording.size):
        return _told("gap", 409, have=recording.size)
    try:
        await run_in_threadpool(the_recordings().finish, recording)
    except VideoError as problem:
        return _told("no_film", 422, words=str(problem))
    return _told("finished_before" if recording.film else "finished", 200)


@_own
async def abandon(request: Request, recording: Recording) -> Response:
    """It is not wanted."""
    await run_in_threadpool(the_recordings().remove, recording)
    return Response(status_code=204)


async def asset(request: Request) -> Response:
    """A script of the recorder, or a file of what finds the pose in the browser."""
    name = request.path_params["name"]
    if request.path_params["version"] != version():
        raise HTTPException(404)
    headers = {"cache-control": FOREVER}
    if name in SCRIPTS:
        return FileResponse(COMPONENTS / name, media_type=KINDS[".js"], headers=headers)
    if name not in live_pose.FILES:
        raise HTTPException(404)
    try:
        packed = await run_in_threadpool(live_pose.packed_file, name)
    except ModelError as problem:
        return _told("no_model", 503, words=str(problem))
    kind = KINDS.get(Path(name).suffix, "application/octet-stream")
    return FileResponse(packed, media_type=kind, headers={**headers, "content-encoding": "gzip"})


@functools.cache
def version() -> str:
    """Changes with any of the files."""
    digest = hashlib.sha256(live_pose.VERSION.encode())
    for name in sorted(SCRIPTS):
        digest.update((COMPONENTS / name).read_bytes())
    return digest.hexdigest()[:12]


def address() -> str:
    """Where the scripts are, without the last slash."""
    return f"/recorder/{version()}"


async def _body(request: Request, largest: int) -> bytes:
    """What was sent; it is not read to its end where it is too much."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise HTTPException(413)
    return bytes(body)


def _told(said: str, status: int, **more: object) -> Response:
    return JSONResponse({"said": said, **more}, status)


ROUTES = [
    Route("/recordings", begin, methods=["POST"]),
    Route("/recordings/{recording}/chunk", chunk, methods=["POST"]),
    Route("/recordings/{recording}/finish", finish, methods=["POST"]),
    Route("/recordings/{recording}/abandon", abandon, methods=["POST"]),
    Route("/recorder/{version}/{name}", asset),
]
