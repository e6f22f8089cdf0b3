"""The place of a list: cards on pages, or why there are none and what to do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.services.ports import Cursor
from kiosk.services.ports import Page as Rows
from kiosk.ui.components.card_grid import CardGrid
from kiosk.ui.components.fact_card import FactCard
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.grid import GAP_MM, TileGrid
from kiosk.ui.widgets.pager import Pager
from kiosk.ui.widgets.states import Blank, PlaceNote

Item = TypeVar("Item")


@dataclass(slots=True)
class Pages(Generic[Item]):
    """A whole list that is shown a page at a time; the page stays where it was as long as there is anything on it."""

    per_page: int
    items: tuple[Item, ...] = ()
    first: int = field(default=0)

    def put(self, items: Sequence[Item]) -> None:
        """Another list, or the same one later."""
        self.items = tuple(items)
        self.first = self.first // self.per_page * self.per_page
        self.first = min(self.first, max(0, (len(self.items) - 1) // self.per_page * self.per_page))

    def hold(self, per_page: int) -> None:
        """So many on a page from now on; what was the first of its page is on the one that is shown."""
        self.per_page = per_page
        self.put(self.items)

    def turn(self, step: int) -> None:
        """So many pages on, or back."""
        self.first = max(0, self.first + step * self.per_page)
        self.put(self.items)

    def clear(self) -> None:
        """Nothing, from the first page on."""
        self.items, self.first = (), 0

    @property
    def shown(self) -> tuple[Item, ...]:
        """What stands on the page."""
        return self.items[self.first : self.first + self.per_page]

    @property
    def has_back(self) -> bool:
        """Whether there is a page before."""
        return self.first > 0

    @property
    def has_on(self) -> bool:
        """Whether there is a page after."""
        return self.first + self.per_page < len(self.items)

    @property
    def place(self) -> str:
        """``2/5``."""
        return f"{self.first // self.per_page + 1}/{max(1, -(-len(self.items) // self.per_page))}"


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins, and how many rows come before it."""

    cursor: Cursor | None = None
    before: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Generic[Item]):
    """A page that was asked for: where every page so far begins, so many rows on each, and what stands on the last."""

    starts: tuple[Start, ...]
    per_page: int
    page: Rows[Item]


#: Gives the page that begins somewhere, of so many rows.
Ask = Callable[[Cursor | None, int], Rows[Item]]


@dataclass(slots=True)
class Turned(Generic[Item]):
    """A list that is asked for a page at a time: where every page so far begins, and what stands on the last one."""

    starts: list[Start] = field(default_factory=lambda: [Start()])
    #: Rows of the pages that begin there.
    per_page: int = 0
    rows: tuple[Item, ...] = ()
    #: Where the next page begins; None where there is none.
    next: Cursor | None = None
    #: Whether anything has been asked for yet.
    known: bool = False

    def finder(self, per_page: int) -> Callable[[Ask[Item]], Leaf[Item]]:
        """What gets the page that is to be shown, on another thread.

        With another number of rows the first row stays, and the pages before it are counted anew: the way back passes
        nothing over.
        """
        starts, same = tuple(self.starts), per_page == self.per_page

        def find(ask: Ask[Item]) -> Leaf[Item]:
            known = starts if same else _counted_anew(starts[-1], per_page, ask)
            return Leaf(starts=known, per_page=per_page, page=ask(known[-1].cursor, per_page))

        return find

    def put(self, leaf: Leaf[Item]) -> None:
        """The page that was found."""
        self.starts, self.per_page = list(leaf.starts), leaf.per_page
        self.rows, self.next, self.known = leaf.page.rows, leaf.page.next, True

    def begin(self) -> None:
        """From the first page on; what stands there stays until that has come."""
        self.starts = [Start()]

    def clear(self) -> None:
        """Another list."""
        self.starts, self.rows, self.next, self.known = [Start()], (), None, False

    def turn_on(self) -> bool:
        """To the next page, which is to be asked for; whether there is one."""
        if self.next is None:
            return False
        self.starts.append(Start(self.next, self.starts[-1].before + len(self.rows)))
        return True

    def turn_back(self) -> bool:
        """To the page before."""
        if len(self.starts) == 1:
            return False
        self.starts.pop()
        return True


