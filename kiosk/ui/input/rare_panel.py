"""The tab for rare characters: one line of letters and digits, looked up in three ways at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.glyphs import unshown
from kiosk.ui.input.candidates import CandidateRow
from kiosk.ui.input.letter_rows import COLUMNS, DIGIT_ROW, LETTER_ROWS, letter_keys, place_row
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.panel import Panel, even_grid
from kiosk.ui.input.rare import RareCharacters
from kiosk.ui.input.wish import InputWish
from kiosk.ui.strings import Strings

LONGEST_QUERY = 24
ECHO_COLUMNS = 4


class RarePanel(Panel):
    """``yan``, ``longtian`` and ``4dae`` all find the same character."""

    def __init__(self, strings: Strings, rare: RareCharacters, parent: QWidget | None = None) -> None:
        super().__init__(strings, parent)
        self._rare = rare
        self._query = ""
        self._found: list[str] = []
        self._only_unshown = False
        grid = even_grid(self, 5, COLUMNS)
        self.echo = self._label("")
        self.hint = self._label("hint")
        self.row = CandidateRow(strings, self)
        self.row.chosen.connect(self._choose)
        self.row.touched.connect(self.writing.touched)
        self.clear = self.action("input.key.clear")
        self.backspace = self.action("input.key.backspace")
        self.clear.clicked.connect(self._clear)
        self.backspace.clicked.connect(self._erase)
        grid.addWidget(self.echo, 0, 0, 1, ECHO_COLUMNS)
        grid.addWidget(self.row, 0, ECHO_COLUMNS, 1, COLUMNS - ECHO_COLUMNS)
        grid.addWidget(self.hint, 0, 0, 1, COLUMNS)
        place_row(grid, 1, letter_keys(self, DIGIT_ROW))
        place_row(grid, 2, letter_keys(self, LETTER_ROWS[0]))
        place_row(grid, 3, letter_keys(self, LETTER_ROWS[1]), start=1)
        place_row(grid, 4, [self.clear, *letter_keys(self, LETTER_ROWS[2])], start=1)
        grid.addWidget(self.backspace, 4, 17, 1, 3)
        self.retranslate()
        self._set_query("")

    def set_look(self, look: DockLook, row_height: int) -> None:
        """See ``Panel``."""
        super().set_look(look, row_height)
        self.row.set_look(look)

    def retranslate(self) -> None:
        """See ``Panel``."""
        super().retranslate()
        self.row.retranslate()
        self._say_hint()

    def prepare(self, wish: InputWish) -> None:  # noqa: ARG002 - the same for every field
        """Another field: begin anew."""
        self._set_query("")

    def wipe(self) -> None:
        """Forget the query."""
        self._set_query("")

    def type_text(self, text: str) -> None:
        """Letters and digits make up the query."""
        if len(self._query) < LONGEST_QUERY:
            self._set_query(self._query + text.lower())

    def _label(self, kind: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("kind", kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        return label

    def _set_query(self, query: str) -> None:
        self._query = query
        found = self._rare.find(query) if query else []
        hidden = set(unshown("".join(found)))
        self._found = [char for char in found if char not in hidden]
        self._only_unshown = bool(found) and not self._found
        self.echo.setText(query)
        self.row.offer(self._found)
        self._say_hint()
        self.hint.setVisible(not query or self._only_unshown)

    def _say_hint(self) -> None:
        """How to find a character; or that the one that was meant would be a box on the screen and on the slip."""
        if self._only_unshown:
            self.hint.setText(self.strings.text("input.rare.unshown", query=self._query))
        else:
            self.hint.setText(self.strings.text("input.rare.hint"))

    def _choose(self, place: int) -> None:
        self.writing.touched.emit()
        self.writing.typed.emit(self._found[place])
        self._set_query("")

    def _clear(self) -> None:
        self.writing.touched.emit()
        self._set_query("")

    def _erase(self) -> None:
        self.writing.touched.emit()
        if self._query:
            self._set_query(self._query[:-1])
        else:
            self.writing.erased.emit()
