"""The kiosk on the screen: shell, screens, input dock and timers, put together.

The modules that only an open kiosk needs are imported where it is furnished: the first page is shown before that.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.application import Size, make_application
from kiosk.bootstrap.late import LateServices
from kiosk.ui.context import ShellOptions, make_context
from kiosk.ui.prebuild import Prebuilder
from kiosk.ui.route import AppState
from kiosk.ui.screens import all_screens, first_screens
from kiosk.ui.shell import Shell
from kiosk.ui.theme import USUAL_INCH, Panel, Theme

if TYPE_CHECKING:
    from uuid import UUID

    from kiosk.bootstrap.backlight import Backlight
    from kiosk.bootstrap.click import Click
    from kiosk.bootstrap.face import Face
    from kiosk.bootstrap.garbage import Garbage
    from kiosk.bootstrap.kiosk import Kiosk
    from kiosk.bootstrap.night import Night
    from kiosk.bootstrap.readers import Readers
    from kiosk.bootstrap.restart import NightRestart
    from kiosk.bootstrap.system import Outside
    from kiosk.services.app import Services
    from kiosk.settings import Settings
    from kiosk.sync.pump import Round
    from kiosk.sync.runner import Pace
    from kiosk.ui.context import UiContext
    from kiosk.ui.dark import Darkness
    from kiosk.ui.drafts import DraftKeeper
    from kiosk.ui.speech import ReadAloud
    from kiosk.ui.status_feed import StatusFeed
    from kiosk.ui.strings import Strings

__all__ = ["News", "Size", "Window", "make_application", "panel_of"]

SETUP_IDLE_S = 3600


def panel_of(size: Size | None, inch: float) -> Panel:
    """The panel that a window of that size (None: the whole screen) is shown on; ``inch`` is its diagonal."""
    if size is None:
        screen = QApplication.primaryScreen().size()
        size = Size(screen.width(), screen.height())
    return Panel.of(size.width, size.height, inch)


class Part(Protocol):
    """What begins and ends with the window."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End."""


class News(QObject):
    """Brings news from other threads to the screen's.

    Signals:
        round_done(str, str): a round of the exchange is through; the key of its fault, or "", and the city's reason.
        committed: something was saved.
        station_changed: the station has joined a city.
    """

    round_done = Signal(str, str)
    committed = Signal()
    station_changed = Signal()

    def tell_round(self, done: Round) -> None:
        """A round is through. Any thread."""
        self.round_done.emit(done.fault.key if done.fault is not None else "", done.reason)

    def tell_commit(self) -> None:
        """Something was saved. Any thread."""
        self.committed.emit()

    def tell_station(self) -> None:
        """The station is another one now. Any thread."""
        self.station_changed.emit()


