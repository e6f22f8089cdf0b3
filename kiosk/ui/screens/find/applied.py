"""The promise: confirmed or 候补, said so that it cannot be mistaken, and the slip that says the same."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.components.slip_print import SlipPanel
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import AppliedParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text


class AppliedScreen(Page):
    """定好了 / 候补."""

    name = "applied"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: AppliedParams | None = None
        self._sheet = Card(self.theme)
        self.state = Text(self.theme, Role.HERO, bold=True)
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
        self.action("common.done", self._done, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - AppliedParams
        """Say it and print it."""
        if isinstance(params, AppliedParams):
            self._params = params
            self.slip.show_slip(params.applied.slip)
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
        if self._params is None:
            return
        applied, strings = self._params.applied, self.ctx.strings
        terms = applied.placement.terms
        good = applied.confirmed
        self._sheet.set_ground("green_soft" if good else "orange_soft", "green" if good else "orange_deep")
        self.state.setText(self.text("applied.confirmed" if good else "applied.waitlisted"))
        self.state.set_tone("green" if good else "ink")
        hint = self.text("applied.confirmed_hint" if good else "applied.waitlisted_hint")
        more = self.text("news.behind_slip") if self._params.more else ""
        self.explained.setText(f"{hint}\n{more}".strip())
        today = self.ctx.services.context.today()
        self.facts.show_rows(
            [
                (self.text("listing.what"), terms.title),
                (self.text("listing.pay"), say.pay(strings, terms)),
                (
                    self.text("listing.when"),
                    f"{say.days(strings, terms, today)} {say.hours(strings, terms)}",
                ),
                (self.text("listing.where"), say.place(strings, self.ctx.services.catalogue, terms)),
                (self.text("listing.meeting"), terms.meeting_place),
                (self.text("listing.contact"), f"{terms.contact_name} {terms.contact_phone}" if good else ""),
            ]
        )

    def wipe(self) -> None:
        """Forget the promise."""
        super().wipe()
        self._params = None
        self.state.setText("")
        self.explained.setText("")

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
