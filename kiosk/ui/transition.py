"""A page that comes: there at once, under a thin mist in the colour of paper, gone a seventh of a second later.

Nothing moves and nothing is kept from anybody: the page lies at its place and can be read from the first frame on, the
mist takes no event, and whatever somebody does ends it before the page hears of it. It clears from the head of the page
when the way goes on, from its foot when it goes back.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from time import monotonic

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFocusFrame, QWidget

from kiosk.ui.route import ONE_MOMENT, active_trail
from kiosk.ui.screen import Screen
from kiosk.ui.shell import Shell
from kiosk.ui.theme import Theme

#: From the first painted frame to the last one.
LASTS_S = 0.14
#: Between two frames the window's loop is free for at least so long.
GAP_MS = 20
#: How much of the page's colour the mist has at first. More than a third, and ink falls below 4.5:1 on some grounds.
THICKEST = 0.33
#: A frame that takes longer ends it; after so many of them there are no more until the visit has ended.
SLOW_S = 0.024
MOST_SLOW = 3
#: A gradient costs a millisecond a frame, bands of one colour nothing; nobody sees steps this small.
_BANDS = 16


class Mist(QFocusFrame):
    """Colour of paper over the whole of its parent, thinner and thinner. Nothing but a picture.

    A frame for the focus is the one kind of widget that Qt itself lets all touches through, gives no focus and keeps
    out of the accessibility tree; nothing else of it is used.

    Signals:
        painted: its first frame is out.
    """

    painted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._share = 0.0
        self._back = False
        self._new = False
        self.setObjectName("mist")
        self.hide()

    def lay(self, *, back: bool) -> None:
        """Cover the parent, as thick as ever; ``back`` says which end clears first."""
        self._share, self._back, self._new = 0.0, back, True
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def thin(self, share: float) -> None:
        """Paint the frame that comes after this share (0 … 1) of the time, now, and only where it is another one."""
        before = self._thicknesses()
        self._share = share
        self.repaint(
            self._rows([one != other for one, other in zip(before, self._thicknesses(), strict=True)])
        )

    def lift(self) -> None:
        """Be gone. What lay bare before is not painted again, as it would be when a widget hides."""
        rest = self._rows([each > 0 for each in self._thicknesses()])
        self.setUpdatesEnabled(False)
        self.hide()
        self.setUpdatesEnabled(True)
        self._over.update(rest)

    def thickness(self, place: float) -> float:
        """How much paper (0 … 1) lies at a place: 0 is the end that clears first, 1 the other one."""
        left: float = (1.0 - self._share) ** 1.5
        return THICKEST * min(1.0, max(0.0, 2 * left - 1 + place))

    def _thicknesses(self) -> list[float]:
        """Of each band, from the head to the foot."""
        upright = [self.thickness(band / (_BANDS - 1)) for band in range(_BANDS)]
        return upright[::-1] if self._back else upright

    def _rows(self, wanted: list[bool]) -> QRect:
        """From the first of these bands to the last one."""
        if True not in wanted:
            return QRect()
        first, last = wanted.index(True), _BANDS - wanted[::-1].index(True)
        top, bottom = (self.height() * edge // _BANDS for edge in (first, last))
        return QRect(0, top, self.width(), bottom - top)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """In bands from the head to the foot, neighbours alike in one: each call of Qt may lose the interpreter."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = self._theme.colour("paper")
        height, width, band = self.height(), self.width(), 0
        for thickness, alike in groupby(self._thicknesses()):
            top = height * band // _BANDS
            band += len(tuple(alike))
            if thickness > 0:
                colour.setAlphaF(thickness)
                painter.setBrush(colour)
                painter.drawRect(0, top, width, height * band // _BANDS - top)
        painter.end()
        if self._new:
            self._new = False
            self.painted.emit()


class Transition(QObject):
    """Lays the mist over a page that comes, and takes it away."""

    def __init__(
        self,
        shell: Shell,
        now: Callable[[], float] = monotonic,
        at_work: Callable[[], bool] = lambda: False,
    ) -> None:
        """Listen to the shell; the mist is made with the first page that has one, and stays.

        Args:
            shell: whose pages.
            now: seconds of a clock that never goes back. Not the kiosk's own: what counts is what is seen.
            at_work: whether the exchange works in the background. Each call of Qt may then lose the interpreter for
                half a millisecond, and a mist is dozens of calls more.
        """
        super().__init__(shell)
        self._shell = shell
        self._now = now
        self._at_work = at_work
        self._mist: Mist | None = None
        self._began = 0.0
        self._slow = 0
        self._last: Screen | None = shell.current_screen if shell.isVisible() else None
        self._depth = self._trail_depth()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(GAP_MS)
        self._timer.timeout.connect(self.tick)
        shell.screen_changed.connect(self._changed)
        shell.ctx.tasks.quiet.connect(self._make_room)
        shell.ctx.gate.acted.connect(self.end)
        shell.ctx.navigator.visit_ended.connect(self._forgive)

    @property
    def under_way(self) -> bool:
        """Whether a mist lies over the page."""
        return self._mist is not None and not self._mist.isHidden()

    @Slot()
    def end(self) -> None:
        """The page is bare with the next frame. Whoever does anything calls this; mostly there is nothing to end."""
        if self._mist is not None and not self._mist.isHidden():
            self._timer.stop()
            self._mist.lift()

    @Slot()
    def tick(self) -> None:
        """The next frame, or the end (the timer's slot)."""
        mist = self._mist
        if mist is None or mist.isHidden():
            return
        share = (self._now() - self._began) / LASTS_S
        if share >= 1.0 or mist.size() != self._shell.area.size():
            self.end()
            return
        # What the page still waits for comes first; it is painted below the mist as it is.
        if not self._shell.ctx.tasks.busy:
            before = self._now()
            mist.thin(share)
            if self._now() - before > SLOW_S:
                self._slow += 1
                self.end()
                return
        self._timer.start()

    @Slot(str)
    def _changed(self, _name: str) -> None:
        self.end()
        screen, last = self._shell.current_screen, self._last
        depth, before = self._trail_depth(), self._depth
        self._last, self._depth = screen, depth
        if self._shell.isVisible() and self._suits(last, screen):
            self._made().lay(back=depth < before)

    def _suits(self, last: Screen | None, screen: Screen) -> bool:
        """Only from one page to another, where greys are wanted, and where this machine keeps up."""
        ctx = self._shell.ctx
        if last is None or last is screen or last.full_screen or screen.full_screen:
            return False
        if ctx.theme.high_contrast or ctx.gate.asleep or self._slow >= MOST_SLOW or self._at_work():
            return False
        return ONE_MOMENT not in {last.name, screen.name}

    def _trail_depth(self) -> int:
        return len(active_trail(self._shell.ctx.navigator.state).pages)

    def _made(self) -> Mist:
        if self._mist is None:
            self._mist = Mist(self._shell.ctx.theme, self._shell.area)
            self._mist.painted.connect(self._painted)
        return self._mist

    @Slot()
    def _painted(self) -> None:
        """The time runs from here: a page that was long in coming is not late because of this."""
        self._began = self._now()
        self._timer.start()

    @Slot()
    def _make_room(self) -> None:
        """What the page has waited for has come: it is painted before the next frame."""
        if self._timer.isActive():
            self._timer.start()

    @Slot(object)
    def _forgive(self, _stay: object) -> None:
        """The next person gets them again, if the machine has recovered."""
        self._slow = 0
