"""One listing as a card that can be touched: the wage first, then what, when, where, and how many places are left."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from kiosk.light import light
from kiosk.ui.components.card_paint import FREE, PITCH, Fact, Laid, line_px
from kiosk.ui.components.fact_card import FactCard
from kiosk.ui.theme import KEY_FACT_MM, SMALLEST_TEXT_MM, Role, Theme
from kiosk.ui.widgets.fitting import STEP, text_size

#: The digits of the wage are larger than other key facts.
WAGE = 1.15
#: The badge around its word: at its sides, above and below; and between badge, age and wage.
SIDE_MM, ABOVE_MM, APART_MM = 2.5, 0.75, 2.0


@light
class CardWords:
    """The finished words of a card.

    Attributes:
        amount: the wage's digits, ``unit`` beside it ("元/天").
        what: title; ``trade`` the trade's name.
        when, where: a line each, or two.
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

    @property
    def caption(self) -> str:
        """The word under the picture: the trade's name, or "" where the title begins with it."""
        return "" if self.what.startswith(self.trade) else self.trade


@light
class Head:
    """The wage and, at its right or below it, the badge with the age.

    Attributes:
        number, unit: fonts.
        wage_px: width of the digits.
        badge_px, fresh_px: widths, of the badge with its frame.
        below: whether the badge stands below the wage.
        height: of all of it.
    """

    number: QFont
    unit: QFont
    wage_px: int
    badge_px: int
    fresh_px: int
    below: bool
    height: int


@light
class Plan:
    """A card as it is laid out."""

    head: Head
    lines: tuple[Laid, ...]
    caption: tuple[Laid, ...]


class ListingCard(FactCard):
    """A card; its accessible name is what it is and what it pays."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words: CardWords | None = None

    def show_words(self, words: CardWords) -> None:
        """Put a listing in."""
        if words != self._words:
            self._words = words
            self.say(f"{words.what} {words.amount} {words.unit}")
            self.update()

    def said(self) -> tuple[str, ...]:
        """Wage, trade, title, when, where, what comes with it, places, age."""
        words = self._words
        if words is None:
            return ()
        parts = (words.amount + words.unit, words.caption, words.what, words.when, words.where, words.note)
        return tuple(part for part in (*parts, words.badge, words.fresh) if part)

    def wipe(self) -> None:
        """Forget the listing."""
        self._words = self._plan = None
        self.say("")
        self.update()

    def head_px(self) -> int:
        """The wage, or badge and age beside it where those are higher."""
        return max(round(self._theme.text_px(Role.FACT) * PITCH), self._stack_px())

    def _stack_px(self) -> int:
        """Badge and age, one below the other."""
        return self._badge_height() + line_px(self._theme, Role.SMALL)

    def _badge_height(self) -> int:
        return line_px(self._theme, Role.BODY) + 2 * self._theme.px(ABOVE_MM)

    def _lay(self, words: CardWords, room: QRect) -> Plan:
        head = self._lay_head(words, room.width())
        facts = (
            Fact(text=words.what, role=Role.LEAD, bold=True),
            Fact(text=words.when, sign="clock"),
            Fact(text=words.where, sign="place"),
            Fact(text=words.note, sign="check", tone="soft"),
        )
        lines = self._lines(facts, room, head.height)
        return Plan(head=head, lines=lines, caption=self._caption(words.caption))

    def _lay_head(self, words: CardWords, width: int) -> Head:
        """Badge and age at the right of the wage; below it where a narrow card has no room for that."""
        theme = self._theme
        badge = text_size(words.badge, theme.font(Role.BODY, bold=True), width).width()
        badge += 2 * theme.px(SIDE_MM)
        fresh = text_size(words.fresh, theme.font(Role.SMALL), width).width()
        room = width - max(badge, fresh) - theme.px(APART_MM)
        number, unit, taken = self._wage_fonts(words, room)
        below = taken > room
        height = self.head_px()
        if below:
            number, unit, _ = self._wage_fonts(words, width)
            height = round(theme.text_px(Role.FACT) * PITCH) + self._badge_height() + theme.px(APART_MM)
        return Head(
            number=number,
            unit=unit,
            wage_px=text_size(words.amount, number, width).width(),
            badge_px=badge,
            fresh_px=fresh,
            below=below,
            height=height,
        )

    def _wage_fonts(self, words: CardWords, room: int) -> tuple[QFont, QFont, int]:
        """Fonts of digits and unit, smaller where they need to be, and the width that they take."""
        theme = self._theme
        number, unit = theme.font(Role.FACT, bold=True), theme.font(Role.LEAD, bold=True)
        number.setPixelSize(round(number.pixelSize() * WAGE))
        least = ((number, theme.px(KEY_FACT_MM)), (unit, theme.px(SMALLEST_TEXT_MM)))
        while True:
            taken = text_size(words.amount, number, room * 2).width() + theme.px(APART_MM)
            taken += text_size(words.unit, unit, room * 2).width()
            larger = [(font, px) for font, px in least if font.pixelSize() > px]
            if taken <= room or not larger:
                return number, unit, taken
            for font, px in larger:
                font.setPixelSize(max(px, int(font.pixelSize() * STEP)))

    def _paint_words(self, painter: QPainter) -> None:
        words = self._words
        if words is None:
            return
        plan, room = self._planned(words), self._beside(self.width(), self.height())
        self._paint_picture(painter, words.icon_name, plan.caption)
        top = self._paint_lines(painter, room, plan.head.height, plan.lines)
        self._paint_head(painter, QRect(room.left(), top, room.width(), plan.head.height), words, plan.head)

    def _paint_head(self, painter: QPainter, room: QRect, words: CardWords, head: Head) -> None:
        theme = self._theme
        wage = round(theme.text_px(Role.FACT) * PITCH) if head.below else room.height()
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | FREE)
        painter.setPen(theme.colour("blue"))
        painter.setFont(head.number)
        painter.drawText(QRect(room.left(), room.top(), head.wage_px, wage), left, words.amount)
        painter.setFont(head.unit)
        at = room.left() + head.wage_px + theme.px(APART_MM)
        painter.drawText(QRect(at, room.top(), room.right() - at, wage), left, words.unit)
        height = self._badge_height()
        if head.below:
            y = room.top() + wage + theme.px(APART_MM)
            self._paint_badge(painter, QRect(room.left(), y, head.badge_px, height), words)
            age = QRect(room.left() + head.badge_px + theme.px(APART_MM), y, head.fresh_px, height)
        else:
            stack = room.top() + (room.height() - self._stack_px()) // 2
            place = QRect(room.right() - head.badge_px, stack, head.badge_px, height)
            self._paint_badge(painter, place, words)
            small = line_px(theme, Role.SMALL)
            age = QRect(room.right() - head.fresh_px, place.bottom() + 1, head.fresh_px, small)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.colour("soft"))
        painter.drawText(age, left, words.fresh)

    def _paint_badge(self, painter: QPainter, box: QRect, words: CardWords) -> None:
        theme = self._theme
        ground, ink = ("green_soft", "green") if words.plenty else ("orange_soft", "ink")
        painter.setBrush(theme.colour(ground))
        painter.setPen(theme.colour(ink if words.plenty else "orange_deep"))
        painter.drawRoundedRect(box, theme.px(2), theme.px(2))
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(Role.BODY, bold=True))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | FREE), words.badge)
