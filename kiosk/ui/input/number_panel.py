"""The number pad: big digits, X for ID numbers, a point for money; long numbers once more, as people read them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kiosk.ui.input.keys import Key, KeyKind
from kiosk.ui.input.panel import Panel, even_grid
from kiosk.ui.input.wish import InputWish
from kiosk.ui.strings import Strings

_GROUPS = {InputWish.PHONE: (3, 4, 4), InputWish.ID_NUMBER: (6, 8, 4)}
_DIGITS = "123456789"
#: Stands for a digit that is still missing, and is as wide as one.
SLOT = "_"


def grouped(text: str, wish: InputWish) -> str:
    """A number with spaces as people read it aloud: 138 1234 5678."""
    parts, rest = [], text
    for size in _GROUPS.get(wish, ()):
        if rest:
            parts.append(rest[:size])
            rest = rest[size:]
    return " ".join([*parts, rest] if rest else parts)


def with_slots(text: str, wish: InputWish) -> str:
    """A grouped number with a line for each digit that is still missing: ``138 12__ ____``."""
    return grouped(text.ljust(sum(_GROUPS.get(wish, ())), SLOT), wish)


class NumberPanel(Panel):
    """Digits in the order of a telephone; beside them the number where it has groups, else two large keys."""

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(strings, parent)
        self._wish = InputWish.DIGITS
        self._grid = even_grid(self, 4, 5)
        self._echo = QLabel(self)
        self._echo.setProperty("kind", "echo")
        self._echo.setTextFormat(Qt.TextFormat.PlainText)
        self._echo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._echo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for place, digit in enumerate(_DIGITS):
            self._grid.addWidget(self._digit(digit), place // 3, place % 3)
        self.letter_x = self._digit("X")
        self.point = self._digit(".")
        self.backspace = self.action("input.key.backspace")
        self.clear = self.action("input.key.clear")
        self.backspace.clicked.connect(self._erase)
        self.clear.clicked.connect(self._clear)
        self.zero = self._digit("0")
        self._grid.addWidget(self.letter_x, 3, 0)
        self._grid.addWidget(self.point, 3, 0)
        self._grid.addWidget(self._echo, 0, 3, 3, 2)
        self.retranslate()
        self.prepare(InputWish.DIGITS)

    def prepare(self, wish: InputWish) -> None:
        """Show X or the point as the field wants, and an echo where there is more to it than the field says itself.

        The nought is always above its usual place, and as broad as there is room for it.
        """
        self._wish = wish
        self.letter_x.setVisible(wish in {InputWish.ID_NUMBER, InputWish.CODE})
        self.point.setVisible(wish is InputWish.MONEY)
        echoes = wish in _GROUPS
        self._echo.setVisible(echoes)
        first = 1 if wish in {InputWish.ID_NUMBER, InputWish.CODE, InputWish.MONEY} else 0
        places = {
            self.zero: (3, first, 1, (2 if echoes else 3) - first),
            self.backspace: (3, 2, 1, 1) if echoes else (0, 3, 2, 2),
            self.clear: (3, 3, 1, 2) if echoes else (2, 3, 2, 2),
        }
        for key in (self.backspace, self.clear):
            key.set_large(not echoes)
        for key, place in places.items():
            self._grid.removeWidget(key)
            self._grid.addWidget(key, *place)

    def show_field(self, before: str, whole: str) -> None:  # noqa: ARG002 - the cursor does not matter
        """Echo the number in groups."""
        self._echo.setAccessibleName(grouped(whole, self._wish))
        text = with_slots(whole, self._wish)
        # An ID number is longer than the pad is wide: one group a line.
        self._echo.setText(text.replace(" ", "\n") if self._wish is InputWish.ID_NUMBER else text)

    def wipe(self) -> None:
        """Forget the echo."""
        self._echo.clear()
        self._echo.setAccessibleName("")

    def _digit(self, text: str) -> Key:
        key = self.key(text)
        key.setProperty("kind", KeyKind.DIGIT.value)
        return key

    def _erase(self) -> None:
        self.writing.touched.emit()
        self.writing.erased.emit()

    def _clear(self) -> None:
        self.writing.touched.emit()
        self.writing.cleared.emit()
