"""Kiosk and city of different age: each says in plain words who has to be upgraded, and nothing is lost."""

import msgspec
import pytest

from kiosk.city import admin
from kiosk.city.problems import Code, Refused, check_protocol
from kiosk.protocol import requests
from kiosk.protocol.messages import PROTOCOL
from kiosk.ui.strings import Strings
from tests.sync.fakes import Network

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize(
    ("asked", "code"),
    [(1, Code.PROTOCOL), (2, None), (3, None), (4, Code.PROTOCOL_AHEAD), (10**30, Code.PROTOCOL_AHEAD)],
)
def test_a_city_speaks_its_own_protocol_and_the_one_before(asked, code):
    if code is None:
        check_protocol(asked, oldest=2, newest=3)
        return
    with pytest.raises(Refused) as refused:
        check_protocol(asked, oldest=2, newest=3)
    assert refused.value.code is code


class Aged:
    """A network in which one side is of another age."""

    def __init__(self, network: Network, header=None, least=None) -> None:
        self.network, self.header, self.least = network, header, least

    def send(self, method, target, headers, body, timeout):
        if self.header is not None:
            headers = {**headers, requests.PROTOCOL_HEADER: str(self.header)}
        answer = self.network.send(method, target, headers, body, timeout)
        if self.least is not None and "content-encoding" not in answer.headers:
            content = msgspec.json.decode(answer.body)
            content["state"]["min_protocol"] = self.least
            answer = type(answer)(answer.status, answer.headers, msgspec.json.encode(content))
        return answer

    def close(self):
        self.network.close()


@pytest.mark.parametrize(
    ("aged", "key"),
    [
        ({"header": 0}, "sync.upgrade"),
        ({"header": PROTOCOL + 1}, "sync.city_older"),
        ({"least": PROTOCOL + 1}, "sync.upgrade"),
    ],
)
def test_the_kiosk_says_who_has_to_be_upgraded_and_keeps_what_it_has(station, aged, key):
    station.do(station.maker.worker_body())
    network, station.network = station.network, Aged(station.network, **aged)
    station.start()
    done = station.pump.step()
    assert done.fault.key == key
    assert station.outbox.counts().unsent == 1
    for language in ("zh_CN", "en"):
        assert Strings(language, strict=True).text(key)
    station.network = network
    station.start()
    station.settle()
    assert station.outbox.outcomes() == ["accepted"]


def test_a_revoked_kiosk_says_so_works_on_and_comes_back(station, city):
    admin.revoke(city, "WH01")
    station.do(station.maker.worker_body())
    done = station.pump.step()
    assert (done.fault.key, done.fault.what_to_do) == ("sync.revoked", "sync.tell_city")
    assert station.outbox.counts().unsent == 1
