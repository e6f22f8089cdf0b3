"""What holds for every test: no display, no network, no settings of this machine, no Qt warnings."""

import gc
import os
import socket
import sys
import tempfile
from collections.abc import Generator
from itertools import count
from pathlib import Path

# Before anything imports Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QT_LOGGING_RULES"] = "qt.qpa.*=false"

import pytest
from hypothesis import settings as hypothesis_settings

from tests.city.stage import cluster
from tests.fakes import CountingIds, FakeClock

__all__ = ["cluster"]

#: Said by the offscreen platform about itself; everything else that Qt has to say fails the test.
QT_MAY_SAY = ("This plugin does not support",)

hypothesis_settings.register_profile("kiosk", deadline=None, print_blob=True)
hypothesis_settings.load_profile("kiosk")


def pytest_configure(config: pytest.Config) -> None:
    for sentence in QT_MAY_SAY:
        config.addinivalue_line("qt_log_ignore", sentence)


#: As in the program (``kiosk/bootstrap/collector.py``): a thread of a test that took apart another test's window would
#: end the whole process. Everything is looked through after so many tests, what is young after each.
gc.disable()
LOOK_AT_ALL_AFTER = 40
_ended = count(1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After the order was shuffled: files with the longest limits first, so that no process is left alone with one."""
    limits: dict[str, float] = {}
    for item in items:
        file, marker = item.nodeid.partition("::")[0], item.get_closest_marker("timeout")
        limits[file] = max(limits.get(file, 0.0), float(marker.args[0]) if marker is not None else 0.0)
    items.sort(key=lambda item: -limits[item.nodeid.partition("::")[0]])


def pytest_collection_finish() -> None:
    """What has been imported and collected stays."""
    gc.collect()
    gc.freeze()


def _no_finger_is_left_down() -> None:
    """A button that a test has pressed and not released is pressed in all tests after it: docks wait for its end."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        assert gui.QGuiApplication.mouseButtons() == gui.Qt.MouseButton.NoButton, "a button was left pressed"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    """On this thread, which is the one that Qt's objects live in."""
    yield
    _no_finger_is_left_down()
    ended = next(_ended)
    gc.collect(2 if ended % LOOK_AT_ALL_AFTER == 0 else 1)


class NetworkIsForbidden(Exception):
    """A test tried to leave this machine."""


def _is_loopback(family: int, address: object) -> bool:
    if family not in {socket.AF_INET, socket.AF_INET6} or not isinstance(address, tuple):
        return True
    host = str(address[0])
    return host in {"localhost", "::1", ""} or host.startswith("127.")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets reach this machine only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: object) -> None:
        if not _is_loopback(self.family, address):
            raise NetworkIsForbidden(str(address))
        connect(self, address)

    def guarded_ex(self: socket.socket, address: object) -> int:
        if not _is_loopback(self.family, address):
            raise NetworkIsForbidden(str(address))
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nothing is read from, or left in, the home of whoever runs the tests."""
    home = Path(tempfile.mkdtemp(dir=tmp_path_factory.getbasetemp(), prefix="home-"))
    for name in [name for name in os.environ if name.startswith(("GIG_", "KIOSK_"))]:
        monkeypatch.delenv(name)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("GIG_KIOSK_VOICE", "false")  # a program that a test starts opens no speech service
    monkeypatch.setenv("GIG_KIOSK_CLICK", "off")  # nor clicks through a night of tests
    return home


@pytest.fixture
def clock() -> FakeClock:
    """05:30 at the market, standing still."""
    return FakeClock()


@pytest.fixture
def new_id() -> CountingIds:
    """Ids that count."""
    return CountingIds()


@pytest.fixture(scope="session")
def qapp(qapp):
    """Qt's application object with the kiosk's own typeface."""
    from kiosk.ui.theme import load_fonts, load_more_fonts

    load_fonts()
    load_more_fonts()
    return qapp


@pytest.fixture
def theme(qapp):
    """The look on the usual panel."""
    from kiosk.ui.theme import Theme

    return Theme()


@pytest.fixture
def strings(qapp):
    """The words, Chinese, where a missing one is an error."""
    from kiosk.ui.strings import Strings

    return Strings(strict=True)
