"""What the painted cards share: a text, and a line of text behind a small sign."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import WRAP, fitted, in_lines, text_size
from kiosk.ui.widgets.icons import icon

#: Line height in ems: that of the typeface, else lines that fit would be made smaller.
LINE = 1.5
SMALLEST_MM = 5.0
#: The text's part of the sign before it, and the room between them.
SIGN, AFTER_SIGN_MM = 1.05, 2.0


def line_height(theme: Theme, role: Role) -> int:
    """Pixels of one line of text of a role."""
    return round(theme.text_px(role) * LINE)


def paint_line(
    painter: QPainter, theme: Theme, place: QRect, text: str, sign: str, *, tone: str = "ink"
) -> int:
    """One line (more if it must wrap) of body text behind a sign, at the top of ``place``.

    Returns:
        Where the next line begins.
    """
    mark = round(theme.text_px(Role.BODY) * SIGN)
    painter.drawPixmap(
        place.left(),
        place.top() + (line_height(theme, Role.BODY) - mark) // 2,
        icon(sign, theme.palette.soft, mark),
    )
    beside = place.adjusted(mark + theme.px(AFTER_SIGN_MM), 0, 0, 0)
    return paint_text(painter, theme, beside, text, Role.BODY, tone=tone)


def paint_text(
    painter: QPainter,
    theme: Theme,
    place: QRect,
    text: str,
    role: Role,
    *,
    tone: str = "ink",
    bold: bool = False,
    lines: int = 1,
) -> int:
    """A text at the top of ``place``: on so many lines, smaller if need be, on more where that is not enough.

    Returns:
        Where the next line begins.
    """
    height = line_height(theme, role)
    room = QSize(place.width(), lines * height)
    font = fitted(text, theme.font(role, bold=bold), room, theme.px(SMALLEST_MM))
    height = max(height, text_size(text, font, place.width()).height())
    painter.setPen(theme.colour(tone))
    painter.setFont(font)
    where = QRect(place.left(), place.top(), place.width(), height)
    painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | WRAP), in_lines(text, font, where.size()))
    return place.top() + height
