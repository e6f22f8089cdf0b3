"""Everything that was said, to look over; each part leads back to its page; what the rules say stands on top."""

from PySide6.QtCore import Slot

from kiosk.domain.money import parse_yuan
from kiosk.domain.refusal import Refusal
from kiosk.services.employers import check_form
from kiosk.services.listings import ListingForm
from kiosk.ui.components.block import MOST_MM, Block
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.details import EXTRAS
from kiosk.ui.screens.hire.draft import HireDraft, HireParams
from kiosk.ui.screens.hire.problems import GROUPS, PAGE_OF, Problem, of_refusal, problems_of
from kiosk.ui.screens.hire.sending import post
from kiosk.ui.screens.hire.step import SUMMARY, HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.text import Text

#: The parts and the page that each is mended on; their words are ``hire.part.<part>`` and ``hire.edit.<part>``.
PARTS = (
    ("work", "post_trade"),
    ("pay", "post_terms"),
    ("day", "post_when"),
    ("hours", "post_hours"),
    ("where", "post_where"),
    ("details", "post_details"),
    ("who", "hire_name"),
    ("contact", "post_contact"),
)
MOST_PROBLEMS, LONGEST = 3, 40


def shortened(text: str) -> str:
    """The beginning of a long text on one line: enough to know it again; its page shows it whole."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


class PostSummaryScreen(HireStep):
    """看一看，对不对."""

    name = SUMMARY
    title_key = "hire.summary_title"
    step_name = SUMMARY
    covers = GROUPS

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._found: list[Problem] = []
        self._upright = True
        #: Told that they have just posted the same; the next touch means it.
        self._told = False
        self._remarks = TileGrid(self.theme, 1, gap_mm=5.0)
        self._remark_tiles = [
            BigButton(self.theme, Kind.DANGER, icon_name="warning", role=Role.BODY)
            for _ in range(MOST_PROBLEMS)
        ]
        for tile in self._remark_tiles:
            tile.clicked.connect(self._mend)
        self._more = Text(self.theme, Role.BODY, tone="soft")
        self._blocks = [Block(self.theme) for _ in PARTS]
        for block in self._blocks:
            block.clicked.connect(self._edit)
        self._grid = TileGrid(self.theme, 1, most_mm=MOST_MM)
        self._grid.set_tiles(self._blocks)
        self.body.addWidget(self._remarks)
        self.body.addWidget(self._more)
        self.body.addWidget(self._grid, 1)
        self.post = self.action("hire.post", self._post, icon_name="check", commits=True)

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._grid.set_columns(1 if portrait else 2)
        self._upright = portrait

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        if self.live:
            self.show_draft(self.draft)
            self.judge()

    def show_draft(self, draft: HireDraft) -> None:
        """Everything that was said."""
        said = self._say(draft)
        for block, (part, _) in zip(self._blocks, PARTS, strict=True):
            block.say_part(
                self.text(f"hire.part.{part}"),
                said[part],
                self.text(f"hire.edit.{part}"),
                self.text("my_data.change"),
            )
            # A known employer is changed by staff, not in passing.
            block.setEnabled(part != "who" or draft.employer_id is None)

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._found = []
        for block in self._blocks:
            block.say_part("", "", "", "")
        for tile in self._remark_tiles:
            tile.say("")
        self._remarks.set_tiles([])
        self._more.setText("")

    def problems(self) -> list[Problem]:
        """All of the listing's, and of a new employer's; blocking ones first."""
        draft, strings = self.draft, self.ctx.strings
        found = problems_of(self.ctx.services, strings, draft, GROUPS)
        if draft.employer_id is None:
            found += [of_refusal(strings, refusal) for refusal in check_form(draft.employer)]
        return sorted(found, key=lambda problem: not problem.blocks)

    def judge(self) -> None:
        """List the remarks; while one of them blocks, the way on leads to it."""
        self.clear_errors()
        self._told = False
        self._found = self.problems()
        for tile, problem in zip(self._remark_tiles, self._found, strict=False):
            tile.set_kind(Kind.DANGER if problem.blocks else Kind.PLAIN)
            tile.set_icon("warning" if problem.blocks else "info")
            tile.say(problem.sentence)
        self._remarks.set_columns(1 if self._upright else max(1, min(MOST_PROBLEMS, len(self._found))))
        self._remarks.set_tiles(self._remark_tiles[: len(self._found)])
        self._remarks.setVisible(bool(self._found))
        rest = len(self._found) - MOST_PROBLEMS
        self._more.setText(self.text("hire.more_problems", n=rest) if rest > 0 else "")
        self._more.setVisible(rest > 0)
        blocked = any(problem.blocks for problem in self._found)
        self.post.say(self.text("hire.mend" if blocked else "hire.post"))
        self.post.set_icon("pencil" if blocked else "check")

    def _say(self, draft: HireDraft) -> dict[str, str]:
        form, who, strings = draft.form, draft.employer, self.ctx.strings
        catalogue = self.ctx.services.catalogue
        region = catalogue.region_name(form.region, strings.language)
        place = self.text("listing.place", region=region, address=shortened(form.address))
        if form.meeting_place.strip():
            place = self.text("hire.place_and_meeting", place=place, meeting=shortened(form.meeting_place))
        kind = self.text(f"hire.kind.{who.kind}")
        return {
            "work": catalogue.trade_name(form.trade, strings.language),
            "pay": self._pay(form),
            "day": self._days(form),
            "hours": self.text(
                "listing.hours_a_day",
                span=strings.hours(form.start_minute, form.end_minute),
                hours=form.hours_per_day,
            ),
            "where": place,
            "details": self._details(form),
            "who": self.text("listing.employer_kind", name=" ".join(who.name.split()), kind=kind),
            "contact": f"{' '.join(form.contact_name.split())} {form.contact_phone.strip()}",
        }

    def _pay(self, form: ListingForm) -> str:
        try:
            pay = self.ctx.strings.pay(parse_yuan(form.pay, "pay"), form.pay_unit)
        except Refusal:
            pay = form.pay  # said among the remarks
        parts = [
            self.text("hire.headcount_of", n=form.headcount),
            pay,
            self.text(f"words.settlement.{form.settlement}"),
        ]
        if form.full_time:
            parts.append(self.text("hire.full_time"))
        return self.text("common.list_comma").join(parts)

    def _days(self, form: ListingForm) -> str:
        strings, today = self.ctx.strings, self.ctx.services.context.today()
        if form.date_from is None:
            return ""
        last = form.date_to if form.date_to is not None else form.date_from
        if last == form.date_from:
            return strings.day(form.date_from, today)
        return self.text("listing.day_range", first=strings.date(form.date_from), last=strings.date(last))

    def _details(self, form: ListingForm) -> str:
        offered = [self.text(f"listing.{name}") for name, _ in EXTRAS if getattr(form, name)]
        strength = self.text(f"words.strength.{form.strength}")
        wants = [shortened(form.requirements)] if form.requirements.strip() else []
        title = shortened(form.title)
        return self.text("common.list_comma").join([title, strength, *offered, *wants])

    @Slot()
    def _edit(self) -> None:
        page = PARTS[self.touched_at(self._blocks)][1]
        self.ctx.navigator.show(page, HireParams(edit=True))

    @Slot()
    def _mend(self) -> None:
        self._go_mend(self._found[self.touched_at(self._remark_tiles)])

    def _go_mend(self, problem: Problem) -> None:
        page = PAGE_OF.get(problem.field)
        if page is not None:
            self.ctx.navigator.show(page, HireParams(edit=True, refusal=problem.refusal))

    @Slot()
    def _post(self) -> None:
        told = self._told
        self.judge()
        draft, listings = self.draft, self.ctx.services.listings
        employer_id = draft.employer_id
        blocking = next((problem for problem in self._found if problem.blocks), None)
        if blocking is not None:
            self._go_mend(blocking)
        elif told or employer_id is None:
            post(self)
        else:
            self.submit(lambda: listings.posted_alike(employer_id, draft.form), self._compared)

    def _compared(self, alike: bool) -> None:  # noqa: FBT001 - the answer of a query
        """The same work twice is asked about once, and never forbidden: two crews may be wanted."""
        if not alike:
            post(self)
            return
        self._told = True
        self.banner.say(self.text("hire.alike"), "warn")
        self.post.say(self.text("hire.post_alike"))
        self.ctx.gate.guard(confirms=True)
