"""One endpoint as a bare ASGI application: the request read whole, the work in a thread, the answer sent at once.

Starlette's request, response and routing objects and anyio's threads cost half of an empty pull (measured), and nothing
here needs them: no streaming, no cookies, no path parameters.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar
from urllib.parse import parse_qsl

from starlette.types import Message, Receive, Scope, Send

from kiosk.city.problems import Code, Refused
from kiosk.protocol import requests
from kiosk.protocol.codec import Malformed, decode
from kiosk.protocol.compression import ENCODING, TooLarge, unpack
from kiosk.protocol.messages import MAX_BODY_BYTES, MAX_UNPACKED_BYTES

T = TypeVar("T")
_JSON = requests.JSON.encode()


class Answer(NamedTuple):
    """What goes back: JSON, never to be kept by anybody on the way."""

    status: int
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()

    @property
    def start(self) -> Message:
        """ASGI's first message."""
        length = str(len(self.body)).encode()
        headers = [(b"content-type", _JSON), (b"content-length", length), (b"cache-control", b"no-store")]
        return {"type": "http.response.start", "status": self.status, "headers": [*headers, *self.headers]}


class Incoming:
    """A request read whole, before anything in it is believed.

    Attributes:
        method: upper case; target: path and query exactly as they stand in the request line.
        headers: by lower-case name.
        packed: the body as it travels.
    """

    def __init__(self, method: str, target: str, headers: Mapping[str, str], packed: bytes) -> None:
        self.method = method
        self.target = target
        self.headers = headers
        self.query = dict(parse_qsl(target.partition("?")[2].partition("#")[0], keep_blank_values=True))
        self.packed = packed

    @classmethod
    def of(cls, scope: Scope, packed: bytes) -> "Incoming":
        """A request that came over the network."""
        query: bytes = scope["query_string"]
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        target = (path + b"?" + query if query else path).decode("latin-1")
        return cls(scope["method"], target, headers, packed)

    def body(self) -> bytes:
        """The body, unpacked within bounds.

        Raises:
            Refused: encoding, too_large, malformed.
        """
        encoding = self.headers.get("content-encoding", "")
        try:
            if encoding == ENCODING:
                return unpack(self.packed, MAX_UNPACKED_BYTES)
        except TooLarge:
            raise Refused(Code.TOO_LARGE) from None
        except Malformed as error:
            raise Refused(Code.MALFORMED, str(error)) from None
        if encoding not in {"", "identity"}:
            raise Refused(Code.ENCODING)
        return self.packed

    def message(self, kind: type[T]) -> T:
        """The body as a message.

        Raises:
            Refused: see ``body``.
        """
        return decoded(kind, self.body())

    def number(self, name: str, default: int) -> int:
        """A non-negative number in the query.

        Raises:
            Refused: malformed.
        """
        text = self.query.get(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < len(str(2**63))):
            raise Refused(Code.MALFORMED, name)
        return int(text)


def decoded(kind: type[T], body: bytes) -> T:
    """An unpacked body as a message.

    Raises:
        Refused: malformed.
    """
    try:
        return decode(kind, body)
    except Malformed as error:
        raise Refused(Code.MALFORMED, str(error)) from None


class Threads:
    """Where handlers run: so many at a time, the others wait their turn."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="gateway")

    async def run(self, work: Callable[[], T]) -> T:
        """Do ``work`` in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


class Endpoint:
    """An ASGI application for one method and path.

    Args:
        serve: the whole work on a request, in a thread; it turns every failure into an answer.
        refuse: the answer to a request that is refused before it is worked on.
        threads: where ``serve`` runs.
    """

    def __init__(
        self, serve: Callable[[Incoming], Answer], refuse: Callable[[Refused], Answer], threads: Threads
    ) -> None:
        self._serve = serve
        self._refuse = refuse
        self._threads = threads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        try:
            packed = await _read(receive)
        except Refused as refused:
            answer = self._refuse(refused)
        else:
            if packed is None:
                return
            incoming = Incoming.of(scope, packed)
            answer = await self._threads.run(lambda: self._serve(incoming))
        await send(answer.start)
        await send({"type": "http.response.body", "body": answer.body})


async def _read(receive: Receive) -> bytes | None:
    """The body as it travels, never more than the limit; None when the client has hung up.

    Raises:
        Refused: too_large, without reading on.
    """
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise Refused(Code.TOO_LARGE)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)
