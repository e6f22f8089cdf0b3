"""Makes screens before anybody wants them, one at a time, while nobody stands at the kiosk."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.ui.shell import Shell

#: After the first page is on the screen, and between two screens, so that a touch comes through at once.
FIRST_MS, NEXT_MS = 300, 20


class Prebuilder(QObject):
    """The first change to each screen is as quick as the second.

    Signals:
        finished: all of them are made.
    """

    finished = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_MS)
        self._timer.timeout.connect(self._next)

    @property
    def working(self) -> bool:
        """Whether there is anything left to make."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin in a moment."""
        self._timer.start()

    def stop(self) -> None:
        """End; what is not made yet is made when it is first shown."""
        self._timer.stop()

    @Slot()
    def _next(self) -> None:
        """One screen, unless somebody has come: then all the time is theirs."""
        if self._shell.ctx.navigator.attended:
            return
        self._timer.setInterval(NEXT_MS)
        if not self._shell.prebuild():
            self._timer.stop()
            self.finished.emit()
