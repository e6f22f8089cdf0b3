"""``gig-kiosk run``: this machine's kiosk, from first set-up to the last visit of the day."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from kiosk.bootstrap.application import FirstFrame, Size, make_application
from kiosk.bootstrap.endings import Endings
from kiosk.bootstrap.face import Face, face_of, read_face, write_face
from kiosk.bootstrap.notify import Notifier
from kiosk.bootstrap.status import Exit
from kiosk.bootstrap.watchdog import Watchdog
from kiosk.bootstrap.window import Window
from kiosk.services.faults import DeviceFault
from kiosk.ui.strings import Strings
from kiosk.ui.tasks import Lane
from kiosk.ui.theme import load_more_fonts

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from kiosk.bootstrap.journal import Past
    from kiosk.bootstrap.kiosk import Kiosk
    from kiosk.bootstrap.opening import OpeningWindow
    from kiosk.bootstrap.system import Outside
    from kiosk.services.app import Services
    from kiosk.settings import Settings
    from kiosk.ui.shell import Shell

log = logging.getLogger(__name__)

#: How long another thread may go on before it lets the screen's in. Python's own 5 ms are too long.
SWITCH_S = 0.0005
#: Whoever waited for the first page touches it as soon as it is there: what follows is painted before the database is
#: opened, which takes half of the interpreter for half a second.
OPEN_AFTER_MS = 40
#: So long the screen says that the kiosk has come back, when nobody touches it.
SAY_RESTARTED_MS = 60_000


class CrashLoop(DeviceFault):
    """It broke off again and again: staff are to look before it tries once more."""

    def __init__(self) -> None:
        super().__init__("fault.crash_loop", what_to_do="fault.crash_loop_do", code="K-02", retry=True)


def parse_size(text: str | None) -> Size | None:
    """``1080x1920`` as a size; None for None.

    Raises:
        ValueError: another form.
    """
    if text is None:
        return None
    width, _, height = text.lower().partition("x")
    return Size(int(width), int(height))


def fitting(size: Size | None, room: Size) -> Size | None:
    """A window of that shape that the screen has room for: the demo's panel on a developer's screen."""
    if size is None:
        return None
    scale = min(1.0, room.width / size.width, room.height / size.height)
    return Size(int(size.width * scale), int(size.height * scale))


def _room(application: QApplication, size: Size | None) -> Size | None:
    if application.platformName() == "offscreen":  # tests: no screen, room for everything
        return size
    room = application.primaryScreen().availableSize()
    return fitting(size, Size(room.width(), room.height()))


class Running:
    """The program while it runs: one kiosk, one window at a time: why it cannot open, first set-up, or the market."""

    def __init__(
        self,
        application: QApplication,
        kiosk: Kiosk | None,
        outside: Outside,
        strings: Strings,
        size: Size | None = None,
        *,
        past: Past | None = None,
    ) -> None:
        """Put it together.

        Args:
            application: ends with an exit status when staff or the night want it to.
            kiosk: what is shown; None for one that is opened behind the first page (``start_early``).
            outside: clock, randomness and voice.
            strings: the words.
            size: of the window; None fills the screen.
            past: how the last run ended.
        """
        self._application = application
        self._kiosk = kiosk
        self._outside = outside
        self._strings = strings
        self._size = size
        self._past = past
        self._window: Window | OpeningWindow | None = None
        self._by_staff = False
        self._ready: Callable[[], None] | None = None
        self._settled: Callable[[], None] | None = None

    @property
    def shell(self) -> Shell:
        """What is shown."""
        assert self._window is not None, "start() comes first"
        return self._window.shell

    @property
    def long_work(self) -> bool:
        """Whether the database lane may be busy for minutes."""
        return self._window is not None and self._window.long_work

    def start(
        self,
        ready: Callable[[], None] | None = None,
        settled: Callable[[], None] | None = None,
        *,
        opened: bool = False,
    ) -> None:
        """Open the kiosk, unless that is done, and show the window that fits.

        Args:
            ready: called once the kiosk can be used.
            settled: called once the start is behind it: the database is open.
            opened: the kiosk is open already.
        """
        self._ready, self._settled = ready, settled
        try:
            if self._past is not None and self._past.looping:
                raise CrashLoop
            if not opened:
                self._open_kiosk.open()
        except DeviceFault as fault:
            self._say_why(fault)
        else:
            self._go_on()
            if self._past is not None and self._past.crashed:
                self._say_restarted()

    def start_early(
        self,
        face: Face,
        settings: Settings,
        ready: Callable[[], None] | None = None,
        settled: Callable[[], None] | None = None,
    ) -> None:
        """Show the first page as it was remembered, then open the kiosk behind it.

        Args:
            face: what was remembered.
            settings: of the machine.
            ready: called once the first page is painted.
            settled: called once the kiosk is open, or a fault says why it is not.
        """
        self._settled = settled
        window = Window(None, self._outside, self._strings, self._size, early=(face, settings))
        self._window = window

        def painted() -> None:
            window.shell.listen()
            if ready is not None:
                ready()
            QTimer.singleShot(OPEN_AFTER_MS, window.shell, begin)

        def begin() -> None:
            # Not before: what is imported and opened there would take turns with what paints the page.
            window.shell.ctx.tasks.run(
                lambda: self._open_behind(face, settings),
                lambda services: self._opened_behind(window, services),
                self._not_opened,
                ahead=True,
            )

        window.shell.ctx.tasks.hold()
        FirstFrame(window.shell, painted)
        window.start()

    def stop(self) -> None:
        """Close the window and the kiosk."""
        if self._window is not None:
            self._window.stop()
        if self._kiosk is not None:
            self._kiosk.close()

    @property
    def _open_kiosk(self) -> Kiosk:
        assert self._kiosk is not None, "it is made before it is asked for"
        return self._kiosk

    def _open_behind(self, face: Face, settings: Settings) -> Services | None:
        """On the database lane: everything that the first page did without. None when the station is another one."""
        from kiosk.bootstrap.kiosk import Kiosk

        self._kiosk = kiosk = Kiosk(settings, self._outside, self._strings)
        kiosk.open()
        services = None
        if kiosk.config is not None:
            services = kiosk.services()
            if face != face_of(kiosk.config, services.catalogue, self._strings.words):
                services = None
        # What comes next on the GUI thread finds its modules read.
        from kiosk.ui.input import dock  # noqa: F401 - only read ahead of its use
        from kiosk.ui.screens import all_screens

        all_screens(configured=True)
        return services

    def _opened_behind(self, window: Window, services: Services | None) -> None:
        if services is None:
            self._later()
            return
        load_more_fonts()
        window.furnish(self._open_kiosk, services)
        self._listen(window)
        self._settle(window)

    def _not_opened(self, error: object) -> None:
        assert isinstance(error, DeviceFault), "opening is no matter of market rules"
        QTimer.singleShot(0, self._application, lambda: self._say_why(error))

    def _say_why(self, fault: DeviceFault) -> None:
        from kiosk.bootstrap.opening import OpeningWindow

        log.error("the kiosk cannot be opened: %s %s", fault.code, fault.key)
        window = OpeningWindow(self._open_kiosk, fault, self._outside, self._strings, self._size)
        window.opener.opened.connect(self._later)
        self._replace(window)

    def _say_restarted(self) -> None:
        """Whoever stood there is told what became of their work; after a while the market opens by itself."""
        from kiosk.ui.faults import restarted_fault

        navigator, fault = self.shell.ctx.navigator, restarted_fault()
        navigator.raise_fault(fault)

        def forget() -> None:
            if navigator.state.fault == fault:
                navigator.clear_fault()

        QTimer.singleShot(SAY_RESTARTED_MS, self.shell, forget)

    def _moved(self) -> None:
        shell, kiosk = self.shell, self._open_kiosk
        if kiosk.config is None and shell.ctx.navigator.state.configured:
            shell.ctx.navigator.moved.disconnect(self._moved)
            kiosk.reload()
            self._later()

    def _joined(self) -> None:
        """The station has joined a city, or has other devices: use cases and exchange are made again, with its keys."""
        if isinstance(self._window, Window):
            self._window.let_go()
        self._open_kiosk.reload()
        self._by_staff = True
        self._later()

    def _later(self) -> None:
        """Not from within the signal of the shell that is about to go."""
        QTimer.singleShot(0, self._application, self._go_on)

    def _go_on(self) -> None:
        """Show first set-up or the market in place of what was shown."""
        window = Window(self._open_kiosk, self._outside, self._strings, self._size)
        self._listen(window)
        before, by_staff = self._window, self._by_staff
        self._by_staff = False
        self._replace(window)
        if before is not None:
            window.shell.ctx.call.take_over(before.shell.ctx.call)
        if by_staff and before is not None:
            self._stay(before.shell, window.shell)
        self._settle(window)
        if self._ready is not None:
            QTimer.singleShot(0, window.shell, self._ready)
            self._ready = None

    def _stay(self, before: Shell, now: Shell) -> None:
        """Whoever has just changed the station is still signed in, and reads that it is saved."""
        stay, said = before.ctx.navigator.state.staff, before.toast
        if stay is not None:
            now.ctx.navigator.stay_signed_in(stay)
            now.ctx.notices.toast.emit(said)

    def _listen(self, window: Window) -> None:
        window.shell.ctx.navigator.moved.connect(self._moved)
        window.news.station_changed.connect(self._joined)
        window.shell.ctx.notices.end_wanted.connect(self._application.exit)
        if window.restart is not None:
            window.restart.due.connect(lambda: self._application.exit(Exit.AGAIN))

    def _replace(self, window: Window | OpeningWindow) -> None:
        old, self._window = self._window, window
        if old is not None:
            old.shell.stop()  # before the next one listens: each puts back the hooks that it found
        window.start()
        if old is not None:
            old.stop()  # after the next one is shown: Qt ends the program with its last window

    def _settle(self, window: Window) -> None:
        """The kiosk is open: what the next start needs is remembered, and who waits for the end of this one is told."""
        from kiosk.storage.storage import FILE_NAME as DATABASE

        kiosk = self._open_kiosk
        if kiosk.config is not None:
            catalogue = window.shell.ctx.services.catalogue
            face = face_of(kiosk.config, catalogue, self._strings.words)
            data_dir = kiosk.settings.data_dir
            window.shell.ctx.tasks.run(lambda: write_face(data_dir, DATABASE, face), lane=Lane.OUTSIDE)
        if self._settled is not None:
            self._settled()
            self._settled = None


def run(
    settings: Settings,
    outside: Outside,
    *,
    size: Size | None = None,
    ready: Callable[[float], None] | None = None,
    settled: Callable[[], None] | None = None,
    kiosk: Kiosk | None = None,
    past: Past | None = None,
) -> int:
    """Run the kiosk until it is told to stop (SIGINT, SIGTERM, or staff).

    Args:
        settings: of this machine.
        outside: clock and randomness.
        size: of the window, made smaller when the screen is; None fills the screen.
        ready: told once the first screen can be touched, with the seconds it took.
        settled: told once the database is open behind it.
        kiosk: one that is open already (the demo's).
        past: how the last run ended; after a crash the kiosk is opened first, and what happened is said.

    Returns:
        Exit status.

    A database that cannot be used is said on the screen, until staff have mended it.
    """
    began = time.monotonic()
    sys.setswitchinterval(SWITCH_S)
    clean = past is None or not (past.crashed or past.looping)
    face = read_face(settings.data_dir) if kiosk is None and clean else None
    application = make_application(["gig-kiosk"], rare=face is None)
    strings = Strings(settings.language, words=face.words if face is not None else None)
    size = _room(application, size)
    found = kiosk
    if face is None and kiosk is None:
        from kiosk.bootstrap.kiosk import Kiosk

        found = Kiosk(settings, outside, strings)
    running = Running(application, found, outside, strings, size, past=past)
    notifier = Notifier()
    watchdog = Watchdog(
        notifier,
        outside.clock,
        lambda: running.shell.ctx.tasks,
        long_work=lambda: running.long_work,
        parent=application,
    )

    def told() -> None:
        if ready is not None:
            ready(time.monotonic() - began)

    with Endings(application, Exit.ENDED):
        try:
            if face is not None:
                running.start_early(face, settings, told, settled)
            else:
                running.start(told, settled, opened=kiosk is not None)
            # From within the loop: whatever is on the screen then, a fault or the market, can be touched.
            QTimer.singleShot(0, application, notifier.ready)
            watchdog.start()
            return application.exec()
        finally:
            notifier.stopping()
            watchdog.stop()
            running.stop()
