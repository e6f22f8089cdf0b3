"""One placement as a card that can be touched: its state first and largest, then what, pay, when, where."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from kiosk.domain.values import PlacementStatus
from kiosk.ui.components.card_paint import FREE, PITCH, Fact, Laid
from kiosk.ui.components.fact_card import FactCard
from kiosk.ui.components.placement_look import LOOKS, Look
from kiosk.ui.theme import SMALLEST_TEXT_MM, Role, Theme
from kiosk.ui.widgets.fitting import fitted, text_size
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.touchable import BORDER_MM

#: Room around the word of the state.
AROUND_MM = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementWords:
    """The finished words of a card: ``state`` in words, ``pay`` with its unit, the rest a line or two each.

    ``trade`` is the picture's word, "" where ``what`` says it.
    """

    status: PlacementStatus
    state: str
    pay: str
    what: str
    when: str
    where: str
    trade: str = ""
    icon_name: str = "work"
    look: Look | None = None

    @property
    def caption(self) -> str:
        """The word under the picture: the trade's name, or "" where the first line begins with it."""
        return "" if self.what.startswith(self.trade) else self.trade


class PlacementCard(FactCard):
    """A card; its accessible name is what the work is and how it stands."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words: PlacementWords | None = None

    def show_words(self, words: PlacementWords) -> None:
        """Put a placement in."""
        if words != self._words:
            self._words = words
            self.say(f"{words.what} {words.state}")
            self.update()

    def said(self) -> tuple[str, ...]:
        """State, trade, what, pay, when, where."""
        words = self._words
        if words is None:
            return ()
        parts = (words.state, words.caption, words.what, words.pay, words.when, words.where)
        return tuple(part for part in parts if part)

    def wipe(self) -> None:
        """Forget the placement."""
        self._words = self._plan = None
        self.say("")
        self.update()

    def head_px(self) -> int:
        """The state's line."""
        return round(self._theme.text_px(Role.LEAD) * PITCH) + 2 * self._theme.px(AROUND_MM)

    def _lay(self, words: PlacementWords, room: QRect) -> tuple[tuple[Laid, ...], tuple[Laid, ...]]:
        facts = (
            Fact(text=words.what, role=Role.LEAD, bold=True),
            Fact(text=words.when, sign="clock"),
            Fact(text=words.where, sign="place"),
        )
        return self._lines(facts, room, self.head_px()), self._caption(words.caption)

    def _paint_words(self, painter: QPainter) -> None:
        words = self._words
        if words is None:
            return
        lines, caption = self._planned(words)
        room, head = self._beside(self.width(), self.height()), self.head_px()
        self._paint_picture(painter, words.icon_name, caption)
        top = self._paint_lines(painter, room, head, lines)
        self._paint_head(painter, QRect(room.left(), top, room.width(), head), words)

    def _paint_head(self, painter: QPainter, room: QRect, words: PlacementWords) -> None:
        """State at the left in its colours, pay at the right."""
        theme, look = self._theme, words.look or LOOKS[words.status]
        font = theme.font(Role.LEAD, bold=True)
        height = room.height() - theme.px(AROUND_MM) // 2  # a little air below the frame
        pad = theme.px(2.5)
        wage = fitted(words.pay, font, QSize(room.width() // 2, height), theme.px(SMALLEST_TEXT_MM))
        pay = text_size(words.pay, wage, room.width())
        limit = room.width() - pay.width() - wage.pixelSize() - 5 * pad
        word = fitted(words.state, font, QSize(limit, height), theme.px(SMALLEST_TEXT_MM))
        mark = word.pixelSize()
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
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | FREE), words.state)
        painter.setPen(theme.colour("blue"))
        painter.setFont(wage)
        right = QRect(room.right() - pay.width() - theme.px(1), room.top(), pay.width() + theme.px(1), height)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(right, int(side | FREE), words.pay)
