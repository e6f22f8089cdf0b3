"""What a worker is told when next seen: derived from paper and placement, so that no restart and no city loses it."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import msgspec
import pytest

from kiosk.domain.calendar import SHANGHAI
from kiosk.domain.ids import uuid7
from kiosk.domain.records import Slip
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import Claim, PlacementStatus, SlipKind
from kiosk.protocol.codec import decode_operation, encode
from kiosk.protocol.messages import Item, Outcome, Verdict
from kiosk.services.context import SELF
from kiosk.services.news import NewsKind
from tests.kiosk_fixture import open_kiosk

STREAM = "dev/WHC1"


def kinds(market, worker):
    return [each.kind for each in market.services.placements.news_for(worker.id)]


def read_it(market, worker, placement):
    """The worker reads what has become of that application."""
    placements = market.services.placements
    for each in placements.news_for(worker.id):
        if each.placement_id == placement.id:
            placements.told(each, worker.id)


def apply(market, listing, worker=None):
    person = worker or market.worker().worker
    return person, market.services.placements.apply(person.id, listing.id, SELF).placement


def settle(market, refused=()):
    """The city answers everything that was sent: yes, or no to these placements' applications."""
    outbox = market.kiosk.storage.outbox
    verdicts = []
    for sent in outbox.unsent(1000):
        body = decode_operation(bytes(sent.op)).body
        said_no = type(body).__name__ == "Apply" and body.placement_id in refused
        outcome = Outcome.REJECTED if said_no else Outcome.ACCEPTED
        verdicts.append(Verdict(seq=sent.seq, op_id=sent.op_id, outcome=outcome))
    outbox.settle(verdicts)


def from_the_city(market, placement):
    body = msgspec.Raw(encode(replace(placement, version=5)))
    item = Item(entity="placement", id=placement.id, seq=1, ver=5, deleted=False, body=body)
    market.kiosk.storage.inbox.apply(STREAM, [item], 1, complete=False)


@pytest.fixture
def full(market):
    """A listing of one place that somebody has."""
    listing = market.published(headcount="1").listing
    holder, taken = apply(market, listing)
    return listing, holder, taken


def test_who_moves_up_here_is_told_once_with_a_slip_that_is_true(market, full):
    listing, holder, taken = full
    worker, waiting = apply(market, listing)
    placements = market.services.placements
    assert kinds(market, worker) == []
    placements.cancel(taken.id, "", SELF)
    (news,) = placements.news_for(worker.id)
    assert (news.kind, news.placement_id, news.terms.title) == (NewsKind.SETTLED, waiting.id, "搬家，三楼")
    assert kinds(market, worker) == [NewsKind.SETTLED], "asking does not tell"
    assert placements.true_slip(waiting.id, SELF).new
    assert kinds(market, worker) == []
    assert kinds(market, holder) == [], "who cancelled knows it"


def test_who_is_moved_up_by_the_city_is_told(market, full):
    worker, waiting = apply(market, full[0])
    settle(market)
    promoted = replace(waiting, status=PlacementStatus.CONFIRMED, claim=Claim.CENTRAL)
    from_the_city(market, promoted)
    assert kinds(market, worker) == [NewsKind.SETTLED]


def test_who_waited_for_a_listing_that_is_closed_is_told_until_they_have_seen_it(market, full):
    listing, holder, _ = full
    worker, waiting = apply(market, listing)
    market.services.listings.close(listing.id, "", SELF)
    assert kinds(market, worker) == [NewsKind.MISSED]
    assert kinds(market, holder) == [], "who has the place keeps it"
    read_it(market, worker, waiting)
    assert kinds(market, worker) == []


def test_a_place_that_somebody_else_took_away_is_told(market, full):
    _, holder, taken = full
    settle(market)
    from_the_city(market, replace(taken, status=PlacementStatus.CANCELLED, reason="employer_banned"))
    assert kinds(market, holder) == [NewsKind.LOST]


def test_a_place_that_the_city_gave_to_another_is_told(market, full):
    _, holder, taken = full
    settle(market)
    from_the_city(market, replace(taken, status=PlacementStatus.WAITLISTED, claim=Claim.NONE))
    assert kinds(market, holder) == [NewsKind.WAITING]
    assert market.services.placements.true_slip(taken.id, SELF).slip.content.state == "waitlisted"
    assert kinds(market, holder) == []


def test_an_application_that_the_city_refused_is_told_with_the_words_of_its_slip(market, full):
    listing, holder, taken = full
    worker, waiting = apply(market, listing)
    settle(market, refused={taken.id, waiting.id})
    placements = market.services.placements
    assert placements.of_worker(holder.id) == ()
    (lost,) = placements.news_for(holder.id)
    assert lost.kind is NewsKind.LOST
    assert "搬家，三楼" in lost.told.values["trade"]
    assert kinds(market, worker) == [NewsKind.MISSED]
    read_it(market, holder, taken)
    assert kinds(market, holder) == []
    assert kinds(market, worker) == [NewsKind.MISSED]


def test_the_slip_of_a_refused_application_still_says_who_it_is_so_that_they_are_told(market, full):
    _, holder, taken = full
    slip = market.services.printing.of(taken.id)[0].content.qr
    settle(market, refused={taken.id})
    scanned = market.services.identify.scan(slip)
    assert (scanned.worker.id, scanned.phone) == (holder.id, holder.phone)


