"""Registered: the number, and the slip to hold."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.context import slip_number
from kiosk.ui.components.placement_look import DONE
from kiosk.ui.components.slip_page import Promise, SlipPage
from kiosk.ui.components.worker_words import trade_names
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import RegisteredParams
from kiosk.ui.widgets.buttons import Kind


class RegisteredScreen(SlipPage):
    """登记好了."""

    name = "registered"
    finished = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: RegisteredParams | None = None
        self.action("mine.wanted", self._wanted, Kind.PLAIN, icon_name="register")
        self.action("register.find", self._find, Kind.PRIMARY, icon_name="work")
        self.action("common.done", self._done, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - RegisteredParams
        """Say it and print it."""
        if isinstance(params, RegisteredParams):
            self._params = params
            self.slip.show_slip(params.registered.slip)
            self.retranslate()

    def promise(self) -> Promise | None:
        """Kept, and under which number."""
        if self._params is None:
            return None
        worker, strings = self._params.registered.worker, self.ctx.strings
        trades = trade_names(strings, self.ctx.services.catalogue, worker.trades)
        return Promise(
            look=DONE,
            state=self.text("registered.title"),
            hint=self.text("registered.hint"),
            facts=(
                (self.text("registered.number"), slip_number(worker.home, worker.number)),
                (self.text("register.name"), worker.name),
                (self.text("register.trades"), trades),
            ),
        )

    def wipe(self) -> None:
        """Forget who it was."""
        super().wipe()
        self._params = None

    @Slot()
    def _wanted(self) -> None:
        """Nothing is asked again: the entry is filled in from the registration."""
        self.ctx.navigator.show("wanted_summary")

    @Slot()
    def _find(self) -> None:
        self.ctx.navigator.home()
        self.ctx.navigator.show("trades")

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
