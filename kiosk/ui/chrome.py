"""What stands around every screen: the status bar above, the navigation bar below, toasts over it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.fonts import FAMILY
from kiosk.ui.band import CallLine, Notice
from kiosk.ui.bar_keys import key_nav, key_status
from kiosk.ui.speech import Ask
from kiosk.ui.strings import Strings
from kiosk.ui.theme import SCALE, Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind

if TYPE_CHECKING:  # the dock comes after the first page
    from kiosk.ui.input.look import DockLook

TOAST_MS = 5000
BAR_MM = 16.0
ACTION_MM, ACTION_WIDTH_MM = 28.0, 100.0
GAP_MM, BAR_GAP_MM, LINE_MM = 4.0, 3.2, 0.4
RADIUS_MM = 2.5
#: The dock's keys grow less than the text: five rows of them have to fit.
DOCK_STANDARD, DOCK_STEP = 1.0, 0.8

_WINDOW_COLOURS = (
    (QPalette.ColorRole.Window, "paper"),
    (QPalette.ColorRole.WindowText, "ink"),
    (QPalette.ColorRole.Base, "card"),
    (QPalette.ColorRole.Text, "ink"),
    (QPalette.ColorRole.Button, "card"),
    (QPalette.ColorRole.ButtonText, "ink"),
    (QPalette.ColorRole.PlaceholderText, "soft"),
    (QPalette.ColorRole.Highlight, "blue"),
    (QPalette.ColorRole.HighlightedText, "on_blue"),
)


def window_palette(theme: Theme) -> QPalette:
    """The theme's colours for everything that does not paint itself."""
    palette = QPalette()
    for role, name in _WINDOW_COLOURS:
        palette.setColor(role, theme.colour(name))
    return palette


def dock_look(theme: Theme) -> DockLook:
    """The input dock in the theme's sizes and colours."""
    from kiosk.ui.input.look import BLACK_WHITE, DockColours, DockLook

    return DockLook(
        px_per_mm=theme.panel.px_per_mm,
        text_scale=DOCK_STANDARD + (SCALE[theme.text_size] - min(SCALE.values())) * DOCK_STEP,
        colours=BLACK_WHITE if theme.high_contrast else DockColours(),
        font_family=FAMILY,
    )


def dress_message(column: QVBoxLayout, action: BigButton, theme: Theme) -> None:
    """A full-screen message: wide margins, air between the sentences, one button that cannot be missed."""
    action.retheme()
    action.setMinimumSize(theme.px(ACTION_WIDTH_MM), theme.px(ACTION_MM))
    margin = theme.px(4 * GAP_MM)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(theme.px(2 * GAP_MM))


def _bar_button(theme: Theme, icon_name: str, parent: QWidget, role: Role = Role.SMALL) -> BigButton:
    """Bars never take the focus from the field that somebody writes in."""
    button = BigButton(theme, Kind.PLAIN, icon_name=icon_name, role=role, height_mm=BAR_MM, parent=parent)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.keep_face()
    return button


