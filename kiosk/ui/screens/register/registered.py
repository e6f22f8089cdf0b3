"""Registered: the number, and the slip to hold."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.services.context import slip_number
from kiosk.ui.components.page import Page
from kiosk.ui.components.slip_print import SlipPanel
from kiosk.ui.components.worker_words import trade_names
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import RegisteredParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text


class RegisteredScreen(Page):
    """登记好了."""

    name = "registered"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: RegisteredParams | None = None
        self._sheet = Card(self.theme, ground="green_soft", line="green")
        self.state = Text(self.theme, Role.HERO, tone="green", bold=True)
        self.explained = Text(self.theme, Role.LEAD)
        self.facts = Facts(self.theme, role=Role.LEAD)
        self._inside = QVBoxLayout(self._sheet)
        for part in (self.state, self.explained, self.facts):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self.slip = SlipPanel(self)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.addWidget(self._sheet)
        self._halves.addWidget(self.slip, 1)
        self.body.addLayout(self._halves, 1)
        self.action("slip_panel.again", self.slip.print_again, Kind.PLAIN, icon_name="printer")
        self.action("mine.wanted", self._wanted, Kind.PLAIN, icon_name="register")
        self.action("register.find", self._find, Kind.PRIMARY, icon_name="work")
        self.action("common.done", self._done, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - RegisteredParams
        """Say it and print it."""
        if isinstance(params, RegisteredParams):
            self._params = params
            self.slip.show_slip(params.registered.slip)
            self.retranslate()

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
        self._inside.setSpacing(pad)
        self._halves.setSpacing(pad)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.slip.retranslate()
        self.state.setText(self.text("registered.title"))
        self.explained.setText(self.text("registered.hint"))
        if self._params is None:
            return
        worker, strings = self._params.registered.worker, self.ctx.strings
        self.facts.show_rows(
            [
                (self.text("registered.number"), slip_number(worker.home, worker.number)),
                (self.text("register.name"), worker.name),
                (
                    self.text("register.trades"),
                    trade_names(strings, self.ctx.services.catalogue, worker.trades),
                ),
            ]
        )

    def wipe(self) -> None:
        """Forget who it was."""
        super().wipe()
        self._params = None
        self.facts.wipe()

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
