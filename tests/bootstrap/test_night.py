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


def nights(shell, qtbot, missed=None):
    done = []
    made_up = missed if missed is not None else []
    night = Night(shell.ctx, done.append, lambda: made_up.append(True))

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


def test_a_night_that_was_missed_is_made_up_for_by_day_as_soon_as_nobody_is_there(shell, qtbot):
    made_up = []
    tick = nights(shell, qtbot, made_up)
    shell.ctx.clock.advance(4 * 3600)
    _ = shell.ctx.visit
    assert (tick(), made_up) == (0, [])
    shell.ctx.navigator.end_visit()
    assert (tick(), tick(), made_up) == (0, 0, [True])
    shell.ctx.clock.advance(20 * 3600)
    assert tick() == 1
    shell.ctx.clock.advance(6 * 3600)
    assert (tick(), made_up) == (1, [True])
