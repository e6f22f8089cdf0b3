"""Letters and digits: credit codes, number plates, e-mail and the rare Latin word."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kiosk.ui.input.keys import Key
from kiosk.ui.input.letter_rows import COLUMNS, DIGIT_ROW, LETTER_ROWS, letter_keys, place_row
from kiosk.ui.input.panel import Panel, even_grid
from kiosk.ui.strings import Strings


class LettersPanel(Panel):
    """Four rows of keys, capitals first: codes are printed in capitals."""

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(strings, parent)
        grid = even_grid(self, 4, COLUMNS)
        self._letters = [letter_keys(self, row) for row in LETTER_ROWS]
        self.shift = self.action("input.key.shift")
        self.shift.setCheckable(True)
        self.backspace = self.action("input.key.backspace")
        place_row(grid, 0, letter_keys(self, DIGIT_ROW))
        place_row(grid, 1, self._letters[0])
        place_row(grid, 2, [*self._letters[1], self.key("-")])
        place_row(grid, 3, [self.shift, *self._letters[2], self.key("."), self.backspace])
        self.shift.clicked.connect(self._change_case)
        self.backspace.clicked.connect(self._erase)
        self.retranslate()
        self._show_case()

    def wipe(self) -> None:
        """Back to capitals."""
        self.shift.setChecked(False)
        self._show_case()

    def keys(self) -> list[Key]:
        """The letter keys."""
        return [key for row in self._letters for key in row]

    def _change_case(self) -> None:
        self.writing.touched.emit()
        self._show_case()

    def _show_case(self) -> None:
        small = self.shift.isChecked()
        for key in self.keys():
            text = key.text().lower() if small else key.text().upper()
            key.say(text, text)

    def _erase(self) -> None:
        self.writing.touched.emit()
        self.writing.erased.emit()
