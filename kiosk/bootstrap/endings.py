"""SIGINT and SIGTERM end the program's loop, also when they come before it has begun."""

import signal
from abc import ABC, abstractmethod
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QTimer

#: Python handles a signal only between two of its own instructions: Qt's loop has to come back now and then.
TICK_MS = 200


class _Heard(ABC):
    """While entered, both signals come to ``_heard``; afterwards they do again what they did before."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Self:
        self._before = {each: signal.signal(each, self._heard) for each in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        self._end()

    @abstractmethod
    def _end(self) -> None:
        """End what is under way."""


class Interrupts(_Heard):
    """While entered, both signals raise ``KeyboardInterrupt`` where they come, and are remembered.

    In a callback from C (SQLite's functions, Qt's slots) what is raised is lost: ``check`` raises it again.
    """

    def check(self) -> None:
        """Raise what was raised before, if anything was.

        Raises:
            KeyboardInterrupt: somebody wants an end.
        """
        if self.asked:
            self._end()

    def _end(self) -> None:
        raise KeyboardInterrupt


class Endings(_Heard):
    """While entered, both signals end the application's loop with a code.

    ``exit`` says nothing to a loop that has not begun yet, so a Ctrl-C while the kiosk starts is remembered and said
    again from within the loop.
    """

    def __init__(self, application: QCoreApplication, code: int) -> None:
        super().__init__()
        self._application = application
        self._code = code
        self._tick = QTimer(application)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._say_again)

    def __enter__(self) -> Self:
        self._tick.start()
        return super().__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tick.stop()
        super().__exit__(kind, error, trace)

    def _end(self) -> None:
        # quit() would ask the window first, and in kiosk mode that says no
        self._application.exit(self._code)

    def _say_again(self) -> None:
        if self.asked:
            self._end()
