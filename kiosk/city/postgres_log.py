"""The log of operations on PostgreSQL: part of the transaction in ``kiosk.city.postgres``."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from psycopg import Connection

from kiosk.city import statements as q
from kiosk.city.arrays import texts, uuids
from kiosk.city.oplog import unpack_entries
from kiosk.city.stored import LoggedOp
from kiosk.protocol.messages import MAX_OPS


class LogTables:
    """The part of ``CityTransaction`` that reads what devices have brought before."""

    _connection: Connection[tuple[Any, ...]]

    def logged(self, device: UUID, incarnation: int, first: int, last: int) -> Mapping[int, LoggedOp]:
        """See ``CityTransaction``."""
        rows = self._connection.execute(q.LOGGED, [device, incarnation, first - MAX_OPS, last, first])
        return {each.seq: each for each in _unpacked(rows) if first <= each.seq <= last}

    def logged_by_id(self, device: UUID, op_ids: Collection[UUID]) -> Mapping[UUID, LoggedOp]:
        """See ``CityTransaction``."""
        if not op_ids:
            return {}
        rows = self._connection.execute(q.LOGGED_BY_ID, [device, max(op_ids), min(op_ids), uuids(op_ids)])
        wanted = frozenset(op_ids)
        return {each.op_id: each for each in _unpacked(rows) if each.op_id in wanted}

    def boots(self, device: UUID, names: Collection[str]) -> Mapping[str, datetime]:
        """See ``CityTransaction``."""
        return dict(
            cast("Iterable[tuple[str, datetime]]", self._connection.execute(q.BOOTS, [device, texts(names)]))
        )


def _unpacked(rows: Iterable[tuple[Any, ...]]) -> Iterable[LoggedOp]:
    return (each for first_seq, entries in rows for each in unpack_entries(first_seq, entries))