class Window:
    """One shell over one kiosk. Made anew after first set-up, because the panel's size may be another one then."""

    def __init__(
        self,
        kiosk: Kiosk | None,
        outside: Outside,
        strings: Strings,
        size: Size | None = None,
        *,
        early: tuple[Face, Settings] | None = None,
    ) -> None:
        """Put it together.

        Args:
            kiosk: an open one; None for one that is opened behind the first page.
            outside: clock, randomness and voice.
            strings: the words.
            size: of the window; None fills the screen.
            early: without a kiosk: the first page as it was remembered, and the machine's settings. ``late`` takes the
                use cases when they are there, ``furnish`` the kiosk.
        """
        self._outside = outside
        self._strings = strings
        self._size = size
        self._kiosk: Kiosk | None = None
        self._feed: StatusFeed | None = None
        self._night: Night | None = None
        self._dark: Darkness | None = None
        self._light: Backlight | None = None
        self._click: Click | None = None
        self._drafts: DraftKeeper | None = None
        self._reader: ReadAloud | None = None
        self.restart: NightRestart | None = None
        self._readers: Readers | None = None
        self._garbage: Garbage | None = None
        self._exchanging = False
        self.news = News()
        self.late: LateServices | None = None
        if early is not None:
            face, settings = early
            self.late = LateServices(face)
            station, state = (face.idle_seconds, face.panel_inch), AppState(opened=False)
            self.shell = self._build(self.late, station, settings, state)
        else:
            assert kiosk is not None, "a window has a kiosk, or what was remembered of one"
            config = kiosk.config
            services = kiosk.services() if config is not None else None
            use_cases = services if services is not None else kiosk.setup()
            station = (
                (SETUP_IDLE_S, USUAL_INCH) if config is None else (config.idle_seconds, config.panel_inch)
            )
            state = AppState(configured=config is not None)
            self.shell = self._build(use_cases, station, kiosk.settings, state)
            self._furnish(kiosk, services)
        self.prebuilder = Prebuilder(self.shell)

    def furnish(self, kiosk: Kiosk, services: Services) -> None:
        """The kiosk behind an early window is open: what was left out is put in, and pages that wait come."""
        assert self.late is not None, "only a window that was early is furnished"
        self.late.fill(services)
        self._furnish(kiosk, services)
        self.shell.ctx.tasks.go()
        self._begin()
        self.shell.ctx.navigator.finish_opening()

    def start(self, pace: Pace | None = None) -> None:
        """Show the window and begin the exchange with the city.

        Args:
            pace: how often the exchange runs; tests make it quick.

        An early window is shown only: whoever waits for its first frame calls ``shell.listen``.
        """
        self.shell.start(listen=self._kiosk is not None)
        if self._kiosk is not None:
            self._begin(pace)

    def _begin(self, pace: Pace | None = None) -> None:
        if self._garbage is not None:
            self.prebuilder.finished.connect(self._garbage.set_aside)
        self.prebuilder.start()
        for each in self._parts:
            if each is not None:
                each.start()
        if self._feed is not None and self._kiosk is not None:
            self._feed.start()
            self._kiosk.on_commit(self.news.tell_commit)
            self._kiosk.on_station_changed(self.news.tell_station)
            self._exchanging = True
            self._kiosk.start_sync(self.news.tell_round, pace)

    def stop(self) -> None:
        """End what ``start`` began, the window last."""
        self.prebuilder.stop()
        for each in self._parts:
            if each is not None:
                each.stop()
        if self._feed is not None:
            self._feed.stop()
        if self._reader is not None:
            self._reader.close()
        self.stop_exchange()
        self.shell.leave()
        self.shell.deleteLater()

    @property
    def _parts(self) -> tuple[Part | None, ...]:
        return (
            self._night,
            self._dark,
            self._light,
            self._click,
            self._drafts,
            self.restart,
            self._readers,
            self._garbage,
        )

    @property
    def long_work(self) -> bool:
        """Whether the database lane may be busy for minutes: night work, or an old file brought up to date."""
        return self._kiosk is None or (self._night is not None and self._night.working)

    def let_go(self) -> None:
        """The station is another one now: end the exchange, and free the lines for the next window's readers."""
        self.stop_exchange()
        if self._readers is not None:
            self._readers.stop()
            self._readers = None

    def stop_exchange(self) -> None:
        """End the exchange, if this window began it and has not ended it: the next window's may run already."""
        if self._exchanging and self._kiosk is not None:
            self._exchanging = False
            self._kiosk.stop_sync()

    def _build(
        self,
        services: Any,  # noqa: ANN401 - use cases, first set-up, or what stands for them
        station: tuple[int, float],
        settings: Settings,
        state: AppState,
    ) -> Shell:
        idle_seconds, inch = station
        outside = self._outside

        def fresh() -> UUID:
            from kiosk.services.fresh import new_id

            return new_id(outside.clock, outside.entropy)

        ctx = make_context(
            services=services,
            strings=self._strings,
            theme=Theme(panel_of(self._size, inch)),
            clock=outside.clock,
            new_id=fresh,
            options=ShellOptions(
                language=settings.language, kiosk_mode=settings.kiosk_mode, idle_limit_s=idle_seconds
            ),
            state=state,
        )
        screens = first_screens(configured=state.configured)
        if not state.configured:
            from kiosk.ui.screens.wait import WaitScreen

            screens = (*screens, WaitScreen)
        shell = Shell(ctx, screens, partial(all_screens, configured=state.configured))
        if self._size is not None:
            shell.resize(self._size.width, self._size.height)
        return shell

    def _furnish(self, kiosk: Kiosk, services: Services | None) -> None:
        from kiosk.bootstrap.garbage import Garbage
        from kiosk.bootstrap.night import Night
        from kiosk.bootstrap.readers import Readers
        from kiosk.bootstrap.restart import NightRestart
        from kiosk.bootstrap.speaking import speaking
        from kiosk.devices.handwriting import DinkitRecogniser
        from kiosk.ui.dark import DarkHours, Darkness
        from kiosk.ui.drafts import DraftKeeper
        from kiosk.ui.input.dock import InputDock
        from kiosk.ui.status_feed import StatusFeed
        from kiosk.ui.unchosen import Unchosen

        self._kiosk = kiosk
        shell, ctx = self.shell, self.shell.ctx
        self._garbage = Garbage(ctx, shell, kiosk.storage.database.spare)
        ctx.gate.touched.connect(kiosk.storage.courtesy.touched)
        self._reader = speaking(shell, self._outside)
        self._click = _clicks(kiosk.settings, ctx)
        if kiosk.settings.transitions:
            from kiosk.ui.transition import Transition

            courtesy = kiosk.storage.courtesy
            Transition(shell, at_work=lambda: courtesy.at_work)
        dock = InputDock(self._strings, DinkitRecogniser(), steady=ctx.clock.monotonic, parent=shell)
        shell.set_dock(dock)
        Unchosen(ctx, shell, dock)
        if kiosk.config is not None:
            self._readers = self._listen(shell, Readers(kiosk.config, shell))
        if services is not None:
            settings = kiosk.settings
            forgetting = services.forgetting

            def forgot() -> None:
                forgetting.run()

            def at_night(today: date) -> None:
                kiosk.storage.maintain(today)
                forgetting.run()

            self._night = Night(ctx, at_night, forgot, shell)
            self._drafts = DraftKeeper(shell)
            self._dark = Darkness(ctx, DarkHours.of(settings.dark_from, settings.dark_until), shell)
            self._light = _backlight(settings, ctx, self._dark)
            if settings.kiosk_mode:  # else nobody would start it again
                self.restart = NightRestart(
                    ctx, settings.restart_hour, exchanging=lambda: kiosk.exchanging, parent=shell
                )
            self._feed = StatusFeed(ctx, services.station, shell.say_status, shell)
            self.news.round_done.connect(self._feed.set_fault)
            self.news.committed.connect(self._feed.refresh)

    def _listen(self, shell: Shell, readers: Readers) -> Readers:
        """Codes and cards of devices with lines of their own go to the screen that is shown."""
        from kiosk.ui.given import Given

        given = Given(shell)
        readers.code.connect(given.code)
        readers.card.connect(given.card)
        readers.fault.connect(given.fault)
        shell.screen_changed.connect(lambda: readers.want_card(wanted=given.card_wanted))
        return readers


def _backlight(settings: Settings, ctx: UiContext, darkness: Darkness) -> Backlight | None:
    """What switches the panel itself, if this machine says how."""
    if not settings.panel_off:
        return None
    from kiosk.bootstrap.backlight import Backlight

    light = Backlight(settings.panel_off, settings.panel_on, ctx.tasks)
    darkness.darkened.connect(light.darken)
    darkness.lightened.connect(light.lighten)
    return light


def _clicks(settings: Settings, ctx: UiContext) -> Click | None:
    """What a button sounds like under a finger, where the machine can play it."""
    from kiosk.bootstrap.click import Click, command

    words = command(settings.click)
    if not words:
        return None
    click = Click(words)
    ctx.gate.pressed.connect(click.sound)
    return click
