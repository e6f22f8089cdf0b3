"""Everything that was said, to look over; each part leads back to its page; what the rules say stands on top."""

from PySide6.QtCore import Slot

from kiosk.services.employers import check_form
from kiosk.ui.components.block import MOST_MM, Block
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft, HireParams
from kiosk.ui.screens.hire.parts import PARTS, PartWords, page_of, parts_of
from kiosk.ui.screens.hire.problems import GROUPS, PAGE_OF, Problem, of_employer, problems_of
from kiosk.ui.screens.hire.sending import post
from kiosk.ui.screens.hire.step import SUMMARY, HireStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.paged import PagedGrid
from kiosk.ui.widgets.text import Text

MOST_PROBLEMS = 3
#: Least width and height of a row, and how many stand beside each other at most.
ROW_MM, MOST_COLUMNS = (104.0, 26.0), 3


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
        self._words = PartWords(self)
        self._parts: tuple[str, ...] = ()
        self._blocks = {part: Block(self.theme) for part in PARTS}
        for block in self._blocks.values():
            block.clicked.connect(self._edit)
        self._grid = PagedGrid(self.theme, ROW_MM, most_columns=MOST_COLUMNS, most_mm=MOST_MM)
        self.body.addWidget(self._remarks)
        self.body.addWidget(self._more)
        self.body.addWidget(self._grid, 1)
        self.post = self.action("hire.post", self._post, icon_name="check", commits=True)

    def arrange(self, *, portrait: bool) -> None:
        """Remarks below each other upright, beside each other across."""
        self._upright = portrait

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._grid.say(self.text("common.previous_page"), self.text("common.next_page"))
        if self.live:
            self.show_draft(self.draft)
            self.judge()

    def show_draft(self, draft: HireDraft) -> None:
        """Everything that was said."""
        parts = parts_of(draft)
        for part in parts:
            self._blocks[part].say_part(
                self.text(f"hire.part.{part}"),
                self._words.say(part, draft),
                self.text(f"hire.edit.{part}"),
                self.text("my_data.change"),
            )
        # A known employer is changed by staff, not in passing.
        self._blocks["who"].setEnabled(draft.employer_id is None)
        if parts != self._parts:  # the same ones stay on the page that they were mended from
            self._parts = parts
            self._grid.set_tiles([self._blocks[part] for part in parts])

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._found = []
        for block in self._blocks.values():
            block.say_part("", "", "", "")
        self._grid.wipe()
        for tile in self._remark_tiles:
            tile.say("")
        self._remarks.set_tiles([])
        self._more.setText("")

    def problems(self) -> list[Problem]:
        """All of the listing's, and of a new employer's; blocking ones first."""
        draft, strings = self.draft, self.ctx.strings
        found = problems_of(self.ctx.services, strings, draft, GROUPS)
        if draft.employer_id is None:
            found += [of_employer(strings, refusal) for refusal in check_form(draft.employer)]
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

    @Slot()
    def _edit(self) -> None:
        part = tuple(self._blocks)[self.touched_at(tuple(self._blocks.values()))]
        self.ctx.navigator.show(page_of(part, self.draft), HireParams(edit=True))

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
