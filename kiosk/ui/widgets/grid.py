"""Tiles in equal columns."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.ui.theme import Theme

GAP_MM = 4.0


class TileGrid(QWidget):
    """Equal tiles in ``columns``; fewer tiles than before leave no holes in the layout."""

    def __init__(
        self,
        theme: Theme,
        columns: int = 2,
        *,
        gap_mm: float = GAP_MM,
        places: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty grid; with ``places``, fewer tiles than that leave room instead of growing."""
        super().__init__(parent)
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
        self._place()

    def set_columns(self, columns: int) -> None:
        """Another number of columns (portrait or landscape)."""
        if columns != self._columns:
            for tile in self._tiles:
                self._grid.removeWidget(tile)
            self._columns = columns
            self._place()

    def retheme(self) -> None:
        """Sizes have changed."""
        self._grid.setSpacing(self._theme.px(self._gap_mm))

    def _place(self) -> None:
        rows = -(-max(len(self._tiles), self._places) // self._columns)
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // self._columns, at % self._columns)
            tile.show()
        for row in range(max(rows, self._grid.rowCount())):
            self._grid.setRowStretch(row, 1 if row < rows else 0)
        for column in range(max(self._columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
