"""One page of a stream on its way into the tables, in the caller's transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from kiosk.domain.records import Lease, Listing
from kiosk.protocol.messages import ALIAS_ENTITY, Item
from kiosk.storage import rebase, schema
from kiosk.storage import statements as make
from kiosk.storage.brought import bring, is_brought
from kiosk.storage.connection import Connection
from kiosk.storage.incoming import ALSO_KNOWN, Arrived, Piece, read
from kiosk.storage.market import Market
from kiosk.storage.numbers import raise_series
from kiosk.storage.present import Present
from kiosk.storage.rows import KINDS, Key
from kiosk.storage.tokens import Folder
from kiosk.storage.vocabulary import Vocabulary

_PUTS: Final = {entity: make.Bulk(schema.metadata.tables[entity], kind.put) for entity, kind in KINDS.items()}
_UNBRING: Final = make.delete(schema.row_stream)
_STALE: Final = "SELECT entity, id FROM row_stream WHERE stream_id = ? AND generation < ? LIMIT ?"
_LEASES: Final = "SELECT id FROM lease WHERE id >= ? AND id < ?"
_PUT_OTHER: Final = make.put(schema.inbox_other)
_DELETE_OTHER: Final = make.delete(schema.inbox_other)
_UNREAD: Final = f"SELECT entity, id FROM inbox_other WHERE entity IN ({', '.join('?' * len(KINDS))})"  # noqa: S608 - question marks
_LAST_LISTING: Final = "SELECT max(id) FROM listing"


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream's row. ``generation`` counts how often it has been read anew.

    ``reads_on``: in the middle of a snapshot; ``seq`` is the one noted before its first page.
    ``home``: the kiosk whose own stream it is; "" for one that others get as well.
    """

    id: int
    seq: int
    generation: int
    replacing: bool
    reads_on: bool = False
    home: str = ""


