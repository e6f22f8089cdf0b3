"""Sixteen kiosks behind a line on which most connections go wrong: in the end everything arrived, once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from kiosk.city import admin
from kiosk.city.server import CityServer
from kiosk.city.stored import Wanted
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import HOLDING
from kiosk.sync.client import Timeouts
from kiosk.sync.transport import HttpTransport
from tests.hardship.proxy import FATES, BadLine
from tests.storage.desk import AnyRules
from tests.storage.market import NOW
from tests.sync.stations import RealStation, fresh_storage

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
KIOSKS = 16
WAVES = 3
PEOPLE = 6
BAD = 0.6
ROUNDS = 300
#: Short, for a black hole costs one; a push that takes longer here is one more fault.
PATIENCE = Timeouts(quick=0.7, bulk=0.7, reserve=0.7)


def work(station, listings):
    """People come between the rounds, whatever the line does; then rounds until all is said and heard."""
    faults = Counter()
    for wave in range(WAVES):
        mine = station.desk.listing(headcount=5)
        listings.append(mine)
        for n in range(PEOPLE):
            target = mine if n % 2 else listings[(wave * 7 + n) % len(listings)]
            with suppress(Refusal):  # another kiosk's listing may not have come down yet
                station.desk.apply(target, station.desk.worker())
        step(station, faults)
    for _ in range(ROUNDS):
        done = step(station, faults)
        if done.fault is None and not done.more and not station.storage.outbox.counts().unsent:
            return faults
    raise AssertionError(f"not done after {ROUNDS} rounds: {faults}")


def step(station, faults):
    done = station.pump.step()
    station.network.close()  # the next round meets another fate
    if done.fault is not None:
        faults[done.fault.key] += 1
    return done


def test_sixteen_kiosks_on_a_line_that_fails_six_times_in_ten(city, tmp_path):
    city = replace(city, rules=AnyRules(), now=lambda: NOW)
    with (
        CityServer(city) as server,
        BadLine(urlsplit(server.url).port, BAD, seed=16) as line,
        ThreadPoolExecutor(KIOSKS) as pool,
    ):
        good = HttpTransport(server.url)
        stations = [
            RealStation(
                city,
                HttpTransport(line.url),
                fresh_storage(tmp_path / f"K{n:03}"),
                f"WHHC{n:02}",
                seed=n + 100,
                introduction=good,
                timeouts=PATIENCE,
            )
            for n in range(KIOSKS)
        ]
        listings = []
        faults = sum(pool.map(lambda each: work(each, listings), stations), Counter())
        assert set(FATES) <= set(line.fates)
        assert line.fates.total() - line.fates["good"] > line.fates.total() * (BAD - 0.15)
        assert {"sync.unreachable", "sync.timeout"} <= set(faults)
        line.bad = 0.0
        for _ in range(2):  # what one kiosk sends last, the others hear of in the second round
            for station in stations:
                station.settle(40)
        for station in stations:
            station.check()
        agree(city, stations, listings)
        for station in stations:
            station.network.close()
            station.storage.close()
        good.close()


def agree(city, stations, listings):
    """Every place was given once, and nobody was promised one that is not there."""
    records = city.store.run(lambda tx: tx.load(Wanted(listings=frozenset(listings))))
    kept = sum(len(station.logged()) for station in stations)
    assert kept == sum(station.storage.outbox.counts().issued for station in stations)
    assert admin.counts(city)["listing"] == len(listings)
    for listing_id in listings:
        listing = records.listing(listing_id)
        central = records.central(listing_id)
        leases = [records.lease(listing_id, station.me.kiosk) for station in stations]
        granted = sum(lease.granted - lease.returned for lease in leases if lease is not None)
        assert central.free + central.firm + granted == listing.terms.headcount
        assert listing.taken <= listing.terms.headcount
    for station in stations:
        for listing_id in listings:
            held = station.storage.read.listing(listing_id)
            if held is not None and held.home == station.me.kiosk:
                ours = station.storage.read.placements_of_listing(listing_id)
                assert held.taken == sum(each.status in HOLDING for each in ours)
