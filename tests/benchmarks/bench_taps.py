"""A finger on a kiosk with 100,000 listings: pressed, next page, next page while a full synchronisation runs, a pen.

``tap_next`` is the whole way: the touch, the query, its rows painted: the first frame, in which the page can be read
under its mist (``kiosk.ui.transition``). What the mist costs after that frame is a figure of its own; it is gone before
the guard takes the next touch, and so it is here. The exchange beside it is the product's own (runner, pump, inbox) in
its own thread of this process; only the wire is missing: pages come from memory, as bytes.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Self
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

import msgspec
from PySide6.QtCore import QEventLoop, QPoint, Qt, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.bootstrap.run import SWITCH_S
from kiosk.bootstrap.window import make_application
from kiosk.domain.records import Listing
from kiosk.protocol.codec import decode, encode
from kiosk.protocol.messages import (
    PULL_LIMIT,
    HelloResponse,
    Item,
    PullResponse,
    ServerState,
    SnapshotResponse,
)
from kiosk.protocol.progress import SnapshotKey
from kiosk.storage.engine import Database
from kiosk.sync.faults import NetworkFault
from kiosk.sync.pump import Pump
from kiosk.sync.runner import Pace, SyncRunner
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.input.canvas import InkCanvas
from kiosk.ui.input.wish import InputTab
from kiosk.ui.strings import Strings
from kiosk.ui.transition import Mist
from kiosk.ui.widgets.buttons import BigButton
from tests.benchmarks.ink import INKS, Stroke
from tests.benchmarks.run import Figure, figure, percentile
from tests.e2e.stage import PORTRAIT, Stage, furnished
from tests.e2e.walks_input import _choose as choose_tab
from tests.fakes import FakeClock
from tests.storage.market import NOW, Market

LISTINGS = 100_000
PRESSES, WALKS, ROUNDS = 150, 30, 3
PAGES = 8
WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
STREAM = "area/371002"
EPOCH = UUID(int=1)


def benchmarks() -> Iterator[Figure]:
    """All figures of the finger and the pen."""
    qInstallMessageHandler(lambda *_: None)  # the offscreen platform talks about itself
    application = make_application(["bench"])
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)  # as ``run`` does
    try:
        with tempfile.TemporaryDirectory(prefix="bench-taps-") as name, standing(Path(name)) as stood:
            yield from _measure(stood)
    finally:
        sys.setswitchinterval(before)
    del application


@contextmanager
def standing(folder: Path) -> Iterator[Stage]:
    """A kiosk with all those listings, its screens made."""
    clock, strings = FakeClock(NOW), Strings(strict=True)
    kiosk = furnished(folder, clock, strings, morning=False)
    kiosk.storage.load(Market().listings(LISTINGS))
    stood = Stage(kiosk, clock, strings, PORTRAIT)
    try:
        stood.hand.wait(
            lambda: not stood.window.prebuilder.working, "screens are still being made", timeout=60
        )
        yield stood
    finally:
        stood.close()
        QApplication.processEvents()


def _measure(stood: Stage) -> Iterator[Figure]:
    walk(stood)  # caches of words and icons, as at any time after the first visit
    pressed = presses(stood)
    yield figure("tap_pressed_p95_ms", percentile([each.seconds for each in pressed]) * 1e3, "ms")
    yield figure("tap_pressed_work_p95_ms", percentile([each.work for each in pressed]) * 1e3, "ms")
    misted, cleared = list(transitions(stood)), list(presses_in_mist(stood))
    yield figure("transition_work_p95_ms", percentile(misted) * 1e3, "ms")
    yield figure("tap_pressed_in_mist_p95_ms", percentile(cleared) * 1e3, "ms")
    quiet = [each for _ in range(WALKS) for each in walk(stood)]
    yield figure("tap_next_p95_ms", percentile([each.seconds for each in quiet]) * 1e3, "ms")
    yield figure("tap_next_max_ms", max(each.seconds for each in quiet) * 1e3, "ms")
    yield figure("tap_next_work_p95_ms", percentile([each.work for each in quiet]) * 1e3, "ms")
    with synchronising(stood) as rows, Turns(stood.kiosk.storage.database) as turns:
        before, began = rows(), time.perf_counter()
        busy = [each.seconds for _ in range(WALKS) for each in walk(stood)]
        speed = (rows() - before) / (time.perf_counter() - began)
    yield figure("tap_next_p95_under_sync_ms", percentile(busy) * 1e3, "ms")
    yield figure("tap_next_max_under_sync_ms", max(busy) * 1e3, "ms")
    yield figure("sync_rows_beside_taps", speed, "1/s")
    yield figure("write_turn_max_under_sync_ms", max(turns.waited) * 1e3, "ms")
    written = writing(stood)
    yield figure("handwriting_p95_ms", percentile([each.seconds for each in written]) * 1e3, "ms")
    yield figure("handwriting_work_p95_ms", percentile([each.work for each in written]) * 1e3, "ms")


@dataclass(frozen=True, slots=True)
class Took:
    """What a touch took.

    Attributes:
        seconds: by the clock on the wall.
        work: by the processor, in all threads; what other programs take from the machine is not in it.
    """

    seconds: float
    work: float


def touch(stood: Stage, widget: QWidget) -> Took:
    """Touch the middle of a widget, until everything that follows is painted."""
    shell = stood.shell
    shell.ctx.gate.lift_guard()
    handle, none = shell.windowHandle(), Qt.KeyboardModifier.NoModifier
    middle = widget.mapTo(shell, QPoint(widget.width() // 2, widget.height() // 2))
    began, worked = time.perf_counter(), time.process_time()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, middle)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, middle)
    while shell.ctx.tasks.busy:
        QApplication.processEvents(WAIT)  # asleep, as the program's own loop: no lane is kept from working
    QApplication.processEvents()
    return Took(time.perf_counter() - began, time.process_time() - worked)


def button(stood: Stage, key: str) -> BigButton:
    """The button that says the sentence behind a key."""
    word = stood.word(key)
    return next(
        each for each in stood.shell.findChildren(BigButton) if each.isVisible() and each.text() == word
    )


def cards(stood: Stage) -> list[ListingCard]:
    """The listings on the page."""
    return [each for each in stood.shell.current_screen.findChildren(ListingCard) if each.isVisible()]


def walk(stood: Stage) -> list[Took]:
    """Trades, the whole list, three pages of it, a listing and back."""
    stood.begin()
    stood.hand.settle()
    steps: list[Callable[[], QWidget]] = [
        lambda: button(stood, "welcome.find"),
        lambda: button(stood, "find.all_listings"),
        *(lambda: button(stood, "common.next_page") for _ in range(3)),
        lambda: cards(stood)[2],
        lambda: button(stood, "common.back"),
    ]
    took = []
    for step in steps:
        widget = step()
        stood.shell.ctx.gate.acted.emit()  # as the guard is lifted: neither is there when a person's touch is taken
        QApplication.processEvents()
        took.append(touch(stood, widget))
    return took


def presses(stood: Stage) -> list[Took]:
    """A finger goes down on a card and the card shows it."""
    stood.begin()
    stood.hand.settle()
    for key in ("welcome.find", "find.all_listings"):
        touch(stood, button(stood, key))
    shell, none = stood.shell, Qt.KeyboardModifier.NoModifier
    handle, took = shell.windowHandle(), []
    for number in range(PRESSES):
        shell.ctx.gate.lift_guard()
        shown = cards(stood)
        card = shown[number % len(shown)]
        middle = card.mapTo(shell, QPoint(card.width() // 2, card.height() // 2))
        began, worked = time.perf_counter(), time.process_time()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, middle)
        QApplication.processEvents()
        took.append(Took(time.perf_counter() - began, time.process_time() - worked))
        assert card.isDown()
        QTest.mouseMove(handle, QPoint(1, 1))
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, QPoint(1, 1))
        QApplication.processEvents()
    return took


def transitions(stood: Stage) -> Iterator[float]:
    """What a page's mist costs the processor after the first frame, until the page is bare and painted."""
    for _ in range(WALKS):
        stood.begin()
        stood.hand.settle()
        for key in ("welcome.find", "find.all_listings"):
            touch(stood, button(stood, key))
            assert mist(stood).isVisible()
            worked = time.process_time()
            stood.hand.wait_bare()
            yield time.process_time() - worked
            stood.hand.settle()


