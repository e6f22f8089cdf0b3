"""One listing as a card that can be touched: the wage first, then what, when, where, and how many places are left."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.light import light
from kiosk.ui.components.card_paint import LINE, line_height, paint_line, paint_text
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import fitted, text_size
from kiosk.ui.widgets.icons import paint_picture
from kiosk.ui.widgets.touchable import Touchable

HEIGHT_MM = 48.0
#: From this width on a card is broad; the edge of its picture, and the most air between its lines.
BROAD_MM, PICTURE_MM, MOST_AIR_MM = 210.0, 36.0, 3.0
#: What the lines may take of the room above and below them.
PAD_MM = 0.5


@light
class CardWords:
    """The finished words of a card.

    Attributes:
        amount: the wage's digits, ``unit`` beside it ("元/天").
        what: title; ``trade`` the trade's name.
        when, where: one line each.
        note: settlement, meals …; may be empty.
        badge: places left, or 候补; ``fresh`` how new it is.
        plenty: whether places are left (the badge's colour).
        icon_name: the trade's picture.
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


class ListingCard(Touchable):
    """A card; its accessible name is what it is and what it pays."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._words: CardWords | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_words(self, words: CardWords) -> None:
        """Put a listing in."""
        if words != self._words:
            self._words = words
            self.say(f"{words.what} {words.amount} {words.unit}")
            self.update()

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
        self.update()

    def sizeHint(self) -> QSize:
        """A card's usual size."""
        return QSize(self._theme.px(100), self._theme.px(HEIGHT_MM))

    def minimumSizeHint(self) -> QSize:
        """The least that holds all its lines."""
        return QSize(self._theme.px(80), self._theme.px(34))

    def _paint_words(self, painter: QPainter) -> None:
        if self._words is not None:
            self._paint_card(painter, self._words)

    def _paint_card(self, painter: QPainter, words: CardWords) -> None:
        """A broad card has its picture beside everything, a narrow one beside the wage and the title."""
        theme = self._theme
        room = self.rect().adjusted(theme.px(4), theme.px(3), -theme.px(4), -theme.px(3))
        head = round(theme.text_px(Role.FACT) * LINE) + line_height(theme, Role.LEAD)
        broad = self.width() >= theme.px(BROAD_MM)
        disc = min(room.height(), theme.px(PICTURE_MM) if broad else head)
        top = room.top() + ((room.height() - disc) // 2 if broad else 0)
        paint_picture(painter, theme, QRect(room.left(), top, disc, disc), words.icon_name)
        beside = room.adjusted(disc + theme.px(4), 0, 0, 0)
        rest = self._fitting(words, room.height() - head)
        spare = room.height() - head - len(rest) * line_height(theme, Role.BODY)
        air = max(0, min(theme.px(MOST_AIR_MM), spare // (len(rest) + 2))) if broad else 0
        # A little less air above and below before a line is left out.
        beside.translate(0, (spare - air * len(rest)) // 2 if broad else 0)
        badge_width = self._paint_badge(painter, room, words)
        self._paint_wage(painter, beside, words, beside.width() - badge_width - theme.px(3))
        beside.setTop(beside.top() + round(theme.text_px(Role.FACT) * LINE))
        y = paint_text(painter, theme, beside, words.what, Role.LEAD, bold=True)
        below = beside if broad else room
        for text, tone, sign in rest:
            place = QRect(below.left(), y + air, below.width(), self.height() - y - air)
            y = paint_line(painter, theme, place, text, sign, tone=tone)

    def _fitting(self, words: CardWords, height: int) -> list[tuple[str, str, str]]:
        """The lines below the title for which there is room: text, tone, sign."""
        lines = (
            (words.when, "ink", "clock"),
            (words.where, "ink", "place"),
            (words.note, "soft", "check"),
        )
        most = (height + 2 * self._theme.px(PAD_MM)) // line_height(self._theme, Role.BODY)
        return [line for line in lines if line[0]][: max(0, most)]

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
