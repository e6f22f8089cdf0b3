"""Real files, made once and copied: a fresh database costs a copy instead of a migration."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.storage import FILE_NAME, Storage, create
from tests.storage.desk import KEY, Desk, storage_at
from tests.storage.market import Market


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pristine") / FILE_NAME
    create(path, KEY)
    return path


@pytest.fixture
def path(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pristine, tmp_path / FILE_NAME))


@pytest.fixture
def storage(path: Path) -> Iterator[Storage]:
    opened = storage_at(path)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def desk(storage: Storage) -> Desk:
    return Desk(storage)


@pytest.fixture
def market() -> Market:
    return Market(11)
