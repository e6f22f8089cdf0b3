"""What stands around every screen: the status bar above, the navigation bar below, toasts over it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.fonts import FAMILY
from kiosk.ui.input import DockLook
from kiosk.ui.input.look import BLACK_WHITE, DockColours
from kiosk.ui.strings import Strings
from kiosk.ui.theme import SCALE, Role, Theme

TOAST_MS = 5000
BUTTON_MM = 20.0
GAP_MM = 4.0
RADIUS_MM = 2.5
LINE_MM = 0.4
#: The dock's keys grow less than the text: five rows of them have to fit.
DOCK_STANDARD, DOCK_STEP = 1.0, 0.8


def window_palette(theme: Theme) -> QPalette:
    """The theme's colours for everything that does not paint itself."""
    palette = QPalette()
    for group, name in (
        (QPalette.ColorRole.Window, "paper"),
        (QPalette.ColorRole.WindowText, "ink"),
        (QPalette.ColorRole.Base, "card"),
        (QPalette.ColorRole.Text, "ink"),
        (QPalette.ColorRole.Button, "card"),
        (QPalette.ColorRole.ButtonText, "ink"),
        (QPalette.ColorRole.PlaceholderText, "soft"),
        (QPalette.ColorRole.Highlight, "blue"),
        (QPalette.ColorRole.HighlightedText, "on_blue"),
    ):
        palette.setColor(group, theme.colour(name))
    return palette


def dock_look(theme: Theme) -> DockLook:
    """The input dock in the theme's sizes and colours."""
    scale = DOCK_STANDARD + (SCALE[theme.text_size] - min(SCALE.values())) * DOCK_STEP
    return DockLook(
        px_per_mm=theme.panel.px_per_mm,
        text_scale=scale,
        colours=BLACK_WHITE if theme.high_contrast else DockColours(),
        font_family=FAMILY,
    )


def button_style(theme: Theme, ground: str, text: str) -> str:
    """Style sheet of a plain button: colours of the palette by name."""
    palette = theme.palette
    return f"""
        QPushButton {{ background: {getattr(palette, ground)}; color: {getattr(palette, text)};
            border: {theme.px(LINE_MM)}px solid {palette.line}; border-radius: {theme.px(RADIUS_MM)}px;
            padding: 0 {theme.px(GAP_MM)}px; }}
        QPushButton:pressed {{ background: {palette.pressed}; color: {palette.ink}; }}
        QPushButton:disabled {{ color: {palette.soft}; border-style: dashed; }}
    """


def _dress_row(row: QHBoxLayout, buttons: Iterable[QPushButton], theme: Theme) -> None:
    gap = theme.px(GAP_MM)
    row.setContentsMargins(gap, gap // 2, gap, gap // 2)
    row.setSpacing(gap)
    for button in buttons:
        button.setFont(theme.font(Role.SMALL, bold=True))
        button.setMinimumHeight(theme.px(BUTTON_MM))
        button.setMinimumWidth(theme.px(BUTTON_MM))
        button.setStyleSheet(button_style(theme, "card", "ink"))


def dress_column(column: QVBoxLayout, action: QPushButton, theme: Theme) -> None:
    """A full-screen message: wide margins, air between the sentences, one large button."""
    column.setContentsMargins(*[theme.px(4 * GAP_MM)] * 4)
    column.setSpacing(theme.px(2 * GAP_MM))
    action.setFont(theme.font(Role.LEAD, bold=True))
    action.setMinimumSize(theme.px(5 * BUTTON_MM), theme.px(1.5 * BUTTON_MM))
    action.setStyleSheet(button_style(theme, "orange", "on_orange"))


class StatusRow(QWidget):
    """Text size, contrast, language and reading aloud, one touch each.

    Signals:
        size_touched: the text size.
        contrast_touched: black and white.
        language_touched: the other language.
        read_touched: read the screen aloud.
    """

    size_touched = Signal()
    contrast_touched = Signal()
    language_touched = Signal()
    read_touched = Signal()

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self.notice = QLabel(self)
        self._buttons = {
            "read_aloud": (QPushButton(self), self.read_touched),
            "text_size": (QPushButton(self), self.size_touched),
            "contrast": (QPushButton(self), self.contrast_touched),
            "language": (QPushButton(self), self.language_touched),
        }
        self._row = row = QHBoxLayout(self)
        row.addWidget(self.notice, 1)
        for button, signal in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words in."""
        for key, (button, _) in self._buttons.items():
            button.setText(self._strings.text(f"common.{key}"))

    def retheme(self, theme: Theme) -> None:
        """Take sizes and colours."""
        self.notice.setFont(theme.font(Role.SMALL))
        _dress_row(self._row, (button for button, _ in self._buttons.values()), theme)


class NavRow(QWidget):
    """Back, home and calling staff, on every screen at the same place.

    Signals:
        back_touched: one page back.
        home_touched: to the first page.
        staff_touched: call a member of staff.
    """

    back_touched = Signal()
    home_touched = Signal()
    staff_touched = Signal()

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self.back = QPushButton(self)
        self.home = QPushButton(self)
        self.staff = QPushButton(self)
        self._row = row = QHBoxLayout(self)
        for button, signal in (
            (self.back, self.back_touched),
            (self.home, self.home_touched),
            (self.staff, self.staff_touched),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words in."""
        self.back.setText(self._strings.text("common.back"))
        self.home.setText(self._strings.text("common.home"))
        self.staff.setText(self._strings.text("common.call_staff"))

    def retheme(self, theme: Theme) -> None:
        """Take sizes and colours."""
        _dress_row(self._row, (self.back, self.home, self.staff), theme)

    def set_back(self, *, possible: bool) -> None:
        """At home there is no way back; the button keeps its place."""
        self.back.setEnabled(possible)
        self.home.setEnabled(possible)


class Toast(QLabel):
    """A short sentence over the lower edge of the screen; touches go through it, and it goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Show a sentence in place of the one before."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self._timer.start()

    def retheme(self, theme: Theme) -> None:
        """Take sizes and colours."""
        palette = theme.palette
        self.setFont(theme.font(Role.BODY))
        self.setStyleSheet(
            f"background: {palette.ink}; color: {palette.paper};"
            f"border-radius: {theme.px(RADIUS_MM)}px; padding: {theme.px(GAP_MM)}px;"
        )

    def wipe(self) -> None:
        """Take it away at once."""
        self._timer.stop()
        self.setText("")
        self.hide()
