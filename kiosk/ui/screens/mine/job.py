"""One of my jobs: how it stands, what is next, take the last mark back, print the slip again, cancel."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.own_time import own_terms
from kiosk.domain.placements import may_cancel, states_before, states_on
from kiosk.domain.records import Placement
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import PlacementStatus
from kiosk.services.placements import TrueSlip
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.placement_look import look_of, words_of
from kiosk.ui.components.slip_page import Promise, SlipPage
from kiosk.ui.components.terms_facts import contact, work_rows
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.mine.params import MyJobParams
from kiosk.ui.widgets.buttons import Kind

#: What a worker may say next in each state: status and the main button's word (``mine.mark.<status>``).
NEXT = {
    PlacementStatus.CONFIRMED: (PlacementStatus.ARRIVED,),
    PlacementStatus.ARRIVED: (PlacementStatus.COMPLETED,),
    PlacementStatus.COMPLETED: (PlacementStatus.PAID, PlacementStatus.UNPAID),
    PlacementStatus.UNPAID: (PlacementStatus.PAID,),
}
#: Over without work: no slip would be true.
OVER = frozenset({PlacementStatus.CANCELLED, PlacementStatus.DECLINED, PlacementStatus.NO_SHOW})
#: What is said of a place that there is not: the way to another one is offered.
IN_VAIN = frozenset({PlacementStatus.CANCELLED.value, PlacementStatus.DECLINED.value})
MARKS = (PlacementStatus.UNPAID, PlacementStatus.ARRIVED, PlacementStatus.COMPLETED, PlacementStatus.PAID)


class MyJobScreen(SlipPage):
    """我的这个活."""

    name = "my_job"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._placement: Placement | None = None
        #: What was marked last in this visit, and how it stood before.
        self._last: tuple[PlacementStatus, PlacementStatus] | None = None
        self.ask = Ask(self, self.front)
        self.ask.agreed.connect(self._cancel_agreed)
        self._cancel = self.action("mine.cancel", self._ask_cancel, Kind.DANGER, icon_name="cross")
        self._undo = self.action("mine.take_back", self._take_back, Kind.PLAIN, icon_name="back")
        slots = (self._unpaid, self._arrived, self._completed, self._paid)
        self._marks = {
            status: self.action(
                f"mine.mark.{status}", slot, Kind.PLAIN if status is MARKS[0] else Kind.ACTION
            )
            for status, slot in zip(MARKS, slots, strict=True)
        }
        self._others = self.action("apply_refused.others", self._to_others, icon_name="work")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - MyJobParams
        """Load it anew each time: its state may have changed."""
        self.clear_errors()
        self.ask.end()
        if not isinstance(params, MyJobParams):
            return
        if self._placement is not None and self._placement.id != params.placement_id:
            self.wipe()
        self._show()
        services, placement_id = self.ctx.services, params.placement_id
        self.query("job", lambda: services.placements.get(placement_id), self._loaded)
        actor = actor_of(self.ctx)
        self.submit(lambda: services.placements.true_slip(placement_id, actor), self._slip, self._no_slip)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.ask.say(*(self.text(f"mine.ask_cancel.{part}") for part in ("question", "happens", "yes", "no")))
        self._show()

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._placement = self._last = None

    def refused(self, refusal: Refusal) -> None:
        """Said on the page, not under the question."""
        self.ask.end()
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

    def promise(self) -> Promise | None:
        """How it stands, and what is next."""
        placement = self._placement
        if placement is None:
            return None
        words = words_of(placement, self.ctx.services.context.now())
        early = placement.status is PlacementStatus.CONFIRMED and not self._possible(placement)
        sure = placement.status not in (PlacementStatus.WAITLISTED, PlacementStatus.DECLINED)
        return Promise(
            look=look_of(placement, self.ctx.services.context.now()),
            state=self.text(f"mine.state.{words}"),
            hint=self.text("mine.next_early" if early else f"mine.next.{words}"),
            facts=(
                *work_rows(self, own_terms(placement)),
                (self.text("listing.contact"), contact(placement.terms) if sure else ""),
                (self.text("listing.employer"), placement.employer_name),
            ),
        )

    def _show(self) -> None:
        placement = self._placement
        now = self.ctx.services.context.now()
        self.again.setVisible(self.slip.issued is not None)
        self._others.setVisible(placement is not None and words_of(placement, now) in IN_VAIN)
        self._cancel.setVisible(placement is not None and may_cancel(placement, now))
        offered = self._possible(placement) if placement is not None else ()
        self._undo.setVisible(self._before() is not None)
        for mark, button in self._marks.items():
            button.setVisible(mark in offered)
        self.show_promise()

    def _possible(self, placement: Placement) -> tuple[PlacementStatus, ...]:
        """What may be said next; before the first day of work nothing has come to pass."""
        now = states_on(placement, self.ctx.services.context.today())
        return tuple(each for each in NEXT.get(placement.status, ()) if each in now)

    def _before(self) -> PlacementStatus | None:
        """How it stood before a mark that may be taken back: one of this visit, by staff any; None without one."""
        placement = self._placement
        if placement is None:
            return None
        if self._last is not None and self._last[0] is placement.status:
            return self._last[1]
        earlier = states_before(placement.status)
        return earlier[0] if earlier and self.ctx.navigator.staff is not None else None

    def _mark_as(self, status: PlacementStatus) -> None:
        placement, services, actor = self._placement, self.ctx.services, actor_of(self.ctx)
        if placement is None:
            return
        self.clear_errors()
        self._last = (status, placement.status)
        self.submit(lambda: services.placements.mark(placement.id, status, "", actor), self._marked)

    def _marked(self, placement: Placement) -> None:
        """Where the button was the next one stands now: a finger that comes down twice says one thing."""
        self._loaded(placement)
        self.ctx.gate.guard(confirms=True)

    @Slot()
    def _take_back(self) -> None:
        placement, before = self._placement, self._before()
        placements, actor = self.ctx.services.placements, actor_of(self.ctx)
        if placement is None or before is None:
            return
        self.clear_errors()
        mark = placement.status
        self.submit(lambda: placements.take_back(placement.id, mark, before, actor), self._taken_back)

    def _taken_back(self, placement: Placement) -> None:
        self._last = None
        self._marked(placement)
        self.banner.say(self.text("mine.taken_back"), "good")

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
    def _to_others(self) -> None:
        self.ctx.navigator.home()
        self.ctx.navigator.show("trades")

    @Slot()
    def _ask_cancel(self) -> None:
        self.clear_errors()
        self.ask.begin()

    @Slot()
    def _cancel_agreed(self) -> None:
        placement, services, actor = self._placement, self.ctx.services, actor_of(self.ctx)
        if placement is None:
            return
        self.submit(lambda: services.placements.cancel(placement.id, "", actor), self._cancelled)

    def _cancelled(self, placement: Placement) -> None:
        """As it stands now: what the slip on the page promised goes with it."""
        self._loaded(placement)
        self.banner.say(self.text("mine.cancelled"), "good")
