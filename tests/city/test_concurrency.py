"""Many writers, one stream, one reader that follows the cursor: nothing is missed, nothing embraces for good."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.city import admin
from kiosk.city.enrolment import enroll
from kiosk.city.postgres import PostgresStore
from kiosk.city.stored import Projected, Wanted
from kiosk.domain.values import Claim
from kiosk.protocol.messages import EnrollRequest
from kiosk.protocol.signing import SigningKey
from tests.city.stage import AREA, DISTRICTS, HOST, Kiosk, items_of
from tests.city.test_push import published, registered
from tests.domain.samples import Market

pytestmark = pytest.mark.postgres
WRITERS = 8
EACH = 40


def test_a_reader_that_follows_the_cursor_sees_every_item(database, city, market):
    store = PostgresStore(database.gateway, WRITERS + 1)
    store.open()
    ids = [[market.new_id() for _ in range(EACH)] for _ in range(WRITERS)]
    finished = threading.Event()
    streams = [f"area/{code}" for code in DISTRICTS[:2]]

    def write(mine):
        for n, record_id in enumerate(mine):
            items = [
                Projected(stream=stream, entity="listing", id=record_id, ver=n, origin="X", body=b"{}")
                for stream in (streams if n % 2 else reversed(streams))
            ]
            store.run(lambda tx, items=items: tx.publish(items))

    def follow(stream):
        seen, after = [], 0
        while True:
            last = finished.is_set()
            page = store.run(lambda tx, after=after: tx.items(stream, after, 50, ""))
            items = items_of(page)
            seen += [item.id for item in items]
            after = page.last or after
            if last and not items:
                return seen

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        readers = [pool.submit(follow, stream) for stream in streams]
        for done in [pool.submit(write, mine) for mine in ids]:
            done.result(60)
        finished.set()
        seen = [reader.result(60) for reader in readers]
    store.close()
    everything = {record_id for mine in ids for record_id in mine}
    for stream_seen in seen:
        assert set(stream_seen) == everything
        assert len(stream_seen) == len(everything)


def test_kiosks_that_race_for_the_last_places_never_oversell(database, city, market):
    kiosks = [Kiosk(city, Market(f"WH{n:02d}"), f"WH{n:02d}").enroll() for n in range(10, 16)]
    for number, each in enumerate(kiosks):
        # Ids of their own: the sample market counts from 1.
        for _ in range(number * 1000):
            each.market.new_id()
    listing = published(kiosks[0], headcount=20)  # five of them are the city's
    bodies = []
    for each in kiosks:
        workers = [registered(each, f"王{n}") for n in "一二三四"]
        bodies.append([each.apply_body(listing, worker, Claim.NONE) for worker in workers])

    def apply(each, mine):
        return [each.say(body)[0][0] for body in mine]

    with ThreadPoolExecutor(len(kiosks)) as pool:
        results = [outcome for mine in pool.map(apply, kiosks, bodies) for outcome in mine]
    records = city.store.run(lambda tx: tx.load(Wanted(listings=frozenset({listing}))))
    central, leases = records.central(listing), records.leases.values()
    # A place of the reserve may have followed the demand into a kiosk's lease; these workers did not ask for that one.
    idle = sum(lease.free for lease in leases if lease.home != kiosks[0].code)
    taken = results.count("accepted")
    assert taken + idle + central.free == 5
    assert results.count("waitlisted") == 24 - taken
    assert central.free + central.firm + sum(lease.granted - lease.returned for lease in leases) == 20
    assert records.listing(listing).taken == taken == central.firm + sum(lease.spent for lease in leases)
    assert admin.counts(city)["placement"] == 24


def test_making_the_city_again_keeps_its_epoch_and_key(city):
    before = city.store.run(lambda tx: tx.city())
    again = admin.create_city(city, AREA, "new." + HOST, DISTRICTS)
    assert again.sealing_private is None
    assert (again.city.epoch, again.city.sealing_key) == (before.epoch, before.sealing_key)
    assert again.city.host == "new." + HOST


def test_an_enrolment_that_is_sent_twice_at_once_is_one(city):
    token = admin.make_enroll_token(city, "WH01")
    request = EnrollRequest(
        token=token, public_key=SigningKey(os.urandom(32)).public, kiosk="WH01", name="驿站"
    )
    together = threading.Barrier(4)

    def ask(_):
        together.wait(10)
        return city.store.run(lambda tx: enroll(city, tx, request))

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert {(each.device, each.incarnation) for each in answers} == {(answers[0].device, 1)}
