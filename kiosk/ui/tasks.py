"""Work off the GUI thread: one ordered lane for writes, one for lists, one for the outside world.

A task is a plain function. It runs on a lane's thread; what it returned, or the refusal it raised, comes back
on the GUI thread. Every other exception is a bug: it is logged without its arguments and told to the shell.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from kiosk.domain.refusal import Refusal
from kiosk.light import light
from kiosk.services.faults import DeviceFault
from kiosk.ui.bugs import describe, log_bug

if TYPE_CHECKING:  # the first page is painted before anything runs
    from concurrent.futures import ThreadPoolExecutor

LOG = logging.getLogger(__name__)

#: So long a page that was just opened waits with its first painting for what it has asked.
SOON_S = 0.010
READ_THREADS = 2
OUTSIDE_THREADS = 3

#: A layout asks its parent's; what was shown asks to be painted.
_LAYOUT, _LATER = QEvent.Type.LayoutRequest.value, QEvent.Type.UpdateLater.value
_BEFORE_PAINTING = (_LAYOUT, _LAYOUT, _LATER)

Expected = Refusal | DeviceFault
Result = TypeVar("Result")


class Lane(StrEnum):
    """Where a task runs."""

    DATABASE = "database"
    """One thread: all writes, in the order they were asked for."""
    READ = "read"
    """Read-only lists and searches."""
    OUTSIDE = "outside"
    """Printer, network, rendering."""


class Scope:
    """The life of whoever asked: once closed, results are dropped (the work itself is finished)."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open = True

    @property
    def open(self) -> bool:
        """Whether results are still wanted."""
        return self._open

    def close(self) -> None:
        """Drop whatever comes back from now on."""
        self._open = False


@light
class _Asked:
    """What is to be done, what after it, and who still wants to know."""

    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Expected], None] | None
    scopes: tuple[Scope, ...]
    always: Callable[[], None] | None

    def wanted(self) -> bool:
        return all(scope.open for scope in self.scopes)


class _Job:
    """One request, with its outcome.

    Its functions belong to pages. The lane's thread may be the last one to hold the job, and what is freed is freed in
    the thread that lets go last: so it is emptied where pages live, on the GUI thread.
    """

    __slots__ = ("asked", "error", "key", "number", "skipped", "value")

    def __init__(self, number: int, key: str | None, asked: _Asked) -> None:
        self.number = number
        self.key = key
        self.asked: _Asked | None = asked
        self.value: Any = None
        self.error: Exception | None = None
        self.skipped = False

    def empty(self) -> None:
        """It is over."""
        self.asked = self.value = self.error = None


