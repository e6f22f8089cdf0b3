"""Pages that are only kept to be quick are let go when it is said, and nobody has to wait for that."""

import threading

from tests.c_heap import in_use

ROWS, ROW_BYTES = 300, 7000


def filled(database) -> None:
    """Two megabytes in the writer's cache, and in the caches of two readers."""
    with database.transaction() as connection:
        connection.execute("CREATE TABLE large (body BLOB)")
        connection.executemany("INSERT INTO large VALUES (?)", ((bytes(ROW_BYTES),) for _ in range(ROWS)))
    with database.reader() as one, database.reader() as other:
        assert read(one) == read(other) == ROWS * ROW_BYTES


def read(connection) -> int:
    return sum(len(body) for (body,) in connection.execute("SELECT body FROM large"))


def test_what_all_connections_keep_is_let_go(storage):
    filled(storage.database)
    before = in_use()
    storage.database.spare()
    assert before - in_use() > 3 * ROWS * ROW_BYTES * 0.9
    with storage.database.reader() as connection:
        assert read(connection) == ROWS * ROW_BYTES
    with storage.database.transaction() as connection:
        connection.execute("DELETE FROM large")


def test_who_writes_is_left_alone(storage):
    filled(storage.database)
    with storage.database.transaction() as connection:
        connection.execute("DELETE FROM large")
        other = threading.Thread(target=storage.database.spare)
        other.start()
        other.join(timeout=10)
        assert not other.is_alive()
    with storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM large").fetchone() == (0,)


def test_a_reader_in_use_is_left_alone(storage):
    filled(storage.database)
    with storage.database.reader() as connection:
        rows = connection.execute("SELECT body FROM large")
        first = rows.fetchone()
        storage.database.spare()
        assert len([first, *rows]) == ROWS
