"""Kiosk mode from outside: started as systemd starts it, started twice, killed, and closed by staff."""

import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.journal import FILE_NAME, Past
from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.status import Exit
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.ui.screens.staff.machine import WAYS
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.e2e.market import PORTRAIT
from tests.e2e.program import program
from tests.e2e.test_morning import sign_in
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


class Service:
    """Starts the real program the way a unit does, and listens to what it says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        address = f"@gig-kiosk-{os.getpid()}-{id(self)}"
        self._socket.bind("\0" + address[1:])
        self._environment = {
            **os.environ,
            "NOTIFY_SOCKET": address,
            "WATCHDOG_USEC": "2000000",
            "GIG_KIOSK_KEY_SOURCE": "file",
        }
        self.started: list[subprocess.Popen[str]] = []

    def start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "--data-dir", str(self._folder), "run", "--kiosk-mode"],
            cwd=ROOT,
            env=self._environment,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self.started.append(process)
        return process

    def wait_for(self, line: str) -> None:
        while select.select([self._socket], [], [], PATIENCE_S)[0]:
            if self._socket.recv(200).decode() == line:
                return
        raise AssertionError(f"systemd has not heard {line}")

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()
        self._socket.close()


@contextmanager
def service(folder: Path):
    running = Service(folder)
    try:
        yield running
    finally:
        running.close()


@pytest.mark.skipif(sys.platform == "win32", reason="systemd")
def test_as_a_service_started_twice_killed_and_ended(tmp_path):
    folder = tmp_path / "data"
    with service(folder) as systemd:
        first = systemd.start()
        systemd.wait_for("READY=1")
        systemd.wait_for("WATCHDOG=1")
        second = systemd.start()
        assert second.wait(PATIENCE_S) == Exit.RUNNING_ALREADY
        assert f"自助机已经在运行（进程 {first.pid}）" in second.stderr.read()
        assert first.poll() is None
        first.kill()
        first.wait(PATIENCE_S)
        third = systemd.start()
        systemd.wait_for("READY=1")
        _boot, state, *crashes = (folder / FILE_NAME).read_text().splitlines()
        assert (state, len(crashes)) == ("running", 1)
        third.send_signal(signal.SIGTERM)
        systemd.wait_for("STOPPING=1")
        assert third.wait(PATIENCE_S) == Exit.ENDED
        assert (folder / FILE_NAME).read_text().splitlines()[1] == "ended"


@pytest.fixture
def folder(tmp_path, qapp):
    """A kiosk that has been set up, and is not running."""
    open_kiosk(tmp_path, FakeClock()).close()
    return tmp_path


def test_after_a_crash_the_screen_says_so_and_what_became_of_the_work(folder):
    with program(folder, past=Past(crashed=True, lately=1)) as running:
        hand = running.start()
        assert hand.screen == "fault"
        for said in ("机器已重启", "刚才出了故障，已重启", "已保存的都在", "K-01"):
            hand.wait_text(said)
        hand.tap("从头开始")
        hand.wait_screen("welcome")


def test_nobody_touches_the_word_of_a_crash_and_the_market_opens(folder, monkeypatch):
    monkeypatch.setattr("kiosk.bootstrap.run.SAY_RESTARTED_MS", 1)
    with program(folder, past=Past(crashed=True, lately=2)) as running:
        running.start().wait_screen("welcome")


def test_crash_upon_crash_waits_for_staff_and_opens_nothing_until_then(folder):
    with program(folder, past=Past(crashed=True, lately=3)) as running:
        hand = running.start()
        assert hand.screen == "fault"
        for said in ("请找工作人员", "机器接连出故障，先停下了", "K-02"):
            hand.wait_text(said)
        assert running.kiosk.config is None
        hand.tap("再试一次")
        running.wait_for("welcome").wait_text("找活干")


@pytest.mark.parametrize("way", ["restart", "close"])
def test_only_staff_close_or_restart_the_kiosk(qapp, tmp_path, clock, way):
    kiosk = open_kiosk(tmp_path, clock)
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True), PORTRAIT)
    window.start()
    wanted: list[int] = []
    window.shell.ctx.notices.end_wanted.connect(wanted.append)
    try:
        hand = Driver(window.shell)
        sign_in(hand)
        hand.tap("本机")
        hand.wait_screen("staff_machine")
        asked, sure = {
            "restart": ("重新启动程序", "确定，重新启动"),
            "close": ("关闭自助机", "确定，关闭"),
        }[way]
        assert not hand.has(sure)
        hand.tap(asked)
        hand.tap("不，接着用")
        assert not hand.has(sure)
        hand.tap(asked)
        hand.tap(sure)
        hand.wait(lambda: bool(wanted), "the kiosk ends")
        assert wanted == [{"restart": Exit.AGAIN, "close": Exit.BY_STAFF}[way]]
        with kiosk.storage.database.reader() as connection:
            last = connection.execute("SELECT action FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        assert last == (f"kiosk.{way}",)
    finally:
        window.stop()
        kiosk.close()


def test_the_screens_statuses_are_the_programs():
    assert {key: status for key, _, _, status in WAYS} == {"restart": Exit.AGAIN, "close": Exit.BY_STAFF}


def test_the_end_that_staff_want_is_the_programs_exit_status(folder, monkeypatch):
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", lambda *said: ended.append(said[-1]))
    with program(folder) as running:
        running.start()
        running.running.shell.ctx.notices.end_wanted.emit(Exit.BY_STAFF)
    assert ended == [Exit.BY_STAFF]
