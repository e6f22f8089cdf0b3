"""Old deletions are forgotten in short steps; whoever was away for longer is told to read the stream anew."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.city.purge import expire, forget, purge, withdraw
from kiosk.city.reading import digest, pull, snapshot
from kiosk.city.stored import BEFORE_ALL, ItemKey
from kiosk.domain.calendar import local_date
from kiosk.domain.operations import CloseListing, RenewListing, RenewWanted, WithdrawWanted
from tests.city.stage import items_of
from tests.city.test_push import published
from tests.city.test_wanted import posted
from tests.domain.samples import NIGHT

pytestmark = pytest.mark.postgres
LATER = datetime(2100, 1, 1, tzinfo=UTC)
AREA = "area/371002"


def ask(kiosk, after):
    def work(tx):
        return pull(kiosk.city, tx, kiosk.device, AREA, after, tx.city().epoch, 100)

    return kiosk.city.store.run(work)


def test_a_cursor_below_the_fence_needs_a_snapshot_and_one_above_does_not(kiosk, other):
    listing, kept = published(kiosk), published(kiosk)
    before = ask(other, 0).head
    kiosk.say(CloseListing(listing_id=listing, reason=""))
    head = ask(other, before).head
    assert [item.deleted for item in items_of(ask(other, before))] == [True]
    assert forget(kiosk.city, LATER, chunk=1) > 0
    assert ask(other, before).snapshot_needed
    assert not ask(other, head).snapshot_needed
    page = kiosk.city.store.run(lambda tx: snapshot(kiosk.city, tx, other.device, AREA, BEFORE_ALL, 100))
    assert [item.id for item in items_of(page)] == [kept]
    counted = kiosk.city.store.run(lambda tx: digest(kiosk.city, tx, other.device, AREA))
    assert counted.count == 1


def test_young_deletions_are_told_on(kiosk, other):
    listing = published(kiosk)
    before = ask(other, 0).head
    kiosk.say(CloseListing(listing_id=listing, reason=""))
    assert forget(kiosk.city, datetime.now(UTC) - timedelta(days=1)) == 0
    assert not ask(other, before).snapshot_needed


def test_an_expired_listing_leaves_its_district_and_comes_back_when_it_is_renewed(kiosk, other):
    listing = published(kiosk)
    today = local_date(kiosk.market.now)
    assert expire(kiosk.city, today + timedelta(days=1)) == 0
    assert expire(kiosk.city, today + timedelta(days=2)) == 1
    assert expire(kiosk.city, today + timedelta(days=2)) == 0
    assert other.sees(AREA)["listing", listing].deleted
    assert ("listing", listing) in kiosk.own()
    kiosk.say(RenewListing(listing_id=listing, valid_until=today + timedelta(days=5)))
    assert not other.sees(AREA)["listing", listing].deleted


def test_days_to_keep_are_no_fewer_than_none(city):
    with pytest.raises(ValueError, match="days"):
        purge(city, -1)


def test_pages_of_a_snapshot_follow_the_key(kiosk, other):
    listings = {published(kiosk) for _ in range(5)}
    seen, after, heads = [], BEFORE_ALL, set()
    while True:
        page = kiosk.city.store.run(
            lambda tx, after=after: snapshot(kiosk.city, tx, other.device, AREA, after, 2)
        )
        found = items_of(page)
        seen += [item.id for item in found]
        heads.add(page.head)
        if not page.more:
            break
        after = ItemKey(found[-1].entity, found[-1].id)
    assert seen == sorted(listings)
    assert len(heads) == 1


def test_an_expired_entry_is_withdrawn_and_nobody_is_named_any_more_though_its_kiosk_is_away(
    kiosk, other, city
):
    _, wanted = posted(kiosk)
    today = local_date(kiosk.market.now)
    assert withdraw(city, today) == 0
    assert withdraw(city, today + timedelta(days=1), chunk=1) == 1
    assert withdraw(city, today + timedelta(days=1)) == 0
    assert other.sees(AREA)["wanted", wanted].deleted
    mine = kiosk.own()["wanted", wanted]
    assert (mine["status"], mine["surname"], mine["phone_masked"], mine["offer"]["note"]) == (
        "withdrawn",
        "",
        "",
        "",
    )
    renew = RenewWanted(wanted_id=wanted, valid_until=today + timedelta(days=5))
    assert kiosk.say(renew) == [("rejected", "refusal.wanted_withdrawn")]
    assert kiosk.say(WithdrawWanted(wanted_id=wanted)) == [("accepted", "")]


def test_a_kiosk_whose_clock_was_wrong_at_night_withdraws_nothing(kiosk):
    _, wanted = posted(kiosk)
    assert kiosk.say(WithdrawWanted(wanted_id=wanted), actor=NIGHT) == [
        ("rejected", "refusal.wanted_not_expired")
    ]
    assert kiosk.own()["wanted", wanted]["status"] == "open"


def test_the_nights_purge_takes_listings_entries_and_deletions(kiosk, market):
    published(kiosk)
    posted(kiosk)
    market.now += timedelta(days=32)
    done = purge(kiosk.city)
    assert (done.expired, done.withdrawn) == (1, 1)
    market.now += timedelta(days=31)
    assert purge(kiosk.city).expired == 0
