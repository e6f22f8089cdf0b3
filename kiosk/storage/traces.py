"""What an operation left behind here: which records it read or wrote, and what stood there before.

``subjects`` of an operation name what it is about; a cancelled placement also changes a lease and a listing. Kept in
the operation's own row, since it matters only while the operation has no verdict.

What stood before the first such operation that wrote a record is what the city last said about it: its *base*.
present = base + operations without a verdict.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from kiosk.domain.operations import Body, subjects
from kiosk.storage.rows import Key


class Trace(NamedTuple):
    """Whether an operation wrote a record, and its bytes before (None: there was none, or it was only read)."""

    wrote: bool
    before: bytes | None


Traces = Mapping[Key, Trace]
READ = Trace(wrote=False, before=None)

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[tuple[str, bytes, bool, bytes | None]])


def pack(traces: Traces) -> bytes:
    """Bytes for the ``traces`` column."""
    return _encoder.encode([(*key, *trace) for key, trace in traces.items()])


def unpack(raw: bytes) -> dict[Key, Trace]:
    """The traces behind the column."""
    return {
        Key(entity, row_id): Trace(wrote, before) for entity, row_id, wrote, before in _decoder.decode(raw)
    }


def of(body: Body, before: Mapping[Key, bytes | None]) -> dict[Key, Trace]:
    """The traces of an operation that wrote the records ``before`` names."""
    traces = {Key(subject.entity, subject.id.bytes): READ for subject in subjects(body)}
    traces.update((key, Trace(wrote=True, before=raw)) for key, raw in before.items())
    return traces


def without_bytes(traces: Traces) -> dict[Key, Trace]:
    """The traces of a settled operation: what it touched still matters if the city is restored, what was does not."""
    return {key: Trace(wrote=trace.wrote, before=None) for key, trace in traces.items()}


def bases(in_order: Iterable[Traces]) -> dict[Key, bytes | None]:
    """What the city last said about each record that these operations, all without a verdict, wrote."""
    found: dict[Key, bytes | None] = {}
    for traces in in_order:
        for key, trace in traces.items():
            if trace.wrote:
                found.setdefault(key, trace.before)
    return found