def _counted_anew(last: Start, per_page: int, ask: Ask[Item]) -> tuple[Start, ...]:
    """Where such pages begin, up to the one that begins as it did; the first one may reach into the next."""
    starts = [Start()]
    step = last.before % per_page or per_page
    while starts[-1].before + step < last.before:
        cursor = ask(starts[-1].cursor, step).next
        if cursor is None:  # there are fewer rows by now
            break
        starts.append(Start(cursor, starts[-1].before + step))
        step = per_page
    return (*starts, last) if last.before else (last,)


class ListPlace(QWidget):
    """A grid of tiles made beforehand, or a note in their place; the pager below, where more than a page is there.

    Signals:
        back: the page before.
        on: the next page.
        acted: the touch of the note.
        fits_changed: a page holds another number of tiles than before, ``fits``.
    """

    back = Signal()
    on = Signal()
    acted = Signal()
    fits_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        tiles: Sequence[QWidget],
        icon_name: str,
        *,
        most_mm: float,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty place.

        Args:
            theme: the look.
            tiles: what a page holds at most; they are filled by the screen.
            icon_name: of the note.
            most_mm: no tile is higher.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self._tiles = list(tiles)
        self._grid = self._made(most_mm)
        self.note = PlaceNote(theme, icon_name)
        self.note.acted.connect(self.acted)
        self.pager = Pager(theme)
        self.pager.back.connect(self.back)
        self.pager.on.connect(self.on)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.note, 1)
        self._column.addWidget(self._grid, 1)
        self._column.addWidget(self.pager)
        self.retheme()
        self.clear()

    def _made(self, most_mm: float) -> TileGrid:
        cards = [tile for tile in self._tiles if isinstance(tile, FactCard)]
        if cards:
            grid = CardGrid(self._theme, cards, most_mm=most_mm, room=self._for_cards)
            grid.fits_changed.connect(self.fits_changed)
            return grid
        plain = TileGrid(self._theme, 1, places=len(self._tiles), most_mm=most_mm)
        for tile in self._tiles:
            tile.setParent(plain)  # so that it learns of other sizes while it is not shown, too
            tile.hide()
        return plain

    def _for_cards(self) -> int:
        """What is above the pager, also where there is none: one that comes takes no card away."""
        return self.height() - self.pager.sizeHint().height() - self._column.spacing()

    @property
    def fits(self) -> int:
        """How many tiles a page holds in the present look."""
        return self._grid.fits if isinstance(self._grid, CardGrid) else len(self._tiles)

    def say(self, back: str, on: str) -> None:
        """Put the pager's words in."""
        self.pager.say(back, on)

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._grid.set_columns(1 if portrait else 2)

    def show_tiles(self, count: int, place: str, *, has_back: bool, has_on: bool) -> None:
        """The first ``count`` tiles, and where in the pages that is.

        What goes goes first: what comes is laid out at once, in the room that is there then.
        """
        self.note.hide()
        self._grid.setVisible(count > 0)
        self._grid.set_tiles(self._tiles[: min(count, self.fits)])
        self.pager.set_place(place, has_back=has_back, has_on=has_on)

    def show_pages(self, pages: Pages[Item]) -> None:
        """As many tiles as the page holds."""
        self.show_tiles(len(pages.shown), pages.place, has_back=pages.has_back, has_on=pages.has_on)

    def show_turned(self, turned: Turned[Item], place: str) -> None:
        """As many tiles as have come."""
        has_back, has_on = len(turned.starts) > 1, turned.next is not None
        self.show_tiles(len(turned.rows), place, has_back=has_back, has_on=has_on)

    def lack(self, blank: Blank) -> None:
        """There is nothing to show: say why."""
        self.clear()
        self.note.show_blank(blank)
        self.note.show()

    def clear(self) -> None:
        """Neither tiles nor note: it is not known yet whether there is anything."""
        self.show_tiles(0, "", has_back=False, has_on=False)

    def retheme(self) -> None:
        """Sizes have changed."""
        self._column.setSpacing(self._theme.px(GAP_MM))
