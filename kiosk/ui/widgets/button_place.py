"""Where a button paints its icon and its words. Measured once for each text and size, not at every painting."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont

from kiosk.light import light
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import WRAP, fitted, in_lines, text_size

SMALLEST_MM = 5.0
GAP_MM, UPRIGHT_GAP_MM = 3.0, 1.5
#: The disc behind an icon, against the icon.
DISC, TIGHT_DISC, LEAST_DISC_MM = 1.7, 1.45, 8.0
#: An icon above words gives up its size down to this before they give up theirs.
LEAST_BESIDE_MM = 12.0


@light
class Line:
    """A text, where it is painted, and how."""

    text: str
    place: QRect
    font: QFont
    flags: int


@light
class Placed:
    """Everything that a button paints on its ground.

    Attributes:
        lines: text and note.
        icon: its upper left corner; None without one.
        icon_px: its edge.
        disc: what stands behind it; None where nothing does.
    """

    lines: tuple[Line, ...]
    icon: QPoint | None = None
    icon_px: int = 0
    disc: QRect | None = None


@light
class Block:
    """Text and note, measured for a width."""

    font: QFont
    height: int
    note_font: QFont | None
    note_height: int


class Words:
    """Text and note of a button.

    Args:
        theme: the look.
        text: the large line.
        note: the small one below it; "" for none.
        font: of the text.
        height: of the whole button: a note is made smaller rather than be higher than that.
    """

    __slots__ = ("_height", "_theme", "font", "note", "text")

    def __init__(self, theme: Theme, text: str, note: str, font: QFont, height: int) -> None:
        self._theme = theme
        self._height = height
        self.text = text
        self.note = note
        self.font = font

    def fitted(self, room: QSize) -> QFont:
        """The text's font, smaller if the room wants it."""
        return fitted(self.text, self.font, room, self._theme.px(SMALLEST_MM))

    def noted(self, width: int) -> tuple[QFont | None, QSize]:
        """The note's font in that width, and its size."""
        if not self.note:
            return None, QSize(0, 0)
        room = QSize(width, self._height)
        font = fitted(self.note, self._theme.font(Role.SMALL), room, self._theme.px(SMALLEST_MM))
        return font, text_size(self.note, font, width)

    def block(self, room: QSize) -> Block:
        """Both, one below the other, in a room."""
        note_font, note = self.noted(room.width())
        font = self.fitted(QSize(room.width(), room.height() - note.height()))
        return Block(font, text_size(self.text, font, room.width()).height(), note_font, note.height())

    def lines(self, room: QRect, align: Qt.AlignmentFlag, *, top: bool = False) -> tuple[Line, ...]:
        """Where they are painted: in the middle of the room's height, or at its top."""
        block = self.block(room.size())
        spare = room.height() - block.height - block.note_height
        y = room.top() + (0 if top else max(0, spare // 2))
        flags = int(align | WRAP)
        place = QRect(room.left(), y, room.width(), block.height)
        text = Line(in_lines(self.text, block.font, place.size()), place, block.font, flags)
        if block.note_font is None:
            return (text,)
        below = QRect(room.left(), y + block.height, room.width(), block.note_height)
        return text, Line(in_lines(self.note, block.note_font, below.size()), below, block.note_font, flags)


def place_words(words: Words, room: QRect) -> Placed:
    """Words without an icon."""
    return Placed(words.lines(room, Qt.AlignmentFlag.AlignHCenter))


def place_icon(room: QRect, icon_px: int) -> Placed:
    """An icon without words."""
    return Placed((), room.center() - QPoint(icon_px // 2, icon_px // 2), icon_px)


def place_upright(theme: Theme, words: Words, room: QRect, icon_px: int) -> Placed:
    """Icon on a disc, the words below."""
    gap = theme.px(UPRIGHT_GAP_MM)
    least = min(icon_px, theme.px(LEAST_BESIDE_MM))
    block = words.block(QSize(room.width(), room.height() - least - gap))
    high = block.height + block.note_height
    disc = max(theme.px(LEAST_DISC_MM), min(round(icon_px * DISC), room.height() - high - gap))
    size = min(icon_px, round(disc / TIGHT_DISC))
    top = room.top() + max(0, (room.height() - disc - gap - high) // 2)
    middle = room.center().x()
    end = top + disc + gap
    below = QRect(room.left(), end, room.width(), room.bottom() - end + 1)
    return Placed(
        words.lines(below, Qt.AlignmentFlag.AlignHCenter, top=True),
        QPoint(middle - size // 2, top + (disc - size) // 2),
        size,
        QRect(middle - disc // 2, top, disc, disc),
    )


def place_row(theme: Theme, words: Words, room: QRect, icon_px: int, *, at_edge: bool, after: bool) -> Placed:
    """Icon and words side by side, together in the middle or at the left edge; the icon first, or ``after`` them."""
    gap = theme.px(GAP_MM)
    limit = room.width() - icon_px - gap
    font = words.fitted(QSize(limit, room.height()))
    _, note = words.noted(limit)
    said = in_lines(words.text, font, text_size(words.text, font, limit).expandedTo(QSize(limit, 0)))
    width = min(limit, max(text_size(said, font, limit).width(), note.width()))
    spare = max(0, room.width() - icon_px - gap - width)
    left = room.left() + (min(spare, gap) if at_edge else spare // 2)
    mark, start = (left + width + gap, left) if after else (left, left + icon_px + gap)
    beside = QRect(start, room.top(), min(limit, width + theme.px(1)), room.height())
    lines = words.lines(beside, Qt.AlignmentFlag.AlignLeft)
    return Placed(lines, QPoint(mark, room.center().y() - icon_px // 2), icon_px)
