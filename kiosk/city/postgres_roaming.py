"""Workers at kiosks that are not theirs, on PostgreSQL: part of the transaction in ``kiosk.city.postgres``."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from kiosk.city.stored import Tries
from kiosk.domain.records import Placement
from kiosk.protocol.codec import decode

_MAKE: Final = "INSERT INTO lookup_try (what, wrong, since) VALUES (%s, 0, %s) ON CONFLICT (what) DO NOTHING"
_TRIES: Final = "SELECT what, wrong, since FROM lookup_try WHERE what = %s FOR UPDATE"
_PUT: Final = "UPDATE lookup_try SET wrong = %s, since = %s WHERE what = %s"
_VISIT: Final = """
INSERT INTO visit (kiosk, worker_id, since) VALUES (%s, %s, %s)
ON CONFLICT (kiosk, worker_id) DO UPDATE SET since = greatest(visit.since, excluded.since)
"""
_VISITS: Final = "SELECT worker_id, since FROM visit WHERE kiosk = %s AND worker_id = ANY(%s)"
_PLACEMENTS: Final = "SELECT body::text FROM placement WHERE worker_id = %s ORDER BY id"


class RoamingTables:
    """The part of ``CityTransaction`` that knows who has been seen where."""

    _connection: Connection[tuple[Any, ...]]

    def tries(self, what: str, now: datetime) -> Tries:
        """See ``CityTransaction``."""
        self._connection.execute(_MAKE, [what, now])
        row = self._connection.execute(_TRIES, [what]).fetchone()
        assert row is not None, "it was there or has just been made"
        return Tries(what=row[0], wrong=row[1], since=row[2])

    def put_tries(self, tries: Tries) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(_PUT, [tries.wrong, tries.since, tries.what])

    def note_visit(self, kiosk: str, worker_id: UUID, at: datetime) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(_VISIT, [kiosk, worker_id, at])

    def visits(self, kiosk: str, worker_ids: Collection[UUID]) -> Mapping[UUID, datetime]:
        """See ``CityTransaction``."""
        return dict(self._connection.execute(_VISITS, [kiosk, list(worker_ids)]).fetchall())

    def placements_of(self, worker_id: UUID) -> Sequence[Placement]:
        """See ``CityTransaction``."""
        rows = self._connection.execute(_PLACEMENTS, [worker_id])
        return [decode(Placement, row[0].encode()) for row in rows]
