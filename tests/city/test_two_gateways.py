"""Two gateways before one PostgreSQL: one kiosk's pushes go to either, and it makes no difference."""

import itertools
from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.city.postgres import PostgresStore
from kiosk.city.server import CityServer
from kiosk.protocol.codec import encode
from tests.city.test_gateway import Wire
from tests.city.test_push import published

pytestmark = pytest.mark.postgres


@pytest.fixture
def gateways(city, database):
    with closing(PostgresStore(database.gateway, 4)) as store:
        store.open()
        with CityServer(city) as one, CityServer(replace(city, store=store)) as two:
            yield one, two


def test_pushes_of_one_device_alternate_between_gateways(kiosk, gateways):
    wires = itertools.cycle([Wire(server, kiosk) for server in gateways])
    listing = published(kiosk, headcount=3)
    first, second = next(wires), next(wires)
    for number in range(12):
        worker = kiosk.worker_body()
        batch = [kiosk.sent(kiosk.operation(worker))]
        batch.append(kiosk.sent(kiosk.operation(kiosk.apply_body(listing, worker.worker_id))))
        body = encode(kiosk.request(*batch))
        wire = (first, second)[number % 2]
        assert wire.send("POST", "/v1/push", body)[0] == 200
        # The answer was lost, and the other gateway is asked: the same words.
        again = (first, second)[(number + 1) % 2].send("POST", "/v1/push", body)[2]
        assert b'"quarantined"' not in again
    counts = kiosk.city.store.run(lambda tx: tx.counts())
    assert (counts["worker"], counts["placement"]) == (12, 12)
    placements = [each for key, each in kiosk.own().items() if key[0] == "placement"]
    assert sorted(each["status"] for each in placements).count("confirmed") == 3


def test_a_pull_hears_from_the_other_gateway_at_once(kiosk, other, gateways):
    one, two = gateways
    listing = published(kiosk)
    status, _, content = Wire(two, other).send("GET", "/v1/pull?stream=area/371002&after=0")
    assert status == 200
    assert str(listing).encode() in content
    status, _, content = Wire(one, other).send("GET", "/v1/pull?stream=area/371002&after=0")
    assert str(listing).encode() in content
