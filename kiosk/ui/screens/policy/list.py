"""What this city has for people who look for work or begin a business."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.policies import PolicyItem
from kiosk.ui.components.list_place import ListPlace, Pages
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.policy.params import PolicyParams
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.states import Blank

PER_PAGE, MOST_MM = 6, 44.0


class PoliciesScreen(Page):
    """政策补贴."""

    name = "policies"
    title_key = "policy.title"
    hint_key = "policy.hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._pages: Pages[PolicyItem] = Pages(per_page=PER_PAGE)
        self._tiles = [
            BigButton(self.theme, Kind.PLAIN, icon_name="policy", at_edge=True) for _ in range(PER_PAGE)
        ]
        for tile in self._tiles:
            tile.clicked.connect(self._touched)
        self._list = ListPlace(self.theme, self._tiles, "policy", most_mm=MOST_MM)
        self._list.back.connect(self._page_back)
        self._list.on.connect(self._page_on)
        self.body.addWidget(self._list, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - nothing is handed over
        """The city's data may be newer than the last time."""
        self._pages.put(self.ctx.services.policies.all())
        self._fill()

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._list.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._list.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Begin with the first page again."""
        super().wipe()
        self._pages.clear()

    def _fill(self) -> None:
        for tile, item in zip(self._tiles, self._pages.shown, strict=False):
            said = item.said(self.ctx.strings.language)
            tile.say(said.title, said.brief)
        if self._pages.items:
            self._list.show_pages(self._pages)
        else:
            self._list.lack(Blank(sentence=self.text("policy.none"), do=self.text("policy.none_hint")))

    @Slot()
    def _touched(self) -> None:
        item = self._pages.shown[self.touched_at(self._tiles)]
        self.ctx.navigator.show("policy", PolicyParams(key=item.policy.key))

    @Slot()
    def _page_back(self) -> None:
        self._pages.turn(-1)
        self._fill()

    @Slot()
    def _page_on(self) -> None:
        self._pages.turn(1)
        self._fill()
