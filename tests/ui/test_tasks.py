import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kiosk.domain.refusal import Refusal
from kiosk.services.faults import DeviceFault
from kiosk.ui.tasks import Lane, Scope, Tasks


@pytest.fixture
def tasks(qapp) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def until_quiet(qtbot, tasks):
    def wait():
        qtbot.waitUntil(lambda: not tasks.busy, timeout=5000)

    return wait


def _raise(error: Exception):
    raise error


def test_the_result_comes_back_on_the_gui_thread(tasks, until_quiet):
    threads = []

    def work():
        threads.append(threading.current_thread())
        return 7

    results = []
    tasks.run(work, lambda value: results.append((value, threading.current_thread())))
    until_quiet()
    assert results == [(7, threading.main_thread())]
    assert threads[0] is not threading.main_thread()


def test_writes_are_done_one_by_one_in_order(tasks, until_quiet):
    began, order = [], []
    gate = threading.Event()

    def work(n: int):
        began.append(n)
        gate.wait(5)
        order.append(n)

    for n in range(5):
        tasks.run(lambda n=n: work(n))
    tasks.run(gate.set, lane=Lane.OUTSIDE)
    until_quiet()
    assert began == order == [0, 1, 2, 3, 4]


def test_reading_does_not_wait_for_writing(tasks, qtbot, until_quiet):
    gate, seen = threading.Event(), []
    tasks.run(lambda: gate.wait(5))
    tasks.run(lambda: 1, seen.append, lane=Lane.READ)
    qtbot.waitUntil(lambda: seen == [1], timeout=5000)
    gate.set()
    until_quiet()


def test_the_latest_request_of_a_key_wins(tasks, until_quiet):
    gate, seen = threading.Event(), []
    tasks.run(lambda: gate.wait(5) and "old", seen.append, lane=Lane.READ, key="search")
    tasks.run(lambda: "new", seen.append, lane=Lane.READ, key="search")
    tasks.run(lambda: "other", seen.append, lane=Lane.READ, key="trades")
    gate.set()
    until_quiet()
    assert sorted(seen) == ["new", "other"]


def test_a_read_that_is_outdated_is_not_even_begun(tasks, until_quiet):
    gate, begun = threading.Event(), []
    for _ in range(2):  # both read threads are kept busy
        tasks.run(lambda: gate.wait(5), lane=Lane.READ)
    for n in range(50):
        tasks.run(lambda n=n: begun.append(n), lane=Lane.READ, key="search")
    gate.set()
    until_quiet()
    assert begun == [49]


def test_a_write_cannot_be_outdated(tasks):
    with pytest.raises(ValueError, match="write"):
        tasks.run(lambda: None, key="x")


def test_refusals_and_faults_go_to_failed(tasks, until_quiet):
    seen = []
    refusal, fault = Refusal("refusal.x"), DeviceFault("fault.x")
    tasks.run(lambda: _raise(refusal), seen.append, seen.append)
    tasks.run(lambda: _raise(fault), seen.append, seen.append)
    until_quiet()
    assert seen == [refusal, fault]


def test_a_fault_that_nobody_handles_is_told(tasks, qtbot):
    with qtbot.waitSignal(tasks.fault, timeout=5000) as told:
        tasks.run(lambda: _raise(DeviceFault("fault.x")), lane=Lane.OUTSIDE)
    assert told.args[0].key == "fault.x"


def test_a_refusal_that_nobody_handles_is_a_bug(tasks, qtbot):
    with qtbot.waitSignal(tasks.bug, timeout=5000) as told:
        tasks.run(lambda: _raise(Refusal("refusal.x")))
    assert told.args[0].kind == "Refusal"


def test_a_bug_is_told_without_what_people_typed(tasks, qtbot, caplog):
    with qtbot.waitSignal(tasks.bug, timeout=5000) as told:
        tasks.run(lambda: _raise(KeyError("王小明 13812345678")))
    bug = told.args[0]
    assert bug.kind == "KeyError"
    assert bug.frames[-1].endswith("_raise")
    assert bug.code in caplog.text
    assert "test_tasks.py" in caplog.text
    assert "王小明" not in caplog.text
    assert "1381" not in caplog.text


def test_a_callback_that_fails_is_a_bug_too(tasks, qtbot):
    with qtbot.waitSignal(tasks.bug, timeout=5000) as told:
        tasks.run(lambda: 1, lambda _: _raise(RuntimeError("secret")))
    assert told.args[0].kind == "RuntimeError"


