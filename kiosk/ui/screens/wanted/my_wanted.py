"""My job-wanted entry: what employers see of it, how long; renew it, change it, take it down. Or: post one."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.records import JobWanted
from kiosk.ui.components import wanted_words
from kiosk.ui.components.ask import Ask
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.known import proved_worker
from kiosk.ui.screens.find.params import IdentifyParams
from kiosk.ui.screens.wanted.draft import Posted
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.states import PlaceNote
from kiosk.ui.widgets.text import Text

#: How far the facts may move apart.
AIR_MM = 14.0


class MyWantedScreen(Page):
    """我的求职信息."""

    name = "my_wanted"
    title_key = "wanted.mine_title"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._entry: JobWanted | None = None
        self._loaded = False
        self._said = ""
        self._none = PlaceNote(self.theme, "work")
        self._sheet = Card(self.theme)
        self.state = Text(self.theme, Role.LEAD, bold=True)
        self.shown_as = Text(self.theme, Role.FACT, bold=True, tone="blue")
        self.facts = Facts(
            self.theme, most_air_mm=AIR_MM, roles=(Role.FACT, Role.LEAD, Role.BODY, Role.SMALL)
        )
        self._inside = QVBoxLayout(self._sheet)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.addWidget(self.shown_as, 1)
        self._head.addWidget(self.state, 2)
        self._inside.addLayout(self._head)
        self._inside.addWidget(self.facts, 1)
        self._front = QWidget()
        front = QVBoxLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        front.addWidget(self._none, 1)
        front.addWidget(self._sheet, 1)
        self.body.addWidget(self._front, 1)
        self.ask = Ask(self, self._front)
        self.ask.agreed.connect(self._down_agreed)
        self._down = self.action("wanted.withdraw", self._ask_down, Kind.DANGER, icon_name="trash")
        self._change = self.action("wanted.change", self._to_summary, Kind.PLAIN, icon_name="pencil")
        self._renew = self.action("wanted.renew", self._renew_touched, icon_name="calendar", commits=True)
        self._new = self.action("wanted.new", self._to_summary, icon_name="plus")

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - the visit knows whose
        """Load it anew each time."""
        self.clear_errors()
        self.ask.end()
        self._said = ""
        self._show()
        worker_id = proved_worker(self.ctx)
        if worker_id is None:
            self.ctx.navigator.swap("identify", IdentifyParams())
            return
        if self._entry is not None and self._entry.worker_id != worker_id:
            self.wipe()
        self._said = self.ctx.visit.draft(Posted).key if self.ctx.visit.has(Posted) else ""
        self.ctx.visit.drop(Posted)
        wanted = self.ctx.services.wanted
        self.query("entry", lambda: wanted.of_worker(worker_id), self._found)

    def arrange(self, *, portrait: bool) -> None:
        """The facts in one column upright, in two across; there who it is and until when share a line."""
        self.facts.set_columns(1 if portrait else 2)
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(5)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(3))
        self._head.setSpacing(self.theme.px(3))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._none.say(self.text("wanted.none"), self.text("wanted.none_hint"))
        self.ask.say(*(self.text(f"wanted.ask.{part}") for part in ("question", "happens", "yes", "no")))
        self._show()

    def wipe(self) -> None:
        """Forget whose it was."""
        super().wipe()
        self._entry, self._loaded, self._said = None, False, ""
        self.facts.wipe()
        for text in (self.state, self.shown_as):
            text.setText("")

    def _found(self, entry: JobWanted | None) -> None:
        self._entry, self._loaded = entry, True
        self._show()

    def _show(self) -> None:
        entry = self._entry
        shown = entry is not None and self.ctx.services.wanted.is_shown(entry)
        self._none.setVisible(self._loaded and entry is None)
        self._sheet.setVisible(entry is not None)
        for button in (self._down, self._change, self._renew):
            button.setVisible(entry is not None)
        self._new.setVisible(self._loaded and entry is None)
        if self._said:
            self.banner.say(self.text(self._said), "good")
        if entry is None:
            return
        strings = self.ctx.strings
        self._sheet.set_ground("green_soft" if shown else "orange_soft", "green" if shown else "orange_deep")
        key = "wanted.shown_until" if shown else "wanted.over_since"
        self.state.setText(self.text(key, day=strings.date(entry.valid_until)))
        self.state.set_tone("green" if shown else "ink")
        self.shown_as.setText(wanted_words.person(strings, entry.surname))
        self.facts.show_rows(wanted_words.rows(strings, self.ctx.services, entry))

    @Slot()
    def _to_summary(self) -> None:
        """Changing it is posting it anew, with everything filled in; what was changed and not posted is still there."""
        self.ctx.navigator.show("wanted_summary")
        self.ctx.gate.guard(confirms=True)  # what posts it may lie where this touch was

    @Slot()
    def _renew_touched(self) -> None:
        entry, wanted, actor = self._entry, self.ctx.services.wanted, actor_of(self.ctx)
        if entry is not None:
            self._said = ""
            self.clear_errors()
            self.submit(lambda: wanted.renew(entry.id, actor), self._renewed)

    def _renewed(self, entry: JobWanted) -> None:
        """Said only of what was really renewed."""
        self._said = "wanted.renewed"
        self._found(entry)

    @Slot()
    def _ask_down(self) -> None:
        self._said = ""
        self.clear_errors()
        self.ask.begin()

    @Slot()
    def _down_agreed(self) -> None:
        entry, wanted, actor = self._entry, self.ctx.services.wanted, actor_of(self.ctx)
        if entry is not None:
            self.submit(lambda: wanted.withdraw(entry.id, actor), self._is_down)

    def _is_down(self, _: JobWanted) -> None:
        self._entry, self._said = None, "wanted.withdrawn"
        self._show()
