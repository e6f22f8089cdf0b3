import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.city_slots import give_back, grant
from kiosk.domain.ids import uuid7
from kiosk.domain.records import CentralSlots, Lease
from kiosk.domain.refusal import Refusal
from kiosk.domain.slots import split

LISTING = uuid7(1, bytes(10))


@given(st.integers(1, 500))
def test_no_place_is_lost_or_made_by_the_split(headcount):
    home, central = split(headcount)
    assert home + central == headcount
    assert home > 0
    assert 0 <= central <= home


@pytest.mark.parametrize(
    ("headcount", "home", "central"),
    [(1, 1, 0), (3, 3, 0), (4, 3, 1), (7, 6, 1), (10, 8, 2), (500, 375, 125)],
)
def test_small_listings_stay_at_home(headcount, home, central):
    assert split(headcount) == (home, central)


@given(st.integers(1, 100), st.lists(st.integers(-2, 20), max_size=12))
def test_granting_and_giving_back_keeps_the_sum(free, steps):
    central: CentralSlots = CentralSlots(listing_id=LISTING, headcount=free, free=free)
    lease: Lease | None = None
    for step in steps:
        try:
            if lease is None or step % 2:
                central, lease = grant(central, lease, "WH02", step)
            else:
                central, lease = give_back(central, lease, step)
        except Refusal as refusal:
            assert refusal.key == "refusal.no_place"  # noqa: PT017 - a refusal is one of two right outcomes
        held = 0 if lease is None else lease.granted - lease.returned
        assert central.free + central.firm + held == free
        assert central.free >= 0
        assert lease is None or lease.free >= 0
