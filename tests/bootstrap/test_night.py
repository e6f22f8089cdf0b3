"""Night work."""

from datetime import UTC, datetime

import pytest

from kiosk.bootstrap.night import Night
from tests.fakes import FakeClock
from tests.ui.demo import demo_shell

TWO_AT_NIGHT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def shell(qapp):
    shell = demo_shell(FakeClock(TWO_AT_NIGHT))
    shell.start()
    yield shell
    shell.leave()


def nights(shell, qtbot):
    done = []
    night = Night(shell.ctx, done.append)

    def tick():
        night.tick()
        qtbot.waitUntil(lambda: not shell.ctx.tasks.busy)
        return len(done)

    return tick


def test_once_a_night(shell, qtbot):
    tick = nights(shell, qtbot)
    assert [tick(), tick()] == [1, 1]
    shell.ctx.clock.advance(24 * 3600)
    assert tick() == 2


def test_not_by_day(shell, qtbot):
    shell.ctx.clock.advance(4 * 3600)
    assert nights(shell, qtbot)() == 0


def test_not_while_somebody_is_there(shell, qtbot):
    tick = nights(shell, qtbot)
    _ = shell.ctx.visit
    assert tick() == 0
    shell.ctx.navigator.end_visit()
    assert tick() == 1
