"""What may be found where the database ought to be: each case is said plainly, and nothing is ever overwritten."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from kiosk.storage import faults, schema
from kiosk.storage.connection import PAGE_BYTES, check_library, connect_reader, connect_writer
from kiosk.storage.faults import StorageFault
from kiosk.storage.keys import FILE_NAME as KEY_FILE
from kiosk.storage.keys import FileKeyStore
from kiosk.storage.storage import FILE_NAME, Storage, prepare
from tests.storage.desk import KEY, storage_at


def fault_when_opened(path: Path, key: bytes = KEY) -> StorageFault:
    storage = storage_at(path, key)
    try:
        with pytest.raises(StorageFault) as caught:
            storage.open()
    finally:
        storage.close()
    return caught.value


def test_first_set_up_makes_key_and_database_and_finds_them_again(tmp_path):
    folder = tmp_path / "data"
    key = prepare(folder / FILE_NAME, FileKeyStore(folder))
    assert prepare(folder / FILE_NAME, FileKeyStore(folder)) == key
    storage = storage_at(folder / FILE_NAME, key)
    storage.open()
    assert storage.read.staff_count() == 0
    storage.close()
    assert sorted(each.name for each in folder.iterdir()) == [KEY_FILE, FILE_NAME]
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600


def test_the_file_is_encrypted(path, desk, storage):
    worker = desk.worker()
    name = storage.read.worker(worker).name
    storage.close()
    raw = path.read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert name.encode() not in raw
    assert b"CREATE TABLE" not in raw


def test_every_commit_is_synced_and_the_wal_is_on(path):
    connection = connect_writer(path, KEY)
    pragmas = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _WANTED}
    connection.close()
    assert pragmas == _WANTED


_WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_reader_cannot_write(path, storage):
    connection = connect_reader(path, KEY)
    with pytest.raises(StorageFault) as caught, faults.translated():
        connection.execute("DELETE FROM setting")
    connection.close()
    assert caught.value.key == "fault.database_read_only"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"hello, this is a text file\n" * 200, "fault.not_a_database"),
        (b"hello" * 4096, "fault.not_a_database"),
        (b"", "fault.not_a_database"),
        (b"\x8f\xff\x00short", "fault.not_a_database"),
        (bytes(range(256)) * 64, "fault.wrong_key"),
    ],
)
def test_another_file_is_refused_and_left_alone(tmp_path, content, key):
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    assert fault_when_opened(path).key == key
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_an_unencrypted_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / FILE_NAME
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE worker (id)")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    assert fault_when_opened(path).key == "fault.not_a_database"
    assert path.read_bytes() == before


def test_a_wrong_key_is_refused_and_the_right_one_still_opens(path):
    before = path.read_bytes()
    fault = fault_when_opened(path, bytes(32))
    assert fault.key == "fault.wrong_key"
    assert path.read_bytes() == before
    storage = storage_at(path)
    storage.open()
    storage.close()


def test_a_missing_file_is_not_made_anew(tmp_path):
    path = tmp_path / FILE_NAME
    assert fault_when_opened(path).key == "fault.database_missing"
    assert not path.exists()


def test_a_database_without_its_key_is_not_replaced(path):
    before = path.read_bytes()
    with pytest.raises(StorageFault) as caught:
        prepare(path, FileKeyStore(path.parent))
    assert caught.value.key == "fault.key_missing"
    assert path.read_bytes() == before
    assert not (path.parent / KEY_FILE).exists()


def test_a_newer_schema_is_refused_and_left_alone(path):
    connection = connect_writer(path, KEY)
    connection.execute("UPDATE alembic_version SET version_num = '9001'")
    connection.close()
    fault = fault_when_opened(path)
    assert fault.key == "fault.database_newer"
    assert fault.params == {"found": "9001"}
    connection = connect_writer(path, KEY)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] == "9001"
    connection.close()


def test_an_old_library_is_refused():
    with pytest.raises(StorageFault) as caught:
        check_library((3, 51, 2))
    assert caught.value.key == "fault.library_old"
    check_library((3, 51, 3))
    check_library()


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_a_damaged_page_is_a_fault_and_not_a_crash(path, desk, storage):
    worker = desk.worker()
    storage.close()
    raw = bytearray(path.read_bytes())
    for page in range(1, len(raw) // PAGE_BYTES):
        raw[page * PAGE_BYTES + 100] ^= 0xFF
    path.write_bytes(raw)
    broken = storage_at(path)
    with pytest.raises(StorageFault) as caught:  # noqa: PT012 - either may be the first to notice
        broken.open()
        broken.read.worker(worker)
    broken.close()
    assert caught.value.key in {"fault.database_damaged", "fault.disk_error"}
    assert path.read_bytes() == bytes(raw)


def test_every_fault_has_a_sentence_key_and_a_code_of_its_own():
    makers = [
        faults.disk_full,
        faults.io_error,
        faults.read_only,
        faults.busy,
        faults.damaged,
        faults.missing,
    ]
    makers += [faults.not_a_database, faults.wrong_key, faults.key_missing, faults.key_exposed]
    made = [make() for make in (*makers, faults.key_damaged, faults.out_of_memory)]
    made += [faults.newer_schema("2"), faults.old_library("1", "2")]
    assert len({fault.code for fault in made}) == len(made)
    assert len({fault.key for fault in made}) == len(made)


def test_the_schema_constant_is_the_newest_migration():
    from alembic.script import ScriptDirectory

    from kiosk.storage.migration import SCRIPTS

    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [schema.HEAD]


def test_opening_twice_at_once_works(path, storage):
    other = storage_at(path)
    other.open()
    with storage.unit_of_work() as uow:
        uow.put_setting("name", b"one")
        uow.commit()
    assert other.read.setting("name") == b"one"
    other.close()
    assert isinstance(storage, Storage)
