"""A part of the summary that is touched to mend it: what it is, what was said, a pencil."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fitting import WRAP, fitted, in_lines, text_size
from kiosk.ui.widgets.icons import icon

PAD_MM, ICON_MM, LEAST_MM = 4.0, 8.0, 5.0
#: The height of a block at most: beyond it what belongs together stands too far apart.
MOST_MM = 36.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Block(BigButton):
    """Label above, value below, both at the left edge; the value shrinks and wraps rather than be cut."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Kind.PLAIN, icon_name="pencil", role=Role.LEAD)
        self._label = self._word = ""

    def say_part(self, label: str, value: str, mend: str, word: str) -> None:
        """Put the words in.

        Args:
            label: what part it is.
            value: what was said.
            mend: what the touch does; the accessible name.
            word: the same in one word, below the pencil.
        """
        self._label, self._word = label, word
        self.say(value)
        self.setAccessibleName(mend)
        self.update()

    def spoken_text(self) -> str:
        """What it says, label first."""
        return f"{self._label} {self.text()}".strip()

    def sizeHint(self) -> QSize:
        """A label and two lines."""
        theme = self._theme
        height = round(theme.text_px(Role.SMALL) * 1.4 + theme.text_px(Role.LEAD) * 2.8) + theme.px(PAD_MM)
        return QSize(theme.px(100), max(theme.px(self._height_mm), height))

    def minimumSizeHint(self) -> QSize:
        """The size of a finger."""
        return QSize(self._theme.px(60), self._theme.px(self._height_mm))

    def words_fit(self) -> bool:
        """Whether the value is painted whole."""
        room = self._value_room()
        font = fitted(self.text(), self._font(), room.size(), self._theme.px(LEAST_MM))
        size = text_size(self.text(), font, room.width())
        return size.height() <= room.height() and size.width() <= room.width()

    def _mend_px(self) -> int:
        """The place of the pencil and its word, at the right edge."""
        metrics = QFontMetrics(self._theme.font(Role.SMALL, bold=True))
        word = metrics.horizontalAdvance(self._word)
        return max(word, self._theme.px(ICON_MM)) + 2 * self._theme.px(PAD_MM)

    def _label_height(self) -> int:
        return round(self._theme.text_px(Role.SMALL) * 1.4)

    def _value_room(self) -> QRect:
        px = self._theme.px
        room = self.rect().adjusted(px(PAD_MM), px(1.5), -self._mend_px(), -px(1.5))
        room.setTop(room.top() + self._label_height())
        return room

    def _paint_words(self, painter: QPainter) -> None:
        theme = self._theme
        room = self._value_room()
        font = fitted(self.text(), self._font(), room.size(), theme.px(LEAST_MM))
        height = text_size(self.text(), font, room.width()).height()
        value = QRect(room.left(), room.top() + max(0, room.height() - height) // 2, room.width(), height)
        painter.setPen(theme.colour("soft"))
        painter.setFont(theme.font(Role.SMALL))
        label = QRect(value.left(), value.top() - self._label_height(), value.width(), self._label_height())
        painter.drawText(label, int(LEFT), self._label)
        painter.setPen(self._text_colour())
        painter.setFont(font)
        painter.drawText(value, int(LEFT | WRAP), in_lines(self.text(), font, value.size()))
        if not self.isEnabled():
            return
        size = theme.px(ICON_MM)
        width, line = self._mend_px(), self._label_height()
        left, top = self.width() - width, (self.height() - size - line) // 2
        painter.drawPixmap(left + (width - size) // 2, top, icon(self._icon, theme.palette.blue, size))
        painter.setPen(theme.colour("blue"))
        painter.setFont(theme.font(Role.SMALL, bold=True))
        painter.drawText(QRect(left, top + size, width, line), int(Qt.AlignmentFlag.AlignCenter), self._word)
