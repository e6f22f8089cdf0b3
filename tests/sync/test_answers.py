"""What a kiosk makes of answers, whoever gave them. No city and no network: the answer is put before it."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from kiosk.protocol import requests
from kiosk.protocol.codec import decode, encode
from kiosk.protocol.compression import ENCODING, pack
from kiosk.protocol.lean import LeanPull, lean_of
from kiosk.protocol.messages import HelloResponse, Item, PullResponse, ServerState
from kiosk.protocol.requests import JSON
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import MAX_UNPACKED, CityClient, Enrolled
from kiosk.sync.faults import CityRefused, NetworkFault
from kiosk.sync.ports import Answer

ME = Enrolled(device=UUID(int=1), incarnation=1, kiosk="WHC1", key=SigningKey(bytes(32)))
HELLO = encode(
    HelloResponse(
        state=ServerState(
            epoch=UUID(int=2),
            server_time=datetime(2026, 3, 7, tzinfo=UTC),
            durable_seq=0,
            last_op_seq=0,
            chain="",
            min_protocol=1,
        ),
        kiosk="WHC1",
        incarnation=1,
        streams=("ref",),
    )
)


class Given:
    """A transport that has one answer to everything."""

    def __init__(self, status, body, **headers):
        self.answer = Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def send(self, method, target, headers, body, timeout):
        return self.answer

    def close(self):
        pass


def hello(status, body, **headers):
    return CityClient(Given(status, body, **headers), ME).hello()


def fault_of(status, body, **headers):
    with pytest.raises(NetworkFault) as caught:
        hello(status, body, **headers)
    return caught.value


ITEM = Item(
    entity="listing",
    id=UUID(int=7),
    seq=5,
    ver=3,
    body=msgspec.Raw(b'{"id":"%b","a":1}' % str(UUID(int=7)).encode()),
)
PAGE = {"state": decode(HelloResponse, HELLO).state, "stream": "ref", "head": 5, "more": False}
WHOLE = encode(PullResponse(**PAGE, items=(ITEM,)))
LEAN = encode(LeanPull(**PAGE, lean=lean_of((ITEM,), numbered=True)))


def pulled(body, **headers):
    return CityClient(Given(200, body, content_type=JSON, **headers), ME).pull("ref", 0, None)


def test_a_page_in_either_form_brings_the_same_items():
    told = {"x_gig_pages": requests.LEAN}
    assert encode(pulled(WHOLE)) == encode(pulled(LEAN, **told)) == WHOLE
    assert encode(pulled(pack(LEAN), content_encoding=ENCODING, **told)) == WHOLE


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (LEAN, {}),
        (WHOLE, {"x_gig_pages": requests.LEAN}),
        (LEAN, {"x_gig_pages": "lean-99"}),
        (LEAN.replace(b'"steps":[5]', b'"steps":[5,6]'), {"x_gig_pages": requests.LEAN}),
        (pack(bytes(MAX_UNPACKED + 1)), {"x_gig_pages": requests.LEAN, "content_encoding": ENCODING}),
    ],
)
def test_a_page_of_another_form_than_it_says_or_too_large_is_not_the_citys(body, headers):
    with pytest.raises(NetworkFault) as caught:
        pulled(body, **headers)
    assert caught.value.key == "sync.not_the_city"


def test_a_good_answer_plain_and_packed():
    assert hello(200, HELLO, content_type=JSON).kiosk == "WHC1"
    assert hello(200, pack(HELLO), content_type=JSON, content_encoding=ENCODING).kiosk == "WHC1"


@pytest.mark.parametrize("status", [503, 429, 500])
@pytest.mark.parametrize("kind", [JSON, "text/html"])
@pytest.mark.parametrize(
    ("said", "wait"),
    [("7", 7.0), ("99999", 3600.0), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-1", None), ("٧", None)],
)
def test_how_long_to_wait_is_heard_and_bounded(status, kind, said, wait):
    fault = fault_of(status, b'{"code":"busy"}', content_type=kind, retry_after=said)
    assert (fault.key, fault.retry_after, fault.smaller) == ("sync.city_busy", wait, True)


@pytest.mark.parametrize("kind", [JSON, "text/html"])
def test_413_asks_for_less(kind):
    assert fault_of(413, b"{}", content_type=kind).smaller


@pytest.mark.parametrize("status", [200, 302, 403, 404])
def test_a_portals_page_is_a_network_fault_whatever_its_status(status):
    assert fault_of(status, b"<html>log in</html>", content_type="text/html").key == "sync.captive_portal"
    assert fault_of(status, HELLO).key == "sync.captive_portal"


def test_a_bomb_is_not_unpacked_though_it_would_be_a_good_answer():
    bomb = pack(HELLO + b" " * MAX_UNPACKED)
    assert len(bomb) < 50_000
    assert fault_of(200, bomb, content_type=JSON, content_encoding=ENCODING).key == "sync.not_the_city"


def test_json_that_is_no_answer_of_the_city():
    assert fault_of(200, b"{}", content_type=JSON).key == "sync.not_the_city"
    assert fault_of(404, b"[]", content_type=JSON).key == "sync.not_the_city"
    with pytest.raises(CityRefused, match=r"sync\.refused"):
        hello(404, b'{"code":"not_found"}', content_type=JSON)
