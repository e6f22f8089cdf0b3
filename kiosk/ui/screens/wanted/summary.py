"""What will be shown, filled in from what is known already; each part a way to mend it, and one touch to post it."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.names import shown_surname
from kiosk.domain.phone import mask_phone
from kiosk.domain.records import JobWanted, Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.drafts import TAIL
from kiosk.services.wanted import WantedForm, form_of_wanted, offer_of
from kiosk.ui.components import wanted_words
from kiosk.ui.components.block import MOST_MM, Block
from kiosk.ui.components.worker_words import region_names, trade_names
from kiosk.ui.context import UiContext
from kiosk.ui.route import active_trail
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.drafts.keep import forget_saved
from kiosk.ui.screens.find.known import proved_worker
from kiosk.ui.screens.find.params import IdentifyParams
from kiosk.ui.screens.register.draft import StepParams
from kiosk.ui.screens.wanted.draft import Posted, WantedDraft
from kiosk.ui.screens.wanted.steps import SUMMARY, OfEntry
from kiosk.ui.widgets.frames import Banner
from kiosk.ui.widgets.grid import TileGrid

#: The parts and the page that each is mended on; their words are ``wanted.part.<part>`` and ``wanted.edit.<part>``.
PARTS = (
    ("trades", "wanted_trades"),
    ("days", "wanted_days"),
    ("times", "wanted_times"),
    ("wage", "wanted_wage"),
    ("where", "wanted_where"),
    ("also", "wanted_extras"),
    ("note", "wanted_note"),
)
#: Which page a field stands on.
PAGE_OF = {
    "trades": "wanted_trades",
    "days": "wanted_days",
    "parts": "wanted_times",
    "wage": "wanted_wage",
    "districts": "wanted_where",
    "note": "wanted_note",
}


class WantedSummaryScreen(OfEntry):
    """这样登出去，对不对."""

    name = SUMMARY
    title_key = "wanted.summary_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._worker: Worker | None = None
        self.masked = Banner(self.theme, "info")
        self._blocks = [Block(self.theme) for _ in PARTS]
        for block in self._blocks:
            block.clicked.connect(self._edit)
        self._grid = TileGrid(self.theme, 1, most_mm=MOST_MM)
        self._grid.set_tiles(self._blocks)
        self.body.addWidget(self.masked)
        self.body.addWidget(self._grid, 1)
        self.action("wanted.post", self._post, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StepParams
        """Fill it in with what is known of the worker; what was changed since stays."""
        worker_id = proved_worker(self.ctx)
        if worker_id is None:
            self.ctx.navigator.swap("identify", IdentifyParams(page=self.name))
            return
        super().enter(params)
        services = self.ctx.services
        self.query(
            "worker",
            lambda: (services.workers.get(worker_id), services.wanted.last_of(worker_id)),
            self._known,
        )

    def arrange(self, *, portrait: bool) -> None:
        """One column upright, two across."""
        self._grid.set_columns(1 if portrait else 2)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._say()

    def wipe(self) -> None:
        """Forget whose it was."""
        super().wipe()
        self._worker = None
        self.masked.say("")
        for block in self._blocks:
            block.say_part("", "", "", "")

    def show_form(self, form: WantedForm) -> None:  # noqa: ARG002 - said once the worker is known
        """Everything that was said so far."""
        self._say()

    def refused(self, refusal: Refusal) -> None:
        """On the page of its field, or here."""
        page = PAGE_OF.get(refusal.field or "")
        if page is None:
            super().refused(refusal)
        else:
            self.ctx.navigator.show(page, StepParams(edit=True, refusal=refusal))

    def _known(self, found: tuple[Worker, JobWanted | None]) -> None:
        worker, last = found
        self._worker = worker
        if self.ctx.visit.draft(WantedDraft).worker_id != worker.id:
            district = self.ctx.services.station.config.district
            form = form_of_wanted(worker, district, last)
            self.ctx.visit.keep(WantedDraft(form=form, worker_id=worker.id, tail=worker.phone[-TAIL:]))
        self._say()

    def _say(self) -> None:
        worker = self._worker
        if worker is None or not self._live:
            return
        strings, form = self.ctx.strings, self.form
        shown = self.text("wanted.person", surname=shown_surname(worker.name))
        self.masked.say(self.text("wanted.masked", person=shown, phone=mask_phone(worker.phone)), "info")
        catalogue = self.ctx.services.catalogue
        said = {
            "trades": trade_names(strings, catalogue, form.trades) or self.text("wanted.to_fill"),
            "days": wanted_words.days(strings, form.days) or self.text("wanted.to_fill"),
            "times": wanted_words.parts(strings, form.parts) or self.text("wanted.to_fill"),
            "wage": self._wage(form),
            "where": region_names(strings, catalogue, form.districts) or self.text("wanted.to_fill"),
            "also": wanted_words.also(strings, form) or self.text("register.not_said"),
            "note": form.note.strip() or self.text("register.not_said"),
        }
        for block, (part, _) in zip(self._blocks, PARTS, strict=True):
            mend, word = self.text(f"wanted.edit.{part}"), self.text("common.edit")
            block.say_part(self.text(f"wanted.part.{part}"), said[part], mend, word)

    def _wage(self, form: WantedForm) -> str:
        try:
            return wanted_words.wage(self.ctx.strings, offer_of(form))
        except Refusal:
            return form.wage  # said beside its field when it is posted

    @Slot()
    def _edit(self) -> None:
        page = PARTS[self.touched_at(self._blocks)][1]
        self.ctx.navigator.show(page, StepParams(edit=True))

    @Slot()
    def _post(self) -> None:
        worker, form, actor = self._worker, self.form, actor_of(self.ctx)
        if worker is None:
            return
        self.clear_errors()
        wanted = self.ctx.services.wanted
        self.submit(lambda: wanted.post(worker.id, form, actor), self._posted)

    def _posted(self, _: JobWanted) -> None:
        forget_saved(self, "wanted")
        self.ctx.visit.drop(WantedDraft)
        self.ctx.visit.keep(Posted(key="wanted.posted"))
        navigator = self.ctx.navigator
        if any(page.name == "my_wanted" for page in active_trail(navigator.state).pages):
            navigator.back_to("my_wanted")
        else:
            navigator.swap("my_wanted")
