"""Where the city's state goes: one page, one transaction, with this kiosk's operations again on top."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from kiosk.domain.records import Lease
from kiosk.protocol.codec import decode
from kiosk.protocol.messages import Item
from kiosk.protocol.progress import SnapshotKey, StreamCursor, StreamDigest, digest_of
from kiosk.storage import meta, rebase
from kiosk.storage.connection import Connection
from kiosk.storage.courtesy import Courtesy
from kiosk.storage.engine import Database
from kiosk.storage.faults import translated
from kiosk.storage.incoming import LARGE_PIECE, PIECE, Incoming, read, sorted_out
from kiosk.storage.page import Page, Stream
from kiosk.storage.rows import KINDS, Key, instant, lease_id, micros
from kiosk.storage.sizes import USUAL, Sizes
from kiosk.storage.tokens import Folder
from kiosk.storage.vocabulary import Vocabulary

_STREAM: Final = (
    "SELECT id, seq, generation, replacing, reading, after_entity, after_id FROM stream WHERE name = ?"
)
_NEW_STREAM: Final = (
    "INSERT INTO stream (name, seq, generation, replacing, reading) VALUES (?, 0, 1, 1, 1) "
    "RETURNING id, seq, generation, replacing, reading, after_entity, after_id"
)
_MOVE: Final = "UPDATE stream SET seq = ?, reading = 0, after_entity = NULL, after_id = NULL WHERE id = ?"
_READ_ON: Final = "UPDATE stream SET seq = ?, reading = ?, after_entity = ?, after_id = ? WHERE id = ?"
_WHOLE: Final = "UPDATE stream SET replacing = 0 WHERE id = ?"
_READING: Final = "SELECT 1 FROM stream WHERE reading = 1 LIMIT 1"
_RESTART: Final = (
    "UPDATE stream SET seq = 0, generation = generation + 1, replacing = 1, reading = 1, "
    "after_entity = NULL, after_id = NULL"
)
_NAMES: Final = "SELECT name FROM stream ORDER BY name"
_FORGET: Final = "DELETE FROM stream WHERE id = ?"
#: A record that this version cannot read any more counts as what was set aside, not as the state before.
_HOLDS: Final = (
    " UNION ALL ".join(  # noqa: S608 - our own names
        f"SELECT entity, held.id, {name}.ver FROM row_stream AS held JOIN {name} ON {name}.id = held.id "  # noqa: S608 - our own names
        f"WHERE entity = '{name}' AND stream_id = (SELECT id FROM stream WHERE name = ?) AND NOT EXISTS ("
        f"SELECT 1 FROM inbox_other AS other WHERE other.entity = '{name}' AND other.id = substr(held.id, 1, 16))"
        for name in KINDS
    )
    + " UNION ALL SELECT held.entity, held.id, other.ver FROM row_stream AS held JOIN inbox_other AS other "
    "ON other.entity = held.entity AND other.id = held.id "
    "WHERE stream_id = (SELECT id FROM stream WHERE name = ?) ORDER BY 1, 2"
)
_OTHERS: Final = "SELECT body FROM inbox_other WHERE entity = ? ORDER BY id"
_ASIDE: Final = (
    "SELECT held.stream_id, other.entity, other.id, other.ver, other.body FROM inbox_other AS other "  # noqa: S608 - question marks
    "CROSS JOIN stream CROSS JOIN row_stream AS held "
    "ON held.stream_id = stream.id AND held.entity = other.entity AND held.id = other.id "
    f"WHERE other.entity IN ({', '.join('?' * len(KINDS))}) ORDER BY 1, 2, 3"
)
_BY_ID: Final = "SELECT id, seq, generation, replacing FROM stream WHERE id = ?"
#: How the stream of one kiosk begins.
OWN: Final = "dev/"
#: Rows dropped, and listings made searchable, in one transaction.
CHUNK: Final = 500
#: Listings made searchable at once when a page is whole, or the program starts.
SOON: Final = 2000
#: … and at rest, before pushes have their turn.
AT_REST: Final = 10_000


class SqlInbox:
    """Implements ``kiosk.sync.ports.Inbox`` and ``Leases``."""

    def __init__(
        self,
        database: Database,
        vocabulary: Vocabulary,
        folder: Folder,
        reapply: rebase.Reapply,
        catch_up: Callable[[int], bool],
        courtesy: Courtesy,
        sizes: Sizes = USUAL,
    ) -> None:
        """Take everything in.

        Args:
            database: where the pages go.
            vocabulary: what listings are found by.
            folder: makes those words comparable.
            reapply: runs an own operation again.
            catch_up: makes so many deferred listings searchable, and says whether there are more.
            courtesy: what is written here gives way to touches.
            sizes: from how many items on a page counts as large.
        """
        self._database = database
        self._words = vocabulary, folder
        self._reapply = reapply
        self._catch_up = catch_up
        self._courtesy = courtesy
        self._many = sizes.many

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
            meta.drop(connection, meta.ROLLED_BACK)  # it was said of another life of the city
            connection.execute(_RESTART)

    def cursor(self, stream: str) -> StreamCursor:
        """See ``Inbox``."""
        with self._database.reader() as connection, translated():
            row = connection.execute(_STREAM, (stream,)).fetchone()
        if row is None:
            return StreamCursor(seq=0, replacing=True, reading=True)
        _, seq, _, replacing, reading, entity, row_id = row
        after = None if entity is None else SnapshotKey(entity, UUID(bytes=bytes(row_id)))
        return StreamCursor(seq=seq, replacing=bool(replacing), reading=bool(reading), after=after)

    def restart(self, stream: str) -> None:
        """See ``Inbox``."""
        with self._database.transaction() as connection:
            connection.execute(f"{_RESTART} WHERE name = ?", (stream,))

    def compared(self) -> datetime | None:
        """See ``Inbox``."""
        with self._database.reader() as connection, translated():
            return instant(at) if (at := meta.integer(connection, meta.COMPARED)) else None

    def note_compared(self, at: datetime) -> None:
        """See ``Inbox``."""
        with self._database.transaction() as connection:
            meta.put_integer(connection, meta.COMPARED, micros(at))

    def prepare(self, items: Sequence[Item]) -> Sequence[Item]:
        """See ``Inbox``."""
        size = PIECE if self._courtesy.attended else LARGE_PIECE
        incoming = sorted_out(items, self._courtesy.give_way, size)
        if len(incoming) > self._many:
            # This thread has the time: who writes is what a first synchronisation waits for.
            self._database.fold()
        return incoming

    def apply(self, stream: str, items: Sequence[Item], to_seq: int, *, complete: bool) -> None:
        """See ``Inbox``."""

        def move(connection: Connection, at: Stream, last: Item | None) -> None:
            connection.execute(_MOVE, (to_seq if last is None else last.seq, at.id))

        replacing = self._bring(stream, sorted_out(items), move, followed=not complete)
        if complete and replacing:
            self._finish(stream)

    def apply_snapshot(
        self, stream: str, items: Sequence[Item], head: int, after: SnapshotKey | None, *, last: bool
    ) -> None:
        """See ``Inbox``."""

        def move(connection: Connection, at: Stream, item: Item | None) -> None:
            key = after if item is None else SnapshotKey(item.entity, item.id)
            whole = last and item is None
            noted = at.seq if at.reads_on else head
            place = (None, None) if key is None or whole else (key.entity, key.id.bytes)
            connection.execute(_READ_ON, (noted, int(not whole), *place, at.id))

        self._bring(stream, sorted_out(items), move, followed=not last)

    def _bring(
        self,
        stream: str,
        incoming: Incoming,
        move: Callable[[Connection, Stream, Item | None], None],
        *,
        followed: bool,
    ) -> bool:
        """Write a page, in as many transactions as courtesy asks for; whether the stream is replacing.

        Each is a page of its own, with own operations on top and the stream's place in it: ``move`` is told its last
        item, and None for what ends with the page. A page that is ``followed`` by another need not be on the disk.
        """
        pieces, defer = deque(incoming.pieces), len(incoming) > self._many
        writing = self._database.bulk if followed and defer else self._database.transaction
        while True:
            with writing() as connection:
                page, began = self._page(connection, stream), self._courtesy.now()
                page.take(piece := pieces.popleft(), defer=defer)
                while pieces and not (self._database.wanted or self._courtesy.has_enough(began)):
                    page.take(piece := pieces.popleft(), defer=defer)
                page.reapply()
                move(connection, page.stream, piece.last if pieces else None)
            if not pieces:
                return page.stream.replacing
            self._courtesy.give_way()

    def _finish(self, stream: str) -> None:
        """The stream has been read anew: what it did not bring again goes, a little at a time."""
        self._drop_stale(stream)
        with self._database.transaction() as connection:
            connection.execute(_WHOLE, (self._page(connection, stream).stream.id,))
            reading_on = connection.execute(_READING).fetchone() is not None
        if not reading_on:  # else what can be browsed comes first
            self._catch_up(SOON)

    def _drop_stale(self, stream: str) -> None:
        left = CHUNK
        while left >= CHUNK:
            with self._database.transaction() as connection:
                page = self._page(connection, stream)
                left = page.drop_stale(CHUNK)
                page.reapply()

    def streams(self) -> Sequence[str]:
        """See ``Inbox``."""
        with self._database.reader() as connection, translated():
            return [row[0] for row in connection.execute(_NAMES).fetchall()]

    def forget(self, stream: str) -> None:
        """See ``Inbox``."""
        self.restart(stream)
        self._drop_stale(stream)
        with self._database.transaction() as connection:
            connection.execute(_FORGET, (self._page(connection, stream).stream.id,))

    def catch_up(self) -> bool:
        """See ``Inbox``."""
        return self._catch_up(AT_REST)

    def read_again(self) -> int:
        """Bring in what an older program had set aside and this one can read; how many records.

        Called when the database is opened: the program may have been upgraded since.
        """
        with self._database.reader() as connection, translated():
            rows = connection.execute(_ASIDE, tuple(KINDS)).fetchall()
        readable: dict[int, list[Item]] = {}
        for stream_id, entity, row_id, ver, body in rows:
            if read(entity, bytes(body)) is not None:
                item = Item(
                    entity=entity, id=UUID(bytes=bytes(row_id)), seq=0, ver=ver, body=msgspec.Raw(body)
                )
                readable.setdefault(stream_id, []).append(item)
        for stream_id, items in readable.items():
            for start in range(0, len(items), CHUNK):
                self._take_again(stream_id, items[start : start + CHUNK])
        return sum(map(len, readable.values()))

    def _take_again(self, stream_id: int, items: Sequence[Item]) -> None:
        with self._database.transaction() as connection:
            row = connection.execute(_BY_ID, (stream_id,)).fetchone()
            if row is not None:
                stream = Stream(row[0], row[1], row[2], bool(row[3]))
                self._take(Page(connection, self._words, self._reapply, stream), items)

    def _take(self, page: Page, items: Sequence[Item]) -> None:
        """All of these in the transaction under way."""
        for piece in sorted_out(items).pieces:
            page.take(piece)
        page.reapply()

    def digest(self, stream: str) -> StreamDigest:
        """See ``Inbox``. A hundred thousand rows take half a second: somebody may be at the screen meanwhile."""
        count = 0

        def items() -> Iterator[tuple[str, UUID, int]]:
            nonlocal count
            with self._database.reader() as connection, translated():
                held = connection.execute(_HOLDS, [stream] * (len(KINDS) + 1))
                while rows := held.fetchmany(CHUNK):
                    count += len(rows)
                    # A lease's row id is its listing's id and the kiosk's code.
                    yield from ((entity, UUID(bytes=bytes(row_id)[:16]), ver) for entity, row_id, ver in rows)
                    self._courtesy.give_way()

        digest = digest_of(items())
        return StreamDigest(count=count, digest=digest)

    def held(self, listing_id: UUID, home: str) -> int:
        """See ``kiosk.sync.ports.Leases``. Unsettled operations spend and return places, they never grant any."""
        with self._database.reader() as connection, translated():
            row = connection.execute(KINDS["lease"].select, (lease_id(listing_id, home),)).fetchone()
        return 0 if row is None else decode(Lease, row[0]).granted

    def adopt_lease(self, stream: str, item: Item, epoch: UUID, heard_to: int) -> bool:
        """See ``kiosk.sync.ports.Leases``."""
        with self._database.transaction() as connection:
            if meta.get(connection, meta.EPOCH) != epoch.bytes:
                return False
            key = Key("lease", lease_id(item.id, stream.removeprefix("dev/")))
            if rebase.in_flight(connection, key, heard_to) - rebase.SPENDING:
                return False
            self._take(self._page(connection, stream), [item])
            return True

    def bodies(self, entity: str) -> Sequence[bytes]:
        """What the streams brought of an entity that is no record of the market, such as ``station_key``."""
        with self._database.reader() as connection, translated():
            return [bytes(row[0]) for row in connection.execute(_OTHERS, (entity,)).fetchall()]

    def _page(self, connection: Connection, stream: str) -> Page:
        row = connection.execute(_STREAM, (stream,)).fetchone()
        if row is None:
            row = connection.execute(_NEW_STREAM, (stream,)).fetchone()
        home = stream.removeprefix(OWN) if stream.startswith(OWN) else ""
        stream_row = Stream(row[0], row[1], row[2], bool(row[3]), row[5] is not None, home)
        return Page(connection, self._words, self._reapply, stream_row)
