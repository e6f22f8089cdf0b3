"""Requests that came on a stick: opened, checked and answered as if they had come over the network.

The gateways' courier key lies in the database, beside the operations that it protects on the way. ID numbers inside
them stay sealed for the key in the safe.
"""

import base64
import logging
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from kiosk.city import courier_streams as streams
from kiosk.city.context import CityContext
from kiosk.city.problems import Code, Refused
from kiosk.city.store import CityTransaction
from kiosk.city.stored import BEFORE_ALL, REF, DeviceRow, ItemKey, Projected
from kiosk.protocol import courier, requests, sealing
from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.compression import ENCODING
from kiosk.protocol.courier import CarriedAnswer, CarriedRequest, CourierKey
from kiosk.protocol.messages import COURIER_KEY_ENTITY, PULL_LIMIT, PullResponse, SnapshotResponse
from kiosk.protocol.signing import SEED_BYTES, SigningKey

log = logging.getLogger(__name__)
PURPOSE = "courier"
#: A stream is answered page by page, up to about so many bytes of JSON, and no more than fit one HTTP answer.
MOST_BYTES = 4 * 1024 * 1024
#: In a file that the city writes itself. Items of a page: the largest record times this fits an answer.
MOST_IN_FILE, A_PAGE = 256 * 1024 * 1024, 1000
OK = 200
CARRIED = {"/v1/push": "POST", "/v1/settle": "POST", streams.PULL: "GET", streams.SNAPSHOT: "GET"}

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


def take(city: CityContext, box: bytes, serve: Serve, most: int = MOST_BYTES) -> tuple[bytes, ...]:
    """Open one part of an up file and carry its request out.

    Args:
        city: for the keys.
        box: the part.
        serve: carries a request out; checks its signature.
        most: bytes of JSON that one stream is answered with, about.

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
        courier.seal_answer(answer, sign, request.reply_to) for answer in _answers(city, request, serve, most)
    )


def unasked(city: CityContext, device: DeviceRow, file_id: UUID) -> Iterator[bytes]:
    """All that the city shows a kiosk, for a file that it has not asked for; only that device can open it.

    Raises:
        StoreBusy: try again later.
    """
    _, sign = city.store.run(lambda tx: keys(city, tx))
    reply_to = sealing.public_of_device(device.public_key)
    for number, page in enumerate(streams.everything(city, device, A_PAGE, MOST_IN_FILE)):
        answer = CarriedAnswer(
            file_id=file_id,
            number=number,
            device=device.device,
            target=page.target,
            status=OK,
            body=courier.packed(page.content),
            after=page.after,
        )
        yield courier.seal_answer(answer, sign, reply_to)


def _answers(city: CityContext, request: CarriedRequest, serve: Serve, most: int) -> Iterator[CarriedAnswer]:
    path = urlsplit(request.target).path
    if CARRIED.get(path) != request.method:
        yield _answer(request, 404, encode(Refused(Code.NOT_FOUND).problem))
        return
    status, content = serve(request.method, request.target, _headers(request), request.body)
    if path not in {streams.PULL, streams.SNAPSHOT} or status != OK:
        yield _answer(request, status, content)
        return
    # The device has signed that it wants the stream from there on: the pages after the first one are in its name.
    for page in _pages(city, request, path, content, most):
        yield _answer(request, OK, page.content, page.after, page.target)


def _pages(
    city: CityContext, request: CarriedRequest, path: str, content: bytes, most: int
) -> Iterator[streams.Page]:
    query = dict(parse_qsl(urlsplit(request.target).query))
    device, limit = request.device, int(query.get("limit", str(PULL_LIMIT)))
    if path == streams.SNAPSHOT:
        start = ItemKey(query["entity"], UUID(query["id"])) if "id" in query else BEFORE_ALL
        return streams.holdings(city, device, decode(SnapshotResponse, content), start, limit, most)
    page = decode(PullResponse, content)
    if page.snapshot_needed:
        return streams.whole(city, device, page.stream, limit, most)
    return streams.changes(city, device, page, int(query.get("after", "0")), limit, most)


def _headers(request: CarriedRequest) -> dict[str, str]:
    headers = {
        requests.DEVICE: str(request.device),
        requests.INCARNATION: str(request.incarnation),
        requests.SIGNATURE: base64.b64encode(request.signature).decode("ascii"),
    }
    if request.packed:
        headers["content-encoding"] = ENCODING
    return headers


def _answer(
    request: CarriedRequest, status: int, content: bytes, after: int = 0, target: str = ""
) -> CarriedAnswer:
    return CarriedAnswer(
        file_id=request.file_id,
        number=request.number,
        device=request.device,
        target=target or request.target,
        status=status,
        body=courier.packed(content),
        after=after,
    )
