"""How many years in each trade: a minus and a plus. Left alone, nothing is said about it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.workers import MAX_TRADES
from kiosk.services.workers import WorkerForm
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.paged import PagedGrid
from kiosk.ui.widgets.stepper import Stepper
from kiosk.ui.widgets.text import Text

MOST_YEARS = 60
TILE_MM = (122.0, 46.0)
MOST_MM = 62.0
#: On one page, beside each other and in all.
MOST_COLUMNS, MOST_TILES = 2, 4


class YearsTile(Card):
    """A trade and the years in it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme)
        self.trade = ""
        self.title = Text(theme, Role.LEAD, bold=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.years = Stepper(theme, name, 0, MOST_YEARS)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self.title)
        self._column.addWidget(self.years, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self._theme.px(2)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(pad)


class YearsScreen(RegisterStep):
    """每样干了几年."""

    name = "register_years"
    title_key = "register.years_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._grid = PagedGrid(
            self.theme, TILE_MM, most_columns=MOST_COLUMNS, most_mm=MOST_MM, most_tiles=MOST_TILES
        )
        self._tiles = [YearsTile(self.theme, f"years_{n}") for n in range(MAX_TRADES)]
        for tile in self._tiles:
            tile.setParent(self._grid)
            tile.hide()
            tile.years.changed.connect(self._counted)
        self.body.addWidget(self._grid, 1)
        self.action("register.years_done", self._on, icon_name="check")

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._grid.say(self.text("common.previous_page"), self.text("common.next_page"))
        if self._live:
            self._say_tiles()

    def show_form(self, form: WorkerForm) -> None:
        """The trades that were chosen."""
        for tile, each in zip(self._tiles, form.trades, strict=False):
            tile.trade = each.trade
            tile.years.set_value(each.years)
        self._say_tiles()
        self._grid.set_tiles(self._tiles[: len(form.trades)])

    def _say_tiles(self) -> None:
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        for tile in self._tiles:
            name = catalogue.trade_name(tile.trade, language) if tile.trade else ""
            tile.title.setText(name)
            less, more = (self.text(f"register.years_{way}", trade=name) for way in ("less", "more"))
            shown = self.text("common.less"), self.text("common.more")
            tile.years.say(less, more, self._years, shown=shown)

    def _years(self, value: int) -> str:
        return self.text("register.years_count", n=value) if value else self.text("register.years_none")

    @Slot()
    def _counted(self) -> None:
        years = {tile.trade: tile.years.value for tile in self._tiles}
        self.keep(
            trades=tuple(
                replace(each, years=years.get(each.trade, each.years)) for each in self.draft.form.trades
            )
        )

    @Slot()
    def _on(self) -> None:
        self.go_on()
