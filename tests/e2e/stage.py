"""A kiosk to walk through: a real one in a folder, with a market morning in it, and a quick hand in front of it.

Everything that could make two pictures differ is held still: the clock stands at 05:30, and the dice are loaded.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.window import Size, Window
from kiosk.domain.records import Listing
from kiosk.services.app import Services
from kiosk.services.ports import Clock
from kiosk.ui.input.dock import InputDock
from kiosk.ui.input.wish import is_text_field
from kiosk.ui.preferences import DEFAULT_SIZE, TextSize
from kiosk.ui.shell import Shell
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.fakes import FakeClock
from tests.kiosk_fixture import PIN, settings_in, setup_form

SEED = 1
PORTRAIT, LANDSCAPE = Size(1080, 1920), Size(1920, 1080)


class LoadedDice:
    """The same numbers every time. Implements ``kiosk.services.ports.Entropy``."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = Random(seed)

    def token_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the window is looked at."""

    size: Size = PORTRAIT
    text: TextSize = DEFAULT_SIZE
    language: str = "zh_CN"
    contrast: bool = False


USUAL = Look()


class Stage:
    """One kiosk, its window, and a hand that never waits for the guard after a change of screens.

    Attributes:
        kiosk: the kiosk.
        clock: its clock, standing still.
        window: the composed window.
        hand: the driver.
    """

    def __init__(
        self, kiosk: Kiosk, clock: FakeClock, strings: Strings, size: Size, hand: type[Driver] = Driver
    ) -> None:
        self.kiosk = kiosk
        self.clock = clock
        self.strings = strings
        self.window = Window(kiosk, _outside(clock), strings, size)
        self.hand = hand(self.window.shell)
        self.shell.screen_changed.connect(self._ready)
        self.window.start()
        self._ready()

    @property
    def shell(self) -> Shell:
        """The main window."""
        return self.window.shell

    @property
    def services(self) -> Services:
        """The use cases, as the screens have them."""
        services: Services = self.shell.ctx.services
        return services

    @property
    def dock(self) -> InputDock:
        """The input dock."""
        dock: InputDock = self.shell.findChild(InputDock)
        return dock

    def word(self, key: str, **params: str | int) -> str:
        """The words behind a key: what the hand looks for, in whatever language is shown."""
        return self.strings.text(key, **params)

    def tap(self, key: str, **params: str | int) -> None:
        """Touch the thing with the words behind a key."""
        self.hand.tap(self.word(key, **params))

    def trade(self, code: str) -> str:
        """Name of a trade or category, as it is shown."""
        return self.services.catalogue.trade_name(code, self.strings.language)

    def region(self, code: str) -> str:
        """Name of a region, as it is shown."""
        return self.services.catalogue.region_name(code, self.strings.language)

    def begin(self) -> None:
        """A new person in front of the first page."""
        navigator = self.shell.ctx.navigator
        navigator.clear_fault()
        navigator.leave_all()
        self.hand.wait_screen("welcome")

    def sign_in(self) -> None:
        """Staff sign in by number and PIN, as they do."""
        self.begin()
        self.tap("welcome.staff")
        self.hand.wait_screen("staff_sign_in")
        self.hand.type("staff_number", "1")
        self.hand.type("pin", PIN)
        self.tap("staff.sign_in")
        self.hand.wait_screen("staff")

    def dress(self, look: Look) -> None:
        """Turn the panel, change text size, contrast and language, on the spot."""
        size, shell = look.size, self.shell
        if (shell.width(), shell.height()) != (size.width, size.height):
            shell.resize(size.width, size.height)
        shell.preferences.set_look(look.text, high_contrast=look.contrast)
        self.strings.set_language(look.language)
        self.rest()

    def rest(self) -> None:
        """Wait until everything has come, and the dock has gone if nobody writes."""
        self.hand.settle()
        self.hand.wait(
            lambda: self.dock.isHidden() or is_text_field(QApplication.focusWidget()),
            "the dock stays open without a field",
        )
        self.hand.wait_bare()

    def draw(self, widget: QWidget, strokes: tuple[tuple[tuple[float, float], ...], ...]) -> None:
        """Write on a sheet: strokes of points in shares of its sides."""
        handle, none = self.shell.windowHandle(), Qt.KeyboardModifier.NoModifier
        for stroke in strokes:
            points = [
                widget.mapTo(self.shell, QPoint(round(x * widget.width()), round(y * widget.height())))
                for x, y in stroke
            ]
            QTest.mousePress(handle, Qt.MouseButton.LeftButton, none, points[0])
            for point in points[1:]:
                QTest.mouseMove(handle, point)
                QApplication.processEvents()
            QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, none, points[-1])
            QApplication.processEvents()

    def listings(self, fits: Callable[[Listing], bool]) -> tuple[Listing, ...]:
        """Listings that can be seen at this kiosk and fit, newest first."""
        from kiosk.services.ports import ListingQuery

        page = self.services.listings.search(ListingQuery(), None, 500)
        return tuple(each for each in page.rows if fits(each))

    def leased(self, listing_id: UUID) -> bool:
        """Whether this kiosk may confirm a place of a listing."""
        with self.kiosk.storage.unit_of_work() as uow:
            lease = uow.lease(listing_id, self.services.context.kiosk)
        return lease is not None and lease.free > 0

    def close(self) -> None:
        """End of the walk."""
        self.window.stop()
        self.kiosk.close()

    def _ready(self) -> None:
        self.shell.ctx.gate.lift_guard()


def _outside(clock: Clock) -> Outside:
    return Outside(clock=clock, entropy=LoadedDice())


@contextmanager
def stage(
    folder: Path,
    *,
    configured: bool = True,
    morning: bool = True,
    size: Size = PORTRAIT,
    hand: type[Driver] = Driver,
    words: type[Strings] = Strings,
) -> Iterator[Stage]:
    """A kiosk in a folder; ``QApplication`` with our typeface exists already.

    Args:
        folder: of the test.
        configured: whether first set-up is through.
        morning: whether the market has begun.
        size: of the window.
        hand: who touches it.
        words: the catalogue.
    """
    clock, strings = FakeClock(), words(strict=True)
    kiosk = furnished(folder, clock, strings, configured=configured, morning=morning)
    stood = Stage(kiosk, clock, strings, size, hand)
    try:
        yield stood
    finally:
        stood.close()
        QApplication.processEvents()


def furnished(
    folder: Path, clock: Clock, strings: Strings, *, configured: bool = True, morning: bool = True
) -> Kiosk:
    """An open kiosk without a window; close it in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    kiosk = Kiosk(settings_in(folder), _outside(clock), strings)
    kiosk.open()
    if configured and kiosk.config is None:
        kiosk.setup().finish(setup_form())
        kiosk.reload()
        if morning:
            _open_market(kiosk, clock)
    return kiosk


def _open_market(kiosk: Kiosk, clock: Clock) -> None:
    """The demo's seeded morning, as far as it happened at this kiosk."""
    # The demo knows the city's gateway; a kiosk that is only walked through should not carry it in its memory.
    from kiosk.bootstrap.demo import fill, own_seal
    from kiosk.bootstrap.demo_city import morning_of

    fill(kiosk, morning_of(SEED, clock.now(), kiosk.rules, own_seal(kiosk.services().context.sealer)))
