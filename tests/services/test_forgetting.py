"""Who withdraws is forgotten: at once, the next night, or when the law lets go; and never before."""

import pytest

from kiosk.domain.operations import ForgetWorker
from kiosk.domain.refusal import Refusal
from kiosk.domain.wanted import KEPT_DAYS, VALID_DAYS
from kiosk.services.context import SELF
from kiosk.services.wanted import form_of_wanted

DAY = 24 * 3600


def erased(market, worker_id):
    worker = market.services.workers.get(worker_id)
    return (worker.name, worker.phone, worker.identity) == ("", "", None)


def test_wishes_go_at_once_and_the_person_the_next_night(market, clock):
    worker = market.worker(id_number="11010519491231002X").worker
    entry = market.services.wanted.post(worker.id, form_of_wanted(worker, "371002"), SELF)
    market.services.workers.withdraw_consent(worker.id, SELF)
    bare = market.services.workers.get(worker.id)
    assert (bare.name, bare.trades, bare.wage_wish_fen, bare.districts) == (worker.name, (), None, ())
    gone = market.services.wanted.get(entry.id)
    assert (gone.surname, gone.phone_masked, gone.offer.note) == ("", "", "")
    assert market.services.forgetting.run() == 0
    clock.advance(DAY)
    assert market.services.forgetting.run() == 1
    assert erased(market, worker.id)
    assert market.services.forgetting.run() == 0
    card = market.services.printing.of(worker.id)[0]
    assert card.content.values == {}
    assert market.services.workers.find(worker.phone) == []


def test_the_record_of_work_is_kept_for_two_years(market, clock):
    worker = market.worker().worker
    posted = market.published()
    placed = market.services.placements.apply(worker.id, posted.listing.id, SELF).placement
    clock.advance(2 * DAY)
    for status in ("arrived", "completed", "paid"):
        market.services.placements.mark(placed.id, type(placed.status)(status), "", SELF)
    market.services.workers.withdraw_consent(worker.id, SELF)
    clock.advance(700 * DAY)
    assert market.services.forgetting.run() == 0
    assert market.services.placements.get(placed.id).worker_name == worker.name
    clock.advance(40 * DAY)
    assert market.services.forgetting.run() == 1
    assert erased(market, worker.id)
    assert market.services.placements.get(placed.id).worker_name == ""
    assert market.services.placements.get(placed.id).worker_phone == ""


def test_nobody_is_erased_who_has_not_withdrawn(market, clock):
    worker = market.worker().worker
    clock.advance(2000 * DAY)
    assert market.services.forgetting.run() == 0
    with (
        pytest.raises(Refusal, match=r"refusal\.not_withdrawn"),
        market.kiosk.storage.unit_of_work() as uow,
    ):
        market.services.context.perform(uow, ForgetWorker(worker_id=worker.id), SELF)


def test_pictures_of_old_slips_go_but_the_workers_card_stays(market, clock):
    worker = market.worker().worker
    posted = market.published()
    placed = market.services.placements.apply(worker.id, posted.listing.id, SELF).placement
    market.services.listings.hire_sheet(posted.listing.id, SELF)
    clock.advance(89 * DAY)
    market.services.forgetting.run()
    assert market.services.printing.of(placed.id)
    clock.advance(2 * DAY)
    market.services.forgetting.run()
    assert market.services.printing.of(placed.id) == []
    assert market.services.printing.of(posted.listing.id) == []
    assert market.services.printing.of(worker.id)


def test_somebody_forgotten_may_register_again(market, clock):
    first = market.worker(phone="13900005555").worker
    market.services.workers.withdraw_consent(first.id, SELF)
    clock.advance(DAY)
    market.services.forgetting.run()
    again = market.worker(phone="13900005555").worker
    assert again.id != first.id


def test_an_entry_that_nobody_renews_says_no_more_who_it_was(market, clock):
    worker = market.worker().worker
    entry = market.services.wanted.post(worker.id, form_of_wanted(worker, "371002"), SELF)
    clock.advance((VALID_DAYS + KEPT_DAYS) * DAY)
    market.services.forgetting.run()
    assert market.services.wanted.get(entry.id).surname
    clock.advance(DAY)
    market.services.forgetting.run()
    gone = market.services.wanted.get(entry.id)
    assert (gone.status, gone.surname, gone.phone_masked, gone.offer.note) == ("withdrawn", "", "", "")
    before = market.kiosk.storage.outbox.counts().issued
    market.services.forgetting.run()
    assert market.kiosk.storage.outbox.counts().issued == before
