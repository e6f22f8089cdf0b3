"""Places follow the people: granted where they are missed, asked for where they lie idle, and all of it once."""

import msgspec
import pytest

from kiosk.city.reserve import reserve
from kiosk.domain.operations import CancelPlacement, PromotePlacement, ReturnPlaces
from kiosk.domain.values import Claim
from kiosk.protocol.messages import Demand, ReserveRequest
from tests.city.stage import escrow
from tests.city.test_push import published, registered

pytestmark = pytest.mark.postgres
YES = ("accepted", "")
NO_PLACE = ("rejected", "refusal.no_place")


def turned_away(at, listing, people=1):
    """That many workers whom the kiosk could promise nothing, in one batch; (outcomes, their applications)."""
    applications = [at.apply_body(listing, registered(at), Claim.NONE) for _ in range(people)]
    return [outcome for outcome, _ in at.say(*applications)], applications


def wish(at, listing):
    """What the city asks this kiosk for, or None."""
    item = at.sees(f"dev/{at.code}").get(("demand", listing))
    return None if item is None or item.deleted else msgspec.json.decode(item.body, type=Demand)


def asks(city, at, listing, held):
    request = ReserveRequest(listing_id=listing, held=held)
    answer = city.store.run(lambda tx: reserve(city, tx, at.device, request))
    return answer.granted, msgspec.json.decode(answer.lease)


def test_a_kiosk_that_had_to_turn_people_away_gets_places_for_the_next_ones(kiosk, other, city):
    listing = published(kiosk, 40)  # thirty at home, ten in the reserve
    assert turned_away(other, listing, 3)[0] == ["accepted"] * 3
    central, leases = escrow(city, listing)
    assert {lease.home: lease.free for lease in leases} == {"WH01": 30, "WH02": 3}
    assert (central.firm, central.free) == (3, 4)
    assert other.own()["lease", listing]["granted"] == 3


def test_the_same_batch_again_grants_nothing_again(kiosk, other, city):
    listing = published(kiosk, 40)
    turned_away(other, listing, 2)
    before = escrow(city, listing)
    spent = other.apply_body(listing, registered(other))
    other.say(spent, other.apply_body(listing, registered(other)))
    for sent in other.log[-4:]:
        other.push(sent)
    assert escrow(city, listing)[0] == before[0]


def test_the_last_places_of_the_reserve_are_not_given_away_to_nobody(kiosk, other, city):
    listing = published(kiosk, 8)
    turned_away(other, listing)
    central, leases = escrow(city, listing)
    assert (central.free, [lease.home for lease in leases]) == (1, ["WH01"])


def test_a_crowd_is_served_with_few_questions_and_never_with_more_than_half(kiosk, other, city):
    listing = published(kiosk, 64)  # sixteen in the reserve
    held, sizes = 0, []
    for _ in range(4):
        granted, lease = asks(city, other, listing, held)
        assert granted
        sizes.append(lease["granted"] - held)
        held = lease["granted"]
    assert sizes == [1, 1, 2, 4]
    assert escrow(city, listing)[0].free == 8


def test_a_question_that_comes_twice_is_answered_twice_and_granted_once(kiosk, other, city):
    listing = published(kiosk, 8)
    asks(city, other, listing, 0)
    other.say(ReturnPlaces(listing_id=listing, returned=1))
    assert asks(city, other, listing, 0)[1]["granted"] == 1  # the echo of the first, long after
    assert asks(city, other, listing, 1)[1]["granted"] == 2


def test_who_holds_places_is_told_that_others_wait_and_who_waits_gets_what_comes_back(kiosk, other, city):
    listing = published(kiosk, 3)  # all at home
    outcomes, (application,) = turned_away(other, listing)
    assert outcomes == ["waitlisted"]
    assert wish(kiosk, listing).waiting == 1
    assert wish(other, listing) is None
    assert kiosk.say(ReturnPlaces(listing_id=listing, returned=1)) == [YES]
    assert other.own()["placement", application.placement_id]["status"] == "confirmed"
    assert wish(kiosk, listing) is None
    central, (lease,) = escrow(city, listing)
    assert (lease.free, central.firm, central.free) == (2, 1, 0)


def test_a_place_that_comes_back_into_a_lease_while_others_wait_is_asked_for(kiosk, other):
    listing = published(kiosk, 1)
    mine = kiosk.apply_body(listing, registered(kiosk))
    kiosk.say(mine)
    turned_away(other, listing)
    assert wish(kiosk, listing) is None
    other_wish = kiosk.say(CancelPlacement(placement_id=mine.placement_id))
    assert other_wish == [YES]
    assert wish(kiosk, listing).waiting == 1


def test_a_place_given_back_elsewhere_reaches_who_waits_though_its_kiosk_is_silent(kiosk, other, city):
    listing = published(kiosk, 1)
    first = other.apply_body(listing, registered(other), Claim.NONE)
    assert other.say(first)[0][0] == "waitlisted"
    kiosk.say(PromotePlacement(placement_id=first.placement_id, claim=Claim.LEASE))
    second = other.apply_body(listing, registered(other), Claim.NONE)
    assert other.say(second)[0][0] == "waitlisted"
    assert other.say(CancelPlacement(placement_id=first.placement_id)) == [YES]  # the holder says no word
    assert other.own()["placement", second.placement_id]["status"] == "confirmed"
    central, (lease,) = escrow(city, listing)
    assert (lease.free, lease.spent, lease.returned, central.firm, central.free) == (0, 0, 1, 1, 0)
    # The holder comes back with the same cancellation and nothing promised on top: nothing comes back twice.
    assert kiosk.say(CancelPlacement(placement_id=first.placement_id)) == [YES]
    assert escrow(city, listing) == (central, [lease])


def test_nothing_is_asked_for_people_who_are_busy_at_that_hour(kiosk, other):
    first, second = published(kiosk, 8), published(kiosk, 1)
    mine = kiosk.apply_body(second, registered(kiosk))
    kiosk.say(mine)
    worker = registered(other)
    assert other.say(other.apply_body(second, worker, Claim.NONE))[0][0] == "waitlisted"
    assert other.say(other.apply_body(first, worker, Claim.NONE))[0][0] == "accepted"
    kiosk.say(CancelPlacement(placement_id=mine.placement_id))
    assert wish(kiosk, second) is None


def test_more_than_the_city_knows_to_be_free_is_rejected_and_the_lease_shown_again(kiosk, city):
    listing = published(kiosk, 8)
    assert kiosk.say(ReturnPlaces(listing_id=listing, returned=7)) == [NO_PLACE]
    assert kiosk.say(
        ReturnPlaces(listing_id=listing, returned=6), ReturnPlaces(listing_id=listing, returned=7)
    ) == [
        YES,
        NO_PLACE,
    ]
    assert kiosk.own()["lease", listing]["returned"] == 6
    assert escrow(city, listing)[0].free == 8


def test_the_places_of_another_kiosk_are_not_returned(kiosk, other, city):
    listing = published(kiosk, 8)
    assert other.say(ReturnPlaces(listing_id=listing, returned=1)) == [NO_PLACE]
    assert escrow(city, listing)[0].free == 2
