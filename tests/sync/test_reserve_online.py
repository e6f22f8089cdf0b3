"""A worker at the screen, no place in this kiosk's lease: the city is asked, for two seconds at most."""

import socket
import time
from contextlib import closing

import pytest

from kiosk.domain.refusal import Refusal
from kiosk.domain.values import Claim, PlacementStatus
from kiosk.services.context import SELF
from kiosk.services.placements import Placements
from kiosk.services.slip_issue import SlipIssuer
from kiosk.sync.client import CityClient, Enrolled
from kiosk.sync.faults import NetworkFault
from kiosk.sync.reserver import REST, CityReserver
from kiosk.sync.transport import HttpTransport
from tests.city.stage import escrow
from tests.sync.kiosks import WholeKiosk, shared

pytestmark = pytest.mark.postgres


def test_a_place_of_the_citys_reserve_is_confirmed_at_once_at_a_kiosk_without_a_lease(home, away, city):
    listing = shared(home, away)
    applied = away.apply(away.worker(), listing)
    assert applied.confirmed
    assert applied.placement.claim is Claim.LEASE
    assert (away.lease(listing).granted, away.lease(listing).free) == (1, 0)
    away.settle()
    home.settle()
    held = home.services.placements.get(applied.placement.id)
    assert held.status is PlacementStatus.CONFIRMED
    central, leases = escrow(city, listing)
    assert central.free == 1
    assert central.free + central.firm + sum(each.granted - each.returned for each in leases) == 8


def test_when_the_reserve_is_empty_the_worker_waits(home, away):
    listing = shared(home, away)
    assert [away.apply(away.worker(), listing).confirmed for _ in range(3)] == [True, True, False]


def test_nobody_is_asked_for_a_worker_whom_the_rules_refuse(home, away, city):
    listing = shared(home, away)
    worker = away.worker()
    away.apply(worker, listing)
    with pytest.raises(Refusal, match="already_applied"):
        away.apply(worker, listing)
    assert escrow(city, listing)[0].free == 1


def test_a_page_that_was_read_before_the_grant_does_not_take_the_place_away(home, away, city):
    listing = shared(home, away)
    first = away.apply(away.worker(), listing)
    away.settle()
    old = away.pump._client.pull("dev/WHG1", 0, away.kiosk.storage.inbox.epoch())
    second = away.apply(away.worker(), listing)
    inbox = away.kiosk.storage.inbox
    inbox.apply("dev/WHG1", old.items, inbox.cursor("dev/WHG1").seq, complete=True)
    assert away.services.placements.get(second.placement.id).status is PlacementStatus.CONFIRMED
    assert away.lease(listing).granted == 2
    assert first.confirmed


def placements_with(kiosk, url, clock, patience=0.3):
    """The use case of ``kiosk`` with a city at ``url``."""
    enrolment = kiosk.kiosk.config.enrolment
    me = Enrolled(
        device=enrolment.device,
        incarnation=enrolment.incarnation,
        kiosk=kiosk.kiosk.config.kiosk,
        key=kiosk.kiosk.secrets.signing,
    )
    client = CityClient(HttpTransport(url), me)
    reserver = CityReserver(client, kiosk.kiosk.storage.inbox, clock, patience)
    context = kiosk.services.context
    slips = SlipIssuer(context, kiosk.services.catalogue, "驿站")
    return Placements(context, slips, reserver), reserver


def test_a_city_that_never_answers_costs_two_seconds_once_and_the_worker_waits(home, away, clock):
    listing = shared(home, away)
    with closing(socket.create_server(("127.0.0.1", 0))) as hole:
        url = f"http://127.0.0.1:{hole.getsockname()[1]}"
        placements, reserver = placements_with(away, url, clock, patience=1.7)
        began = time.monotonic()
        applied = placements.apply(away.worker(), listing, SELF)
        assert time.monotonic() - began < 2.2  # of a busy machine, not of the protocol
        assert applied.placement.status is PlacementStatus.WAITLISTED
        began = time.monotonic()
        assert not placements.apply(away.worker(), listing, SELF).confirmed
        assert time.monotonic() - began < 0.5
        reserver.close(10)


def test_a_city_that_is_off_costs_nothing(home, away, clock):
    listing = shared(home, away)
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"
    placements, reserver = placements_with(away, url, clock)
    assert not placements.apply(away.worker(), listing, SELF).confirmed
    reserver.close()


def test_after_its_rest_the_city_is_asked_again(home, away, clock, server):
    listing = shared(home, away)
    reserver = placements_with(away, server.url, clock)[1]
    transport, reserver._client._transport = reserver._client._transport, HttpTransport("http://127.0.0.1:1")
    assert not reserver.reserve(listing)
    reserver._client._transport = transport
    assert not reserver.reserve(listing)
    clock.advance(REST + 1)
    assert reserver.reserve(listing)
    assert away.lease(listing).free == 1
    reserver.close()


def test_an_answer_of_another_life_of_the_city_is_not_kept(home, away, city, clock, server):
    from kiosk.city import admin

    listing = shared(home, away)
    admin.after_restore(city)
    assert not away.apply(away.worker(), listing).confirmed
    assert away.lease(listing) is None


def test_a_kiosk_that_no_city_knows_asks_nobody(tmp_path, clock):
    alone = WholeKiosk(tmp_path, "WHC1", clock)
    listing = alone.listing(headcount="1")
    assert alone.apply(alone.worker(), listing).confirmed
    assert not alone.apply(alone.worker(), listing).confirmed
    alone.close()


class Deaf:
    """An outbox to which no verdict comes: the answer to the push is still on its way."""

    def __init__(self, outbox) -> None:
        self._outbox = outbox

    def __getattr__(self, name):
        return getattr(self._outbox, name)

    def settle(self, verdicts) -> None:
        raise NetworkFault("sync.timeout")


def test_a_place_that_is_given_back_while_the_city_already_knows_is_not_given_back_twice(home, away):
    """The city's lease counts the cancellation; done again on top of it, one place would be promised to two."""
    listing = shared(home, away)
    held = [home.apply(home.worker(), listing) for _ in range(6)]
    home.settle()
    home.services.placements.cancel(held[0].placement.id, "", SELF)
    heard, home.pump._outbox = home.pump._outbox, Deaf(home.pump._outbox)
    assert home.pump.step().fault is not None
    home.pump._outbox = heard
    # One takes the place that came back; for the others the city is asked, and what it has left another kiosk takes.
    more = [home.apply(home.worker(), listing) for _ in range(4)]
    assert away.apply(away.worker(), listing).confirmed
    away.settle()
    home.settle()
    promised = [each.placement.id for each in more if each.confirmed]
    assert promised
    for placement in promised:
        assert home.services.placements.get(placement).status is PlacementStatus.CONFIRMED
    # Whoever waited because the answer was not believed has the place now, which the stream has brought.
    assert (
        sum(
            home.services.placements.get(each.placement.id).status is PlacementStatus.CONFIRMED
            for each in more
        )
        == 2
    )
