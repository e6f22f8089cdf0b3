"""The log of operations: one row a batch, the operations inside packed together.

A row for each operation, with its two index entries, cost as much as all the records it led to. Who reads the log reads
neighbours (a batch that is sent again) or nearly all of it (a kiosk that comes back under a new incarnation).

``entries`` is one zstd frame of a JSON array with ``[op_id, kind, outcome, reason, done_at, op]`` for each operation in
the order of seq, ``op`` as the device wrote it. It can be read with ``zstd -d`` and ``jq``.
"""

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
import zstandard

from kiosk.city.stored import LoggedOp
from kiosk.protocol.messages import Outcome

#: Level 1 packs a batch into fewer bytes than level 3 (measured), and faster.
_LEVEL = 1


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    op_id: UUID
    kind: str
    outcome: Outcome
    reason: str
    done_at: datetime | None
    op: msgspec.Raw


class _Tools(threading.local):
    """zstd's contexts, which no two threads may share."""

    def __init__(self) -> None:
        self.packer = zstandard.ZstdCompressor(level=_LEVEL)
        self.unpacker = zstandard.ZstdDecompressor()


_tools = _Tools()
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[_Entry])


def pack_entries(log: Sequence[LoggedOp]) -> bytes:
    """The operations of a batch as one value."""
    entries = [
        _Entry(each.op_id, each.kind, each.outcome, each.reason, each.done_at, msgspec.Raw(each.op))
        for each in log
    ]
    return _tools.packer.compress(_encoder.encode(entries))


def unpack_entries(first_seq: int, packed: bytes) -> Iterator[LoggedOp]:
    """Undo ``pack_entries``; the first operation has the number ``first_seq``."""
    for place, entry in enumerate(_decoder.decode(_tools.unpacker.decompress(packed))):
        yield LoggedOp(
            seq=first_seq + place,
            op_id=entry.op_id,
            kind=entry.kind,
            outcome=entry.outcome,
            reason=entry.reason,
            op=bytes(entry.op),
            done_at=entry.done_at,
        )