def test_who_applied_for_a_listing_that_is_gone_is_told_as_long_as_the_work_may_lie_ahead(market, full):
    listing, holder, taken = full
    settle(market, refused={taken.id})
    item = Item(entity="listing", id=listing.id, seq=1, ver=9, deleted=True, body=msgspec.Raw(b"null"))
    market.kiosk.storage.inbox.apply(STREAM, [item], 1, complete=False)
    market.clock.advance(timedelta(days=2).total_seconds())
    (news,) = market.services.placements.news_for(holder.id)
    assert (news.kind, news.terms) == (NewsKind.LOST, None)
    market.clock.advance(timedelta(days=14).total_seconds())
    assert kinds(market, holder) == []


def test_withdrawing_or_cancelling_oneself_is_no_news_wherever_it_was_done(market, full):
    listing, holder, taken = full
    worker, _ = apply(market, listing)
    market.services.workers.withdraw_consent(worker.id, SELF)
    assert kinds(market, worker) == []
    settle(market)
    from_the_city(market, replace(taken, status=PlacementStatus.CANCELLED, reason=""))
    assert kinds(market, holder) == []


def test_work_that_is_over_is_no_news(market, full):
    listing, _, taken = full
    worker, _ = apply(market, listing)
    market.services.placements.cancel(taken.id, "", SELF)
    market.clock.advance(timedelta(days=3).total_seconds())
    assert kinds(market, worker) == []


def test_nobody_hears_of_a_place_in_work_that_is_over_by_then(market, clock):
    tomorrow = market.today + timedelta(days=1)
    hours = {"date_from": tomorrow, "date_to": tomorrow, "start_minute": 8 * 60, "end_minute": 17 * 60}
    listing = market.published(headcount="1", **hours).listing
    _, taken = apply(market, listing)
    worker, _ = apply(market, listing)
    clock.advance((datetime.combine(tomorrow, time(16), SHANGHAI) - clock.now()).total_seconds())
    market.services.placements.cancel(taken.id, "", SELF)
    assert kinds(market, worker) == [NewsKind.SETTLED]
    assert market.services.calls.waiting() == 1
    clock.advance(3600)
    assert kinds(market, worker) == []
    assert market.services.calls.waiting() == 0


def test_news_and_what_was_told_survive_a_restart(market, full, tmp_path, clock):
    listing, _, taken = full
    worker, _ = apply(market, listing)
    other = market.published(headcount="1", title="卸车", trade="by-zhuangxie")
    apply(market, other.listing)
    _, missed = apply(market, other.listing, worker)
    market.services.listings.close(other.listing.id, "", SELF)
    market.services.placements.cancel(taken.id, "", SELF)
    read_it(market, worker, missed)
    market.kiosk.close()
    again = open_kiosk(tmp_path, clock)
    try:
        found = again.services().placements.news_for(worker.id)
        assert [each.kind for each in found] == [NewsKind.SETTLED]
    finally:
        again.close()


def test_a_slip_whose_holder_knows_better_is_not_printed(market, full):
    worker, waiting = apply(market, full[0])
    market.services.listings.close(full[0].id, "", SELF)
    read_it(market, worker, waiting)
    slip = market.services.printing.of(waiting.id)[0]
    with pytest.raises(Refusal) as refused:
        market.services.printing.print_slip(slip.slip_id, reprint=True, by_staff=True)
    assert refused.value.key == "refusal.slip_void"
    assert kinds(market, worker) == []


def elsewhere(market, placement, state, minutes=5, kiosk="WHG1"):
    """A job slip of that placement that another kiosk has numbered since, as the city shows it."""
    at = market.clock.now() + timedelta(minutes=minutes)
    slip = Slip(
        id=uuid7(int(at.timestamp() * 1000), bytes(10)),
        kind=SlipKind.JOB_SLIP,
        number=31,
        subject_id=placement.id,
        token="T",
        home=kiosk,
        issued_at=at,
        state=state,
        version=1,
    )
    item = Item(entity="slip", id=slip.id, seq=2, ver=1, deleted=False, body=msgspec.Raw(encode(slip)))
    market.kiosk.storage.inbox.apply(STREAM, [item], 2, complete=False)


def test_paper_of_another_kiosk_is_known_and_what_it_says_wrongly_is_told_here_once(market, full):
    _, holder, taken = full
    settle(market)
    elsewhere(market, taken, "waitlisted")  # they were told so there, and it has turned out better
    (news,) = market.services.placements.news_for(holder.id)
    assert (news.kind, news.told.number) == (NewsKind.SETTLED, "WHG1-0031")
    assert market.services.placements.true_slip(taken.id, SELF).new
    read_it(market, holder, taken)
    assert kinds(market, holder) == []


def test_who_has_true_paper_from_another_kiosk_has_no_news_and_no_call(market, full):
    listing, _, taken = full
    worker, waiting = apply(market, listing)
    market.services.placements.cancel(taken.id, "", SELF)
    assert market.services.calls.waiting() == 1
    settle(market)
    elsewhere(market, waiting, "confirmed")
    assert kinds(market, worker) == []
    assert market.services.calls.waiting() == 0


def test_a_slip_that_says_nothing_of_a_promise_is_no_news(market, full):
    _, holder, taken = full
    settle(market)
    elsewhere(market, taken, "")
    assert kinds(market, holder) == []
