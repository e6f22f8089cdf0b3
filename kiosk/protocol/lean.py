"""Pages of a stream written so that they pack small: ids apart from the records, and nothing that is said twice.

An id is time and chance. In the middle of a record the digits of chance spoil what zstd finds around them, and in an
item they stood twice; side by side they cost what they weigh. A listing takes 88 bytes so, written out as an item 102.
What comes out at the kiosk are the same items, each with the very bytes that the city holds.

A kiosk that can read such pages says so in a header (``requests.PAGES``); all others, and couriers, get items.
"""

from itertools import accumulate, repeat
from typing import Final
from uuid import UUID

import msgspec

from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.messages import Item, PullResponse, ServerState, SnapshotResponse

#: Hex digits of an id that are its time (UUIDv7), and of the rest.
TIME: Final = 12
CHANCE: Final = 20
#: What the body of a record begins with, in front of its id.
_OPENING: Final = b'{"id":'
#: An id in an array of JSON: 36 characters, two quotation marks, a comma.
_STRIDE: Final = 39
NULL: Final = b"null"
_SHORT, _WHOLE = b"{["


class LeanRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An item of a ``LeanPage``, without id and number.

    Attributes:
        body: an object: the body without its first member, which is the item's id; an array: the whole body is in it;
            null: deleted.
    """

    entity: str
    ver: int
    body: msgspec.Raw


class LeanPage(msgspec.Struct, frozen=True, kw_only=True):
    """Items in fewer bytes.

    Attributes:
        times: the first 12 hex digits of every id, one id behind the other; chances: the other 20.
        steps: the number of the first item, then by how much each is greater than the one before. Empty in a
            snapshot, whose pages are of different moments: there nobody needs the items' numbers.
    """

    times: str
    chances: str
    steps: tuple[int, ...]
    rows: tuple[LeanRow, ...]


class LeanPull(msgspec.Struct, frozen=True, kw_only=True):
    """``PullResponse`` for who says that they can read lean pages."""

    state: ServerState
    stream: str
    lean: LeanPage
    head: int
    more: bool
    snapshot_needed: bool = False
    fence: int = 0


class LeanSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """``SnapshotResponse`` for who says that they can read lean pages."""

    state: ServerState
    stream: str
    lean: LeanPage
    head: int
    more: bool


class PullAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """``PullResponse`` or ``LeanPull`` as the city sends it: either ``items`` or ``lean``, a piece of JSON as it is."""

    state: ServerState
    stream: str
    items: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    lean: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    head: int
    more: bool
    snapshot_needed: bool = False
    fence: int = 0


class SnapshotAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """``SnapshotResponse`` or ``LeanSnapshot`` as the city sends it."""

    state: ServerState
    stream: str
    items: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    lean: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    head: int
    more: bool


def items_of(page: LeanPage) -> tuple[Item, ...]:
    """The items of a page; without ``steps`` their numbers are 0.

    Raises:
        Malformed: the parts of the page do not fit each other.
    """
    count = len(page.rows)
    if page.steps and len(page.steps) != count:
        raise Malformed("steps")
    ids = _ids(page, count)
    numbers = accumulate(page.steps) if page.steps else repeat(0, count)
    bodies = _bodies(page.rows, encode(ids))
    return tuple(
        [
            Item(
                entity=row.entity, id=each, seq=seq, ver=row.ver, deleted=body == NULL, body=msgspec.Raw(body)
            )
            for row, each, seq, body in zip(page.rows, ids, numbers, bodies, strict=True)
        ]
    )


def _ids(page: LeanPage, count: int) -> list[UUID]:
    times, chances = page.times, page.chances
    if len(times) != TIME * count or len(chances) != CHANCE * count:
        raise Malformed("ids")
    places = zip(range(0, TIME * count, TIME), range(0, CHANCE * count, CHANCE), strict=True)
    return decode(
        list[UUID], encode([times[at : at + TIME] + chances[to : to + CHANCE] for at, to in places])
    )


def _bodies(rows: tuple[LeanRow, ...], ids: bytes) -> list[bytes]:
    """The bodies as the city holds them. ``ids`` as an array of JSON."""
    bodies, ids, at = [], ids[1:-1] + b",", 0
    # Every item of a first synchronisation comes by here: no generator, no function of its own.
    for row in rows:
        body = memoryview(row.body)
        if (first := body[0]) == _SHORT:
            bodies.append(b"".join((_OPENING, ids[at : at + _STRIDE], body[1:])))
        elif first == _WHOLE:
            bodies.append(bytes(body[1:-1]))
        elif bytes(body) == NULL:
            bodies.append(NULL)
        else:
            raise Malformed("body")
        at += _STRIDE
    return bodies


def lean_of(items: tuple[Item, ...], *, numbered: bool) -> LeanPage:
    """The page that holds these items, as the database puts it together (``city.stream_reads``)."""
    digits = [item.id.hex for item in items]
    before = (0, *(item.seq for item in items))
    return LeanPage(
        times="".join(each[:TIME] for each in digits),
        chances="".join(each[TIME:] for each in digits),
        steps=tuple(item.seq - seq for item, seq in zip(items, before, strict=False)) if numbered else (),
        rows=tuple(LeanRow(item.entity, item.ver, _shortened(item)) for item in items),
    )


def _shortened(item: Item) -> msgspec.Raw:
    body = bytes(item.body)
    begin = _OPENING + encode(item.id) + b","
    if item.deleted:
        return msgspec.Raw(NULL)
    return msgspec.Raw(b"{" + body[len(begin) :] if body.startswith(begin) else b"[" + body + b"]")


def pull_of(answer: LeanPull) -> PullResponse:
    """The same answer with items.

    Raises:
        Malformed: see ``items_of``.
    """
    return PullResponse(
        state=answer.state,
        stream=answer.stream,
        items=items_of(answer.lean),
        head=answer.head,
        more=answer.more,
        snapshot_needed=answer.snapshot_needed,
        fence=answer.fence,
    )


def snapshot_of(answer: LeanSnapshot) -> SnapshotResponse:
    """The same answer with items; their numbers are 0.

    Raises:
        Malformed: see ``items_of``.
    """
    return SnapshotResponse(
        state=answer.state,
        stream=answer.stream,
        items=items_of(answer.lean),
        head=answer.head,
        more=answer.more,
    )
