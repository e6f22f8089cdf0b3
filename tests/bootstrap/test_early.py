"""The first page is there before the database is: it answers touches, gives way to a fault, and never lies for long."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.bootstrap import face as faces
from kiosk.bootstrap.face import FILE_NAME, face_of, read_face, write_face
from kiosk.bootstrap.run import Running
from kiosk.bootstrap.system import Outside, SystemClock, SystemEntropy
from kiosk.services.station_config import SETTING
from kiosk.storage.storage import FILE_NAME as DATABASE
from kiosk.ui.strings import Strings
from tests.e2e.market import PORTRAIT
from tests.e2e.program import Program
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk, settings_in


@pytest.fixture
def folder(tmp_path: Path, qapp: object) -> Path:
    """A kiosk that has been set up and was open once, and is not running."""
    kiosk = open_kiosk(tmp_path, FakeClock())
    assert kiosk.config is not None
    catalogue = kiosk.services().catalogue
    write_face(tmp_path / "data", DATABASE, face_of(kiosk.config, catalogue, Strings(strict=True).words))
    kiosk.close()
    return tmp_path


class Early(Program):
    """Starts as ``run`` does when there is a first page to remember."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.settings = settings_in(folder)
        self.face = read_face(self.settings.data_dir)
        assert self.face is not None
        outside = Outside(clock=SystemClock(), entropy=SystemEntropy())
        strings = Strings(words=self.face.words, strict=True)
        self.running = Running(self.running._application, None, outside, strings, PORTRAIT)
        self.told: list[str] = []

    def start(self):
        self.running.start_early(
            self.face, self.settings, lambda: self.told.append("ready"), lambda: self.told.append("settled")
        )
        return self.hand

    @property
    def navigator(self):
        return self.running.shell.ctx.navigator


@pytest.fixture
def early(folder: Path):
    running = Early(folder)
    yield running
    running.running.stop()


def test_the_first_page_is_there_before_the_database(early: Early) -> None:
    hand = early.start()
    assert (hand.screen, early.navigator.state.opened) == ("welcome", False)
    hand.wait_text("环翠零工驿站")
    hand.wait(lambda: "ready" in early.told, "no first frame")
    assert not early.navigator.state.opened
    hand.wait(lambda: early.told == ["ready", "settled"], "the kiosk is not opened")
    hand.settle()
    assert hand.screen == "welcome"


def test_a_touch_is_answered_at_once_and_filled_later(early: Early) -> None:
    hand = early.start()
    early.running.shell.ctx.gate.lift_guard()
    hand.tap("找活干")
    assert hand.screen == "trades"
    hand.wait_text("家政服务")
    hand.settle()
    hand.wait_text("现在没有")


def test_a_page_that_needs_the_database_comes_by_itself(early: Early) -> None:
    hand = early.start()
    early.navigator.show("hire_kind")
    assert hand.screen == "one_moment"
    hand.wait_text("请稍等")
    hand.wait_screen("hire_kind")
    early.running.shell.ctx.gate.lift_guard()
    early.navigator.back()
    assert hand.screen == "welcome"


def test_a_fault_on_opening_wins_over_the_first_page(early: Early, folder: Path) -> None:
    database = folder / "data" / DATABASE
    right = database.rename(folder / "put-aside")
    database.write_text("工资表\n" * 300, encoding="utf-8")
    before = database.read_bytes()
    early.start()
    early.wait_for("fault").wait_text("数据文件的位置上放着别的文件")
    assert database.read_bytes() == before
    right.replace(database)
    early.hand.tap("再试一次")
    early.wait_for("welcome").wait_text("找活干")
    assert early.navigator.state.opened


def test_a_station_that_is_another_one_now_is_shown_as_it_is(early: Early, folder: Path) -> None:
    kiosk = open_kiosk(folder, FakeClock())
    with kiosk.storage.unit_of_work() as uow:
        raw = uow.setting(SETTING)
        uow.put_setting(SETTING, raw.replace("环翠零工驿站".encode(), "竹岛零工驿站".encode()))
        uow.commit()
    kiosk.close()
    early.start().wait_text("环翠零工驿站")
    services = lambda: early.running.shell.ctx.services  # noqa: E731
    early.hand.wait(lambda: services().station.config.name == "竹岛零工驿站", "the old name stays")
    early.hand.wait_text("竹岛零工驿站")
    remembered = read_face(folder / "data")
    assert remembered is not None
    assert remembered.name == "竹岛零工驿站"


def test_what_is_remembered_comes_back_whole(folder: Path) -> None:
    data = folder / "data"
    face = read_face(data)
    assert face is not None
    assert face.words == Strings(strict=True).words
    (data / FILE_NAME).unlink()
    write_face(data, DATABASE, face)
    assert read_face(data) == face


@pytest.mark.parametrize("damage", [b"", b"\xff", b"a\x1db\x1dc", "2000", "-2000", "-1"])
def test_a_damaged_memory_is_none(folder: Path, damage: bytes | str) -> None:
    path = folder / "data" / FILE_NAME
    path.write_bytes(damage if isinstance(damage, bytes) else path.read_bytes()[: int(damage)])
    assert read_face(folder / "data") is None


def test_nothing_is_remembered_of_other_words_or_another_program(folder: Path, tmp_path, monkeypatch) -> None:
    data = folder / "data"
    monkeypatch.setattr(faces, "__version__", "0.0.0")
    assert read_face(data) is None
    monkeypatch.undo()
    assert read_face(data) is not None
    seen = faces._seen
    monkeypatch.setattr(faces, "_seen", lambda status: seen(status) + "1")
    assert read_face(data) is None


def test_no_first_page_without_a_database(folder: Path) -> None:
    (folder / "data" / DATABASE).unlink()
    assert read_face(folder / "data") is None


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(folder: Path, tmp_path: Path) -> None:
    face = read_face(folder / "data")
    assert face is not None
    write_face(tmp_path / "none", DATABASE, face)


LEAN = """
import sys
from kiosk.bootstrap.lean_imports import lean_pyside; lean_pyside()
import kiosk.__main__, kiosk.bootstrap.commands, kiosk.bootstrap.journal, kiosk.bootstrap.run
from kiosk.bootstrap.system import real_outside
from kiosk.ui.screens import first_screens
real_outside(type("Settings", (), {"voice": False}))
first_screens(configured=True)
print(*sys.modules)
"""
#: Each costs 3 to 200 ms: they come with the database, behind the first page.
HEAVY = {
    "msgspec",
    "sqlalchemy",
    "sqlcipher3",
    "cryptography",
    "json",
    "argparse",
    "dataclasses",
    "inspect",
    "tomllib",
    "hashlib",
    "uuid",
    "platformdirs",
    "concurrent.futures",
    "stdnum",
    "kiosk.domain.records",
    "kiosk.domain.operations",
    "kiosk.services.ports",
    "kiosk.bootstrap.kiosk",
    "kiosk.ui.input.dock",
    "kiosk.ui.screens.find.params",
}


def test_the_first_page_imports_nothing_that_it_does_not_show() -> None:
    done = subprocess.run([sys.executable, "-c", LEAN], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
