"""Buttons for big hands: painted by ourselves, so that a touch shows at once and no word is ever clipped."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.button_place import (
    DISC,
    GAP_MM,
    UPRIGHT_GAP_MM,
    Placed,
    Words,
    place_icon,
    place_row,
    place_upright,
    place_words,
)
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.icons import icon, is_picture, picture
from kiosk.ui.widgets.touchable import Kind, Touchable

__all__ = ["BOLD_LINE", "STAFF_MM", "WORKER_MM", "BigButton", "Choice", "Kind"]

WORKER_MM = 20.0
STAFF_MM = 12.7
PAD_MM = 4.0
MARK_MM = 8.0
UPRIGHT_ICON_MM, UPRIGHT_ICON_MOST_MM = 16.0, 28.0
#: An icon beside a word, against the word's characters.
ICON_TO_EM = 1.3
#: Above and below what stands in a tile, against its height.
AIR = 0.08
#: Small icons beside bold words need a bolder line to look alike.
BOLD_LINE = 1.4
#: Buttons beside each other share the smallest size that one of them needs, down to this part of the usual one.
LEAST_SHARED = 0.62
#: Words of a tile are made so much smaller at most to stay on one line.
ONE_LINE = 0.8
NO_END = 100_000
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

    An icon beside words that do not fit there makes way for them.
    ``note`` is a second, smaller line. With ``at_edge`` icon and words begin at the left edge, as rows of a list do.
    Checkable buttons show a check mark and a blue frame, not a colour alone; in black and white they are turned round.
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
        self._placed: Placed | None = None
        self._fellows: Sequence[BigButton] = ()
        self._own_px: int | None = None
        self._hint: QSize | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_icon(self, name: str) -> None:
        """Another icon."""
        if name != self._icon:
            self._icon = name
            self._changed()

    def stand_with(self, fellows: "Sequence[BigButton]") -> None:
        """Those of the same row, itself among them: their words are written in the same size, as far as that goes."""
        self._fellows = fellows

    def _changed(self) -> None:
        self._hint = None
        self._place_anew()
        super()._changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icon and words have other places."""
        super().resizeEvent(event)
        self._place_anew()

    def _place_anew(self) -> None:
        """Fellows are written anew only when another size may be shared: a number that changes repaints one tile."""
        before = self._own_px
        self._placed = self._own_px = None
        if before is not None and self.isVisible() and self.own_px == before:
            return
        for each in self._fellows:
            if each is not self:
                each.write_anew()

    def write_anew(self) -> None:
        """A fellow has other words: the size that is shared may be another one."""
        self._placed = None
        if self._face is not None:
            self._face.forget()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words on one line where possible."""
        if self._hint is None:
            self._hint = self._measure()
        return QSize(self._hint)

    def _measure(self) -> QSize:
        px = self._theme.px
        font = self._font()
        words = text_size(self.text(), font, px(400))
        note = text_size(self._note, self._theme.font(Role.SMALL), px(400)) if self._note else QSize(0, 0)
        width = max(words.width(), note.width()) + 2 * px(PAD_MM)
        height = words.height() + note.height() + 2 * px(PAD_MM / 2)
        if self._icon:
            if self._upright:
                height += round(px(UPRIGHT_ICON_MM) * DISC) + px(UPRIGHT_GAP_MM)
            else:
                width += self._icon_px() + (px(GAP_MM) if self.text() else 0)
        beside = max(0, self.keys_px() - px(PAD_MM))  # the name of a key has a place of its own
        width += self._mark_px() + 2 * beside
        return QSize(max(width, px(self._height_mm)), max(height, px(self._height_mm)))

    def minimumSizeHint(self) -> QSize:
        """Never below the size of a finger."""
        px = self._theme.px
        return QSize(px(self._height_mm), min(self.sizeHint().height(), px(self._height_mm * 1.6)))

    def words_fit(self) -> bool:
        """Whether all words are painted whole in the present size: what a test of a screen asks."""
        return self._fit_in(self._words_room())

    def fits_in(self, size: QSize) -> bool:
        """Whether all words could be painted whole if it had that size."""
        width, height = size.width() - 2 * self._side() - self._mark_px(), size.height() - 2 * self._air()
        return self._fit_in(QSize(width, height))

    def _fit_in(self, room: QSize) -> bool:
        words = Words(self._theme, self.text(), self._note, self._font(), self.height())
        _, note = words.noted(room.width())
        font = words.fitted(QSize(room.width(), room.height() - note.height()))
        size = text_size(self.text(), font, room.width())
        wide_enough = max(size.width(), note.width()) <= room.width()
        return wide_enough and size.height() + note.height() <= room.height()

    def _words_room(self) -> QSize:
        """The room that is left for text and note: beside the icon, or in its place where they need that, too."""
        room = self._whole_room()
        if self._icon and self._upright:
            room -= QSize(0, self._theme.px(8) + self._theme.px(UPRIGHT_GAP_MM))
        elif self._icon and self.text() and self._icon_stays():
            room -= QSize(self._beside_px(), 0)
        return room

    def _whole_room(self) -> QSize:
        return QSize(self.width() - 2 * self._side() - self._mark_px(), self.height() - 2 * self._air())

    def _beside_px(self) -> int:
        """What the icon takes from the words' width."""
        return self._icon_px() + self._theme.px(GAP_MM)

    def _icon_stays(self) -> bool:
        """Whether the words fit beside the icon; it makes way for words that do not."""
        return self._fit_in(self._whole_room() - QSize(self._beside_px(), 0))

    def _worded(self) -> Words:
        font = self._font()
        shared = min((each.own_px for each in self._fellows if each.isVisible()), default=font.pixelSize())
        font.setPixelSize(min(font.pixelSize(), max(shared, round(font.pixelSize() * LEAST_SHARED))))
        return Words(self._theme, self.text(), self._note, font, self.height())

    @property
    def own_px(self) -> int:
        """The size in which this button alone would write its words."""
        if self._own_px is None:
            words = Words(self._theme, self.text(), self._note, self._font(), self.height())
            room = self._words_room()
            _, note = words.noted(room.width())
            px = words.fitted(QSize(room.width(), room.height() - note.height())).pixelSize()
            self._own_px = self._on_one_line(px, room.width()) if self._upright else px
        return self._own_px

    def _on_one_line(self, px: int, width: int) -> int:
        """Below an icon a word in one line, a little smaller, is better than two lines and a small icon."""
        long = text_size(self.text(), self._font(), NO_END).width()
        one = px * width // long if long > width else px
        return one if one >= px * ONE_LINE else px

    def _font(self) -> QFont:
        return self._theme.font(self._role, bold=self._bold)

    def _icon_px(self) -> int:
        """Above the word: as large as the tile allows; beside it: a little larger than its characters."""
        if not self._upright:
            return round(self._font().pixelSize() * ICON_TO_EM)
        px = self._theme.px
        least = px(UPRIGHT_ICON_MM)
        return max(least, min(px(UPRIGHT_ICON_MOST_MM), int(min(self.height() * 0.3, self.width() * 0.38))))

    def _air(self) -> int:
        """Free pixels above and below the words: a tile wants more than a bar."""
        return max(self._theme.px(2), round(self.height() * AIR)) if self._upright else self._theme.px(1)

    def _side(self) -> int:
        """Free pixels left and right of the words, which stay in the middle beside the name of a key."""
        return max(self._theme.px(PAD_MM / 2), self.keys_px())

    def _mark_px(self) -> int:
        """Room that the check mark takes from the words."""
        return self._theme.px(MARK_MM + 3) if self.isCheckable() and not self._upright else 0

    def _paint_words(self, painter: QPainter) -> None:
        if self.isCheckable():
            self._paint_mark(painter)
        if self._placed is None:
            self._placed = self._place()
        placed, colour = self._placed, self._text_colour()
        if placed.icon is not None:
            tint = colour.name() if placed.disc is None else self._paint_disc(painter, placed.disc, colour)
            line = BOLD_LINE if placed.disc is None else 1.0
            painter.drawPixmap(placed.icon, self._drawn(tint, placed.icon_px, line))
        painter.setPen(colour)
        for each in placed.lines:
            painter.setFont(each.font)
            painter.drawText(each.place, each.flags, each.text)

    def _place(self) -> Placed:
        side, above = self._side(), self._air()
        room = self.rect().adjusted(side, above, -side - self._mark_px(), -above)
        words = self._worded()
        if not self._icon:
            return place_words(words, room)
        if self._upright:
            return place_upright(self._theme, words, room, self._icon_px())
        if not self.text():
            return place_icon(room, self._icon_px())
        if not self._icon_stays():
            return place_words(words, room)
        after = self._icon in POINTS_ON
        return place_row(self._theme, words, room, self._icon_px(), at_edge=self._at_edge, after=after)

    def _paint_mark(self, painter: QPainter) -> None:
        """An empty ring says that this can be chosen, the full one with a check mark that it is."""
        size = self._theme.px(MARK_MM)
        at = QPoint(self.width() - size - self._theme.px(2.5), self._theme.px(2.5))
        if not self._upright:
            at.setY((self.height() - size) // 2)
        if self.isChecked():
            palette = self._theme.palette
            painter.drawPixmap(
                at, icon("checked", palette.on_blue if self.turned_round else palette.blue, size)
            )
        else:
            painter.drawPixmap(at, icon("unchecked", self._theme.palette.edge, size))

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
