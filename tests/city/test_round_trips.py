"""How often the database is asked, and in which order: what the speed of the gateway hangs on."""

import psycopg
import pytest

from kiosk.city import gateway, statements
from kiosk.city.asgi import Incoming
from kiosk.city.stored import Projected
from kiosk.protocol import requests
from kiosk.protocol.signing import SigningKey
from tests.city.stage import items_of
from tests.city.test_push import published

pytestmark = pytest.mark.postgres


@pytest.fixture
def asked(monkeypatch):
    """Every statement, as it is sent, with its values."""
    seen = []
    execute = psycopg.Cursor.execute

    def noted(self, query, params=None, **kwargs):
        seen.append((query, params))
        return execute(self, query, params, **kwargs)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    return seen


def pulled(city, kiosk, stream, after):
    epoch = kiosk.enrolled.state.epoch
    target = f"/v1/pull?stream={stream}&after={after}&epoch={epoch}"
    headers = {
        requests.DEVICE: str(kiosk.enrolled.device),
        requests.INCARNATION: "1",
        requests.SIGNATURE: requests.sign(SigningKey(kiosk.seed), "GET", target, b""),
    }
    return gateway._pull(city, Incoming("GET", target, headers, b""))


def test_a_pull_that_finds_nothing_new_is_one_statement(city, kiosk, asked):
    published(kiosk)
    stream = "dev/" + kiosk.code
    head = pulled(city, kiosk, stream, 0).head
    asked.clear()
    answer = pulled(city, kiosk, stream, head)
    assert len(asked) == 1
    assert (answer.head, bytes(answer.items), answer.snapshot_needed) == (head, b"[]", False)
    assert pulled(city, kiosk, stream, head - 1).items != answer.items


def test_streams_that_all_kiosks_share_are_locked_last(city, market, asked):
    ids = [market.new_id() for _ in range(3)]
    streams = ("area/371002", "ref", "dev/WH01")
    items = [
        Projected(stream=stream, entity="listing", id=each, ver=1, origin="X", body=b"{}")
        for each, stream in zip(ids, streams, strict=True)
    ]
    city.store.run(lambda tx: tx.publish(items))
    moved = [values[0] for query, values in asked if query == statements.MOVE_HEAD]
    assert moved == ["dev/WH01", "area/371002", "ref"]
    assert asked[-1][0] == "COMMIT"


def test_numbers_of_a_stream_are_given_out_in_the_order_of_the_items_and_go_on(city, market):
    ids = [market.new_id() for _ in range(4)]

    def publish(*some):
        items = [
            Projected(stream="area/371002", entity="listing", id=each, ver=1, origin="X", body=b"{}")
            for each in some
        ]
        city.store.run(lambda tx: tx.publish(items))

    publish(ids[2], ids[0])
    publish(ids[3], ids[2], ids[1])  # the first one moves to a new number
    page = city.store.run(lambda tx: tx.items("area/371002", 0, 10, ""))
    assert page.head == page.last == 5
    assert [(each.seq, each.id) for each in items_of(page)] == list(
        zip(range(2, 6), (ids[0], ids[3], ids[2], ids[1]), strict=True)
    )
