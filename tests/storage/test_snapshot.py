"""A stream that is read anew, page by page: over a restart, replacing, bounded, and the outbox untouched."""

from dataclasses import replace

import msgspec
import pytest

from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Item
from kiosk.protocol.progress import SnapshotKey
from kiosk.services.ports import ListingQuery
from tests.storage.desk import storage_at
from tests.storage.market import NOW, TODAY, vocabulary

AREA = "area/371002"


def item(listing, seq=1, deleted=False):
    body = msgspec.Raw(b"null") if deleted else msgspec.Raw(encode(listing))
    return Item(entity="listing", id=listing.id, seq=seq, ver=listing.version, deleted=deleted, body=body)


def shown(storage):
    return {each.id for each in storage.read.listings(ListingQuery(), NOW, None, 100).rows}


def read_anew(storage, pages, head):
    for number, page in enumerate(pages, 1):
        after = SnapshotKey("listing", page[-1].id)
        storage.inbox.apply_snapshot(AREA, page, head + number, after, last=number == len(pages))
    storage.inbox.apply(AREA, [], head + 1, complete=True)


@pytest.fixture
def listings(market):
    made = [market.listing(valid_until=TODAY.replace(day=20)) for _ in range(9)]
    made = [
        replace(each, version=1, terms=replace(each.terms, date_to=TODAY.replace(day=19))) for each in made
    ]
    return sorted(made, key=lambda each: each.id)


def test_the_head_of_the_first_page_is_where_to_pull_on(storage, listings):
    pages = [[item(each) for each in listings[:3]], [item(each) for each in listings[3:6]]]
    storage.inbox.apply_snapshot(AREA, pages[0], 40, SnapshotKey("listing", listings[2].id), last=False)
    cursor = storage.inbox.cursor(AREA)
    assert (cursor.seq, cursor.reading, cursor.after.id) == (40, True, listings[2].id)
    storage.inbox.apply_snapshot(AREA, pages[1], 55, SnapshotKey("listing", listings[5].id), last=True)
    cursor = storage.inbox.cursor(AREA)
    assert (cursor.seq, cursor.reading, cursor.replacing, cursor.after) == (40, False, True, None)


def test_a_snapshot_goes_on_where_a_restart_cut_it(storage, listings):
    first = [item(each) for each in listings[:5]]
    storage.inbox.apply_snapshot(AREA, first, 40, SnapshotKey("listing", listings[4].id), last=False)
    storage.close()
    again = storage_at(storage.database.path, vocabulary=vocabulary())
    again.open()
    assert again.inbox.cursor(AREA).after == SnapshotKey("listing", listings[4].id)
    rest = [item(each) for each in listings[5:]]
    again.inbox.apply_snapshot(AREA, rest, 41, SnapshotKey("listing", listings[-1].id), last=True)
    again.inbox.apply(AREA, [], 41, complete=True)
    assert shown(again) == {each.id for each in listings}
    assert not again.inbox.cursor(AREA).replacing
    again.close()


def test_what_the_stream_no_longer_holds_goes_at_the_end_and_not_before(storage, listings):
    read_anew(storage, [[item(each) for each in listings]], 9)
    storage.inbox.restart(AREA)
    kept = listings[2:]
    storage.inbox.apply_snapshot(
        AREA, [item(each) for each in kept], 20, SnapshotKey("listing", kept[-1].id), last=True
    )
    assert shown(storage) == {each.id for each in listings}
    storage.inbox.apply(AREA, [item(listings[3], 21, deleted=True)], 21, complete=True)
    assert shown(storage) == {each.id for each in kept} - {listings[3].id}


def test_a_forgotten_stream_takes_its_rows_along_but_not_those_of_another(storage, listings):
    read_anew(storage, [[item(each) for each in listings]], 9)
    storage.inbox.apply("area/371003", [item(listings[0])], 1, complete=True)
    storage.inbox.forget(AREA)
    assert storage.inbox.streams() == ["area/371003"]
    assert shown(storage) == {listings[0].id}
    assert storage.inbox.cursor(AREA).reading


def test_own_unsent_work_outlives_a_snapshot_that_does_not_know_it(storage, desk, listings):
    worker = desk.worker()
    sent = storage.outbox.unsent(10)
    storage.inbox.apply_snapshot("dev/WHHC01", [], 5, None, last=True)
    storage.inbox.apply("dev/WHHC01", [], 5, complete=True)
    assert storage.read.worker(worker) is not None
    assert storage.outbox.unsent(10) == sent


def test_a_large_page_can_be_browsed_at_once_and_searched_after_catching_up(storage, market):
    many = [replace(market.listing(valid_until=TODAY.replace(day=20)), version=1) for _ in range(300)]
    many = [replace(each, terms=replace(each.terms, date_to=TODAY.replace(day=19))) for each in many]
    storage.inbox.apply_snapshot(
        AREA, [item(each) for each in many], 300, SnapshotKey("listing", many[-1].id), last=False
    )
    with storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM market").fetchone()[0] == 300
        assert connection.execute("SELECT count(*) FROM search_backlog").fetchone()[0] == 300
    while storage.inbox.catch_up():
        pass
    title = many[0].terms.title
    found = storage.read.listings(ListingQuery(text=title), NOW, None, 300).rows
    assert {each.id for each in found} == {each.id for each in many if title in each.terms.title}
