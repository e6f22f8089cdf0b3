from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.guidance import price_range, quantile
from kiosk.domain.records import Listing
from kiosk.domain.values import EmployerKind, ListingStatus, PayUnit, Source
from tests.domain.samples import NOW, REFERENCE, TERMS, TODAY

LISTING = Listing(
    id=UUID(int=1),
    employer_id=UUID(int=2),
    employer_name="王师傅",
    employer_kind=EmployerKind.INDIVIDUAL,
    terms=TERMS,
    source=Source.SELF,
    status=ListingStatus.PUBLISHED,
    taken=0,
    findings=(),
    number=1,
    home="WH01",
    posted_at=NOW,
    published_at=NOW,
    valid_until=TODAY,
    changed_at=NOW,
)


def paying(*yuan: int, **changes: object) -> list[Listing]:
    return [replace(LISTING, terms=replace(TERMS, pay_fen=each * 100, **changes)) for each in yuan]


def ranged(listings, region=None):
    return price_range(listings, TERMS.trade, PayUnit.DAY, reference=REFERENCE, region=region)


def test_quartiles_are_pay_that_somebody_really_offers():
    found = ranged(paying(260, 200, 240, 220, 1000))
    assert (found.low_fen, found.middle_fen, found.high_fen, found.offers) == (220_00, 240_00, 260_00, 5)


def test_too_few_offers_say_nothing():
    assert ranged(paying(200, 220, 240, 260)) is None


def test_other_units_trades_and_unpublished_offers_do_not_count():
    others = paying(1, 1, pay_unit=PayUnit.HOUR) + paying(1, 1, trade="jz-wagong")
    others += [replace(each, status=ListingStatus.REJECTED) for each in paying(1, 1)]
    assert ranged(others + paying(200, 220, 240, 260)) is None
    assert ranged(others + paying(200, 220, 240, 260, 280)).low_fen == 220_00


@pytest.mark.parametrize(
    ("region", "offers"), [("371002001", 5), ("371002", 10), ("371000", 15), ("370600", None)]
)
def test_a_place_holds_what_lies_in_it(region, offers):
    listings = paying(200, 200, 200, 200, 200)
    listings += paying(200, 200, 200, 200, 200, region="371002")
    listings += paying(200, 200, 200, 200, 200, region="371083114")
    found = ranged(listings, region)
    assert (found.offers if found else None) == offers


@given(st.lists(st.integers(1, 10**7), min_size=1))
def test_quantiles_lie_in_order_among_the_amounts(pays):
    pays.sort()
    low, middle, high = (quantile(pays, n, 4) for n in (1, 2, 3))
    assert pays[0] <= low <= middle <= high <= pays[-1]
    assert {low, middle, high} <= set(pays)


def test_a_quantile_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="no amounts"):
        quantile([], 1, 2)
