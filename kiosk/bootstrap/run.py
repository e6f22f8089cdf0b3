"""``gig-kiosk run``: this machine's kiosk, from first set-up to the last visit of the day."""

import signal
import time
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.window import Size, Window, make_application
from kiosk.settings import Settings
from kiosk.ui.strings import Strings

#: Python handles a signal only between two of its own instructions: Qt's loop has to come back now and then.
SIGNAL_TICK_MS = 200


def parse_size(text: str | None) -> Size | None:
    """``1080x1920`` as a size; None for None.

    Raises:
        ValueError: another form.
    """
    if text is None:
        return None
    width, _, height = text.lower().partition("x")
    return Size(int(width), int(height))


class Running:
    """The program while it runs: one kiosk, one window at a time."""

    def __init__(self, application: QApplication, kiosk: Kiosk, outside: Outside, strings: Strings) -> None:
        self._application = application
        self._kiosk = kiosk
        self._outside = outside
        self._strings = strings
        self._size: Size | None = None
        self._window: Window | None = None

    def show(self, size: Size | None) -> Window:
        """Show the window that fits the kiosk's state: first set-up, or the market."""
        self._size = size
        window = Window(self._kiosk, self._outside, self._strings, size)
        self._window = window
        window.shell.ctx.navigator.moved.connect(self._moved)
        window.start()
        return window

    def stop(self) -> None:
        """Close the window and the kiosk."""
        if self._window is not None:
            self._window.stop()
        self._kiosk.close()

    def _moved(self) -> None:
        window = self._window
        if window is not None and self._kiosk.config is None and window.shell.ctx.navigator.state.configured:
            self._window = None
            # Not from within the signal of the shell that is about to go.
            QTimer.singleShot(0, self._application, lambda: self._begin(window))

    def _begin(self, old: Window) -> None:
        self._kiosk.reload()
        self.show(self._size)
        old.stop()


def run(
    settings: Settings,
    outside: Outside,
    *,
    size: Size | None = None,
    ready: Callable[[float], None] | None = None,
    kiosk: Kiosk | None = None,
) -> int:
    """Run the kiosk until it is told to stop (SIGINT, SIGTERM, or staff).

    Args:
        settings: of this machine.
        outside: clock and randomness.
        size: of the window; None fills the screen.
        ready: told once the first screen can be touched, with the seconds it took.
        kiosk: one that is open already (the demo's).

    Raises:
        DeviceFault: the database cannot be used.
    """
    began = time.monotonic()
    application = make_application(["gig-kiosk"])
    strings = Strings(settings.language)
    if kiosk is None:
        kiosk = Kiosk(settings, outside, strings)
        kiosk.open()
    running = Running(application, kiosk, outside, strings)

    def end(_number: int, _frame: FrameType | None) -> None:
        application.quit()

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    tick = QTimer(application)
    tick.start(SIGNAL_TICK_MS)
    try:
        window = running.show(size)
        if ready is not None:
            QTimer.singleShot(0, window.shell, lambda: ready(time.monotonic() - began))
        return application.exec()
    finally:
        running.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
