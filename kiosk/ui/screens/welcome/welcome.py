"""The first page: what it is, what it costs (nothing), the ways on, and the newest listings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout

from kiosk.ui.components.card_grid import CardGrid
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.frames import Banner
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.text import Text

if TYPE_CHECKING:  # the first page is shown before there are records
    from kiosk.domain.records import Listing
    from kiosk.services.ports import Page as Rows
    from kiosk.ui.screens.welcome.band import StandingBand
    from kiosk.ui.screens.welcome.standing import Standing
    from kiosk.ui.widgets.states import PlaceNote

#: Cards shown at once, how many listings take turns, and how often while nobody is there.
CARDS, NEWEST, TURN_MS = 3, 12, 8000
#: The staff's way in: small, and still a finger's.
SMALL_MM = 16.0

#: Tile, its icon, and the screen it leads to; the words are ``welcome.<tile>``. The first two in a row of their own.
WAYS = (
    ("hire", "hire", "hire_kind"),
    ("register", "register", "register_consent"),
    ("wanted", "people", "wanted_list"),
    ("mine", "mine", "mine"),
    ("scan", "scan", "scan"),
    ("policy", "policy", "policies"),
)
FIRST_ROW = 2


class WelcomeScreen(Page):
    """零工驿站."""

    name = "welcome"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._newest: tuple[Listing, ...] = ()
        self._visible: tuple[Listing, ...] = ()
        #: Which of the newest stands first.
        self._first = 0
        self._count: int | None = None
        self.free = Banner(self.theme, "good", lasting=True)
        self.find_work = BigButton(self.theme, Kind.ACTION, icon_name="work", upright=True, role=Role.HERO)
        self.find_work.clicked.connect(self._find)
        self._tiles = [
            BigButton(self.theme, Kind.PLAIN, icon_name=icon_name, upright=True, role=Role.LEAD)
            for _, icon_name, _ in WAYS
        ]
        for tile in self._tiles:
            tile.clicked.connect(self._go)
        for tile in (self.find_work, *self._tiles):
            tile.keep_face()
        for tile in self._tiles[FIRST_ROW:]:
            tile.stand_with(self._tiles[FIRST_ROW:])
        self._ways = TileGrid(self.theme, FIRST_ROW)
        self._ways.set_tiles(self._tiles[:FIRST_ROW])
        self._more_ways = TileGrid(self.theme, len(WAYS) - FIRST_ROW)
        self._more_ways.set_tiles(self._tiles[FIRST_ROW:])
        self._heading = Text(self.theme, Role.LEAD, bold=True)
        self._cards = [ListingCard(self.theme) for _ in range(CARDS)]
        for card in self._cards:
            card.clicked.connect(self._card_touched)
        self._list = CardGrid(self.theme, self._cards)
        self._list.fits_changed.connect(self._show_turn)
        self._nothing: PlaceNote | None = None
        self._stands: Standing | None = None
        self._whose: str | None = None
        self._band: StandingBand | None = None
        self.staff = BigButton(self.theme, Kind.QUIET, icon_name="key", role=Role.SMALL, height_mm=SMALL_MM)
        self.staff.clicked.connect(self._staff)
        self._place()
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self.turn)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.free)
        self._left = QVBoxLayout()
        self._left.addWidget(self.find_work, 4)
        self._left.addWidget(self._ways, 3)
        self._left.addWidget(self._more_ways, 3)
        news = QHBoxLayout()
        news.addWidget(self._heading, 1)
        news.addWidget(self.staff)
        self._right = QVBoxLayout()
        self._right.addLayout(news)
        self._right.addWidget(self._list, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.addLayout(self._left, 10)
        self._halves.addLayout(self._right, 11)
        self._head = head
        self.column.insertLayout(0, head)
        self.body.addLayout(self._halves, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - nothing is handed over
        """Ask what is new."""
        self.clear_errors()
        self._first = 0
        self._look_what_stands()
        self._load()

    def showEvent(self, event: QShowEvent) -> None:
        """Cards turn while the page can be seen."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing turns behind other screens, or once the window is gone."""
        super().hideEvent(event)
        self._timer.stop()

    def arrange(self, *, portrait: bool) -> None:
        """The newest below the ways, or beside them."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        gap = self.theme.px(4)
        self._left.setSpacing(gap)
        self._right.setSpacing(gap)
        self._halves.setSpacing(self.theme.px(6))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.title.setText(self.ctx.services.station.config.name)
        self.free.say(self.text("welcome.free"))
        self._show_standing()
        self._say_count()
        for tile, (key, _, _) in zip(self._tiles, WAYS, strict=True):
            tile.say(self.text(f"welcome.{key}"), self.text(f"welcome.{key}_note"))
        self._heading.setText(self.text("welcome.newest"))
        self.staff.say(self.text("welcome.staff"))
        self._show_turn()

    def wipe(self) -> None:
        """Forget the visit; whose place it is is said to the next person, too."""
        super().wipe()
        self._stands, self._whose = None, None
        self._show_standing()
        self.title.setText(self.ctx.services.station.config.name)

    def scanned(self, code: str) -> bool:
        """A slip leads straight to what it is about."""
        from kiosk.ui.screens.welcome.follow import scan_and_follow

        scan_and_follow(self, code, self._set_out)
        return True

    @Slot()
    def turn(self) -> None:
        """Show the next ones, only while nobody is there: nothing changes under a finger."""
        if self.ctx.navigator.attended or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        self._first += self._list.fits
        if self._first >= len(self._newest):
            self._first = 0
        self._load()

    def _load(self) -> None:
        listings = self.ctx.services.listings

        def newest() -> Rows[Listing]:
            from kiosk.services.ports import ListingQuery

            found: Rows[Listing] = listings.search(ListingQuery(), None, NEWEST)
            return found

        self.query("newest", newest, self._loaded)
        self.query("count", listings.count_by_trade, self._counted)

    def _loaded(self, page: Rows[Listing]) -> None:
        """What has just been published is shown at once; else the next ones have their turn."""
        if self._visible and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return  # a finger has come down since they were asked for: they wait for the next turn
        newest = page.rows[:1]
        if [each.id for each in newest] != [each.id for each in self._newest[:1]] or self._first >= len(
            page.rows
        ):
            self._first = 0
        self._newest = page.rows
        self._show_turn()

    def _counted(self, counts: Mapping[str, int]) -> None:
        self._count = sum(counts.values())
        self._say_count()

    def _say_count(self) -> None:
        note = self.text("welcome.find_note", n=self._count) if self._count else ""
        self.find_work.say(self.text("welcome.find"), note)
        self._say_nothing()

    def _say_nothing(self) -> None:
        """An empty market is rare: its note is made when it is wanted."""
        nothing = self._count == 0
        if self._nothing is None:
            if not nothing:
                return
            from kiosk.ui.widgets.states import PlaceNote

            self._nothing = PlaceNote(self.theme, "fresh")
            self._right.addWidget(self._nothing, 1)
        self._nothing.say(self.text("welcome.nothing"), self.text("welcome.nothing_hint"))
        self._nothing.setVisible(nothing)
        self._list.setVisible(not nothing)

    @Slot()
    def _show_turn(self) -> None:
        rows = self._newest[self._first : self._first + self._list.fits]
        if rows:
            self._say_cards(rows)
        self._visible = rows
        self._list.show_cards(len(rows))

    def _say_cards(self, rows: tuple[Listing, ...]) -> None:
        from kiosk.ui.components.card_words import card_words

        now = self.ctx.clock.now()
        for card, listing in zip(self._cards, rows, strict=False):
            card.show_words(card_words(self.ctx.strings, self.ctx.services, listing, now))

    def _look_what_stands(self) -> None:
        """Most people who come here have nothing standing, and pay nothing for the question."""
        navigator = self.ctx.navigator
        self._stands, self._whose = None, None
        if navigator.attended and not navigator.visit.empty:
            from kiosk.ui.screens.welcome.standing import standing, whose

            stands, services = standing(self.ctx), self.ctx.services
            self._stands = stands
            if stands is not None:
                self.query("whose", lambda: whose(services, stands), self._is)
        self._show_standing()

    def _is(self, name: str) -> None:
        self._whose = name
        self._show_standing()

    def _show_standing(self) -> None:
        """In the place of the head: the station's name stands in the bar above, too."""
        stands = self._stands
        for part in (self.title, self.free):
            part.setVisible(stands is None)
        if self._band is None:
            if stands is None:
                return
            from kiosk.ui.screens.welcome.band import StandingBand

            self._band = StandingBand(self.theme)
            self._band.ended.connect(self._end)
            self._band.resumed.connect(self._resume)
            self._head.addWidget(self._band, 1)
        self._band.setVisible(stands is not None)
        if stands is not None and self._whose is not None:
            what = self.text(f"still_you.what.{stands.form}") if stands.form else ""
            key = f"standing.{'form' if what else 'done'}{'_of' if self._whose else ''}"
            said = {"who": self._whose, "what": what}
            self._band.say(
                self.text(key, **said),
                self.text("standing.drop" if what else "standing.end"),
                self.text("standing.go_on") if what else "",
            )

    def _set_out(self, page: str, params: Any = None) -> None:  # noqa: ANN401 - that page's own
        """On; if something stands, it is asked whose it is."""
        if not self.ctx.navigator.attended or self.ctx.visit.empty:
            self.ctx.navigator.show(page, params)
            return
        from kiosk.ui.screens.welcome.standing import set_out

        set_out(self.ctx, page, params)

    @Slot()
    def _end(self) -> None:
        """One touch, and nothing is left."""
        self.ctx.navigator.end_visit()
        self.ctx.notices.toast.emit(self.text("standing.ended"))

    @Slot()
    def _resume(self) -> None:
        from kiosk.ui.screens.welcome.standing import fill_on

        if self._stands is not None:
            fill_on(self.ctx, self._stands.form)

    @Slot()
    def _find(self) -> None:
        self._set_out("trades")

    @Slot()
    def _go(self) -> None:
        self._set_out(WAYS[self.touched_at(self._tiles)][2])

    @Slot()
    def _card_touched(self) -> None:
        from kiosk.ui.screens.find.params import ListingParams

        at = self.touched_at(self._cards)
        self._set_out("listing", ListingParams(listing_id=self._visible[at].id))

    @Slot()
    def _staff(self) -> None:
        self.ctx.navigator.show("staff_sign_in")
