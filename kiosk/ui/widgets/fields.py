"""Fields to type into: a label above, a hint or an error below, and nothing lost by a mistake."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.input.wish import InputWish, wish_input
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BOLD_LINE
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

HEIGHT_MM = 18.0
STAFF_HEIGHT_MM = 13.0
LINE_BREAKS = "\n\r\u2028\u2029"


class Line(QLineEdit):
    """One line of text without a context menu, on which nothing is dropped; pasted line breaks become spaces."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)
        self._called = ""
        self.textChanged.connect(self._one_line)

    def setPlaceholderText(self, text: str) -> None:
        """Without a label beside it, this is what the field is called."""
        super().setPlaceholderText(text)
        if self.accessibleName() in ("", self._called):
            self.setAccessibleName(text)
            self._called = text

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menus at a kiosk."""
        event.accept()

    def _one_line(self, text: str) -> None:
        """Pasted text on one line; QLineEdit would show its line breaks as arrows and keep them."""
        if any(char in text for char in LINE_BREAKS):
            self.setText(" ".join(text.split()))


class Field(QWidget):
    """A labelled line of text.

    Signals:
        changed(str): the text is another one.
        entered: Enter was pressed.
        left: the person went on to something else, or pressed Enter.
    """

    changed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        wish: InputWish = InputWish.TEXT,
        *,
        role: Role = Role.LEAD,
        secret: bool = False,
        height_mm: float = HEIGHT_MM,
        max_length: int = 400,
        parent: QWidget | None = None,
    ) -> None:
        """Make a field.

        Args:
            theme: the look.
            name: the form field's name (what ``Refusal.field`` says) and the object name of the line.
            wish: which tab of the input dock is first.
            role: size of what is typed.
            secret: dots instead of characters.
            height_mm: height of the line.
            max_length: characters that can be typed; the rules say their own limits in words.
            parent: Qt parent.
        """
        super().__init__(parent)
        self.field_name = name
        #: What is typed proves who somebody is: it does not outlast the page (``Page.close_up``).
        self.forgets = secret
        self._theme = theme
        self._role = role
        self._height_mm = height_mm
        self._hint = ""
        self.label = Text(theme, Role.BODY, tone="soft", bold=True)
        self.line = Line()
        self.line.setObjectName(name)
        self.line.setMaxLength(max_length)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        wish_input(self.line, wish)
        self.line.textEdited.connect(self._edited)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self.left)
        self.line.returnPressed.connect(self.entered)
        self.message = Text(theme, Role.SMALL, tone="soft")
        self._mark = QLabel()
        self._mark.hide()
        below = QHBoxLayout()
        below.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.message, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.label, self.line):
            self._column.addWidget(widget)
        self._column.addLayout(below)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.line)
        self.retheme()
        self.set_error("")

    def say(self, label: str, hint: str = "") -> None:
        """Put the words in."""
        self.label.setText(label)
        self.label.setVisible(bool(label))
        if label:
            self.line.setAccessibleName(label)
        self.line.setAccessibleDescription(hint)
        self._hint = hint
        if not self.has_error:
            self._show(hint, "soft")

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put a text in (a draft that comes back)."""
        if text != self.line.text():
            self.line.setText(text)

    @property
    def has_error(self) -> bool:
        """Whether an error is shown."""
        return bool(self.property("error"))

    def set_error(self, sentence: str) -> None:
        """Say what is wrong below the line; an empty sentence takes it away. What was typed stays."""
        had = self.has_error
        self.setProperty("error", sentence)
        self._show(sentence or self._hint, "red" if sentence else "soft")
        if had != self.has_error:
            self._restyle()

    def set_role(self, role: Role) -> None:
        """Another size of what is typed."""
        if role is not self._role:
            self._role = role
            self.retheme()

    def wipe(self) -> None:
        """Forget text, error and undo history."""
        self.line.setText("")
        self.set_error("")

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        theme = self._theme
        self.line.setFont(theme.font(self._role))
        self.line.setFixedHeight(max(theme.px(self._height_mm), round(theme.text_px(self._role) * 1.8)))
        self._column.setSpacing(theme.px(1.5))
        self.label.retheme()
        self.message.retheme()
        self._restyle()

    def _edited(self, _text: str) -> None:
        if self.has_error:
            self.set_error("")

    def _show(self, sentence: str, tone: str) -> None:
        self.message.setText(sentence)
        self.message.set_tone(tone, bold=self.has_error)
        self._mark.setVisible(self.has_error)
        self.message.setVisible(bool(sentence))

    def _restyle(self) -> None:
        theme, palette = self._theme, self._theme.palette
        size = round(theme.text_px(Role.SMALL) * 1.3)
        self._mark.setPixmap(icon("warning", palette.red, size, BOLD_LINE))
        line = palette.red if self.has_error else palette.edge
        thick = theme.px(0.8 if self.has_error else 0.45)
        self.line.setStyleSheet(
            f"QLineEdit {{ background: {palette.card}; color: {palette.ink}; border: {thick}px solid {line};"
            f" border-radius: {theme.px(2.5)}px; padding: 0 {theme.px(3)}px;"
            f" placeholder-text-color: {palette.soft};"
            f" selection-background-color: {palette.blue}; selection-color: {palette.on_blue}; }}"
            f"QLineEdit:focus {{ border: {theme.px(0.9)}px solid {palette.blue if not self.has_error else line}; }}"
        )
        colours = self.line.palette()
        colours.setColor(QPalette.ColorRole.PlaceholderText, theme.colour("soft"))
        self.line.setPalette(colours)
        self.line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