class Page:
    """Brings items into the tables; ``reapply`` then runs this kiosk's open operations on top."""

    def __init__(
        self,
        connection: Connection,
        words: tuple[Vocabulary, Folder],
        reapply: rebase.Reapply,
        stream: Stream,
    ) -> None:
        self._connection = connection
        self._market = Market(connection, *words)
        self._present = Present(connection, self._market)
        self._rebase = rebase.Rebase(connection, self._present, reapply)
        self._open = rebase.open_ops(connection)
        self._base = rebase.bases(self._open)
        self._ours = {key for op in self._open for key in op.traces}
        self._changed: set[Key] = set()
        self._unread = {Key(*row) for row in connection.execute(_UNREAD, tuple(KINDS)).fetchall()}
        self.stream = stream

    def take(self, items: Piece, *, defer: bool = False) -> None:
        """Save the city's state of every item; with ``defer`` listings are made searchable later."""
        for item in items.gone:
            self._gone(item)
        for item in items.others:
            self._set_aside(item)
        for entity, arrived in items.records.items():
            self._records(entity, arrived, defer=defer or self.stream.replacing)
        if self.stream.home:
            raise_series(self._connection, self.stream.home, items.records)
        self._present.forget()

    def _records(self, entity: str, arrived: Mapping[bytes, Arrived], *, defer: bool) -> None:
        self._bring(entity, arrived)
        if self._unread:
            for each in arrived.values():
                self._is_read(each)
        saved: Collection[Arrived] = arrived.values()
        if self._ours or entity == "lease":
            saved = [each for each in saved if not self._is_held_back(each)]
        if entity in ALSO_KNOWN:
            # Operations that name another registration of theirs may have been waiting for this record.
            self._changed.update(Key(entity, other) for each in arrived.values() for other in each.also)
        if entity == "listing":
            self._listings(saved, defer=defer)
        else:
            _PUTS[entity].run(self._connection, (each.row for each in saved))

    def _bring(self, entity: str, ids: Collection[bytes]) -> None:
        """Note that the stream brought these rows."""
        bring(self._connection, self.stream.id, entity, self.stream.generation, ids)

    def _is_held_back(self, arrived: Arrived) -> bool:
        """Records that are not simply written: those that own operations stand on, and leases known better here."""
        if arrived.key.entity == "lease" and self._is_older(arrived):
            return True
        if arrived.key not in self._ours:
            return False
        self._changed.add(arrived.key)
        self._base[arrived.key] = arrived.body
        return True

    def _is_older(self, arrived: Arrived) -> bool:
        """A page read before a place was granted in between must not take that place away again."""
        if self.stream.replacing:
            return False
        held = self._present.get(arrived.key)
        return isinstance(held, Lease) and held.version > arrived.record().version

    def _listings(self, arrived: Collection[Arrived], *, defer: bool) -> None:
        before = self._bodies([each.row_id for each in arrived])
        changed = [each for each in arrived if before.get(each.row_id) != each.body] if before else arrived
        _PUTS["listing"].run(self._connection, (each.row for each in changed))
        # Mirrors stand for records here: the market list reads fields and nothing else.
        self._market.replace_many(
            (
                (
                    cast("Listing | None", read("listing", old)) if old is not None else None,
                    cast("Callable[[], Listing]", each.record),
                    each.entry,
                )
                for each in changed
                for old in (before.get(each.row_id),)
            ),
            defer=defer,
        )

    def _bodies(self, ids: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """What is held of these listings now. Ids after the last one need no look-up: a first snapshot has no other."""
        last = self._connection.execute(_LAST_LISTING).fetchone()[0]
        known = [row_id for row_id in ids if row_id <= bytes(last)] if last is not None else []
        found: dict[bytes, bytes] = {}
        for marks, part in make.parts(known):
            rows = self._connection.execute(f"SELECT id, body FROM listing WHERE id IN ({marks})", part)  # noqa: S608 - question marks
            found.update((bytes(row_id), bytes(body)) for row_id, body in rows)
        return found

    def _gone(self, item: Item) -> None:
        for key in self._keys(item):
            self._connection.execute(_UNBRING, (self.stream.id, *key))
            if not is_brought(self._connection, key):
                self._drop(key)

    def _keys(self, item: Item) -> list[Key]:
        """The rows an item stands for: its own, or the leases of its listing; and the one set aside."""
        own = Key(item.entity, item.id.bytes)
        if item.entity != "lease":
            return [own]
        return [*(Key("lease", row_id) for row_id in self._lease_ids(item.id)), own]

    def _lease_ids(self, listing_id: UUID) -> list[bytes]:
        start = listing_id.bytes
        return [
            bytes(row[0]) for row in self._connection.execute(_LEASES, (start, start + b"\xff")).fetchall()
        ]

    def _drop(self, key: Key) -> None:
        if key.entity == ALIAS_ENTITY:
            self._changed.add(Key("employer", key.id))
        if key.entity not in KINDS or key in self._unread:
            self._connection.execute(_DELETE_OTHER, key)
            self._unread.discard(key)
        if key in self._ours:
            self._changed.add(key)
            self._base[key] = None
        elif key.entity in KINDS:
            self._present.remove(key)

    def _set_aside(self, item: Item) -> None:
        """No record of the market, or one from a newer program: kept as it is, looked at again after an upgrade.

        The state that could still be read stays on the screen meanwhile.
        """
        key = Key(item.entity, item.id.bytes)
        self._connection.execute(_PUT_OTHER, (*key, item.ver, bytes(item.body)))
        self._bring(key.entity, [key.id])
        if item.entity == ALIAS_ENTITY:
            # Operations that name the old id mean another record from now on. The tombstone may have been purged.
            old = Key("employer", item.id.bytes)
            self._changed.add(old)
            self._drop(old)
        if item.entity == "lease":  # the row of the state before has an id of its own
            self._bring(item.entity, self._lease_ids(item.id))

    def _is_read(self, arrived: Arrived) -> None:
        """What was set aside can be read now, or has been replaced by something that can."""
        aside = Key(arrived.key.entity, arrived.item.id.bytes)
        if aside in self._unread:
            self._connection.execute(_DELETE_OTHER, aside)
            self._unread.discard(aside)
            if aside != arrived.key:
                self._connection.execute(_UNBRING, (self.stream.id, *aside))

    def drop_stale(self, limit: int) -> int:
        """What a stream read anew did not bring again goes, unless another stream holds it; how many rows."""
        values = (self.stream.id, self.stream.generation, limit)
        stale = self._connection.execute(_STALE, values).fetchall()
        for entity, row_id in stale:
            key = Key(entity, bytes(row_id))
            self._connection.execute(_UNBRING, (self.stream.id, *key))
            if not is_brought(self._connection, key):
                self._drop(key)
        return len(stale)

    def reapply(self) -> None:
        """Run the operations that stand on changed records again."""
        if not self._changed:
            return
        self._present.forget()
        for family in rebase.families(self._open):
            if not self._changed.isdisjoint(family.keys):
                self._rebase.run(family, self._base)
