"""What became of an application since the worker was last here: said first, with the slip that is true now."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.news import News, NewsKind
from kiosk.services.placements import TrueSlip
from kiosk.ui.components.placement_look import BAD, DONE, WAITING, Look
from kiosk.ui.components.slip_page import Promise, SlipPage
from kiosk.ui.components.terms_facts import contact, work_rows
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.known import carry_on
from kiosk.ui.screens.find.params import KnownWorker, NewsParams

LOOKS = {
    NewsKind.SETTLED: DONE,
    NewsKind.WAITING: WAITING,
    NewsKind.MERGED: Look("success", "ink", "card", "line"),
    NewsKind.CLASH: WAITING,
    NewsKind.MISSED: Look("cross", "ink", "card", "line"),
    NewsKind.LOST: Look("warning", *BAD),
}


class NewsScreen(SlipPage):
    """您候补的活定下来了."""

    name = "news"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: NewsParams | None = None
        self.action("news.understood", self._understood, icon_name="check", commits=True)

    @property
    def _news(self) -> News | None:
        return self._params.news[0] if self._params is not None else None

    def enter(self, params: Any) -> None:  # noqa: ANN401 - NewsParams
        """Say the first of them, and make the slip that is true now."""
        self.clear_errors()
        if not isinstance(params, NewsParams):
            return
        self._params = params
        self.retranslate()
        news = params.news[0]
        if not news.has_slip:
            self.slip.wipe()
            return
        services, actor = self.ctx.services, actor_of(self.ctx)
        self.submit(
            lambda: services.placements.true_slip(news.placement_id, actor), self._slip, self._no_slip
        )

    def promise(self) -> Promise | None:
        """What became of it."""
        news = self._news
        if news is None:
            return None
        return Promise(
            look=LOOKS[news.kind],
            state=self.text(f"news.{news.kind}"),
            hint=self.text(f"news.{news.kind}_hint"),
            facts=self._rows(news),
        )

    def wipe(self) -> None:
        """Forget whose news it was."""
        super().wipe()
        self._params = None

    def _slip(self, found: TrueSlip) -> None:
        """On paper at once: the old slip says something else."""
        if found.new:
            self.slip.show_slip(found.slip)
        else:
            self.slip.show_old(found.slip)

    def _no_slip(self, _: Refusal) -> None:
        """It is over since the question was asked: ask anew."""
        self._go_on()

    def _rows(self, news: News) -> tuple[tuple[str, str], ...]:
        terms, told = news.terms, news.told.values
        if terms is None:  # all that is left is what the slip says, in the language that it was printed in
            labels = [self.text(f"listing.{name}") for name in ("what", "pay", "when", "where")]
            when = f"{told.get('day', '')}  {told.get('hours', '')}"
            said = (told.get("trade", ""), told.get("pay", ""), when, told.get("place", ""))
            return tuple(zip(labels, said, strict=True))
        *rows, meeting = work_rows(self, terms)
        if news.kind is not NewsKind.SETTLED:
            return tuple(rows)
        return (*rows, meeting, (self.text("listing.contact"), contact(terms)))

    @Slot()
    def _understood(self) -> None:
        news, services = self._news, self.ctx.services
        if news is None:
            return
        worker_id = self.ctx.visit.draft(KnownWorker).worker_id
        self.submit(lambda: services.placements.told(news, worker_id), self._next)

    def _next(self, _: None) -> None:
        self._go_on()

    def _go_on(self) -> None:
        """To the next news, if there are more, else to what the person came for."""
        if self._params is not None:
            carry_on(self, self.ctx.visit.draft(KnownWorker).worker_id, self._params.wish)
