"""The market list: which listings can be found, in which order, by which text. Kept true at every save of a listing.

Listings with places have a positive ``seq``, full ones the same number far below zero: either list is one half of the
same indices, and never touches the other.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from kiosk.domain.listings import LIVE
from kiosk.domain.records import Listing
from kiosk.domain.values import ListingStatus
from kiosk.storage import places, schema
from kiosk.storage import statements as make
from kiosk.storage.connection import Connection
from kiosk.storage.tokens import Folder, tokens
from kiosk.storage.vocabulary import Vocabulary

#: ``seq`` counts steps of 1/4096 s from here: room for as many listings published in the same second.
_ZERO: Final = datetime(2020, 1, 1, tzinfo=UTC)
_STEPS: Final = 4096
#: Full listings stand so far below: more steps than there are in a hundred years.
_FULL_BELOW: Final = 2**44
_BATCH: Final = 500

_INSERT: Final = make.insert(schema.market)
_FREE_SEQ: Final = "SELECT 1 FROM market WHERE seq = ?"
_SEQ_OF: Final = "SELECT seq FROM market WHERE listing_id = ?"
_DELETE: Final = "DELETE FROM market WHERE seq = ?"
_INDEX: Final = "INSERT INTO search (rowid, tokens) VALUES (?, ?)"
_UNINDEX: Final = "DELETE FROM search WHERE rowid = ?"
_DEFER: Final = make.insert(schema.search_backlog)
_DEFERRED: Final = "DELETE FROM search_backlog WHERE seq = ? RETURNING 1"
_NEWEST_DEFERRED: Final = "SELECT seq FROM search_backlog ORDER BY seq DESC LIMIT ?"
_TEXT_OF: Final = "SELECT trade, region, text FROM market WHERE seq = ?"
_OVER: Final = "SELECT seq FROM market WHERE until_day < ? LIMIT ?"
#: Work through the full text's segments, about so many pages at a time; a single segment answers twice as fast.
_MERGE: Final = "INSERT INTO search (search, rank) VALUES ('merge', ?)"
_MERGE_PAGES: Final = 500
_RETEXT: Final = "UPDATE market SET text = ? WHERE seq = ?"


class Market:
    """Writes the market list and its full text inside the caller's transaction."""

    def __init__(self, connection: Connection, vocabulary: Vocabulary, folder: Folder) -> None:
        self._connection = connection
        self._vocabulary = vocabulary
        self._folder = folder

    def replace(self, before: Listing | None, after: Listing | None, *, defer: bool = False) -> None:
        """A listing changed from ``before`` to ``after`` (None: it was not or is no more here).

        With ``defer`` it can be browsed at once, and found by text after ``catch_up``.
        """
        shown = after if after is not None and _is_shown(after) else None
        was_shown = before is not None and _is_shown(before)
        if before is not None and was_shown and shown is not None and _same_entry(before, shown):
            return
        if before is not None and was_shown:
            self._remove(before)
        if shown is not None:
            self._add(shown, defer=defer)

    def catch_up(self, limit: int = _BATCH) -> int:
        """Index deferred listings, newest first; how many."""
        waiting = [row[0] for row in self._connection.execute(_NEWEST_DEFERRED, (limit,))]
        for seq in waiting:
            trade, region, text = self._connection.execute(_TEXT_OF, (seq,)).fetchone()
            self._index(seq, trade, region, text)
            self._connection.execute(_DEFERRED, (seq,))
        return len(waiting)

    def sweep(self, today: date, limit: int = _BATCH) -> int:
        """Take listings off the list whose last day is over; how many."""
        over = self._connection.execute(_OVER, (today.toordinal(), limit)).fetchall()
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

    def rebuild(self, listings: Sequence[tuple[int, Listing]]) -> None:
        """Write the searched text of these listings anew and put them on the backlog."""
        for seq, listing in listings:
            text = self._vocabulary.searched_text(listing, self._folder)
            self._connection.execute(_RETEXT, (text, seq))
            if self._connection.execute(_DEFERRED, (seq,)).fetchone() is None:
                self._connection.execute(_UNINDEX, (seq,))
            self._connection.execute(_DEFER, (seq,))

    def _remove(self, listing: Listing) -> None:
        row = self._connection.execute(_SEQ_OF, (listing.id.bytes,)).fetchone()
        if row is None:
            return
        self._take_off(row)

    def _take_off(self, row: tuple[int]) -> None:
        self._connection.execute(_DELETE, row)
        if self._connection.execute(_DEFERRED, row).fetchone() is None:
            self._connection.execute(_UNINDEX, row)

    def _add(self, listing: Listing, *, defer: bool) -> None:
        seq = self._free_seq(listing)
        terms = listing.terms
        text = self._vocabulary.searched_text(listing, self._folder)
        self._connection.execute(
            _INSERT,
            (
                seq,
                listing.id.bytes,
                terms.trade,
                places.category_of(terms.trade),
                terms.region,
                places.district_of(terms.region),
                terms.date_from.toordinal(),
                terms.date_to.toordinal(),
                min(listing.valid_until, terms.date_to).toordinal(),
                terms.pay_unit,
                terms.pay_fen,
                text,
            ),
        )
        if defer:
            self._connection.execute(_DEFER, (seq,))
        else:
            self._index(seq, terms.trade, terms.region, text)

    def _index(self, seq: int, trade: str, region: str, text: str) -> None:
        # Sorted, so that the same listing always makes the same bytes.
        words = " ".join((*sorted(tokens(text)), *places.listing_terms(trade, region)))
        self._connection.execute(_INDEX, (seq, words))

    def _free_seq(self, listing: Listing) -> int:
        assert listing.published_at is not None, "only published listings are shown"
        seconds = max(0, int((listing.published_at - _ZERO).total_seconds()))
        # Spread by the id's random tail: listings of one second rarely meet, and keep their place when shown again.
        seq = seconds * _STEPS + int.from_bytes(listing.id.bytes[-2:]) % _STEPS + 1
        if listing.status is ListingStatus.FULL:
            seq -= _FULL_BELOW
        while self._connection.execute(_FREE_SEQ, (seq,)).fetchone() is not None:
            seq += 1
        return seq


def _is_shown(listing: Listing) -> bool:
    return listing.status in LIVE and listing.published_at is not None


def _same_entry(one: Listing, other: Listing) -> bool:
    """Whether two states of a listing look the same in the market list (their places left may differ)."""
    return (one.status, one.published_at, one.valid_until, one.employer_name, one.terms) == (
        other.status,
        other.published_at,
        other.valid_until,
        other.employer_name,
        other.terms,
    )
