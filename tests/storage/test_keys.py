import os
import stat

import pytest

from kiosk.storage.faults import StorageFault
from kiosk.storage.keys import FILE_NAME, FileKeyStore, automatic


def test_a_key_file_is_made_once_and_only_for_its_owner(tmp_path):
    store = FileKeyStore(tmp_path / "data")
    assert store.load() is None
    key = store.create()
    assert len(key) == 32
    assert store.load() == key
    assert stat.S_IMODE((tmp_path / "data" / FILE_NAME).stat().st_mode) == 0o600
    assert FileKeyStore(tmp_path / "other").create() != key


def test_an_existing_key_is_never_replaced(tmp_path):
    store = FileKeyStore(tmp_path)
    key = store.create()
    with pytest.raises(StorageFault):
        store.create()
    assert store.load() == key
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_a_key_file_that_others_can_read_is_refused(tmp_path, mode):
    store = FileKeyStore(tmp_path)
    store.create()
    (tmp_path / FILE_NAME).chmod(mode)
    with pytest.raises(StorageFault) as caught:
        store.load()
    assert caught.value.key == "fault.key_exposed"


@pytest.mark.parametrize("content", [b"", b"zz" * 32, b"ab" * 16, b"\xff" * 64])
def test_a_damaged_key_is_refused_without_showing_it(tmp_path, content):
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StorageFault) as caught:
        FileKeyStore(tmp_path).load()
    assert caught.value.key == "fault.key_damaged"
    assert caught.value.__cause__ is None


def test_an_existing_key_file_wins_over_a_keyring_that_appears_later(tmp_path):
    key = FileKeyStore(tmp_path).create()
    assert automatic(tmp_path).load() == key
