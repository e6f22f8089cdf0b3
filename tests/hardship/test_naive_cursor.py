"""Sixteen writers whose commits come late at random, and two readers that follow a cursor each.

The cursor that everybody writes first, a number from a sequence, misses changes: a lower number commits after a
higher one has been read. Ours, a counter taken as the last thing in the transaction, misses none. Same writers, same
transactions, same readers.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from kiosk.city.arrays import prepare
from kiosk.city.embedded import GATEWAY
from kiosk.city.postgres import PostgresStore, PostgresTransaction
from kiosk.city.stored import Projected
from tests.city.stage import items_of
from tests.domain.samples import Market

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
WRITERS = 16
EACH = 30
STREAM = "area/371002"
_NAIVE = "INSERT INTO naive (id) VALUES (%s)"
#: The work of a transaction takes its time, each time another.
_WORK = "SELECT pg_sleep(%s)"
LONGEST = 0.02


@pytest.fixture
def naive(database):
    """A table with the cursor that does not work."""
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE naive (seq bigserial PRIMARY KEY, id uuid NOT NULL)")
        connection.execute(f"GRANT SELECT, INSERT ON naive TO {GATEWAY}")
        connection.execute(f"GRANT USAGE ON SEQUENCE naive_seq_seq TO {GATEWAY}")


class Follower:
    """Reads page after page behind a cursor until the writers have ended and nothing comes any more."""

    def __init__(self, page, finished):
        self._page = page
        self._finished = finished
        self.seen = set()

    def run(self):
        after = 0
        while True:
            last = self._finished.is_set()
            rows = self._page(after)
            self.seen.update(record_id for _, record_id in rows)
            after = max((seq for seq, _ in rows), default=after)
            if last and not rows:
                return


def writer(store, dsn, mine, chance):
    """Each change: the naive row, then work, then ours as the last statement; two commits at the same moment."""
    with psycopg.connect(dsn) as connection:
        prepare(connection)
        for n, record_id in enumerate(mine):
            took = chance.uniform(0, LONGEST)
            with connection.transaction():
                connection.execute(_NAIVE, [record_id])
                connection.execute(_WORK, [took])
                item = Projected(stream=STREAM, entity="listing", id=record_id, ver=n, origin="X", body=b"{}")
                PostgresTransaction(connection).publish([item])


def test_the_naive_cursor_misses_changes_where_ours_misses_none(database, city, naive):
    market, chance = Market(), random.Random(5)
    ids = [[market.new_id() for _ in range(EACH)] for _ in range(WRITERS)]
    finished = threading.Event()
    store = PostgresStore(database.gateway, 2)
    store.open()

    def naive_page(after):
        return rows.execute(
            "SELECT seq, id FROM naive WHERE seq > %s ORDER BY seq LIMIT 50", [after]
        ).fetchall()

    def our_page(after):
        page = store.run(lambda tx: tx.items(STREAM, after, 50, ""))
        return [(item.seq, item.id) for item in items_of(page)]

    with psycopg.connect(database.gateway, autocommit=True) as rows, ThreadPoolExecutor(WRITERS + 2) as pool:
        followers = [Follower(naive_page, finished), Follower(our_page, finished)]
        reading = [pool.submit(each.run) for each in followers]
        writing = [
            pool.submit(writer, store, database.gateway, mine, random.Random(chance.random())) for mine in ids
        ]
        for done in writing:
            done.result(90)
        finished.set()
        for done in reading:
            done.result(60)
        kept = rows.execute("SELECT count(*) FROM naive").fetchone()[0]
    store.close()
    everything = {record_id for mine in ids for record_id in mine}
    theirs, ours = followers
    assert kept == len(everything)  # they are all there: only the reader does not see them
    assert len(theirs.seen) < len(everything)
    assert ours.seen == everything
