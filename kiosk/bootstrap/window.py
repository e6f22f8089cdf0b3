"""The kiosk on the screen: application, shell, screens, input dock and timers, put together."""

import os
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.night import Night
from kiosk.bootstrap.readers import Readers
from kiosk.bootstrap.restart import NightRestart
from kiosk.devices.handwriting import DinkitRecogniser
from kiosk.services.context import new_id
from kiosk.sync.pump import Round
from kiosk.sync.runner import Pace
from kiosk.ui.context import ShellOptions, make_context
from kiosk.ui.dark import DarkHours, Darkness
from kiosk.ui.drafts import DraftKeeper
from kiosk.ui.given import Given
from kiosk.ui.input import InputDock
from kiosk.ui.prebuild import Prebuilder
from kiosk.ui.route import AppState
from kiosk.ui.screens import all_screens, first_screens
from kiosk.ui.screens.wait import WaitScreen
from kiosk.ui.shell import Shell
from kiosk.ui.speech import ReadAloud, SystemVoice
from kiosk.ui.status_feed import StatusFeed
from kiosk.ui.strings import Strings
from kiosk.ui.theme import USUAL_INCH, Panel, Theme, load_fonts

SETUP_IDLE_S = 3600


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of the window."""

    width: int
    height: int


def panel_of(size: Size | None, inch: float) -> Panel:
    """The panel that a window of that size (None: the whole screen) is shown on; ``inch`` is its diagonal."""
    if size is None:
        screen = QApplication.primaryScreen().size()
        size = Size(screen.width(), screen.height())
    return Panel.of(size.width, size.height, inch)


class News(QObject):
    """Brings news from other threads to the screen's.

    Signals:
        round_done(str): a round of the exchange is through; the key of its fault, or "".
        committed: something was saved.
        station_changed: the station has joined a city.
    """

    round_done = Signal(str)
    committed = Signal()
    station_changed = Signal()

    def tell_round(self, done: Round) -> None:
        """A round is through. Any thread."""
        self.round_done.emit(done.fault.key if done.fault is not None else "")

    def tell_commit(self) -> None:
        """Something was saved. Any thread."""
        self.committed.emit()

    def tell_station(self) -> None:
        """The station is another one now. Any thread."""
        self.station_changed.emit()


def make_application(arguments: list[str]) -> QApplication:
    """The one QApplication, with our typeface; its environment is set before Qt looks at it."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(arguments)
    application.setApplicationName("gig-kiosk")
    application.setStyle("Fusion")
    load_fonts()
    return application


class Window:
    """One shell over one kiosk. Made anew after first set-up, because the panel's size may be another one then."""

    def __init__(self, kiosk: Kiosk, outside: Outside, strings: Strings, size: Size | None = None) -> None:
        self._kiosk = kiosk
        self._outside = outside
        self._strings = strings
        self._size = size
        self.news = News()
        self._feed: StatusFeed | None = None
        self._night: Night | None = None
        self._dark: Darkness | None = None
        self._drafts: DraftKeeper | None = None
        self.restart: NightRestart | None = None
        self._readers: Readers | None = None
        self._exchanging = False
        self._voice = SystemVoice()
        self.shell = self._build()
        self.prebuilder = Prebuilder(self.shell)

    def start(self, pace: Pace | None = None) -> None:
        """Show the window and begin the exchange with the city.

        Args:
            pace: how often the exchange runs; tests make it quick.
        """
        self.shell.start()
        self.prebuilder.start()
        for each in (self._night, self._dark, self._drafts, self.restart, self._readers):
            if each is not None:
                each.start()
        if self._feed is not None:
            self._feed.start()
            self._kiosk.on_commit(self.news.tell_commit)
            self._kiosk.on_station_changed(self.news.tell_station)
            self._exchanging = True
            self._kiosk.start_sync(self.news.tell_round, pace)

    def stop(self) -> None:
        """End what ``start`` began, the window last."""
        self.prebuilder.stop()
        for each in (self._night, self._dark, self._drafts, self.restart, self._readers):
            if each is not None:
                each.stop()
        if self._feed is not None:
            self._feed.stop()
        self.stop_exchange()
        self.shell.leave()
        self.shell.deleteLater()

    @property
    def long_work(self) -> bool:
        """Whether the database lane may be busy for minutes."""
        return self._night is not None and self._night.working

    def stop_exchange(self) -> None:
        """End the exchange, if this window began it and has not ended it: the next window's may run already."""
        if self._exchanging:
            self._exchanging = False
            self._kiosk.stop_sync()

    def _build(self) -> Shell:
        config, settings = self._kiosk.config, self._kiosk.settings
        services = self._kiosk.services() if config is not None else None
        options = ShellOptions(
            language=settings.language,
            kiosk_mode=settings.kiosk_mode,
            idle_limit_s=config.idle_seconds if config is not None else SETUP_IDLE_S,
        )
        ctx = make_context(
            services=services if services is not None else self._kiosk.setup(),
            strings=self._strings,
            theme=Theme(panel_of(self._size, config.panel_inch if config is not None else USUAL_INCH)),
            clock=self._outside.clock,
            new_id=lambda: new_id(self._outside.clock, self._outside.entropy),
            options=options,
            state=AppState(configured=config is not None),
        )
        configured = config is not None
        screens = first_screens(configured=configured)
        more = partial(all_screens, configured=configured)
        shell = Shell(ctx, screens if configured else (*screens, WaitScreen), more)
        self._speak(shell)
        shell.set_dock(InputDock(self._strings, DinkitRecogniser(), parent=shell))
        if self._size is not None:
            shell.resize(self._size.width, self._size.height)
        if config is not None:
            self._readers = self._listen(shell, Readers(config, shell))
        if services is not None:
            self._night = Night(ctx, self._kiosk.storage.maintain, shell)
            self._drafts = DraftKeeper(shell)
            self._dark = Darkness(ctx, DarkHours.of(settings.dark_from, settings.dark_until), shell)
            if settings.kiosk_mode:  # else nobody would start it again
                self.restart = NightRestart(
                    ctx, settings.restart_hour, exchanging=lambda: self._kiosk.exchanging, parent=shell
                )
            self._feed = StatusFeed(ctx, services.station, shell.say_status, shell)
            self.news.round_done.connect(self._feed.set_fault)
            self.news.committed.connect(self._feed.refresh)
        return shell

    def _listen(self, shell: Shell, readers: Readers) -> Readers:
        """Codes and cards of devices with lines of their own go to the screen that is shown."""
        given = Given(shell)
        readers.code.connect(given.code)
        readers.card.connect(given.card)
        readers.fault.connect(given.fault)
        shell.screen_changed.connect(lambda: readers.want_card(wanted=given.card_wanted))
        return readers

    def _speak(self, shell: Shell) -> None:
        """读给我听: this screen aloud; a second touch, another screen or the end of the visit is silence."""
        reader = ReadAloud(self._voice, shell)
        ctx = shell.ctx
        ctx.notices.read_aloud.connect(lambda sentences: reader.read(sentences, ctx.strings.language))

        def explain() -> None:
            """Only who has asked to hear something misses it: the countdown is read aloud uncalled."""
            if not shell.current_screen.full_screen:
                ctx.notices.toast.emit(ctx.strings.text("common.toast.no_voice"))

        reader.unheard.connect(explain)
        shell.screen_changed.connect(reader.stop)
