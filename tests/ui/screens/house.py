"""A market hall for tests of screens: a real kiosk in a folder, its window, a hand, and people of before."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.kiosk import Kiosk
from kiosk.domain.calendar import local_date
from kiosk.domain.records import Listing, WorkerTrade
from kiosk.services.app import Services
from kiosk.services.context import SELF, staff_actor
from kiosk.services.employers import EmployerForm
from kiosk.services.listings import ListingForm
from kiosk.services.placements import Applied
from kiosk.services.workers import Registered, WorkerForm
from kiosk.ui.context import ShellOptions, make_context
from kiosk.ui.input.dock import InputDock
from kiosk.ui.input.recogniser import NoRecogniser
from kiosk.ui.preferences import TextSize
from kiosk.ui.screen import Screen
from kiosk.ui.screens import all_screens
from kiosk.ui.shell import Shell
from kiosk.ui.strings import Strings
from kiosk.ui.theme import Panel, Theme
from tests.e2e.driver import Driver
from tests.fakes import CountingIds, FakeClock
from tests.kiosk_fixture import open_kiosk
from tests.ui.measure import faults

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
INCH = 21.5
STAFF = staff_actor(UUID(int=7))


class House:
    """One kiosk with a window; ``close`` it in the end."""

    def __init__(self, folder: Path, clock: FakeClock, *, size: tuple[int, int] = PORTRAIT) -> None:
        self.clock = clock
        self.strings = Strings(strict=True)
        self.kiosk: Kiosk = open_kiosk(folder, clock, self.strings)
        self.services: Services = self.kiosk.services()
        self.employers = 0
        ctx = make_context(
            services=self.services,
            strings=self.strings,
            theme=Theme(Panel.of(*size, INCH)),
            clock=clock,
            new_id=CountingIds(),
            options=ShellOptions(guard_ms=0),
        )
        self.shell = Shell(ctx, all_screens(configured=True))
        self.shell.set_dock(InputDock(self.strings, NoRecogniser(), parent=self.shell))
        self.shell.resize(*size)
        self.hand = Driver(self.shell)
        self.marks: list[str] = []

    def start(self) -> Driver:
        """Show the first page."""
        self.shell.start()
        self.hand.wait_screen("welcome")
        return self.hand

    def dress(self, language: str, size: TextSize, *, high_contrast: bool = False) -> None:
        """Another language and text size, as a person would ask for them."""
        _ = self.shell.ctx.visit
        self.strings.set_language(language)
        preferences = self.shell.preferences
        while preferences.text_size is not size:
            preferences.next_size()
        if high_contrast:
            preferences.toggle_contrast()

    def close(self) -> None:
        """The end of the day."""
        self.shell.leave()
        self.shell.deleteLater()
        QApplication.sendPostedEvents(self.shell, QEvent.Type.DeferredDelete.value)
        self.kiosk.close()

    @property
    def today(self) -> date:
        """The date at the market."""
        return local_date(self.clock.now())

    @property
    def screen(self) -> Screen:
        """The screen that is shown."""
        return self.shell.current_screen

    def text(self, key: str, **params: str | int) -> str:
        """A sentence of the catalogue."""
        return self.strings.text(key, **params)

    def tap(self, key: str) -> None:
        """Touch what has that sentence, as slowly as a hand: the dock has gone by then."""
        self.calm()
        self.hand.tap(self.text(key))

    def calm(self) -> None:
        """Wait until the dock has closed behind a field that was left, and the screen has taken its place."""
        self.hand.settle()
        self.hand.wait(lambda: not self.dock_stays, "the dock stays open without a field")
        QApplication.processEvents()

    def measure(self) -> None:
        """Note what a hand or an eye would trip over on this screen."""
        self.calm()
        QApplication.processEvents()  # words that came with the last answer are laid out, and their rows spread
        QApplication.processEvents()
        self.marks += [f"{self.screen.name}: {fault}" for fault in faults(self.screen, self.shell.ctx.theme)]

    @property
    def dock_stays(self) -> bool:
        """Whether the dock is still shown for a field that nobody writes in any more."""
        dock = self.shell.findChild(InputDock)
        focus = self.shell.focusWidget()
        inside = focus is not None and self.screen.isAncestorOf(focus) and focus.inherits("QLineEdit")
        return dock is not None and dock.isVisible() and not inside

    def show_card(self, phone: str = "13806311111", *, typed: bool = False) -> None:
        """Prove who one is: the worker's card to the scanner, and the last four digits.

        Who has ``typed`` the whole number in this visit is not asked for them.
        """
        worker = self.services.workers.find(phone)[0]
        self.hand.scan(self.services.printing.of(worker.id)[0].content.qr)
        if typed:
            self.hand.wait(lambda: self.hand.screen not in {"identify", "tail"}, "four digits are asked for")
            return
        self.hand.wait_screen("tail")
        self.hand.type("tail", phone[-4:])
        self.tap("common.next")

    # What happened before.

    def listing(self, **changes: object) -> Listing:
        """A published listing of a household; one place, a day's removal work, unless told otherwise."""
        self.employers += 1
        self.clock.advance(1)  # so that the newest is the last one
        phone = f"1390631{self.employers:04d}"
        employer = self.services.employers.register(EmployerForm(name="曲红梅", phone=phone), STAFF)
        form = ListingForm(
            trade="by-banyun",
            title="搬家，两车东西",
            headcount="1",
            pay="260",
            date_from=self.today,
            date_to=self.today,
            start_minute=8 * 60,
            end_minute=17 * 60,
            region="371002",
            address="海滨路12号",
            meeting_place="小区北门",
            contact_name="曲红梅",
            contact_phone=phone,
        )
        posted = self.services.listings.post(employer.id, replace(form, **changes), STAFF).listing
        return self.services.listings.review(posted.id, approve=True, reason="", actor=STAFF)

    def worker(self, name: str = "于海", phone: str = "13806311111", **changes: object) -> Registered:
        """A registered worker."""
        form = WorkerForm(name=name, phone=phone, consent=True, trades=(WorkerTrade(trade="by-banyun"),))
        return self.services.workers.register(replace(form, **changes), SELF)

    def apply(self, worker: Registered, listing: Listing) -> Applied:
        """The worker took the place."""
        return self.services.placements.apply(worker.worker.id, listing.id, SELF)


def copy_of(template: Path, folder: Path) -> Path:
    """A set-up kiosk's folder, without setting it up again."""
    return Path(shutil.copytree(template, folder / f"kiosk-{uuid4().hex}"))
