"""The rows of Latin letters, shared by the tabs that type with them."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from kiosk.ui.input.keys import Key
from kiosk.ui.input.panel import Panel

LETTER_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DIGIT_ROW = "1234567890"
#: Every key spans two columns, so that a row of nine can stand half a key to the right of a row of ten.
COLUMNS = 20


def place_row(grid: QGridLayout, row: int, keys: list[Key], start: int = 0) -> None:
    """Put keys side by side, two columns each, from column ``start`` on."""
    for place, key in enumerate(keys):
        grid.addWidget(key, row, start + 2 * place, 1, 2)


def letter_keys(panel: Panel, letters: str) -> list[Key]:
    """Keys that type one letter each."""
    return [panel.key(letter) for letter in letters]
