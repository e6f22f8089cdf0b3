"""Outbox and inbox: present = what the city says + operations without a verdict, whatever comes in which order."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import msgspec
import pytest

from kiosk.domain.ledger import Ledger
from kiosk.domain.operations import WithdrawConsent
from kiosk.domain.records import CentralSlots, Lease
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ListingStatus, PlacementStatus
from kiosk.protocol.codec import ENTITY_OF, decode_operation, encode
from kiosk.protocol.messages import Item, Outcome, Verdict
from kiosk.protocol.progress import SnapshotKey
from kiosk.services.ports import ListingQuery
from kiosk.storage.rows import Key, key_of
from tests.storage.desk import Desk, reapply
from tests.storage.market import HOME, NOW, TODAY, Market

DEV, AREA = f"dev/{HOME}", "area/371002"


def item(record, seq=1, deleted=False):
    entity = ENTITY_OF[type(record)]
    row_id = record.listing_id if isinstance(record, Lease) else record.id
    body = msgspec.Raw(b"null") if deleted else msgspec.Raw(encode(record))
    return Item(entity=entity, id=row_id, seq=seq, ver=record.version, deleted=deleted, body=body)


class City:
    """The other side, as far as these tests need one: the same transitions on its own records."""

    def __init__(self):
        self.ledger = Ledger()
        self.seq = 0
        self.items = {}
        self.refuse = set()

    def put(self, record):
        if isinstance(record, CentralSlots):
            self.ledger.put(record)
            return
        stamped = replace(record, version=record.version + 1)
        self.ledger.put(stamped)
        self.seq += 1
        self.items[key_of(record)] = item(stamped, self.seq)

    def forget(self, record):
        self.seq += 1
        self.items[key_of(record)] = item(record, self.seq, deleted=True)

    def push(self, sent):
        verdicts = []
        for each in sent:
            op = decode_operation(each.op)
            outcome, reason = Outcome.ACCEPTED, ""
            try:
                if each.op_id in self.refuse:
                    raise Refusal("refusal.because")  # noqa: TRY301 - as if a rule had said it
                for record in reapply(op, self.ledger):
                    self.put(record)
            except Refusal as refusal:
                outcome, reason = Outcome.REJECTED, refusal.key
            verdicts.append(Verdict(seq=each.seq, op_id=each.op_id, outcome=outcome, reason=reason))
        return verdicts

    def page(self, after, limit=1000):
        later = sorted((each for each in self.items.values() if each.seq > after), key=lambda each: each.seq)
        return later[:limit]


def pull(storage, city, limit=1000):
    while True:
        page = city.page(storage.inbox.cursor(DEV).seq, limit)
        more = len(page) == limit
        to_seq = page[-1].seq if page else city.seq
        storage.inbox.apply(DEV, page, to_seq, complete=not more)
        if not more:
            return


def present(storage):
    found = {}
    with storage.database.reader() as connection:
        for entity in ("worker", "employer", "listing", "placement", "slip", "lease"):
            for row_id, body in connection.execute(f"SELECT id, body FROM {entity}"):
                record = msgspec.json.decode(body)
                record.pop("version")
                found[Key(entity, bytes(row_id))] = record
    return found


def said_by(city):
    found = {}
    for key, each in city.items.items():
        if not each.deleted:
            record = msgspec.json.decode(each.body)
            record.pop("version")
            found[key] = record
    return found


def market_is_true(storage):
    shown = {each.id for each in storage.read.listings(ListingQuery(), NOW, None, 1000).rows}
    texts = {each.id for each in storage.read.listings(ListingQuery(region="371000"), NOW, None, 1000).rows}
    published = storage.read.by_status(ListingStatus.PUBLISHED, None, 1000).rows
    expected = {each.id for each in published if min(each.valid_until, each.terms.date_to) >= TODAY}
    return shown == texts == expected


def test_an_accepted_operation_is_settled_and_stays(storage, desk):
    city = City()
    worker = desk.worker()
    sent = storage.outbox.unsent(10)
    storage.outbox.settle(city.push(sent))
    assert storage.outbox.unsent(10) == []
    assert storage.outbox.counts().unsent == 0
    assert storage.outbox.counts().issued == 1
    pull(storage, city)
    assert storage.read.worker(worker).version == 1
    storage.outbox.settle(city.push(sent))  # said twice
    storage.outbox.settle([Verdict(seq=77, op_id=UUID(int=77), outcome=Outcome.REJECTED)])
    assert storage.outbox.counts().rejected == 0


def test_a_lease_that_a_cut_snapshot_brought_before_its_listing_stays_the_citys(storage, desk):
    """The answer to the push was lost, the snapshot broke off between the two, and the push was said again."""
    city = City()
    listing = desk.listing(headcount=3)
    verdicts = city.push(storage.outbox.unsent(100))
    (lease,) = (each for key, each in city.items.items() if key.entity == "lease")
    storage.inbox.apply_snapshot(DEV, [lease], city.seq, SnapshotKey("lease", listing), last=False)
    storage.outbox.settle(verdicts)
    with storage.unit_of_work() as uow:
        assert uow.lease(listing, HOME).version == lease.ver == 1
        assert uow.listing(listing) is not None


def test_a_refused_operation_is_undone_with_what_stood_on_it(storage, desk):
    city = City()
    listing = desk.listing(headcount=1)
    storage.outbox.settle(city.push(storage.outbox.unsent(100)))
    pull(storage, city)
    before = present(storage)
    worker = desk.worker()
    first = desk.apply(listing, worker)
    assert storage.read.listing(listing).status is ListingStatus.FULL
    desk.cancel(first)
    other = desk.apply(listing, desk.worker())
    assert storage.read.placement(other).status is PlacementStatus.CONFIRMED
    city.refuse = {storage.outbox.unsent(10)[0].op_id}  # the worker's registration
    verdicts = city.push(storage.outbox.unsent(100))
    storage.outbox.settle(verdicts)
    assert [each.outcome for each in verdicts] == ["rejected"] * 3 + ["accepted"] * 2
    assert storage.read.worker(worker) is None
    assert storage.read.placement(first) is None
    assert storage.read.placement(other).status is PlacementStatus.CONFIRMED
    assert storage.read.listing(listing).taken == 1
    assert storage.outbox.counts().rejected == 3
    pull(storage, city)
    assert present(storage) == said_by(city)
    assert set(before) < set(present(storage))


def test_a_pulled_listing_keeps_our_unsent_application_on_top(storage, desk):
    city = City()
    listing_id = desk.listing(headcount=3)
    storage.outbox.settle(city.push(storage.outbox.unsent(100)))
    pull(storage, city)
    first = desk.apply(listing_id, desk.worker())
    # Meanwhile somebody else got a place from the city's reserve, and the title was mended.
    theirs = city.ledger.listing(listing_id)
    city.put(replace(theirs, taken=1, terms=replace(theirs.terms, title="新标题")))
    lease = city.ledger.lease(listing_id, HOME)
    city.put(replace(lease, returned=1))
    pull(storage, city)
    here = storage.read.listing(listing_id)
    assert (here.taken, here.terms.title) == (2, "新标题")
    with storage.unit_of_work() as uow:
        assert uow.lease(listing_id, HOME).free == 1
    assert storage.read.placement(first).status is PlacementStatus.CONFIRMED
    desk.cancel(first)
    city.put(replace(city.ledger.listing(listing_id), review_reason="x"))
    pull(storage, city)
    assert storage.read.listing(listing_id).taken == 1
    with storage.unit_of_work() as uow:
        assert uow.lease(listing_id, HOME).free == 2


def test_a_place_that_the_city_took_back_is_not_promised_again(storage, desk):
    city = City()
    listing_id = desk.listing(headcount=2)
    storage.outbox.settle(city.push(storage.outbox.unsent(100)))
    pull(storage, city)
    placements = [desk.apply(listing_id, desk.worker()) for _ in range(2)]
    city.put(replace(city.ledger.lease(listing_id, HOME), returned=1))
    pull(storage, city)
    statuses = [storage.read.placement(each).status for each in placements]
    assert statuses == [PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED]


def test_quarantined_operations_keep_their_effect_and_are_counted(storage, desk):
    worker = desk.worker()
    op = storage.outbox.unsent(1)[0]
    quarantined = Verdict(seq=1, op_id=op.op_id, outcome=Outcome.QUARANTINED, reason="unknown")
    storage.outbox.settle([quarantined])
    assert storage.read.worker(worker) is not None
    assert storage.read.sync_counts().quarantined == 1
    assert storage.outbox.unsent(5) == []
    storage.outbox.settle([Verdict(seq=1, op_id=op.op_id, outcome=Outcome.REJECTED, reason="no")])
    assert storage.read.worker(worker) is None
    assert storage.read.sync_counts().quarantined == 0
    assert storage.read.sync_counts().rejected == 1


def test_unsent_is_contiguous_and_limited(storage, desk):
    for _ in range(5):
        desk.worker()
    assert [each.seq for each in storage.outbox.unsent(3)] == [1, 2, 3]
    first = storage.outbox.unsent(1)[0]
    storage.outbox.settle([Verdict(seq=1, op_id=first.op_id, outcome=Outcome.ACCEPTED)])
    assert [each.seq for each in storage.outbox.unsent(3)] == [2, 3, 4]


def test_a_restored_city_gets_everything_again(storage, desk):
    city, restored = City(), City()
    listing_id = desk.listing(headcount=2)
    sent = storage.outbox.unsent(100)
    storage.outbox.settle(city.push(sent))
    restored.push(sent)
    pull(storage, city)
    placement = desk.apply(listing_id, desk.worker())
    storage.outbox.settle(city.push(storage.outbox.unsent(100)))
    pull(storage, city)
    wanted = present(storage)
    storage.outbox.rewind(len(sent))
    storage.inbox.adopt_epoch(UUID(int=2))
    assert [each.seq for each in storage.outbox.unsent(9)] == [len(sent) + 1, len(sent) + 2]
    assert storage.inbox.cursor(DEV).replacing
    pull(storage, restored)
    assert present(storage) == wanted  # nothing that was promised is gone meanwhile
    storage.outbox.settle(restored.push(storage.outbox.unsent(100)))
    pull(storage, restored)
    assert present(storage) == said_by(restored) == wanted
    assert storage.read.placement(placement).status is PlacementStatus.CONFIRMED


def test_what_the_restored_city_never_knew_and_now_refuses_is_gone(storage, desk):
    city = City()
    worker = desk.worker()
    sent = storage.outbox.unsent(9)
    storage.outbox.settle(city.push(sent))
    storage.outbox.rewind(0)
    assert storage.read.worker(worker) is not None
    city.refuse = {sent[0].op_id}
    storage.outbox.settle(city.push(storage.outbox.unsent(9)))
    assert storage.read.worker(worker) is None


def test_what_the_city_accepted_and_after_a_restore_refused_is_gone(storage, desk):
    """A request that comes late to the restored city is decided there before this kiosk hears of the restore."""
    desk.worker()
    worker = desk.worker()
    verdicts = City().push(storage.outbox.unsent(100))
    storage.outbox.settle(verdicts)
    refused = msgspec.structs.replace(verdicts[-1], outcome=Outcome.REJECTED, reason="refusal.not_yours")
    storage.outbox.settle([refused])
    assert storage.read.worker(worker) is None
    assert storage.outbox.counts().rejected == 1
    storage.outbox.settle([refused])
    assert storage.outbox.counts().rejected == 1


def test_a_new_enrolment_numbers_and_sends_everything_that_is_kept(storage, desk):
    for _ in range(4):
        desk.worker()
    ops = storage.outbox.unsent(10)
    said = [Verdict(seq=n, op_id=ops[n - 1].op_id, outcome=Outcome.ACCEPTED) for n in (1, 2, 3)]
    storage.outbox.settle(said)
    storage.outbox.mark_durable(1)
    storage.clock.time += timedelta(days=8)
    storage.outbox.mark_durable(2)  # the first is in a backup for a week: it is not kept any more
    storage.outbox.renumber()
    # The city may have been restored in between: also what it once accepted goes again, under the same id.
    again = storage.outbox.unsent(10)
    assert [(each.seq, each.op_id, bytes(each.op)) for each in again] == [
        (seq, each.op_id, bytes(each.op)) for seq, each in enumerate(ops[1:], 1)
    ]
    desk.worker()
    assert storage.outbox.counts().issued == 4
    # A late verdict under an old number still finds its operation.
    storage.outbox.settle([Verdict(seq=4, op_id=ops[3].op_id, outcome=Outcome.REJECTED)])
    assert storage.outbox.counts().rejected == 1


def test_operations_are_pruned_a_week_after_they_are_durable(storage, desk):
    clock = storage.clock
    for _ in range(3):
        desk.worker()
    ops = storage.outbox.unsent(10)
    storage.outbox.settle([Verdict(seq=n, op_id=ops[n - 1].op_id, outcome=Outcome.ACCEPTED) for n in (1, 2)])
    storage.outbox.mark_durable(2)
    clock.time += timedelta(days=6)
    storage.outbox.mark_durable(3)
    assert _kept(storage) == [1, 2, 3]
    clock.time += timedelta(days=2)
    storage.outbox.mark_durable(3)
    assert _kept(storage) == [3]
    clock.time += timedelta(days=30)
    storage.outbox.mark_durable(3)
    assert _kept(storage) == [3]  # without a verdict it stays, whatever the mark says
    desk.worker()
    assert _kept(storage) == [3, 4]


def _kept(storage):
    with storage.database.reader() as connection:
        return [row[0] for row in connection.execute("SELECT op_seq FROM outbox ORDER BY op_seq")]


def test_cursor_epoch_and_restart(storage, market):
    assert storage.inbox.epoch() is None
    storage.inbox.adopt_epoch(UUID(int=1))
    assert storage.inbox.epoch() == UUID(int=1)
    assert storage.inbox.cursor(AREA) == storage.inbox.cursor("ref")
    storage.inbox.apply(AREA, [item(market.listing(), 5)], 5, complete=False)
    assert (storage.inbox.cursor(AREA).seq, storage.inbox.cursor(AREA).replacing) == (5, True)
    storage.inbox.apply(AREA, [], 9, complete=True)
    assert (storage.inbox.cursor(AREA).seq, storage.inbox.cursor(AREA).replacing) == (9, False)
    storage.inbox.adopt_epoch(UUID(int=1))
    assert storage.inbox.cursor(AREA).seq == 9
    storage.inbox.restart(AREA)
    assert (storage.inbox.cursor(AREA).seq, storage.inbox.cursor(AREA).replacing) == (0, True)


def test_a_snapshot_replaces_what_the_stream_brought_and_nothing_else(storage, desk, market):
    own = desk.listing()
    listings = list(market.listings(6))
    storage.inbox.apply(AREA, [item(each, n) for n, each in enumerate(listings, 1)], 6, complete=True)
    others = list(Market(5).listings(2))
    storage.inbox.apply("area/371082", [item(each, n) for n, each in enumerate(others, 1)], 2, complete=True)
    storage.inbox.restart(AREA)
    storage.inbox.apply(AREA, [item(listings[0], 7)], 7, complete=False)
    assert storage.read.listing(listings[5].id) is not None
    storage.inbox.apply(AREA, [item(listings[1], 8), item(others[0], 9)], 9, complete=True)
    left = [each for each in (*listings, *others) if storage.read.listing(each.id) is not None]
    assert left == [listings[0], listings[1], *others]
    assert storage.read.listing(own) is not None
    assert market_is_true(storage)


def test_deleted_and_unknown_items(storage, market):
    listing, worker, lease = market.listing(), market.worker(), market.lease(market.listing())
    storage.inbox.apply(DEV, [item(listing, 1), item(worker, 2), item(lease, 3)], 3, complete=True)
    future = Item(entity="robot", id=UUID(int=3), seq=4, ver=1, body=msgspec.Raw(b'{"a":1}'))
    broken = Item(entity="worker", id=UUID(int=4), seq=5, ver=1, body=msgspec.Raw(b'{"id":"x"}'))
    key = Item(entity="station_key", id=UUID(int=5), seq=6, ver=1, body=msgspec.Raw(b'{"key_id":1}'))
    gone = [item(listing, 7, True), item(worker, 8, True), item(lease, 9, True)]
    storage.inbox.apply(DEV, [future, broken, key, *gone], 9, complete=True)
    assert present(storage) == {}
    assert storage.inbox.bodies("robot") == [b'{"a":1}']
    assert storage.inbox.bodies("worker") == [b'{"id":"x"}']
    assert storage.inbox.bodies("station_key") == [b'{"key_id":1}']
    assert market_is_true(storage)
    storage.inbox.apply(DEV, [msgspec.structs.replace(key, deleted=True, seq=10)], 10, complete=True)
    assert storage.inbox.bodies("station_key") == []


def test_a_page_is_saved_whole_or_not_at_all(storage, market):
    storage.inbox.apply(AREA, [], 3, complete=True)
    pages = [item(market.listing(), 4), item(market.listing(), 5)]
    with storage.database.writer() as connection:
        connection.execute(
            "CREATE TEMP TRIGGER full BEFORE UPDATE ON stream BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(Exception, match="no"):
        storage.inbox.apply(AREA, pages, 5, complete=True)
    assert storage.inbox.cursor(AREA).seq == 3
    assert present(storage) == {}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_kiosk_and_city_agree_in_the_end(storage, seed):  # noqa: C901 - a list of things
    """Random work, pushes, refusals, pulls in small pages, changes by others, restarts."""
    random = Random(seed)
    desk, city = Desk(storage, seed), City()
    workers, listings, placements = [desk.worker()], [desk.listing(headcount=3)], []
    for _ in range(40):
        match random.randrange(9):
            case 0:
                workers.append(desk.worker())
            case 1:
                listings.append(desk.listing(headcount=random.choice((1, 3, 5))))
            case 2 | 3:
                attempt(
                    lambda: placements.append(desk.apply(random.choice(listings), random.choice(workers)))
                )
            case 4:
                if placements:
                    attempt(lambda: desk.cancel(random.choice(placements)))
            case 5:
                attempt(lambda: desk.do(WithdrawConsent(worker_id=random.choice(workers))))
            case 6:
                sent = storage.outbox.unsent(random.choice((1, 3, 50)))
                city.refuse |= {each.op_id for each in sent if random.random() < 0.1}
                storage.outbox.settle(city.push(sent))
                if random.random() < 0.5:
                    pull(storage, city, random.choice((1, 2, 100)))
            case 7:
                # Only after a push: the pump never pulls while it has something to say.
                pull(storage, city, random.choice((1, 3, 100)))
            case 8:
                change_elsewhere(city, random)
        assert market_is_true(storage)
    storage.outbox.settle(city.push(storage.outbox.unsent(1000)))
    pull(storage, city)
    assert storage.outbox.counts().unsent == 0
    assert present(storage) == said_by(city)
    assert market_is_true(storage)


def attempt(act):
    with suppress(Refusal):
        act()


def change_elsewhere(city, random):
    """Another kiosk's work on a listing: a place more taken, or closed."""
    known = list(city.ledger.listings.values())
    if not known:
        return
    listing = random.choice(known)
    if random.random() < 0.3:
        city.put(replace(listing, status=ListingStatus.CLOSED))
    else:
        lease = city.ledger.lease(listing.id, HOME)
        if lease is not None and lease.free > 0:
            city.put(replace(lease, returned=lease.returned + 1))
        city.put(replace(listing, changed_at=NOW))


def test_a_first_synchronisation_is_browsable_at_once_and_searchable_at_its_end(storage, market):
    listings = list(market.listings(700))
    shown = [each for each in listings if min(each.valid_until, each.terms.date_to) >= TODAY]
    storage.inbox.apply(AREA, [item(each, n) for n, each in enumerate(listings, 1)], 700, complete=False)
    assert len(storage.read.listings(ListingQuery(), NOW, None, 1000).rows) == len(shown)
    assert storage.read.listings(ListingQuery(text="招"), NOW, None, 10).rows == ()
    storage.inbox.apply(AREA, [], 700, complete=True)
    assert storage.read.listings(ListingQuery(text="招"), NOW, None, 10).rows != ()
    assert market_is_true(storage)


def test_last_contact_is_remembered(storage):
    assert storage.read.sync_counts().last_contact is None
    storage.outbox.heard(NOW)
    assert storage.read.sync_counts().last_contact == NOW
