"""The market list: which listings can be found, in which order, by which text. Kept true at every save of a listing.

Listings with places have a positive ``seq``, full ones the same number far below zero: either list is one half of the
same indices, and never touches the other.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Final

import msgspec

from kiosk.domain.calendar import MINUTES_PER_DAY
from kiosk.domain.records import Listing
from kiosk.storage import places, schema
from kiosk.storage import statements as make
from kiosk.storage.connection import Connection
from kiosk.storage.market_entry import Entry, entry_of, is_shown, same_entry
from kiosk.storage.tokens import Folder, indexed
from kiosk.storage.vocabulary import Searched, SearchedListing, Vocabulary

_BATCH: Final = 500
#: Listings made searchable before somebody is asked whether it is enough: ten milliseconds.
_PIECE: Final = 250

_INSERT: Final = make.insert(schema.market)
_NEWEST: Final = "SELECT max(seq) FROM market"
_TAKEN_FROM: Final = "SELECT seq FROM market WHERE seq >= ? ORDER BY seq LIMIT ?"
_SEQ_OF: Final = "SELECT seq FROM market WHERE listing_id = ?"
_DELETE: Final = "DELETE FROM market WHERE seq = ?"
_INDEX: Final = "INSERT INTO search (rowid, tokens) VALUES (?, ?)"
_UNINDEX: Final = "DELETE FROM search WHERE rowid = ?"
_PUT_TEXT: Final = make.put(schema.market_text)
_UNTEXT: Final = "DELETE FROM market_text WHERE seq = ?"
_DEFER: Final = make.insert(schema.search_backlog)
_DEFERRED: Final = "DELETE FROM search_backlog WHERE seq = ? RETURNING 1"
_CAUGHT_UP: Final = "DELETE FROM search_backlog WHERE seq = ?"
_NEWEST_DEFERRED: Final = (
    "SELECT search_backlog.seq, listing.body FROM search_backlog "
    "CROSS JOIN market ON market.seq = search_backlog.seq "
    "CROSS JOIN listing ON listing.id = market.listing_id ORDER BY search_backlog.seq DESC LIMIT ?"
)
_OVER: Final = "SELECT seq FROM market WHERE until_minute <= ? LIMIT ?"
#: Work through the full text's segments, about so many pages at a time; a single segment answers twice as fast.
_MERGE: Final = "INSERT INTO search (search, rank) VALUES ('merge', ?)"
_MERGE_PAGES: Final = 500
_MANY_ENTRIES: Final = make.Bulk(schema.market, _INSERT)
_MANY_TEXTS: Final = make.Bulk(schema.market_text, _PUT_TEXT)
_MANY_DEFERRED: Final = make.Bulk(schema.search_backlog, _DEFER)

#: A listing before, how to get it as it is afterwards, and what it then looks like in the list
#: (``market_entry.entry_of``).
Change = tuple[Listing | None, Callable[[], Listing] | None, Entry | None]


_read: Final = msgspec.json.Decoder(SearchedListing).decode


class Market:
    """Writes the market list and its full text inside the caller's transaction.

    A listing is a ``Listing`` or its mirror (``kiosk.storage.incoming``).
    """

    def __init__(self, connection: Connection, vocabulary: Vocabulary, folder: Folder) -> None:
        self._connection = connection
        self._vocabulary = vocabulary
        self._folder = folder

    def replace(self, before: Listing | None, after: Listing | None) -> None:
        """A listing changed from ``before`` to ``after`` (None: it was not or is no more here)."""
        if after is None:
            self.replace_many([(before, None, None)], defer=False)
        else:
            self.replace_many([(before, lambda: after, entry_of(after))], defer=False)

    def replace_many(self, changes: Iterable[Change], *, defer: bool = True) -> None:
        """Listings changed, each from its first to its second state (None: it was not or is no more here).

        With ``defer`` they can be browsed at once, and found by text after ``catch_up``.
        """
        entries: list[Entry] = []
        shown: list[Callable[[], Listing]] = []
        for before, after, entry in changes:
            if before is not None and is_shown(before):
                if entry is not None and after is not None and same_entry(before, after()):
                    continue
                self._remove(before)
            if entry is not None and after is not None:
                entries.append(entry)
                shown.append(after)
        placed = self._placed(entries)
        _MANY_ENTRIES.run(self._connection, placed)
        if defer:
            _MANY_DEFERRED.run(self._connection, [(entry[0],) for entry in placed])
        else:
            self._index((entry[0], listing()) for entry, listing in zip(placed, shown, strict=True))

    def catch_up(self, limit: int, has_enough: Callable[[], bool] = lambda: False) -> int:
        """Index the newest deferred listings, at most so many; how many, 0 when there are none.

        Asked between two pieces of them, ``has_enough`` may put off the rest: the newest ones, as it happens, for the
        full text wants its rows in ascending order. They are the first the next time.
        """
        rows = self._connection.execute(_NEWEST_DEFERRED, (limit,)).fetchall()[::-1]
        done = 0
        while done < len(rows) and not (done and has_enough()):
            part = rows[done : done + _PIECE]
            self._index((seq, _read(body)) for seq, body in part)
            self._connection.executemany(_CAUGHT_UP, [(seq,) for seq, _ in part])
            done += len(part)
        return done

    def sweep(self, today: date, limit: int = _BATCH) -> int:
        """Take listings off the list whose last day is over; how many."""
        over = self._connection.execute(_OVER, (today.toordinal() * MINUTES_PER_DAY, limit)).fetchall()
        for row in over:
            self._take_off(row)
        return len(over)

    def merge(self, pages: int = _MERGE_PAGES) -> bool:
        """Tidy a part of the full text; whether there is more to do."""
        before = self._changes()
        # Negative: also merge what SQLite would leave for later (https://sqlite.org/fts5.html#the_merge_command).
        self._connection.execute(_MERGE, (-pages,))
        return self._changes() - before > 1

    def _changes(self) -> int:
        changes: int = self._connection.execute("SELECT total_changes()").fetchone()[0]
        return changes

    def put_back(self, seqs: Sequence[int]) -> None:
        """Put these entries on the backlog: what they are found by is to be made anew."""
        for seq in seqs:
            row = (seq,)
            if self._connection.execute(_DEFERRED, row).fetchone() is None:
                self._connection.execute(_UNINDEX, row)
                self._connection.execute(_UNTEXT, row)
            self._connection.execute(_DEFER, row)

    def _remove(self, listing: Listing) -> None:
        row = self._connection.execute(_SEQ_OF, (listing.id.bytes,)).fetchone()
        if row is not None:
            self._take_off(row)

    def _take_off(self, row: tuple[int]) -> None:
        self._connection.execute(_DELETE, row)
        if self._connection.execute(_DEFERRED, row).fetchone() is None:
            self._connection.execute(_UNINDEX, row)
            self._connection.execute(_UNTEXT, row)

    def _index(self, entries: Iterable[tuple[int, Searched]]) -> None:
        """Make listings searchable, in the order of their places.

        In any other order the full text writes what it has gathered to disk before each of them.
        """
        texts: list[tuple[int, str]] = []
        words: list[tuple[int, str]] = []
        for seq, listing in sorted(entries, key=itemgetter(0)):
            text = self._vocabulary.searched_text(listing, self._folder)
            texts.append((seq, text))
            terms = listing.terms
            words.append((seq, f"{indexed(text)} {places.listing_terms(terms.trade, terms.region)}"))
        _MANY_TEXTS.run(self._connection, texts)
        self._connection.executemany(_INDEX, words)

    def _placed(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The same entries, each at a place of its own that is not taken."""
        wanted = [entry[0] for entry in entries]
        further = {seq: seq + 1 for seq in self._taken(wanted)}
        if not further and len(set(wanted)) == len(wanted):
            return entries
        return [(self._take(entry[0], further), *entry[1:]) for entry in entries]

    def _taken(self, wanted: Sequence[int]) -> list[int]:
        """Which of these places are taken. Those beyond the newest are not: a first snapshot has hardly any other."""
        newest = self._connection.execute(_NEWEST).fetchone()[0]
        taken: list[int] = []
        for marks, part in make.parts([seq for seq in wanted if newest is not None and seq <= newest]):
            rows = self._connection.execute(f"SELECT seq FROM market WHERE seq IN ({marks})", part)  # noqa: S608 - question marks
            taken += (row[0] for row in rows)
        return taken

    def _take(self, wanted: int, further: dict[int, int]) -> int:
        """The first free place from ``wanted`` on; ``further`` knows of each taken one that there is none before.

        More listings of one second than it has steps make long runs of taken places: no run is walked twice.
        """
        passed = []
        seq = wanted
        while seq in further or (seq != wanted and self._read_run(seq, further)):
            passed.append(seq)
            seq = further[seq]
        further.update(dict.fromkeys(passed, seq + 1))
        further[seq] = seq + 1
        return seq

    def _read_run(self, first: int, further: dict[int, int]) -> bool:
        """Whether the database has this place taken; then ``further`` learns all that are taken without a gap."""
        run: list[int] = []
        while True:
            rows = self._connection.execute(_TAKEN_FROM, (first + len(run), _BATCH)).fetchall()
            fit = [row[0] for at, row in enumerate(rows, first + len(run)) if row[0] == at]
            run += fit
            if len(fit) < _BATCH:
                further.update(dict.fromkeys(run, first + len(run)))
                return bool(run)
