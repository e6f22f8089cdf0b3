"""Tiles in equal columns."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.buttons import BigButton

GAP_MM = 4.0
#: Tiles grow with the text, but less: what they hold wraps.
GROWTH = {TextSize.STANDARD: 0.92, TextSize.LARGE: 1.0, TextSize.HUGE: 1.12}


class TileGrid(QWidget):
    """Equal tiles in ``columns``; fewer tiles than before leave no holes in the layout.

    Buttons among them are written in one size.
    """

    def __init__(
        self,
        theme: Theme,
        columns: int = 2,
        *,
        gap_mm: float = GAP_MM,
        places: int = 0,
        most_mm: float = 0.0,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty grid.

        Args:
            theme: the look.
            columns: how many tiles stand beside each other.
            gap_mm: between tiles.
            places: fewer tiles than these leave room instead of growing.
            most_mm: no tile is higher at 大字, however much room there is; 0 for no end.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._most_mm = most_mm
        self._places = places
        self._theme = theme
        self._columns = columns
        self._gap_mm = gap_mm
        self._tiles: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.retheme()

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these widgets, row by row; they become children of the grid. The same ones again stay as they are."""
        if self._tiles == list(tiles):
            for tile in tiles:
                tile.show()
            return
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            if tile not in tiles:
                tile.hide()
        self._tiles = list(tiles)
        together = [tile for tile in tiles if isinstance(tile, BigButton)]
        for each in together:
            each.stand_with(together)
        self._place()

    @property
    def tiles(self) -> tuple[QWidget, ...]:
        """What is shown."""
        return tuple(self._tiles)

    @property
    def columns(self) -> int:
        """How many tiles stand beside each other."""
        return self._columns

    def set_places(self, places: int) -> None:
        """Fewer tiles than these leave room instead of growing."""
        if places != self._places:
            self._places = places
            self._place()

    def set_columns(self, columns: int) -> None:
        """Another number of columns (portrait or landscape)."""
        if columns != self._columns:
            for tile in self._tiles:
                self._grid.removeWidget(tile)
            self._columns = columns
            self._place()

    @property
    def rows(self) -> int:
        """How many rows of tiles there are."""
        return -(-len(self._tiles) // self._columns)

    def retheme(self) -> None:
        """Sizes have changed."""
        self._grid.setSpacing(self._theme.px(self._gap_mm))
        self._keep_low()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room beyond the tiles' greatest height stays free below them."""
        super().resizeEvent(event)
        self._keep_low()

    def sizeHint(self) -> QSize:
        """Without the room that is free now: it would be asked for ever after."""
        return self._without_spare(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """As the usual one."""
        return self._without_spare(super().minimumSizeHint())

    def _without_spare(self, size: QSize) -> QSize:
        return QSize(size.width(), size.height() - self._grid.contentsMargins().bottom())

    @property
    def _rows(self) -> int:
        return -(-max(len(self._tiles), self._places) // self._columns)

    def _keep_low(self) -> None:
        if not self._most_mm or not self._rows:
            return
        most = max(self._theme.px(self._most_mm * GROWTH[self._theme.text_size]), self._least_height())
        full = -(-len(self._tiles) // self._columns)  # Qt leaves no gap beside a row without tiles
        needed = self._rows * most + max(0, full - 1) * self._theme.px(self._gap_mm)
        spare = max(0, self.height() - needed)
        if self._grid.contentsMargins().bottom() != spare:
            self._grid.setContentsMargins(0, 0, 0, spare)

    def _least_height(self) -> int:
        """What the words of the tiles need in their width: words that wrap go on even where tiles are to stay low."""
        width = (self.width() - (self._columns - 1) * self._theme.px(self._gap_mm)) // self._columns
        wrapping = [tile for tile in self._tiles if tile.hasHeightForWidth()]
        return max((tile.heightForWidth(width) for tile in wrapping), default=0)

    def _place(self) -> None:
        rows = self._rows
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // self._columns, at % self._columns)
            tile.show()
        for row in range(max(rows, self._grid.rowCount())):
            self._grid.setRowStretch(row, 1 if row < rows else 0)
        for column in range(max(self._columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        self._keep_low()
