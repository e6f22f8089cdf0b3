"""A kiosk that is shut out for good holds no places any more."""

import pytest

from kiosk.city import admin
from kiosk.domain.values import Claim
from tests.city.stage import escrow
from tests.city.test_push import published, registered

pytestmark = pytest.mark.postgres


def test_the_places_of_a_revoked_kiosk_go_to_who_waits_and_the_rest_to_the_reserve(kiosk, other, city):
    listing = published(kiosk, 8)  # six at home, two in the reserve
    kiosk.say(kiosk.apply_body(listing, registered(kiosk)))
    waiting = [other.apply_body(listing, registered(other), Claim.NONE) for _ in range(4)]
    assert [other.say(each)[0][0] for each in waiting] == ["accepted", "accepted", "waitlisted", "waitlisted"]
    assert admin.revoke(city, "WH01")
    own = other.own()
    assert [own["placement", each.placement_id]["status"] for each in waiting] == ["confirmed"] * 4
    central, (lease,) = escrow(city, listing)
    assert (lease.granted, lease.spent, lease.returned, lease.free) == (6, 1, 5, 0)
    assert (central.free, central.firm) == (3, 4)


def test_revoked_twice_gives_nothing_twice(kiosk, city):
    listing = published(kiosk, 8)
    admin.revoke(city, "WH01")
    admin.revoke(city, "WH01")
    assert escrow(city, listing)[0].free == 8


def test_a_promise_that_arrives_after_all_is_kept_while_there_are_places_and_else_waits(kiosk, other, city):
    listing = published(kiosk, 2)
    workers = [registered(kiosk), registered(kiosk)]
    admin.revoke(city, "WH01")
    mine = other.apply_body(listing, registered(other), Claim.NONE)
    assert other.say(mine)[0][0] == "accepted"
    kiosk.enroll()
    kiosk.seq = 0
    late = [kiosk.apply_body(listing, worker) for worker in workers]
    assert [kiosk.say(each)[0][0] for each in late] == ["accepted", "waitlisted"]
    central, _ = escrow(city, listing)
    assert (central.free, central.firm) == (0, 2)


def test_a_kiosk_that_nobody_knows_holds_nothing(city):
    assert not admin.revoke(city, "WH77")
