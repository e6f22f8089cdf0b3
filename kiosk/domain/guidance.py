"""Guidance prices 市场工资价位: what a trade really pays on this market."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.records import Listing
from kiosk.domain.reference import Reference
from kiosk.domain.values import ListingStatus, PayUnit

#: Fewer offers than this say nothing about a price.
FEWEST = 5
_COUNTED = frozenset({ListingStatus.PUBLISHED, ListingStatus.FULL, ListingStatus.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRange:
    """What a trade pays in one unit: quartiles in fen, over so many offers."""

    unit: PayUnit
    low_fen: int
    middle_fen: int
    high_fen: int
    offers: int


def price_range(
    listings: Iterable[Listing], trade: str, unit: PayUnit, *, reference: Reference, region: str | None = None
) -> PriceRange | None:
    """The quartiles of what listings that were published pay for a trade in a unit.

    Args:
        listings: any listings; those of other trades, units or regions and unpublished ones are left out.
        trade: trade code.
        unit: unit of pay; prices of different units are never mixed.
        reference: to find the district and city of a listing.
        region: a district or city, or None for all.

    Returns:
        None when there are fewer than ``FEWEST`` offers.
    """
    pays = sorted(
        listing.terms.pay_fen
        for listing in listings
        if listing.status in _COUNTED
        and listing.terms.trade == trade
        and listing.terms.pay_unit is unit
        and (region is None or _lies_in(listing.terms.region, region, reference))
    )
    if len(pays) < FEWEST:
        return None
    return PriceRange(
        unit=unit,
        low_fen=quantile(pays, 1, 4),
        middle_fen=quantile(pays, 1, 2),
        high_fen=quantile(pays, 3, 4),
        offers=len(pays),
    )


def quantile(pays: list[int], numerator: int, denominator: int) -> int:
    """The nearest-rank quantile of sorted amounts: always an amount that somebody really pays.

    Raises:
        ValueError: no amounts.
    """
    if not pays:
        message = "no amounts"
        raise ValueError(message)
    rank = -(-len(pays) * numerator // denominator)
    return pays[max(1, rank) - 1]


def _lies_in(code: str, region: str, reference: Reference) -> bool:
    above = (reference.region(code), reference.district_of(code), reference.city_of(code))
    return any(each is not None and each.code == region for each in above)
