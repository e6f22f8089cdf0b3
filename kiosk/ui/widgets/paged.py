"""Tiles that page instead of scrolling: as many on a page as fit its place at the present text size."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.grid import GAP_MM, GROWTH, TileGrid
from kiosk.ui.widgets.pager import Pager


class PagedGrid(QWidget):
    """Decides for itself how many columns and rows there are; a pager shows when one page is not enough."""

    def __init__(
        self,
        theme: Theme,
        tile_mm: tuple[float, float] = (56.0, 40.0),
        *,
        most_columns: int = 6,
        most_mm: float = 0.0,
        most_tiles: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty grid.

        Args:
            theme: the look.
            tile_mm: least width and height of a tile at 大字.
            most_columns: no more columns than these, however wide the place is.
            most_mm: no tile is higher at 大字; 0 for no end.
            most_tiles: no more on one page, however much room there is; 0 for no end.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self._tile_mm = tile_mm
        self._most_columns = most_columns
        self._most_tiles = most_tiles
        self._tiles: list[QWidget] = []
        self._page = 0
        self._grid = TileGrid(theme, 1, most_mm=most_mm)
        self._pager = Pager(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._grid, 1)
        self._column.addWidget(self._pager)
        self._pager.back.connect(self._back)
        self._pager.on.connect(self._on)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retheme()

    def say(self, back: str, on: str) -> None:
        """Put the pager's words in."""
        self._pager.say(back, on)

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these tiles, from the first page on."""
        for tile in self._tiles:
            tile.hide()
        self._tiles = list(tiles)
        self._page = 0
        self._place()

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        columns, rows = self._shape(len(self._tiles))
        return max(1, -(-len(self._tiles) // (columns * rows)))

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self._page

    def wipe(self) -> None:
        """Back to the first page."""
        self._page = 0
        self._place()

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self._column.setSpacing(self._theme.px(GAP_MM))
        self._grid.retheme()
        self._pager.retheme()
        self._place()

    def minimumSizeHint(self) -> QSize:
        """One tile and the pager."""
        width, height = self._tile_size()
        return QSize(width, height + self._pager_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another place, other columns and rows."""
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _back(self) -> None:
        self._page -= 1
        self._place()

    @Slot()
    def _on(self) -> None:
        self._page += 1
        self._place()

    def _tile_size(self) -> tuple[int, int]:
        growth = GROWTH[self._theme.text_size]
        return self._theme.px(self._tile_mm[0] * growth), self._theme.px(self._tile_mm[1] * growth)

    def _pager_height(self) -> int:
        return self._pager.sizeHint().height() + self._column.spacing()

    def _shape(self, tiles: int) -> tuple[int, int]:
        """Columns and rows of a page: with the pager's height taken off only if it is needed."""
        width, height = self._tile_size()
        gap = self._theme.px(GAP_MM)
        columns = max(1, min(self._most_columns, (self.width() + gap) // (width + gap)))
        rows = max(1, (self.height() + gap) // (height + gap))
        if tiles > columns * rows:
            rows = max(1, (self.height() - self._pager_height() + gap) // (height + gap))
        if self._most_tiles:
            rows = min(rows, max(1, self._most_tiles // columns))
        return columns, rows

    def _place(self) -> None:
        columns, rows = self._shape(len(self._tiles))
        pages = self.pages
        self._page = max(0, min(self._page, pages - 1))
        first = self._page * columns * rows
        self._grid.set_columns(columns)
        self._grid.set_tiles(self._tiles[first : first + columns * rows])
        self._pager.set_place(
            f"{self._page + 1}/{pages}", has_back=self._page > 0, has_on=self._page < pages - 1
        )
