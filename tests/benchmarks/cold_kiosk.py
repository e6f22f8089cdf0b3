"""A cold start: ``gig-kiosk run`` in a fresh process, and a person who touches the first page as soon as it is there.

The program runs as it is. Its first frame is noted when it says that it is ready; in that very moment a finger
goes down on 找活干 and up again, and the next page's first frame is noted. Then this waits until everything that was
asked of the database is painted, too.
"""

import sys
import time
from typing import TextIO

from kiosk.__main__ import main


def note(what: str) -> None:
    sys.stderr.write(f"{what} {time.monotonic()} {time.process_time()}\n")


class Ears:
    """Listens to what the program says."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        if text.startswith("ready"):
            note("painted")
            touch()
        return self._out.write(text)

    def flush(self) -> None:
        self._out.flush()


def touch() -> None:
    """Touch, through the window system's own way in."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    from kiosk.bootstrap.application import FirstFrame
    from kiosk.ui.screens.welcome.welcome import WelcomeScreen

    window = shell()
    page = window.current_screen
    assert isinstance(page, WelcomeScreen)
    button = page.find_work
    middle = button.mapTo(window, QPoint(button.width() // 2, button.height() // 2))
    handle = window.windowHandle()
    for act in (QTest.mousePress, QTest.mouseRelease):
        act(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert window.current_name == "trades", f"the touch was not taken: {window.current_name}"
    FirstFrame(window.current_screen, answered)


def answered() -> None:
    note("answered")
    wait()


def wait() -> None:
    """Look again in every turn of the event loop until everything is there."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    window = shell()
    if not window.settled or not window.ctx.navigator.state.opened:
        QTimer.singleShot(1, window, wait)
        return
    QApplication.processEvents()  # what came last is painted
    note("filled")
    QTimer.singleShot(0, QApplication.quit)


def shell():
    from PySide6.QtWidgets import QApplication

    from kiosk.ui.shell import Shell

    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, Shell))


if __name__ == "__main__":
    sys.stdout = Ears(sys.stdout)
    sys.exit(main(["--data-dir", sys.argv[1], "run", "--size", "1080x1920"]))
