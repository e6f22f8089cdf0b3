"""The worker's list: listings in the market by trade, region, day and text, newest first, by keyset pages.

Full ones are a list of their own: their ``seq`` is below zero (``kiosk.storage.market``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from kiosk.domain.calendar import MINUTES_PER_DAY, local_minute
from kiosk.services.ports import ListingQuery
from kiosk.storage import places
from kiosk.storage.connection import Connection
from kiosk.storage.tokens import Folder, needs_check, word_tokens

_BEYOND: Final = 2**62
_COLUMNS: Final = "SELECT market.seq, listing.body FROM "
_JOIN: Final = " CROSS JOIN listing ON listing.id = market.listing_id"
_BY_TEXT: Final = (
    f"{_COLUMNS}search CROSS JOIN market ON market.seq = search.rowid{_JOIN} "
    "WHERE search MATCH ? AND search.rowid < ? AND market.until_minute > ?"
)
_BROWSE: Final = f"{_COLUMNS}market{_JOIN} WHERE market.seq < ? AND market.until_minute > ?"
_ON_DAY: Final = " AND market.first_day <= ? AND market.last_day >= ?"
_CONTAINS: Final = " AND instr((SELECT text FROM market_text WHERE seq = search.rowid), ?) > 0"
_COUNT: Final = "SELECT trade, count(*) FROM market WHERE until_minute > ? AND seq > 0 GROUP BY trade"
_PAY_UNIT: Final = (
    "SELECT pay_unit FROM market WHERE trade = ? AND until_minute > ? AND seq > 0 "
    "GROUP BY pay_unit ORDER BY count(*) DESC, pay_unit LIMIT 1"
)
_PAYS: Final = (
    "SELECT pay_fen FROM market WHERE trade = ? AND until_minute > ? AND seq > 0 "
    "AND pay_unit = ? ORDER BY pay_fen"
)
#: Fewer listings than this say nothing about what a trade pays.
MIN_PAYS: Final = 5


@dataclass(frozen=True, slots=True)
class Search:
    """A query as SQL and its values."""

    sql: str
    values: tuple[Any, ...]


def plan(query: ListingQuery, now: datetime, before: int | None, limit: int, folder: Folder) -> Search:
    """The SQL of a page: ``limit`` rows (seq, body) with seq below ``before``.

    A text, or a trade in a region, goes through the full text; everything simpler through an index of its own, which
    is true at once even while a first synchronisation still fills the full text.
    """
    words = list(dict.fromkeys(folder.fold(query.text).split()))
    top = (0 if query.full else _BEYOND) if before is None else before
    column = _column(query)
    sql: list[str] = []
    values: list[Any] = []
    if words or column is None:
        terms = [token for word in words for token in word_tokens(word)]
        terms += places.query_terms(query.trade, query.region)
        sql.append(_BY_TEXT)
        values += [" ".join(f'"{term}"' for term in dict.fromkeys(terms)), top, local_minute(now)]
        order = "search.rowid"
    else:
        sql.append(_BROWSE)
        values += [top, local_minute(now)]
        if column:
            sql.append(f" AND market.{column} = ?")
            values.append(query.trade or query.region)
        order = "market.seq"
    if not query.full:
        sql.append(f" AND {order} > 0")
    if query.on_day is not None:
        sql.append(_ON_DAY)
        values += [query.on_day.toordinal()] * 2
    for word in filter(needs_check, words):
        sql.append(_CONTAINS)
        values.append(word)
    sql.append(f" ORDER BY {order} DESC LIMIT ?")
    values.append(limit)
    return Search("".join(sql), tuple(values))


def _column(query: ListingQuery) -> str | None:
    """The indexed column that answers a query's filter alone; "" for no filter, None when no single one does."""
    trade, region = query.trade, query.region
    if trade is None and region is None:
        return ""
    if region is None and trade is not None:
        return "category" if places.is_category(trade) else "trade"
    if trade is None and region is not None and not places.is_city(region):
        return "region" if places.is_street(region) else "district"
    return None


def run(connection: Connection, search: Search) -> Sequence[tuple[int, bytes]]:
    """Rows (seq, body of the listing), newest first."""
    return connection.execute(search.sql, search.values).fetchall()


def count_by_trade(connection: Connection, minute: int) -> Mapping[str, int]:
    """Listings in the market by trade code that are still offered at a minute (``calendar.local_minute``)."""
    return dict(connection.execute(_COUNT, (minute,)).fetchall())


def pay_range(connection: Connection, trade: str, today: date) -> tuple[int, int, int] | None:
    """Quartiles of the pay in the trade's commonest unit, in fen; None below ``MIN_PAYS`` listings."""
    day = today.toordinal() * MINUTES_PER_DAY  # all of today's, so that what is over for today still counts
    unit = connection.execute(_PAY_UNIT, (trade, day)).fetchone()
    if unit is None:
        return None
    pays = [row[0] for row in connection.execute(_PAYS, (trade, day, unit[0]))]
    if len(pays) < MIN_PAYS:
        return None
    return _quantile(pays, 1), _quantile(pays, 2), _quantile(pays, 3)


def _quantile(ordered: Sequence[int], quarter: int) -> int:
    """The nearest-rank quartile: an amount that somebody really offers."""
    return ordered[min(len(ordered) - 1, len(ordered) * quarter // 4)]
