"""One of several, or any of several: a grid of tiles that stay chosen, each standing for a value."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import WORKER_MM, Choice
from kiosk.ui.widgets.grid import GAP_MM, GROWTH, TileGrid

#: Words that do not fit two beside each other do not fit the page.
LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One tile.

    Attributes:
        value: what it stands for.
        text: the word on it, and its accessible name.
        note: a smaller second line.
        icon_name: an icon of ``assets/icons``.
        enabled: whether it can be chosen now.
    """

    value: Hashable
    text: str
    note: str = ""
    icon_name: str = ""
    enabled: bool = True


class ChoiceGrid(QWidget):
    """Tiles of which one (or with ``several`` any number) is chosen. Nothing is chosen at first.

    Signals:
        changed: a person chose or took back a choice (not sent by ``choose`` and ``wipe``).
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        columns: int = 2,
        *,
        several: bool = False,
        upright: bool = False,
        role: Role = Role.LEAD,
        height_mm: float = WORKER_MM,
        places: int = 0,
        most_mm: float = 0.0,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._several = several
        self._upright = upright
        self._role = role
        self._height_mm = height_mm
        self._options: tuple[Option, ...] = ()
        self._tiles: list[Choice] = []
        self._columns = columns
        self._most_mm = most_mm
        self._snug = False
        self._grid = TileGrid(theme, columns, places=places, most_mm=most_mm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)

    def set_options(self, options: Iterable[Option]) -> None:
        """Show these options. What was chosen stays chosen as far as it is still among them."""
        chosen = set(self.values)
        self._options = tuple(options)
        while len(self._tiles) < len(self._options):
            tile = Choice(
                self._theme, upright=self._upright, role=self._role, height_mm=self._height_mm, parent=self
            )
            tile.clicked.connect(self._touched)
            self._tiles.append(tile)
        for tile, option in zip(self._tiles, self._options, strict=False):
            tile.set_icon(option.icon_name)
            tile.say(option.text, option.note)
            tile.setEnabled(option.enabled)
        self._grid.set_tiles(self._tiles[: len(self._options)])
        self._take_columns()
        self.choose(*chosen)

    def set_columns(self, columns: int) -> None:
        """Another number of columns (portrait or landscape)."""
        self._columns = columns
        self._take_columns()

    def be_snug(self) -> None:
        """No higher than the tiles can be (``most_mm``): what stands below stands right below them.

        Something else on the page must then take the room that is left.
        """
        self._snug = True
        self._limit()

    def _limit(self) -> None:
        if self._snug and self.rows:
            tile = self._theme.px(self._most_mm * GROWTH[self._theme.text_size])
            self.setMaximumHeight(self.rows * tile + (self.rows - 1) * self._theme.px(GAP_MM))

    @property
    def rows(self) -> int:
        """How many rows of tiles there are."""
        return self._grid.rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold other words."""
        super().resizeEvent(event)
        self._take_columns()

    def _take_columns(self) -> None:
        """As many as were asked for; fewer where the words fit the tiles then, and do not else."""
        counts = range(self._columns, LEAST_COLUMNS - 1, -1)
        fitting = (count for count in counts if all(tile.fits_in(self._tile(count)) for tile in self.tiles))
        looks = self.isVisible() and not self._upright
        self._grid.set_columns(next(fitting, self._columns) if looks else self._columns)
        self._limit()

    def _tile(self, columns: int) -> QSize:
        """The least size of a tile, so many beside each other."""
        height = max((tile.minimumSizeHint().height() for tile in self.tiles), default=0)
        return QSize((self.width() - (columns - 1) * self._theme.px(GAP_MM)) // columns, height)

    @property
    def tiles(self) -> Sequence[Choice]:
        """The tiles that are shown, in order."""
        return self._tiles[: len(self._options)]

    @property
    def values(self) -> tuple[Hashable, ...]:
        """What is chosen, in the order of the tiles."""
        pairs = zip(self._tiles, self._options, strict=False)
        return tuple(option.value for tile, option in pairs if tile.isChecked())

    @property
    def value(self) -> Hashable | None:
        """The one that is chosen (the first, if several are); None if nothing is."""
        return next(iter(self.values), None)

    def choose(self, *values: Hashable) -> None:
        """Choose exactly these values; without any, nothing."""
        for tile, option in zip(self._tiles, self._options, strict=False):
            tile.setChecked(option.value in values)

    def wipe(self) -> None:
        """Nothing is chosen any more."""
        self.choose()

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self._grid.retheme()
        for tile in self._tiles:
            tile.retheme()
        self._limit()

    @Slot()
    def _touched(self) -> None:
        touched = self.sender()
        for tile in self._tiles:
            if tile is touched and not self._several:
                tile.setChecked(True)  # a second touch of an elderly hand must not undo the first
            elif not self._several:
                tile.setChecked(False)
        self.changed.emit()
