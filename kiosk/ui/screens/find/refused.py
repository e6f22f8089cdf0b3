"""The place was not given: why, and where to go from here."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import IdentifyParams, KnownWorker, RefusedParams
from kiosk.ui.screens.register.draft import RegisterDraft
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.states import PlaceNote

#: After these the worker has to register once more.
GONE = frozenset({"refusal.consent_withdrawn", "refusal.worker_unknown"})


class ApplyRefusedScreen(Page):
    """这个活去不了."""

    name = "apply_refused"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._refusal: Refusal | None = None
        self._note = PlaceNote(self.theme, "warning", tone="red")
        self.body.addWidget(self._note, 1)
        self._mine = self.action("apply_refused.mine", self._to_mine, Kind.PLAIN, icon_name="mine")
        self._again = self.action("apply_refused.register", self._register, icon_name="register")
        self._other_jobs = self.action("apply_refused.others", self._others, icon_name="work")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - RefusedParams
        """Say why."""
        if isinstance(params, RefusedParams):
            self._refusal = params.refusal
        self._show()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._show()

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._refusal = None
        self._note.say("")

    def _show(self) -> None:
        refusal = self._refusal
        if refusal is None:
            return
        self._note.say(self.text("apply_refused.title"), self.ctx.strings.refusal(refusal))
        gone = refusal.key in GONE  # any other job would be refused them, too
        self._again.setVisible(gone)
        for button in (self._mine, self._other_jobs):
            button.setVisible(not gone)

    @Slot()
    def _to_mine(self) -> None:
        self.ctx.navigator.swap("mine")

    @Slot()
    def _register(self) -> None:
        self.ctx.visit.drop(KnownWorker)
        self.ctx.visit.keep(RegisterDraft(then=IdentifyParams()))
        self.ctx.navigator.swap("register_consent")

    @Slot()
    def _others(self) -> None:
        self.ctx.navigator.home()
        self.ctx.navigator.show("trades")
