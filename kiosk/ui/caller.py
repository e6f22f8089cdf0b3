"""叫工作人员: the button at the foot, the line at the head, and what is said to whoever touches it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from kiosk.ui.chrome import NavRow, StatusRow
from kiosk.ui.context import UiContext
from kiosk.ui.screen import Screen

#: What the button says: calling, taking it back, and for staff: seen.
CALL, WITHDRAW, SEEN = "common.call_staff", "common.call.withdraw", "common.call.seen"


class Caller(QObject):
    """Keeps both bars true as to whether staff are called, and does what the button says."""

    def __init__(self, ctx: UiContext, status: StatusRow, nav: NavRow, screen: Callable[[], Screen]) -> None:
        """Listen to the button; ``screen`` is what is shown when it is touched."""
        super().__init__(nav)
        self._ctx = ctx
        self._status = status
        self._nav = nav
        self._screen = screen
        self._offered = CALL
        nav.staff_touched.connect(self._touched)
        ctx.notices.staff_wanted.connect(self._call)
        ctx.call.changed.connect(self.follow)
        ctx.strings.language_changed.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Somebody else stands there now, or there is another call, or none."""
        self._status.say_call(self._line())
        staff = self._ctx.navigator.staff is not None
        if self._ctx.call.standing is not None and staff:
            self._offered = SEEN
        else:
            self._offered = WITHDRAW if self._ctx.call.own else CALL
        self._nav.offer_call(self._offered, accent=self._offered is SEEN)

    def _line(self) -> str:
        call, strings = self._ctx.call.standing, self._ctx.strings
        return strings.text("common.call.line", time=strings.time(call.at)) if call is not None else ""

    @Slot()
    def _touched(self) -> None:
        call, text = self._ctx.call.standing, self._ctx.strings.text
        if call is None or self._offered is CALL:
            self._call()
            return
        if self._offered is WITHDRAW:
            said = text("common.toast.staff_withdrawn")
        elif call.page:
            said = text("common.toast.staff_seen_at", page=text(call.page))
        else:
            said = text("common.toast.staff_seen")
        self._ctx.call.end()
        self._say(said)

    @Slot()
    def _call(self) -> None:
        key = str(getattr(self._screen(), "title_key", ""))
        self._ctx.call.call(key, self._ctx.visit.scope)
        self._say(self._ctx.strings.text("common.toast.staff_called"))

    def _say(self, sentence: str) -> None:
        """The button is another one now: what comes down twice does not take back what it has just done."""
        self._ctx.gate.guard(confirms=True)
        self._ctx.notices.toast.emit(sentence)