def _dress_row(row: QHBoxLayout, buttons: Iterable[BigButton], theme: Theme) -> None:
    gap = theme.px(GAP_MM)
    row.setContentsMargins(2 * gap, gap // 2, 2 * gap, gap // 2)
    row.setSpacing(theme.px(BAR_GAP_MM))
    for button in buttons:
        button.retheme()


def _fill(painter: QPainter, area: QRect, colour: QColor) -> None:
    """As ``fillRect`` does; that one makes PySide list Qt's 180 named gradients, 8 ms of the first frame."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(area)


class StatusRow(QWidget):
    """The station's own band: a line about it, and text size, contrast, language and reading aloud at one touch each.

    Signals:
        size_touched: the text size.
        contrast_touched: black and white.
        language_touched: the other language.
        read_touched: read the screen aloud.
        voice_touched(str): a button beside the voice; an ``Ask``.
        resized: it is higher or lower now.
    """

    size_touched = Signal()
    contrast_touched = Signal()
    language_touched = Signal()
    read_touched = Signal()
    voice_touched = Signal(str)
    resized = Signal()

    def __init__(self, strings: Strings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self._theme = theme
        self._line = self._behalf = ""
        self._voiced = False
        self._notice = Notice(theme, BAR_MM, self)
        self._buttons = {key: _bar_button(theme, name, self) for key, name in _STATUS_ICONS.items()}
        # Words without signs: four more have to stand in the row.
        self._voice = {ask: _bar_button(theme, "", self) for ask in Ask}
        # Across it stands in the row, upright below it.
        self._call = CallLine(theme, self)
        self._column = QVBoxLayout(self)
        self._row = QHBoxLayout()
        self._column.addLayout(self._row)
        self._row.addWidget(self._notice, 1)
        for ask, button in self._voice.items():
            button.clicked.connect(partial(self.voice_touched.emit, str(ask)))
            self._row.addWidget(button, 1)
            button.hide()
        for button in self._buttons.values():
            self._row.addWidget(button)
        self._buttons["read_aloud"].clicked.connect(self.read_touched)
        self._buttons["text_size"].clicked.connect(self.size_touched)
        self._buttons["contrast"].clicked.connect(self.contrast_touched)
        self._buttons["language"].clicked.connect(self.language_touched)

    def show_voice(self, *, active: bool) -> None:
        """While something is read: stop, again, quieter, louder instead of the line and of the button that began it."""
        self._voiced = active
        for button in self._voice.values():
            button.setVisible(active)
        self._buttons["read_aloud"].setVisible(not active)
        self._show_notice()

    def show_keys(self, *, staff: bool) -> None:
        """Staff press these by key, too."""
        key_status(self._buttons, _STATUS_ICONS, self._voice, staff=staff)

    def say(self, sentence: str) -> None:
        """Put a line about the station in (how much is not sent yet); an empty one takes it away."""
        self._line = sentence
        self._notice.setText(self._behalf or sentence)

    def say_behalf(self, sentence: str) -> None:
        """While staff act for somebody, say for whom in the line's place, on orange; "" for nobody."""
        if sentence != self._behalf:
            self._behalf = sentence
            self._notice.setText(sentence or self._line)
            self._show_notice()
            self.retheme()

    def say_call(self, sentence: str) -> None:
        """Somebody has called for staff: said large on a ground of its own until they come; "" for nobody."""
        if sentence != self._call.text():
            self._call.setText(sentence)
            self._call.setVisible(bool(sentence))
            self._show_notice()

    def arrange(self, *, portrait: bool) -> None:
        """Where the call stands."""
        if portrait == (self._column.indexOf(self._call) >= 0):
            return
        if portrait:
            self._row.removeWidget(self._call)
            self._column.addWidget(self._call)
        else:
            self._column.removeWidget(self._call)
            self._row.insertWidget(1, self._call, 2)
        self._show_notice()

    def _show_notice(self) -> None:
        """Across a call stands in the line's place; for whom staff act just now is said beside it."""
        beside = bool(self._call.text()) and self._row.indexOf(self._call) >= 0
        self._notice.setVisible(not self._voiced and (not beside or bool(self._behalf)))

    def retranslate(self) -> None:
        """Put the words in."""
        for key, button in (*self._buttons.items(), *self._voice.items()):
            button.say(self._strings.text(f"common.{key}"))

    def retheme(self) -> None:
        """Take sizes and colours."""
        self._notice.set_tone("ink" if self._theme.high_contrast or self._behalf else "on_blue")
        self._notice.retheme()  # the same tone is another colour in black and white
        self._call.retheme()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        _dress_row(self._row, (*self._voice.values(), *self._buttons.values()), self._theme)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands below it has to know."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """The band is blue: the one place that says whose machine this is. In black and white a line does."""
        painter = QPainter(self)
        if self._theme.high_contrast:
            line = self._theme.px(LINE_MM)
            _fill(painter, QRect(0, self.height() - line, self.width(), line), self._theme.colour("line"))
        else:
            _fill(painter, self.rect(), self._theme.colour("orange" if self._behalf else "blue"))
        painter.end()


#: Words by key, and their icons.
_STATUS_ICONS = {
    "read_aloud": "voice",
    "text_size": "text_size",
    "contrast": "contrast",
    "language": "language",
}


class NavRow(QWidget):
    """Back, home and calling staff, at the same place on every screen.

    Signals:
        back_touched: one page back.
        home_touched: to the first page.
        staff_touched: call a member of staff, or what else ``offer_call`` has put there.
        end_touched: staff end what they do for somebody (in the place of home then).
        draft_touched: save the form in the middle, or go on with one that was saved.
    """

    back_touched = Signal()
    home_touched = Signal()
    staff_touched = Signal()
    end_touched = Signal()
    draft_touched = Signal()

    def __init__(self, strings: Strings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self._theme = theme
        self._on_behalf = False
        self._back, self._home, self._draft, self._staff = (
            _bar_button(theme, name, self, Role.BODY) for name in ("back", "house", "save", "staff")
        )
        self._draft_key = ""
        self._call_key = "common.call_staff"
        self._draft.hide()
        self._draft.clicked.connect(self.draft_touched)
        self._back.clicked.connect(self.back_touched)
        self._home.clicked.connect(self._home_or_end)
        self._staff.clicked.connect(self.staff_touched)
        self._row = QHBoxLayout(self)
        for button in (self._back, self._home, self._draft, self._staff):
            self._row.addWidget(button, 1)

    def retranslate(self) -> None:
        """Put the words in."""
        self._back.say(self._strings.text("common.back"))
        self._home.say(self._strings.text("common.end_behalf" if self._on_behalf else "common.home"))
        self._home.set_icon("exit" if self._on_behalf else "house")
        self._staff.say(self._strings.text(self._call_key))
        if self._draft_key:
            self._draft.say(self._strings.text(self._draft_key))

    def retheme(self) -> None:
        """Take sizes and colours."""
        _dress_row(self._row, (self._back, self._home, self._draft, self._staff), self._theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """A line between the screen and what is the same on every screen."""
        painter = QPainter(self)
        _fill(painter, QRect(0, 0, self.width(), self._theme.px(LINE_MM)), self._theme.colour("line"))
        painter.end()

    def call_only(self, *, on: bool) -> None:
        """Over a fault there is nowhere to go, and staff are wanted the more."""
        for button in (self._back, self._home):
            button.setHidden(on)

    def offer_draft(self, key: str) -> None:
        """Show the button for drafts with the word behind ``key``; "" takes it away."""
        self._draft_key = key
        if key:
            self._draft.say(self._strings.text(key))
        self._draft.setVisible(bool(key))

    def offer_call(self, key: str, *, accent: bool) -> None:
        """What the button for staff says now; in the accent colour when it is theirs to touch."""
        self._call_key = key
        self._staff.set_kind(Kind.ACTION if accent else Kind.PLAIN)
        self._staff.set_icon("check" if accent else "staff")
        self._staff.say(self._strings.text(key))

    def show_keys(self, *, staff: bool) -> None:
        """Staff press all of these by key, too; the public has no such keys."""
        key_nav((self._back, self._home, self._draft, self._staff), staff=staff)

    def set_back(self, *, possible: bool) -> None:
        """At home there is no way back; the buttons keep their places."""
        self._back.setEnabled(possible)
        self._home.setEnabled(possible or self._on_behalf)

    def set_behalf(self, *, on: bool) -> None:
        """Whether staff act for somebody now: then the middle button ends that."""
        if on != self._on_behalf:
            self._on_behalf = on
            self._home.setEnabled(self._back.isEnabled() or on)
            self.retranslate()

    @Slot()
    def _home_or_end(self) -> None:
        (self.end_touched if self._on_behalf else self.home_touched).emit()


class Toast(QLabel):
    """A short sentence over the lower edge of the screen; touches go through it, and it goes by itself.

    Signals:
        said: there is another sentence; whoever owns the place puts it there.
    """

    said = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.wipe)
        self.hide()

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Show a sentence in place of the one before."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.said.emit()
        self.show()
        self.raise_()
        self._timer.start()

    def retheme(self) -> None:
        """Take sizes and colours."""
        self.setFont(self._theme.font(Role.BODY))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, self._theme.colour("paper"))
        self.setPalette(colours)
        gap = self._theme.px(GAP_MM)
        self.setContentsMargins(gap, gap, gap, gap)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and words. Not by a style sheet: the first one in a program costs its start 5 ms."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ink"))
        radius = self._theme.px(RADIUS_MM)
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.end()
        super().paintEvent(event)

    @Slot()
    def wipe(self) -> None:
        """Take it away."""
        self._timer.stop()
        self.setText("")
        self.setAccessibleName("")
        self.hide()
