"""The gateway: HTTP in front of the handlers. It keeps no state, so any number may stand before one database.

The event loop reads and writes sockets; each request's work runs in one of a few threads, as the handlers are plain
synchronous code that a simulation runs as well.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import anyio
import anyio.to_thread
import msgspec
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kiosk.city import courier, enrolment, pages, reading
from kiosk.city.context import CityContext
from kiosk.city.problems import Code, Refused
from kiosk.city.push import check_standing, push
from kiosk.city.quarantine import settle_for
from kiosk.city.reserve import reserve
from kiosk.city.store import CityTransaction, DeviceRow, NoCity, StoreBusy, StoreRejects
from kiosk.protocol import requests
from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.compression import ENCODING, WORTH_IT, TooLarge, pack, unpack
from kiosk.protocol.messages import (
    MAX_BODY_BYTES,
    MAX_UNPACKED_BYTES,
    PULL_LIMIT,
    CourierResponse,
    EnrollRequest,
    PushRequest,
    ReserveRequest,
    SettleRequest,
)

log = logging.getLogger(__name__)
T = TypeVar("T")
RETRY_SECONDS = 5
_MAX_TEXT = 100
OK = 200


class Incoming:
    """A request read whole, before anything in it is believed."""

    def __init__(self, method: str, target: str, headers: Mapping[str, str], packed: bytes) -> None:
        self.method = method
        self.target = target
        self.headers = headers
        self.query = QueryParams(urlsplit(target).query)
        self.packed = packed

    @classmethod
    def of(cls, request: Request, packed: bytes) -> "Incoming":
        """A request that came over the network."""
        scope = request.scope
        query = scope["query_string"]
        path = scope.get("raw_path") or scope["path"].encode()
        target = (path + (b"?" + query if query else b"")).decode("latin-1")
        return cls(request.method, target, request.headers, packed)

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
        return _decoded(kind, self.body())

    def number(self, name: str, default: int) -> int:
        """A non-negative number in the query.

        Raises:
            Refused: malformed.
        """
        text = self.query.get(name, str(default))
        if not (text.isascii() and text.isdigit() and len(text) < len(str(2**63))):
            raise Refused(Code.MALFORMED, name)
        return int(text)


def _decoded(kind: type[T], body: bytes) -> T:
    try:
        return decode(kind, body)
    except Malformed as error:
        raise Refused(Code.MALFORMED, str(error)) from None


Handler = Callable[[CityContext, Incoming], msgspec.Struct]


def build_app(city: CityContext, threads: int = 8) -> Starlette:
    """The ASGI application.

    Args:
        city: what the handlers work with; its store is open.
        threads: requests worked on at a time; as many as the store has connections.
    """
    limiter = anyio.CapacityLimiter(threads)

    def api(path: str, method: str, handler: Handler) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                packed = await _read(request)
                work = partial(_serve, city, handler, Incoming.of(request, packed))
                return await anyio.to_thread.run_sync(work, limiter=limiter)
            except Refused as refused:
                return _problem(refused)

        return Route(path, endpoint, methods=[method])

    async def slip(request: Request) -> Response:
        work = partial(_slip, city, request.path_params["token"])
        return await anyio.to_thread.run_sync(work, limiter=limiter)

    return Starlette(
        routes=[
            api("/v1/enroll", "POST", _enroll),
            api("/v1/hello", "GET", _hello),
            api("/v1/push", "POST", _push),
            api("/v1/pull", "GET", _pull),
            api("/v1/reserve", "POST", _reserve),
            api("/v1/digest", "GET", _digest),
            api("/v1/settle", "POST", _settle),
            api("/v1/courier", "POST", _courier),
            Route(pages.SLIP_PATH + "{token}", slip, methods=["GET"]),
        ],
        exception_handlers={HTTPException: _no_route},
    )


async def _read(request: Request) -> bytes:
    """The body as it travels, never more than the limit.

    Raises:
        Refused: too_large, without reading on.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise Refused(Code.TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def _serve(city: CityContext, handler: Handler, incoming: Incoming) -> Response:
    """Run a handler in its thread; every failure becomes an answer."""
    try:
        answer = encode(handler(city, incoming))
    except Refused as refused:
        log.info("%s %s refused: %s", incoming.method, incoming.target.partition("?")[0], refused.code)
        return _problem(refused)
    except (StoreBusy, NoCity) as error:
        log.warning("database does not answer: %s", error)
        return _problem(Refused(Code.BUSY))
    except Exception:  # a bug must become an answer, not a dropped connection
        log.exception("%s %s", incoming.method, incoming.target.partition("?")[0])
        return _problem(Refused(Code.INTERNAL))
    headers = {"cache-control": "no-store"}
    if len(answer) >= WORTH_IT and ENCODING in incoming.headers.get("accept-encoding", ""):
        answer = pack(answer)
        headers["content-encoding"] = ENCODING
    return Response(answer, media_type=requests.JSON, headers=headers)


def _problem(refused: Refused) -> Response:
    headers = {"cache-control": "no-store"}
    if refused.code is Code.BUSY:
        headers["retry-after"] = str(RETRY_SECONDS)
    return Response(
        encode(refused.problem), status_code=refused.status, media_type=requests.JSON, headers=headers
    )


def _no_route(_request: Request, error: Exception) -> Response:
    known = isinstance(error, HTTPException) and error.status_code == Refused(Code.METHOD).status
    return _problem(Refused(Code.METHOD if known else Code.NOT_FOUND))


def _caller(tx: CityTransaction, incoming: Incoming) -> DeviceRow:
    """The device that signed the request, looked up in the transaction that serves it: one for most requests.

    Raises:
        Refused: signature, unknown_device, revoked, fenced, old_incarnation.
    """
    claimed = requests.credentials_of(incoming.headers)
    if claimed is None:
        raise Refused(Code.SIGNATURE)
    device = tx.device(claimed.device)
    if device is None:
        raise Refused(Code.UNKNOWN_DEVICE)
    signed = requests.checks(
        device.public_key, claimed.signature, incoming.method, incoming.target, incoming.packed
    )
    if claimed.incarnation == device.incarnation and not signed:
        raise Refused(Code.SIGNATURE)
    check_standing(device, claimed.incarnation)
    return device


def _enroll(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    request = incoming.message(EnrollRequest)
    signature = requests.signature_of(incoming.headers)
    if signature is None or not requests.checks(
        request.public_key, signature, incoming.method, incoming.target, incoming.packed
    ):
        raise Refused(Code.SIGNATURE)
    return city.store.run(lambda tx: enrolment.enroll(city, tx, request))


def _hello(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    return city.store.run(lambda tx: reading.hello(city, tx, _caller(tx, incoming)))


def _push(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    device = city.store.read(lambda tx: _caller(tx, incoming))
    body = incoming.body()
    return push(city, device, _decoded(PushRequest, body), body)


def _pull(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    def work(tx: CityTransaction) -> msgspec.Struct:
        device = _caller(tx, incoming)
        stream = _text(incoming, "stream")
        after, limit = incoming.number("after", 0), incoming.number("limit", PULL_LIMIT)
        epoch = _uuid(incoming.query.get("epoch", ""))
        return reading.pull(city, tx, device, stream, after, epoch, limit)

    return city.store.read(work)


def _reserve(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    def work(tx: CityTransaction) -> msgspec.Struct:
        device = _caller(tx, incoming)
        return reserve(city, tx, device, incoming.message(ReserveRequest))

    return city.store.run(work)


def _digest(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    device = city.store.run(lambda tx: _caller(tx, incoming))
    stream = _text(incoming, "stream")
    return city.store.run(lambda tx: reading.digest(city, tx, device, stream))


def _settle(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    request = incoming.message(SettleRequest)
    try:
        return city.store.run(lambda tx: settle_for(city, tx, _caller(tx, incoming), request))
    except StoreRejects:
        raise Refused(Code.OPERATION, "the database refuses it") from None


def _courier(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    """A part of another kiosk's file. Whoever brings it has to be one of ours."""
    device = city.store.run(lambda tx: _caller(tx, incoming))
    answers = take_courier(city, incoming.body())
    return CourierResponse(state=city.store.run(lambda tx: city.state(tx.city(), device)), answers=answers)


def take_courier(city: CityContext, box: bytes) -> tuple[bytes, ...]:
    """Carry out one part of an up file; see ``kiosk.city.courier.take``."""

    def serve(method: str, target: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        incoming = Incoming(method, target, headers, body)
        try:
            return OK, encode(_CARRIED[urlsplit(target).path](city, incoming))
        except Refused as refused:
            return refused.status, encode(refused.problem)

    return courier.take(city, box, serve)


def _text(incoming: Incoming, name: str) -> str:
    text = incoming.query.get(name, "")
    if not (0 < len(text) <= _MAX_TEXT and text.isprintable()):
        raise Refused(Code.MALFORMED, name)
    return text


def _uuid(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Refused(Code.MALFORMED, "epoch") from None


def _slip(city: CityContext, token: str) -> Response:
    try:
        page = city.store.run(lambda tx: pages.slip_page(city, tx, token))
    except (StoreBusy, NoCity):
        page = pages.busy_page(city)
    return HTMLResponse(page.html, status_code=page.status, headers=pages.HEADERS)


#: What may come on a stick as well.
_CARRIED: Mapping[str, Handler] = {"/v1/push": _push, "/v1/settle": _settle, "/v1/pull": _pull}
