"""A slip on the screen and on its way to paper; never says printed unless the printer said so."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.domain.refusal import Refusal
from kiosk.services.ports import PrintState
from kiosk.services.printing import Printed
from kiosk.services.slip_issue import Issued
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.frames import Banner
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.text import Text

TONES = {PrintState.PRINTED: "good", PrintState.FAILED: "error", PrintState.UNKNOWN: "warn"}
#: The picture's part of the width at most, and its least width.
MOST_WIDE, LEAST_MM = 0.45, 40.0
#: The same where it stands in two halves; it does where it is so much larger for it.
MOST_FOLDED, LARGER = 0.66, 1.15
#: Refused because the slip is not true any more: its picture goes, too.
UNTRUE = frozenset(
    {"refusal.slip_void", "refusal.slip_changed", "refusal.slip_past", "refusal.slip_withdrawn"}
)
BESIDE, BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
#: The column first, the picture below it.
ABOVE = QBoxLayout.Direction.BottomToTop
#: The stretch of what is added, against that of the empty end.
FIRST = 1000

Result = TypeVar("Result")


class SlipPanel(QWidget):
    """The slip's picture; beside it its number, large, and what became of the paper. ``column`` has room for more.

    Signals:
        changed: another slip, or another number of copies that can still be had.
    """

    changed = Signal()

    def __init__(
        self, screen: Screen, number_key: str = "slip_panel.number", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._number_key = number_key
        theme = screen.ctx.theme
        self._issued: Issued | None = None
        self._printed: Printed | None = None
        self._busy = False
        self._left: int | None = None
        self.label = Text(theme, Role.BODY, tone="soft", bold=True)
        self.number = Text(theme, Role.HERO, bold=True)
        self.state = Banner(theme, "info")
        self.remember = Text(theme, Role.BODY)
        self.picture = Picture(theme, "slip")
        # Its place is given: words and picture share that.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._may_fold = False
        self._head = QVBoxLayout()
        for part in (self.label, self.number):
            self._head.addWidget(part)
        self._said = QBoxLayout(BELOW)
        self._said.addLayout(self._head)
        self._said.addWidget(self.state, 1)
        self.column = QVBoxLayout()
        self.column.addLayout(self._said)
        self.column.addWidget(self.remember)
        self.column.addStretch(1)
        self._row = QBoxLayout(BESIDE, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.picture)
        self._row.addLayout(self.column, 1)
        self.retheme()

    @property
    def gap(self) -> int:
        """Pixels between the picture and what stands beside it."""
        return self._row.spacing()

    @property
    def issued(self) -> Issued | None:
        """The slip that is shown."""
        return self._issued

    def show_slip(self, issued: Issued) -> None:
        """Show a slip and send it to the printer; shown again, it is not printed again."""
        if self._issued is not None and self._issued.slip_id == issued.slip_id:
            return
        self._show(issued, busy=True)
        self._print(issued.slip_id)

    def show_old(self, issued: Issued) -> None:
        """Show a slip that was issued before; it is printed only when the person asks for it."""
        if self._issued is None or self._issued.slip_id != issued.slip_id:
            self._show(issued, busy=False)

    def _show(self, issued: Issued, *, busy: bool) -> None:
        self._issued, self._printed, self._busy, self._left = issued, None, busy, None
        self.picture.wipe()
        self.retranslate()
        printing = self._screen.ctx.services.printing
        self._outside(lambda: printing.preview(issued.content), self._pictured)
        if not busy:
            self._outside(lambda: printing.left(issued.slip_id), self._may_print)

    def fold(self, *, on: bool) -> None:
        """Whether a long slip may stand in two halves, below its number or beside it, where it is larger so."""
        self._may_fold = on
        self._fit()

    def print_again(self) -> None:
        """One more copy, marked as a reprint, as far as the quota goes."""
        if self._issued is None or self._busy:
            return
        self._printed, self._busy = None, True
        self.retranslate()
        self._print(self._issued.slip_id, reprint=True)

    def _print(self, slip_id: UUID, *, reprint: bool = False) -> None:
        ctx = self._screen.ctx
        printing, by_staff = ctx.services.printing, reprint and ctx.navigator.staff is not None
        self._outside(
            lambda: printing.print_slip(slip_id, reprint=reprint, by_staff=by_staff),
            self._done,
            self._refused,
        )

    def _outside(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Told also to who has left the page and comes back to it, unless another slip is shown by then."""
        asked = self._issued

        def mine(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda said: tell(said) if self._issued is asked else None

        self._screen.outside(work, mine(done), mine(failed) if failed is not None else None, also_away=True)

    def retranslate(self) -> None:
        """Words in."""
        text, printed = self._screen.text, self._printed
        self.label.setText(text(self._number_key) if self._issued is not None else "")
        self.number.setText(self._issued.number if self._issued is not None else "")
        if self._issued is None or (printed is None and not self._busy):
            self.state.say("")
        elif printed is None:
            self.state.say(text("slip_panel.printing"), "info")
        else:
            fault = printed.fault
            reason = text(fault.key, **fault.params) if fault is not None else ""
            self.state.say(
                text(f"slip_panel.{printed.state}", reason=reason), TONES.get(printed.state, "info")
            )
        self._say_help()
        self._fit()
        self.changed.emit()

    def add(self, widget: QWidget) -> None:
        """Put something below what became of the paper; it gets the room that is left."""
        self.column.insertWidget(self.column.count() - 1, widget, FIRST)

    def _say_help(self) -> None:
        """What to do when nothing came out, and that nothing is lost."""
        text, printed = self._screen.text, self._printed
        lacking = printed is not None and printed.state is not PrintState.PRINTED
        fault = printed.fault if printed is not None else None
        do = text(fault.what_to_do, **fault.params) if fault is not None else ""
        self.remember.setText(f"{do}\n{text('slip_panel.remember')}".strip() if lacking else "")
        self.remember.setVisible(lacking)

    def say_on(self, button: BigButton) -> None:
        """Put the words of another try, or another copy, on a button; how many more can be had without staff."""
        text = self._screen.text
        failed = self._printed is not None and self._printed.state is PrintState.FAILED
        staff = self._screen.ctx.navigator.staff is not None
        used_up = self._left == 0 and not staff
        note = ""
        if used_up:
            note = text("slip_panel.used_up")
        elif self._left is not None and not staff and not failed:
            note = text("slip_panel.left", n=self._left)
        button.say(text("slip_panel.retry" if failed else "slip_panel.again"), note)
        button.setEnabled(self._issued is not None and not self._busy and not used_up)

    def retheme(self) -> None:
        """Sizes."""
        gap = self._screen.ctx.theme.px(4)
        self._row.setSpacing(2 * gap)
        self._said.setSpacing(gap)
        self.column.setSpacing(gap)
        self._head.setSpacing(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture is as high as there is room, and takes no more width than it needs for that."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Reckoned before anything is changed: this runs whenever it is laid out."""
        width, height, picture = self.width(), self.height(), self.picture
        below = height - self._above_px(width) - self._row.spacing()
        plain = picture.scale_in(QSize(int(width * MOST_WIDE), height), folded=False)
        half = min(int(width * MOST_FOLDED), width - self._head.sizeHint().width() - self._row.spacing())
        beside = picture.scale_in(QSize(half, height), folded=True)
        under = picture.scale_in(QSize(width, below), folded=True)
        folded = self._may_fold and max(beside, under) >= plain * LARGER > 0
        on_top = folded and under > beside
        picture.fold(on=folded)
        self._row.setDirection(ABOVE if on_top else BESIDE)
        self._row.setAlignment(picture, Qt.AlignmentFlag.AlignLeft if on_top else Qt.AlignmentFlag(0))
        for at, stretch in ((0, int(on_top)), (1, int(not on_top))):
            self._row.setStretch(at, stretch)
        self._said.setDirection(BESIDE if on_top else BELOW)
        most = width if on_top else half if folded else int(width * MOST_WIDE)
        least = self._screen.ctx.theme.px(LEAST_MM)
        picture.setFixedWidth(max(least, min(picture.wide_in(below if on_top else height), most)))

    def _above_px(self, width: int) -> int:
        """How high the number and what became of the paper are beside each other."""
        head, gap = self._head.sizeHint(), self.column.spacing()
        state = 0 if self.state.isHidden() else self.state.heightForWidth(width - head.width() - gap)
        more = 0 if self.remember.isHidden() else self.remember.heightForWidth(width) + gap
        return max(head.height(), state) + more + gap

    def _pictured(self, png: bytes) -> None:
        self.picture.show_png(png)
        self._fit()

    def _may_print(self, left: int) -> None:
        self._left = left
        self.retranslate()

    def wipe(self) -> None:
        """Forget the slip."""
        self._left = None
        self._issued = self._printed = None
        self._busy = False
        self.picture.wipe()
        self.state.say("")
        for part in (self.label, self.number, self.remember):
            part.setText("")
        self.changed.emit()

    def _done(self, printed: Printed) -> None:
        self._printed, self._busy, self._left = printed, False, printed.left
        self.retranslate()

    def _refused(self, refusal: Refusal) -> None:
        self._busy = False
        if refusal.key in UNTRUE:
            self.picture.wipe()
        self.changed.emit()
        self.state.say(self._screen.ctx.strings.refusal(refusal), "warn")
