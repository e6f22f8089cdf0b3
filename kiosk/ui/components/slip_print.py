"""A slip on the screen and on its way to paper; never says printed unless the printer said so."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.refusal import Refusal
from kiosk.services.ports import PrintState
from kiosk.services.printing import Printed
from kiosk.services.slip_issue import Issued
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role
from kiosk.ui.widgets.frames import Banner
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.text import Text

TONES = {PrintState.PRINTED: "good", PrintState.FAILED: "error", PrintState.UNKNOWN: "warn"}


class SlipPanel(QWidget):
    """Shows the slip's picture, its number, and what became of the paper."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        theme = screen.ctx.theme
        self._issued: Issued | None = None
        self._printed: Printed | None = None
        self._busy = False
        self._left: int | None = None
        self.number = Text(theme, Role.LEAD, bold=True)
        self.picture = Picture(theme, "slip")
        self.state = Banner(theme, "info")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addWidget(self.number)
        column.addWidget(self.picture, 1)

    @property
    def issued(self) -> Issued | None:
        """The slip that is shown."""
        return self._issued

    def show_slip(self, issued: Issued) -> None:
        """Show a slip and send it to the printer; shown again, it is not printed again."""
        if self._issued is not None and self._issued.slip_id == issued.slip_id:
            return
        self._show(issued, busy=True)
        printing, slip_id = self._screen.ctx.services.printing, issued.slip_id
        self._screen.outside(lambda: printing.print_slip(slip_id), self._done, self._refused)

    def show_old(self, issued: Issued) -> None:
        """Show a slip that was issued before; it is printed only when the person asks for it."""
        if self._issued is None or self._issued.slip_id != issued.slip_id:
            self._show(issued, busy=False)

    def _show(self, issued: Issued, *, busy: bool) -> None:
        self._issued, self._printed, self._busy, self._left = issued, None, busy, None
        self.picture.wipe()
        self.retranslate()
        printing = self._screen.ctx.services.printing
        self._screen.outside(lambda: printing.preview(issued.content), self.picture.show_png)
        if not busy:
            self._screen.outside(lambda: printing.left(issued.slip_id), self._may_print)

    def print_again(self) -> None:
        """One more copy, marked as a reprint, as far as the quota goes."""
        if self._issued is None:
            return
        services, slip_id = self._screen.ctx.services, self._issued.slip_id
        by_staff = self._screen.ctx.navigator.staff is not None
        self._printed, self._busy = None, True
        self.retranslate()
        self._screen.outside(
            lambda: services.printing.print_slip(slip_id, reprint=True, by_staff=by_staff),
            self._done,
            self._refused,
        )

    def retranslate(self) -> None:
        """Words in."""
        text = self._screen.text
        self.number.setText(self._number())
        if self._issued is None or (self._printed is None and not self._busy):
            self.state.say("")
        elif self._printed is None:
            self.state.say(text("slip_panel.printing"), "info")
        else:
            state, fault = self._printed.state, self._printed.fault
            reason = text(fault.key, **fault.params) if fault is not None else ""
            self.state.say(text(f"slip_panel.{state}", reason=reason), TONES.get(state, "info"))

    def _number(self) -> str:
        """The number, and how many more can be had without staff, once that is known."""
        if self._issued is None:
            return ""
        text, number = self._screen.text, self._issued.number
        if self._left is None or self._screen.ctx.navigator.staff is not None:
            return text("slip_panel.number", number=number)
        return text("slip_panel.number_left", number=number, n=self._left)

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
        self.number.setText("")

    def _done(self, printed: Printed) -> None:
        self._printed, self._busy, self._left = printed, False, printed.left
        self.retranslate()

    def _refused(self, refusal: Refusal) -> None:
        self.state.say(self._screen.ctx.strings.refusal(refusal), "warn")
