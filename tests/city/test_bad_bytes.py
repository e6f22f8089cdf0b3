"""Bytes that JSON's reader lets pass and a database would not: set aside or refused, never a crash."""

from uuid import uuid4

import msgspec
import pytest

from kiosk.city.server import CityServer
from kiosk.protocol.codec import encode
from tests.city.test_gateway import Wire, counts

pytestmark = pytest.mark.postgres
MARK = "@@@@"


@pytest.fixture
def wire(city, kiosk):
    with CityServer(city) as server:
        yield Wire(server, kiosk)


def operation(kiosk, **fields):
    """A worker's registration with these fields changed, as bytes."""
    body = kiosk.worker_body()
    op = msgspec.to_builtins(kiosk.operation(body))
    op["body"].update(fields)
    return encode(op), op["op_id"]


def push(wire, kiosk, raw, op_id, seq=1):
    request = encode(kiosk.request())
    sent = b'{"seq":%d,"op_id":"%s","op":%s}' % (seq, str(op_id).encode(), raw)
    return wire.send("POST", "/v1/push", request.replace(b'"ops":[]', b'"ops":[' + sent + b"]"))


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (MARK.encode(), b"\xff\xfe"),
        (MARK.encode(), b"\xed\xa0\x80"),
        (MARK.encode(), b"\\ud800"),
        (MARK.encode(), b"\\u0000"),
        (MARK.encode(), b"\xc0\x80"),
        (MARK.encode(), b"x" * 200_000),
        (b'"number":4242', b'"number":9223372036854775808'),
        (b'"number":4242', b'"number":1e400'),
        (b'"number":4242', b'"number":' + b"9" * 5000),
        (b'"number":4242', b'"number":' + b"[" * 5000 + b"]" * 5000),
    ],
)
def test_no_bytes_in_an_operation_crash_the_gateway(wire, kiosk, there, here):
    raw, op_id = operation(kiosk, name=MARK, number=4242)
    assert there in raw
    before = counts(kiosk)
    status, _, content = push(wire, kiosk, raw.replace(there, here), op_id)
    if status == 200:
        (verdict,) = msgspec.json.decode(content)["verdicts"]
        assert verdict["outcome"] in {"quarantined", "rejected"}, verdict
    else:
        assert 400 <= status < 500, content
        assert counts(kiosk) == before
    good, good_id = operation(kiosk)
    status, _, content = push(wire, kiosk, good, good_id, kiosk.device.last_seq + 1)
    assert msgspec.json.decode(content)["verdicts"][0]["outcome"] == "accepted"


@pytest.mark.parametrize("seq", [0, -1, 2**31, 2**63 - 1, 2**63, 2**64, 10**40])
def test_numbers_beyond_all_bounds(wire, kiosk, seq):
    raw, op_id = operation(kiosk)
    before = counts(kiosk)
    status, _, content = push(wire, kiosk, raw, op_id, seq)
    assert 400 <= status < 500, content
    assert counts(kiosk) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"wall": "0001-01-01T00:00:00Z"},
        {"wall": "9999-12-31T23:59:59Z"},
        {"monotonic": 1e308},
        {"monotonic": -1e308},
        {"boot_id": "\x00" * 50},
        {"previous": "x" * 100_000},
        {"protocol": 2**62},
        {"incarnation": 2**62},
        {"incarnation": -1},
        {"device": str(uuid4())},
    ],
)
def test_an_envelope_of_nonsense_is_refused_or_does_no_harm(wire, kiosk, changes):
    raw, op_id = operation(kiosk)
    request = msgspec.json.decode(encode(kiosk.request())) | changes
    request["ops"] = [{"seq": 1, "op_id": op_id, "op": msgspec.Raw(raw)}]
    status, _, content = wire.send("POST", "/v1/push", encode(request))
    assert status == 200 or 400 <= status < 500, content
    if status != 200:
        assert counts(kiosk)["operation"] == 0
