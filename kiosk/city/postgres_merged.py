"""Who was registered twice, on PostgreSQL: part of the transaction in ``kiosk.city.postgres``."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from kiosk.city.arrays import texts, uuids
from kiosk.domain.records import Worker
from kiosk.protocol.codec import decode

_ALIASES: Final = "SELECT old_id, new_id FROM alias WHERE entity = %s AND old_id = ANY(%s)"
_WORKERS: Final = "SELECT body FROM worker WHERE id > %s ORDER BY id LIMIT %s"
_PUT: Final = """
INSERT INTO alias (entity, old_id, new_id, merged_at) SELECT %s, o, n, %s FROM unnest(%s::uuid[], %s::uuid[]) AS r(o, n)
ON CONFLICT (entity, old_id) DO NOTHING
"""
_NEW_CODES: Final = (
    "INSERT INTO credit_code (code) SELECT c FROM unnest(%s::text[]) AS c ON CONFLICT DO NOTHING"
)
_LOCK_CODES: Final = "SELECT 1 FROM credit_code WHERE code = ANY(%s) ORDER BY code FOR UPDATE"
#: Two that are older than the rule stay two; the first of them stands for those to come.
_BY_CODE: Final = "SELECT credit_code, id FROM employer WHERE credit_code = ANY(%s) ORDER BY id DESC"


class MergedTables:
    """The part of ``CityTransaction`` that knows who is whom."""

    _connection: Connection[tuple[Any, ...]]

    def aliases(self, entity: str, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
        """See ``CityTransaction``."""
        return dict(self._connection.execute(_ALIASES, [entity, uuids(ids)]).fetchall())

    def workers_after(self, after: UUID, limit: int) -> Sequence[Worker]:
        """See ``CityTransaction``."""
        rows = self._connection.execute(_WORKERS, [after, limit])
        return [decode(Worker, row[0].encode()) for row in rows]

    def put_aliases(self, entity: str, now: Mapping[UUID, UUID], at: datetime) -> None:
        """See ``CityTransaction``."""
        self._connection.execute(_PUT, [entity, at, uuids(now), uuids(now.values())])

    def lock_codes(self, codes: Collection[str]) -> Mapping[str, UUID]:
        """See ``CityTransaction``. A code has a row of its own to lock: there may be no employer yet."""
        run, wanted = self._connection.execute, texts(sorted(codes))
        run(_NEW_CODES, [wanted])
        run(_LOCK_CODES, [wanted])
        # The server runs this once the locks are held, with a snapshot of its own.
        return dict(run(_BY_CODE, [wanted]).fetchall())
