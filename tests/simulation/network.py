"""Between kiosks and gateway: the real gateway application, called in place, and all that can happen on the way."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest import mock

import msgspec
from starlette.types import ASGIApp, Message

from kiosk.city.asgi import Threads
from kiosk.protocol import requests
from kiosk.protocol.codec import encode
from kiosk.protocol.compression import ENCODING, unpack
from kiosk.protocol.lean import LeanPull, LeanSnapshot, pull_of, snapshot_of
from kiosk.protocol.messages import Problem, PullResponse, SnapshotResponse
from kiosk.sync.faults import NetworkFault
from kiosk.sync.ports import Answer

#: What may happen to one request.
FAULTS = (
    "request lost",
    "response lost",
    "duplicated",
    "delayed",
    "echoed later",
    "request truncated",
    "response truncated",
    "city 5xx",
    "city html 5xx",
    "too many",
    "captive portal",
)
HTML = {"content-type": "text/html"}
JSON = {"content-type": "application/json"}
Page = PullResponse | SnapshotResponse
Request = tuple[str, str, dict[str, str], bytes]
#: What answers instead of the city.
_INSTEAD = {
    "city 5xx": Answer(503, {**JSON, "retry-after": "5"}, encode(Problem(code="busy"))),
    "city html 5xx": Answer(502, HTML, b"<html>Bad Gateway</html>"),
    "too many": Answer(429, {**HTML, "retry-after": "30"}, b"slow down"),
    "captive portal": Answer(200, HTML, b"<html>Please log in</html>"),
}


@contextmanager
def in_this_thread() -> Iterator[None]:
    """The gateway hands work to threads; here it is done at once, so that a seed always does the same."""

    async def run(_: Threads, work: Callable[[], Any]) -> Any:
        return work()

    with mock.patch.object(Threads, "run", run):
        yield


def call(app: ASGIApp, request: Request) -> Answer:
    """One request to an ASGI application that never waits: no event loop is needed."""
    method, target, headers, body = request
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "server": ("city", 443),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    try:
        app(scope, receive, send).send(None)  # type: ignore[attr-defined]  # it is a coroutine
    except StopIteration:
        pass
    else:
        raise AssertionError("the gateway waits for something")
    start, *parts = sent
    return Answer(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(part.get("body", b"") for part in parts),
    )


class Network:
    """All connections of the city. ``rate`` of the requests meet a fault."""

    def __init__(self, app: ASGIApp, chance: Random, counted: Counter[str]) -> None:
        self.app = app
        self.rate = 0.0
        self.kinds = FAULTS
        self.late: list[Request] = []
        self.down = False
        self._chance = chance
        self._counted = counted

    def fault(self) -> str:
        if self.down:
            return "request lost"
        if self._chance.random() >= self.rate:
            return ""
        return self._chance.choice(self.kinds)

    def send(self, request: Request) -> Answer:
        fault = self.fault()
        if fault:
            self._counted[fault] += 1
        if fault in _INSTEAD:
            return _INSTEAD[fault]
        if fault == "request lost":
            raise NetworkFault("sync.unreachable")
        if fault in {"delayed", "echoed later"}:
            self.late.append(request)
        if fault == "delayed":
            raise NetworkFault("sync.timeout", smaller=True)
        if fault == "request truncated":
            *head, body = request
            request = (*head, body[: len(body) // 2])
        return self._delivered(request, fault)

    def _delivered(self, request: Request, fault: str) -> Answer:
        answer = call(self.app, request)
        if fault == "response lost":
            raise NetworkFault("sync.timeout", smaller=True)
        if fault == "duplicated":
            return call(self.app, request)
        if fault == "response truncated":
            return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])
        return answer

    def deliver_late(self) -> None:
        """One of the requests that were held up arrives now; nobody waits for the answer."""
        if self.late:
            call(self.app, self.late.pop(self._chance.randrange(len(self.late))))


class Line:
    """Implements ``Transport`` for one kiosk, and looks at everything that comes down it.

    ``older``: a kiosk whose program does not know lean pages yet.
    """

    def __init__(
        self,
        network: Network,
        inspect: Callable[[Page], None],
        meanwhile: Callable[[], None],
        *,
        older: bool = False,
    ) -> None:
        self._network = network
        self._older = older
        self._inspect = inspect
        self._meanwhile = meanwhile

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> Answer:
        told = {name: value for name, value in headers.items() if name != requests.PAGES or not self._older}
        answer = self._network.send((method, target, told, body))
        self._meanwhile()
        if target.startswith(("/v1/pull", "/v1/snapshot")) and answer.status == 200:
            self._look(target, answer)
        return answer

    def close(self) -> None:
        pass

    def _look(self, target: str, answer: Answer) -> None:
        try:
            packed = answer.headers.get("content-encoding") == ENCODING
            raw = unpack(answer.body, 1 << 25) if packed else answer.body
            page = _page_of(target, raw, lean=answer.headers.get(requests.PAGES) == requests.LEAN)
        except ValueError:
            return  # cut off, or no answer of the city
        self._inspect(page)


def _page_of(target: str, raw: bytes, *, lean: bool) -> Page:
    if not lean:
        return msgspec.json.decode(raw, type=PullResponse)
    if target.startswith("/v1/pull"):
        return pull_of(msgspec.json.decode(raw, type=LeanPull))
    return snapshot_of(msgspec.json.decode(raw, type=LeanSnapshot))
