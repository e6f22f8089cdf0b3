"""Buttons for big hands: painted by ourselves, so that a touch shows at once and no word is ever clipped."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import WRAP, fitted, text_size
from kiosk.ui.widgets.icons import icon, is_picture, picture
from kiosk.ui.widgets.touchable import SMALLEST_MM, Kind, Touchable

__all__ = ["BOLD_LINE", "STAFF_MM", "WORKER_MM", "BigButton", "Choice", "Kind"]

WORKER_MM = 20.0
STAFF_MM = 12.7
PAD_MM = 4.0
MARK_MM = 8.0
UPRIGHT_ICON_MM, UPRIGHT_ICON_MOST_MM = 16.0, 28.0
#: The disc behind an icon, against the icon; an icon beside a word, against the word's characters.
DISC, TIGHT_DISC, ICON_TO_EM = 1.7, 1.45, 1.3
#: Small icons beside bold words need a bolder line to look alike.
BOLD_LINE = 1.4
#: These stand after their word: they show where it goes.
POINTS_ON = frozenset({"right"})


#: Grounds and colours of icons that stand above their word.
DISCS = {
    Kind.ACTION: ("orange_soft", "ink"),
    Kind.PLAIN: ("blue_soft", "blue"),
    Kind.QUIET: ("blue_soft", "blue"),
}
#: The ground of a trade's picture is warm, as the picture is.
PICTURE_DISC = ("orange_soft", "blue")


class BigButton(Touchable):
    """An icon and a word. The icon stands left of the word, or above it with ``upright``.

    ``note`` is a second, smaller line. With ``at_edge`` icon and words begin at the left edge, as rows of a list do.
    Checkable buttons show a check mark and a blue frame, not a colour alone.
    """

    def __init__(
        self,
        theme: Theme,
        kind: Kind = Kind.PLAIN,
        *,
        icon_name: str = "",
        upright: bool = False,
        at_edge: bool = False,
        role: Role = Role.LEAD,
        height_mm: float = WORKER_MM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, kind, parent=parent)
        self._at_edge = at_edge
        self._icon = icon_name
        self._upright = upright
        self._role = role
        self._height_mm = height_mm
        self._bold = kind is not Kind.QUIET
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_icon(self, name: str) -> None:
        """Another icon."""
        self._icon = name
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words on one line where possible."""
        px = self._theme.px
        font = self._font()
        words = text_size(self.text(), font, px(400))
        note = text_size(self._note, self._theme.font(Role.SMALL), px(400)) if self._note else QSize(0, 0)
        width = max(words.width(), note.width()) + 2 * px(PAD_MM)
        height = words.height() + note.height() + 2 * px(PAD_MM / 2)
        if self._icon:
            if self._upright:
                height += round(px(UPRIGHT_ICON_MM) * DISC) + px(1.5)
            else:
                width += self._icon_px() + (px(3) if self.text() else 0)
        width += self._mark_px()
        return QSize(max(width, px(self._height_mm)), max(height, px(self._height_mm)))

    def minimumSizeHint(self) -> QSize:
        """Never below the size of a finger."""
        px = self._theme.px
        return QSize(px(self._height_mm), min(self.sizeHint().height(), px(self._height_mm * 1.6)))

    def words_fit(self) -> bool:
        """Whether all words are painted whole in the present size: what a test of a screen asks."""
        room = self._words_room()
        note = self._note_size(room.width())
        space = QSize(room.width(), room.height() - note.height())
        font = fitted(self.text(), self._font(), space, self._theme.px(SMALLEST_MM))
        size = text_size(self.text(), font, room.width())
        wide_enough = max(size.width(), note.width()) <= room.width()
        return wide_enough and size.height() + note.height() <= room.height()

    def _words_room(self) -> QSize:
        """The room that is left for text and note."""
        px = self._theme.px
        width, height = self.width() - 2 * self._side() - self._mark_px(), self.height() - 2 * self._air()
        if self._icon and self._upright:
            height -= px(8) + px(1.5)
        elif self._icon and self.text():
            width -= self._icon_px() + px(3)
        return QSize(width, height)

    def _font(self) -> QFont:
        return self._theme.font(self._role, bold=self._bold)

    def _note_font(self, width: int) -> QFont:
        room = QSize(width, self.height())
        return fitted(self._note, self._theme.font(Role.SMALL), room, self._theme.px(SMALLEST_MM))

    def _note_size(self, width: int) -> QSize:
        return text_size(self._note, self._note_font(width), width) if self._note else QSize(0, 0)

    def _icon_px(self) -> int:
        """Above the word: as large as the tile allows; beside it: a little larger than its characters."""
        if not self._upright:
            return round(self._font().pixelSize() * ICON_TO_EM)
        px = self._theme.px
        least = px(UPRIGHT_ICON_MM)
        return max(least, min(px(UPRIGHT_ICON_MOST_MM), int(min(self.height() * 0.3, self.width() * 0.38))))

    def _air(self) -> int:
        """Free pixels above and below the words: a tile wants more than a bar."""
        return self._theme.px(2 if self._upright else 1)

    def _side(self) -> int:
        """Free pixels left and right of the words, which stay in the middle beside the name of a key."""
        return max(self._theme.px(PAD_MM / 2), self.keys_px())

    def _mark_px(self) -> int:
        """Room that the check mark takes from the words."""
        return self._theme.px(MARK_MM + 3) if self.isCheckable() and not self._upright else 0

    def _paint_words(self, painter: QPainter) -> None:
        side, above = self._side(), self._air()
        room = self.rect().adjusted(side, above, -side, -above)
        if self.isCheckable():
            self._paint_mark(painter)
            room.setRight(room.right() - self._mark_px())
        colour = self._text_colour()
        painter.setPen(colour)
        if self._icon and self._upright:
            self._paint_upright(painter, room, colour)
        elif self._icon and not self.text():
            size = self._icon_px()
            at = room.center() - QPoint(size // 2, size // 2)
            painter.drawPixmap(at, icon(self._icon, colour.name(), size, BOLD_LINE))
        elif self._icon:
            self._paint_row(painter, room, colour)
        else:
            self._paint_text(painter, room, Qt.AlignmentFlag.AlignHCenter)

    def _paint_mark(self, painter: QPainter) -> None:
        """An empty ring says that this can be chosen, the full one with a check mark that it is."""
        size = self._theme.px(MARK_MM)
        at = QPoint(self.width() - size - self._theme.px(2.5), self._theme.px(2.5))
        if not self._upright:
            at.setY((self.height() - size) // 2)
        if self.isChecked():
            painter.drawPixmap(at, icon("checked", self._theme.palette.blue, size))
        else:
            painter.drawPixmap(at, icon("unchecked", self._theme.palette.edge, size))

    def _paint_upright(self, painter: QPainter, room: QRect, colour: QColor) -> None:
        """Icon on a tinted disc, the words below."""
        px = self._theme.px
        gap = px(1.5)
        words = self._block_height(QSize(room.width(), room.height() - self._icon_px() - gap))
        disc = max(px(8), min(round(self._icon_px() * DISC), room.height() - words - gap))
        size = min(self._icon_px(), round(disc / TIGHT_DISC))
        top = room.top() + max(0, (room.height() - disc - gap - words) // 2)
        tint = self._paint_disc(painter, QRect(room.center().x() - disc // 2, top, disc, disc), colour)
        inset = (disc - size) // 2
        painter.drawPixmap(room.center().x() - size // 2, top + inset, self._drawn(tint, size))
        painter.setPen(colour)
        below = QRect(room.left(), top + disc + gap, room.width(), room.bottom() - top - disc - gap + 1)
        self._paint_text(painter, below, Qt.AlignmentFlag.AlignHCenter, top=True)

    def _drawn(self, tint: str, size: int, line: float = 1.0) -> QPixmap:
        """The icon; a trade's picture has colours of its own."""
        if is_picture(self._icon):
            return picture(self._theme, self._icon, size)
        return icon(self._icon, tint, size, line)

    def _paint_disc(self, painter: QPainter, place: QRect, colour: QColor) -> str:
        """A tinted disc behind the icon, except in black and white; returns the icon's colour."""
        disc, tint = PICTURE_DISC if is_picture(self._icon) else DISCS.get(self._kind, ("", ""))
        if not tint or not self.isEnabled() or (self._theme.high_contrast and self._kind is Kind.ACTION):
            return colour.name()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("card" if self.isChecked() or self.isDown() else disc))
        painter.drawEllipse(place)
        return self._theme.colour(tint).name()

    def _paint_row(self, painter: QPainter, room: QRect, colour: QColor) -> None:
        """Icon and words side by side, together in the middle."""
        size, gap = self._icon_px(), self._theme.px(3)
        limit = room.width() - size - gap
        font = fitted(self.text(), self._font(), QSize(limit, room.height()), self._theme.px(SMALLEST_MM))
        width = min(limit, max(text_size(self.text(), font, limit).width(), self._note_size(limit).width()))
        spare = max(0, room.width() - size - gap - width)
        left = room.left() + (min(spare, gap) if self._at_edge else spare // 2)
        after = self._icon in POINTS_ON
        mark = left + width + gap if after else left
        painter.drawPixmap(
            mark, self.rect().center().y() - size // 2, self._drawn(colour.name(), size, BOLD_LINE)
        )
        start = left if after else left + size + gap
        beside = QRect(start, room.top(), min(limit, width + self._theme.px(1)), room.height())
        self._paint_text(painter, beside, Qt.AlignmentFlag.AlignLeft)

    def _block_height(self, room: QSize) -> int:
        note = self._note_size(room.width()).height()
        space = QSize(room.width(), room.height() - note)
        font = fitted(self.text(), self._font(), space, self._theme.px(SMALLEST_MM))
        return text_size(self.text(), font, room.width()).height() + note

    def _paint_text(
        self, painter: QPainter, room: QRect, align: Qt.AlignmentFlag, *, top: bool = False
    ) -> None:
        note_height = self._note_size(room.width()).height()
        space = QSize(room.width(), room.height() - note_height)
        font = fitted(self.text(), self._font(), space, self._theme.px(SMALLEST_MM))
        height = text_size(self.text(), font, room.width()).height()
        y = room.top() if top else room.top() + max(0, (room.height() - height - note_height) // 2)
        painter.setFont(font)
        painter.drawText(QRect(room.left(), y, room.width(), height), int(align | WRAP), self.text())
        if self._note:
            painter.setFont(self._note_font(room.width()))
            below = QRect(room.left(), y + height, room.width(), note_height)
            painter.drawText(below, int(align | WRAP), self._note)


class Choice(BigButton):
    """A button that stays chosen: one of several, or any of several."""

    def __init__(
        self,
        theme: Theme,
        *,
        icon_name: str = "",
        upright: bool = False,
        role: Role = Role.LEAD,
        height_mm: float = WORKER_MM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            Kind.PLAIN,
            icon_name=icon_name,
            upright=upright,
            role=role,
            height_mm=height_mm,
            parent=parent,
        )
        self.setCheckable(True)
