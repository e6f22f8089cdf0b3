"""The raw limit of a cold start: a fresh process that shows an empty window, and says when it was painted."""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    """Empty."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's hook
        super().paintEvent(event)
        QTimer.singleShot(0, said)


def said() -> None:
    sys.stderr.write(f"painted {time.monotonic()} {time.process_time()}\n")
    QApplication.quit()


application = QApplication(sys.argv)
window = Window()
window.resize(1080, 1920)
window.show()
application.exec()
