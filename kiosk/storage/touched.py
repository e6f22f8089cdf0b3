"""Which records an operation read or wrote here: what must be looked at again when one of them changes.

``subjects`` of an operation name what it is about; a cancelled placement also changes a lease and a listing. Kept in
the operation's own row, since it is asked for only while the operation has no verdict.
"""

from collections.abc import Iterable, Mapping

import msgspec

from kiosk.domain.operations import Body, subjects
from kiosk.storage.rows import Key

_Rows = list[tuple[str, bytes, bool]]
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Rows)


def pack(touched: Mapping[Key, bool]) -> bytes:
    """Bytes for the ``touched`` column: keys, and whether the operation wrote them."""
    return _encoder.encode([(key.entity, key.id, wrote) for key, wrote in touched.items()])


def unpack(raw: bytes) -> dict[Key, bool]:
    """The keys behind the column."""
    return {Key(entity, row_id): wrote for entity, row_id, wrote in _decoder.decode(raw)}


def touched_by(body: Body, written: Iterable[Key]) -> dict[Key, bool]:
    """Everything an operation touched: its subjects, and what it wrote."""
    touched = {Key(subject.entity, subject.id.bytes): False for subject in subjects(body)}
    touched.update(dict.fromkeys(written, True))
    return touched
