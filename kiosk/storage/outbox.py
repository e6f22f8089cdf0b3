"""The kiosk's ordered log of operations, as the exchange uses it. Each method is one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from kiosk.protocol.messages import Outcome, Sent, Verdict
from kiosk.protocol.progress import OutboxCounts
from kiosk.services.ports import Clock
from kiosk.storage import meta, outbox_rows, rebase, touched
from kiosk.storage.base import Bases
from kiosk.storage.connection import Connection
from kiosk.storage.engine import Database
from kiosk.storage.faults import translated
from kiosk.storage.market import Market
from kiosk.storage.outbox_rows import OpState
from kiosk.storage.present import Present
from kiosk.storage.rows import Key, micros
from kiosk.storage.tokens import Folder
from kiosk.storage.vocabulary import Vocabulary

#: Settled operations are kept this long after they are durable in the city.
KEPT: Final = timedelta(days=7)
_PRUNE_CHUNK: Final = 500

_UNSENT: Final = (
    "SELECT op_seq, op_id, body FROM outbox WHERE state = 'unsent' AND op_seq > ? ORDER BY op_seq LIMIT ?"
)
_FIRST_UNSENT: Final = (
    "SELECT op_seq FROM outbox WHERE state != 'settled' AND state = 'unsent' ORDER BY op_seq LIMIT 1"
)
_BY_ID: Final = "SELECT op_seq, body, touched, state FROM outbox WHERE op_id = ?"
_SETTLE: Final = "UPDATE outbox SET state = ?, outcome = ?, reason = ?, settled_at = ? WHERE op_seq = ?"
_COUNT: Final = (
    "SELECT (SELECT count(*) FROM outbox WHERE state != 'settled' AND state = 'unsent'), "
    "(SELECT count(*) FROM outbox WHERE outcome = 'rejected'), "
    "(SELECT count(*) FROM outbox WHERE state != 'settled' AND state = 'quarantined')"
)
_REWOUND: Final = "SELECT touched FROM outbox WHERE op_seq > ? AND state = 'settled'"
_REWIND: Final = (
    "UPDATE outbox SET state = 'unsent', outcome = NULL, reason = NULL, settled_at = NULL, durable_at = NULL "
    "WHERE op_seq > ?"
)
_DURABLE: Final = "UPDATE outbox SET durable_at = ? WHERE op_seq > ? AND op_seq <= ?"
_PRUNE: Final = (
    "DELETE FROM outbox WHERE op_seq IN (SELECT op_seq FROM outbox "
    "WHERE durable_at IS NOT NULL AND durable_at < ? AND state = 'settled' LIMIT ?)"
)
_BROUGHT: Final = "SELECT 1 FROM row_stream WHERE entity = ? AND id = ?"


class SqlOutbox:
    """Implements ``kiosk.sync.ports.Outbox``."""

    def __init__(
        self,
        database: Database,
        vocabulary: Vocabulary,
        folder: Folder,
        clock: Clock,
        reapply: rebase.Reapply,
    ) -> None:
        self._database = database
        self._words = vocabulary, folder
        self._clock = clock
        self._reapply = reapply

    def unsent(self, limit: int) -> Sequence[Sent]:
        """See ``Outbox``."""
        with self._database.reader() as connection, translated():
            first = connection.execute(_FIRST_UNSENT).fetchone()
            if first is None:
                return []
            rows = connection.execute(_UNSENT, (first[0] - 1, limit)).fetchall()
        return [
            Sent(seq=seq, op_id=UUID(bytes=bytes(op_id)), op=msgspec.Raw(bytes(body)))
            for place, (seq, op_id, body) in enumerate(rows)
            if seq == rows[0][0] + place  # contiguous: a gap would be refused
        ]

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """See ``Outbox``. What was refused is undone here; what was accepted is no more ours alone."""
        with self._database.transaction() as connection:
            accepted: list[rebase.OpenOp] = []
            freed: set[Key] = set()
            for verdict in verdicts:
                self._settle_one(connection, verdict, accepted, freed)
            if accepted or freed:
                self._take_over(connection, accepted, freed)

    def _settle_one(
        self, connection: Connection, verdict: Verdict, accepted: list[rebase.OpenOp], freed: set[Key]
    ) -> None:
        row = connection.execute(_BY_ID, (verdict.op_id.bytes,)).fetchone()
        if row is None:
            return
        op_seq, raw, packed, before = row
        quarantined = verdict.outcome is Outcome.QUARANTINED
        state = OpState.QUARANTINED if quarantined else OpState.SETTLED
        settled_at = micros(self._clock.now())
        connection.execute(_SETTLE, (state, verdict.outcome, verdict.reason, settled_at, op_seq))
        if before == OpState.SETTLED or quarantined:
            return
        keys = touched.unpack(bytes(packed))
        if verdict.outcome is Outcome.REJECTED:
            freed.update(key for key, wrote in keys.items() if wrote)
        else:
            accepted.append(rebase.OpenOp(op_seq=op_seq, raw=bytes(raw), touched=keys, settled=True))

    def _take_over(self, connection: Connection, accepted: list[rebase.OpenOp], freed: set[Key]) -> None:
        """Accepted operations become part of the base; the rest of their families runs again on top of it."""
        present = Present(connection, Market(connection, *self._words))
        work = rebase.Rebase(connection, present, self._reapply)
        ops = sorted((*rebase.open_ops(connection), *accepted), key=lambda op: op.op_seq)
        for family in rebase.families(ops):
            if freed.isdisjoint(family.keys):
                if not any(op.settled for op in family.ops):
                    continue
                if all(op.settled for op in family.ops):
                    Bases(connection).drop(family.keys)
                    continue
            freed -= family.keys
            work.run(family)
        work.restore(freed)

    def mark_durable(self, to_seq: int) -> None:
        """See ``Outbox``. Prunes what has been durable for long enough, a little at a time."""
        now = self._clock.now()
        with self._database.transaction() as connection:
            durable = meta.integer(connection, meta.DURABLE_SEQ)
            if to_seq > durable:
                connection.execute(_DURABLE, (micros(now), durable, to_seq))
                meta.put_integer(connection, meta.DURABLE_SEQ, to_seq)
            connection.execute(_PRUNE, (micros(now - KEPT), _PRUNE_CHUNK))

    def rewind(self, to_seq: int) -> None:
        """See ``Outbox``.

        The records that they wrote get a base again: the present, until the city says what it still has; nothing,
        if it has never said anything about them.
        """
        with self._database.transaction() as connection:
            written = {
                key
                for (packed,) in connection.execute(_REWOUND, (to_seq,))
                for key, wrote in touched.unpack(bytes(packed)).items()
                if wrote
            }
            present = Present(connection, Market(connection, *self._words))
            brought = {key for key in written if connection.execute(_BROUGHT, key).fetchone() is not None}
            Bases(connection).keep([(key, present.raw(key) if key in brought else None) for key in written])
            connection.execute(_REWIND, (to_seq,))
            if to_seq < meta.integer(connection, meta.DURABLE_SEQ):
                meta.put_integer(connection, meta.DURABLE_SEQ, to_seq)

    def renumber(self) -> None:
        """See ``Outbox``. Settled operations move below zero, where no numbering will ever come."""
        with self._database.transaction() as connection:
            lowest = connection.execute("SELECT min(0, coalesce(min(op_seq), 0)) FROM outbox").fetchone()[0]
            rows = connection.execute(
                "SELECT op_seq, state FROM outbox WHERE op_seq > 0 ORDER BY op_seq"
            ).fetchall()
            ours = [seq for seq, state in rows if state == OpState.UNSENT]
            settled = [seq for seq, state in rows if state != OpState.UNSENT]
            move = "UPDATE outbox SET op_seq = ? WHERE op_seq = ?"
            last = lowest - 1
            connection.executemany(move, [(last - place, seq) for place, seq in enumerate(settled)])
            # New numbers are never above the old ones, so ascending order meets no occupied place.
            connection.executemany(move, [(place, seq) for place, seq in enumerate(ours, 1)])
            connection.execute(
                "INSERT INTO number_series (name, last) VALUES (?, ?) "
                "ON CONFLICT DO UPDATE SET last = excluded.last",
                (outbox_rows.SERIES, len(ours)),
            )
            meta.put_integer(connection, meta.DURABLE_SEQ, 0)

    def counts(self) -> OutboxCounts:
        """See ``Outbox``."""
        with self._database.reader() as connection, translated():
            unsent, rejected, quarantined = connection.execute(_COUNT).fetchone()
            issued = connection.execute(outbox_rows.LAST_NUMBER, (outbox_rows.SERIES,)).fetchone()
        return OutboxCounts(
            unsent=unsent,
            issued=0 if issued is None else issued[0],
            rejected=rejected,
            quarantined=quarantined,
        )

    def heard(self, at: datetime) -> None:
        """The city has answered: when that was, for the bar on the screen."""
        with self._database.transaction() as connection:
            meta.put_integer(connection, meta.LAST_CONTACT, micros(at))
