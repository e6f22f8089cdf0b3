"""What this version cannot read is kept as it came, and read again after an upgrade of the program."""

from dataclasses import replace
from uuid import UUID

import msgspec
import pytest

from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Item
from kiosk.protocol.progress import digest_of
from kiosk.services.ports import ListingQuery
from kiosk.storage import incoming
from tests.storage.desk import storage_at
from tests.storage.market import NOW, vocabulary

AREA = "area/371002"


def newer(listing, seq=1):
    """The listing as a newer program writes it: with a kind of strength that nobody here knows."""
    body = msgspec.json.decode(encode(listing))
    body["terms"]["strength"] = "superhuman"
    raw = msgspec.Raw(msgspec.json.encode(body))
    return Item(entity="listing", id=listing.id, seq=seq, ver=listing.version, body=raw)


def item(listing, seq=1):
    raw = msgspec.Raw(encode(listing))
    return Item(entity="listing", id=listing.id, seq=seq, ver=listing.version, body=raw)


def shown(storage):
    return {each.id for each in storage.read.listings(ListingQuery(), NOW, None, 100).rows}


@pytest.fixture
def listing(market):
    return replace(market.listing(), version=1)


def upgraded(storage, monkeypatch):
    """The same file under a program that knows the new kind of strength: any word will do there."""
    storage.close()
    reader = incoming._READERS["listing"]

    def read(body):
        plain = msgspec.json.decode(body)
        plain["terms"]["strength"] = "medium"
        return reader(msgspec.json.encode(plain))

    monkeypatch.setitem(incoming._READERS, "listing", read)
    again = storage_at(storage.database.path, vocabulary=vocabulary())
    again.open()
    return again


def test_a_record_of_a_newer_program_is_kept_and_shown_after_the_upgrade(storage, listing, monkeypatch):
    storage.inbox.apply(AREA, [newer(listing)], 1, complete=True)
    assert shown(storage) == set()
    assert storage.inbox.digest(AREA).count == 1
    again = upgraded(storage, monkeypatch)
    with again.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM inbox_other").fetchone()[0] == 0
        assert connection.execute("SELECT count(*) FROM market").fetchone()[0] == 1
    assert again.inbox.digest(AREA).digest == digest_of([("listing", listing.id, 1)])
    again.close()


def test_the_state_before_stays_on_the_screen_and_the_digest_counts_the_newer_one(storage, listing):
    storage.inbox.apply(AREA, [item(listing)], 1, complete=True)
    storage.inbox.apply(AREA, [newer(replace(listing, version=2), 2)], 2, complete=True)
    assert shown(storage) == {listing.id}
    assert storage.inbox.digest(AREA).digest == digest_of([("listing", listing.id, 2)])


def test_what_can_be_read_again_takes_the_place_of_what_could_not(storage, listing):
    storage.inbox.apply(AREA, [newer(listing)], 1, complete=True)
    storage.inbox.apply(AREA, [item(replace(listing, version=2), 2)], 2, complete=True)
    assert shown(storage) == {listing.id}
    assert storage.inbox.digest(AREA).digest == digest_of([("listing", listing.id, 2)])
    assert storage.inbox.bodies("listing") == []


def test_what_could_not_be_read_goes_when_it_is_deleted(storage, listing):
    storage.inbox.apply(AREA, [newer(listing)], 1, complete=True)
    gone = Item(entity="listing", id=listing.id, seq=2, ver=2, deleted=True)
    storage.inbox.apply(AREA, [gone], 2, complete=True)
    assert storage.inbox.bodies("listing") == []
    assert storage.inbox.digest(AREA).count == 0


def test_an_unknown_entity_is_there_for_the_program_that_knows_it(storage):
    thing = Item(entity="weather", id=UUID(int=1), seq=1, ver=1, body=msgspec.Raw(b'{"rain":true}'))
    storage.inbox.apply("ref", [thing], 1, complete=True)
    assert storage.inbox.bodies("weather") == [b'{"rain":true}']
