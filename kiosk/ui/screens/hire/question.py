"""A question that is answered by touching: its words above, what is wrong below."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.text import Text


class Question(QWidget):
    """The touch counterpart of ``Field``: label, answer widget, error."""

    def __init__(self, theme: Theme, names: tuple[str, ...], answer: QWidget) -> None:
        """Put a label over an answer.

        Args:
            theme: the look.
            names: form fields that are answered here.
            answer: the widget to touch.
        """
        super().__init__()
        self._theme = theme
        self.names = names
        self.label = Text(theme, Role.BODY, tone="soft", bold=True)
        self.error = Text(theme, Role.BODY, tone="red", bold=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self.label, answer, self.error):
            self._column.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_error("")
        self.retheme()

    def say(self, label: str) -> None:
        """Put the words in."""
        self.label.setText(label)

    def set_error(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def wipe(self) -> None:
        """Forget the error; the answer forgets itself."""
        self.set_error("")

    def retheme(self) -> None:
        """Sizes have changed."""
        self._column.setSpacing(self._theme.px(2))
