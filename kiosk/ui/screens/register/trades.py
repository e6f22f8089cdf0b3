"""What can you do: categories, in each of them any number of trades, twelve in all."""

from PySide6.QtCore import Slot

from kiosk.domain.records import WorkerTrade
from kiosk.domain.workers import MAX_TRADES
from kiosk.ui.components.worker_words import WorkForm, trade_names
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.trades import PLACES
from kiosk.ui.screens.register.draft import StepParams
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.text import Text


class RegisterTradesScreen(RegisterStep):
    """会干什么活: the categories, with what was chosen in each."""

    name = "register_trades"
    title_key = "register.trades_title"
    next_screen = "register_wish"
    #: Where the trades of a category are chosen, and the years in each ("" for nowhere).
    of_screen = "register_trades_of"
    years_screen = "register_years"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._chosen = Text(self.theme, Role.LEAD, tone="blue", bold=True)
        self._tiles: list[BigButton] = []
        self._codes: list[str] = []
        self._grid = TileGrid(self.theme, 3)
        self.body.addWidget(self._chosen)
        self.body.addWidget(self._grid, 1)
        self._years = self.action("register.years", self._to_years, Kind.PLAIN, icon_name="calendar")
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Three columns upright, four across."""
        self._grid.set_columns(3 if portrait else 4)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        if self._live:
            self.show_form(self.form)

    def show_form(self, form: WorkForm) -> None:
        """How many of each category are chosen, and which."""
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        mine = {each.trade for each in form.trades}
        while len(self._tiles) < len(catalogue.categories()):
            tile = BigButton(self.theme, Kind.PLAIN, upright=True, role=Role.LEAD)
            tile.clicked.connect(self._touched)
            self._tiles.append(tile)
        self._codes = [category.code for category in catalogue.categories()]
        for tile, category in zip(self._tiles, catalogue.categories(), strict=False):
            count = sum(trade.code in mine for trade in catalogue.trades(category.code))
            tile.set_icon(category.icon)
            tile.set_kind(Kind.PRIMARY if count else Kind.PLAIN)
            note = self.text("register.chosen_count", n=count) if count else ""
            tile.say(catalogue.trade_name(category.code, language), note)
        self._grid.set_tiles(self._tiles[: len(self._codes)])
        self._chosen.setText(chosen_sentence(self, form))
        self._years.setVisible(bool(form.trades and self.years_screen))

    def wipe(self) -> None:
        """Forget the choice."""
        super().wipe()
        self._chosen.setText("")

    @Slot()
    def _touched(self) -> None:
        code = self._codes[self.touched_at(self._tiles)]
        self.ctx.navigator.show(self.of_screen, StepParams(category=code))

    @Slot()
    def _to_years(self) -> None:
        self.ctx.navigator.show(self.years_screen, StepParams(edit=True))

    @Slot()
    def _on(self) -> None:
        self.go_on()


class RegisterTradesOfScreen(RegisterStep):
    """The trades of one category; any number of them."""

    name = "register_trades_of"
    hint_key = "register.trades_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._grid = ChoiceGrid(self.theme, 3, several=True, upright=True, places=PLACES)
        self._grid.changed.connect(self._changed)
        self.body.addWidget(self._grid, 1)
        self.action("register.trades_done", self._on, icon_name="check")

    def arrange(self, *, portrait: bool) -> None:
        """Three columns upright, four across."""
        self._grid.set_columns(3 if portrait else 4)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        if self._live:
            self.show_form(self.form)

    def show_form(self, form: WorkForm) -> None:
        """What is chosen here."""
        catalogue, language = self.ctx.services.catalogue, self.ctx.strings.language
        category = self.step.category
        if category is None:
            return
        self.title.setText(catalogue.trade_name(category, language))
        self.title.setVisible(True)
        self._grid.set_options(
            Option(value=trade.code, text=catalogue.trade_name(trade.code, language), icon_name=trade.icon)
            for trade in catalogue.trades(category)
        )
        self._grid.choose(*(each.trade for each in form.trades))

    @Slot()
    def _changed(self) -> None:
        """Keep the choice; one too many is taken back and said."""
        form, category = self.form, self.step.category
        if category is None:
            return
        here = {trade.code for trade in self.ctx.services.catalogue.trades(category)}
        elsewhere = tuple(each for each in form.trades if each.trade not in here)
        years = {each.trade: each.years for each in form.trades}
        here_now = (WorkerTrade(trade=str(code), years=years.get(str(code), 0)) for code in self._grid.values)
        chosen = (*elsewhere, *here_now)
        if len(chosen) > MAX_TRADES:
            self._grid.choose(*(each.trade for each in form.trades))
            self.banner.say(self.text("refusal.too_many_trades", limit=MAX_TRADES), "warn")
            return
        self.banner.say("")
        self.keep(trades=chosen)

    @Slot()
    def _on(self) -> None:
        self.ctx.navigator.back()


def chosen_sentence(page: RegisterStep, form: WorkForm) -> str:
    """The trades that were chosen, in words."""
    if not form.trades:
        return page.text("register.trades_none")
    names = trade_names(page.ctx.strings, page.ctx.services.catalogue, form.trades, MAX_TRADES)
    return page.text("register.trades_chosen", n=len(form.trades), names=names)
