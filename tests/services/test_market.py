"""Listings and placements: what is promised, and to whom."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from kiosk.domain.calendar import SHANGHAI
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ListingStatus, PayUnit, PlacementStatus
from kiosk.domain.wages import total_fen
from kiosk.services.context import SELF, staff_actor
from kiosk.services.ports import ListingQuery
from tests.domain.samples import TERMS


def refused(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


def test_a_new_employers_listing_waits_for_review_and_is_then_found(market):
    posted = market.post()
    assert posted.listing.status is ListingStatus.PENDING
    assert posted.slip.content.state == "pending"
    search = market.services.listings.search
    assert search(ListingQuery(text="搬家")).rows == ()
    market.services.listings.review(
        posted.listing.id, approve=True, reason="", actor=staff_actor(market.staff().staff_id)
    )
    assert [row.id for row in search(ListingQuery(text="搬家")).rows] == [posted.listing.id]
    assert [row.id for row in search(ListingQuery(trade="by")).rows] == [posted.listing.id]


def test_a_verified_employer_publishes_at_once(market):
    employer = market.employer()
    market.services.employers.verify(employer.id, staff_actor(market.staff().staff_id))
    post = market.services.listings.post
    there = post(employer.id, market.terms(), SELF, identified=True)
    assert there.listing.status is ListingStatus.PUBLISHED
    # Somebody who only knows the phone number, which stands on every job slip, is looked at first.
    assert post(employer.id, market.terms(), SELF).listing.status is ListingStatus.PENDING


def test_pay_below_the_minimum_names_the_number_that_would_pass(market):
    found = refused(lambda: market.post(pay="100"))
    assert (found.key, found.field) == ("finding.minimum_wage", "pay")
    needed = int(found.params["needed_fen"])
    assert market.post(pay=str(needed // 100)).listing.terms.pay_fen == needed
    assert refused(lambda: market.post(pay=str(needed // 100 - 1))).key == "finding.minimum_wage"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headcount": "0"}, "headcount"),
        ({"headcount": "1000000"}, "headcount"),
        ({"title": "搬" * 400}, "title"),
        ({"title": "只招男"}, "title"),
        ({"requirements": "先交押金200元"}, "requirements"),
        ({"region": ""}, "region"),
        ({"contact_phone": "123"}, "contact_phone"),
    ],
)
def test_what_may_not_be_posted_says_where(market, change, field):
    assert refused(lambda: market.post(**change)).field == field


def test_the_last_place_closes_the_listing_and_the_next_is_told_to_wait(market):
    posted = market.published(headcount="1")
    first = market.services.placements.apply(market.worker().worker.id, posted.listing.id, SELF)
    assert first.confirmed
    assert first.slip.content.state == "confirmed"
    assert market.services.listings.get(posted.listing.id).status is ListingStatus.FULL
    second = market.services.placements.apply(market.worker().worker.id, posted.listing.id, SELF)
    assert not second.confirmed
    assert second.slip.content.state == "waitlisted"
    assert second.slip.content.values["phone"] == ""


def test_who_waited_longest_moves_up_when_a_place_comes_back(market):
    posted = market.published(headcount="1")
    people = [market.worker().worker for _ in range(3)]
    placed = []
    for person in people:
        placed.append(market.services.placements.apply(person.id, posted.listing.id, SELF).placement)
        market.clock.advance(60)
    market.services.placements.cancel(placed[0].id, "", SELF)
    states = [market.services.placements.get(each.id).status for each in placed]
    waits = PlacementStatus.WAITLISTED
    assert states == [PlacementStatus.CANCELLED, PlacementStatus.CONFIRMED, waits]


def test_nobody_moves_up_to_work_that_is_over(market):
    tomorrow = market.today + timedelta(days=1)
    hours = {"date_from": tomorrow, "date_to": tomorrow, "start_minute": 8 * 60, "end_minute": 17 * 60}
    listing = market.published(headcount="1", **hours).listing
    holder, waiting = (
        market.services.placements.apply(market.worker().worker.id, listing.id, SELF).placement for _ in "ab"
    )
    evening = datetime.combine(tomorrow, time(17, 30), SHANGHAI)
    market.clock.advance((evening - market.clock.now()).total_seconds())
    market.services.placements.mark(holder.id, PlacementStatus.NO_SHOW, "", SELF)
    assert market.services.placements.get(waiting.id).status is PlacementStatus.WAITLISTED


def test_a_worker_cannot_be_in_two_places_at_once(market):
    one, two = market.published(), market.published(title="卸车", trade="by-zhuangxie")
    worker = market.worker().worker
    market.services.placements.apply(worker.id, one.listing.id, SELF)
    assert refused(lambda: market.services.placements.apply(worker.id, two.listing.id, SELF)).key == (
        "refusal.overlap"
    )
    later = market.published(
        date_from=market.today + timedelta(days=3), date_to=market.today + timedelta(days=3)
    )
    assert market.services.placements.apply(worker.id, later.listing.id, SELF).confirmed


def test_posting_again_fills_the_form_as_it_was(market):
    from kiosk.services.listings import form_of

    posted = market.post(pay="220.5", hours_per_day="7.5")
    form = form_of(posted.listing, market.today)
    assert (form.pay, form.hours_per_day, form.title) == ("220.50", "7.5", "搬家，三楼")


def test_a_hire_sheet_lists_only_who_is_certain(market):
    posted = market.published(headcount="1")
    for name in ("丛建国", "于秀英"):
        person = market.worker(name=name).worker
        market.services.placements.apply(person.id, posted.listing.id, SELF)
    sheet = market.services.listings.hire_sheet(posted.listing.id, SELF)
    assert [row[0] for row in sheet.content.tables["people"]] == ["丛建国"]


def test_everything_survives_a_restart(market, tmp_path, clock):
    from tests.kiosk_fixture import open_kiosk

    posted = market.published()
    market.kiosk.close()
    again = open_kiosk(tmp_path, clock)
    try:
        assert again.services().listings.get(posted.listing.id).status is ListingStatus.PUBLISHED
        assert again.storage.read.sync_counts().unsent > 0
    finally:
        again.close()


def test_who_moves_up_gets_a_new_slip_and_who_gave_up_has_none(market):
    posted = market.published(headcount="1")
    first, second = market.worker().worker, market.worker().worker
    placements = market.services.placements
    taken = placements.apply(first.id, posted.listing.id, SELF)
    waiting = placements.apply(second.id, posted.listing.id, SELF)
    market.clock.advance(60)
    kept = placements.true_slip(waiting.placement.id, SELF)
    assert (kept.new, kept.slip.number) == (False, waiting.slip.number)
    placements.cancel(taken.placement.id, "", SELF)
    renewed = placements.true_slip(waiting.placement.id, SELF)
    assert (renewed.new, renewed.slip.content.state) == (True, "confirmed")
    assert placements.true_slip(waiting.placement.id, SELF).new is False
    assert refused(lambda: placements.true_slip(taken.placement.id, SELF)).key == "refusal.slip_void"


def test_the_hire_sheet_says_what_it_costs_in_all(market):
    day = {"date_from": market.today + timedelta(days=1), "date_to": market.today + timedelta(days=2)}
    posted = market.published(**day)
    for name in ("丛建国", "丛建设"):
        market.services.placements.apply(market.worker(name=name).worker.id, posted.listing.id, SELF)
    sheet = market.services.listings.hire_sheet(posted.listing.id, SELF)
    assert sheet.content.values["total"] == market.services.context.words.yuan(240_00 * 2 * 2)


def test_pieces_cannot_be_summed_up_beforehand():
    piece = replace(TERMS, pay_unit=PayUnit.PIECE)
    assert total_fen(piece, 3) is None
    hourly = replace(TERMS, pay_unit=PayUnit.HOUR, pay_fen=25_00, minutes_per_day=450)
    assert total_fen(hourly, 2) == 375_00


def test_a_confirmed_job_slip_says_how_to_get_there(market):
    posted = market.published(transport=True, meeting_place="小区北门", headcount="1")
    sure = market.services.placements.apply(market.worker().worker.id, posted.listing.id, SELF)
    waits = market.services.placements.apply(market.worker(name="丛建设").worker.id, posted.listing.id, SELF)
    assert "小区北门" in sure.slip.content.values["route"]
    assert waits.slip.content.values["route"] == ""
