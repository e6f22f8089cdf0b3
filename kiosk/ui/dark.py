"""Hours in which nobody comes: the screen is black then, and any touch makes it light at once."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QColorConstants, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.domain.calendar import SHANGHAI
from kiosk.ui.context import UiContext

LOOK_MS = 5000
#: So long after the last touch the screen goes dark (again).
REST_S = 60
_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DarkHours:
    """From one minute of the day to another one, past midnight too. Equal ends mean never."""

    begin: int = 0
    end: int = 0

    @classmethod
    def of(cls, begin: str, end: str) -> "DarkHours":
        """``21:30`` and ``03:30``; two empty texts mean never.

        Raises:
            ValueError: another form, or only one of the two.
        """
        if not begin and not end:
            return cls()
        return cls(begin=_minute(begin), end=_minute(end))

    def cover(self, minute: int) -> bool:
        """Whether the screen is dark in that minute of the day."""
        if self.begin <= self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * _HOUR + int(minute)


class Darkness(QWidget):
    """Lies black over the window in the dark hours while nobody is there. Its parent is the window.

    Signals:
        darkened: it is black now.
        lightened: it is not any more.
    """

    darkened = Signal()
    lightened = Signal()

    def __init__(self, ctx: UiContext, hours: DarkHours, parent: QWidget) -> None:
        """Make it; ``start`` puts it to work."""
        super().__init__(parent)
        self._ctx = ctx
        self._hours = hours
        self._window = parent
        self.setObjectName("darkness")
        self.hide()
        parent.installEventFilter(self)
        ctx.gate.woken.connect(self.lighten)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look at the clock, if there are dark hours at all."""
        if self._hours != DarkHours():
            self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Dark or light, by the clock and by who is there."""
        now = self._ctx.clock.now().astimezone(SHANGHAI)
        covered = self._hours.cover(now.hour * _HOUR + now.minute)
        wanted = self._ctx.navigator.attended or self._ctx.call.standing is not None
        alone = not wanted and self._ctx.gate.idle.quiet_s >= REST_S
        if not covered:
            self.lighten()
        elif alone and self.isHidden():
            self.setGeometry(self._window.rect())
            self.show()
            self.raise_()
            self._ctx.gate.sleep()
            self.darkened.emit()

    @Slot()
    def lighten(self) -> None:
        """Show again what lies below."""
        self._ctx.gate.wake()
        if not self.isHidden():
            self.hide()
            self.lightened.emit()

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._window.rect())
        return super().eventFilter(window, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Black: on most panels the least light that a program can ask for."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColorConstants.Black)
        painter.end()