def presses_in_mist(stood: Stage) -> Iterator[float]:
    """A finger goes down on a card that has just come, sooner than the guard would take it; the card shows it."""
    shell, none = stood.shell, Qt.KeyboardModifier.NoModifier
    for _ in range(WALKS):
        stood.begin()
        stood.hand.settle()
        for key in ("welcome.find", "find.all_listings"):
            touch(stood, button(stood, key))
        card = cards(stood)[1]
        middle = card.mapTo(shell, QPoint(card.width() // 2, card.height() // 2))
        assert mist(stood).isVisible()
        began = time.perf_counter()
        QTest.mousePress(shell.windowHandle(), Qt.MouseButton.LeftButton, none, middle)
        QApplication.processEvents()
        yield time.perf_counter() - began
        assert card.isDown()
        assert not mist(stood).isVisible()
        QTest.mouseMove(shell.windowHandle(), QPoint(1, 1))
        QTest.mouseRelease(shell.windowHandle(), Qt.MouseButton.LeftButton, none, QPoint(1, 1))
        QApplication.processEvents()


def mist(stood: Stage) -> Mist:
    """What lies over a page that has just come."""
    found: Mist = stood.shell.findChild(Mist)
    return found


class Wire:
    """A city without a network: an endless stream of listings, the same ones again with newer versions."""

    def __init__(self) -> None:
        self.me = SimpleNamespace(kiosk="WHC1", device=UUID(int=2), incarnation=1)
        self.rows = 0
        self.cut = False
        self._version = 1
        listings = Market(seed=7).listings(PAGES * PULL_LIMIT)
        self._pages = [self._page(listings, number) for number in range(PAGES)]

    def _page(self, listings: Iterator[Listing], number: int) -> bytes:
        items = tuple(
            Item(
                entity="listing",
                id=listing.id,
                seq=number * PULL_LIMIT + at + 1,
                ver=1,
                body=msgspec.Raw(encode(listing)),
            )
            for at, listing in enumerate(islice(listings, PULL_LIMIT))
        )
        return encode(PullResponse(state=self._state(), stream=STREAM, items=items, head=10**9, more=True))

    def _state(self) -> ServerState:
        return ServerState(epoch=EPOCH, server_time=datetime.now(UTC))

    def hello(self) -> HelloResponse:
        return HelloResponse(state=self._state(), kiosk="WHC1", incarnation=1, streams=(STREAM,))

    def pull(self, stream: str, after: int, epoch: UUID | None) -> PullResponse:
        return self._next(after)

    def snapshot(self, stream: str, after: SnapshotKey | None) -> SnapshotResponse:
        page = self._next(0)
        return SnapshotResponse(
            state=page.state, stream=page.stream, items=page.items, head=page.head, more=True
        )

    def _next(self, after: int) -> PullResponse:
        """Another page, read from its bytes; every version is newer than the one before."""
        if self.cut:
            raise NetworkFault("sync.unreachable")
        page = decode(PullResponse, self._pages[self._version % PAGES])
        self._version += 1
        items = tuple(
            msgspec.structs.replace(item, seq=after + at + 1, ver=self._version)
            for at, item in enumerate(page.items)
        )
        self.rows += len(items)
        return msgspec.structs.replace(page, items=items)


@contextmanager
def synchronising(stood: Stage) -> Iterator[Callable[[], int]]:
    """The exchange runs without a pause; tells how many rows it has brought."""
    wire, storage = Wire(), stood.kiosk.storage
    pump = Pump(wire, storage.outbox, storage.inbox, storage.clock, storage.boot_id)
    runner = SyncRunner(pump, Pace(pull_every=0.0))
    runner.start()
    stood.hand.wait(lambda: wire.rows > 0, "no page comes")
    try:
        yield lambda: wire.rows
    finally:
        wire.cut = True
        runner.stop(60)


class Turns:
    """Somebody who wants to write now and then: how long each waits for the turn."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.waited: list[float] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.05):
            began = time.perf_counter()
            with self._database.writer():
                self.waited.append(time.perf_counter() - began)


def writing(stood: Stage) -> list[Took]:
    """The last stroke ends and the candidates are painted."""
    stood.begin()
    touch(stood, button(stood, "welcome.register"))
    touch(stood, button(stood, "consent.agree"))
    stood.hand.wait_screen("register_who")
    stood.hand.type("name", "王")
    stood.hand.wait(stood.dock.isVisible, "the dock did not open")
    choose_tab(stood, InputTab.HANDWRITING)
    panel = stood.dock.panel(InputTab.HANDWRITING)
    canvas = panel.findChild(InkCanvas)
    answers: list[object] = []
    panel._recognition.recognised.connect(answers.append)
    seconds = []
    for ink in INKS * ROUNDS:
        panel.wipe()
        for stroke in ink[:-1]:  # as a hand does: the recogniser has read each before the next one ends
            answers.clear()
            stood.draw(canvas, (stroke,))
            stood.hand.wait(lambda: len(answers) > 0, "the strokes before are not read")
        answers.clear()
        seconds.append(_last_stroke(stood, canvas, ink[-1], answers))
    return seconds


def _last_stroke(stood: Stage, canvas: QWidget, stroke: Stroke, answers: list[object]) -> Took:
    handle, none = stood.shell.windowHandle(), Qt.KeyboardModifier.NoModifier
    first, *others = (
        canvas.mapTo(stood.shell, QPoint(round(x * canvas.width()), round(y * canvas.height())))
        for x, y in stroke
    )
    last = others[-1]
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, first)
    for point in others:
        QTest.mouseMove(handle, point)
    QApplication.processEvents()
    began, worked = time.perf_counter(), time.process_time()
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, last)
    while not answers:
        QApplication.processEvents(WAIT)
    QApplication.processEvents()
    return Took(time.perf_counter() - began, time.process_time() - worked)
