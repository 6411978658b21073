"""What holds for every request, before anything of it is read: how much may come, from which page,
and what a browser may do with the answer.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lots.service.problems import FILES, LARGEST, LARGEST_FILES, Refused, answer

SAFE = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    b"content-security-policy": (
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        b" object-src 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    # An address of ours goes to nobody else; to ourselves it does, or a form would say "null".
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
ELSEWHERE = "request: page that sends it: expected one of this service, got another or none."
UNSEEN = "request: address: expected no NUL in it, got one."


class Limits:
    """The outermost layer of the service."""

    def __init__(self, app: ASGIApp, nature: str) -> None:
        self._app = app
        self._headers = [*HEADERS.items(), (b"lots-data", nature.encode())]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._added(scope)]
            await send(message)

        try:
            _refuse(Request(scope))
            await self._app(scope, _counted(receive, _largest(scope["path"])), answering)
        except Refused as error:
            told = answer(Request(scope), error)
            # The rest of what comes is not read.
            told.headers["connection"] = "close"
            await told(scope, receive, answering)

    def _added(self, scope: Scope) -> Iterable[tuple[bytes, bytes]]:
        yield from self._headers
        # Pages and answers are one person's; only style and script are everybody's.
        if not scope["path"].startswith("/static/"):
            yield (b"cache-control", b"no-store")


def _largest(path: str) -> int:
    return LARGEST_FILES if path in FILES else LARGEST


def _too_large(largest: int) -> str:
    return f"request: body: expected at most {largest:,} bytes, got more."


def _refuse(request: Request) -> None:
    length, largest = request.headers.get("content-length", "0"), _largest(request.url.path)
    if not length.isascii() or not length.isdigit() or int(length) > largest:
        raise Refused(413, _too_large(largest))
    if "\x00" in request.url.path or b"%00" in request.scope["query_string"]:
        raise Refused(400, UNSEEN)
    # A browser sends cookies with whatever another site's page makes it send; keys it does not.
    by_cookie = request.method not in SAFE and "authorization" not in request.headers
    if by_cookie and not _own_page(request):
        raise Refused(403, ELSEWHERE)


def _own_page(request: Request) -> bool:
    """Whether the browser says that a page of ours sends it."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # Browsers tell the first only over https and at home; the origin they always tell.
    origin = request.headers.get("origin")
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host")


def _counted(receive: Receive, largest: int) -> Receive:
    """What is received, until it is too much: a body that names no length is counted as it
    comes.
    """
    got = 0

    async def counting() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > largest:
            # Of this kind, or whoever reads the body would tell it as one that cannot be read.
            raise HTTPException(413, _too_large(largest))
        return message

    return counting
