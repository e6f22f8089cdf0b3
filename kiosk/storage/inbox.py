"""Where the city's state goes: one page, one transaction, with this kiosk's operations again on top."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kiosk.domain.records import Lease, Listing
from kiosk.protocol.codec import Malformed, decode, decode_record
from kiosk.protocol.messages import Item
from kiosk.protocol.progress import StreamCursor, StreamDigest, digest_of
from kiosk.storage import meta, rebase, schema
from kiosk.storage import statements as make
from kiosk.storage.connection import Connection
from kiosk.storage.engine import Database
from kiosk.storage.faults import translated
from kiosk.storage.market import Market
from kiosk.storage.present import Present
from kiosk.storage.rows import KINDS, Key, key_of, lease_id
from kiosk.storage.tokens import Folder
from kiosk.storage.vocabulary import Vocabulary

_STREAM: Final = "SELECT id, seq, generation, replacing FROM stream WHERE name = ?"
_NEW_STREAM: Final = (
    "INSERT INTO stream (name, seq, generation, replacing) VALUES (?, 0, 1, 1) "
    "RETURNING id, seq, generation, replacing"
)
_MOVE: Final = "UPDATE stream SET seq = ?, replacing = ? WHERE id = ?"
_RESTART: Final = "UPDATE stream SET seq = 0, generation = generation + 1, replacing = 1"
_BRING: Final = make.put(schema.row_stream)
_UNBRING: Final = make.delete(schema.row_stream)
_STALE: Final = "SELECT entity, id FROM row_stream WHERE stream_id = ? AND generation < ?"
_HELD: Final = "SELECT 1 FROM row_stream WHERE entity = ? AND id = ? LIMIT 1"
_LEASES: Final = "SELECT id FROM lease WHERE id >= ? AND id < ?"
_HOLDS: Final = (
    " UNION ALL ".join(  # noqa: S608 - our own names
        f"SELECT entity, held.id, {name}.ver FROM row_stream AS held JOIN {name} ON {name}.id = held.id "  # noqa: S608 - our own names
        f"WHERE entity = '{name}' AND stream_id = (SELECT id FROM stream WHERE name = ?)"
        for name in KINDS
    )
    + " UNION ALL SELECT held.entity, held.id, other.ver FROM row_stream AS held JOIN inbox_other AS other "
    "ON other.entity = held.entity AND other.id = held.id "
    "WHERE stream_id = (SELECT id FROM stream WHERE name = ?) ORDER BY 1, 2"
)
_PUT_OTHER: Final = make.put(schema.inbox_other)
_DELETE_OTHER: Final = make.delete(schema.inbox_other)
_OTHERS: Final = "SELECT body FROM inbox_other WHERE entity = ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class _Stream:
    id: int
    seq: int
    generation: int
    replacing: bool


class SqlInbox:
    """Implements ``kiosk.sync.ports.Inbox`` and ``Leases``."""

    def __init__(
        self,
        database: Database,
        vocabulary: Vocabulary,
        folder: Folder,
        reapply: rebase.Reapply,
        catch_up: Callable[[], object],
    ) -> None:
        """``catch_up`` makes deferred listings searchable, in transactions of its own."""
        self._database = database
        self._words = vocabulary, folder
        self._reapply = reapply
        self._catch_up = catch_up

    def epoch(self) -> UUID | None:
        """See ``Inbox``."""
        with self._database.reader() as connection, translated():
            raw = meta.get(connection, meta.EPOCH)
        return None if raw is None else UUID(bytes=raw)

    def adopt_epoch(self, epoch: UUID) -> None:
        """See ``Inbox``."""
        with self._database.transaction() as connection:
            if meta.get(connection, meta.EPOCH) == epoch.bytes:
                return
            meta.put(connection, meta.EPOCH, epoch.bytes)
            connection.execute(_RESTART)

    def cursor(self, stream: str) -> StreamCursor:
        """See ``Inbox``."""
        with self._database.reader() as connection, translated():
            row = connection.execute(_STREAM, (stream,)).fetchone()
        if row is None:
            return StreamCursor(seq=0, replacing=True)
        return StreamCursor(seq=row[1], replacing=bool(row[3]))

    def restart(self, stream: str) -> None:
        """See ``Inbox``."""
        with self._database.transaction() as connection:
            connection.execute(f"{_RESTART} WHERE name = ?", (stream,))

    def apply(self, stream: str, items: Sequence[Item], to_seq: int, *, complete: bool) -> None:
        """See ``Inbox``."""
        self._database.require_room()
        with self._database.transaction() as connection:
            page = _Page(connection, self._words, self._reapply, _stream(connection, stream))
            page.take(items)
            done = complete and page.stream.replacing
            if done:
                page.drop_stale()
            page.reapply()
            replacing = page.stream.replacing and not done
            connection.execute(_MOVE, (to_seq, int(replacing), page.stream.id))
        if done:
            self._catch_up()

    def digest(self, stream: str) -> StreamDigest:
        """See ``Inbox``."""
        with self._database.reader() as connection, translated():
            rows = connection.execute(_HOLDS, [stream] * (len(KINDS) + 1)).fetchall()
        # A lease's row id is its listing's id and the kiosk's code.
        items = [(entity, UUID(bytes=bytes(row_id)[:16]), ver) for entity, row_id, ver in rows]
        return StreamDigest(count=len(items), digest=digest_of(items))

    def held(self, listing_id: UUID, home: str) -> int:
        """See ``kiosk.sync.ports.Leases``. Unsettled operations spend and return places, they never grant any."""
        with self._database.reader() as connection, translated():
            row = connection.execute(KINDS["lease"].select, (lease_id(listing_id, home),)).fetchone()
        return 0 if row is None else decode(Lease, row[0]).granted

    def adopt_lease(self, stream: str, item: Item, epoch: UUID) -> bool:
        """See ``kiosk.sync.ports.Leases``."""
        with self._database.transaction() as connection:
            if meta.get(connection, meta.EPOCH) != epoch.bytes:
                return False
            page = _Page(connection, self._words, self._reapply, _stream(connection, stream))
            page.take((item,))
            page.reapply()
            return True

    def bodies(self, entity: str) -> Sequence[bytes]:
        """What the streams brought of an entity that is no record of the market, such as ``station_key``."""
        with self._database.reader() as connection, translated():
            return [bytes(row[0]) for row in connection.execute(_OTHERS, (entity,)).fetchall()]


def _stream(connection: Connection, name: str) -> _Stream:
    row = connection.execute(_STREAM, (name,)).fetchone()
    if row is None:
        row = connection.execute(_NEW_STREAM, (name,)).fetchone()
    return _Stream(row[0], row[1], row[2], bool(row[3]))


class _Page:
    """One page on its way into the tables."""

    def __init__(
        self,
        connection: Connection,
        words: tuple[Vocabulary, Folder],
        reapply: rebase.Reapply,
        stream: _Stream,
    ) -> None:
        self._connection = connection
        self._market = Market(connection, *words)
        self._present = Present(connection, self._market)
        self._rebase = rebase.Rebase(connection, self._present, reapply)
        self._open = rebase.open_ops(connection)
        self._base = rebase.bases(self._open)
        self._ours = {key for op in self._open for key in op.traces}
        self._changed: set[Key] = set()
        self.stream = stream

    def take(self, items: Iterable[Item]) -> None:
        """Save the city's state of every item."""
        brought: list[tuple[int, str, bytes, int]] = []
        rows: dict[str, dict[bytes, tuple[object, ...]]] = {}
        for item in items:
            if item.entity not in KINDS:
                self._other(item, brought)
            elif item.deleted:
                self._flush(rows)
                self._gone(item)
            else:
                self._record(item, brought, rows)
        self._flush(rows)
        self._connection.executemany(_BRING, brought)

    def _record(
        self,
        item: Item,
        brought: list[tuple[int, str, bytes, int]],
        rows: dict[str, dict[bytes, tuple[object, ...]]],
    ) -> None:
        raw = bytes(item.body)
        try:
            record = decode_record(item.entity, raw)
        except Malformed:
            self._other(
                item, brought
            )  # from a newer program: kept as it is, looked at again after an upgrade
            return
        key = key_of(record)
        brought.append((self.stream.id, *key, self.stream.generation))
        if isinstance(record, Lease) and self._is_older(key, record):
            return
        if key in self._ours:
            self._changed.add(key)
            self._base[key] = raw
            return
        kind = KINDS[item.entity]
        if isinstance(record, Listing):
            self._present_listing(record, raw, item.ver)
        else:
            rows.setdefault(item.entity, {})[key.id] = (key.id, *kind.columns(record), item.ver, raw)

    def _is_older(self, key: Key, lease: Lease) -> bool:
        """A page read before a place was granted in between must not take that place away again."""
        held = self._present.get(key)
        return not self.stream.replacing and isinstance(held, Lease) and held.version > lease.version

    def _present_listing(self, listing: Listing, raw: bytes, ver: int) -> None:
        key = Key("listing", listing.id.bytes)
        before = self._present.get(key)
        kind = KINDS["listing"]
        self._connection.execute(kind.put, (key.id, *kind.columns(listing), ver, raw))
        self._market.replace(
            before if isinstance(before, Listing) else None, listing, defer=self.stream.replacing
        )
        self._present.forget()

    def _flush(self, rows: dict[str, dict[bytes, tuple[object, ...]]]) -> None:
        for entity, batch in rows.items():
            self._connection.executemany(KINDS[entity].put, batch.values())
        rows.clear()

    def _gone(self, item: Item) -> None:
        for key in self._keys(item):
            self._connection.execute(_UNBRING, (self.stream.id, *key))
            self._drop(key)

    def _keys(self, item: Item) -> list[Key]:
        """The rows an item stands for: its own, or the leases of its listing."""
        if item.entity != "lease":
            return [Key(item.entity, item.id.bytes)]
        return [Key("lease", row_id) for row_id in self._lease_ids(item.id)]

    def _lease_ids(self, listing_id: UUID) -> list[bytes]:
        start = listing_id.bytes
        return [
            bytes(row[0]) for row in self._connection.execute(_LEASES, (start, start + b"\xff")).fetchall()
        ]

    def _drop(self, key: Key) -> None:
        if key in self._ours:
            self._changed.add(key)
            self._base[key] = None
        else:
            self._present.remove(key)

    def _other(self, item: Item, brought: list[tuple[int, str, bytes, int]]) -> None:
        key = Key(item.entity, item.id.bytes)
        if item.deleted:
            self._connection.execute(_DELETE_OTHER, key)
            self._connection.execute(_UNBRING, (self.stream.id, *key))
        else:
            self._connection.execute(_PUT_OTHER, (*key, item.ver, bytes(item.body)))
            brought.append((self.stream.id, *key, self.stream.generation))

    def drop_stale(self) -> None:
        """A snapshot is complete: what it did not bring again is gone, unless another stream holds it."""
        stale = self._connection.execute(_STALE, (self.stream.id, self.stream.generation)).fetchall()
        for entity, row_id in stale:
            key = Key(entity, bytes(row_id))
            self._connection.execute(_UNBRING, (self.stream.id, *key))
            if self._connection.execute(_HELD, key).fetchone() is not None:
                continue
            if entity in KINDS:
                self._drop(key)
            else:
                self._connection.execute(_DELETE_OTHER, key)

    def reapply(self) -> None:
        """Run the operations that stand on changed records again."""
        if not self._changed:
            return
        self._present.forget()
        for family in rebase.families(self._open):
            if not self._changed.isdisjoint(family.keys):
                self._rebase.run(family, self._base)
