"""Browsing job-wanted entries: by trade or category, by district, newest first, page by page.

Each entry is filed under every filter it answers to, so that a page is one stretch of one index however rare the trade.
"""

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Final

import msgspec

from kiosk.domain.records import JobWanted
from kiosk.domain.values import WantedStatus
from kiosk.services.ports import WantedQuery
from kiosk.storage.connection import Connection
from kiosk.storage.places import category_of, district_of, is_city

_DIVIDER: Final = "@"
_PAGE: Final = (
    "SELECT wanted.id, wanted.body FROM wanted_filter AS filed JOIN wanted ON wanted.id = filed.wanted_id "
    "WHERE filed.filter = ? AND filed.wanted_id < ? AND filed.until_day >= ? "
    "ORDER BY filed.wanted_id DESC LIMIT ?"
)
_COUNT: Final = "SELECT count(*) FROM wanted_filter WHERE filter = ? AND until_day >= ?"


def filters_of(wanted: JobWanted) -> list[str]:
    """Every filter that an entry answers to, none when it is taken down."""
    if wanted.status is not WantedStatus.OPEN:
        return []
    codes = [each.trade for each in wanted.offer.trades]
    trades = sorted({"", *codes, *map(category_of, codes)})
    districts = sorted({"", *map(district_of, wanted.offer.districts)})
    return [f"{trade}{_DIVIDER}{district}" for trade, district in product(trades, districts)]


def filters_column(wanted: JobWanted) -> str:
    """``filters_of`` as the column keeps it."""
    return msgspec.json.encode(filters_of(wanted)).decode()


def filter_of(query: WantedQuery) -> str:
    """The one filter that stands for a query. A street asks for its district, a whole city for all."""
    region = query.region or ""
    district = "" if is_city(region) else district_of(region)
    return f"{query.trade or ''}{_DIVIDER}{district}"


def page(
    connection: Connection, query: WantedQuery, today: date, before: bytes, limit: int
) -> Sequence[tuple[bytes, bytes]]:
    """Ids and bodies of at most ``limit`` entries with ids below ``before``, newest first."""
    values = (filter_of(query), before, today.toordinal(), limit)
    return [(bytes(row_id), bytes(body)) for row_id, body in connection.execute(_PAGE, values).fetchall()]


def count(connection: Connection, query: WantedQuery, today: date) -> int:
    """How many entries answer to a query."""
    found: int = connection.execute(_COUNT, (filter_of(query), today.toordinal())).fetchone()[0]
    return found
