"""An employer who is known: what they posted before, to be posted again or looked at, and a new one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from kiosk.domain.records import Employer, Listing
from kiosk.domain.refusal import Refusal
from kiosk.services.listings import form_of
from kiosk.ui.behalf import note_whose
from kiosk.ui.components import say
from kiosk.ui.components.list_place import ListPlace, Pages
from kiosk.ui.components.page import Page
from kiosk.ui.components.tab_order import order_tabs
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft, with_contact
from kiosk.ui.screens.hire.params import ApplicantsParams, KnownEmployer
from kiosk.ui.screens.hire.receipt import scan_receipt
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.states import Blank
from kiosk.ui.widgets.text import Text

ROWS = 4


def go_on_as(page: Page, employer_id: UUID) -> None:
    """Remember for this visit who the employer is, and show what they posted."""
    page.ctx.visit.keep(KnownEmployer(employer_id=employer_id, proved=is_proved(page.ctx, employer_id)))
    page.ctx.navigator.show("hire_known")


def is_proved(ctx: UiContext, employer_id: UUID) -> bool:
    """Whether this visit's employer has proved who they are, or staff do it for them."""
    if ctx.navigator.staff is not None:
        return True
    known = ctx.visit.draft(KnownEmployer) if ctx.visit.has(KnownEmployer) else None
    return known is not None and known.employer_id == employer_id and known.proved


def post_again(page: Page, employer: Employer, listing: Listing) -> None:
    """再发一次: everything as it was, for tomorrow; only the summary is left to look over."""
    ctx = page.ctx
    if ctx.visit.has(HireDraft):
        begun = ctx.visit.draft(HireDraft)
        if begun.again_of == listing.id and begun.employer_id == employer.id:
            ctx.navigator.show("post_summary")  # as it was left: what was changed is not typed twice
            return
    tomorrow = ctx.services.context.today() + timedelta(days=1)
    form = with_contact(form_of(listing, tomorrow), employer.contact_name, employer.phone)
    ctx.visit.keep(HireDraft(form=form, again_of=listing.id).of_known(employer))
    ctx.navigator.show("post_summary")


class PastListing(Card):
    """One listing of before: what, when, how it went; again, or who came."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.theme)
        self._page = page
        self.what = Text(page.theme, Role.LEAD, bold=True)
        self.how = Text(page.theme, Role.BODY, tone="soft")
        self.again = BigButton(page.theme, Kind.PRIMARY, icon_name="again")
        self.people = BigButton(page.theme, Kind.PLAIN, icon_name="people")
        self._row = TileGrid(page.theme, 2)
        self._row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row.set_tiles([self.people, self.again])
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(self.what)
        self._column.addWidget(self.how)
        self._column.addWidget(self._row)
        self._column.addStretch(1)
        self.retheme()

    def show_listing(self, listing: Listing) -> None:
        """Words of a listing."""
        strings, text = self._page.ctx.strings, self._page.text
        terms = listing.terms
        today = self._page.ctx.services.context.today()
        self.what.setText(
            text("hire.past", title=terms.title, n=terms.headcount, pay=say.pay(strings, terms))
        )
        self.how.setText(
            text(
                "hire.past_state",
                day=say.days(strings, terms, today),
                state=say.listing_state(strings, listing, self._page.ctx.services.context.now()),
                taken=listing.taken,
                n=terms.headcount,
            )
        )
        self.again.say(text("hire.again"))
        self.people.say(text("hire.people", n=listing.taken))

    def wipe(self) -> None:
        """Forget it."""
        self.what.setText("")
        self.how.setText("")

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self._page.theme.px(4)
        self._column.setContentsMargins(pad, pad // 2, pad, pad // 2)
        self._column.setSpacing(self._page.theme.px(2))


class HireKnownScreen(Page):
    """我发过的活."""

    name = "hire_known"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._employer: Employer | None = None
        self._pages: Pages[Listing] = Pages(per_page=ROWS)
        self._rows = [PastListing(self) for _ in range(ROWS)]
        for row in self._rows:
            row.again.clicked.connect(self._again)
            row.people.clicked.connect(self._people)
        self._list = ListPlace(self.theme, self._rows, "list", most_mm=52.0)
        self._list.back.connect(self._back)
        self._list.on.connect(self._on)
        self.body.addWidget(self._list, 1)
        self.new = self.action("hire.new", self._new, icon_name="plus")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - who it is stands in the visit
        """Load who it is and what they posted."""
        self.clear_errors()
        self._allow(posting=True)
        if not self.ctx.visit.has(KnownEmployer):
            self.ctx.navigator.swap("hire_kind")
            return
        employer_id = self.ctx.visit.draft(KnownEmployer).employer_id
        if self._employer is not None and self._employer.id != employer_id:
            self.wipe()
        services = self.ctx.services
        self.query("employer", lambda: services.employers.get(employer_id), self._is)
        self.query("listings", lambda: services.listings.of_employer(employer_id), self._posted)

    def arrange(self, *, portrait: bool) -> None:
        """One column of four upright, two by two across."""
        self._list.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._list.say(self.text("common.previous_page"), self.text("common.next_page"))
        self._fill()

    def scanned(self, code: str) -> bool:
        """A receipt proves who is hiring: then one sees who comes."""
        scan_receipt(self, code)
        return True

    def wipe(self) -> None:
        """Forget who it was."""
        super().wipe()
        self._employer = None
        self._pages.clear()
        self._fill()

    def _is(self, employer: Employer) -> None:
        self._employer = employer
        note_whose(self.ctx.navigator, employer.name)
        self._fill()
        try:
            self.ctx.services.employers.check_may_post(employer)
        except Refusal as refusal:
            self.refused(refusal)  # said before anything is typed
            self._allow(posting=False)

    def _allow(self, *, posting: bool) -> None:
        for button in (self.new, *(row.again for row in self._rows)):
            button.setEnabled(posting)

    def _posted(self, listings: tuple[Listing, ...]) -> None:
        self._pages.put(listings)
        self._fill()
        order_tabs(self)

    def _fill(self) -> None:
        name = self._employer.name if self._employer is not None else ""
        self.title.setText(self.text("hire.known_title", name=name) if name else "")
        self.title.setVisible(bool(name))
        for row, listing in zip(self._rows, self._pages.shown, strict=False):
            row.show_listing(listing)
        if self._pages.items:
            self._list.show_pages(self._pages)
        elif name:
            nothing, do = self.text("hire.nothing_posted"), self.text("hire.nothing_posted_hint")
            self._list.lack(Blank(sentence=nothing, do=do))
        else:
            self._list.clear()

    @Slot()
    def _back(self) -> None:
        self._pages.turn(-1)
        self._fill()

    @Slot()
    def _on(self) -> None:
        self._pages.turn(1)
        self._fill()

    @Slot()
    def _again(self) -> None:
        listing = self._pages.shown[self.touched_at([row.again for row in self._rows])]
        if self._employer is not None:
            post_again(self, self._employer, listing)

    @Slot()
    def _people(self) -> None:
        listing = self._pages.shown[self.touched_at([row.people for row in self._rows])]
        if not is_proved(self.ctx, listing.employer_id):
            self.banner.say(self.text("hire.prove"), "info")
            return
        self.ctx.navigator.show("applicants", ApplicantsParams(listing_id=listing.id))

    @Slot()
    def _new(self) -> None:
        if self._employer is not None:
            self.ctx.visit.keep(HireDraft().of_known(self._employer))
            self.ctx.navigator.show("post_trade")
