"""Fields for numbers that people read in groups: phones 3-4-4, ID numbers 6-8-4, money in thousands."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from kiosk.ui.input.wish import InputWish
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.text import Text

PHONE_GROUPS = (3, 4, 4)
ID_GROUPS = (6, 8, 4)
#: Between groups: wide enough to be seen, and not a character that anybody could have typed.
SPACE = "\u2002"


def in_groups(text: str, sizes: Sequence[int]) -> str:
    """A number in groups: ``13800001234`` → ``138 0000 1234``; what is left over stands at the end."""
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    parts.append(text[at:])
    return SPACE.join(part for part in parts if part)


class NumberField(Field):
    """A field that shows once more, large and in groups, what has been typed: that is how people check it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        wish: InputWish,
        echo: Callable[[str], str],
        *,
        max_length: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        """Make a field.

        Args:
            theme: the look.
            name: see ``Field``.
            wish: which tab of the input dock.
            echo: the typed text in groups; "" for nothing worth saying again.
            max_length: characters that can be typed; longer than right numbers, so that a mistake can be seen.
            parent: Qt parent.
        """
        super().__init__(theme, name, wish, max_length=max_length, parent=parent)
        self._in_groups = echo
        self._echo = Text(theme, Role.FACT, tone="blue", bold=True, wrap=False)
        self._echo.setAccessibleName(f"{name}.echo")
        self._column.insertWidget(self._column.indexOf(self.line) + 1, self._echo)
        self.line.textChanged.connect(self._show_echo)
        self._show_echo(self.line.text())

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        super().retheme()
        echo: Text | None = getattr(self, "_echo", None)  # the base class dresses itself before we are made
        if echo is not None:
            echo.retheme()
            echo.setMinimumHeight(echo.sizeHint().height())

    def _show_echo(self, text: str) -> None:
        """The line keeps its place while it is empty: nothing jumps under the finger."""
        self._echo.setText(self._in_groups(text.strip()) or "\u00a0")


def phone_echo(text: str) -> str:
    """A phone number as it is read out."""
    return in_groups(text, PHONE_GROUPS)


def id_echo(text: str) -> str:
    """An ID number as it is printed on the card: place, birthday, rest."""
    return in_groups(text.upper(), ID_GROUPS)
