"""Devices, their keys, tokens and marks on PostgreSQL: part of the transaction in ``kiosk.city.postgres``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from kiosk.city import statements as q
from kiosk.city.stored import DeviceRow, DurableMark, KeyRow
from kiosk.protocol.codec import encode


class DeviceTables:
    """The part of ``CityTransaction`` that the city's engineer works with."""

    _connection: Connection[tuple[Any, ...]]

    def devices(self) -> Sequence[DeviceRow]:
        """See ``CityTransaction``."""
        with self._connection.cursor(row_factory=class_row(DeviceRow)) as cursor:
            return cursor.execute(q.ALL_DEVICES).fetchall()

    def station_keys(self) -> Sequence[KeyRow]:
        """See ``CityTransaction``."""
        with self._connection.cursor(row_factory=class_row(KeyRow)) as cursor:
            return cursor.execute(q.STATION_KEYS).fetchall()

    def take_token(self, kiosk: str, token_hash: bytes, at: datetime) -> bool:
        """See ``CityTransaction``."""
        used = self._connection.execute(q.USE_INVITATION, [at, kiosk, token_hash, at])
        return used.fetchone() is not None

    def add_token(self, kiosk: str, token_hash: bytes, at: datetime, until: datetime) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(q.ADD_INVITATION, [kiosk, token_hash, at, until])

    def leased_to(self, kiosk: str) -> Sequence[UUID]:
        """See ``CityTransaction``."""
        return [row[0] for row in self._connection.execute(q.LEASED_TO, [kiosk])]

    def revoke(self, device: UUID, reason: str, at: datetime) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(q.REVOKE, [at, reason, device])
        self._connection.execute(q.REVOKE_KEYS, [device])

    def mark_durable(self, epoch: UUID, marks: Sequence[DurableMark]) -> bool:
        """See ``CityTransaction``."""
        if self._connection.execute(q.LOCK_EPOCH, [epoch]).fetchone() is None:
            return False
        rows = [{"device": each.device, "incarnation": each.incarnation, "seq": each.seq} for each in marks]
        self._connection.execute(q.MARK_DURABLE, [encode(rows).decode()])
        return True

    def counts(self) -> Mapping[str, int]:
        """See ``CityTransaction``."""
        return dict(cast("Iterable[tuple[str, int]]", self._connection.execute(q.COUNTS)))