def test_results_for_a_closed_scope_are_dropped_but_the_work_is_done(tasks, until_quiet):
    scope, gate, done, seen = Scope(), threading.Event(), [], []
    tasks.run(lambda: gate.wait(5))
    tasks.run(
        lambda: done.append(1), seen.append, scopes=(Scope(), scope), always=lambda: seen.append("always")
    )
    scope.close()
    gate.set()
    until_quiet()
    assert done == [1]
    assert seen == ["always"]


def test_a_fault_is_told_even_when_the_person_has_gone(tasks, qtbot):
    scope, seen = Scope(), []
    scope.close()
    with qtbot.waitSignal(tasks.fault, timeout=5000):
        tasks.run(lambda: _raise(DeviceFault("fault.disk")), failed=seen.append, scopes=(scope,))
    assert seen == []


def test_it_says_when_it_is_busy_and_quiet(tasks, qtbot):
    gate = threading.Event()
    with qtbot.waitSignal(tasks.started, timeout=100):
        tasks.run(lambda: gate.wait(5))
    assert (tasks.busy, tasks.pending) == (True, 1)
    with qtbot.assertNotEmitted(tasks.started):
        tasks.run(lambda: None)
    with qtbot.waitSignal(tasks.quiet, timeout=5000):
        gate.set()
    assert not tasks.busy


def test_close_drains_and_joins(qapp):
    tasks, done = Tasks(), []
    before = threading.active_count()
    for n in range(20):
        tasks.run(lambda n=n: done.append(n))
    tasks.run(lambda: done.append("outside"), lane=Lane.OUTSIDE)
    tasks.close()
    assert [n for n in done if n != "outside"] == list(range(20))
    assert "outside" in done
    assert threading.active_count() == before
    with pytest.raises(RuntimeError):
        tasks.run(lambda: None)


def test_results_after_close_reach_nobody(qapp, qtbot):
    tasks, seen = Tasks(), []
    tasks.run(lambda: 1, seen.append)
    tasks.close()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=5000)
    assert seen == []


def test_what_a_page_asks_for_while_it_is_opened_is_there_before_it_is_painted(tasks, qtbot):
    happened = []

    class Sheet(QWidget):
        def paintEvent(self, _event):  # noqa: N802 - Qt's hook
            happened.append("painted")

    sheet = Sheet()
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: happened == ["painted"])
    with tasks.opening():
        sheet.update()
        tasks.run(lambda: 7, happened.append, lane=Lane.READ)
        assert happened == ["painted"]
    qtbot.waitUntil(lambda: len(happened) >= 3)
    assert happened == ["painted", 7, "painted"]


def test_a_page_does_not_wait_long_for_what_it_asks(tasks, qtbot, until_quiet):
    enough, happened = threading.Event(), []

    def work():
        enough.wait(5)
        return "read"

    with tasks.opening():
        tasks.run(work, happened.append, lane=Lane.READ)
    QTimer.singleShot(0, lambda: happened.append("painted"))
    qtbot.waitUntil(lambda: happened == ["painted"])
    enough.set()
    until_quiet()
    assert happened == ["painted", "read"]


def test_what_a_callback_shows_is_placed_before_it_is_painted(tasks, qtbot, until_quiet):
    sheet, placed = QWidget(), []
    column = QVBoxLayout(sheet)
    note, card = QLabel("…"), QLabel("card")
    card.hide()
    column.addWidget(note)
    column.addWidget(card)
    qtbot.addWidget(sheet)
    sheet.resize(200, 200)
    sheet.show()

    class Watch(QObject):
        def eventFilter(self, _watched, event):  # noqa: N802 - Qt's hook
            if event.type() == QEvent.Type.Paint:
                placed.append(card.height())
            return False

    watch = Watch()
    card.installEventFilter(watch)

    def come(_):
        card.show()
        note.hide()

    tasks.run(lambda: None, come, lane=Lane.READ)
    until_quiet()
    qtbot.waitUntil(lambda: bool(placed))
    assert placed == [sheet.contentsRect().height() - 2 * column.contentsMargins().top()]


class Page:
    """What a task's functions belong to."""


@pytest.mark.parametrize("fails", [False, True], ids=["done", "failed"])
def test_what_a_task_held_is_freed_on_the_gui_thread(tasks, qtbot, fails):
    # Also when the lane's thread is not through with the task: it hangs on this lock, after it has sent the outcome.
    freed = []
    page = Page()
    weakref.finalize(page, lambda: freed.append(threading.current_thread()))

    def work(page=page):
        if fails:
            raise Refusal("refusal.phone_length", field=type(page).__name__)

    tasks.run(work, lambda _, page=page: None, lambda _, page=page: None, lane=Lane.READ)
    del page, work
    with tasks._lock:
        qtbot.waitUntil(lambda: freed != [])
    assert freed == [threading.main_thread()]
