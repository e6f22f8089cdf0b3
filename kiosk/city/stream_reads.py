"""What the streams hold, on PostgreSQL: pages put together in the database, and what is old forgotten in chunks.

A page leaves the database as one piece of JSON. Row by row through the driver and back into JSON, a listing cost the
gateway 6 µs of its one interpreter; so it costs the database 2.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import Connection, Cursor, pq
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from kiosk.city.stored import NO_ITEMS, ItemKey, PageOfItems
from kiosk.protocol.lean import TIME
from kiosk.protocol.messages import VERDICT_ENTITY

#: An item as a ``LeanRow``: a body that begins with the item's id comes without it. (``substr`` would count the
#: characters of the whole body first: 3 µs a listing.)
_ROW: Final = """'["' || entity || '",' || ver || ',' || CASE
    WHEN body IS NULL THEN 'null'
    WHEN starts_with(body, '{"id":"' || id || '",') THEN '{' || right(body, -45)
    ELSE '[' || body || ']' END || ']'"""
#: What each item has in ``LeanPage.steps``.
_STEP: Final = "CAST(seq - lag(seq, 1, CAST(0 AS bigint)) OVER (ORDER BY seq) AS text)"
_NO_STEP: Final = "CAST(NULL AS text)"


def _page(order: str, chosen: str, step: str) -> str:
    """The parts of a ``LeanPage``: ids in two pieces, steps and rows, in order."""
    return f"""
    SELECT count(*), max(seq), string_agg(left(digits, {TIME}), '' ORDER BY {order}),
           string_agg(substr(digits, {TIME + 1}), '' ORDER BY {order}), string_agg(step, ',' ORDER BY {order}),
           string_agg({_ROW}, ',' ORDER BY {order})
    FROM (SELECT entity, id, seq, ver, body, digits, {step} AS step FROM (
        SELECT entity, id, seq, ver, body, replace(CAST(id AS text), '-', '') AS digits FROM sync_item {chosen}
        ORDER BY {order} LIMIT %s) AS picked) AS page"""  # noqa: S608 - our own names


_HEAD: Final = "SELECT head, fence FROM stream_head WHERE stream = %s"
_ITEMS: Final = _page("seq", "WHERE stream = %s AND seq > %s AND origin <> %s", _STEP)
_SNAPSHOT: Final = _page(
    "entity, id", "WHERE stream = %s AND (entity, id) > (%s, %s) AND NOT deleted AND origin <> %s", _NO_STEP
)
_LIVE: Final = """
SELECT entity, id, ver FROM sync_item WHERE stream = %s AND NOT deleted AND origin <> %s ORDER BY entity, id
"""
_STREAMS: Final = "SELECT stream FROM stream_head ORDER BY stream"
_AREAS: Final = "SELECT stream FROM stream_head WHERE stream LIKE 'area/%' ORDER BY stream"
_OUTDATED: Final = """
SELECT l.id FROM listing l
WHERE l.status IN ('published', 'full') AND l.valid_until < %s AND l.id > %s AND EXISTS (
    SELECT 1 FROM sync_item s
    WHERE s.stream = 'area/' || substr(l.region, 1, 6) AND s.entity = 'listing' AND s.id = l.id AND NOT s.deleted)
ORDER BY l.id LIMIT %s
"""
#: Locked: who is being renewed just now is looked at again, and passed over.
_LAPSED: Final = """
SELECT id FROM wanted WHERE status = 'open' AND valid_until < %s AND id > %s ORDER BY id LIMIT %s FOR UPDATE
"""
_LOCK_HEAD: Final = "SELECT 1 FROM stream_head WHERE stream = %s FOR UPDATE"
_PURGE: Final = """
DELETE FROM sync_item WHERE stream = %(stream)s AND (entity, id) IN (
    SELECT entity, id FROM sync_item WHERE stream = %(stream)s AND deleted AND changed_at < %(before)s
    UNION ALL
    SELECT entity, id FROM sync_item
    WHERE stream = %(stream)s AND entity = %(verdict)s AND NOT deleted AND changed_at < %(before)s
    LIMIT %(limit)s)
