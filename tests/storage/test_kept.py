"""What was counted is counted again once somebody has written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.connection import ALL_CACHES_BYTES
from kiosk.storage.engine import Database
from kiosk.storage.kept import Kept


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "kiosk.sqlite3", bytes(32))
    yield database
    database.close()


@pytest.fixture
def asked() -> list[str]:
    return []


def test_a_question_is_asked_once_until_a_writer_had_its_turn(database, asked):
    kept: Kept[str, int] = Kept(database)

    def ask(what: str) -> int:
        def answer() -> int:
            asked.append(what)
            return len(asked)

        return kept.get(what, answer)

    assert [ask("a"), ask("a"), ask("b"), ask("a")] == [1, 1, 2, 1]
    database.ended += 1
    assert [ask("a"), ask("b")] == [3, 4]


def test_what_was_written_while_it_was_counted_is_counted_next_time(database):
    kept: Kept[str, int] = Kept(database)

    def answer() -> int:
        database.ended += 1  # somebody's turn ended in the middle of it
        return database.ended

    assert kept.get("a", answer) == 1
    assert kept.get("a", answer) == 2


def test_the_caches_of_all_connections_have_one_limit(storage):
    with storage.database.reader() as reader, storage.database.writer() as writer:
        limits = {each.execute("PRAGMA soft_heap_limit").fetchone()[0] for each in (reader, writer)}
    assert limits == {ALL_CACHES_BYTES}
