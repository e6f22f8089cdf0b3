"""When the kiosk's database cannot be opened: the screen says why, and tries again when staff have mended it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.speaking import speaking
from kiosk.bootstrap.window import Size, panel_of
from kiosk.services.faults import DeviceFault
from kiosk.services.fresh import new_id
from kiosk.ui.context import ShellOptions, make_context
from kiosk.ui.faults import device_fault
from kiosk.ui.route import AppState, Fault
from kiosk.ui.screens.wait import WaitScreen
from kiosk.ui.shell import Shell
from kiosk.ui.strings import Strings
from kiosk.ui.theme import USUAL_INCH, Theme


def said(fault: DeviceFault) -> Fault:
    """What the screen says: whatever it is, staff can mend it and try again."""
    return replace(device_fault(fault), saved=None, retry=True)


class Opener(QObject):
    """What the only screen of the opening window works with.

    Signals:
        opened: the kiosk is open; the window has done its work.
    """

    opened = Signal()

    def __init__(self, kiosk: Kiosk) -> None:
        super().__init__()
        self._kiosk = kiosk

    def open(self) -> None:
        """Try again. Any thread."""
        self._kiosk.open()


class OpeningScreen(WaitScreen):
    """Tries to open the database each time it is shown, which is when the fault before it was touched away."""

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - nothing is handed over
        """Try."""
        opener: Opener = self.ctx.services
        self.ctx.tasks.run(opener.open, lambda _: opener.opened.emit(), self._failed)

    def _failed(self, error: object) -> None:
        assert isinstance(error, DeviceFault), "opening is no matter of market rules"
        self.ctx.navigator.raise_fault(said(error))


class OpeningWindow:
    """A shell that knows nothing but the fault. The same ways in and out as ``kiosk.bootstrap.window.Window``."""

    def __init__(
        self, kiosk: Kiosk, fault: DeviceFault, outside: Outside, strings: Strings, size: Size | None
    ) -> None:
        self.opener = Opener(kiosk)
        ctx = make_context(
            services=self.opener,
            strings=strings,
            theme=Theme(panel_of(size, USUAL_INCH)),
            clock=outside.clock,
            new_id=lambda: new_id(outside.clock, outside.entropy),
            options=ShellOptions(language=kiosk.settings.language, kiosk_mode=kiosk.settings.kiosk_mode),
            state=AppState(fault=said(fault)),
        )
        self.shell = Shell(ctx, (OpeningScreen,))
        self._reader = speaking(self.shell, outside)
        if size is not None:
            self.shell.resize(size.width, size.height)

    @property
    def long_work(self) -> bool:
        """An old file is brought up to date before it opens; that may take minutes."""
        return True

    def start(self) -> None:
        """Show it."""
        self.shell.start()

    def stop(self) -> None:
        """Take it away."""
        self._reader.close()
        self.shell.leave()
        self.shell.deleteLater()
