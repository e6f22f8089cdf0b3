"""Reading the reference data from the text of its files (csv and toml). The caller brings the text."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from kiosk.domain.policy_files import POLICIES, parse_policies
from kiosk.domain.reference import (
    BadReference,
    Certainty,
    Level,
    MinimumWage,
    Neighbours,
    Reference,
    Region,
    Trade,
    TradeCategory,
    WageTier,
)
from kiosk.domain.values import PayUnit

#: The files of a set of reference data, as they are named in ``assets/reference`` and in a city's bundle.
REGIONS = "regions.csv"
TRADES = "trades.csv"
WAGES = "minimum_wage.csv"
TIERS = "wage_tiers.csv"
NEIGHBOURS = "neighbours.csv"
FILES = (REGIONS, TRADES, WAGES, TIERS, POLICIES, NEIGHBOURS)

_FEN = 100

Item = TypeVar("Item")
Row = dict[str, str]


def parse_reference(files: Mapping[str, str]) -> Reference:
    """Read a whole set of reference data.

    Args:
        files: text by file name; all of ``FILES``. Sets from before there were neighbours may lack that file.

    Raises:
        BadReference: a file is missing, a column or value is wrong, or a code points nowhere.
    """
    missing = [name for name in FILES if name not in files and name != NEIGHBOURS]
    if missing:
        message = f"reference data without {', '.join(missing)}"
        raise BadReference(message)
    categories, trades = parse_trades(files[TRADES])
    reference = Reference(
        regions=_read(REGIONS, files[REGIONS], _region),
        categories=categories,
        trades=trades,
        wages=_read(WAGES, files[WAGES], _wage),
        tiers=_read(TIERS, files[TIERS], _tier),
        policies=parse_policies(files[POLICIES]),
        neighbours=_read(NEIGHBOURS, files.get(NEIGHBOURS, ""), _neighbours),
    )
    _check_links(reference)
    return reference


def parse_trades(text: str) -> tuple[tuple[TradeCategory, ...], tuple[Trade, ...]]:
    """Read ``trades.csv``: rows without a category code are categories.

    Raises:
        BadReference: a column or value is wrong.
    """
    rows = _read(TRADES, text, _category_or_trade)
    return (
        tuple(row for row in rows if isinstance(row, TradeCategory)),
        tuple(row for row in rows if isinstance(row, Trade)),
    )


def _read(name: str, text: str, make: Callable[[Row], Item]) -> tuple[Item, ...]:
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines(), strict=True)
    items: list[Item] = []
    try:
        for row in reader:
            items.append(make(row))  # noqa: PERF401 - the line number is needed when one fails
    except (KeyError, ValueError, TypeError, AttributeError, InvalidOperation, csv.Error) as error:
        message = f"{name}, line {reader.line_num}: {error!r}"
        raise BadReference(message) from error
    return tuple(items)


def _region(row: Row) -> Region:
    return Region(
        code=row["code"],
        parent=row["parent_code"],
        level=Level(row["level"]),
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        name_en=row["name_en"],
    )


def _category_or_trade(row: Row) -> TradeCategory | Trade:
    if not row["category_code"]:
        return TradeCategory(code=row["code"], name=row["name"], name_en=row["name_en"], icon=row["icon"])
    return Trade(
        code=row["code"],
        category=row["category_code"],
        name=row["name"],
        name_en=row["name_en"],
        icon=row["icon"],
        unit=PayUnit(row["pay_unit"]),
        adults_only=_yes(row["adults_only"]),
        search_words=tuple(row["search_words"].split()),
    )


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        message = f"neither yes nor no: {text!r}"
        raise ValueError(message)
    return text == "yes"


def _fen(yuan: str) -> int:
    fen = Decimal(yuan) * _FEN
    if fen != int(fen) or fen <= 0:
        message = f"not an amount of money: {yuan!r}"
        raise ValueError(message)
    return int(fen)


def _wage(row: Row) -> MinimumWage:
    return MinimumWage(
        effective_from=date.fromisoformat(row["effective_from"]),
        tier=int(row["tier"]),
        monthly_fen=_fen(row["monthly_yuan"]),
        hourly_fen=_fen(row["hourly_yuan"]),
        document=row["document"],
        certainty=Certainty(row["certainty"]),
    )


def _tier(row: Row) -> WageTier:
    return WageTier(
        region=row["region_code"],
        tier=int(row["tier"]),
        effective_from=date.fromisoformat(row["effective_from"]),
        certainty=Certainty(row["certainty"]),
        note=row["note"],
    )


def _neighbours(row: Row) -> Neighbours:
    if row["region_code"] == row["neighbour_code"]:
        message = f"its own neighbour: {row['region_code']}"
        raise ValueError(message)
    return Neighbours(
        one=row["region_code"],
        other=row["neighbour_code"],
        effective_from=date.fromisoformat(row["effective_from"]),
        certainty=Certainty(row["certainty"]),
    )


def _check_links(reference: Reference) -> None:
    """Codes are unique and point at something that is there."""
    codes = [region.code for region in reference.regions]
    trades = [trade.code for trade in reference.trades] + [group.code for group in reference.categories]
    for name, listed in ((REGIONS, codes), (TRADES, trades)):
        if len(set(listed)) != len(listed):
            message = f"{name}: a code stands twice"
            raise BadReference(message)
    links = (
        (
            REGIONS,
            {region.parent for region in reference.regions if region.level is not Level.PROVINCE},
            codes,
        ),
        (
            TRADES,
            {trade.category for trade in reference.trades},
            [group.code for group in reference.categories],
        ),
        (TIERS, {tier.region for tier in reference.tiers}, codes),
        (
            NEIGHBOURS,
            {code for pair in reference.neighbours for code in (pair.one, pair.other)},
            [region.code for region in reference.regions if region.level is Level.DISTRICT],
        ),
    )
    for name, used, known in links:
        lost = used - set(known)
        if lost:
            message = f"{name}: unknown code {min(lost)}"
            raise BadReference(message)
