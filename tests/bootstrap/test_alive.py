"""Signs of life, and the night's restart."""

import socket
import threading
from datetime import UTC, datetime

import pytest

from kiosk.bootstrap.notify import Notifier
from kiosk.bootstrap.restart import NEVER, YOUNG_S, NightRestart
from kiosk.bootstrap.watchdog import LONG_PATIENCE_S, PATIENCE_S, Watchdog
from kiosk.ui.tasks import Lane
from tests.fakes import FakeClock
from tests.ui.demo import demo_shell

ONE_AT_NIGHT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


class Systemd:
    """The other end of the socket."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self._socket.setblocking(False)
        self.environment = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "60000000"}

    def heard(self) -> list[str]:
        lines = []
        while True:
            try:
                lines.append(self._socket.recv(100).decode())
            except BlockingIOError:
                return lines

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path_factory):
    systemd = Systemd(str(tmp_path_factory.mktemp("n") / "s"))
    yield systemd
    systemd.close()


@pytest.fixture
def shell(qapp, qtbot):
    shell = demo_shell(FakeClock(ONE_AT_NIGHT))
    shell.start()
    yield shell
    shell.leave()


def test_systemd_hears_each_word(systemd):
    notifier = Notifier(systemd.environment)
    assert (notifier.heard, notifier.watchdog_s) == (True, 60.0)
    notifier.ready()
    notifier.alive()
    notifier.stopping()
    assert systemd.heard() == ["READY=1", "WATCHDOG=1", "STOPPING=1"]


def test_the_abstract_socket_is_heard_too():
    systemd = Systemd(f"@gig-kiosk-test-{id(object())}")
    Notifier(systemd.environment).ready()
    assert systemd.heard() == ["READY=1"]
    systemd.close()


@pytest.mark.parametrize(
    "environment",
    [{}, {"WATCHDOG_USEC": "1"}, {"NOTIFY_SOCKET": "vsock:2:1"}, {"NOTIFY_SOCKET": "/nowhere/at/all"}],
)
def test_without_anybody_to_hear_it_nothing_happens(environment):
    notifier = Notifier(environment)
    notifier.ready()
    assert notifier.watchdog_s is None


def watchdog(shell, systemd, **more) -> Watchdog:
    return Watchdog(Notifier(systemd.environment), shell.ctx.clock, lambda: shell.ctx.tasks, **more)


def test_while_loop_and_database_live_there_are_signs(shell, systemd, qtbot):
    dog = watchdog(shell, systemd)
    for _ in range(3):
        shell.ctx.clock.advance(PATIENCE_S)
        qtbot.waitUntil(lambda: dog._answered)
        dog.tick()
    assert systemd.heard() == ["WATCHDOG=1"] * 3
    assert not shell.ctx.tasks.busy


@pytest.mark.parametrize(("long_work", "patience"), [(False, PATIENCE_S), (True, LONG_PATIENCE_S)])
def test_a_database_thread_that_hangs_ends_the_signs(shell, systemd, long_work, patience, qtbot):
    dog = watchdog(shell, systemd, long_work=lambda: long_work)
    let_go = threading.Event()
    shell.ctx.tasks.run(let_go.wait)
    dog.tick()
    shell.ctx.clock.advance(patience - 1)
    dog.tick()
    assert len(systemd.heard()) == 2
    shell.ctx.clock.advance(1)
    dog.tick()
    assert systemd.heard() == []
    let_go.set()
    qtbot.waitUntil(lambda: not shell.ctx.tasks.busy and dog._answered)
    dog.tick()
    assert systemd.heard() == ["WATCHDOG=1"]


def test_the_timer_is_a_quarter_of_what_systemd_waits(shell, systemd):
    dog = watchdog(shell, systemd)
    dog.start()
    assert dog._timer.interval() == 15_000
    dog.stop()
    quiet = Watchdog(Notifier({}), shell.ctx.clock, lambda: shell.ctx.tasks)
    quiet.start()
    assert not quiet._timer.isActive()


def test_a_window_that_goes_is_no_death(shell, systemd):
    dog = watchdog(shell, systemd)
    shell.ctx.tasks.close()
    for _ in range(3):
        shell.ctx.clock.advance(PATIENCE_S)
        dog.tick()
    assert len(systemd.heard()) == 3


# --- the night's restart


def dues(restart: NightRestart) -> list[bool]:
    said: list[bool] = []
    restart.due.connect(lambda: said.append(True))
    return said


def test_once_in_the_hour_when_nobody_is_there(shell):
    restart = NightRestart(shell.ctx, 3)
    said = dues(restart)
    restart.tick()
    assert said == []
    shell.ctx.clock.advance(YOUNG_S)
    restart.tick()
    restart.tick()
    assert said == [True]
    shell.ctx.clock.advance(3600)
    restart.tick()
    assert said == [True]


def test_not_right_after_a_start(shell):
    shell.ctx.clock.advance(2 * 3600)
    restart = NightRestart(shell.ctx, 3)
    said = dues(restart)
    restart.tick()
    assert said == []


def test_not_while_somebody_has_called_for_staff(shell):
    restart = NightRestart(shell.ctx, 3)
    said = dues(restart)
    shell.ctx.clock.advance(YOUNG_S)
    shell.ctx.call.call("", shell.ctx.visit.scope)
    shell.ctx.navigator.end_visit()
    restart.tick()
    assert said == []
    shell.ctx.call.end()
    restart.tick()
    assert said == [True]


def test_never_is_never(shell):
    restart = NightRestart(shell.ctx, NEVER)
    restart.start()
    assert not restart._timer.isActive()


@pytest.mark.parametrize("why", ["visit", "printing", "exchange"])
def test_not_while_anything_is_under_way(shell, why, qtbot):
    going = {"exchange": why == "exchange"}
    restart = NightRestart(shell.ctx, 3, exchanging=lambda: going["exchange"])
    said = dues(restart)
    shell.ctx.clock.advance(YOUNG_S)
    done = threading.Event()
    if why == "visit":
        _ = shell.ctx.visit
    elif why == "printing":
        shell.ctx.tasks.run(done.wait, lane=Lane.OUTSIDE)
    restart.tick()
    assert said == []
    going.clear()
    going["exchange"] = False
    done.set()
    shell.ctx.navigator.end_visit()
    qtbot.waitUntil(lambda: not shell.ctx.tasks.busy)
    restart.tick()
    assert said == [True]
