"""Everything real: two encrypted databases, their pumps, HTTP, the gateway, PostgreSQL. Only clocks stand still."""

import os
import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.city import admin
from kiosk.city.server import CityServer
from kiosk.city.store import Wanted
from kiosk.domain.refusal import Refusal
from kiosk.protocol.codec import decode_record
from kiosk.protocol.signing import SigningKey
from kiosk.storage.storage import FILE_NAME, Storage, create
from kiosk.sync.client import CityClient, Enrolled, enroll
from kiosk.sync.pump import Pump
from kiosk.sync.transport import HttpTransport
from tests.storage.desk import KEY, AnyRules, Desk, storage_at
from tests.storage.market import NOW
from tests.sync.fakes import Network

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
FAULTS = ["", "", "", "refuse", "lose answer", "twice", "cut answer", Network.HTML]


class Station:
    """A kiosk as it is installed, without its screen."""

    def __init__(self, city, url, storage: Storage, code: str, seed: int) -> None:
        self.city = city
        self.storage = storage
        self.desk = Desk(storage, seed, code)
        self.network = Network(HttpTransport(url))
        key = SigningKey(os.urandom(32))
        answer = enroll(self.network, key, admin.make_enroll_token(city, code), code, code)
        self.me = Enrolled(device=answer.device, incarnation=answer.incarnation, kiosk=code, key=key)
        client = CityClient(self.network, self.me)
        self.pump = Pump(client, storage.outbox, storage.inbox, storage.clock, storage.boot_id)

    def settle(self) -> None:
        for _ in range(12):
            done = self.pump.step()
            if done.fault is None and not done.more:
                return
        pytest.fail(f"still busy: {done}")

    def check(self) -> None:
        """What the kiosk holds is what the city shows it."""
        assert self.storage.outbox.counts().unsent == 0
        page = self.city.store.run(lambda tx: tx.items(f"dev/{self.me.kiosk}", 0, 10_000, self.me.kiosk))
        with self.storage.unit_of_work() as uow:
            for item in page.items:
                if item.entity in {"verdict", "lease"}:
                    continue
                held = getattr(uow, item.entity)(item.id)
                if item.deleted:
                    assert held is None
                else:
                    assert held == decode_record(item.entity, bytes(item.body))
            for item in page.items:
                if item.entity == "lease":
                    lease = decode_record("lease", bytes(item.body))
                    held = uow.lease(item.id, self.me.kiosk)
                    assert (held.granted, held.spent, held.returned) == (
                        lease.granted,
                        lease.spent,
                        lease.returned,
                    )


@pytest.fixture
def stations(city, tmp_path: Path):
    city = replace(city, rules=AnyRules(), now=lambda: NOW)
    with CityServer(city) as server:
        made = []
        for n, code in enumerate(("WHHC01", "WHHC02")):
            folder = tmp_path / code
            folder.mkdir()
            create(folder / FILE_NAME, KEY)
            storage = storage_at(folder / FILE_NAME)
            storage.open()
            made.append(Station(city, server.url, storage, code, seed=n + 5))
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
