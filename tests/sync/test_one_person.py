"""One person, registered at two whole kiosks of a real city: merged, told, remembered."""

import pytest

from kiosk.city.pages import slip_page
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import PlacementStatus
from kiosk.services.context import SELF
from kiosk.services.news import NewsKind
from kiosk.services.workers import form_of
from tests.domain.samples import STAFF
from tests.sync.kiosks import shared

pytestmark = pytest.mark.postgres
NAME, PHONE = "毕淑芬", "13900005678"
TAIL = PHONE[-4:]


@pytest.fixture
def both(home, away):
    """Registered at home, then at the other kiosk; neither knows of the other."""
    found = [each.worker(name=NAME, phone=PHONE) for each in (home, away)]
    home.settle()
    away.settle()
    return found


def card(station, worker):
    return station.services.printing.of(worker)[-1].content.qr


def come(station, code):
    """Stand at a kiosk with a slip; the id under which one is known there."""
    identify = station.services.identify
    scanned = identify.scan(code)
    if not scanned.away:
        identify.confirm(scanned, TAIL)
        return scanned.worker.id
    visitor = identify.ask_city(scanned, TAIL)
    identify.welcome(visitor)
    return visitor.worker.id


def merged(home, away, both):
    old, new = both
    visitor = come(away, card(home, old))
    here = away.services.one_person.registered_here(visitor)
    assert (visitor, here.id) == (old, new)
    away.services.one_person.merge(visitor, here.id, SELF)
    away.services.identify.leave()
    for station in (away, home, away):
        station.settle()


def same_everywhere(*stations):
    for station in stations:
        stream = f"dev/{station.kiosk.config.kiosk}"
        theirs = station.pump._client.digest(stream)
        mine = station.kiosk.storage.inbox.digest(stream)
        assert (mine.count, mine.digest) == (theirs.count, theirs.digest)
        assert station.kiosk.storage.read.sync_counts().rejected == 0


def test_the_person_is_one_at_both_and_every_card_opens_the_same_page(home, away, both):
    old, new = both
    listing = home.listing()
    mine = home.apply(old, listing).placement
    home.settle()
    cards = [card(home, old), card(away, new)]
    merged(home, away, both)
    for station in (home, away):
        assert {come(station, code) for code in cards} == {new}
        assert [each.id for each in station.services.placements.of_worker(old)] == [mine.id]
        assert [each.id for each in station.services.workers.find(PHONE)] == [new]
        with pytest.raises(Refusal, match=r"refusal\.merged"):
            station.services.workers.update(old, form_of(station.services.workers.get(new)), SELF)
    away.services.placements.cancel(mine.id, "", SELF)
    away.settle()
    home.settle()
    assert home.services.placements.get(mine.id).status is PlacementStatus.CANCELLED
    same_everywhere(home, away)


def test_two_applications_become_one_and_the_person_is_told_with_the_slip_that_counts(
    home, away, both, clock
):
    listing = shared(home, away, headcount="8")
    kept = home.apply(both[0], listing)
    clock.advance(1)
    given = away.apply(both[1], listing)
    home.settle()
    away.settle()
    merged(home, away, both)
    (news,) = away.services.placements.news_for(both[1])
    assert (news.kind, news.placement_id) == (NewsKind.MERGED, given.placement.id)
    true = away.services.placements.true_slip(news.placement_id, SELF)
    assert (true.new, true.slip.content.state) == (True, "confirmed")
    away.services.placements.told(news, both[1])
    assert away.services.placements.news_for(both[1]) == ()
    assert [each.told for each in away.services.calls.all() if each.news.kind is NewsKind.MERGED] == []
    away.settle()
    home.settle()
    assert home.services.listings.get(listing).taken == 1
    assert home.services.placements.get(kept.placement.id).status is PlacementStatus.CONFIRMED
    same_everywhere(home, away)


def test_the_page_behind_a_slip_that_gave_way_says_what_counts(home, away, both, city):
    listing = shared(home, away, headcount="8")
    home.apply(both[0], listing)
    given = away.apply(both[1], listing)
    home.settle()
    away.settle()
    merged(home, away, both)
    token = given.slip.content.qr.rpartition("/")[2]
    page = city.store.run(lambda tx: slip_page(city, tx, token))
    assert page.status == 200
    assert "已确认" in page.html


def test_two_jobs_at_the_same_time_are_put_before_the_person_and_the_staff(home, away, both):
    home.apply(both[0], home.listing())
    away.apply(both[1], away.listing())
    home.settle()
    away.settle()
    merged(home, away, both)
    for station in (home, away):
        (news,) = station.services.placements.news_for(both[1])
        assert news.kind is NewsKind.CLASH
        assert [each.news.kind for each in station.services.calls.all()] == [NewsKind.CLASH]
    away.services.placements.cancel(news.placement_id, "", STAFF)
    assert away.services.placements.news_for(both[1]) == ()


def test_what_was_not_sent_yet_means_the_person_and_survives_a_restart(home, away, both):
    old, new = both
    listing = home.listing()
    merged_without_home = come(away, card(home, old))
    away.services.one_person.merge(merged_without_home, new, SELF)
    away.settle()
    placement = home.apply(old, listing).placement  # home has not heard
    home.settle()
    home.settle()
    home.kiosk.reload()
    home.begin_anew()
    assert home.services.placements.get(placement.id).worker_id == new
    assert home.services.workers.get(old).id == new
    away.settle()
    assert [each.id for each in away.services.placements.of_worker(new)] == [placement.id]
    same_everywhere(home, away)


def test_staff_merge_two_of_one_kiosk_while_the_city_is_away(home):
    one = home.worker(name=NAME, phone=PHONE)
    other = home.worker(name="毕淑芳", phone=PHONE)
    listing = home.listing(headcount="1")
    home.apply(one, listing)
    waits = home.apply(home.worker(), listing).placement
    home.apply(other, home.listing())
    assert [{one, other}] == [{first.id, second.id} for first, second in home.services.one_person.doubles()]
    home.services.one_person.merge(one, other, STAFF)
    assert home.services.one_person.doubles() == []
    assert len(home.services.placements.of_worker(one)) == 2
    home.settle()
    assert home.services.placements.get(waits.id).status is PlacementStatus.WAITLISTED
    same_everywhere(home)


def test_a_visitor_is_remembered_after_the_visit_until_they_leave_or_withdraw(home, away):
    worker = home.worker(name=NAME, phone=PHONE)
    listing = shared(home, away)
    home.apply(worker, listing)
    home.settle()
    code = card(home, worker)
    away.services.identify.leave()
    come(away, code)
    assert away.services.one_person.may_be_remembered(worker)
    away.services.one_person.remember(worker, SELF)
    away.services.identify.leave()
    away.settle()
    found = away.services.workers.get(worker)
    assert (found.phone, away.services.one_person.is_remembered(found)) == (PHONE, True)
    assert len(away.services.placements.of_worker(worker)) == 1
    assert come(away, code) == worker  # without asking the city
    away.services.one_person.leave(worker, SELF)
    away.settle()
    with pytest.raises(Refusal, match="worker_unknown"):
        away.services.workers.get(worker)
    come(away, code)
    away.services.one_person.remember(worker, SELF)
    away.services.identify.leave()
    away.settle()
    home.settle()
    home.services.workers.withdraw_consent(worker, SELF)
    home.settle()
    away.settle()
    assert list(away.services.workers.find(PHONE)) == []
    same_everywhere(home, away)