class Tasks(QObject):
    """Runs functions on their lanes and brings the results home. Lives on the GUI thread.

    Signals:
        started: the first task after a quiet time was given.
        quiet: no task is running and every result was delivered.
        fault(DeviceFault): a device failed and the caller did not say what to do then.
        bug(Bug): a task, or a callback of one, failed unexpectedly. It is logged already.
    """

    started = Signal()
    quiet = Signal()
    fault = Signal(object)
    bug = Signal(object)
    _came_back = Signal(object)
    _soon = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._latest: dict[str, int] = {}
        self._lock = threading.Lock()
        self._gathered: list[_Job] | None = None
        self._reading = 0
        self._all_read = threading.Condition(self._lock)
        self._given = 0
        self._pending = 0
        self._closed = False
        self._held: list[tuple[_Job, Lane]] | None = None
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._soon.connect(self._await, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """Tasks given and not yet delivered."""
        return self._pending

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._pending > 0

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Expected], None] | None = None,
        *,
        lane: Lane = Lane.DATABASE,
        key: str | None = None,
        scopes: tuple[Scope, ...] = (),
        always: Callable[[], None] | None = None,
        ahead: bool = False,
    ) -> None:
        """Run ``work`` on a lane; ``done`` or ``failed`` is called with the outcome on the GUI thread.

        Args:
            work: the function; it must not touch a widget.
            done: takes what ``work`` returned.
            failed: takes the ``Refusal`` or ``DeviceFault`` it raised. Without it a fault goes to the
                ``fault`` signal, and a refusal is a bug: somebody forgot that the rules may say no.
            lane: where it runs.
            key: latest wins: a newer task of the same key makes this one's result worthless. Only for
                reading.
            scopes: the result is dropped if any of them was closed meanwhile (a device fault is then told by
                the ``fault`` signal).
            always: called first, whatever came of it.
            ahead: not kept back by ``hold``.

        Raises:
            RuntimeError: after ``close``.
            ValueError: a key on the database lane: every write counts.
        """
        if self._closed:
            raise RuntimeError("no more tasks after close")
        if key is not None and lane is Lane.DATABASE:
            raise ValueError("a write cannot be outdated by a newer one")
        self._given += 1
        asked = _Asked(work=work, done=done, failed=failed, scopes=scopes, always=always)
        job = _Job(self._given, key, asked)
        if key is not None:
            with self._lock:
                self._latest[key] = job.number
        self._pending += 1
        if self._pending == 1:
            self.started.emit()
        if self._held is not None and not ahead:
            self._held.append((job, lane))
            return
        self._submit(job, lane)

    def _submit(self, job: _Job, lane: Lane) -> None:
        if lane is Lane.READ:
            if self._gathered is not None:
                self._gathered.append(job)
                return
            with self._lock:
                self._reading += 1
        self._pool(lane).submit(self._work, job, lane)

    @contextmanager
    def opening(self) -> Iterator[None]:
        """While a page is opened: what it wants to read is begun when that is done, and comes before it is painted.

        Most lists are there in two or three milliseconds. Painting the empty page meanwhile would take as long, would
        share the interpreter with the lane that reads, and is seen as a flicker. What takes longer is not waited for.
        """
        if self._gathered is None:
            self._gathered = []
        try:
            yield
        finally:
            self._soon.emit()

    @Slot()
    def _await(self) -> None:
        """From the event loop, ahead of the painting: nothing of whoever opened the page is still under way."""
        gathered, self._gathered = self._gathered or [], None
        if self._closed:
            return
        for job in gathered:
            self._submit(job, Lane.READ)
        with self._lock:
            came = self._all_read.wait_for(lambda: self._reading == 0, SOON_S)
        if came:
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def ask(self, answer: Callable[[], None]) -> bool:
        """Have ``answer`` called on the database lane's thread once its turn comes; False after ``close``.

        It is no task: nobody waits for it, and the kiosk is not busy with it.
        """
        if self._closed:
            return False
        self._pool(Lane.DATABASE).submit(answer)
        return True

    def hold(self) -> None:
        """Keep what is asked from now on until ``go``: there is no database yet."""
        self._held = []

    def go(self) -> None:
        """Begin what was kept, in its order."""
        held, self._held = self._held or [], None
        for job, lane in held:
            self._submit(job, lane)

    def close(self) -> None:
        """Take no more tasks, let those given come to their end, and join the threads.

        Results that come after this are dropped: nobody is there to see them, and what was written is
        written.
        """
        self._closed = True
        for pool in self._lanes.values():
            pool.shutdown(wait=True, cancel_futures=False)
        self._lanes.clear()

    def _pool(self, lane: Lane) -> ThreadPoolExecutor:
        """The lane's threads, made when the first task comes."""
        pool = self._lanes.get(lane)
        if pool is None:
            from concurrent.futures import ThreadPoolExecutor

            threads = {Lane.DATABASE: 1, Lane.READ: READ_THREADS, Lane.OUTSIDE: OUTSIDE_THREADS}[lane]
            pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=f"{lane}-lane")
            self._lanes[lane] = pool
        return pool

    def _outdated(self, job: _Job) -> bool:
        if job.key is None:
            return False
        with self._lock:
            return self._latest.get(job.key) != job.number

    def _work(self, job: _Job, lane: Lane) -> None:
        """On the lane's thread: do it and send the outcome home, whatever it is."""
        # A read that nobody waits for is not even begun; a write that was asked for is always done.
        assert job.asked is not None, "a job is emptied after it was done"
        if lane is Lane.READ and (self._outdated(job) or not job.asked.wanted()):
            job.skipped = True
        else:
            try:
                job.value = job.asked.work()
            except Exception as error:  # noqa: BLE001 - the one place where every error of every task arrives
                job.error = error
        self._came_back.emit(job)
        if lane is Lane.READ:
            with self._lock:
                self._reading -= 1
                if self._reading == 0:
                    self._all_read.notify_all()

    @Slot(object)
    def _deliver(self, job: _Job) -> None:
        """On the GUI thread: call back. The task counts as pending until its callback is through."""
        try:
            if not self._closed:
                self._call_back(job)
                self._lay_out()
        except Exception as error:  # noqa: BLE001 - a callback that fails is a bug like any other
            self._report(error)
        finally:
            job.empty()
            self._pending -= 1
            if self._pending == 0:
                self.quiet.emit()

    def _call_back(self, job: _Job) -> None:
        asked, error = job.asked, job.error
        assert asked is not None, "it comes back once"
        if asked.always is not None:
            asked.always()
        wanted = asked.wanted() and not job.skipped and not self._outdated(job)
        # Bugs and faults are told even when nobody waits for the result any more.
        if error is not None and not isinstance(error, Refusal | DeviceFault):
            self._report(error)
        elif isinstance(error, DeviceFault) and (asked.failed is None or not wanted):
            self.fault.emit(error)
        elif wanted and error is None and asked.done is not None:
            asked.done(job.value)
        elif wanted and error is not None:
            if asked.failed is not None:
                asked.failed(error)
            else:
                self._report(error)

    @staticmethod
    def _lay_out() -> None:
        """Place what the callback has shown and hidden before the next painting, which Qt may have queued ahead of it.

        Else cards are painted twice, and the first time where they do not stay.
        """
        for kind in _BEFORE_PAINTING:
            QCoreApplication.sendPostedEvents(None, kind)

    def _report(self, error: Exception) -> None:
        bug = describe(error)
        log_bug(bug)
        self.bug.emit(bug)
