"""My jobs: today's first, each with how it stands; my data behind one touch."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.records import Placement, Worker
from kiosk.domain.values import OPEN, PlacementStatus
from kiosk.services.context import slip_number
from kiosk.ui.components import say
from kiosk.ui.components.card_words import trade_icon
from kiosk.ui.components.list_place import ListPlace, Pages
from kiosk.ui.components.page import Page
from kiosk.ui.components.placement_card import PlacementCard, PlacementWords
from kiosk.ui.components.placement_look import look_of, words_of
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.known import proved_worker, register_again
from kiosk.ui.screens.find.params import IdentifyParams
from kiosk.ui.screens.mine.params import MyJobParams
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.states import Blank

CARDS = 4
#: Not over yet for the worker: money may still be owed.
UNFINISHED = OPEN | {PlacementStatus.COMPLETED, PlacementStatus.UNPAID}

#: Of no more use once the last day is over.
AHEAD = frozenset({PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED})


def in_order(placements: Sequence[Placement], today: date) -> list[Placement]:
    """What matters first: work of today, then what comes and what is still open, then what is over."""

    def place(placement: Placement) -> tuple[int, int]:
        terms = placement.terms
        past = terms.date_to < today and placement.status in AHEAD
        if placement.status in UNFINISHED and not past:
            now = terms.date_from <= today <= terms.date_to
            return (0 if now else 1, terms.date_from.toordinal())
        return (2, -placement.changed_at.toordinal())

    return sorted(placements, key=place)


class MineScreen(Page):
    """我的."""

    name = "mine"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._worker: Worker | None = None
        self._pages: Pages[Placement] = Pages(per_page=CARDS)
        self._loaded = False
        self._cards = [PlacementCard(self.theme) for _ in range(CARDS)]
        for card in self._cards:
            card.clicked.connect(self._touched)
        self._list = ListPlace(self.theme, self._cards, "mine", most_mm=60.0)
        self._list.back.connect(self._page_back)
        self._list.on.connect(self._page_on)
        self._list.fits_changed.connect(self._other_pages)
        self.body.addWidget(self._list, 1)
        self.action("mine.my_data", self._data, Kind.PLAIN, icon_name="person")
        self._offered = (
            self.action("mine.wanted", self._wanted, Kind.PLAIN, icon_name="register"),
            self.action("mine.find", self._find, icon_name="work"),
        )
        self._again = self.action("apply_refused.register", self._register, icon_name="register")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - the visit knows whose
        """Whose page it is; nobody known is asked first."""
        self.clear_errors()
        worker_id = proved_worker(self.ctx)
        if worker_id is None:
            self.ctx.navigator.swap("identify", IdentifyParams())
            return
        if self._worker is not None and self._worker.id != worker_id:
            self.wipe()
        self._fill()
        services = self.ctx.services
        self.query(
            "mine",
            lambda: (services.workers.get(worker_id), services.placements.of_worker(worker_id)),
            self._arrived,
        )

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._list.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._list.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def wipe(self) -> None:
        """Forget whose page it was."""
        super().wipe()
        self._worker = None
        self._pages.clear()
        self._loaded = False
        for card in self._cards:
            card.wipe()

    def _arrived(self, found: tuple[Worker, tuple[Placement, ...]]) -> None:
        self._worker = found[0]
        self._pages.put(in_order(found[1], self.ctx.services.context.today()))
        self._loaded = True
        self._fill()

    def _words(self, placement: Placement) -> PlacementWords:
        strings, terms = self.ctx.strings, placement.terms
        context = self.ctx.services.context
        today, now = context.today(), context.now()
        return PlacementWords(
            status=placement.status,
            state=self.text(f"mine.state.{words_of(placement, now)}"),
            look=look_of(placement, now),
            pay=say.pay(strings, terms),
            what=terms.title,
            trade=self.ctx.services.catalogue.trade_name(terms.trade, strings.language),
            when=f"{say.days(strings, terms, today)}  {say.hours(strings, terms)}",
            where=say.place(strings, self.ctx.services.catalogue, terms),
            icon_name=trade_icon(self.ctx.services, terms.trade),
        )

    def _fill(self) -> None:
        worker = self._worker
        self.title.setText(
            self.text("mine.title", name=worker.name, number=slip_number(worker.home, worker.number))
            if worker is not None
            else self.text("mine.title_empty")
        )
        self.title.setVisible(True)
        gone = worker is not None and worker.consent.withdrawn_at is not None
        self.banner.say(self.text("mine.withdrawn") if gone else "", "warn")
        for button in self._offered:
            button.setVisible(not gone)
        self._again.setVisible(gone)
        for card, placement in zip(self._cards, self._pages.shown, strict=False):
            card.show_words(self._words(placement))
        if self._pages.items:
            self._list.show_pages(self._pages)
        elif self._loaded:
            hint = "" if gone else self.text("mine.none_hint")
            self._list.lack(Blank(sentence=self.text("mine.none"), do=hint))
        else:
            self._list.clear()

    @Slot()
    def _touched(self) -> None:
        placement = self._pages.shown[self.touched_at(self._cards)]
        self.ctx.navigator.show("my_job", MyJobParams(placement_id=placement.id))

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
    def _data(self) -> None:
        self.ctx.navigator.show("my_data")

    @Slot()
    def _register(self) -> None:
        register_again(self.ctx)

    @Slot()
    def _wanted(self) -> None:
        self.ctx.navigator.show("my_wanted")

    @Slot()
    def _find(self) -> None:
        self.ctx.navigator.show("trades")
