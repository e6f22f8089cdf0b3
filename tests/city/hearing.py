"""All that a device can get out of the city, by whatever it may ask, over the network and on a stick."""

from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID, uuid4

import msgspec

from kiosk.protocol import courier, lean, requests, sealing
from kiosk.protocol.codec import decode
from kiosk.protocol.compression import ENCODING, pack, unpack
from kiosk.protocol.courier import CourierKey
from kiosk.protocol.messages import Action, SettleRequest
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import CityClient, Enrolled
from kiosk.sync.faults import CityRefused
from kiosk.sync.transport import HttpTransport

_PRIVATE = bytes(range(1, 33))


@dataclass
class Day:
    """What is there to be asked about."""

    listings: dict[str, UUID] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    #: operations that were set aside, and slips of somebody with the digits of their phone, by kiosk
    aside: dict[str, UUID] = field(default_factory=dict)
    slips: dict[str, tuple[str, str]] = field(default_factory=dict)


class Listening(HttpTransport):
    """Keeps every answer as it came, unpacked; a lean page written out as well."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.heard: list[bytes] = []

    def send(self, method, target, headers, body, timeout):
        answer = super().send(method, target, headers, body, timeout)
        packed = answer.headers.get("content-encoding") == ENCODING
        self.heard.append(unpack(answer.body, 1 << 26) if packed else answer.body)
        if answer.headers.get(requests.PAGES) == requests.LEAN:
            # Ids do not stand in it as one piece: what is looked for has to be found.
            self.heard.append(written_out(target, self.heard[-1]))
        return answer


def written_out(target, content):
    """The lean answer with its items, as JSON."""
    if target.startswith("/v1/pull"):
        return msgspec.json.encode(lean.pull_of(decode(lean.LeanPull, content)))
    return msgspec.json.encode(lean.snapshot_of(decode(lean.LeanSnapshot, content)))


def client_of(kiosk, transport):
    me = Enrolled(
        device=kiosk.enrolled.device,
        incarnation=kiosk.enrolled.incarnation,
        kiosk=kiosk.code,
        key=SigningKey(kiosk.seed),
    )
    return CityClient(transport, me, page=4)


def hear_everything(kiosk, url, streams, day, others):
    """All that the city answers to this device, whatever it asks, as text; and the pages of it.

    Args:
        kiosk: who asks.
        url: the gateway.
        streams: what to ask for, other kiosks' too.
        day: what there is.
        others: kiosks whose courier files this one carries.
    """
    transport = Listening(url)
    client = client_of(kiosk, transport)
    epoch = client.hello().state.epoch
    for stream in streams:
        _refusable("stream", lambda stream=stream: _read(client, stream, epoch))
    for listing in day.listings.values():
        client.reserve(listing, 0)
    for code, (token, tail) in day.slips.items():
        if code != kiosk.code:
            client.look_up(token, "0000" if tail != "0000" else "1111")
    for code, op_id in day.aside.items():
        request = SettleRequest(op_id=op_id, action=Action.DISCARD, reason="x", by="staff:7")
        _refusable(
            None if code == kiosk.code else "operation", lambda request=request: client.settle(request)
        )
    city = courier_key(transport.heard)
    carried: list[bytes] = []
    for target in _targets(streams, epoch):
        carried += _by_stick(client, kiosk, city, "GET", target)
    # Somebody else's file goes through this device's hands, and nothing of it can be read.
    for other in others:
        for target in _targets([f"dev/{other.code}"], epoch):
            client.courier(_part(other, city, "GET", target))
    token, tail = day.slips[next(each for each in day.slips if each != kiosk.code)]
    body = msgspec.json.encode({"token": token, "tail": tail})
    carried += _by_stick(client, kiosk, city, "POST", "/v1/lookup", body)  # not by stick
    transport.close()
    heard = [*transport.heard, *carried]
    pages = [each for each in map(msgspec.json.decode, heard) if "items" in each]
    return b"\n".join(heard).decode(), pages


def _read(client, stream, epoch):
    client.digest(stream)
    after = 0
    while (page := client.pull(stream, after, epoch)).more:
        after = page.items[-1].seq
    key = None
    while (part := client.snapshot(stream, key)).more:
        key = part.items[-1]


def _refusable(problem, ask):
    """Ask; it may be refused for that reason only."""
    try:
        ask()
    except CityRefused as refused:
        if refused.problem != problem:
            raise


def courier_key(heard):
    """As every kiosk learns it: from the stream of reference data."""
    pages = (each for each in map(msgspec.json.decode, heard) if "items" in each)
    items = (item for page in pages for item in page["items"])
    body = next(item["body"] for item in items if item["entity"] == "courier_key")
    return decode(CourierKey, msgspec.json.encode(body))


def _targets(streams, epoch):
    for stream in streams:
        yield f"/v1/snapshot?{urlencode({'stream': stream, 'limit': '4'})}"
        yield f"/v1/pull?{urlencode({'stream': stream, 'after': '0', 'epoch': str(epoch), 'limit': '4'})}"
        yield f"/v1/digest?{urlencode({'stream': stream})}"


def _part(kiosk, city, method, target, body=b""):
    key, packed = SigningKey(kiosk.seed), pack(body) if body else b""
    request = courier.CarriedRequest(
        file_id=uuid4(),
        number=0,
        method=method,
        target=target,
        device=kiosk.enrolled.device,
        incarnation=kiosk.enrolled.incarnation,
        signature=requests.signature(key, method, target, packed),
        packed=bool(packed),
        body=packed,
        reply_to=sealing.public_of(_PRIVATE),
    )
    return courier.seal_request(request, city)


def _by_stick(client, kiosk, city, method, target, body=b""):
    answer = client.courier(_part(kiosk, city, method, target, body))
    return [courier.open_answer(box, _PRIVATE, city).content() for box in answer.answers]
