"""SIGINT and SIGTERM end the program's loop, also when they come before it has begun."""

import signal
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QTimer

#: Python handles a signal only between two of its own instructions: Qt's loop has to come back now and then.
TICK_MS = 200


class Interrupts:
    """While entered, both signals raise ``KeyboardInterrupt`` where they come, and are remembered.

    In a callback from C (SQLite's functions, Qt's slots) what is raised is lost: ``check`` raises it again.
    """

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Self:
        self._before = {each: signal.signal(each, self._raise) for each in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def check(self) -> None:
        """Raise what was raised before, if anything was.

        Raises:
            KeyboardInterrupt: somebody wants an end.
        """
        if self.asked:
            raise KeyboardInterrupt

    def _raise(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        raise KeyboardInterrupt


class Endings:
    """While entered, both signals end the application's loop with a code.

    ``exit`` says nothing to a loop that has not begun yet, so a Ctrl-C while the kiosk starts is remembered and said
    again from within the loop.
    """

    def __init__(self, application: QCoreApplication, code: int) -> None:
        self._application = application
        self._code = code
        self._asked = False
        self._tick = QTimer(application)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._say_again)

    def __enter__(self) -> Self:
        self._before = {each: signal.signal(each, self._end) for each in (signal.SIGINT, signal.SIGTERM)}
        self._tick.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tick.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True
        self._application.exit(
            self._code
        )  # quit() would ask the window first, and in kiosk mode that says no

    def _say_again(self) -> None:
        if self._asked:
            self._application.exit(self._code)
