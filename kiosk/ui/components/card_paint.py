"""What the painted cards share: a text, and a line of text behind a small sign."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter

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
    """One line of body text behind a sign, at the top of ``place``; more if it must wrap, none where that is too much.

    Returns:
        Where the next line begins.
    """
    mark = round(theme.text_px(Role.BODY) * SIGN)
    width = place.width() - mark - theme.px(AFTER_SIGN_MM)
    height = _fitted(theme, text, theme.font(Role.BODY), width, Role.BODY)[1]
    if height > max(place.height(), line_height(theme, Role.BODY)):
        return place.bottom() + 1
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
    font, height = _fitted(theme, text, theme.font(role, bold=bold), place.width(), role, lines)
    painter.setPen(theme.colour(tone))
    painter.setFont(font)
    where = QRect(place.left(), place.top(), place.width(), height)
    painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | WRAP), in_lines(text, font, where.size()))
    return place.top() + height


def _fitted(
    theme: Theme, text: str, font: QFont, width: int, role: Role, lines: int = 1
) -> tuple[QFont, int]:
    """The font in which a text is painted, and the height that it then takes."""
    height = line_height(theme, role)
    font = fitted(text, font, QSize(width, lines * height), theme.px(SMALLEST_MM))
    return font, max(height, text_size(text, font, width).height())
