"""A cold start: ``gig-kiosk run`` in a fresh process; says when its first screen was painted with everything on it.

The program runs as it is. When it says that it is ready, this waits until the newest listings have come and are
painted, and until a touch would be taken; only then is the time told.
"""

import sys
import time
from typing import TextIO

from kiosk.__main__ import main


class Ears:
    """Listens to what the program says."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        if text.startswith("ready"):
            wait()
        return self._out.write(text)

    def flush(self) -> None:
        self._out.flush()


def wait() -> None:
    """Look again in every turn of the event loop until everything is there."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from kiosk.ui.shell import Shell

    shell = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Shell))
    if not shell.settled:
        QTimer.singleShot(0, shell, wait)
        return
    QApplication.processEvents()  # what came last is painted
    sys.stderr.write(f"painted {time.monotonic()}\n")
    QTimer.singleShot(0, QApplication.quit)


sys.stdout = Ears(sys.stdout)  # type: ignore[assignment]  # all that the program uses of it
sys.exit(main(["--data-dir", sys.argv[1], "run", "--size", "1080x1920"]))
