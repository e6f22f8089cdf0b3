"""``gig-kiosk run``: this machine's kiosk, from first set-up to the last visit of the day."""

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.journal import Past
from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.notify import Notifier
from kiosk.bootstrap.opening import OpeningWindow
from kiosk.bootstrap.status import Exit
from kiosk.bootstrap.watchdog import Watchdog
from kiosk.bootstrap.window import Size, Window, make_application
from kiosk.services.faults import DeviceFault
from kiosk.settings import Settings
from kiosk.ui.faults import restarted_fault
from kiosk.ui.shell import Shell
from kiosk.ui.strings import Strings

log = logging.getLogger(__name__)

#: Python handles a signal only between two of its own instructions: Qt's loop has to come back now and then.
SIGNAL_TICK_MS = 200
#: So long the screen says that the kiosk has come back, when nobody touches it.
SAY_RESTARTED_MS = 60_000


class CrashLoop(DeviceFault):
    """It broke off again and again: staff are to look before it tries once more."""

    def __init__(self) -> None:
        super().__init__("fault.crash_loop", what_to_do="fault.crash_loop_do", code="K-02", retry=True)


def parse_size(text: str | None) -> Size | None:
    """``1080x1920`` as a size; None for None.

    Raises:
        ValueError: another form.
    """
    if text is None:
        return None
    width, _, height = text.lower().partition("x")
    return Size(int(width), int(height))


def fitting(size: Size | None, room: Size) -> Size | None:
    """A window of that shape that the screen has room for: the demo's panel on a developer's screen."""
    if size is None:
        return None
    scale = min(1.0, room.width / size.width, room.height / size.height)
    return Size(int(size.width * scale), int(size.height * scale))


def _room(application: QApplication, size: Size | None) -> Size | None:
    if application.platformName() == "offscreen":  # tests: no screen, room for everything
        return size
    room = application.primaryScreen().availableSize()
    return fitting(size, Size(room.width(), room.height()))


class Running:
    """The program while it runs: one kiosk, one window at a time: why it cannot open, first set-up, or the market."""

    def __init__(
        self,
        application: QApplication,
        kiosk: Kiosk,
        outside: Outside,
        strings: Strings,
        size: Size | None = None,
        *,
        past: Past | None = None,
    ) -> None:
        """Put it together.

        Args:
            application: ends with an exit status when staff or the night want it to.
            kiosk: what is shown.
            outside: clock and randomness.
            strings: the words.
            size: of the window; None fills the screen.
            past: how the last run ended.
        """
        self._application = application
        self._kiosk = kiosk
        self._outside = outside
        self._strings = strings
        self._size = size
        self._past = past or Past()
        self._window: Window | OpeningWindow | None = None
        self._ready: Callable[[], None] | None = None

    @property
    def shell(self) -> Shell:
        """What is shown."""
        assert self._window is not None, "start() comes first"
        return self._window.shell

    @property
    def long_work(self) -> bool:
        """Whether the database lane may be busy for minutes."""
        return self._window is not None and self._window.long_work

    def start(self, ready: Callable[[], None] | None = None, *, opened: bool = False) -> None:
        """Open the kiosk, unless that is done, and show the window that fits.

        Args:
            ready: called once the kiosk can be used.
            opened: the kiosk is open already.
        """
        self._ready = ready
        try:
            if self._past.looping:
                raise CrashLoop
            if not opened:
                self._kiosk.open()
        except DeviceFault as fault:
            self._say_why(fault)
        else:
            self._go_on()
            if self._past.crashed:
                self._say_restarted()

    def stop(self) -> None:
        """Close the window and the kiosk."""
        if self._window is not None:
            self._window.stop()
        self._kiosk.close()

    def _say_why(self, fault: DeviceFault) -> None:
        log.error("the kiosk cannot be opened: %s %s", fault.code, fault.key)
        window = OpeningWindow(self._kiosk, fault, self._outside, self._strings, self._size)
        window.opener.opened.connect(self._later)
        self._window = window
        window.start()

    def _say_restarted(self) -> None:
        """Whoever stood there is told what became of their work; after a while the market opens by itself."""
        navigator, fault = self.shell.ctx.navigator, restarted_fault()
        navigator.raise_fault(fault)

        def forget() -> None:
            if navigator.state.fault == fault:
                navigator.clear_fault()

        QTimer.singleShot(SAY_RESTARTED_MS, self.shell, forget)

    def _moved(self) -> None:
        shell = self.shell
        if self._kiosk.config is None and shell.ctx.navigator.state.configured:
            shell.ctx.navigator.moved.disconnect(self._moved)
            self._kiosk.reload()
            self._later()

    def _joined(self) -> None:
        """The station has joined a city: use cases and exchange are made again, with its keys."""
        if isinstance(self._window, Window):
            self._window.stop_exchange()
        self._kiosk.reload()
        self._later()

    def _later(self) -> None:
        """Not from within the signal of the shell that is about to go."""
        QTimer.singleShot(0, self._application, self._go_on)

    def _go_on(self) -> None:
        """Show first set-up or the market in place of what was shown."""
        old = self._window
        window = Window(self._kiosk, self._outside, self._strings, self._size)
        window.shell.ctx.navigator.moved.connect(self._moved)
        window.news.station_changed.connect(self._joined)
        window.shell.ctx.notices.end_wanted.connect(self._application.exit)
        if window.restart is not None:
            window.restart.due.connect(lambda: self._application.exit(Exit.AGAIN))
        self._window = window
        if old is not None:
            old.shell.stop()  # before the next one listens: each puts back the hooks that it found
        window.start()
        if old is not None:
            old.stop()  # after the next one is shown: Qt ends the program with its last window
        if self._ready is not None:
            QTimer.singleShot(0, window.shell, self._ready)
            self._ready = None


def run(
    settings: Settings,
    outside: Outside,
    *,
    size: Size | None = None,
    ready: Callable[[float], None] | None = None,
    kiosk: Kiosk | None = None,
    past: Past | None = None,
) -> int:
    """Run the kiosk until it is told to stop (SIGINT, SIGTERM, or staff).

    Args:
        settings: of this machine.
        outside: clock and randomness.
        size: of the window, made smaller when the screen is; None fills the screen.
        ready: told once the first screen can be touched, with the seconds it took.
        kiosk: one that is open already (the demo's).
        past: how the last run ended.

    Returns:
        Exit status.

    A database that cannot be used is said on the screen, until staff have mended it.
    """
    began = time.monotonic()
    application = make_application(["gig-kiosk"])
    strings = Strings(settings.language)
    size = _room(application, size)
    running = Running(
        application, kiosk or Kiosk(settings, outside, strings), outside, strings, size, past=past
    )
    notifier = Notifier()
    watchdog = Watchdog(
        notifier,
        outside.clock,
        lambda: running.shell.ctx.tasks,
        long_work=lambda: running.long_work,
        parent=application,
    )

    def end(_number: int, _frame: FrameType | None) -> None:
        application.exit(Exit.ENDED)  # quit() would ask the window first, and in kiosk mode that says no

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    tick = QTimer(application)
    tick.start(SIGNAL_TICK_MS)
    try:
        running.start(
            (lambda: ready(time.monotonic() - began)) if ready is not None else None, opened=kiosk is not None
        )
        # From within the loop: whatever is on the screen then, a fault or the market, can be touched.
        QTimer.singleShot(0, application, notifier.ready)
        watchdog.start()
        return application.exec()
    finally:
        notifier.stopping()
        watchdog.stop()
        running.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
