"""What a text field is for, and which ways of writing fit it."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

PROPERTY = "inputWish"


class InputTab(StrEnum):
    """A way of writing, shown as one tab of the dock."""

    HANDWRITING = "handwriting"
    PINYIN = "pinyin"
    NUMBERS = "numbers"
    LETTERS = "letters"
    RARE = "rare"


class InputWish(StrEnum):
    """What a field wants; the value of its dynamic property ``inputWish``."""

    NAME = "name"
    """A person's name: handwriting first, surnames before other characters."""
    TEXT = "text"
    """Chinese sentences: handwriting first."""
    PINYIN = "pinyin"
    """Chinese for people who type: pinyin first."""
    DIGITS = "digits"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    """Seventeen digits and a digit or X."""
    MONEY = "money"
    """Digits and one point."""
    CODE = "code"
    """Latin letters and digits: credit codes, plates, slip numbers."""


_CHINESE = (InputTab.HANDWRITING, InputTab.PINYIN, InputTab.LETTERS, InputTab.RARE)
_TABS: dict[InputWish, tuple[InputTab, ...]] = {
    InputWish.NAME: _CHINESE,
    InputWish.TEXT: _CHINESE,
    InputWish.PINYIN: (InputTab.PINYIN, InputTab.HANDWRITING, InputTab.LETTERS, InputTab.RARE),
    InputWish.DIGITS: (InputTab.NUMBERS,),
    InputWish.PHONE: (InputTab.NUMBERS,),
    InputWish.ID_NUMBER: (InputTab.NUMBERS,),
    InputWish.MONEY: (InputTab.NUMBERS,),
    InputWish.CODE: (InputTab.LETTERS, InputTab.NUMBERS),
}


def wish_input(field: QWidget, wish: InputWish) -> None:
    """Tell the dock what ``field`` is for. May be changed at any time; it counts from the next focus on."""
    field.setProperty(PROPERTY, wish.value)


def wish_of(field: QWidget) -> InputWish:
    """What a field wants; a field that says nothing is judged by its input-method hints, else it is TEXT."""
    said = field.property(PROPERTY)
    if isinstance(said, str) and said in set(InputWish):
        return InputWish(said)
    hints = field.inputMethodHints()
    if hints & (Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhDialableCharactersOnly):
        return InputWish.DIGITS
    if hints & Qt.InputMethodHint.ImhFormattedNumbersOnly:
        return InputWish.MONEY
    return InputWish.TEXT


def tabs_for(wish: InputWish) -> tuple[InputTab, ...]:
    """The tabs a wish offers, the best first."""
    return _TABS[wish]


def is_text_field(widget: QWidget | None) -> bool:
    """Whether a person can write into this widget."""
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return widget.isEnabled() and not widget.isReadOnly()
    return False
