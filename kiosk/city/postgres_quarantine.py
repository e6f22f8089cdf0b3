"""Quarantine and the gateways' own keys on PostgreSQL: part of the transaction in ``kiosk.city.postgres``."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from psycopg import Connection

from kiosk.city import statements as q
from kiosk.city.rows import set_aside, settled_row
from kiosk.city.stored import SetAside
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Outcome


class QuarantineTables:
    """The part of ``CityTransaction`` that reads and settles what was set aside."""

    def __init__(self, connection: Connection[tuple[Any, ...]]) -> None:
        self._connection = connection

    def set_aside(
        self,
        device: UUID | None = None,
        op_id: UUID | None = None,
        *,
        waiting: bool = True,
        limit: int = 1000,
    ) -> Sequence[SetAside]:
        """See ``CityTransaction``."""
        values = {"device": device, "op_id": op_id, "waiting": waiting, "limit": limit}
        return [set_aside(row) for row in self._connection.execute(q.SET_ASIDE, values)]

    def last_words(self, device: UUID, op_ids: Collection[UUID]) -> Mapping[UUID, tuple[Outcome, str]]:
        """See ``CityTransaction``."""
        rows = self._connection.execute(q.LAST_WORDS, [device, list(op_ids)])
        return {op_id: (Outcome(outcome), reason) for op_id, outcome, reason in rows}

    def settle_aside(self, rows: Sequence[SetAside]) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(q.SETTLE_ASIDE, [encode([settled_row(row) for row in rows]).decode()])

    def heads(self) -> Mapping[str, int]:
        """See ``CityTransaction``."""
        return dict(cast("Iterable[tuple[str, int]]", self._connection.execute(q.HEADS)))

    def secret(self, purpose: str, fresh: bytes, at: datetime) -> bytes:
        """See ``CityTransaction``."""
        self._connection.execute(q.ADD_CITY_KEY, [purpose, fresh, at])
        row = self._connection.execute(q.CITY_KEY, [purpose]).fetchone()
        assert row is not None, "it was there or has just been made"
        return bytes(row[0])
