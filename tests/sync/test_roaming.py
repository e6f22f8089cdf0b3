"""A worker of one kiosk stands at another: known with slip and four digits, for one visit, and served like others."""

from dataclasses import replace

import psycopg
import pytest

from kiosk.city.lookup import DEVICE_TRIES, PERSON_PAUSE
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import Claim, PlacementStatus
from kiosk.protocol.token import MAX_TEXT
from kiosk.services.context import SELF
from kiosk.services.news import NewsKind
from kiosk.services.workers import form_of
from kiosk.sync.faults import CityRefused
from kiosk.sync.lookup import CityLookup
from tests.sync.kiosks import WholeKiosk

pytestmark = pytest.mark.postgres
ID_NUMBER = "371002197503151234"


@pytest.fixture
def worker(home, away):
    """Registered at home; both kiosks have heard everything."""
    worker = home.services.workers.get(home.worker(phone="13900005678"))
    home.settle()
    away.settle()
    return worker


def card(home, worker):
    return home.services.printing.of(worker.id)[0].content.qr


def scanned(home, away, worker):
    return away.services.identify.scan(card(home, worker))


def come(home, away, worker):
    """The worker proves who they are at the other kiosk."""
    identify = away.services.identify
    visitor = identify.ask_city(scanned(home, away, worker), "5678")
    identify.welcome(visitor)
    return visitor


def test_the_slip_and_four_digits_open_the_own_page_and_the_number_stays_sealed(home, away, worker):
    visitor = come(home, away, worker)
    assert visitor.worker.name == worker.name
    assert away.services.workers.get(worker.id).phone == worker.phone
    if visitor.worker.identity is not None:
        assert (visitor.worker.identity.sealed, visitor.worker.identity.lookup) == (b"", "")


def test_what_they_hold_elsewhere_is_shown_and_may_only_be_changed_there(home, away, worker):
    listing = home.listing()
    mine = home.apply(worker.id, listing).placement
    home.settle()
    come(home, away, worker)
    assert [each.id for each in away.services.placements.of_worker(worker.id)] == [mine.id]
    assert away.services.placements.get(mine.id).terms.title == mine.terms.title
    for deed in (
        lambda: away.services.placements.cancel(mine.id, "", SELF),
        lambda: away.services.placements.true_slip(mine.id, SELF),
        lambda: away.services.workers.withdraw_consent(worker.id, SELF),
        lambda: away.services.workers.update(worker.id, form_of(worker), SELF),
    ):
        with pytest.raises(Refusal, match="other_kiosk"):
            deed()


def test_a_place_taken_at_another_kiosk_is_known_at_all_three(
    home, away, worker, tmp_path, clock, city, server
):
    third = WholeKiosk(tmp_path, "WHR1", clock, city, server.url)
    listing = third.listing()
    third.settle()
    away.settle()
    come(home, away, worker)
    applied = away.apply(worker.id, listing)
    assert applied.confirmed
    assert applied.placement.worker_phone == worker.phone
    for kiosk in (away, home, third):
        kiosk.settle()
        held = kiosk.services.placements.get(applied.placement.id)
        assert (held.status, held.home) == (PlacementStatus.CONFIRMED, "WHG1")
    assert away.kiosk.storage.read.sync_counts().rejected == 0
    third.close()


def test_who_is_busy_at_home_is_told_so_away(home, away, worker):
    listing = home.listing()
    other = home.listing()
    home.settle()
    away.settle()
    home.apply(worker.id, listing)
    home.settle()
    come(home, away, worker)
    with pytest.raises(Refusal, match="overlap"):
        away.apply(worker.id, other)


def test_after_the_visit_nothing_of_them_is_left(home, away, worker):
    come(home, away, worker)
    away.services.identify.leave()
    with pytest.raises(Refusal, match="worker_unknown"):
        away.services.workers.get(worker.id)
    away.settle()
    database = away.kiosk.storage.database
    with database.reader() as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table.startswith("search"):
                continue
            for row in connection.execute(f"SELECT * FROM {table}"):
                whole = b" ".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)
                assert worker.phone.encode() not in whole


def test_what_was_promised_stays_promised_after_the_visit_and_before_the_city_knows(home, away, worker):
    listing = away.listing(headcount="1")
    away.settle()
    come(home, away, worker)
    applied = away.apply(worker.id, listing)
    away.services.identify.leave()
    away.services.listings.renew(listing, SELF)
    item_holder = away.kiosk.storage.inbox
    item_holder.restart("dev/WHG1")  # everything is read anew under the unsent application
    stream = away.pump._client.pull("dev/WHG1", 0, item_holder.epoch())
    item_holder.apply("dev/WHG1", stream.items, stream.head, complete=True)
    assert away.services.placements.get(applied.placement.id).claim is Claim.LEASE
    assert away.lease(listing).free == 0


def test_without_a_lookup_another_kiosks_worker_may_not_be_placed(home, away, worker):
    listing = away.listing()
    away.settle()
    visitor = come(home, away, worker)
    away.services.identify.leave()
    # A forged visitor: the city has never been asked from this kiosk about this other worker.
    other = home.services.workers.get(home.worker(phone="13900009999"))
    home.settle()
    away.services.identify.welcome(replace(visitor, worker=other))
    away.apply(other.id, listing)
    away.settle()
    assert away.kiosk.storage.read.sync_counts().rejected > 0
    assert not home.services.placements.of_worker(other.id)


