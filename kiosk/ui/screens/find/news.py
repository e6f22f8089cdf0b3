"""What became of an application since the worker was last here: said first, with the slip that is true now."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout

from kiosk.domain.refusal import Refusal
from kiosk.services.news import News, NewsKind
from kiosk.services.placements import TrueSlip
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.components.slip_print import SlipPanel
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.known import carry_on
from kiosk.ui.screens.find.params import KnownWorker, NewsParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class Look:
    """Icon, its colour and that of the sentence, tinted ground and line."""

    icon_name: str
    tone: str
    ground: str
    line: str


LOOKS = {
    NewsKind.SETTLED: Look("success", "green", "green_soft", "green"),
    NewsKind.WAITING: Look("waiting", "ink", "orange_soft", "orange_deep"),
    NewsKind.MISSED: Look("cross", "ink", "card", "line"),
    NewsKind.LOST: Look("warning", "red", "red_soft", "red"),
}
MARK_MM = 18.0


class NewsScreen(Page):
    """您候补的活定下来了."""

    name = "news"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: NewsParams | None = None
        self._sheet = Card(self.theme)
        self._mark = QLabel()
        self.state = Text(self.theme, Role.HERO, bold=True)
        self.explained = Text(self.theme, Role.LEAD)
        self.facts = Facts(self.theme, role=Role.LEAD)
        self.slip = SlipPanel(self)
        self._place()
        self._again = self.action("slip_panel.again", self.slip.print_again, Kind.PLAIN, icon_name="printer")
        self.action("news.understood", self._understood, icon_name="check")

    def _place(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._mark)
        self._head.addWidget(self.state, 1)
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addStretch(0)
        self._inside.addLayout(self._head)
        self._inside.addWidget(self.explained)
        self._inside.addWidget(self.facts)
        self._inside.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.addWidget(self._sheet)
        self._halves.addWidget(self.slip, 1)
        self.body.addLayout(self._halves, 1)

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
            self._show_slip()
            return
        services, actor = self.ctx.services, actor_of(self.ctx)
        self.submit(
            lambda: services.placements.true_slip(news.placement_id, actor), self._slip, self._no_slip
        )

    def arrange(self, *, portrait: bool) -> None:
        """The slip below, as large as it can be, or beside."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        self._show_slip()

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(5)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(pad)
        self._head.setSpacing(pad)
        self._halves.setSpacing(pad)
        self._show()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.slip.retranslate()
        self._show()

    def wipe(self) -> None:
        """Forget whose news it was."""
        super().wipe()
        self._params = None
        self.facts.wipe()
        for text in (self.state, self.explained):
            text.setText("")

    def _slip(self, found: TrueSlip) -> None:
        """On paper at once: the old slip says something else."""
        if found.new:
            self.slip.show_slip(found.slip)
        else:
            self.slip.show_old(found.slip)
        self._show_slip()

    def _no_slip(self, _: Refusal) -> None:
        """It is over since the question was asked: ask anew."""
        self._go_on()

    def _show_slip(self) -> None:
        """Without a slip the news has the page for itself."""
        shown = self.slip.issued is not None
        self.slip.setVisible(shown)
        self._again.setVisible(shown)
        self._inside.setStretch(0, 0 if shown else 1)  # alone, it stands in the middle
        portrait = self._halves.direction() == QBoxLayout.Direction.TopToBottom
        self._halves.setStretch(0, 1 if not shown else 0 if portrait else 3)
        self._halves.setStretch(1, 0 if not shown else 1 if portrait else 2)

    def _show(self) -> None:
        news = self._news
        if news is None:
            return
        look = LOOKS[news.kind]
        self._sheet.set_ground(look.ground, look.line)
        size = self.theme.px(MARK_MM)
        self._mark.setPixmap(icon(look.icon_name, getattr(self.theme.palette, look.tone), size))
        self.state.setText(self.text(f"news.{news.kind}"))
        self.state.set_tone(look.tone)
        self.explained.setText(self.text(f"news.{news.kind}_hint"))
        self.facts.show_rows(self._rows(news))

    def _rows(self, news: News) -> list[tuple[str, str]]:
        strings, terms, told = self.ctx.strings, news.terms, news.told.values
        labels = [self.text(f"listing.{name}") for name in ("what", "pay", "when", "where")]
        if terms is None:  # all that is left is what the slip says, in the language that it was printed in
            when = f"{told.get('day', '')}  {told.get('hours', '')}"
            said = (told.get("trade", ""), told.get("pay", ""), when, told.get("place", ""))
            return list(zip(labels, said, strict=True))
        when = f"{say.days(strings, terms, self.ctx.services.context.today())}  {say.hours(strings, terms)}"
        where = say.place(strings, self.ctx.services.catalogue, terms)
        rows = list(zip(labels, (terms.title, say.pay(strings, terms), when, where), strict=True))
        if news.kind is NewsKind.SETTLED:
            contact = f"{terms.contact_name} {terms.contact_phone}"
            rows += [
                (self.text("listing.meeting"), terms.meeting_place),
                (self.text("listing.contact"), contact),
            ]
        return rows

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
