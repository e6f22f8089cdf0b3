"""Garbage is looked for between visits."""

import gc
import weakref

import pytest

from kiosk.bootstrap.garbage import Garbage
from tests.fakes import FakeClock
from tests.ui.demo import demo_shell


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def shell(qapp):
    shell = demo_shell(FakeClock())
    shell.start()
    yield shell
    shell.leave()


@pytest.fixture
def garbage(shell):
    garbage = Garbage(shell.ctx, shell)
    garbage.start()
    yield garbage
    garbage.stop()


def dropped() -> weakref.ref:
    return weakref.ref(Ring())


def test_not_under_a_finger(garbage, shell):
    _ = shell.ctx.visit
    ring = dropped()
    garbage.tick()
    assert ring() is not None
    shell.ctx.navigator.end_visit()
    garbage.tick()
    assert ring() is None


def test_at_the_end_of_a_visit(garbage, shell, qtbot):
    _ = shell.ctx.visit
    ring = dropped()
    shell.ctx.navigator.end_visit()
    qtbot.waitUntil(lambda: ring() is None)


def test_what_stays_is_set_aside_and_given_back(garbage):
    garbage.set_aside()
    assert gc.get_freeze_count() > 0
    garbage.stop()
    assert gc.get_freeze_count() == 0


def test_what_is_only_kept_to_be_quick_goes_between_visits(shell):
    told = []
    garbage = Garbage(shell.ctx, shell, lambda: told.append(True))
    _ = shell.ctx.visit
    garbage.tick()
    assert told == []
    shell.ctx.navigator.end_visit()
    garbage.tick()
    assert told == [True]


def test_the_young_are_not_looked_through_under_a_finger(garbage, shell):
    before = garbage._young._timer.remainingTime()
    garbage._young.start(0)
    shell.ctx.gate.touched.emit()
    assert before > 0
    assert garbage._young._timer.remainingTime() > 0
    garbage.stop()
    assert not garbage._young._timer.isActive()
