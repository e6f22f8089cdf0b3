"""Cards in equal columns, no more of them than the place can take with every word on them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.components.fact_card import FactCard
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.grid import GAP_MM, TileGrid


class CardGrid(TileGrid):
    """Shows the first cards of those that were made beforehand: in larger letters fewer of them, each as whole as ever.

    Attributes:
        fits: how many cards a page has in the present look.

    Signals:
        fits_changed: that is another number now; the first card stays where it is.
    """

    fits_changed = Signal()

    _cards: tuple[FactCard, ...] = ()

    def __init__(
        self,
        theme: Theme,
        cards: Sequence[FactCard],
        *,
        most_mm: float = 0.0,
        room: Callable[[], int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty grid.

        Args:
            theme: the look.
            cards: what a page holds at most.
            most_mm: no card is higher at 大字, however much room there is; 0 for no end.
            room: the height in pixels that cards may take, where something below them comes and goes; None for all.
            parent: Qt parent.
        """
        super().__init__(theme, 1, places=len(cards), most_mm=most_mm, parent=parent)
        self._cards = tuple(cards)
        self._room = self.height if room is None else room
        self.fits = len(cards)
        for card in cards:
            card.setParent(self)  # so that it learns of other sizes while it is not shown, too
            card.hide()

    def show_cards(self, count: int) -> None:
        """The first ``count`` cards, or as many as fit."""
        self.set_tiles(self._cards[: min(count, self.fits)])

    def set_columns(self, columns: int) -> None:
        """See ``TileGrid``."""
        super().set_columns(columns)
        self._fit()

    def retheme(self) -> None:
        """See ``TileGrid``."""
        super().retheme()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """One row: in less height there are fewer rows, not lower ones."""
        least = self._cards[0].minimumSizeHint() if self._cards else QSize(0, 0)
        return QSize(super().minimumSizeHint().width(), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another place, other rows."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The text size may have changed meanwhile."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._cards or not self.isVisible():
            return
        gap, columns = self._theme.px(GAP_MM), self.columns
        width = (self.width() - (columns - 1) * gap) // columns
        rows = max(1, (self._room() + gap) // (self._cards[0].least_height(width) + gap))
        fits = min(rows * columns, len(self._cards))
        if fits != self.fits:
            self.fits = fits
            self.set_places(fits)
            self.show_cards(len(self.tiles))
            self.fits_changed.emit()
