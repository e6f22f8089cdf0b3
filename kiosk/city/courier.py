"""Requests that came on a stick: opened, checked and answered as if they had come over the network.

The gateways' courier key lies in the database, beside the operations that it protects on the way. ID numbers inside
them stay sealed for the key in the safe.
"""

import base64
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import parse_qsl, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from kiosk.city import reading
from kiosk.city.context import CityContext
from kiosk.city.problems import Code, Refused
from kiosk.city.store import REF, CityTransaction, Projected
from kiosk.protocol import courier, requests, sealing
from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.compression import ENCODING
from kiosk.protocol.courier import CarriedAnswer, CarriedRequest, CourierKey
from kiosk.protocol.messages import COURIER_KEY_ENTITY, PULL_LIMIT, PullResponse
from kiosk.protocol.signing import SEED_BYTES, SigningKey

log = logging.getLogger(__name__)
PURPOSE = "courier"
#: A pull is answered page by page: that many at most, and no more bytes than fit an answer.
MOST_PAGES = 40
MOST_BYTES = 4 * 1024 * 1024
OK = 200
PULL = "/v1/pull"
CARRIED = {"/v1/push": "POST", "/v1/settle": "POST", PULL: "GET"}

#: Serves one request: method, target, headers, body as it travels → status and JSON.
Serve = Callable[[str, str, Mapping[str, str], bytes], tuple[int, bytes]]


def _keys(secret: bytes) -> tuple[bytes, SigningKey]:
    return secret[:SEED_BYTES], SigningKey(secret[SEED_BYTES:])


def keys(city: CityContext, tx: CityTransaction) -> tuple[bytes, SigningKey]:
    """The private courier keys: X25519 for what comes up, Ed25519 for answers. Made and published at first use."""
    at = city.now()
    fresh = city.random(2 * SEED_BYTES)
    secret = tx.secret(PURPOSE, fresh, at)
    private, sign = _keys(secret)
    if secret == fresh:
        tx.publish([_item(CourierKey(seal=sealing.public_of(private), sign=sign.public))])
    return private, sign


def _item(key: CourierKey) -> Projected:
    return Projected(
        stream=REF,
        entity=COURIER_KEY_ENTITY,
        id=uuid5(NAMESPACE_URL, "gig-kiosk:courier"),
        ver=1,
        origin="",
        body=encode(key),
    )


def take(city: CityContext, box: bytes, serve: Serve) -> tuple[bytes, ...]:
    """Open one part of an up file and carry its request out.

    Args:
        city: for the keys.
        box: the part.
        serve: carries a request out; checks its signature.

    Returns:
        The answers, each signed and sealed for the kiosk that asked.

    Raises:
        Refused: malformed (no such part, or for another city; nothing is written).
        StoreBusy: try again later.
    """
    private, sign = city.store.run(lambda tx: keys(city, tx))
    try:
        request = courier.open_request(box, private)
    except Malformed as error:
        raise Refused(Code.MALFORMED, str(error)) from None
    return tuple(
        courier.seal_answer(answer, sign, request.reply_to) for answer in _answers(city, request, serve)
    )


def _answers(city: CityContext, request: CarriedRequest, serve: Serve) -> Iterator[CarriedAnswer]:
    path = urlsplit(request.target).path
    if CARRIED.get(path) != request.method:
        yield _answer(request, 404, encode(Refused(Code.NOT_FOUND).problem))
        return
    status, content = serve(request.method, request.target, _headers(request), request.body)
    if path != PULL or status != OK:
        yield _answer(request, status, content)
        return
    yield from _pages(city, request, decode(PullResponse, content))


def _pages(city: CityContext, request: CarriedRequest, page: PullResponse) -> Iterator[CarriedAnswer]:
    """The page that was asked for and those after it: the device has signed that it wants the stream from there on."""
    query = dict(parse_qsl(urlsplit(request.target).query))
    after, limit = int(query.get("after", "0")), int(query.get("limit", str(PULL_LIMIT)))
    total = 0
    for _ in range(MOST_PAGES):
        content = encode(page)
        total += len(content)
        yield _answer(request, OK, content, after)
        if not page.more or page.snapshot_needed or not page.items or total > MOST_BYTES:
            return
        after = page.items[-1].seq
        page = city.store.run(partial(_next_page, city, request.device, page, after, limit))


def _next_page(
    city: CityContext, device: UUID, page: PullResponse, after: int, limit: int, tx: CityTransaction
) -> PullResponse:
    row = tx.device(device)
    assert row is not None, "it has just been served"
    answer = reading.pull(city, tx, row, page.stream, after, page.state.epoch, limit)
    return decode(PullResponse, encode(answer))


def _headers(request: CarriedRequest) -> dict[str, str]:
    headers = {
        requests.DEVICE: str(request.device),
        requests.INCARNATION: str(request.incarnation),
        requests.SIGNATURE: base64.b64encode(request.signature).decode("ascii"),
    }
    if request.packed:
        headers["content-encoding"] = ENCODING
    return headers


def _answer(request: CarriedRequest, status: int, content: bytes, after: int = 0) -> CarriedAnswer:
    return CarriedAnswer(
        file_id=request.file_id,
        number=request.number,
        device=request.device,
        target=request.target,
        status=status,
        body=courier.packed(content),
        after=after,
    )
