"""``gig-kiosk run`` inside a test: the program's own windows, one after the other, and a hand before them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.journal import Past
from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.opening import OpeningScreen
from kiosk.bootstrap.run import Running
from kiosk.bootstrap.system import SystemClock, SystemEntropy
from kiosk.bootstrap.window import Size
from kiosk.services.ports import Clock
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.e2e.market import PORTRAIT
from tests.kiosk_fixture import settings_in


class Program:
    """Built by ``program``; see there."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        size: Size = PORTRAIT,
        past: Past | None = None,
    ) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication), "the qapp fixture comes first"
        outside = Outside(clock=clock or SystemClock(), entropy=SystemEntropy())
        self.strings = Strings(strict=True)
        self.kiosk = Kiosk(settings_in(folder), outside, self.strings)
        self.running = Running(application, self.kiosk, outside, self.strings, size, past=past)

    @property
    def hand(self) -> Driver:
        """A hand before the window that is shown now."""
        return Driver(self.running.shell, timeout=15)

    def start(self) -> Driver:
        """Start the program."""
        self.running.start()
        return self.hand

    def wait_for(self, screen: str) -> Driver:
        """Wait for a screen that another window of the program shows; a hand before that one."""

        def there() -> bool:
            shown = self.running.shell.current_screen
            return shown.name == screen and not isinstance(shown, OpeningScreen)

        self.hand.wait(there, f"no window shows {screen!r}")
        hand = self.hand
        hand.wait_screen(screen)
        return hand


@contextmanager
def program(
    folder: Path, *, clock: Clock | None = None, size: Size = PORTRAIT, past: Past | None = None
) -> Iterator[Program]:
    """A program that is ended in the end; everything it keeps is in ``folder``."""
    running = Program(folder, clock=clock, size=size, past=past)
    try:
        yield running
    finally:
        running.running.stop()
