"""A card of facts that can be touched: a picture with its word, and beside it a head and lines, all of them painted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.components.card_paint import Fact, Laid, lay_out, line_px, paint_fact
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import STEP
from kiosk.ui.widgets.icons import paint_picture
from kiosk.ui.widgets.touchable import Touchable

#: Around everything, and between the picture and the words.
SIDE_MM, ABOVE_MM, BESIDE_MM = 4.0, 2.5, 4.0
#: The picture's column: so wide, and no more than that part of the card; and what is between it and its word.
PICTURE_MM, PICTURE_PART, UNDER_MM = 36.0, 0.2, 0.8
#: Words under a picture take no more of the card's height than this.
CAPTION_PART = 0.36
BETWEEN_NAMES = "/"
#: The most air between two lines.
MOST_AIR_MM = 3.0
#: Lines that are shorter than that (in ems of body text, or in mm) are likely to wrap: so many more are kept for it.
SHORT_EMS, SHORT_MM, SHORT_LINES = 16.0, 150.0, 4


class FactCard(Touchable):
    """What a listing's and a placement's card have in common.

    Everything is laid out once for its words, its size and the text size, then painted from that. No fact is left out:
    whoever shows cards asks ``least_height`` how many of them the place can take.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._plan: tuple[object, Any] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def said(self) -> tuple[str, ...]:
        """Every fact that the card has to show, in reading order."""
        return ()

    def spoken_text(self) -> str:
        """Everything on the card, in reading order."""
        return " ".join(self.said())

    def sizeHint(self) -> QSize:
        """A card's usual size."""
        return QSize(self._theme.px(100), self.least_height())

    def minimumSizeHint(self) -> QSize:
        """The least that holds all its lines."""
        return QSize(self._theme.px(80), self.least_height())

    def head_px(self) -> int:
        """Pixels of what stands above the lines."""
        return 0

    def least_height(self, width: int = 0) -> int:
        """Pixels that a card of this width needs for a title and three lines; 0 for a wide one."""
        theme = self._theme
        short = max(SHORT_EMS * theme.text_px(Role.BODY), theme.px(SHORT_MM))
        more = SHORT_LINES if width and self._beside(width).width() < short else 0
        lines = line_px(theme, Role.LEAD) + (3 + more) * line_px(theme, Role.BODY)
        return round(lines * STEP) + self.head_px() + 2 * theme.px(ABOVE_MM)

    def _room(self, width: int, height: int) -> QRect:
        side, above = self._theme.px(SIDE_MM), self._theme.px(ABOVE_MM)
        return QRect(side, above, width - 2 * side, height - 2 * above)

    def _column(self, width: int) -> int:
        return min(self._theme.px(PICTURE_MM), round(width * PICTURE_PART))

    def _beside(self, width: int, height: int = 0) -> QRect:
        """Where head and lines are."""
        room = self._room(width, height)
        return room.adjusted(self._column(width) + self._theme.px(BESIDE_MM), 0, 0, 0)

    def _planned(self, words: object) -> Any:  # noqa: ANN401 - a subclass's own
        """How the words are laid out; made anew when they, the size or the text size are others."""
        key = (words, self.size(), self._theme.text_size)
        if self._plan is None or self._plan[0] != key:
            self._plan = (key, self._lay(words, self._beside(self.width(), self.height())))
        return self._plan[1]

    def _lay(self, words: Any, room: QRect) -> Any:  # noqa: ANN401 - a subclass's own
        """Lay the words out in a room: each kind of card has its own."""
        # Not by ``abc``: Qt's classes have another metaclass.
        raise NotImplementedError

    def _lines(self, facts: Sequence[Fact], room: QRect, head: int) -> tuple[Laid, ...]:
        return lay_out(self._theme, [fact for fact in facts if fact.text], room.width(), room.height() - head)

    def _caption(self, text: str) -> tuple[Laid, ...]:
        """The word under the picture; () where the title says it."""
        if not text:
            return ()
        width, height = self._column(self.width()), round(self.height() * CAPTION_PART)
        laid = lay_out(self._theme, [Fact(text=text, role=Role.SMALL)], width, height)
        if (
            laid[0].height > laid[0].pitch and BETWEEN_NAMES in text
        ):  # two names of one trade: a line for each
            names = text.replace(BETWEEN_NAMES, f"{BETWEEN_NAMES}\n")
            laid = lay_out(self._theme, [Fact(text=names, role=Role.SMALL)], width, height)
        return laid

    def _paint_picture(self, painter: QPainter, icon_name: str, caption: Sequence[Laid]) -> None:
        """The picture, and its word below it; both in the middle of the card's height."""
        theme, room = self._theme, self._room(self.width(), self.height())
        column, under = self._column(self.width()), theme.px(UNDER_MM)
        words = sum(each.height + under for each in caption)
        disc = max(1, min(column, room.height() - words))
        top = room.top() + (room.height() - disc - words) // 2
        paint_picture(painter, theme, QRect(room.left() + (column - disc) // 2, top, disc, disc), icon_name)
        for each in caption:
            paint_fact(painter, theme, each, room.left(), top + disc + under, Qt.AlignmentFlag.AlignHCenter)

    def _paint_lines(self, painter: QPainter, room: QRect, head: int, lines: Sequence[Laid]) -> int:
        """The lines below a head of so many pixels, spread with it over the room.

        Returns:
            Where the head is to begin.
        """
        spare = max(0, room.height() - head - sum(each.height for each in lines))
        air = min(self._theme.px(MOST_AIR_MM), spare // (len(lines) + 2))
        top = room.top() + (spare - air * len(lines)) // 2
        y = top + head
        for each in lines:
            paint_fact(painter, self._theme, each, room.left(), y + air)
            y += air + each.height
        return top
