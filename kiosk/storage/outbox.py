"""The kiosk's ordered log of operations, as the exchange uses it. Each method is one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from kiosk.protocol.messages import Outcome, Sent, Verdict
from kiosk.protocol.progress import OutboxCounts
from kiosk.services.ports import Clock
from kiosk.storage import joining, meta, outbox_rows, rebase, traces
from kiosk.storage.brought import is_brought
from kiosk.storage.connection import Connection
from kiosk.storage.engine import Database
from kiosk.storage.faults import translated
from kiosk.storage.market import Market
from kiosk.storage.outbox_rows import OpState
from kiosk.storage.present import Present
from kiosk.storage.rebase import OpenOp, Standing
from kiosk.storage.rows import Key, micros
from kiosk.storage.tokens import Folder
from kiosk.storage.vocabulary import Vocabulary

#: Settled operations are kept this long after they are durable in the city.
KEPT: Final = timedelta(days=7)
_PRUNE_CHUNK: Final = 500
_MICRO: Final = 1_000_000

_UNSENT: Final = (
    f"SELECT op_seq, op_id, body, t_mono, boot_id {outbox_rows.UNSENT} AND op_seq > ? ORDER BY op_seq LIMIT ?"
)
_FIRST_UNSENT: Final = f"SELECT min(op_seq) {outbox_rows.UNSENT}"
_OP: Final = "SELECT op_seq, body, traces, state, outcome FROM outbox WHERE "
_BY_SEQ: Final = f"{_OP} op_seq = ? AND op_id = ?"
_BY_ID: Final = f"{_OP} op_id = ?"
_SETTLE: Final = (
    "UPDATE outbox SET state = ?, outcome = ?, reason = ?, settled_at = ?, traces = ? WHERE op_seq = ?"
)
_REWOUND: Final = "SELECT op_seq, traces FROM outbox WHERE op_seq > ? AND state = 'settled' ORDER BY op_seq"
_REWIND: Final = (
    "UPDATE outbox SET state = 'unsent', outcome = NULL, reason = NULL, settled_at = NULL, durable_at = NULL "
    "WHERE op_seq > ?"
)
_RETRACE: Final = "UPDATE outbox SET traces = ? WHERE op_seq = ?"
_DURABLE: Final = "UPDATE outbox SET durable_at = ? WHERE op_seq > ? AND op_seq <= ?"
_PRUNE: Final = (
    "DELETE FROM outbox WHERE op_seq IN (SELECT op_seq FROM outbox "
    "WHERE durable_at IS NOT NULL AND durable_at < ? AND state = 'settled' LIMIT ?)"
)
_MOVE: Final = "UPDATE outbox SET op_seq = ? WHERE op_seq = ?"
_NUMBERED: Final = "SELECT op_seq FROM outbox ORDER BY op_seq"


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

    def unsent(self, limit: int, after: int = 0) -> Sequence[Sent]:
        """See ``Outbox``."""
        with self._database.reader() as connection, translated():
            rows = connection.execute(_UNSENT, (after, limit)).fetchall()
        return [
            Sent(
                seq=seq,
                op_id=UUID(bytes=bytes(op_id)),
                op=msgspec.Raw(bytes(body)),
                mono=mono / _MICRO,
                boot=boot,
            )
            for place, (seq, op_id, body, mono, boot) in enumerate(rows)
            if seq == rows[0][0] + place  # contiguous: the city would refuse a gap
        ]

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """See ``Outbox``. What was refused is undone here; what was accepted is no more only ours."""
        with self._database.transaction() as connection:
            settled = [op for verdict in verdicts if (op := self._settled(connection, verdict)) is not None]
            if any(op.standing is Standing.REJECTED for op in settled):
                self._undo(connection, settled)
            self._note_settled(connection)

    def _settled(self, connection: Connection, verdict: Verdict) -> OpenOp | None:
        """Note one verdict; the operation, if it was open until now."""
        row = _find(connection, verdict)
        if row is None:
            return None
        op_seq, raw, packed, before, said = row
        left: traces.Traces = traces.unpack(bytes(packed))
        waiting = verdict.outcome is Outcome.QUARANTINED
        state = OpState.QUARANTINED if waiting else OpState.SETTLED
        kept = packed if waiting else traces.pack(traces.without_bytes(left))
        connection.execute(
            _SETTLE,
            (state, verdict.outcome, verdict.reason, micros(self._clock.now()), kept, op_seq),
        )
        refused = verdict.outcome is Outcome.REJECTED
        if before == OpState.SETTLED and refused and said != Outcome.REJECTED:
            # A restored city heard it from a late request, and decided otherwise than the one before.
            left = _on_what_was_told(connection, Present(connection, Market(connection, *self._words)), left)
        elif waiting or before == OpState.SETTLED:
            return None
        standing = Standing.REJECTED if refused else Standing.ACCEPTED
        return OpenOp(op_seq=op_seq, raw=bytes(raw), traces=left, standing=standing)

    def _undo(self, connection: Connection, settled: list[OpenOp]) -> None:
        """Run the families of refused operations again without them."""
        present = Present(connection, Market(connection, *self._words))
        work = rebase.Rebase(connection, present, self._reapply)
        ops = sorted((*rebase.open_ops(connection), *settled), key=lambda op: op.op_seq)
        base = rebase.bases(ops)
        for family in rebase.families(ops):
            if any(op.standing is Standing.REJECTED for op in family.ops):
                work.run(family, base)

    def _note_settled(self, connection: Connection) -> None:
        first = connection.execute(_FIRST_UNSENT).fetchone()[0]
        if first is None:
            issued = connection.execute(outbox_rows.LAST_NUMBER, (outbox_rows.SERIES,)).fetchone()
            first = 1 if issued is None else issued[0] + 1
        connection.execute(outbox_rows.SET_NUMBER, (outbox_rows.SETTLED_TO, first - 1))

    def mark_durable(self, to_seq: int) -> None:
        """See ``Outbox``. Prunes what has been durable for long enough, a little at a time."""
        now = self._clock.now()
        with self._database.transaction() as connection:
            durable = meta.integer(connection, meta.DURABLE_SEQ)
            if to_seq > durable:
                connection.execute(_DURABLE, (micros(now), durable, to_seq))
                meta.put_integer(connection, meta.DURABLE_SEQ, to_seq)
            connection.execute(_PRUNE, (micros(now - KEPT), _PRUNE_CHUNK))

    def prune(self) -> bool:
        """Forget operations that have been durable in the city for seven days, some at a time; whether any was left."""
        with self._database.transaction() as connection:
            cursor = connection.execute(_PRUNE, (micros(self._clock.now() - KEPT), _PRUNE_CHUNK))
            return int(cursor.rowcount) == _PRUNE_CHUNK

    def rewind(self, to_seq: int) -> None:
        """See ``Outbox``.

        The records that they wrote have a base again: the present, until the city says what it still has; nothing, if
        it has never said anything about them.
        """
        with self._database.transaction() as connection:
            self._rewind(connection, to_seq)

    def _rewind(self, connection: Connection, to_seq: int) -> None:
        present = Present(connection, Market(connection, *self._words))
        for op_seq, packed in connection.execute(_REWOUND, (to_seq,)).fetchall():
            left = _on_what_was_told(connection, present, traces.unpack(bytes(packed)))
            connection.execute(_RETRACE, (traces.pack(left), op_seq))
        connection.execute(_REWIND, (to_seq,))
        settled = connection.execute(outbox_rows.LAST_NUMBER, (outbox_rows.SETTLED_TO,)).fetchone()
        if settled is not None and settled[0] > to_seq:
            connection.execute(outbox_rows.SET_NUMBER, (outbox_rows.SETTLED_TO, to_seq))
        if to_seq < meta.integer(connection, meta.DURABLE_SEQ):
            meta.put_integer(connection, meta.DURABLE_SEQ, to_seq)

    def renumber(self) -> None:
        """See ``Outbox``. The city of this enrolment may be one restored from a backup, and lack any of them."""
        with self._database.transaction() as connection:
            self._renumber(connection)

    def enter_city(
        self, reseal: joining.Reseal, settings: Mapping[str, bytes | None], *, renumber: bool
    ) -> None:
        """Before the first push of an enrolment: seal for the city, number anew, save what the station is now."""
        with self._database.transaction() as connection:
            if renumber:
                self._renumber(connection)
            joining.take_along(connection, reseal, settings)

    def _renumber(self, connection: Connection) -> None:
        kept = [row[0] for row in connection.execute(_NUMBERED).fetchall()]
        # New numbers are never above the old ones: in ascending order none meets an occupied place.
        connection.executemany(_MOVE, list(enumerate(kept, 1)))
        connection.execute(outbox_rows.SET_NUMBER, (outbox_rows.SERIES, len(kept)))
        connection.execute(outbox_rows.SET_NUMBER, (outbox_rows.SETTLED_TO, 0))
        meta.drop(connection, meta.ROLLED_BACK)
        self._rewind(connection, 0)

    def counts(self) -> OutboxCounts:
        """See ``Outbox``."""
        with self._database.reader() as connection, translated():
            unsent, rejected, quarantined = connection.execute(outbox_rows.COUNTS).fetchone()
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

    def is_rolled_back(self) -> bool:
        """See ``Outbox``."""
        with self._database.reader() as connection, translated():
            return meta.get(connection, meta.ROLLED_BACK) is not None

    def note_rolled_back(self) -> None:
        """See ``Outbox``."""
        with self._database.transaction() as connection:
            meta.put_integer(connection, meta.ROLLED_BACK, 1)


def _find(connection: Connection, verdict: Verdict) -> Any:  # noqa: ANN401 - a row or None
    """The operation's row: by its number, which is nearly always right, else by its id alone."""
    op_id = verdict.op_id.bytes
    row = connection.execute(_BY_SEQ, (verdict.seq, op_id)).fetchone()
    return row if row is not None else connection.execute(_BY_ID, (op_id,)).fetchone()


def _on_what_was_told(connection: Connection, present: Present, left: traces.Traces) -> traces.Traces:
    """The traces of an operation that was settled, on a base again: what the city has said of the records."""
    return {
        key: trace._replace(before=_told(connection, present, key)) if trace.wrote else trace
        for key, trace in left.items()
    }


def _told(connection: Connection, present: Present, key: Key) -> bytes | None:
    """What the city has said about a record, as far as that is known: the present if it came by a stream."""
    return present.raw(key) if is_brought(connection, key) else None
