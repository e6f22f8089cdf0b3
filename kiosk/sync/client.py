"""The city's endpoints as functions: signs, packs, sends, unpacks, and tells faults from refusals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from kiosk.protocol import requests
from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.compression import ENCODING, WORTH_IT, TooLarge, pack, unpack
from kiosk.protocol.lean import LeanPull, LeanSnapshot, pull_of, snapshot_of
from kiosk.protocol.messages import (
    MAX_BODY_BYTES,
    PROTOCOL,
    PULL_LIMIT,
    CourierResponse,
    DigestResponse,
    EnrollRequest,
    EnrollResponse,
    HelloResponse,
    LookupRequest,
    LookupResponse,
    Problem,
    PullResponse,
    PushRequest,
    PushResponse,
    RenewRequest,
    ReserveRequest,
    ReserveResponse,
    SettleRequest,
    SettleResponse,
    SnapshotResponse,
)
from kiosk.protocol.progress import SnapshotKey
from kiosk.protocol.signing import SigningKey
from kiosk.sync.faults import NetworkFault, refused
from kiosk.sync.ports import Answer, Transport

T = TypeVar("T", bound=msgspec.Struct)
L = TypeVar("L", bound=msgspec.Struct)
OK = 200
TOO_MANY = 429
TOO_LARGE = 413
SERVER_ERROR = 500
MAX_UNPACKED = 32 * 1024 * 1024
MAX_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds for each step of a request: quick ones, and pushes and pulls."""

    quick: float = 5.0
    bulk: float = 20.0
    #: A worker stands before the screen: rather 候补 than a wait.
    reserve: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """Who this kiosk is in its city."""

    device: UUID
    incarnation: int
    kiosk: str
    key: SigningKey


def enroll(
    transport: Transport,
    key: SigningKey,
    token: str,
    kiosk: str,
    name: str,
    district: str = "",
    timeouts: Timeouts | None = None,
) -> EnrollResponse:
    """Make this kiosk known to the city with a one-time token. May be repeated with the same key.

    ``district``: where it stands; without it the city sends the market of all its districts.

    Raises:
        CityRefused: the token is unknown, used, too old, or made for another kiosk.
        NetworkFault: not reached.
    """
    request = EnrollRequest(token=token, public_key=key.public, kiosk=kiosk, name=name, district=district)
    return _call(
        transport,
        key,
        {},
        "POST",
        "/v1/enroll",
        encode(request),
        EnrollResponse,
        (timeouts or Timeouts()).quick,
    )


def renew(
    transport: Transport, me: Enrolled, new: SigningKey, timeouts: Timeouts | None = None
) -> EnrollResponse:
    """Give this device another key; signed by the old one and the new one. May be repeated with the same new key.

    Raises:
        CityRefused: shut out, fenced, or another key has taken the place of ours.
        NetworkFault: not reached.
    """
    proof = requests.renewal(me.device, me.incarnation, me.key.public, new.public)
    request = RenewRequest(public_key=new.public, proof=new.sign(requests.RENEW, proof))
    headers = {
        requests.DEVICE: str(me.device),
        requests.INCARNATION: str(me.incarnation),
        requests.PROTOCOL_HEADER: str(PROTOCOL),
    }
    quick = (timeouts or Timeouts()).quick
    return _call(transport, me.key, headers, "POST", "/v1/renew", encode(request), EnrollResponse, quick)


