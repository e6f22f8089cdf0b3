"""What every tab of the dock is: a panel that says what is to be written and knows no field."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.ui.input.keys import Key, KeyKind
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.wish import InputWish
from kiosk.ui.strings import Strings


class Writing(QObject):
    """What a panel asks the dock to do to the field.

    Signals:
        typed(str): put this text.
        erased(): delete one character.
        cleared(): delete everything.
        replaced(int, str): put text in place of so many characters before the cursor.
        touched(): a person did something (for the idle monitor).
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    replaced = Signal(int, str)
    touched = Signal()


class Panel(QWidget):
    """Base of the tabs."""

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strings = strings
        self.writing = Writing(self)
        self._named: list[tuple[Key, str]] = []

    def key(self, text: str) -> Key:
        """A key that types its own text."""
        key = Key(text, KeyKind.LETTER, self)
        key.clicked.connect(self._strike)
        return key

    def action(self, string_key: str) -> Key:
        """A key with a word on it; connect its ``clicked``."""
        key = Key("", KeyKind.ACTION, self)
        self._named.append((key, string_key))
        return key

    def mark(self, string_key: str) -> Key:
        """A key that types a mark of the language, such as a comma."""
        key = self.key("")
        self._named.append((key, string_key))
        return key

    def retranslate(self) -> None:
        """Ask for all words again."""
        for key, name in self._named:
            key.say(self.strings.text(name), self.strings.text(name))

    def set_look(self, look: DockLook, row_height: int) -> None:
        """Take sizes; colours come with the dock's style sheet."""
        for key in self.findChildren(Key):
            key.fit(look, row_height)
        grid = self.layout()
        if isinstance(grid, QGridLayout):
            grid.setSpacing(look.gap)

    def prepare(self, wish: InputWish) -> None:
        """Another field came into focus, or the tab to the front: begin anew."""

    def arrange(self, *, landscape: bool) -> None:
        """The window changed its shape; what was written stays."""

    def show_field(self, before: str, whole: str) -> None:
        """The field's text changed: ``before`` the cursor, and ``whole``."""

    @property
    def unfinished(self) -> bool:
        """Whether something was written that is not in the field yet and would be lost."""
        return False

    def wipe(self) -> None:
        """Forget everything of the person who was here."""

    def type_text(self, text: str) -> None:
        """What a letter key does; a composing panel collects instead."""
        self.writing.typed.emit(text)

    def _strike(self) -> None:
        key = self.sender()
        if isinstance(key, Key):
            self.writing.touched.emit()
            self.type_text(key.text().replace("&&", "&"))


def even_grid(parent: QWidget, rows: int, columns: int) -> QGridLayout:
    """A grid without margins whose cells share the room evenly."""
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    for row in range(rows):
        grid.setRowStretch(row, 1)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid
