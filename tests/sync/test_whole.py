"""Everything real: two encrypted databases, their pumps, HTTP, the gateway, PostgreSQL. Only clocks stand still."""

import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.city.server import CityServer
from kiosk.city.stored import Wanted
from kiosk.domain.refusal import Refusal
from kiosk.sync.transport import HttpTransport
from tests.storage.desk import AnyRules
from tests.storage.market import NOW
from tests.sync.fakes import Network
from tests.sync.stations import RealStation, fresh_storage

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
FAULTS = ["", "", "", "refuse", "lose answer", "twice", "cut answer", Network.HTML]


@pytest.fixture
def stations(city, tmp_path: Path):
    city = replace(city, rules=AnyRules(), now=lambda: NOW)
    with CityServer(city) as server:
        made = []
        for n, code in enumerate(("WHHC01", "WHHC02")):
            network = Network(HttpTransport(server.url))
            made.append(RealStation(city, network, fresh_storage(tmp_path / code), code, seed=n + 5))
        yield made
        for each in made:
            each.network.close()
            each.storage.close()


def test_a_listing_of_one_kiosk_is_found_and_taken_at_the_other(stations):
    one, two = stations
    listing = one.desk.listing(headcount=8)
    one.settle()
    two.settle()
    assert two.storage.read.listing(listing).home == "WHHC01"
    worker = two.desk.worker()
    placement = two.desk.apply(listing, worker)
    assert two.storage.read.placement(placement).status == "waitlisted"  # no lease here, and nobody asked
    two.settle()
    one.settle()
    assert two.storage.read.placement(placement).status == "confirmed"  # from the city's reserve
    assert one.storage.read.placement(placement).worker_id == worker
    assert one.storage.read.worker(worker) is None
    assert two.storage.read.listing(listing).taken == one.storage.read.listing(listing).taken == 1
    one.check()
    two.check()


@pytest.mark.parametrize("seed", range(3))
def test_a_random_morning_under_a_bad_network_ends_in_agreement(stations, seed):
    chance = random.Random(seed)
    listings, placements = [], []
    for _ in range(60):
        side = chance.choice(stations)
        deed = chance.random()
        with suppress(Refusal):
            if deed < 0.15 or not listings:
                listings.append(side.desk.listing(headcount=chance.choice((1, 2, 6))))
            elif deed < 0.75:
                placements.append((side, side.desk.apply(chance.choice(listings), side.desk.worker())))
            elif placements:
                side, placement = chance.choice(placements)
                side.desk.cancel(placement)
        if chance.random() < 0.5:
            side.network.faults = [chance.choice(FAULTS) for _ in range(8)]
            side.pump.step()
    for side in stations * 2:
        side.network.faults = []
        side.settle()
    for side in stations:
        side.check()
    city = stations[0].city
    counts = city.store.run(lambda tx: tx.counts())
    assert counts["placement"] > 10
    issued = sum(side.storage.outbox.counts().issued for side in stations)
    assert counts["operation"] == issued
    for listing in listings:
        ids = frozenset({listing})
        records = city.store.run(lambda tx, ids=ids: tx.load(Wanted(listings=ids)))
        central, found = records.central(listing), records.listing(listing)
        leases = list(records.leases.values())
        granted = sum(lease.granted - lease.returned for lease in leases)
        assert central.free + central.firm + granted == found.terms.headcount
        assert found.taken == central.firm + sum(lease.spent for lease in leases) <= found.terms.headcount
