"""One placement as a card that can be touched: its state first and largest, then what, pay, when, where."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.domain.values import PlacementStatus
from kiosk.ui.components.card_paint import LINE, SMALLEST_MM, line_height, paint_line, paint_text
from kiosk.ui.components.placement_look import LOOKS, Look
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import fitted, text_size
from kiosk.ui.widgets.icons import icon, paint_picture
from kiosk.ui.widgets.touchable import BORDER_MM, Touchable

PICTURE_MM, MOST_AIR_MM = 36.0, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementWords:
    """The finished words of a card: ``state`` in words, ``pay`` with its unit, the rest a line each."""

    status: PlacementStatus
    state: str
    pay: str
    what: str
    when: str
    where: str
    icon_name: str = "work"
    look: Look | None = None


class PlacementCard(Touchable):
    """A card; its accessible name is what the work is and how it stands."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words: PlacementWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_words(self, words: PlacementWords) -> None:
        """Put a placement in."""
        if words != self._words:
            self._words = words
            self.say(f"{words.what} {words.state}")
            self.update()

    def spoken_text(self) -> str:
        """Everything on the card, in reading order."""
        words = self._words
        if words is None:
            return ""
        return f"{words.state} {words.what} {words.pay} {words.when} {words.where}"

    def wipe(self) -> None:
        """Forget the placement."""
        self._words = None
        self.say("")
        self.update()

    def sizeHint(self) -> QSize:
        """A card's usual size."""
        return QSize(self._theme.px(100), self._theme.px(52))

    def minimumSizeHint(self) -> QSize:
        """The least that holds its lines."""
        theme = self._theme
        lines = theme.text_px(Role.LEAD) * 2 + theme.text_px(Role.BODY) * 2
        return QSize(theme.px(80), round(lines * LINE) + theme.px(6))

    def _paint_words(self, painter: QPainter) -> None:
        if self._words is not None:
            self._paint_card(painter, self._words)

    def _paint_card(self, painter: QPainter, words: PlacementWords) -> None:
        theme = self._theme
        look = words.look or LOOKS[words.status]
        room = self.rect().adjusted(theme.px(4), theme.px(3), -theme.px(4), -theme.px(3))
        disc = min(room.height(), theme.px(PICTURE_MM))
        place = QRect(room.left(), room.top() + (room.height() - disc) // 2, disc, disc)
        paint_picture(painter, theme, place, words.icon_name)
        room.setLeft(room.left() + disc + theme.px(4))
        words_px = round(
            theme.text_px(Role.LEAD) * LINE * 2 + theme.text_px(Role.BODY) * LINE * 2
        ) + theme.px(4)
        spare = max(0, room.height() - words_px)
        more = self._second_line(words.what, room.width())
        what = Role.BODY if 0 < more <= spare else Role.LEAD
        spare -= more if what is Role.BODY else 0
        air = min(theme.px(MOST_AIR_MM), spare // 5)
        room.translate(0, (spare - 3 * air) // 2)
        y = self._paint_head(painter, room, words, look) + air
        lines = 2 if what is Role.BODY else 1
        y = paint_text(painter, theme, _from(room, y), words.what, what, bold=True, lines=lines)
        for text, sign in ((words.when, "clock"), (words.where, "place")):
            y += air
            if y + round(theme.text_px(Role.BODY)) <= room.bottom():
                y = paint_line(painter, theme, _from(room, y), text, sign)

    def _second_line(self, what: str, width: int) -> int:
        """Pixels that a long list of trades needs more in two smaller lines than in its usual one; 0 if it fits."""
        theme = self._theme
        if text_size(what, theme.font(Role.LEAD, bold=True), width).height() <= line_height(theme, Role.LEAD):
            return 0
        return 2 * line_height(theme, Role.BODY) - line_height(theme, Role.LEAD)

    def _paint_head(self, painter: QPainter, room: QRect, words: PlacementWords, look: Look) -> int:
        """State at the left in its colours, pay at the right; returns where the next line begins."""
        theme = self._theme
        font = theme.font(Role.LEAD, bold=True)
        height = round(theme.text_px(Role.LEAD) * LINE) + theme.px(2)
        mark, pad = theme.text_px(Role.LEAD), theme.px(2.5)
        wage = fitted(words.pay, font, QSize(room.width() // 2, height), theme.px(SMALLEST_MM))
        pay = text_size(words.pay, wage, room.width())
        limit = room.width() - pay.width() - mark - 5 * pad
        word = fitted(words.state, font, QSize(limit, height), theme.px(SMALLEST_MM))
        width = text_size(words.state, word, limit).width()
        box = QRect(room.left(), room.top(), width + mark + 3 * pad, height)
        painter.setBrush(theme.colour(look.ground))
        painter.setPen(QPen(theme.colour(look.line), theme.px(BORDER_MM)))
        painter.drawRoundedRect(QRectF(box), theme.px(2), theme.px(2))
        tint = getattr(theme.palette, look.tone)
        at = box.top() + (height - mark) // 2
        painter.drawPixmap(box.left() + pad, at, icon(look.icon_name, tint, mark))
        painter.setPen(theme.colour(look.tone))
        painter.setFont(word)
        inside = box.adjusted(mark + 2 * pad, 0, 0, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words.state)
        painter.setPen(theme.colour("blue"))
        painter.setFont(wage)
        right = QRect(room.right() - pay.width() - theme.px(1), room.top(), pay.width() + theme.px(1), height)
        painter.drawText(right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words.pay)
        return box.bottom() + theme.px(2)


def _from(room: QRect, y: int) -> QRect:
    """What is left of a room from a height on."""
    return QRect(room.left(), y, room.width(), room.bottom() - y)
