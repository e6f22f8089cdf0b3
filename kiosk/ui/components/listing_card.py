"""One listing as a card that can be touched: the wage first, then what, when, where, and how many places are left."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.fitting import WRAP, fitted, text_size
from kiosk.ui.widgets.icons import icon

HEIGHT_MM = 48.0
#: Line height in ems: that of the typeface, else lines that fit would be made smaller.
LINE = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """The finished words of a card.

    Attributes:
        amount: the wage's digits, ``unit`` beside it ("元/天").
        what: title; ``trade`` the trade's name.
        when, where: one line each.
        note: settlement, meals …; may be empty.
        badge: places left, or 候补; ``fresh`` how new it is.
        plenty: whether places are left (the badge's colour).
        icon_name: the trade category's icon.
    """

    amount: str
    unit: str
    what: str
    trade: str
    when: str
    where: str
    note: str
    badge: str
    fresh: str
    plenty: bool
    icon_name: str


class ListingCard(BigButton):
    """A card; its accessible name is what it is and what it pays."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words: CardWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_words(self, words: CardWords) -> None:
        """Put a listing in."""
        self._words = words
        self.say(f"{words.what} {words.amount} {words.unit}")

    def spoken_text(self) -> str:
        """Everything on the card, in reading order."""
        words = self._words
        if words is None:
            return ""
        parts = (words.amount + words.unit, words.what, words.trade, words.when, words.where, words.note)
        return " ".join(part for part in (*parts, words.badge, words.fresh) if part)

    def wipe(self) -> None:
        """Forget the listing."""
        self._words = None
        self.say("")

    def sizeHint(self) -> QSize:
        """A card's usual size."""
        return QSize(self._theme.px(100), self._theme.px(HEIGHT_MM))

    def minimumSizeHint(self) -> QSize:
        """The least that holds all its lines."""
        return QSize(self._theme.px(80), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self._words is not None:
            self._paint_card(painter, self._words)
        if self.focus_shown():
            self._frame(painter, self._theme.colour("focus"), 1.0, dashed=True)
        painter.end()

    def _paint_card(self, painter: QPainter, words: CardWords) -> None:
        theme = self._theme
        room = self.rect().adjusted(theme.px(4), theme.px(3), -theme.px(4), -theme.px(3))
        badge_width = self._paint_badge(painter, room, words)
        self._paint_wage(painter, room, words, room.width() - badge_width - theme.px(3))
        y = room.top() + round(theme.text_px(Role.FACT) * LINE)
        y = self._line(painter, room, y, words.what, Role.LEAD, "ink", bold=True, icon_name=words.icon_name)
        rest = (
            (words.when, "ink", "clock"),
            (words.where, "ink", "place"),
            (words.note, "soft", "check"),
        )
        for text, tone, name in rest:
            if text and y + round(theme.text_px(Role.BODY) * LINE) <= room.bottom() + theme.px(1):
                y = self._line(painter, room, y, text, Role.BODY, tone, bold=False, icon_name=name)

    def _paint_wage(self, painter: QPainter, room: QRect, words: CardWords, limit: int) -> None:
        theme = self._theme
        unit_font = theme.font(Role.LEAD, bold=True)
        unit = text_size(words.unit, unit_font, limit)
        height = round(theme.text_px(Role.FACT) * 1.3)
        number = theme.font(Role.FACT, bold=True)
        number.setPixelSize(round(number.pixelSize() * 1.15))
        number = fitted(
            words.amount, number, QSize(limit - unit.width() - theme.px(2), 2 * height), theme.px(6)
        )
        width = text_size(words.amount, number, limit).width()
        painter.setPen(theme.colour("blue"))
        painter.setFont(number)
        line = QRect(room.left(), room.top(), width + theme.px(1), height)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words.amount)
        painter.setFont(unit_font)
        beside = QRect(line.right() + theme.px(1), room.top(), unit.width() + theme.px(2), height)
        painter.drawText(beside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words.unit)

    def _paint_badge(self, painter: QPainter, room: QRect, words: CardWords) -> int:
        theme = self._theme
        font = theme.font(Role.BODY, bold=True)
        size = text_size(words.badge, font, room.width() // 2)
        width = max(size.width() + theme.px(5), 0)
        box = QRect(room.right() - width, room.top(), width, size.height() + theme.px(2))
        ground, ink = ("green_soft", "green") if words.plenty else ("orange_soft", "ink")
        painter.setBrush(theme.colour(ground))
        painter.setPen(theme.colour(ink if words.plenty else "orange_deep"))
        painter.drawRoundedRect(box, theme.px(2), theme.px(2))
        painter.setPen(theme.colour(ink))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words.badge)
        small = theme.font(Role.SMALL)
        fresh = text_size(words.fresh, small, room.width() // 2)
        painter.setFont(small)
        painter.setPen(theme.colour("soft"))
        below = QRect(
            room.right() - fresh.width(), box.bottom() + theme.px(1), fresh.width() + 1, fresh.height()
        )
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), words.fresh)
        return max(width, fresh.width())

    def _line(
        self,
        painter: QPainter,
        room: QRect,
        y: int,
        text: str,
        role: Role,
        tone: str,
        *,
        bold: bool,
        icon_name: str,
    ) -> int:
        theme = self._theme
        mark = round(theme.text_px(role) * 1.05)
        left = room.left() + mark + theme.px(2)
        width = room.right() - left
        height = round(theme.text_px(role) * LINE)
        font = fitted(text, theme.font(role, bold=bold), QSize(width, height), theme.px(5))
        height = max(height, text_size(text, font, width).height())
        painter.drawPixmap(room.left(), y + (height - mark) // 2, icon(icon_name, theme.palette.soft, mark))
        painter.setPen(theme.colour(tone))
        painter.setFont(font)
        painter.drawText(QRect(left, y, width, height), int(Qt.AlignmentFlag.AlignVCenter | WRAP), text)
        return y + height
