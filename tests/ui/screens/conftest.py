"""A kiosk is set up once and copied: scrypt and migrations cost more than a test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk
from tests.ui.screens.house import PORTRAIT, House, copy_of


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    folder = tmp_path_factory.mktemp("template") / "kiosk"
    open_kiosk(folder, FakeClock()).close()
    return folder


@pytest.fixture
def open_house(template: Path, tmp_path: Path, clock: FakeClock) -> Iterator[Callable[..., House]]:
    """Opens houses of a size; all are closed in the end."""
    houses: list[House] = []

    def open_one(size: tuple[int, int] = PORTRAIT) -> House:
        houses.append(House(copy_of(template, tmp_path), clock, size=size))
        return houses[-1]

    yield open_one
    for house in houses:
        house.close()


@pytest.fixture
def house(open_house: Callable[..., House]) -> House:
    """An upright kiosk in an empty market; not started."""
    return open_house()
