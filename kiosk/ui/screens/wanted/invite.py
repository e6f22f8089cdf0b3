"""For which of my jobs? Asked only of employers who have several open."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Invitation, Listing
from kiosk.ui.components.card_words import card_words
from kiosk.ui.components.list_place import ListPlace, Pages
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.screens.wanted.draft import EntryParams
from kiosk.ui.widgets.states import Blank

CARDS = 4


class InviteScreen(Page):
    """请他来干哪个活."""

    name = "invite"
    title_key = "wanted.invite_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: EntryParams | None = None
        self._pages: Pages[Listing] = Pages(per_page=CARDS)
        self._invited_now = False
        self._cards = [ListingCard(self.theme) for _ in range(CARDS)]
        for card in self._cards:
            card.clicked.connect(self._touched)
        self._list = ListPlace(self.theme, self._cards, "success", most_mm=84.0)
        self._list.note.set_icon("success", "green")
        self._list.back.connect(self._page_back)
        self._list.on.connect(self._page_on)
        self._list.fits_changed.connect(self._other_pages)
        self.body.addWidget(self._list, 1)
        self._more = self.action("wanted.more_people", self._to_list, icon_name="people")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - EntryParams
        """Load what this employer has open."""
        self.clear_errors()
        self._params = params if isinstance(params, EntryParams) else None
        self._pages.clear()
        self._say_invited(invited=False)
        if self._params is None or not self.ctx.visit.has(KnownEmployer):
            return
        employer_id, wanted = self.ctx.visit.draft(KnownEmployer).employer_id, self.ctx.services.wanted
        self.query("listings", lambda: wanted.hiring(employer_id), self._loaded)

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._list.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._list.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Forget whose jobs they were."""
        super().wipe()
        self._params = None
        self._pages.clear()
        for card in self._cards:
            card.wipe()

    def _loaded(self, listings: tuple[Listing, ...]) -> None:
        self._pages.put(listings)
        self._fill()

    def _fill(self) -> None:
        if self._invited_now:
            said = Blank(sentence=self.text("wanted.invited"), do=self.text("wanted.invited_hint"))
            self._list.lack(said)
            return
        now = self.ctx.clock.now()
        for card, listing in zip(self._cards, self._pages.shown, strict=False):
            card.show_words(card_words(self.ctx.strings, self.ctx.services, listing, now))
        self._list.show_pages(self._pages)

    def _say_invited(self, *, invited: bool) -> None:
        self._invited_now = invited
        self._more.setVisible(invited)
        self._fill()

    @Slot()
    def _other_pages(self) -> None:
        self._pages.hold(self._list.fits)
        self._fill()

    @Slot()
    def _page_back(self) -> None:
        self._pages.turn(-1)
        self._fill()

    @Slot()
    def _page_on(self) -> None:
        self._pages.turn(1)
        self._fill()

    @Slot()
    def _touched(self) -> None:
        params = self._params
        if params is None:
            return
        listing = self._pages.shown[self.touched_at(self._cards)]
        wanted, actor = self.ctx.services.wanted, actor_of(self.ctx)
        self.clear_errors()
        self.submit(lambda: wanted.invite(params.wanted_id, listing.id, actor), self._invited)

    def _invited(self, _: Invitation) -> None:
        self._say_invited(invited=True)

    @Slot()
    def _to_list(self) -> None:
        self.ctx.navigator.back_to("wanted_list")
