"""One person who comes, or waits: name, phone, state, and what can be said of them next."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from kiosk.domain.placements import states_on
from kiosk.domain.records import Invitation, Placement
from kiosk.domain.values import HOLDING, InvitationStatus, PlacementStatus
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.numbers import PHONE_GROUPS, in_groups
from kiosk.ui.widgets.text import Text

#: The marks in the order of a day's work; the first one that is possible is the obvious one.
MARKS = (
    PlacementStatus.ARRIVED,
    PlacementStatus.COMPLETED,
    PlacementStatus.PAID,
    PlacementStatus.NO_SHOW,
    PlacementStatus.UNPAID,
)
MOST_MARKS, MARK_MM = 2, 30.0
TONES = {PlacementStatus.WAITLISTED: "ink", PlacementStatus.NO_SHOW: "red", PlacementStatus.UNPAID: "red"}


class PersonRow(Card):
    """One placement.

    Signals:
        marked(PlacementStatus): the person is to be marked so.
        taken_back: the last mark was a mistake.
    """

    marked = Signal(object)
    taken_back = Signal()

    def __init__(self, theme: Theme, text: Callable[..., str]) -> None:
        super().__init__(theme)
        self._text = text
        #: None is the way back.
        self._marks: tuple[PlacementStatus | None, ...] = ()
        self.who = Text(theme, Role.LEAD, bold=True)
        self.phone = Text(theme, Role.LEAD, tone="blue", bold=True)
        self.state = Text(theme, Role.BODY, bold=True)
        self._buttons = [BigButton(theme, Kind.PLAIN, role=Role.BODY) for _ in range(MOST_MARKS)]
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        for part in (self.who, self.phone, self.state):
            words.addWidget(part)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(words, 1)
        self._marking = QHBoxLayout()
        for button in self._buttons:
            button.clicked.connect(self._touched)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self._marking.addWidget(button)
        self._row.addLayout(self._marking)
        self.retheme()

    def show_person(self, placement: Placement, place: int, today: date, *, back: bool) -> None:
        """Put a placement in.

        Args:
            placement: who.
            place: the place in the queue of those who wait, from 1.
            today: before the first day of work nobody has come, or not come.
            back: the last mark may be taken back; that stands in the place of the second mark.
        """
        waiting = placement.status is PlacementStatus.WAITLISTED
        state = self._text(f"words.placement_status.{placement.status}")
        self.who.setText(placement.worker_name or self._text("applicants.erased"))
        # Who is not certain to come is not called yet.
        self.phone.setText("" if waiting else in_groups(placement.worker_phone, PHONE_GROUPS))
        self.phone.setVisible(not waiting)
        self.state.setText(self._text("applicants.in_queue", state=state, n=place) if waiting else state)
        holds = placement.status in HOLDING
        self.state.set_tone(TONES.get(placement.status, "green" if holds else "soft"))
        self.set_ground("card" if holds else "paper", "line")
        possible = states_on(placement, today)
        marks = tuple(mark for mark in MARKS if mark in possible)
        self._marks = (*marks[: MOST_MARKS - 1], None) if back else marks[:MOST_MARKS]
        self._show_marks()

    def show_invited(self, invitation: Invitation) -> None:
        """Put somebody in who was asked to come: who it is stays behind the mask until they have said yes."""
        self.who.setText(self._text("wanted.person", surname=invitation.surname))
        self.phone.setText("")
        self.phone.hide()
        self.state.setText(self._text(f"applicants.invited.{invitation.status}"))
        self.state.set_tone("ink" if invitation.status is InvitationStatus.OPEN else "soft")
        self.set_ground("paper", "line")
        self._marks = ()
        self._show_marks()

    def _show_marks(self) -> None:
        for button, mark in zip(self._buttons, self._marks, strict=False):
            button.say(self._text("applicants.take_back" if mark is None else f"applicants.mark.{mark}"))
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(self._marks))
            button.set_kind(Kind.PRIMARY if at == 0 and self._marks[:1] != (None,) else Kind.PLAIN)

    def wipe(self) -> None:
        """Forget who it was."""
        self._marks = ()
        for part in (self.who, self.phone, self.state):
            part.setText("")

    def retheme(self) -> None:
        """Sizes have changed."""
        super().retheme()
        pad = self._theme.px(3)
        self._row.setContentsMargins(2 * pad, pad, 2 * pad, pad)
        self._row.setSpacing(2 * pad)
        self._marking.setSpacing(self._theme.px(5))
        for button in self._buttons:
            button.setMinimumWidth(self._theme.px(MARK_MM))

    @Slot()
    def _touched(self) -> None:
        at = next(at for at, button in enumerate(self._buttons) if button is self.sender())
        mark = self._marks[at] if at < len(self._marks) else None
        if mark is not None:
            self.marked.emit(mark)
        elif at < len(self._marks):
            self.taken_back.emit()
