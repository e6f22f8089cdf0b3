"""A page of items made ready for the tables: read, checked, sorted by table, before any transaction begins.

Pure, so that it may be done in another thread while the page before is written. Records are read into structs that
mirror the dataclasses of the domain field by field: the same checks, in two thirds of the time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Final, get_type_hints, overload

import msgspec

from kiosk.protocol.codec import ENTITIES
from kiosk.protocol.messages import Item
from kiosk.storage.market_entry import Entry, entry_of
from kiosk.storage.rows import KINDS, Key, lease_id

#: Whose records say under which ids they were registered elsewhere.
ALSO_KNOWN: Final = frozenset({"employer", "worker"})
#: Items in one piece of work while somebody is there: two milliseconds to make ready, five to write.
PIECE: Final = 250
#: … while nobody is: the fewer pieces, the fewer times the two threads ask each other for the interpreter.
LARGE_PIECE: Final = 1000


def no_courtesy() -> None:
    """Nobody is there to give way to."""


def mirror(kind: type) -> type[msgspec.Struct]:
    """A struct with the fields of a frozen dataclass, and of the dataclasses that are fields of it."""
    hints = get_type_hints(kind)
    columns: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for each in fields(kind):
        wanted = hints[each.name]
        wanted = mirror(wanted) if isinstance(wanted, type) and is_dataclass(wanted) else wanted
        if each.default is MISSING:
            columns.append((each.name, wanted))
        else:
            columns.append((each.name, wanted, each.default))
    return msgspec.defstruct(kind.__name__, columns, frozen=True, kw_only=True, gc=False)


_READERS: Final[dict[str, Callable[[msgspec.Raw | bytes], Any]]] = {
    entity: msgspec.json.Decoder(mirror(ENTITIES[entity])).decode for entity in KINDS
}


def read(entity: str, body: msgspec.Raw | bytes) -> Any | None:  # noqa: ANN401 - the mirror of a record
    """The mirror of a record; None when this version cannot read it."""
    try:
        return _READERS[entity](body)
    except (msgspec.DecodeError, RecursionError):
        return None


class Arrived(msgspec.Struct, frozen=True, gc=False):
    """A record that can be read: its item, row id and canonical bytes, and its rows.

    Attributes:
        also: row ids under which it was registered elsewhere.
        row: the row of its table, in the order of the columns.
        entry: its row of the market list; None for what is not shown there.
    """

    item: Item
    row_id: bytes
    body: bytes
    also: tuple[bytes, ...]
    row: tuple[object, ...]
    entry: Entry | None

    @property
    def key(self) -> Key:
        """Where it stands."""
        return Key(self.item.entity, self.row_id)

    def record(self) -> Any:  # noqa: ANN401 - the mirror of a record
        """Its mirror, read once more: few are asked for it, and a page of them is a hundred thousand small objects."""
        return _READERS[self.item.entity](self.body)


def _known_as(record: Any) -> tuple[bytes, ...]:  # noqa: ANN401 - the mirror of a worker or an employer
    return tuple(other.id.bytes for other in record.also if other.id is not None)


class Piece:
    """Some items that follow one another, sorted: as much as is written without looking up.

    Attributes:
        last: the last item of them; None when there is none.
        records: readable records, by entity and row id.
        gone: items that are deleted.
        others: what is no record of the market, or cannot be read by this version.
    """

    __slots__ = ("gone", "last", "others", "records")

    def __init__(self, items: Sequence[Item]) -> None:
        self.last = items[-1] if items else None
        self.records: dict[str, dict[bytes, Arrived]] = {}
        self.gone: list[Item] = []
        self.others: list[Item] = []
        for item in items:
            if item.deleted:
                self.gone.append(item)
            elif item.entity not in KINDS or not self._arrive(item):
                self.others.append(item)

    def _arrive(self, item: Item) -> bool:
        entity, body = item.entity, bytes(item.body)
        record = read(entity, body)
        if record is None:
            return False
        row_id = lease_id(record.listing_id, record.home) if entity == "lease" else record.id.bytes
        row = (row_id, *KINDS[entity].columns(record), item.ver, body)
        entry = entry_of(record) if entity == "listing" else None
        also = _known_as(record) if entity in ALSO_KNOWN else ()
        self.records.setdefault(entity, {})[row_id] = Arrived(item, row_id, body, also, row, entry)
        return True


class Incoming(Sequence[Item]):
    """A page of items, sorted. As a sequence: the items as they came.

    Attributes:
        pieces: its pieces, in their order; at least one.
    """

    def __init__(
        self, items: Sequence[Item], give_way: Callable[[], None] = no_courtesy, size: int = PIECE
    ) -> None:
        self._items = items
        self.pieces = [Piece(items[:size])]
        for start in range(size, len(items), size):
            give_way()
            self.pieces.append(Piece(items[start : start + size]))

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        """The items as they came."""
        return self._items[index]

    def __len__(self) -> int:
        """How many items came."""
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        """The items as they came."""
        return iter(self._items)


def sorted_out(
    items: Sequence[Item], give_way: Callable[[], None] = no_courtesy, size: int = PIECE
) -> Incoming:
    """The page, sorted; what is sorted already stays as it is. ``give_way`` is called between two pieces."""
    return items if isinstance(items, Incoming) else Incoming(items, give_way, size)
