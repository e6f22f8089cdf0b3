"""The gateway: HTTP in front of the handlers. It keeps no state, so any number may stand before one database.

The event loop reads and writes sockets; each request's work runs in one of a few threads, as the handlers are plain
synchronous code that a simulation runs as well.
"""

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.city import courier, enrolment, openapi, pages, reading
from kiosk.city.asgi import Answer, Endpoint, Incoming, Threads, decoded
from kiosk.city.context import CityContext
from kiosk.city.lookup import lookup
from kiosk.city.metrics import Metrics
from kiosk.city.problems import Code, Refused, check_protocol
from kiosk.city.push import check_standing, push
from kiosk.city.quarantine import settle_for
from kiosk.city.reserve import reserve
from kiosk.city.store import CityTransaction, NoCity, StoreBusy, StoreRejects
from kiosk.city.stored import BEFORE_ALL, DeviceRow, ItemKey
from kiosk.protocol import requests
from kiosk.protocol.codec import encode
from kiosk.protocol.compression import ENCODING, WORTH_IT, pack
from kiosk.protocol.lean import PullAnswer, SnapshotAnswer
from kiosk.protocol.messages import (
    PULL_LIMIT,
    CourierResponse,
    EnrollRequest,
    LookupRequest,
    PushRequest,
    PushResponse,
    RenewRequest,
    ReserveRequest,
    SettleRequest,
)
from kiosk.protocol.token import MAX_TEXT

log = logging.getLogger(__name__)
T = TypeVar("T")
RETRY_SECONDS = 5
_MAX_TEXT = 100
OK = 200
_IS_LEAN = ((requests.PAGES.encode(), requests.LEAN.encode()),)


Handler = Callable[[CityContext, Incoming], msgspec.Struct]


def build_app(city: CityContext, threads: int = 8, metrics: Metrics | None = None) -> ASGIApp:
    """The ASGI application.

    Args:
        city: what the handlers work with; its store is open.
        threads: requests worked on at a time; as many as the store has connections.
        metrics: counts what is served, if anybody looks.
    """
    lane = Threads(threads)
    endpoints = {
        way: Endpoint(
            partial(_counted, city, metrics, way[1], handler), partial(_refused, metrics, way[1]), lane
        )
        for way, handler in _handlers().items()
    }
    others = _others(city, endpoints, lane)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found = endpoints.get((scope.get("method", ""), scope.get("path", "")))
        await (found or others)(scope, receive, send)

    return app


def _handlers() -> dict[tuple[str, str], Handler]:
    return {
        ("POST", "/v1/enroll"): _enroll,
        ("POST", "/v1/renew"): _renew,
        ("GET", "/v1/hello"): _hello,
        ("POST", "/v1/push"): _push,
        ("GET", "/v1/pull"): _pull,
        ("GET", "/v1/snapshot"): _snapshot,
        ("POST", "/v1/reserve"): _reserve,
        ("GET", "/v1/digest"): _digest,
        ("POST", "/v1/settle"): _settle,
        ("POST", "/v1/lookup"): _lookup,
        ("POST", "/v1/courier"): _courier,
    }


def _others(city: CityContext, endpoints: Mapping[tuple[str, str], Endpoint], lane: Threads) -> Starlette:
    """The pages for people, and what to say to a wrong method or path."""

    async def slip(request: Request) -> Response:
        return await lane.run(partial(_slip, city, request.path_params["token"]))

    api = [Route(path, endpoint, methods=[method]) for (method, path), endpoint in endpoints.items()]
    described = Route(openapi.PATH, _described, methods=["GET"])
    page = Route(pages.SLIP_PATH + "{token}", slip, methods=["GET"])
    return Starlette(routes=[*api, described, page], exception_handlers={HTTPException: _no_route})


async def _described(_request: Request) -> Response:
    """The gateway's own description."""
    return Response(openapi.document(), media_type=requests.JSON)


