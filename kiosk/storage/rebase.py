"""Operations without a verdict, applied again on what the city says.

Applying one again on a half-old state would be wrong (a cancelled placement would not free its place in a listing that
has just arrived), so whole families are taken together: all records that hang together through operations are set
back to their base, and the operations run again in their order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

from kiosk.domain.operations import KINDS, Apply, Operation, PromotePlacement
from kiosk.domain.records import CentralSlots, Record
from kiosk.domain.refusal import Refusal
from kiosk.domain.state import Records
from kiosk.protocol.codec import Malformed, UnknownKind, decode_operation
from kiosk.storage import outbox_rows, traces
from kiosk.storage.connection import Connection
from kiosk.storage.present import Present
from kiosk.storage.rows import Key, key_of
from kiosk.storage.traces import Traces

#: Operations that only take places of a lease: counted twice they make a kiosk promise too little, never too much.
SPENDING = frozenset({KINDS[Apply], KINDS[PromotePlacement]})
_SENT = f"SELECT kind, traces {outbox_rows.UNSENT} AND op_seq <= ?"
_RETRACE = "UPDATE outbox SET traces = ? WHERE op_seq = ?"


class Reapply(Protocol):
    """Runs an operation's transition: ``decide(op, records, rules).puts``."""

    def __call__(self, op: Operation, records: Records) -> Sequence[Record]:
        """The records that the operation changes.

        Raises:
            Refusal: it changes nothing any more; the city will say why.
        """


class Standing(Enum):
    """What the city has said about an operation: nothing, or just now yes or no."""

    OPEN = auto()
    ACCEPTED = auto()
    REJECTED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOp:
    """An operation that may have to run again."""

    op_seq: int
    raw: bytes
    traces: Traces
    standing: Standing = Standing.OPEN


@dataclass(slots=True)
class Family:
    """Operations and records that hang together."""

    ops: list[OpenOp] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)


def open_ops(connection: Connection) -> list[OpenOp]:
    """All operations without a verdict, in their order."""
    return [
        OpenOp(op_seq=op_seq, raw=bytes(raw), traces=traces.unpack(bytes(packed)))
        for op_seq, raw, packed in connection.execute(outbox_rows.OPEN)
    ]


def in_flight(connection: Connection, key: Key, heard_to: int) -> frozenset[str]:
    """Kinds of the operations on a record that the city has heard, and whose verdict has not come yet."""
    rows = connection.execute(_SENT, (heard_to,)).fetchall()
    return frozenset(str(kind) for kind, packed in rows if key in traces.unpack(bytes(packed)))


def bases(ops: Iterable[OpenOp]) -> dict[Key, bytes | None]:
    """What the city last said about the records that these operations wrote."""
    return traces.bases(op.traces for op in ops)


def families(ops: Iterable[OpenOp]) -> list[Family]:
    """Group operations by the records they share, directly or through others; each group in order of op_seq."""
    by_key: dict[Key, Family] = {}
    for op in ops:
        joined = Family()
        for met in {id(found): found for key in op.traces if (found := by_key.get(key))}.values():
            joined = _joined(joined, met, by_key)
        joined.ops.append(op)
        joined.keys.update(op.traces)
        by_key.update(dict.fromkeys(op.traces, joined))
    distinct = {id(family): family for family in by_key.values()}.values()
    for family in distinct:
        family.ops.sort(key=lambda op: op.op_seq)
    return list(distinct)


def _joined(one: Family, other: Family, by_key: dict[Key, Family]) -> Family:
    """Both families as one: the smaller moves into the larger."""
    large, small = (one, other) if len(one.ops) >= len(other.ops) else (other, one)
    large.ops.extend(small.ops)
    large.keys.update(small.keys)
    by_key.update(dict.fromkeys(small.keys, large))
    return large


class Rebase:
    """Brings families of records to base + operations, inside the caller's transaction."""

    def __init__(self, connection: Connection, present: Present, reapply: Reapply) -> None:
        self._connection = connection
        self._present = present
        self._reapply = reapply

    def run(self, family: Family, base: Mapping[Key, bytes | None]) -> None:
        """Set the family's records to what the city says, then run its operations again."""
        for key in family.keys:
            if key in base:
                self._present.restore(key, base[key])
        for op in family.ops:
            if op.standing is not Standing.REJECTED:
                self._again(op)

    def _again(self, op: OpenOp) -> None:
        before: dict[Key, bytes | None] = {}
        now: Traces = {}
        try:
            operation = decode_operation(op.raw)
            for record in self._reapply(operation, self._present):
                if not isinstance(record, CentralSlots):
                    key = key_of(record)
                    before.setdefault(key, self._present.raw(key))
                    if not self._is_known_better(key, record):
                        self._present.save(record)
            now = traces.of(operation.body, before)
        except (Refusal, UnknownKind, Malformed):
            # No effect for now; it stays in the outbox, and the city has the last word.
            pass
        if op.standing is Standing.OPEN:
            self._retrace(op, {**dict.fromkeys(op.traces, traces.READ), **now})

    def _is_known_better(self, key: Key, record: Record) -> bool:
        """A record that is made again, though the city has already sent it.

        In the middle of a snapshot the lease of a listing can be here before the listing.
        """
        held = self._present.get(key)
        return held is not None and record.version == 0 < held.version

    def _retrace(self, op: OpenOp, now: Traces) -> None:
        if now != op.traces:
            self._connection.execute(_RETRACE, (traces.pack(now), op.op_seq))