class CityClient:
    """The endpoints for an enrolled kiosk. Every method raises ``NetworkFault`` or ``CityRefused``.

    Args:
        transport: to the city.
        me: who asks.
        timeouts: for each step of a request.
        page: most items of a page of a stream.
    """

    def __init__(
        self, transport: Transport, me: Enrolled, timeouts: Timeouts | None = None, page: int = PULL_LIMIT
    ) -> None:
        self._transport = transport
        self._page = page
        self._me = me
        self._timeouts = timeouts or Timeouts()

    @property
    def me(self) -> Enrolled:
        """Who asks."""
        return self._me

    def hello(self) -> HelloResponse:
        """Who the city takes us for, and what may be pulled."""
        return self._get("/v1/hello", {}, HelloResponse, self._timeouts.quick)

    def push(self, request: PushRequest) -> PushResponse:
        """Send a batch of operations."""
        return self._post("/v1/push", request, PushResponse, self._timeouts.bulk)

    def pull(self, stream: str, after: int, epoch: UUID | None) -> PullResponse:
        """The next page of a stream."""
        query = {"stream": stream, "after": str(after), "limit": str(self._page)}
        if epoch is not None:
            query["epoch"] = str(epoch)
        return self._paged("/v1/pull", query, PullResponse, LeanPull, pull_of)

    def snapshot(self, stream: str, after: SnapshotKey | None) -> SnapshotResponse:
        """The next page of what a stream holds now; the first one without a key."""
        query = {"stream": stream, "limit": str(self._page)}
        if after is not None:
            query |= {"entity": after.entity, "id": str(after.id)}
        return self._paged("/v1/snapshot", query, SnapshotResponse, LeanSnapshot, snapshot_of)

    def reserve(self, listing_id: UUID, held: int) -> ReserveResponse:
        """Ask for places of the city's reserve while the worker waits (at most about two seconds)."""
        request = ReserveRequest(listing_id=listing_id, held=held)
        return self._post("/v1/reserve", request, ReserveResponse, self._timeouts.reserve)

    def look_up(self, token: str, tail: str) -> LookupResponse:
        """Ask about a worker of another kiosk, with their slip and the last four digits of their phone."""
        request = LookupRequest(token=token, tail=tail)
        return self._post("/v1/lookup", request, LookupResponse, self._timeouts.reserve)

    def settle(self, request: SettleRequest) -> SettleResponse:
        """Tell what staff decided about an operation that the city has set aside."""
        return self._post("/v1/settle", request, SettleResponse, self._timeouts.quick)

    def courier(self, part: bytes) -> CourierResponse:
        """Hand over one part of another kiosk's courier file, as it is."""
        return _call(
            self._transport,
            self._me.key,
            self._headers(),
            "POST",
            "/v1/courier",
            part,
            CourierResponse,
            self._timeouts.bulk,
        )

    def digest(self, stream: str) -> DigestResponse:
        """What we should hold of a stream."""
        return self._get("/v1/digest", {"stream": stream}, DigestResponse, self._timeouts.quick)

    def close(self) -> None:
        """Drop the connection."""
        self._transport.close()

    def _paged(
        self, path: str, query: dict[str, str], kind: type[T], lean: type[L], written_out: Callable[[L], T]
    ) -> T:
        """A page of a stream, in whichever form the city tells it."""
        headers = {**self._headers(), requests.PAGES: requests.LEAN}
        target, timeout = f"{path}?{urlencode(query)}", self._timeouts.bulk
        answer, content = _ask(self._transport, self._me.key, headers, "GET", target, b"", timeout)
        if answer.headers.get(requests.PAGES) != requests.LEAN:
            return _read(lambda: decode(kind, content))
        return _read(lambda: written_out(decode(lean, content)))

    def _get(self, path: str, query: dict[str, str], kind: type[T], timeout: float) -> T:
        target = f"{path}?{urlencode(query)}" if query else path
        return _call(self._transport, self._me.key, self._headers(), "GET", target, b"", kind, timeout)

    def _post(self, path: str, message: msgspec.Struct, kind: type[T], timeout: float) -> T:
        body = encode(message)
        return _call(self._transport, self._me.key, self._headers(), "POST", path, body, kind, timeout)

    def _headers(self) -> dict[str, str]:
        return {
            requests.DEVICE: str(self._me.device),
            requests.INCARNATION: str(self._me.incarnation),
            requests.PROTOCOL_HEADER: str(PROTOCOL),
        }


def _call(
    transport: Transport,
    key: SigningKey,
    headers: dict[str, str],
    method: str,
    target: str,
    body: bytes,
    kind: type[T],
    timeout: float,
) -> T:
    _, content = _ask(transport, key, headers, method, target, body, timeout)
    return _read(lambda: decode(kind, content))


def _read(decoded: Callable[[], T]) -> T:
    try:
        return decoded()
    except Malformed as error:
        raise NetworkFault("sync.not_the_city") from error


def _ask(
    transport: Transport,
    key: SigningKey,
    headers: dict[str, str],
    method: str,
    target: str,
    body: bytes,
    timeout: float,
) -> tuple[Answer, bytes]:
    """An answer that is no refusal, and its content."""
    headers = {**headers, "accept-encoding": ENCODING, "accept": requests.JSON}
    if body:
        headers["content-type"] = requests.JSON
    if len(body) >= WORTH_IT:
        body = pack(body)
        headers["content-encoding"] = ENCODING
    if len(body) > MAX_BODY_BYTES:
        raise NetworkFault("sync.too_large", smaller=True)
    headers[requests.SIGNATURE] = requests.sign(key, method, target, body)
    answer = transport.send(method, target, headers, body, timeout)
    content = _content(answer)
    if answer.status != OK:
        raise _fault(answer, content)
    return answer, content


def _content(answer: Answer) -> bytes:
    """The unpacked body of what must be JSON; a captive portal's HTML is none."""
    if answer.headers.get("content-type", "").partition(";")[0].strip().lower() != requests.JSON:
        if answer.status >= SERVER_ERROR or answer.status in {TOO_MANY, TOO_LARGE}:
            raise _busy(answer)
        raise NetworkFault("sync.captive_portal")
    if answer.headers.get("content-encoding") != ENCODING:
        return answer.body
    try:
        return unpack(answer.body, MAX_UNPACKED)
    except (TooLarge, Malformed) as error:
        raise NetworkFault("sync.not_the_city") from error


def _busy(answer: Answer) -> NetworkFault:
    text = answer.headers.get("retry-after", "")
    wait = min(float(text), MAX_RETRY_AFTER) if text.isascii() and text.isdigit() else None
    return NetworkFault("sync.city_busy", retry_after=wait, smaller=True)


def _fault(answer: Answer, content: bytes) -> Exception:
    if answer.status >= SERVER_ERROR or answer.status in {TOO_MANY, TOO_LARGE}:
        return _busy(answer)
    try:
        problem = decode(Problem, content)
    except Malformed:
        return NetworkFault("sync.not_the_city")
    return refused(problem.code, expected=problem.expected, state=problem.state, detail=problem.detail)
