"""What the painted cards share: facts in lines, every one of them painted, smaller together where they are too many."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from kiosk.light import light
from kiosk.ui.theme import SMALLEST_TEXT_MM, Role, Theme
from kiosk.ui.widgets.fitting import STEP, WRAP, in_lines, text_size
from kiosk.ui.widgets.icons import icon

#: From one line to the next in ems, and what the typeface itself would take: cards are dense, no letters touch.
PITCH, NATURAL = 1.22, 1.45
#: The text's part of the sign before it, and the room between them.
SIGN, AFTER_SIGN_MM = 1.05, 2.0
#: By so many steps at most is what takes more than a line smaller than the rest.
LONG_AHEAD = 2
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

    @property
    def wraps(self) -> bool:
        """Whether it takes more than a line."""
        return self.height > self.pitch

    @property
    def pitch(self) -> int:
        """Pixels from line to line."""
        return round(self.px * PITCH)


def line_px(theme: Theme, role: Role) -> int:
    """Pixels from one line of a role's text to the next on a card."""
    return round(theme.text_px(role) * PITCH)


def lay_out(theme: Theme, facts: Sequence[Fact], width: int, height: int) -> tuple[Laid, ...]:
    """All of the facts, each on as many lines as it needs, in the largest letters in which they fit the room.

    What takes more than a line becomes smaller first, but only by as much as still looks alike; then everything by the
    same part. None is left out: what does not fit in the smallest letters either is higher than the room.
    """
    least = theme.px(SMALLEST_TEXT_MM)

    @cache
    def laid(at: int, steps: int) -> Laid:
        return _laid(theme, facts[at], width, max(least, int(theme.text_px(facts[at].role) * STEP**steps)))

    ways = _ways()
    while True:
        steps, ahead = next(ways)
        tried = tuple(laid(at, steps + ahead if laid(at, steps).wraps else steps) for at in range(len(facts)))
        if sum(each.height for each in tried) <= height or all(each.px <= least for each in tried):
            return tried


def _ways() -> Iterator[tuple[int, int]]:
    """By how many steps everything is smaller, and by how many more what wraps; the largest smallest letters first."""
    for most in count():
        for ahead in range(min(LONG_AHEAD, most), -1, -1):
            yield most - ahead, ahead


def _laid(theme: Theme, fact: Fact, width: int, px: int) -> Laid:
    font = theme.font(fact.role, bold=fact.bold)
    font.setPixelSize(px)
    room = width - (round(px * SIGN) + theme.px(AFTER_SIGN_MM) if fact.sign else 0)
    size = text_size(fact.text, font, room)
    lines = max(1, round(size.height() / (px * NATURAL)))
    if lines > 1 and QFontMetrics(font).horizontalAdvance(fact.text) <= room:
        lines = 1  # Qt wraps a pixel earlier than it needs to
    height = lines * round(px * PITCH)
    if size.width() > room and px > theme.px(SMALLEST_TEXT_MM):
        height = TOO_HIGH
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
    fact, pitch = laid.fact, laid.pitch
    if fact.sign:
        mark = round(laid.px * SIGN)
        painter.drawPixmap(x, y + (pitch - mark) // 2, icon(fact.sign, theme.palette.soft, mark))
        x += mark + theme.px(AFTER_SIGN_MM)
    painter.setPen(theme.colour(fact.tone))
    painter.setFont(laid.font)
    if not laid.wraps:
        lines = [fact.text]
    else:
        lines = in_lines(fact.text, laid.font, QSize(laid.width, laid.height)).split("\n")
    if len(lines) * pitch < laid.height:  # too long to be weighed: Qt fills its lines
        place = QRect(x, y, laid.width, laid.height)
        painter.drawText(place, int(side | WRAP | FREE), fact.text)
        return
    for line in lines:
        painter.drawText(
            QRect(x, y, laid.width, pitch), int(side | Qt.AlignmentFlag.AlignVCenter | FREE), line
        )
        y += pitch
