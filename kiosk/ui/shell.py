"""The main window: status bar, screen, navigation bar, input dock, and what lies over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kiosk.ui.area import ScreenArea
from kiosk.ui.away import Away
from kiosk.ui.behalf import BehalfSign
from kiosk.ui.bugs import Bug, BugTrap
from kiosk.ui.caller import Caller
from kiosk.ui.chrome import NavRow, StatusRow, Toast, dock_look, window_palette
from kiosk.ui.clipboard import wipe_clipboard
from kiosk.ui.context import UiContext
from kiosk.ui.cursor import Pointer
from kiosk.ui.faults import bug_fault, device_fault
from kiosk.ui.navigator import Stay
from kiosk.ui.preferences import Preferences
from kiosk.ui.route import Page, ScreenName, route_page
from kiosk.ui.screen import Screen
from kiosk.ui.shelf import Dress, Shelf
from kiosk.ui.unclaimed import say_where
from kiosk.ui.wishes import Wishes

if TYPE_CHECKING:  # it comes after the first page
    from kiosk.ui.input.dock import InputDock

#: A screen that sends the person on at once may do so a few times; more is a circle.
_MOST_REDIRECTS = 10


class Shell(QWidget):
    """Shows the screen that ``route`` names, and wipes what a visit leaves behind.

    Signals:
        screen_changed(str): another screen is shown, by name.
    """

    screen_changed = Signal(str)

    def __init__(
        self,
        ctx: UiContext,
        screens: Iterable[type[Screen]],
        more: Callable[[], Iterable[type[Screen]]] = tuple,
    ) -> None:
        """Build the window; ``start`` puts it to work.

        Args:
            ctx: see ``make_context``.
            screens: the classes of the screens; each is made when it is first shown, or by ``prebuild``.
            more: gives the others when one of them is wanted, so that a start need not import them.
        """
        super().__init__()
        self.setObjectName("shell")
        self.setAutoFillBackground(True)
        self.ctx = ctx
        self._page: Page | None = None
        self._showing = False
        self._again = False
        self._stale = False
        self._leaving = False
        self._started = self._listening = False
        self._dock: InputDock | None = None
        self._trap = BugTrap(self._bug)
        self.preferences = Preferences(ctx.strings, language=ctx.options.language, parent=self)
        self._status = StatusRow(ctx.strings, ctx.theme, self)
        self.area = ScreenArea(self)
        self.shelf = Shelf(ctx, self.area, screens, more)
        self._nav = NavRow(ctx.strings, ctx.theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._status)
        self._column.addWidget(self.area, 1)
        self._column.addWidget(self._nav)
        self._behalf = BehalfSign(ctx.strings, ctx.navigator, self._status, self._nav)
        self._caller = Caller(ctx, self._status, self._nav, lambda: self.current_screen)
        self._toast = Toast(ctx.theme, self)
        self._away = Away(ctx, self, self._dress, self._status)
        self._pointer = Pointer(ctx, self)
        self._wishes = Wishes(ctx, self._status, self.preferences, lambda: self.current_screen, self)
        self._connect()
        self._relook()

    def _connect(self) -> None:
        ctx = self.ctx
        ctx.navigator.moved.connect(self._show_state)
        ctx.navigator.visit_began.connect(ctx.gate.idle.watch)
        ctx.navigator.visit_ended.connect(self._wipe)
        ctx.navigator.visit_waits.connect(self._set_aside)
        ctx.tasks.bug.connect(self._bug)
        ctx.tasks.fault.connect(lambda error: ctx.navigator.raise_fault(device_fault(error)))
        ctx.notices.toast.connect(self._toast.say)
        self._toast.said.connect(self._place_toast)
        ctx.call.changed.connect(self._show_bars)
        ctx.strings.language_changed.connect(self._redress)
        self.preferences.look_changed.connect(self._relook)
        self._away.changed.connect(lambda: self.screen_changed.emit(self.current_name))
        ctx.gate.scanner.scanned.connect(self._scanned)
        self._nav.back_touched.connect(ctx.navigator.back)
        self._nav.home_touched.connect(lambda: ctx.navigator.go_home(done=self.current_screen.finished))

    # For the composition root.

    def set_dock(self, dock: InputDock) -> None:
        """Put the input dock at the lower edge; it shows and hides itself, and the screen gives way to it."""
        self._dock = dock
        self._column.addWidget(dock)
        dock.set_look(dock_look(self.ctx.theme))
        dock.activity.connect(self.ctx.gate.idle.note)
        if self._started:
            dock.start()

    def prebuild(self) -> bool:
        """Make one screen before it is needed, worded, sized and laid out; False when there is none left to make."""
        self.shelf.learn()
        if self._away.prebuild():
            return True
        name = self.shelf.unmade()
        if name is not None:
            self._dress(self.shelf.get(name))
        return name is not None

    def start(self, *, listen: bool = True) -> None:
        """Listen to input, catch bugs, show the first screen and the window.

        Without ``listen`` that is left to ``listen``, for the window of a start: nobody touches what is not painted,
        and with the window's first focus Qt would show its style to the filter, whose names PySide then lists for 6 ms.
        """
        if listen:
            self.listen()
        self._trap.set()
        self._started = True
        if self._dock is not None:
            self._dock.start()
        self._show_state()
        if self.ctx.options.kiosk_mode:
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            self.showFullScreen()
        else:
            self.show()

    def listen(self) -> None:
        """Look at all input from now on."""
        self._listening = True
        self._watch(on=True)

    def _watch(self, *, on: bool) -> None:
        application = QApplication.instance()
        if application is not None and self._listening:
            (application.installEventFilter if on else application.removeEventFilter)(self.ctx.gate)

    def leave(self) -> None:
        """Close the window for good (staff, or the end of the program)."""
        self._leaving = True
        self.close()

    def stop(self) -> None:
        """Undo ``start`` and wait for the tasks under way."""
        if self._page is not None:
            self.shelf.get(self._page.name).close_up()
        self._watch(on=False)
        self._listening = False
        self._trap.release()
        self._pointer.release()
        self.ctx.gate.idle.rest()
        self.ctx.gate.scanner.wipe()
        if self._dock is not None:
            self._dock.stop()
        self.ctx.tasks.close()

    @Slot(bool)
    def show_voice(self, active: bool) -> None:  # noqa: FBT001 - a slot
        """Something is read aloud, or no longer."""
        self._status.show_voice(active=active)

    def say_status(self, sentence: str) -> None:
        """Put a line about the station into the status bar (not synchronised yet: n); "" takes it away."""
        self._status.say(sentence)

    # What tests and the driver look at.

    @property
    def current_screen(self) -> Screen:
        """The screen that a person sees: the idle warning if it is up, else the routed one."""
        warning = self._away.shown
        if warning is not None:
            return warning
        page = self._page if self._page is not None else route_page(self.ctx.navigator.state)
        return self.shelf.get(page.name)

    @property
    def current_name(self) -> ScreenName:
        """Its name."""
        return self.current_screen.name

    @property
    def toast(self) -> str:
        """The short sentence that is shown just now; "" when there is none."""
        return self._toast.text()

    @property
    def nav(self) -> NavRow:
        """The bar below every screen."""
        return self._nav

    def flow_of(self, name: ScreenName) -> str:
        """The form that a screen is part of; "" for none."""
        return self.shelf.flow_of(name)

    @property
    def settled(self) -> bool:
        """No task is under way, no key held back, and a touch would be taken."""
        gate = self.ctx.gate
        return not (self.ctx.tasks.busy or gate.guarding or gate.scanner.holding or self._showing)

    @property
    def portrait(self) -> bool:
        """Whether the window is higher than wide."""
        return self.height() > self.width()

    # Qt's hooks.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overlays in place and tell the screen when the panel has turned."""
        super().resizeEvent(event)
        self._away.place()
        self._place_toast()
        self._redress()

    def changeEvent(self, event: QEvent) -> None:
        """In kiosk mode the window is full screen, whatever has made it small."""
        super().changeEvent(event)
        locked = self.ctx.options.kiosk_mode and not self._leaving and self.isVisible()
        if locked and event.type() == QEvent.Type.WindowStateChange and not self.isFullScreen():
            QTimer.singleShot(0, self, self.showFullScreen)

    def closeEvent(self, event: QCloseEvent) -> None:
        """In kiosk mode nobody closes the window from outside."""
        if self.ctx.options.kiosk_mode and not self._leaving:
            event.ignore()
            return
        self.stop()
        super().closeEvent(event)

    # Showing.

    @Slot()
    def _show_state(self) -> None:
        """Show what the state asks for; a screen may send on to another one while it is entered."""
        self._again = True
        if self._showing:
            return
        self._showing = True
        # What we show and hide ourselves is no input: a filter in Python looks at each of some hundred events.
        self._watch(on=False)
        try:
            for _ in range(_MOST_REDIRECTS):
                if not self._again:
                    break
                self._again = False
                self._show(route_page(self.ctx.navigator.state))
        finally:
            self._showing = False
            self._watch(on=True)

    def _show(self, page: Page) -> None:
        self._nav.set_back(possible=self.ctx.navigator.can_go_back)
        self._behalf.follow()
        self._caller.follow()
        staff = self.ctx.navigator.staff is not None
        self.ctx.gate.set_staff(present=staff)
        for bar in (self._status, self._nav):
            bar.show_keys(staff=staff)
        self._pointer.follow()
        if page == self._page and not self._stale:
            return
        self._stale = False
        screen = self.shelf.get(page.name)
        if self._page is not None:
            self.shelf.get(self._page.name).close_up()
            self.ctx.gate.guard()
        if screen.full_screen:
            self._toast.wipe()
        self._page = page
        self.shelf.use(page.name)
        self._dress(screen)
        self._show_bars()
        if self._dock is not None and screen.full_screen:
            self._dock.hide()
        self.area.put_on_top(screen)
        with self.ctx.tasks.opening():
            screen.open(page.params)
        if screen.confirms_below:
            self.ctx.gate.guard(confirms=True)
        self.screen_changed.emit(page.name)

    @Slot()
    def _show_bars(self) -> None:
        """A full screen has the window for itself, but for a call, and for what a fault leaves a person to do."""
        screen = self.shelf.get(self._page.name) if self._page is not None else None
        whole = screen is not None and screen.full_screen
        bars = screen is None or screen.has_bars
        self._nav.call_only(on=whole)
        self._nav.setVisible(bars)
        self._status.setVisible(bars or self.ctx.call.standing is not None)
        self._away.place()

    def _dress(self, screen: Screen) -> None:
        """For the language, look and shape of now."""
        look = (self.preferences.text_size, self.preferences.high_contrast)
        now = Dress(language=self.ctx.strings.language, look=look, portrait=self.portrait)
        self.shelf.dress(screen, now)

    @Slot()
    def _relook(self) -> None:
        """Text size or contrast is another one: the theme first, then everything that asks it."""
        theme = self.ctx.theme
        theme.set_look(self.preferences.text_size, high_contrast=self.preferences.high_contrast)
        colours = window_palette(theme)
        # Given on to every widget below, and each time some of it stays in Qt for good: only when it is another one.
        # A font is not given on at all: whatever has words takes its own from the theme.
        if colours != self.palette():
            self.setPalette(colours)
        for part in (self._status, self._nav, self._toast):
            part.retheme()
        if self._dock is not None:
            self._dock.set_look(dock_look(theme))
        self._redress()
        self._place_toast()

    @Slot()
    def _redress(self) -> None:
        self._status.retranslate()
        self._status.arrange(portrait=self.portrait)
        self._nav.retranslate()
        if self._page is not None:
            self._dress(self.shelf.get(self._page.name))
            self.area.place()
        self._away.redress()

    @Slot()
    def _place_toast(self) -> None:
        """Above whatever the dock has taken by now."""
        width = self.width() * 4 // 5
        height = max(self._toast.heightForWidth(width), self._toast.minimumSizeHint().height())
        lowest = self.area.geometry().bottom()
        self._toast.setGeometry(QRect((self.width() - width) // 2, lowest - height, width, height))

    # Faults and bugs.

    @Slot(object)
    def _bug(self, bug: Bug) -> None:
        self.ctx.navigator.raise_fault(bug_fault(bug))

    # Idle and wiping.

    @Slot()
    def _set_aside(self) -> None:
        """The person's pages and look are staff's for a while; the drafts wait in the visit, and fill them again."""
        self._wipe(Stay.BEHALF)
        self.preferences.put_by()

    @Slot(object)
    def _wipe(self, stay: Stay) -> None:
        """Nothing of this stay is left for the next person to find."""
        self.shelf.wipe(staff_too=stay in {Stay.STAFF, Stay.SETUP})
        if self._page is not None:
            self.shelf.use(self._page.name)  # it is still there, and may be given something yet
        if self._dock is not None:
            self._dock.wipe()
        self._toast.wipe()
        self.ctx.gate.scanner.wipe()
        wipe_clipboard(QGuiApplication.clipboard())
        if stay is Stay.STAFF and self.ctx.navigator.waiting:
            self.preferences.take_up()
        elif stay is not Stay.BEHALF:
            self.preferences.reset()
        self._stale = True
        if not self.ctx.navigator.attended:
            self.ctx.gate.idle.rest()

    # What people ask for around the screen.

    @Slot(str)
    def _scanned(self, code: str) -> None:
        screen = self.current_screen
        if not (screen.full_screen or screen.scanned(code)):
            say_where(self.ctx)
