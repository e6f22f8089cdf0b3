"""What is kept about me, my worker's slip once more, and taking my consent back."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.phone import mask_phone
from kiosk.domain.records import Worker
from kiosk.services.context import slip_number
from kiosk.services.ports import SlipJob
from kiosk.services.slip_issue import Issued
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.slip_page import Promise, SlipPage
from kiosk.ui.components.worker_words import region_names, trade_names, yes_words
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.known import proved_worker, register_again
from kiosk.ui.screens.find.params import IdentifyParams, KnownWorker
from kiosk.ui.screens.register.draft import Completing, RegisterDraft, Saved
from kiosk.ui.widgets.buttons import Kind


class MyDataScreen(SlipPage):
    """我的信息."""

    name = "my_data"
    title_key = "my_data.title"
    halves = (3, 2)
    facts_beside = False

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._worker: Worker | None = None
        self._saved = False
        self._leaving = False
        self._visits = False
        self.ask = Ask(self, self.front)
        self.ask.agreed.connect(self._agreed)
        self._change = self.action("my_data.change", self._to_change, icon_name="pencil")
        self._remember = self.action("remember.ask", self._to_remember, icon_name="person")
        self._leave = self.action("remember.leave", self._ask_leave, Kind.PLAIN, icon_name="cross")
        self._again = self.action("apply_refused.register", self._register, icon_name="register")
        self._take_back = self.action("my_data.withdraw", self._ask_withdraw, Kind.DANGER, icon_name="trash")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - the visit knows whose
        """Load it."""
        self.clear_errors()
        self.ask.end()
        self._show_actions()
        worker_id = proved_worker(self.ctx)
        if worker_id is None:
            self.ctx.navigator.swap("identify", IdentifyParams())
            return
        if self._worker is not None and self._worker.id != worker_id:
            self.wipe()
        services = self.ctx.services
        self._saved = self.ctx.visit.has(Saved)
        self.ctx.visit.drop(Saved)
        self._say_saved()
        one_person = services.one_person
        self.query(
            "worker",
            lambda: (services.workers.get(worker_id), one_person.may_be_remembered(worker_id)),
            self._arrived,
        )

        def slips() -> Sequence[SlipJob]:
            """A card that is void is neither shown nor printed."""
            gone = services.workers.get(worker_id).consent.withdrawn_at is not None
            found: Sequence[SlipJob] = () if gone else services.printing.of(worker_id)
            return found

        self.query("slips", slips, self._slips)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._say_ask()
        self._say_saved()

    def _say_saved(self) -> None:
        if self._saved:
            self.banner.say(self.text("my_data.saved"), "good")
            self.title.hide()  # its height goes to the sentence

    def wipe(self) -> None:
        """Forget whose it was."""
        super().wipe()
        self._worker, self._saved, self._leaving, self._visits = None, False, False, False

    def _say_ask(self) -> None:
        room = "remember.leaving" if self._leaving else "my_data.ask"
        self.ask.say(*(self.text(f"{room}.{part}") for part in ("question", "happens", "yes", "no")))

    def promise(self) -> Promise | None:
        """What is kept."""
        worker = self._worker
        if worker is None:
            return None
        strings, catalogue = self.ctx.strings, self.ctx.services.catalogue
        wish = worker.wage_wish_fen
        rows = (
            (self.text("register.name"), worker.name),
            (self.text("registered.number"), slip_number(worker.home, worker.number)),
            (self.text("register.phone"), mask_phone(worker.phone)),
            (self.text("my_data.id_number"), worker.identity.masked if worker.identity else ""),
            (self.text("register.trades"), trade_names(strings, catalogue, worker.trades)),
            (self.text("register.wage"), strings.pay(wish, worker.wage_wish_unit) if wish else ""),
            (self.text("register.districts"), region_names(strings, catalogue, worker.districts)),
            (self.text("register.also"), yes_words(strings, worker)),
            (self.text("my_data.agreed"), strings.date(worker.consent.given_at)),
            (
                self.text("my_data.withdrawn_on"),
                strings.date(worker.consent.withdrawn_at) if worker.consent.withdrawn_at else "",
            ),
        )
        return Promise(facts=rows)

    def _arrived(self, found: tuple[Worker, bool]) -> None:
        self._worker, self._visits = found
        self.show_promise()
        self._show_actions()
        self._complete()

    def _complete(self) -> None:
        """Who wanted to register anew goes on with what was said, as a change of what is kept."""
        worker, visit = self._worker, self.ctx.visit
        if worker is None or not visit.has(Completing):
            return
        said = visit.draft(Completing).form
        visit.drop(Completing)
        if not self._visits:
            visit.keep(RegisterDraft.of(worker).filled(said))
            self.ctx.navigator.show("register_summary")

    @property
    def _gone(self) -> bool:
        """Whether consent has been withdrawn: their data is still here, until the law lets go."""
        return self._worker is not None and self._worker.consent.withdrawn_at is not None

    def _slips(self, jobs: Sequence[SlipJob]) -> None:
        if jobs:
            job = jobs[0]
            self.slip.show_old(Issued(slip_id=job.slip_id, number=job.content.number, content=job.content))
        self._show_actions()

    def _show_actions(self) -> None:
        """What a visitor from another kiosk could not do here is not offered."""
        self.again.setVisible(self.slip.issued is not None)
        worker, own = self._worker, not self._visits and not self._gone
        self._again.setVisible(self._gone)
        if self._gone:
            self.banner.say(self.text("mine.withdrawn"), "warn")
        remembered = worker is not None and self.ctx.services.one_person.is_remembered(worker)
        self._take_back.setVisible(own)
        self._change.setVisible(own and worker is not None)
        self._remember.setVisible(self._visits and worker is not None and not self._gone)
        self._leave.setVisible(remembered)

    def _left(self, _: None) -> None:
        """Known by the next slip only."""
        self.ctx.visit.drop(KnownWorker)
        self._worker = None
        self.ctx.navigator.home()
        self.ctx.notices.toast.emit(self.text("remember.left"))

    def _done(self, _: None) -> None:
        self.ctx.visit.drop(KnownWorker)
        self.ctx.visit.drop(RegisterDraft)
        self._worker = None
        self.ctx.navigator.home()
        self.ctx.navigator.show("withdrawn")

    @Slot()
    def _to_change(self) -> None:
        """What was changed before and not saved is still there."""
        worker = self._worker
        if worker is None:
            return
        begun = self.ctx.visit.draft(RegisterDraft).changing
        if begun is None or begun.worker_id != worker.id:
            self.ctx.visit.keep(RegisterDraft.of(worker))
        self.ctx.navigator.show("register_summary")

    @Slot()
    def _register(self) -> None:
        register_again(self.ctx)

    @Slot()
    def _ask_withdraw(self) -> None:
        self._ask(leaving=False)

    @Slot()
    def _ask_leave(self) -> None:
        self._ask(leaving=True)

    def _ask(self, *, leaving: bool) -> None:
        self._saved, self._leaving = False, leaving
        self._say_ask()
        self.clear_errors()
        self.title.show()
        self.ask.begin()

    @Slot()
    def _to_remember(self) -> None:
        self.ctx.navigator.show("remember")

    @Slot()
    def _agreed(self) -> None:
        worker, services, actor = self._worker, self.ctx.services, actor_of(self.ctx)
        if worker is None:
            return
        if self._leaving:
            self.submit(lambda: services.one_person.leave(worker.id, actor), self._left)
            return
        self.submit(lambda: services.workers.withdraw_consent(worker.id, actor), self._done)