def test_three_wrong_tries_lock_the_person_everywhere_and_time_unlocks(home, away, worker, market):
    identify, slip = away.services.identify, scanned(home, away, worker)
    lefts = []
    for _ in range(2):
        with pytest.raises(Refusal, match="tail_wrong") as refused:
            identify.ask_city(slip, "0000")
        lefts.append(refused.value.params["left"])
    assert lefts == [2, 1]
    for digits in ("0000", "5678"):
        with pytest.raises(Refusal, match="tail_locked"):
            identify.ask_city(slip, digits)
    market.now += PERSON_PAUSE
    assert identify.ask_city(slip, "5678").worker.id == worker.id


def test_a_kiosk_that_guesses_is_shut_out_for_everybody(home, away, worker):
    people = [home.services.workers.get(home.worker()) for _ in range(DEVICE_TRIES // 2 + 1)]
    home.settle()
    identify = away.services.identify
    for person in people[:-1]:
        for _ in range(2):
            with pytest.raises(Refusal, match="tail_"):
                identify.ask_city(scanned(home, away, person), "0000" if person.phone[-4:] != "0000" else "1")
    with pytest.raises(Refusal, match="tail_locked"):
        identify.ask_city(scanned(home, away, worker), "5678")


def test_digits_that_are_none_are_not_sent(home, away, worker):
    for digits in ("", "56", "abcd", "５６７８"):
        with pytest.raises(Refusal, match="tail_form"):
            away.services.identify.ask_city(scanned(home, away, worker), digits)


def test_who_has_withdrawn_is_nobody(home, away, worker):
    slip = scanned(home, away, worker)
    home.services.workers.withdraw_consent(worker.id, SELF)
    home.settle()
    with pytest.raises(Refusal, match="worker_unknown"):
        away.services.identify.ask_city(slip, "5678")


def test_without_the_city_it_is_said_plainly(home, away, worker):
    slip = scanned(home, away, worker)
    lookup = away.services.identify._lookup
    assert isinstance(lookup, CityLookup)
    lookup.close()
    with pytest.raises(Refusal, match="lookup_offline"):
        away.services.identify.ask_city(slip, "5678")


def test_a_forged_or_broken_token_is_nobody(away, worker):
    client = away.kiosk._new_client()
    for token in ("", "ABC", "A" * 3000):
        if len(token) > MAX_TEXT:
            with pytest.raises(CityRefused):
                client.look_up(token, "5678")
        else:
            assert client.look_up(token, "5678").outcome == "unknown"
    client.close()


def test_what_became_of_an_application_made_away_is_told_at_home_and_then_no_more_away(home, away, worker):
    listing = home.listing(headcount="1")
    taken = home.apply(home.worker(), listing).placement
    home.settle()
    away.settle()
    come(home, away, worker)
    waiting = away.apply(worker.id, listing).placement
    assert waiting.status is PlacementStatus.WAITLISTED
    away.settle()
    home.settle()
    assert home.services.placements.news_for(worker.id) == ()
    home.services.placements.cancel(taken.id, "", SELF)
    home.settle()
    away.settle()
    (news,) = home.services.placements.news_for(worker.id)
    assert (news.kind, news.placement_id) == (NewsKind.SETTLED, waiting.id)
    assert [call.name for call in away.services.calls.all()] == [worker.name]
    home.clock.advance(60)
    assert home.services.placements.true_slip(waiting.id, SELF).new
    assert home.services.placements.news_for(worker.id) == ()
    home.settle()
    away.settle()
    assert away.services.calls.all() == ()


@pytest.fixture
def refused(home, away, worker, database):
    """Promised a place on paper; then the city went back to a backup in which they had never been here."""
    listing = away.listing(headcount="1")
    away.settle()
    come(home, away, worker)
    applied = away.apply(worker.id, listing)
    assert applied.confirmed
    away.services.identify.leave()
    with psycopg.connect(database.owner) as connection:
        connection.execute("DELETE FROM visit")
    away.settle()
    home.settle()
    assert away.kiosk.storage.read.sync_counts().rejected > 0
    return applied


def test_a_visitor_whose_place_the_city_refuses_is_called_by_the_kiosk_that_promised_it(
    home, away, worker, refused
):
    calls = away.services.calls
    (call,) = calls.all()
    assert (call.name, call.phone, call.news.kind) == (worker.name, worker.phone, NewsKind.LOST)
    assert worker.name in calls.sentence(call)
    assert refused.placement.terms.title in calls.sentence(call)
    paper = calls.paper().content.tables["people"]
    assert worker.name in paper[0][0]
    calls.mark(call, SELF, reached=True)
    assert calls.waiting() == 0


def test_a_visitor_whose_place_the_city_refuses_hears_it_when_they_come_again(home, away, worker, refused):
    with pytest.raises(Refusal, match="slip_refused"):
        away.services.identify.scan(refused.slip.content.qr)
    come(home, away, worker)
    (news,) = away.services.placements.news_for(worker.id)
    assert (news.kind, news.placement_id) == (NewsKind.LOST, refused.placement.id)
    away.services.placements.told(news, worker.id)
    assert away.services.placements.news_for(worker.id) == ()
    assert away.services.calls.waiting() == 0
