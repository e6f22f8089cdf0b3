"""What is Qt's is freed in the thread where it lives: no other one looks for garbage."""

import gc
import threading
import weakref

import pytest

from kiosk.bootstrap import collector as module
from kiosk.bootstrap.application import make_application
from kiosk.bootstrap.collector import AFTER_TOUCH_MS, BEGIN_MS, LOOKS, YOUNG, Collector, look


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def left_alone(qapp):
    """The automatic as Python has it, as if no test had switched it off."""
    before = gc.isenabled()
    gc.collect()
    gc.enable()
    yield
    if not before:
        gc.disable()


def drop_and_make_much_elsewhere() -> tuple[list[threading.Thread], list[object]]:
    """A ring is dropped here, another thread makes a lot; which thread freed the ring, and what was made."""
    freed: list[threading.Thread] = []
    weakref.finalize(Ring(), lambda: freed.append(threading.current_thread()))
    kept: list[object] = []
    other = threading.Thread(target=lambda: kept.extend([] for _ in range(2 * YOUNG)))
    other.start()
    other.join()
    return freed, kept


def test_another_thread_would(left_alone):
    freed, _kept = drop_and_make_much_elsewhere()
    assert len(freed) == 1
    assert freed != [threading.main_thread()]


def test_no_other_thread_looks_once_there_is_an_application(left_alone):
    make_application([])
    freed, _kept = drop_and_make_much_elsewhere()
    assert freed == []
    look()
    assert freed == [threading.main_thread()]


def test_little_is_not_worth_a_look(left_alone):
    make_application([])
    gc.collect()
    ring = weakref.ref(Ring())
    look()
    assert ring() is not None


def test_what_outlived_one_look_is_looked_through_now_and_then(left_alone):
    make_application([])
    gc.collect()
    ring = Ring()
    found = weakref.ref(ring)
    gc.collect(0)  # it is there, and is older now
    del ring
    for _ in range(LOOKS + 2):
        many = [[] for _ in range(2 * YOUNG)]
        look()
        del many
    assert found() is None


def test_looks_while_the_loop_runs(qtbot):
    looked = []
    collector = Collector(looks=lambda: looked.append(True))
    collector.start(0, 1)
    qtbot.waitUntil(lambda: len(looked) > 2)
    collector.stop()


def test_not_during_the_start(qapp):
    looked = []
    collector = Collector(looks=lambda: looked.append(True))
    collector.start()
    qapp.processEvents()
    assert looked == []
    collector.stop()


def test_not_while_somebody_touches(qtbot):
    looked = []
    collector = Collector(looks=lambda: looked.append(True))
    collector.postpone()  # not started: nothing begins by itself
    assert not collector._timer.isActive()
    collector.start(0, 1)
    collector.postpone()
    assert collector._timer.remainingTime() > AFTER_TOUCH_MS / 2
    collector.start(BEGIN_MS, 1)
    collector.postpone()
    assert collector._timer.remainingTime() > BEGIN_MS / 2
    collector.stop()


def test_who_never_stops_touching_does_not_keep_everything(left_alone, monkeypatch):
    make_application([])
    gc.collect()
    monkeypatch.setattr(module, "MOST", 1000)
    collector = Collector(looks=lambda: None)
    collector.start(0, 1)
    _many = [[] for _ in range(2000)]
    collector.postpone()
    assert collector._timer.remainingTime() <= 1
    collector.stop()


def test_while_somebody_is_there_only_the_youngest(left_alone):
    make_application([])
    gc.collect()
    ring = Ring()
    found = weakref.ref(ring)
    gc.collect(0)  # it is older now
    del ring
    for _ in range(LOOKS + 2):
        many = [[] for _ in range(2 * YOUNG)]
        look(youngest=True)
        del many
    assert found() is not None