def _counted(
    city: CityContext, metrics: Metrics | None, route: str, handler: Handler, incoming: Incoming
) -> Answer:
    """Serve, and count it."""
    started = time.perf_counter()
    try:
        message = _serve(city, handler, incoming)
        answer, code = _answer(message, incoming), "ok"
    except Refused as refused:
        message, answer, code = None, _problem(refused), refused.code.value
    if metrics is not None:
        seconds = time.perf_counter() - started
        metrics.served(route, code, seconds)
        if isinstance(message, PushResponse):
            metrics.pushed(message, seconds)
    return answer


def _serve(city: CityContext, handler: Handler, incoming: Incoming) -> msgspec.Struct:
    """Run a handler in its thread; every failure becomes a refusal."""
    try:
        return handler(city, incoming)
    except Refused as refused:
        log.info("%s %s refused: %s", incoming.method, incoming.target.partition("?")[0], refused.code)
        raise
    except (StoreBusy, NoCity) as error:
        log.warning("database does not answer: %s", error)
        raise Refused(Code.BUSY) from None
    except Exception:  # a bug must become an answer, not a dropped connection
        log.exception("%s %s", incoming.method, incoming.target.partition("?")[0])
        raise Refused(Code.INTERNAL) from None


def _answer(message: msgspec.Struct, incoming: Incoming) -> Answer:
    answer = encode(message)
    lean = isinstance(message, PullAnswer | SnapshotAnswer) and message.lean is not msgspec.UNSET
    headers = _IS_LEAN if lean else ()
    if len(answer) >= WORTH_IT and ENCODING in incoming.headers.get("accept-encoding", ""):
        return Answer(OK, pack(answer), (*headers, (b"content-encoding", ENCODING.encode())))
    return Answer(OK, answer, headers)


def _problem(refused: Refused) -> Answer:
    later = ((b"retry-after", str(RETRY_SECONDS).encode()),) if refused.code is Code.BUSY else ()
    return Answer(refused.status, encode(refused.problem), later)


def _refused(metrics: Metrics | None, route: str, refused: Refused) -> Answer:
    """Before a handler ran: too much to read."""
    if metrics is not None:
        metrics.served(route, refused.code.value, 0.0)
    return _problem(refused)


def _no_route(_request: Request, error: Exception) -> Response:
    known = isinstance(error, HTTPException) and error.status_code == Refused(Code.METHOD).status
    refused = Refused(Code.METHOD if known else Code.NOT_FOUND)
    return Response(
        encode(refused.problem),
        status_code=refused.status,
        media_type=requests.JSON,
        headers={"cache-control": "no-store"},
    )


def _protocol(incoming: Incoming) -> int:
    """What the client says that it speaks; one that says nothing is of the first."""
    text = incoming.headers.get(requests.PROTOCOL_HEADER, "1")
    if not (text.isascii() and text.isdigit() and len(text) < _MAX_TEXT):
        raise Refused(Code.MALFORMED, requests.PROTOCOL_HEADER)
    return int(text)


def _lean(incoming: Incoming) -> bool:
    """Whether the client reads lean pages. A courier's letter says nothing of the kind."""
    return requests.LEAN in incoming.headers.get(requests.PAGES, "").replace(" ", "").split(",")


def _caller(tx: CityTransaction, incoming: Incoming, stream: str = "") -> DeviceRow:
    """The device that signed the request, looked up in the transaction that serves it: one for most requests.

    ``stream`` is what it asks for, if that is a stream: how far that has got comes in the same round trip.

    Raises:
        Refused: signature, unknown_device, revoked, fenced, old_incarnation.
    """
    check_protocol(_protocol(incoming))
    claimed = requests.credentials_of(incoming.headers)
    if claimed is None:
        raise Refused(Code.SIGNATURE)
    device = tx.device(claimed.device, stream)
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


