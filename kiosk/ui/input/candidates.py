"""One row of candidates with pages: as many as fit at full size, the rest one touch away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.input.keys import Key, KeyKind
from kiosk.ui.input.look import GAP_MM, MIN_KEY_MM, DockLook
from kiosk.ui.strings import Strings

MOST_SHOWN = 16
PADDING_MM = 6.0
#: The keys that turn the page have a word beside their arrow.
TURN_MM = 20.0


class CandidateRow(QWidget):
    """A row of large candidates.

    Signals:
        chosen(int): the place in the list that was given to ``offer``.
        touched(): a page was turned.
    """

    chosen = Signal(int)
    touched = Signal()

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self._look = DockLook()
        self._texts: tuple[str, ...] = ()
        self._pages = [0]
        self._shown = 0
        self._keys = [Key("", KeyKind.CANDIDATE, self) for _ in range(MOST_SHOWN)]
        self.back = Key("", KeyKind.ACTION, self)
        self.forward = Key("", KeyKind.ACTION, self)
        for key in self._keys:
            key.hide()
            key.clicked.connect(self._choose)
        self.back.clicked.connect(self._turn_back)
        self.forward.clicked.connect(self._turn)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the page keys."""
        text = self._strings.text
        self.back.say(text("input.key.turn_back"), text("input.key.previous"))
        self.forward.say(text("input.key.turn_on"), text("input.key.next"))

    def set_look(self, look: DockLook) -> None:
        """Take sizes."""
        self._look = look
        self._lay_out()

    def offer(self, texts: Sequence[str]) -> None:
        """Show these from the first page on."""
        self._texts = tuple(texts)
        self._pages = [0]
        self._lay_out()

    def shown(self) -> list[Key]:
        """The candidate keys in view."""
        return self._keys[: self._shown]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin again with the first page: another number fits now."""
        super().resizeEvent(event)
        self._pages = [0]
        self._lay_out()

    def _lay_out(self) -> None:
        gap, side = self._look.px(GAP_MM), self._look.px(MIN_KEY_MM)
        turn = self._look.px(TURN_MM)
        place, end, first = 0, self.width() - 2 * (turn + gap), self._pages[-1]
        self._shown = 0
        for key, text in zip(self._keys, self._texts[first:], strict=False):
            key.say(text, text)
            key.ensurePolished()
            wide = key.fontMetrics().horizontalAdvance(text) + self._look.px(PADDING_MM)
            wide = max(side, wide)
            if place + wide > end and self._shown:
                break
            key.setGeometry(place, 0, min(wide, end), self.height())
            key.show()
            place += wide + gap
            self._shown += 1
        for key in self._keys[self._shown :]:
            key.hide()
            key.say("", "")
        for key, left in ((self.back, self.width() - 2 * turn - gap), (self.forward, self.width() - turn)):
            key.setGeometry(left, 0, turn, self.height())
            key.fit(self._look, self.height())
        self.back.setVisible(bool(self._texts))
        self.forward.setVisible(bool(self._texts))
        self.back.setEnabled(len(self._pages) > 1)
        self.forward.setEnabled(first + self._shown < len(self._texts))

    def _choose(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            self.chosen.emit(self._pages[-1] + self._keys.index(key))

    def _turn(self) -> None:
        self.touched.emit()
        self._pages.append(self._pages[-1] + self._shown)
        self._lay_out()

    def _turn_back(self) -> None:
        self.touched.emit()
        self._pages.pop()
        self._lay_out()
