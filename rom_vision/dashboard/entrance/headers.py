"""What browsers are told about every answer: to load and to run nothing but what is this server's own."""

import base64
import functools
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAMLIT_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"


class SecurityHeaders:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to what is answered."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers())
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@functools.cache
def headers() -> dict[str, str]:
    """The headers, by name."""
    policy = {
        "default-src": "'self'",
        # components' scripts come from blob:, WebAssembly finds the pose
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {_inline_scripts()}",
        "worker-src": "'self' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' blob: data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "content-security-policy": "; ".join(f"{what} {whence}" for what, whence in policy.items()),
        "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
    }


def _inline_scripts() -> str:
    """Streamlit's page has a script within it: exactly that one is allowed."""
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", STREAMLIT_PAGE.read_text(), re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
