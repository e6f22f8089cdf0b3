"""One call: the number in large digits, the sentence to say, and what became of it."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.phone import grouped
from kiosk.services.calls import Call
from kiosk.ui.components import say
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.staff.calls import CallParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text


class CallScreen(Page):
    """打给谁，说什么."""

    name = "staff_call"
    for_staff = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._call: Call | None = None
        self.number = Text(self.theme, Role.HERO, bold=True)
        self._sheet = Card(self.theme)
        self._say = Text(self.theme, Role.SMALL, bold=True)
        self.sentence = Text(self.theme, Role.LEAD)
        self.facts = Facts(self.theme, role=Role.LEAD)
        self._inside = QVBoxLayout(self._sheet)
        for part in (self._say, self.sentence):
            self._inside.addWidget(part)
        self.body.addWidget(self.number)
        self.body.addWidget(self._sheet)
        self.body.addWidget(self.facts)
        self.body.addStretch(1)
        self.action("calls.not_reached", self._missed, Kind.PLAIN, icon_name="cross", commits=True)
        self.action("calls.reached", self._reached, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - CallParams
        """Show whom."""
        self.clear_errors()
        if isinstance(params, CallParams):
            self._call = params.call
        self._fill()

    def arrange(self, *, portrait: bool) -> None:
        """The facts large upright, where the page is high."""
        self.facts.set_role(Role.LEAD if portrait else Role.BODY)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(4)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(2))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._say.setText(self.text("calls.say"))
        self._fill()

    def wipe(self) -> None:
        """Forget whom."""
        super().wipe()
        self._call = None
        self.facts.wipe()
        for text in (self.number, self.sentence):
            text.setText("")

    def _fill(self) -> None:
        call = self._call
        if call is None:
            return
        strings, terms = self.ctx.strings, call.news.terms
        self.title.setText(call.name)
        self.title.setVisible(True)
        self.number.setText(grouped(call.phone))
        self.sentence.setText(self.ctx.services.calls.sentence(call))
        rows = [(self.text("calls.about"), self.text(f"calls.kind_{call.news.kind}"))]
        if terms is not None:
            today = self.ctx.services.context.today()
            when = f"{say.days(strings, terms, today)}  {say.hours(strings, terms)}"
            rows += [
                (self.text("listing.what"), terms.title),
                (self.text("listing.when"), when),
                (self.text("listing.where"), say.place(strings, self.ctx.services.catalogue, terms)),
            ]
        rows.append((self.text("calls.paper"), call.news.told.number))
        if call.note is not None:
            last = f"{strings.date(call.note.last_at)} {strings.time(call.note.last_at)}"
            key = "calls.told" if call.told else "calls.tried"
            rows.append((self.text("calls.before"), f"{self.text(key, n=call.note.tries)} {last}"))
        self.facts.show_rows(rows)

    @Slot()
    def _reached(self) -> None:
        self._mark(reached=True)

    @Slot()
    def _missed(self) -> None:
        self._mark(reached=False)

    def _mark(self, *, reached: bool) -> None:
        call, calls, actor = self._call, self.ctx.services.calls, actor_of(self.ctx)
        if call is None:
            return
        self.submit(lambda: calls.mark(call, actor, reached=reached), self._marked)

    def _marked(self, _: None) -> None:
        self.ctx.navigator.back()
