"""Codes of trades and regions, and the terms that stand for them in the full text."""

from collections.abc import Sequence
from typing import Final

_DISTRICT_DIGITS: Final = 6
_CITY_DIGITS: Final = 4
_CITY_TAIL: Final = "00"
_TRADE_DIVIDER: Final = "-"


def category_of(trade: str) -> str:
    """The category of a trade code (``jz-wagong`` → ``jz``); a category is its own."""
    return trade.partition(_TRADE_DIVIDER)[0]


def is_category(code: str) -> bool:
    """Whether a code names a category of trades."""
    return _TRADE_DIVIDER not in code


def district_of(region: str) -> str:
    """The district of a street; a district is its own."""
    return region[:_DISTRICT_DIGITS]


def city_of(region: str) -> str:
    """The city of a street or district; a city is its own."""
    return region[:_CITY_DIGITS] + _CITY_TAIL


def is_street(code: str) -> bool:
    """Whether a region code names a street."""
    return len(code) > _DISTRICT_DIGITS


def is_city(code: str) -> bool:
    """Whether a region code names a city."""
    return len(code) == _DISTRICT_DIGITS and code.endswith(_CITY_TAIL)


def listing_terms(trade: str, region: str) -> str:
    """Every filter term that a listing answers to, divided by spaces: trades, regions, and both at once."""
    kind, district, city = category_of(trade), district_of(region), city_of(region)
    return (
        f"t:{trade} t:{kind} r:{region} r:{district} r:{city} "
        f"t:{trade}:{region} t:{trade}:{district} t:{trade}:{city} "
        f"t:{kind}:{region} t:{kind}:{district} t:{kind}:{city}"
    )


def query_terms(trade: str | None, region: str | None) -> Sequence[str]:
    """The one term that stands for a filter, or none."""
    if trade is not None and region is not None:
        return (f"t:{trade}:{region}",)
    if trade is not None:
        return (f"t:{trade}",)
    if region is not None:
        return (f"r:{region}",)
    return ()