RETURNING seq
"""
_MOVE_FENCE: Final = "UPDATE stream_head SET fence = %s WHERE stream = %s AND fence < %s"


class _AsItIs(Loader):
    """Text stays the bytes that it comes in (UTF-8): they go on to the kiosk as they are."""

    format = pq.Format.BINARY

    def load(self, data: Buffer) -> bytes:
        """See ``Loader``."""
        return bytes(data)


class StreamReads:
    """The part of ``CityTransaction`` that reads and purges streams, on an open transaction."""

    _connection: Connection[tuple[Any, ...]]
    #: Head and fence of a stream that have come along with something else, to be used once.
    _heads: dict[str, tuple[int, int]]

    def areas(self) -> Sequence[str]:
        """See ``CityTransaction``."""
        return [row[0] for row in self._connection.execute(_AREAS)]

    def streams(self) -> Sequence[str]:
        """See ``CityTransaction``."""
        return [row[0] for row in self._connection.execute(_STREAMS)]

    def items(self, stream: str, after: int, limit: int, reader: str) -> PageOfItems:
        """See ``CityTransaction``."""
        return self._read(stream, _ITEMS, [stream, after, _left_out(stream, reader), limit], limit, after)

    def snapshot(self, stream: str, after: ItemKey, limit: int, reader: str) -> PageOfItems:
        """See ``CityTransaction``."""
        values = [stream, after.entity, after.id, _left_out(stream, reader), limit]
        return self._read(stream, _SNAPSHOT, values, limit)

    def _read(
        self, stream: str, page: str, values: list[object], limit: int, newer_than: int = -1
    ) -> PageOfItems:
        # Most who ask have everything, and the head that came with the device says so.
        head, fence = self._heads.pop(stream, (newer_than + 1, 0))
        if head > newer_than:
            # First the head, then the page, each with a snapshot of its own: what is committed in between is in the
            # page and, for whoever pulls on from that head, comes once more.
            head, fence = self._connection.execute(_HEAD, [stream]).fetchone() or (0, 0)
        if head <= newer_than:
            return PageOfItems(lean=NO_ITEMS, last=0, head=head, fence=fence, more=False)
        with self._connection.cursor(binary=True) as rows:
            rows.adapters.register_loader("text", _AsItIs)
            count, newest, *parts = _only(rows.execute(page, values))
        # The fence once more, behind the page: a purge in between took tombstones that this page should have had.
        _, fence = self._connection.execute(_HEAD, [stream]).fetchone() or (0, 0)
        last = 0 if newest is None else int(newest)
        return PageOfItems(
            lean=_lean(*parts) if count else NO_ITEMS,
            last=last,
            head=head,
            fence=fence,
            # A page that is just full may be the last one: the next is empty then.
            more=count == limit,
        )

    def live_versions(self, stream: str, reader: str) -> tuple[int, Sequence[tuple[str, UUID, int]]]:
        """See ``CityTransaction``."""
        self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        row = self._connection.execute(_HEAD, [stream]).fetchone()
        rows = self._connection.execute(_LIVE, [stream, _left_out(stream, reader)]).fetchall()
        return (row[0] if row else 0), [(entity, record_id, ver) for entity, record_id, ver in rows]

    def outdated(self, before: date, after: UUID, limit: int) -> Sequence[UUID]:
        """See ``CityTransaction``."""
        return [row[0] for row in self._connection.execute(_OUTDATED, [before, after, limit])]

    def lapsed(self, before: date, after: UUID, limit: int) -> Sequence[UUID]:
        """See ``CityTransaction``."""
        return [row[0] for row in self._connection.execute(_LAPSED, [before, after, limit])]

    def purge(self, stream: str, before: datetime, limit: int) -> int:
        """See ``CityTransaction``."""
        run = self._connection.execute
        # Whoever publishes holds this lock before touching an item: nothing old can become new in between.
        run(_LOCK_HEAD, [stream])
        values = {"stream": stream, "before": before, "verdict": VERDICT_ENTITY, "limit": limit}
        gone = [row[0] for row in run(_PURGE, values)]
        if gone:
            run(_MOVE_FENCE, [max(gone), stream, max(gone)])
        return len(gone)


def _lean(times: bytes, chances: bytes, steps: bytes | None, rows: bytes) -> msgspec.Raw:
    """A ``LeanPage`` of its parts: the rows are megabytes, and copied once."""
    parts = (
        b'{"times":"',
        times,
        b'","chances":"',
        chances,
        b'","steps":[',
        steps or b"",
        b'],"rows":[',
        rows,
        b"]}",
    )
    return msgspec.Raw(b"".join(parts))


def _only(rows: Cursor[tuple[Any, ...]]) -> tuple[Any, ...]:
    row = rows.fetchone()
    assert row is not None, "an aggregate has one row"
    return row


def _left_out(stream: str, reader: str) -> str:
    """The origin whose items this reader has from its own stream anyway; in other streams one that nobody has."""
    return reader if stream.startswith("area/") else "-"
