"""The kiosk's database put together: what the rest of the program is given."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from kiosk.domain.records import Record
from kiosk.services.ports import Clock
from kiosk.storage import faults, migration
from kiosk.storage.aside import SqlDecisions
from kiosk.storage.connection import check_library, connect_new
from kiosk.storage.courtesy import Courtesy
from kiosk.storage.engine import Database
from kiosk.storage.inbox import SOON, SqlInbox
from kiosk.storage.keys import KeyStore
from kiosk.storage.market import Market
from kiosk.storage.outbox import SqlOutbox
from kiosk.storage.present import Present
from kiosk.storage.read_model import SqlReadModel
from kiosk.storage.rebase import Reapply
from kiosk.storage.sizes import USUAL, Sizes
from kiosk.storage.tokens import Folder
from kiosk.storage.unit_of_work import SqlUnitOfWork
from kiosk.storage.vocabulary import Vocabulary

FILE_NAME: Final = "kiosk.sqlite3"
_BATCH: Final = 500
#: Listings made searchable in one transaction: the more, the fewer parts the full text is in.
_CATCH_UP: Final = 2000
#: … and while somebody is there.
_FEW: Final = 250
_LOADED: Final = 2000
_MERGES: Final = 1000
#: After so many new listings at once the full text is worth tidying.
_MANY: Final = 5000
_BEFORE_ALL: Final = -(2**62)
_AFTER: Final = "SELECT seq FROM market WHERE seq > ? ORDER BY seq LIMIT ?"


class Storage:
    """One open database and everything that works on it.

    Attributes:
        read: lists for the screens.
        outbox, inbox, decisions: for the exchange with the city.
        backup: the copy made before a migration, if there was one.
        database: the pools of connections.
        folder: makes searched texts comparable.
        courtesy: what comes from the city gives way to touches.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        clock: Clock,
        vocabulary: Vocabulary,
        reapply: Reapply,
        reserve_bytes: int = 0,
        sizes: Sizes = USUAL,
    ) -> None:
        """Take everything in; ``open`` touches the disk. ``reserve_bytes``: see ``kiosk.storage.reserve``."""
        self.database = Database(path, key, reserve_bytes=reserve_bytes, sizes=sizes)
        self._key = key
        self.clock = clock
        self._vocabulary = vocabulary
        self.folder = Folder(vocabulary.simplified)
        # Tells the city which monotonic times belong together.
        self._boot_id = secrets.token_hex(8)
        self.backup: Path | None = None
        self.read = SqlReadModel(self.database, self.folder)
        self.outbox = SqlOutbox(self.database, vocabulary, self.folder, clock, reapply)
        self.decisions = SqlDecisions(self.database)
        self.courtesy = Courtesy()
        self.inbox = SqlInbox(
            self.database, vocabulary, self.folder, reapply, self._catch_up, self.courtesy, sizes
        )

    @property
    def boot_id(self) -> str:
        """Names this run of the program in the outbox and on the wire."""
        return self._boot_id

    def open(self) -> None:
        """Open the file, bring its schema up to date, read again what an older program had to set aside.

        Listings that were left unsearchable are made searchable; of very many only the newest, the others later.

        Raises:
            StorageFault: missing, not a database, wrong key, newer schema, read-only, full; the file is untouched.
        """
        try:
            self.backup = migration.migrate(self.database, self._key)
        except faults.StorageFault as fault:
            self.database.note(fault)
            if not self.database.reserve.full:
                raise
            # Opening needs a little room, too: the reserve has just given it.
            self.backup = migration.migrate(self.database, self._key)
        self.database.reserve.take()
        self.inbox.read_again()
        self._catch_up(SOON)

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    @property
    def unit_of_work(self) -> Callable[[], SqlUnitOfWork]:
        """Factory of units of work."""
        return self._unit_of_work

    def _unit_of_work(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.database, self._vocabulary, self.folder, self.clock, self._boot_id)

    def load(self, records: Iterable[Record]) -> int:
        """Save many records at once that no operation stands behind (imports, demo, tests); how many."""
        total = 0
        iterator = iter(records)
        while batch := list(islice(iterator, _LOADED)):
            with self.database.transaction() as connection:
                present = Present(connection, Market(connection, self._vocabulary, self.folder))
                for record in batch:
                    present.save(record)
                    present.forget()
            total += len(batch)
        if total > _MANY:
            self.tidy_search()
        return total

    def catch_up_search(self) -> int:
        """Make listings of a first synchronisation searchable, in short transactions; how many."""
        total = 0
        while done := self._catch_up_some(_CATCH_UP):
            total += done
        if total > _MANY:
            self.tidy_search()
        return total

    def _catch_up(self, most: int) -> bool:
        """Make at most so many listings searchable, newest first; whether there may be more."""
        while most > 0:
            done = self._catch_up_some(min(most, _CATCH_UP))
            if done == 0:
                return False
            most -= done
        return True

    def _catch_up_some(self, most: int) -> int:
        """One transaction; a short one while somebody is there."""
        self.courtesy.give_way()
        began = self.courtesy.now()
        if self.courtesy.attended:
            most = min(most, _FEW)

        def has_enough() -> bool:
            return self.database.wanted or self.courtesy.has_enough(began)

        # What a power cut takes of it is done again.
        with self.database.bulk() as connection:
            done = Market(connection, self._vocabulary, self.folder).catch_up(most, has_enough)
        # Else the next person's commit would fold it all.
        self.database.fold()
        return done

    def maintain(self, today: date) -> None:
        """Night work, in short transactions: forget old operations, sweep the market list, tidy text and WAL."""
        while self.outbox.prune():
            self._fold_if_full()
        self.catch_up_search()
        while self._on_market(lambda market: market.sweep(today, _BATCH)) == _BATCH:
            pass
        self.tidy_search()
        self.database.checkpoint()
        self.database.reserve.take()

    def _fold_if_full(self) -> None:
        """On a full disk the WAL must not grow by what is deleted."""
        if self.database.reserve.full:
            self.database.checkpoint()

    def tidy_search(self) -> None:
        """Merge the full text's segments, in short transactions; searches are then twice as fast."""
        # Bounded: each step makes progress, and the next night comes.
        for _ in range(_MERGES):
            if not self._on_market(lambda market: int(market.merge())):
                return

    def _on_market(self, work: Callable[[Market], int]) -> int:
        with self.database.transaction() as connection:
            return work(Market(connection, self._vocabulary, self.folder))

    def rebuild_search(self) -> None:
        """Make the search true to a changed vocabulary, in short transactions."""
        last = _BEFORE_ALL
        while True:
            with self.database.transaction() as connection:
                rows = connection.execute(_AFTER, (last, _BATCH)).fetchall()
                Market(connection, self._vocabulary, self.folder).put_back([row[0] for row in rows])
            if not rows:
                break
            last = rows[-1][0]
        self.catch_up_search()


def prepare(path: Path, keys: KeyStore) -> bytes:
    """The key of the database at ``path``; both are created when neither is there.

    An existing file is never overwritten and a missing key never replaced: that would lose the station's data.

    Raises:
        StorageFault: the file without its key, a key that cannot be used, a folder that cannot be written.
    """
    check_library()
    key = keys.load()
    if path.exists():
        if key is None:
            raise faults.key_missing()
        return key
    if key is None:
        key = keys.create()
    create(path, key)
    return key


def create(path: Path, key: bytes) -> None:
    """Make the file under another name first: a power cut leaves a whole database or none."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connect_new(fresh, key).close()
        database = Database(fresh, key)
        try:
            migration.migrate(database, key)
        finally:
            database.close()
        fresh.rename(path)
    except OSError as error:
        raise faults.of_os(error) from error
    finally:
        for leftover in path.parent.glob(f"{fresh.name}*"):
            leftover.unlink()
