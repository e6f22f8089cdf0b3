"""What the painted cards share: facts in lines, every one of them painted, smaller together where they are too many."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter

from kiosk.light import light
from kiosk.ui.theme import SMALLEST_TEXT_MM, Role, Theme
from kiosk.ui.widgets.fitting import STEP, WRAP, in_lines, text_size
from kiosk.ui.widgets.icons import icon

#: From one line to the next in ems, and what the typeface itself would take: cards are dense, no letters touch.
PITCH, NATURAL = 1.22, 1.45
#: The text's part of the sign before it, and the room between them.
SIGN, AFTER_SIGN_MM = 1.05, 2.0
#: More lines than a card could have: a text that is wider than its place does not fit, whatever its height.
TOO_HIGH = 100_000
FREE = Qt.TextFlag.TextDontClip


@light
class Fact:
    """A text on a card, behind a small sign or none."""

    text: str
    sign: str = ""
    role: Role = Role.BODY
    bold: bool = False
    tone: str = "ink"


@light
class Laid:
    """A fact with the font and the pixels that it takes."""

    fact: Fact
    font: QFont
    width: int
    height: int

    @property
    def px(self) -> int:
        """Pixels of its em."""
        return self.font.pixelSize()


def line_px(theme: Theme, role: Role) -> int:
    """Pixels from one line of a role's text to the next on a card."""
    return round(theme.text_px(role) * PITCH)


def lay_out(theme: Theme, facts: Sequence[Fact], width: int, height: int) -> tuple[Laid, ...]:
    """All of the facts, on as many lines as they need, in the largest letters in which they fit the room together.

    They become smaller by the same part, so that a card has as many sizes of letters as roles. None is left out: what
    does not fit in the smallest letters either is higher than the room.
    """
    least, scale = theme.px(SMALLEST_TEXT_MM), 1.0
    while True:
        laid = tuple(_laid(theme, fact, width, scale, least) for fact in facts)
        if sum(each.height for each in laid) <= height or all(each.px <= least for each in laid):
            return laid
        scale *= STEP


def _laid(theme: Theme, fact: Fact, width: int, scale: float, least: int) -> Laid:
    font = theme.font(fact.role, bold=fact.bold)
    px = max(least, round(font.pixelSize() * scale))
    font.setPixelSize(px)
    room = width - (round(px * SIGN) + theme.px(AFTER_SIGN_MM) if fact.sign else 0)
    size = text_size(fact.text, font, room)
    lines = max(1, round(size.height() / (px * NATURAL)))
    height = round(lines * px * PITCH) if size.width() <= room or px <= least else TOO_HIGH
    return Laid(fact=fact, font=font, width=room, height=height)


def paint_fact(
    painter: QPainter,
    theme: Theme,
    laid: Laid,
    x: int,
    y: int,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One fact with its upper left corner at a point."""
    fact, pitch = laid.fact, round(laid.px * PITCH)
    if fact.sign:
        mark = round(laid.px * SIGN)
        painter.drawPixmap(x, y + (pitch - mark) // 2, icon(fact.sign, theme.palette.soft, mark))
        x += mark + theme.px(AFTER_SIGN_MM)
    painter.setPen(theme.colour(fact.tone))
    painter.setFont(laid.font)
    if laid.height <= pitch:
        lines = [fact.text]
    else:
        lines = in_lines(fact.text, laid.font, QSize(laid.width, laid.height)).split("\n")
    if len(lines) * pitch < laid.height - pitch // 2:  # too long to be weighed: Qt fills its lines
        place = QRect(x, y, laid.width, laid.height)
        painter.drawText(place, int(side | WRAP | FREE), fact.text)
        return
    for line in lines:
        painter.drawText(
            QRect(x, y, laid.width, pitch), int(side | Qt.AlignmentFlag.AlignVCenter | FREE), line
        )
        y += pitch