def _renew(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    """Signed with the old key. Once the new one is in force, only the very same request is answered, by its proof."""
    request = incoming.message(RenewRequest)
    claimed = requests.credentials_of(incoming.headers)
    if claimed is None:
        raise Refused(Code.SIGNATURE)

    def work(tx: CityTransaction) -> msgspec.Struct:
        device = tx.device(claimed.device)
        if device is not None and claimed.incarnation + 1 == device.incarnation:
            check_standing(device, device.incarnation)
            return enrolment.answer_again(city, tx, device, request)
        return enrolment.renew(city, tx, _caller(tx, incoming), request)

    return city.store.run(work)


def _hello(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    return city.store.run(lambda tx: reading.hello(city, tx, _caller(tx, incoming)))


def _push(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    device = city.store.read(lambda tx: _caller(tx, incoming))
    body = incoming.body()
    return push(city, device, decoded(PushRequest, body), body)


def _pull(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    stream = incoming.query.get("stream", "")

    def work(tx: CityTransaction) -> msgspec.Struct:
        device = _caller(tx, incoming, stream if _is_text(stream) else "")
        if not _is_text(stream):
            raise Refused(Code.MALFORMED, "stream")
        after, limit = incoming.number("after", 0), incoming.number("limit", PULL_LIMIT)
        epoch = _uuid(incoming.query.get("epoch", ""), "epoch")
        return reading.pull(city, tx, device, stream, after, epoch, limit, lean=_lean(incoming))

    return city.store.read(work)


def _snapshot(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    def work(tx: CityTransaction) -> msgspec.Struct:
        device = _caller(tx, incoming)
        stream = _text(incoming, "stream")
        entity, record_id = incoming.query.get("entity", ""), _uuid(incoming.query.get("id", ""), "id")
        if len(entity) > _MAX_TEXT or not entity.isprintable() or bool(entity) != (record_id is not None):
            raise Refused(Code.MALFORMED, "entity")
        after = BEFORE_ALL if record_id is None else ItemKey(entity, record_id)
        limit = incoming.number("limit", PULL_LIMIT)
        return reading.snapshot(city, tx, device, stream, after, limit, lean=_lean(incoming))

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


def _lookup(city: CityContext, incoming: Incoming) -> msgspec.Struct:
    request = incoming.message(LookupRequest)
    if max(len(request.token), len(request.tail)) > MAX_TEXT:
        raise Refused(Code.MALFORMED, "token")
    return city.store.run(lambda tx: lookup(city, tx, _caller(tx, incoming), request))


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


def take_courier(city: CityContext, box: bytes, most: int = courier.MOST_BYTES) -> tuple[bytes, ...]:
    """Carry out one part of an up file; see ``kiosk.city.courier.take``."""

    def serve(method: str, target: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        incoming = Incoming(method, target, headers, body)
        try:
            return OK, encode(_CARRIED[urlsplit(target).path](city, incoming))
        except Refused as refused:
            return refused.status, encode(refused.problem)

    return courier.take(city, box, serve, most)


def _text(incoming: Incoming, name: str) -> str:
    text = incoming.query.get(name, "")
    if not _is_text(text):
        raise Refused(Code.MALFORMED, name)
    return text


def _is_text(text: str) -> bool:
    return 0 < len(text) <= _MAX_TEXT and text.isprintable()


def _uuid(text: str, name: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Refused(Code.MALFORMED, name) from None


def _slip(city: CityContext, token: str) -> Response:
    try:
        page = city.store.run(lambda tx: pages.slip_page(city, tx, token))
    except (StoreBusy, NoCity):
        page = pages.busy_page(city)
    return HTMLResponse(page.html, status_code=page.status, headers=pages.HEADERS)


#: What may come on a stick as well.
_CARRIED: Mapping[str, Handler] = {
    "/v1/push": _push,
    "/v1/settle": _settle,
    "/v1/pull": _pull,
    "/v1/snapshot": _snapshot,
}
