"""What the city can send again does not wait for the disk; whatever a power cut takes of it leaves whole pages."""

import shutil
from contextlib import nullcontext
from dataclasses import replace
from random import Random

import msgspec
import pytest
from sqlcipher3 import dbapi2

from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Item
from kiosk.protocol.progress import SnapshotKey
from kiosk.storage.connection import FOLD_BYTES, log_bytes
from kiosk.storage.engine import Database
from kiosk.storage.sizes import MANY
from kiosk.storage.storage import FILE_NAME
from tests.storage.desk import KEY, storage_at
from tests.storage.market import TODAY, Market

AREA = "area/371002"
SIZE = MANY + 50


def made(market: Market, count: int) -> list[Item]:
    """Items of listings, in the order of their ids."""
    listings = (replace(market.listing(valid_until=TODAY.replace(day=20)), version=1) for _ in range(count))
    return [
        Item(entity="listing", id=each.id, seq=seq, ver=1, body=msgspec.Raw(encode(each)))
        for seq, each in enumerate(sorted(listings, key=lambda each: each.id), 1)
    ]


def bring(storage, items, *, last: bool) -> None:
    key = SnapshotKey("listing", items[-1].id)
    storage.inbox.apply_snapshot(AREA, items, 9999, key, last=last)


def commits(storage, work) -> list[str]:
    """How each commit of the work went to the disk."""
    said: list[str] = []
    with storage.database.writer() as connection:
        connection.set_trace_callback(said.append)
    try:
        work()
    finally:
        with storage.database.writer() as connection:
            connection.set_trace_callback(None)
    level, found = "FULL", []
    for each in said:
        if each.startswith("PRAGMA synchronous"):
            level = each.rpartition(" ")[2]
        elif each == "COMMIT":
            found.append(level)
    return found


def settings(storage) -> tuple[int, int]:
    with storage.database.writer() as connection:
        return (
            connection.execute("PRAGMA synchronous").fetchone()[0],
            connection.execute("PRAGMA wal_autocheckpoint").fetchone()[0],
        )


def test_only_a_large_page_that_another_one_follows_does_not_wait_for_the_disk(storage, market):
    items = made(market, 2 * SIZE + 1)
    assert commits(storage, lambda: bring(storage, items[:SIZE], last=False)) == ["NORMAL"]
    assert commits(storage, lambda: bring(storage, items[SIZE : SIZE + 1], last=False)) == ["FULL"]
    assert commits(storage, lambda: bring(storage, items[SIZE + 1 :], last=True)) == ["FULL"]


def test_what_people_do_meanwhile_waits_for_the_disk(storage, desk, market):
    bring(storage, made(market, SIZE), last=False)
    assert set(commits(storage, desk.worker)) == {"FULL"}


@pytest.mark.parametrize("fails", [False, True])
def test_a_bulk_transaction_leaves_the_connection_as_it_was(storage, fails):
    before = settings(storage)
    assert before[0] == 2
    row = "(1, 2)" if fails else "(1)"  # one value too many
    expected = pytest.raises(dbapi2.OperationalError) if fails else nullcontext()
    with expected, storage.database.bulk() as connection:
        connection.execute("INSERT INTO search_backlog (seq) VALUES (7)")
        connection.execute(f"INSERT INTO search_backlog (seq) VALUES {row}")
    assert settings(storage) == before
    with storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM search_backlog").fetchone() == (0 if fails else 2,)


def test_whatever_of_the_log_is_on_the_disk_is_so_many_whole_pages(storage, path, tmp_path, market):
    """The power goes in the middle: the log is cut anywhere, and the cursor stands where the rows end."""
    items = made(market, 5 * SIZE)
    for start in range(0, len(items), SIZE):
        bring(storage, items[start : start + SIZE], last=False)
    log = path.with_name(f"{path.name}-wal").read_bytes()
    random = Random(3)
    seen = set()
    for number in range(12):
        folder = tmp_path / str(number)
        folder.mkdir()
        cut = shutil.copy(path, folder / FILE_NAME)
        (folder / f"{FILE_NAME}-wal").write_bytes(log[: random.randrange(len(log))])
        after = storage_at(cut)
        after.open()
        with after.database.reader() as connection:
            rows = connection.execute("SELECT count(*) FROM listing").fetchone()[0]
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        key = after.inbox.cursor(AREA).after
        assert rows % SIZE == 0
        assert key == (SnapshotKey("listing", items[rows - 1].id) if rows else None)
        seen.add(rows)
        after.close()
    assert len(seen) > 2


def folded(storage) -> int:
    """Bytes of the file that holds what was folded into it."""
    return storage.database.path.stat().st_size


def test_the_log_is_folded_beside_whoever_writes(storage, market):
    bring(storage, made(market, 4000), last=False)
    before = folded(storage)
    with storage.database.bulk() as connection:
        connection.execute("INSERT INTO search_backlog (seq) VALUES (-1)")
        storage.database.fold()
        assert folded(storage) > before + FOLD_BYTES
    with storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM search_backlog WHERE seq = -1").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM listing").fetchone() == (4000,)


def test_a_small_log_is_left_alone(storage, market):
    bring(storage, made(market, SIZE), last=False)
    before = folded(storage)
    assert 0 < log_bytes(storage.database.path) < FOLD_BYTES
    storage.database.fold()
    assert folded(storage) == before


def test_what_cannot_be_folded_is_left_to_the_writers(storage, market):
    bring(storage, made(market, 4000), last=False)
    stranger = Database(storage.database.path, bytes(reversed(KEY)))
    stranger.fold()
    stranger.close()
    with storage.database.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM listing").fetchone() == (4000,)


def test_a_stream_that_ends_does_not_keep_another_one_waiting(storage, market):
    bring(storage, made(market, SIZE), last=False)
    storage.inbox.apply_snapshot("ref", [], 1, None, last=True)
    storage.inbox.apply("ref", [], 1, complete=True)
    with storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM search_backlog").fetchone()[0] > 0
    bring(storage, made(market, 1), last=True)
    storage.inbox.apply(AREA, [], 1, complete=True)
    with storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM search_backlog").fetchone()[0] == 0


def test_what_was_made_searchable_does_not_wait_in_the_log_for_the_next_person(storage, market):
    bring(storage, made(market, 4000), last=False)
    while storage.inbox.catch_up():
        pass
    before = storage.database.path.read_bytes()
    with storage.database.writer() as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    # What is folded only now is what a commit of theirs would have had to fold.
    assert storage.database.path.read_bytes() == before
