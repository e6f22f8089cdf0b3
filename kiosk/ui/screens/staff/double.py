"""Two registrations beside each other: staff say which one stays, and make one of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.context import slip_number
from kiosk.services.one_person import Side
from kiosk.ui.components import say
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.page import Page
from kiosk.ui.components.worker_words import trade_names
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.params import KnownWorker
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text

NEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleParams:
    """Which two. ``other`` is shown second, and stays unless staff say otherwise."""

    one: UUID
    other: UUID


class StaffDoubleScreen(Page):
    """是不是同一个人."""

    name = "staff_double"
    for_staff = True
    title_key = "double.title"
    hint_key = "double.hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._sides: tuple[Side, Side] | None = None
        self._stays = 1
        self._cards = (Card(self.theme), Card(self.theme))
        self._heads = tuple(Text(self.theme, Role.LEAD, bold=True) for _ in self._cards)
        self._facts = tuple(Facts(self.theme, role=Role.BODY) for _ in self._cards)
        self._columns = []
        for card, head, facts in zip(self._cards, self._heads, self._facts, strict=True):
            column = QVBoxLayout(card)
            column.addWidget(head)
            column.addWidget(facts)
            self._columns.append(column)
        self._front = QWidget()
        front = QVBoxLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        front.addLayout(self._halves)
        front.addStretch(1)
        for card in self._cards:
            self._halves.addWidget(card)
        self.body.addWidget(self._front, 1)
        self.ask = Ask(self, self._front, yes_icon="check")
        self.ask.agreed.connect(self._merge)
        self._swap = self.action("double.swap", self._other_stays, Kind.PLAIN, icon_name="refresh")
        self._same = self.action("double.same", self._ask_once, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - DoubleParams
        """Load both."""
        self.clear_errors()
        self.ask.end()
        services = self.ctx.services
        if isinstance(params, DoubleParams):
            self._sides, self._stays = None, 1
            self._show_actions()
            self.submit(
                lambda: services.one_person.sides(params.one, params.other), self._loaded, self._not_two
            )

    def arrange(self, *, portrait: bool) -> None:
        """One below the other upright, beside each other across."""
        for facts in self._facts:
            facts.set_role(Role.LEAD if portrait else Role.BODY)
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(4)
        for column in self._columns:
            column.setContentsMargins(pad, pad, pad, pad)
            column.setSpacing(pad)
        self._halves.setSpacing(pad)
        self._fill()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._fill()

    def wipe(self) -> None:
        """Forget both."""
        super().wipe()
        self._sides = None
        for head, facts in zip(self._heads, self._facts, strict=True):
            head.setText("")
            facts.wipe()
        self.ask.say("", "", "", "")

    def _loaded(self, sides: tuple[Side, Side]) -> None:
        self._sides = sides
        self._show_actions()
        self._fill()

    def _not_two(self, refusal: Refusal) -> None:
        """They are one already, or one is not known here any more."""
        self.refused(refusal)
        self._show_actions()

    def _fill(self) -> None:
        if self._sides is None:
            return
        for at, side in enumerate(self._sides):
            stays = at == self._stays
            self._cards[at].set_ground("green_soft" if stays else "card", "green" if stays else "line")
            self._heads[at].setText(self.text("double.stays" if stays else "double.goes"))
            self._facts[at].show_rows(self._rows(side))
        kept, gone = self._sides[self._stays].worker, self._sides[1 - self._stays].worker
        self.ask.say(
            self.text("double.ask", name=kept.name),
            self.text(
                "double.happens",
                gone=slip_number(gone.home, gone.number),
                kept=slip_number(kept.home, kept.number),
            ),
            self.text("double.yes"),
            self.text("double.no"),
        )

    def _rows(self, side: Side) -> list[tuple[str, str]]:
        worker, strings, services = side.worker, self.ctx.strings, self.ctx.services
        today = services.context.today()
        recent = [
            (say.status(strings, each), f"{each.terms.title}  {say.days(strings, each.terms, today)}")
            for each in side.placements[:NEWEST]
        ]
        identity = worker.identity.masked if worker.identity is not None else self.text("double.no_card")
        return [
            (self.text("register.name"), worker.name),
            (self.text("identify.phone"), worker.phone),
            (self.text("staff.id_number"), identity),
            (self.text("staff.worker_number"), slip_number(worker.home, worker.number)),
            (self.text("double.since"), strings.date(worker.created_at)),
            (self.text("staff.trades"), trade_names(strings, services.catalogue, worker.trades)),
            *recent,
        ]

    def _show_actions(self) -> None:
        for button in (self._swap, self._same):
            button.setVisible(self._sides is not None)

    @Slot()
    def _other_stays(self) -> None:
        self._stays = 1 - self._stays
        self._fill()

    @Slot()
    def _ask_once(self) -> None:
        self.clear_errors()
        self.ask.begin()

    @Slot()
    def _merge(self) -> None:
        if self._sides is None:
            return
        services, actor = self.ctx.services, actor_of(self.ctx)
        kept, gone = self._sides[self._stays].worker.id, self._sides[1 - self._stays].worker.id
        self.submit(lambda: services.one_person.merge(gone, kept, actor), self._merged)

    def _merged(self, one: Worker) -> None:
        self.ctx.notices.toast.emit(self.text("double.done"))
        self.ctx.navigator.swap("staff_person", KnownWorker(worker_id=one.id))
