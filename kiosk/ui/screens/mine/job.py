"""One of my jobs: how it stands, what is next, print the slip again, cancel."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.domain.records import Placement
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import PlacementStatus
from kiosk.services.placements import TrueSlip
from kiosk.ui.components import say
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.page import Page
from kiosk.ui.components.placement_look import LOOKS
from kiosk.ui.components.slip_print import SlipPanel
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.mine.params import MyJobParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

#: What a worker may say next in each state: status and the main button's word (``mine.mark.<status>``).
NEXT = {
    PlacementStatus.CONFIRMED: (PlacementStatus.ARRIVED,),
    PlacementStatus.ARRIVED: (PlacementStatus.COMPLETED,),
    PlacementStatus.COMPLETED: (PlacementStatus.PAID, PlacementStatus.UNPAID),
    PlacementStatus.UNPAID: (PlacementStatus.PAID,),
}
CANCELLABLE = frozenset({PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED})
#: Over without work: no slip would be true.
OVER = frozenset({PlacementStatus.CANCELLED, PlacementStatus.DECLINED, PlacementStatus.NO_SHOW})
MARKS = (PlacementStatus.UNPAID, PlacementStatus.ARRIVED, PlacementStatus.COMPLETED, PlacementStatus.PAID)


class MyJobScreen(Page):
    """我的这个活."""

    name = "my_job"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._placement: Placement | None = None
        self._sheet = Card(self.theme)
        self._mark = QLabel()
        self.state = Text(self.theme, Role.FACT, bold=True)
        self.explained = Text(self.theme, Role.LEAD)
        self.facts = Facts(self.theme, role=Role.LEAD)
        self.slip = SlipPanel(self)
        self.ask = Ask(self.theme)
        self.ask.agreed.connect(self._cancel_agreed)
        self.ask.declined.connect(self._ask_away)
        self._place()
        self._again = self.action("slip_panel.again", self.slip.print_again, Kind.PLAIN, icon_name="printer")
        self._cancel = self.action("mine.cancel", self._ask_cancel, Kind.DANGER, icon_name="cross")
        slots = (self._unpaid, self._arrived, self._completed, self._paid)
        self._marks = {
            status: self.action(
                f"mine.mark.{status}", slot, Kind.PLAIN if status is MARKS[0] else Kind.ACTION
            )
            for status, slot in zip(MARKS, slots, strict=True)
        }

    def _place(self) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._mark)
        self._head.addWidget(self.state, 1)
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addLayout(self._head)
        self._inside.addWidget(self.explained)
        self._inside.addWidget(self.facts)
        self._inside.addStretch(1)
        self._front = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._front)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addWidget(self._sheet)
        self._halves.addWidget(self.slip, 1)
        self.body.addWidget(self._front, 1)
        self.body.addWidget(self.ask, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - MyJobParams
        """Load it anew each time: its state may have changed."""
        self.clear_errors()
        self._show_ask(asking=False)
        if not isinstance(params, MyJobParams):
            return
        if self._placement is not None and self._placement.id != params.placement_id:
            self.wipe()
        self._show()
        services, placement_id = self.ctx.services, params.placement_id
        self.query("job", lambda: services.placements.get(placement_id), self._loaded)
        actor = actor_of(self.ctx)
        self.submit(lambda: services.placements.true_slip(placement_id, actor), self._slip, self._no_slip)

    def arrange(self, *, portrait: bool) -> None:
        """The slip below, as large as it can be, or beside."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        self._halves.setStretch(0, 0 if portrait else 3)
        self._halves.setStretch(1, 1 if portrait else 2)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(5)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(4))
        self._halves.setSpacing(pad)
        self._show()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.slip.retranslate()
        self.ask.say(*(self.text(f"mine.ask_cancel.{part}") for part in ("question", "happens", "yes", "no")))
        self._show()

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._placement = None
        self.facts.wipe()
        for text in (self.state, self.explained, self.title):
            text.setText("")

    def refused(self, refusal: Refusal) -> None:
        """Said on the page, not under the question."""
        self._show_ask(asking=False)
        super().refused(refusal)

    def _loaded(self, placement: Placement) -> None:
        self._placement = placement
        if placement.status in OVER:
            self.slip.wipe()
        self._show()

    def _slip(self, found: TrueSlip) -> None:
        """A slip that has become wrong is replaced at once, on paper too."""
        if found.new:
            self.slip.show_slip(found.slip)
        else:
            self.slip.show_old(found.slip)
        self._show()

    def _no_slip(self, _: Refusal) -> None:
        """It is over: there is no slip that would be true."""
        self.slip.wipe()
        self._show()

    def _show(self) -> None:
        placement = self._placement
        status = placement.status if placement is not None else None
        asking = not self.ask.isHidden()
        self._again.setVisible(self.slip.issued is not None and not asking)
        self._cancel.setVisible(status in CANCELLABLE and not asking)
        offered = NEXT.get(status, ()) if status is not None else ()
        for mark, button in self._marks.items():
            button.setVisible(mark in offered and not asking)
        if placement is None:
            return
        look, strings, terms = LOOKS[placement.status], self.ctx.strings, placement.terms
        self.title.setText(terms.title)
        self.title.setVisible(not asking)
        self._sheet.set_ground(look.ground, look.line)
        size = self.theme.px(14)
        self._mark.setPixmap(icon(look.icon_name, getattr(self.theme.palette, look.tone), size))
        self.state.setText(self.text(f"mine.state.{placement.status}"))
        self.state.set_tone(look.tone)
        self.explained.setText(self.text(f"mine.next.{placement.status}"))
        today = self.ctx.services.context.today()
        sure = placement.status not in (PlacementStatus.WAITLISTED, PlacementStatus.DECLINED)
        contact = f"{terms.contact_name} {terms.contact_phone}"
        self.facts.show_rows(
            [
                (self.text("listing.pay"), say.pay(strings, terms)),
                (
                    self.text("listing.when"),
                    f"{say.days(strings, terms, today)}  {say.hours(strings, terms)}",
                ),
                (self.text("listing.where"), say.place(strings, self.ctx.services.catalogue, terms)),
                (self.text("listing.meeting"), terms.meeting_place),
                (self.text("listing.contact"), contact if sure else ""),
                (self.text("listing.employer"), placement.employer_name),
            ]
        )

    def _show_ask(self, *, asking: bool) -> None:
        self.ask.setVisible(asking)
        self._front.setVisible(not asking)
        self._show()

    def _mark_as(self, status: PlacementStatus) -> None:
        placement, services, actor = self._placement, self.ctx.services, actor_of(self.ctx)
        if placement is None:
            return
        self.clear_errors()
        self.submit(lambda: services.placements.mark(placement.id, status, "", actor), self._loaded)

    @Slot()
    def _arrived(self) -> None:
        self._mark_as(PlacementStatus.ARRIVED)

    @Slot()
    def _completed(self) -> None:
        self._mark_as(PlacementStatus.COMPLETED)

    @Slot()
    def _paid(self) -> None:
        self._mark_as(PlacementStatus.PAID)

    @Slot()
    def _unpaid(self) -> None:
        self._mark_as(PlacementStatus.UNPAID)

    @Slot()
    def _ask_cancel(self) -> None:
        self.clear_errors()
        self._show_ask(asking=True)

    @Slot()
    def _ask_away(self) -> None:
        self._show_ask(asking=False)

    @Slot()
    def _cancel_agreed(self) -> None:
        placement, services, actor = self._placement, self.ctx.services, actor_of(self.ctx)
        if placement is None:
            return
        self.submit(lambda: services.placements.cancel(placement.id, "", actor), self._cancelled)

    def _cancelled(self, placement: Placement) -> None:
        self._placement = placement
        self._show_ask(asking=False)
        self.banner.say(self.text("mine.cancelled"), "good")
