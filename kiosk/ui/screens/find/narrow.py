"""The trades of a category, to narrow a list down: of listings, or of people who look for work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import ListingsParams, NarrowParams
from kiosk.ui.screens.find.trades import TradesScreen


def narrow_down(page: Page, narrow: NarrowParams, chosen: ListingsParams) -> None:
    """Back to the list that was to be narrowed down, with the choice."""
    navigator = page.ctx.navigator
    navigator.back()
    if narrow.narrowed is None:
        navigator.swap("listings", chosen)
    else:
        narrow.narrowed(chosen)


class TradesOfScreen(TradesScreen):
    """The trades of the list's category (all categories for a list of everything), to narrow it down."""

    name = "trades_of"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._narrow = NarrowParams(listings=ListingsParams())

    @property
    def _wanted(self) -> ListingsParams:
        return self._narrow.listings

    def enter(self, params: Any) -> None:  # noqa: ANN401 - NarrowParams
        """Which list."""
        if isinstance(params, NarrowParams):
            self._narrow = params
        super().enter(params)

    def wipe(self) -> None:
        """Forget the list."""
        super().wipe()
        self._narrow = NarrowParams(listings=ListingsParams())

    def _note(self, code: str) -> str:
        """How many listings there are; of other lists nothing is counted."""
        return super()._note(code) if self._narrow.narrowed is None else ""

    def _total(self, codes: Sequence[str]) -> str:
        return super()._total(codes) if self._narrow.narrowed is None else ""

    def _all_word(self) -> str:
        return super()._all_word() if self._narrow.narrowed is None else self.text("wanted.any_trade")

    def _category(self) -> str | None:
        code, catalogue = self._wanted.trade, self.ctx.services.catalogue
        if code is None:
            return None
        trade = catalogue.trade(code)
        return trade.category if trade is not None else code

    def _entries(self) -> list[tuple[str, str]]:
        category = self._category()
        if category is None:
            return super()._entries()
        catalogue = self.ctx.services.catalogue
        return [(each.code, each.icon) for each in catalogue.trades(category)]

    def _count_of(self, code: str, counts: Mapping[str, int]) -> int:
        if self._category() is None:
            return super()._count_of(code, counts)
        return counts.get(code, 0)

    def _choose(self, code: str) -> None:
        narrow_down(self, self._narrow, replace(self._wanted, trade=code))

    @Slot()
    def _all(self) -> None:
        narrow_down(self, self._narrow, replace(self._wanted, trade=self._category()))
