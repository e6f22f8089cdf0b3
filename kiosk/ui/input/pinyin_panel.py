"""The pinyin tab: letters are collected, candidates offered, nothing is learnt."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.input.candidates import CandidateRow
from kiosk.ui.input.letter_rows import COLUMNS, LETTER_ROWS, letter_keys, place_row
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.panel import Panel, even_grid
from kiosk.ui.input.pinyin import Candidate, NameOrder, Pinyin
from kiosk.ui.input.wish import InputWish
from kiosk.ui.strings import Strings

LONGEST_TYPED = 30
ECHO_COLUMNS = 4


class PinyinPanel(Panel):
    """Letters below, what they spell above, candidates beside it."""

    def __init__(self, strings: Strings, pinyin: Pinyin, parent: QWidget | None = None) -> None:
        super().__init__(strings, parent)
        self._pinyin = pinyin
        self._typed = ""
        self._offered: list[Candidate] = []
        self._wish = InputWish.TEXT
        self._before = ""
        grid = even_grid(self, 4, COLUMNS)
        self.echo = QLabel(self)
        self.echo.setTextFormat(Qt.TextFormat.PlainText)
        self.echo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.echo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.row = CandidateRow(strings, self)
        self.row.chosen.connect(self._choose)
        self.row.touched.connect(self.writing.touched)
        self.backspace = self.action("input.key.backspace")
        self.backspace.clicked.connect(self._erase)
        marks = [self.mark(f"input.mark.{name}") for name in ("comma", "stop", "dot")]
        grid.addWidget(self.echo, 0, 0, 1, ECHO_COLUMNS)
        grid.addWidget(self.row, 0, ECHO_COLUMNS, 1, COLUMNS - ECHO_COLUMNS)
        place_row(grid, 1, letter_keys(self, LETTER_ROWS[0]))
        place_row(grid, 2, [*letter_keys(self, LETTER_ROWS[1]), marks[2]])
        place_row(grid, 3, [*marks[:2], *letter_keys(self, LETTER_ROWS[2]), self.backspace])
        self.retranslate()

    def set_look(self, look: DockLook, row_height: int) -> None:
        """See ``Panel``."""
        super().set_look(look, row_height)
        self.row.set_look(look)

    def retranslate(self) -> None:
        """See ``Panel``."""
        super().retranslate()
        self.row.retranslate()

    def prepare(self, wish: InputWish) -> None:
        """Another field: letters typed for the last one are dropped."""
        self._wish = wish
        self._set_typed("")

    def show_field(self, before: str, whole: str) -> None:  # noqa: ARG002 - only the cursor's left side matters
        """Remember what stands before the cursor: the first character of a name is a surname."""
        self._before = before

    def wipe(self) -> None:
        """Forget the letters and the candidates."""
        self._before = ""
        self._set_typed("")

    def type_text(self, text: str) -> None:
        """Collect letters; a mark ends the composition and is typed itself."""
        if text.isascii() and text.isalpha():
            if len(self._typed) < LONGEST_TYPED:
                self._set_typed(self._typed + text)
            return
        if self._offered:
            self._choose(0)
        self.writing.typed.emit(text)

    def _set_typed(self, typed: str) -> None:
        self._typed = typed
        self._offered = self._pinyin.candidates(typed, self._order()) if typed else []
        cuts = self._pinyin.cut(typed) if typed else []
        self.echo.setText("'".join(cuts[0]) if cuts else typed)
        self.row.offer([candidate.text for candidate in self._offered])

    def _order(self) -> NameOrder:
        if self._wish is not InputWish.NAME:
            return NameOrder.NONE
        return NameOrder.GIVEN if self._before.strip() else NameOrder.SURNAME

    def _choose(self, place: int) -> None:
        chosen = self._offered[place]
        rest = self._typed[chosen.letters :]
        self.writing.touched.emit()
        # The field is told first: what now stands in it decides the order of the next candidates.
        self.writing.typed.emit(chosen.text)
        self._set_typed(rest)

    def _erase(self) -> None:
        self.writing.touched.emit()
        if self._typed:
            self._set_typed(self._typed[:-1])
        else:
            self.writing.erased.emit()
