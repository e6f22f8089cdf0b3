"""One operation that is not settled: everything about it, send it again, or give it up with a reason."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.services.set_aside import Aside
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.staff import aside_words
from kiosk.ui.screens.staff.quarantine import AsideParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import STAFF_MM, Kind
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fact_sheet import FactSheet
from kiosk.ui.widgets.fields import STAFF_HEIGHT_MM, Field

REASONS = ("twice", "mistake", "left")


class QuarantineDetailScreen(Page):
    """一步操作."""

    name = "staff_quarantine_detail"
    for_staff = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._aside: Aside | None = None
        sheet = FactSheet(self.theme)
        self.facts = sheet.facts
        self.reasons = ChoiceGrid(self.theme, 3, role=Role.BODY, height_mm=STAFF_MM)
        self.reasons.changed.connect(self._reason_chosen)
        self.reason = self.field(
            Field(
                self.theme,
                "reason",
                InputWish.TEXT,
                role=Role.BODY,
                height_mm=STAFF_HEIGHT_MM,
                max_length=200,
            )
        )
        front = QWidget()
        self._column = QVBoxLayout(front)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(sheet)
        self._column.addStretch(1)
        self._column.addWidget(self.reasons)
        self._column.addWidget(self.reason)
        self.body.addWidget(front, 1)
        self.ask = Ask(self, front)
        self.ask.agreed.connect(self._discarded)
        self._discard = self.action("aside.discard", self._asked, Kind.DANGER, icon_name="cross")
        self._retry = self.action("aside.retry", self._retried, icon_name="refresh", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - AsideParams
        """Show it."""
        self.clear_errors()
        self.reason.wipe()
        self.reasons.wipe()
        self.ask.end()
        if isinstance(params, AsideParams):
            self._aside = params.aside
        self._fill()

    def arrange(self, *, portrait: bool) -> None:
        """One column of facts upright, two across: the buttons below keep their place."""
        self.facts.set_columns(1 if portrait else 2)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._column.setSpacing(self.theme.px(4))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.reason.say(self.text("aside.reason"), self.text("aside.reason_hint"))
        self.reasons.set_options(
            [Option(value=each, text=self.text(f"aside.reason_{each}")) for each in REASONS]
        )
        self.ask.say(
            self.text("aside.discard_ask"),
            self.text("aside.discard_what"),
            self.text("aside.discard_yes"),
            self.text("aside.discard_no"),
        )
        self._fill()

    def wipe(self) -> None:
        """Forget it."""
        super().wipe()
        self._aside = None

    def _fill(self) -> None:
        aside, strings = self._aside, self.ctx.strings
        if aside is None:
            return
        self.title.setText(aside_words.title(strings, aside))
        self.title.setVisible(True)
        said, done = aside_words.moment(strings, aside.since), aside_words.moment(strings, aside.done_at)
        self.facts.show_rows(
            [
                (self.text("aside.what"), aside_words.kind(strings, aside)),
                (self.text("aside.whose"), aside.whose),
                (self.text("aside.number"), aside.number),
                (self.text("aside.done_at"), done),
                (self.text("aside.why"), aside_words.why(strings, aside)),
                (self.text("aside.since"), said),
                (self.text("aside.state"), aside_words.state(strings, aside)),
            ]
        )
        waits = not aside.rejected
        for part in (self.reasons, self.reason, self._discard, self._retry):
            part.setVisible(waits)

    @Slot()
    def _reason_chosen(self) -> None:
        if self.reasons.value is not None:
            self.reason.set_text(self.text(f"aside.reason_{self.reasons.value}"))

    @Slot()
    def _asked(self) -> None:
        self.clear_errors()
        self.ask.begin()

    @Slot()
    def _discarded(self) -> None:
        if self._aside is None:
            return
        op_id, reason, actor = self._aside.op_id, self.reason.text, actor_of(self.ctx)
        desk = self.ctx.services.aside
        self.submit(lambda: desk.discard(op_id, reason, actor), lambda _: self._done("aside.discarded"))

    @Slot()
    def _retried(self) -> None:
        if self._aside is None:
            return
        self.clear_errors()
        op_id, actor, desk = self._aside.op_id, actor_of(self.ctx), self.ctx.services.aside
        self.submit(lambda: desk.retry(op_id, actor), lambda _: self._done("aside.retried"))

    def _done(self, key: str) -> None:
        self.ctx.notices.toast.emit(self.text(key))
        self.ctx.navigator.back()
