"""Operations without a verdict, applied again on what the city says.

Applying one again on a half-old state would be wrong (a cancelled placement would not free its place in a listing that
has just arrived), so whole families are taken together: all operations and records that hang together are set back to
the base, and the operations run again in their order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.domain.operations import Operation
from kiosk.domain.records import CentralSlots, Record
from kiosk.domain.refusal import Refusal
from kiosk.domain.state import Records
from kiosk.protocol.codec import Malformed, UnknownKind, decode_operation
from kiosk.storage import outbox_rows, touched
from kiosk.storage.base import Bases
from kiosk.storage.connection import Connection
from kiosk.storage.present import Present
from kiosk.storage.rows import Key, key_of

_RETOUCH = "UPDATE outbox SET touched = ? WHERE op_seq = ?"


class Reapply(Protocol):
    """Runs an operation's transition: ``decide(op, records, rules).puts``."""

    def __call__(self, op: Operation, records: Records) -> Sequence[Record]:
        """The records that the operation changes.

        Raises:
            Refusal: it changes nothing any more; the city will say why.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOp:
    """An operation that may have to run again. ``settled``: the city has just accepted it, its effect is the base."""

    op_seq: int
    raw: bytes
    touched: Mapping[Key, bool]
    settled: bool = False


@dataclass(slots=True)
class Family:
    """Operations and records that hang together."""

    ops: list[OpenOp] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)


def open_ops(connection: Connection) -> list[OpenOp]:
    """All operations without a verdict, in their order."""
    return [
        OpenOp(op_seq=op_seq, raw=bytes(raw), touched=touched.unpack(bytes(packed)))
        for op_seq, raw, packed in connection.execute(outbox_rows.OPEN)
    ]


def families(ops: Iterable[OpenOp]) -> list[Family]:
    """Group operations by the records they share, directly or through others; each group in order of op_seq."""
    by_key: dict[Key, Family] = {}
    for op in ops:
        joined = Family()
        for family in {id(found): found for key in op.touched if (found := by_key.get(key))}.values():
            if len(family.ops) > len(joined.ops):
                joined, family = family, joined  # noqa: PLW2901 - the smaller one moves
            joined.ops.extend(family.ops)
            joined.keys.update(family.keys)
            for key in family.keys:
                by_key[key] = joined
        joined.ops.append(op)
        joined.keys.update(op.touched)
        for key in op.touched:
            by_key[key] = joined
    distinct = {id(family): family for family in by_key.values()}.values()
    for family in distinct:
        family.ops.sort(key=lambda op: op.op_seq)
    return list(distinct)


class Rebase:
    """Brings families of records to base + operations, inside the caller's transaction."""

    def __init__(self, connection: Connection, present: Present, reapply: Reapply) -> None:
        self._connection = connection
        self._present = present
        self._bases = Bases(connection)
        self._reapply = reapply

    def run(self, family: Family) -> None:
        """Set the family's records back to what the city said, then run its operations again."""
        for key in family.keys:
            found, raw = self._bases.take(key)
            if found:
                self._present.restore(key, raw)
        for op in family.ops:
            self._again(op)

    def restore(self, keys: Iterable[Key]) -> None:
        """Records that no operation stands on any more are what the city says."""
        for key in keys:
            found, raw = self._bases.take(key)
            if found:
                self._present.restore(key, raw)

    def _again(self, op: OpenOp) -> None:
        try:
            operation = decode_operation(op.raw)
            changes = self._reapply(operation, self._present)
        except (Refusal, UnknownKind, Malformed):
            # No effect for now. It stays in the outbox: the city has the last word.
            if not op.settled:
                self._retouch(op, dict.fromkeys(op.touched, False))
            return
        written: dict[Key, bytes | None] = {}
        for record in changes:
            if isinstance(record, CentralSlots):
                continue
            key = key_of(record)
            written.setdefault(key, self._present.raw(key))
            self._present.save(record)
        if not op.settled:
            self._bases.keep(written.items())
            self._retouch(op, touched.touched_by(operation.body, written))

    def _retouch(self, op: OpenOp, now: Mapping[Key, bool]) -> None:
        merged = {**dict.fromkeys(op.touched, False), **now}
        if merged != op.touched:
            self._connection.execute(_RETOUCH, (touched.pack(merged), op.op_seq))
