"""Who comes to a listing, who waits, and what the employer can do about it."""

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.listings import is_behind, is_offered
from kiosk.domain.placements import states_before
from kiosk.domain.records import Employer, Invitation, Listing, Placement
from kiosk.domain.values import HOLDING, InvitationStatus, ListingStatus, PlacementStatus
from kiosk.services.listings import Applicants
from kiosk.services.ports import WantedQuery
from kiosk.services.slip_issue import Issued
from kiosk.ui.components import say
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.list_place import ListPlace, Pages
from kiosk.ui.components.page import Page
from kiosk.ui.components.tab_order import order_tabs
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.hire.known import post_again
from kiosk.ui.screens.hire.params import ApplicantsParams
from kiosk.ui.screens.hire.person_row import PersonRow
from kiosk.ui.screens.hire.sheet import SheetParams
from kiosk.ui.screens.wanted.draft import WantedListParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.states import Blank
from kiosk.ui.widgets.text import Text

ROWS = 4
LIVE = (ListingStatus.PUBLISHED, ListingStatus.FULL)
ASKED = (InvitationStatus.OPEN, InvitationStatus.DECLINED)
GONE = (PlacementStatus.CANCELLED, PlacementStatus.DECLINED)


class ApplicantsScreen(Page):
    """谁来干."""

    name = "applicants"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._listing_id: UUID | None = None
        self._found: Applicants | None = None
        self._people: tuple[Placement, ...] = ()
        self._invited: tuple[Invitation, ...] = ()
        self._pages: Pages[Placement | Invitation] = Pages(per_page=ROWS)
        #: Who was marked last in this visit, as what, and how it stood before.
        self._last: tuple[UUID, PlacementStatus, PlacementStatus] | None = None
        #: Who is to be marked as absent, if the answer is yes.
        self._absent: Placement | None = None
        #: The people that come next were changed under the finger.
        self._changed = False
        self._sheet = Card(self.theme)
        self.state = Text(self.theme, Role.LEAD, bold=True)
        self.about = Text(self.theme, Role.BODY, tone="soft")
        self._rows = [PersonRow(self.theme, self.text) for _ in range(ROWS)]
        for row in self._rows:
            row.marked.connect(self._touched)
            row.taken_back.connect(self._take_back)
        self._list = ListPlace(self.theme, self._rows, "people", most_mm=50.0)
        self._list.back.connect(self._back)
        self._list.on.connect(self._on)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.addWidget(self.about)
        self._head.addWidget(self.state)
        self._front = QWidget()
        self._front_column = front = QVBoxLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        front.addLayout(self._head)
        front.addWidget(self._list, 1)
        self.body.addWidget(self._front, 1)
        self.ask = Ask(self, self._front)
        self.ask.agreed.connect(self._is_absent)
        self.stop = self.action("applicants.stop", self._stop, Kind.DANGER, icon_name="stop")
        self.renew = self.action("applicants.renew", self._renew, Kind.PLAIN, icon_name="calendar")
        self.again = self.action("hire.again", self._again, Kind.PLAIN, icon_name="again")
        self.ask_for = self.action("applicants.ask_for", self._ask_for, Kind.PLAIN, icon_name="people")
        self.print = self.action("applicants.print", self._print, icon_name="printer")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - ApplicantsParams
        """Load it anew each time: people come while one looks."""
        self.banner.say("")
        self.ask.end()
        if isinstance(params, ApplicantsParams):
            if params.listing_id != self._listing_id:
                self.wipe()
            self._listing_id = params.listing_id
            self._load()
        self._fill()

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two by two across."""
        self._list.arrange(portrait=portrait)
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._list.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._say_question()
        self._fill()

    def wipe(self) -> None:
        """Forget who comes."""
        super().wipe()
        self._listing_id, self._found, self._people, self._invited = None, None, (), ()
        self._last = self._absent = None
        self.ask.end()
        self._say_question()
        self._pages.clear()
        self._fill()

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._front_column.setSpacing(self.column.spacing())

    def _load(self) -> None:
        listing_id, listings, wanted = self._listing_id, self.ctx.services.listings, self.ctx.services.wanted
        if listing_id is not None:
            self.query(
                "people", lambda: (listings.applicants(listing_id), wanted.invited(listing_id)), self._loaded
            )

    def _loaded(self, both: tuple[Applicants, tuple[Invitation, ...]]) -> None:
        found, invited = both
        self._found = found
        # Who has said yes stands among those who come.
        self._invited = tuple(each for each in invited if each.status in ASKED)
        self._people = tuple(each for each in found.placements if each.status not in GONE)
        self._pages.put((*self._people, *self._invited))
        self._fill()
        order_tabs(self)
        if self._changed:
            self._changed = False
            self.ctx.gate.guard(confirms=True)

    def _fill(self) -> None:
        found = self._found
        for button in (self.stop, self.renew, self.again, self.ask_for, self.print):
            button.setVisible(found is not None)
        for part in (self.title, self.state, self.about):
            part.setVisible(found is not None)
        waiting = [each.id for each in self._people if each.status is PlacementStatus.WAITLISTED]
        for row, each in zip(self._rows, self._pages.shown, strict=False):
            if isinstance(each, Invitation):
                row.show_invited(each)
            else:
                place = waiting.index(each.id) + 1 if each.id in waiting else 0
                row.show_person(each, place, self._today, back=self._before(each) is not None)
        if self._pages.items:
            self._list.show_pages(self._pages)
        elif found is not None:
            self._list.lack(self._blank(found.listing))
        else:
            self._list.clear()
        if found is not None:
            self._say(found.listing)

    def _say(self, listing: Listing) -> None:
        terms, strings = listing.terms, self.ctx.strings
        live = listing.status in LIVE
        self.title.setText(
            self.text("hire.past", title=terms.title, n=terms.headcount, pay=say.pay(strings, terms))
        )
        self.about.setText(f"{say.days(strings, terms, self._today)} {say.hours(strings, terms)}")
        coming = sum(each.status in HOLDING for each in self._people)
        now = self.ctx.services.context.now()
        state, left = say.listing_state(strings, listing, now), listing.places_left
        offered, behind = is_offered(listing, now), is_behind(listing, now)
        short = left > 0 and not behind
        key = "applicants.state" if short else "applicants.state_full"
        self.state.setText(self.text(key, state=state, n=coming, **({"left": left} if short else {})))
        waits = listing.status is ListingStatus.PENDING or (live and behind)
        self.state.set_tone("green" if offered else "ink" if waits else "red")
        if listing.status is ListingStatus.REJECTED:
            self.banner.say(self.text("applicants.rejected", reason=listing.review_reason), "error")
        self.stop.setVisible(not behind and (live or listing.status is ListingStatus.PENDING))
        self.renew.setVisible(live and not behind)
        self.ask_for.setVisible(offered and left > 0)
        self.print.setVisible(coming > 0)

    def _blank(self, listing: Listing) -> Blank:
        pending = listing.status is ListingStatus.PENDING
        offered = is_offered(listing, self.ctx.services.context.now())
        waits = "pending" if pending else "live" if offered else "closed"
        return Blank(sentence=self.text("applicants.nobody"), do=self.text(f"applicants.nobody_hint.{waits}"))

    @Slot()
    def _back(self) -> None:
        self._pages.turn(-1)
        self._fill()

    @Slot()
    def _on(self) -> None:
        self._pages.turn(1)
        self._fill()

    @property
    def _today(self) -> date:
        today: date = self.ctx.services.context.today()
        return today

    def _before(self, placement: Placement) -> PlacementStatus | None:
        """How it stood before a mark that may be taken back: the last one of this visit; None without one."""
        if self._last is None or self._last[:2] != (placement.id, placement.status):
            return None
        return self._last[2]

    def _say_question(self) -> None:
        name = self._absent.worker_name if self._absent is not None else ""
        question, *others = (
            self.text(f"applicants.ask_no_show.{part}", name=name)
            for part in ("question", "happens", "yes", "no")
        )
        self.ask.say(question, *others)

    def _touched_person(self) -> Placement | None:
        found = self._pages.shown[self.touched_at(self._rows)]
        return None if isinstance(found, Invitation) else found

    @Slot(object)
    def _touched(self, status: PlacementStatus) -> None:
        placement = self._touched_person()
        if placement is None:
            return
        self.banner.say("")
        if status is not PlacementStatus.NO_SHOW:
            self._mark(placement, status)
            return
        self._absent = placement
        self._say_question()
        self.ask.begin()

    @Slot()
    def _is_absent(self) -> None:
        if self._absent is not None:
            self._mark(self._absent, PlacementStatus.NO_SHOW)

    def _mark(self, placement: Placement, status: PlacementStatus) -> None:
        actor, placements = actor_of(self.ctx), self.ctx.services.placements
        self._last = (placement.id, status, placement.status) if states_before(status) else None
        self.submit(lambda: placements.mark(placement.id, status, "", actor), self._marked)

    @Slot()
    def _take_back(self) -> None:
        placement = self._touched_person()
        before = self._before(placement) if placement is not None else None
        if placement is None or before is None:
            return
        actor, placements = actor_of(self.ctx), self.ctx.services.placements
        placement_id, mark = placement.id, placement.status
        self._last = None
        self.banner.say("")
        self.submit(lambda: placements.take_back(placement_id, mark, before, actor), self._marked)

    def _marked(self, _: Placement) -> None:
        """Where the button was the next one stands now: a finger that comes down twice says one thing."""
        self._changed = True
        self.ctx.gate.guard(confirms=True)
        self._load()

    @Slot()
    def _stop(self) -> None:
        if self._listing_id is not None:
            self.ctx.navigator.show("stop_hiring", ApplicantsParams(listing_id=self._listing_id))

    @Slot()
    def _renew(self) -> None:
        listing_id, listings, actor = self._listing_id, self.ctx.services.listings, actor_of(self.ctx)
        if listing_id is not None:
            self.submit(lambda: listings.renew(listing_id, actor), self._renewed)

    def _renewed(self, listing: Listing) -> None:
        until = self.ctx.strings.date(listing.valid_until)
        self.ctx.notices.toast.emit(self.text("applicants.renewed", day=until))
        self._load()

    @Slot()
    def _ask_for(self) -> None:
        """Who offers this trade; any of them can be asked for this listing."""
        found = self._found
        if found is not None:
            query = WantedQuery(trade=found.listing.terms.trade)
            params = WantedListParams(query=query, listing_id=found.listing.id)
            self.ctx.navigator.show("wanted_list", params)

    @Slot()
    def _again(self) -> None:
        if self._found is not None:
            employer_id, employers = self._found.listing.employer_id, self.ctx.services.employers
            self.query("employer", lambda: employers.get(employer_id), self._post_again)

    def _post_again(self, employer: Employer) -> None:
        if self._found is not None:
            post_again(self, employer, self._found.listing)

    @Slot()
    def _print(self) -> None:
        listing_id, listings, actor = self._listing_id, self.ctx.services.listings, actor_of(self.ctx)
        if listing_id is not None:
            self.submit(lambda: listings.hire_sheet(listing_id, actor), self._numbered)

    def _numbered(self, issued: Issued) -> None:
        self.ctx.navigator.show("hire_sheet", SheetParams(issued=issued))
