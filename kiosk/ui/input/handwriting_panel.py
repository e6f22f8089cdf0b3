"""The handwriting tab: a sheet, ten large candidates, and joining of characters into a rare one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui.input.canvas import InkCanvas
from kiosk.ui.input.keys import Key, KeyKind
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.panel import Panel, even_grid
from kiosk.ui.input.rare import RareCharacters
from kiosk.ui.input.recognition import OFFERED, Recognition
from kiosk.ui.input.wish import InputWish
from kiosk.ui.strings import Strings


class HandwritingPanel(Panel):
    """Write, touch the right one of ten, write the next."""

    def __init__(
        self, strings: Strings, recognition: Recognition, rare: RareCharacters, parent: QWidget | None = None
    ) -> None:
        super().__init__(strings, parent)
        self._recognition = recognition
        self._rare = rare
        self._before = ""
        #: How many characters before the cursor each shown candidate takes the place of.
        self._replaces = [0] * OFFERED
        self.canvas = InkCanvas(self)
        self.canvas.setAccessibleName(strings.text("input.write.canvas"))
        self._candidate_box = QWidget(self)
        self._candidate_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.candidates = [Key("", KeyKind.WRITTEN, self._candidate_box) for _ in range(OFFERED)]
        self._candidate_grid = QGridLayout(self._candidate_box)
        self._candidate_grid.setContentsMargins(0, 0, 0, 0)
        self._action_box = QWidget(self)
        self._action_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._build_actions()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part, share in ((self.canvas, 10), (self._action_box, 3), (self._candidate_box, 13)):
            self._row.addWidget(part, share)
        for key in self.candidates:
            policy = key.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            key.setSizePolicy(policy)
            key.clicked.connect(self._choose)
        self.canvas.stroke_begun.connect(self.writing.touched)
        self.canvas.stroke_ended.connect(self._ask)
        recognition.recognised.connect(self._show)
        self.arrange(landscape=True)
        self.retranslate()
        self._offer(())

    def set_look(self, look: DockLook, row_height: int) -> None:
        """See ``Panel``."""
        super().set_look(look, row_height)
        self.canvas.set_look(look)
        self._row.setSpacing(look.gap)
        self._candidate_grid.setSpacing(look.gap)
        self._action_grid.setSpacing(look.gap)

    def retranslate(self) -> None:
        """See ``Panel``."""
        super().retranslate()
        self.canvas.set_hint(self.strings.text("input.write.hint"))
        self.canvas.setAccessibleName(self.strings.text("input.write.canvas"))

    def prepare(self, wish: InputWish) -> None:  # noqa: ARG002 - the same for every field
        """Another field: an empty sheet."""
        self._forget_ink()

    def arrange(self, *, landscape: bool) -> None:
        """Candidates in two rows of five, or in five of two where the window is narrow."""
        columns = 5 if landscape else 2
        for place, key in enumerate(self.candidates):
            self._candidate_grid.addWidget(key, place // columns, place % columns)
        for cell in range(5):
            self._candidate_grid.setColumnStretch(cell, 1 if cell < columns else 0)
            self._candidate_grid.setRowStretch(cell, 1 if cell < OFFERED // columns else 0)

    def show_field(self, before: str, whole: str) -> None:  # noqa: ARG002 - only the cursor's left side matters
        """Offer to join characters only where something comes of it."""
        self._before = before
        self.join.setEnabled(bool(self._rare.joined(before)))

    def wipe(self) -> None:
        """Forget ink and candidates."""
        self._before = ""
        self.join.setEnabled(False)
        self._forget_ink()

    def _build_actions(self) -> None:
        self.undo = self.action("input.write.undo")
        self.again = self.action("input.write.again")
        self.join = self.action("input.write.join")
        self.backspace = self.action("input.key.backspace")
        self._action_grid = even_grid(self._action_box, 4, 1)
        for row, key in enumerate((self.undo, self.again, self.join, self.backspace)):
            self._action_grid.addWidget(key, row, 0)
        self.undo.clicked.connect(self._undo)
        self.again.clicked.connect(self._start_again)
        self.join.clicked.connect(self._join)
        self.backspace.clicked.connect(self._erase)
        self.join.setEnabled(False)

    def _ask(self) -> None:
        self.writing.touched.emit()
        self._recognition.ask(self.canvas.strokes(), self.canvas.side())

    @Slot(object)
    def _show(self, characters: tuple[str, ...]) -> None:
        self._offer([(char, 0) for char in characters])

    def _offer(self, offers: list[tuple[str, int]] | tuple[()]) -> None:
        for place, key in enumerate(self.candidates):
            text, replaces = offers[place] if place < len(offers) else ("", 0)
            key.say(text, text)
            key.setVisible(bool(text))
            self._replaces[place] = replaces

    def _forget_ink(self) -> None:
        self._recognition.forget()
        self.canvas.clear()
        self._offer(())

    def _choose(self) -> None:
        key = self.sender()
        if not isinstance(key, Key) or not key.text():
            return
        text, replaces = key.text(), self._replaces[self.candidates.index(key)]
        self._forget_ink()
        self.writing.touched.emit()
        if replaces:
            self.writing.replaced.emit(replaces, text)
        else:
            self.writing.typed.emit(text)

    def _undo(self) -> None:
        self.writing.touched.emit()
        self.canvas.undo()
        if self.canvas.strokes():
            self._ask()
        else:
            self._forget_ink()

    def _start_again(self) -> None:
        self.writing.touched.emit()
        self._forget_ink()

    def _join(self) -> None:
        self.writing.touched.emit()
        self._forget_ink()
        self._offer(self._rare.joined(self._before)[:OFFERED])

    def _erase(self) -> None:
        self.writing.touched.emit()
        if self.canvas.strokes():
            self._forget_ink()
        else:
            self.writing.erased.emit()
