"""What an eye, an ear and a keyboard would trip over: judged by what was painted, not by what the widgets promise."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from kiosk.line_ends import BETWEEN_FACTS
from kiosk.ui.components.fact_card import FactCard
from kiosk.ui.components.listing_card import ListingCard
from kiosk.ui.components.page import Page
from kiosk.ui.components.tab_order import order_tabs
from kiosk.ui.screen import Screen, widget_text
from kiosk.ui.theme import KEY_FACT_MM, SMALLEST_TEXT_MM, Theme
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.text import Text
from tests.ui.ink import Ink, inks

LEAST_CONTRAST = 7.0
#: What the most contrasting pixel of a text must reach: thin strokes are smoothed at their edges.
LEAST_SEEN = 5.5
#: The ground is looked for so far around the letters.
RING_PX = 2
#: What stands below the base line, and how far down in ems: it is to be looked for there.
LOW, LOW_EM = "_", 0.2
#: Rounding, and the overhang of a letter.
SLACK_PX = 2
ELLIPSIS = "…"
ROLES = {
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
}
CONTROLS = QAbstractButton | QLineEdit | QPlainTextEdit | QTextEdit


def eye_faults(root: QWidget, theme: Theme, *, longer: bool = False) -> list[str]:
    """Texts of a shown window that are too small, cut off, shortened, over each other or too pale.

    Args:
        root: the window.
        theme: what it was dressed with.
        longer: its texts are longer than ours; key facts may then be smaller than they are else.
    """
    painted = inks(root)
    written = [ink for ink in painted if not _out_of_sight(ink, root)]
    picture = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    for ink in written:
        found += _size(ink, theme)
        found += _cut(ink, root)
        found += _contrast(ink, picture)
    facts = [] if longer else _key_facts(written, theme)
    return found + facts + _over_each_other(written) + _alone(written) + _left_out(painted, root)


def access_faults(root: QWidget) -> Iterator[str]:
    """Controls that a screen reader could not name; asked through Qt's accessibility tree."""
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or not widget.isVisible():
            continue
        known = QAccessible.queryAccessibleInterface(widget)
        name = known.text(QAccessible.Text.Name) if known is not None else ""
        if known is None or known.role() not in ROLES:
            yield f"{type(widget).__name__} {widget_text(widget)!r} has no role"
        if not name.strip():
            yield f"{type(widget).__name__} {widget_text(widget)!r} has no accessible name"
        elif name == widget.objectName():
            yield f"{name!r} is a name for programs, not for people"


def order_faults(root: QWidget) -> Iterator[str]:
    """Places where Tab goes back up instead of on: down, to the right, or up into a column further right."""
    if isinstance(root, Page):
        if root.lifted_over:
            return
        order_tabs(root)
    chain = list(_tab_chain(root))
    for one, other in pairwise(chain):
        a, b = (QRect(each.mapTo(root, QPoint(0, 0)), each.size()) for each in (one, other))
        back = b.bottom() <= a.top() and b.left() < a.right()
        left = (
            b.right() <= a.left() and abs(b.center().y() - a.center().y()) < min(a.height(), b.height()) // 2
        )
        if back or left:
            yield f"Tab goes back from {_called(one)} to {_called(other)}"


def reading_faults(screen: Screen) -> Iterator[str]:
    """Tables that are not read aloud row by row, each label with what it is."""
    said = screen.voice_text()
    for table in screen.findChildren(Facts):
        if table.isVisible() and not table.visibleRegion().isEmpty():
            words = [word for row in table._full for word in row if word]
            if not any(said[at : at + len(words)] == words for at in range(len(said))):
                yield f"{words} is not read aloud in one piece"


def _tab_chain(root: QWidget) -> Iterator[QWidget]:
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if takes and root.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
            yield widget
        widget = widget.nextInFocusChain()


def _called(widget: QWidget) -> str:
    return repr(widget.accessibleName() or widget_text(widget))


def _out_of_sight(ink: Ink, root: QWidget) -> bool:
    """Part of a page that is moved up while somebody writes: cut by the bar above, or below the way on."""
    page: QWidget | None = ink.widget
    while page is not None and not isinstance(page, Page):
        page = page.parentWidget()
    if page is None:
        return False
    seen = page.visibleRegion().boundingRect()
    if page.lifted_over:
        seen.setBottom(page.lifted_over)
    top = page.mapTo(root, seen.topLeft()).y()
    bottom = page.mapTo(root, seen.bottomLeft()).y()
    in_foot = (
        page.lifted_over and page.mapFromGlobal(ink.widget.mapToGlobal(QPoint(0, 0))).y() >= page.lifted_over
    )
    return not in_foot and (ink.place.top() < top or ink.place.bottom() > bottom)


def _size(ink: Ink, theme: Theme) -> list[str]:
    least = theme.px(SMALLEST_TEXT_MM) - 1
    return [f"{ink.text!r} is written in {ink.px} px"] if ink.px < least else []


def _key_facts(written: Sequence[Ink], theme: Theme) -> list[str]:
    """A card's wage, and whatever has the role of a key fact, written smaller than a key fact may be."""
    least = theme.px(KEY_FACT_MM) - 1
    wages: dict[QWidget, Ink] = {}
    found = []
    for ink in written:
        who = ink.widget
        if isinstance(who, ListingCard) and (who not in wages or wages[who].px < ink.px):
            wages[who] = ink
        if isinstance(who, Text) and who.role.value >= KEY_FACT_MM and ink.px < least:
            found.append(f"{ink.text!r} is a key fact of {ink.px} px")
    return found + [f"a wage of {ink.px} px ({ink.text!r})" for ink in wages.values() if ink.px < least]


def _left_out(painted: Sequence[Ink], root: QWidget) -> list[str]:
    """Facts that a card has and does not show, whole and in one piece. No other ruler sees it: nothing is cut."""
    written: dict[QWidget, str] = defaultdict(str)
    for ink in painted:
        written[ink.widget] += ink.text
    cards = [card for card in (root, *root.findChildren(FactCard)) if isinstance(card, FactCard)]
    return [
        f"{fact!r} is not written on the card {card.accessibleName()!r}"
        for card in cards
        if card.isVisible() and not card.visibleRegion().isEmpty()
        for fact in card.said()
        if _bare(fact) not in _bare(written[card])
    ]


def _bare(text: str) -> str:
    """Without spaces, and without the dot between two facts: at a line's end it is not written."""
    return "".join(text.replace(BETWEEN_FACTS, "").split())


def _cut(ink: Ink, root: QWidget) -> list[str]:
    room = ink.clip.adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX)
    if ELLIPSIS in ink.text and ELLIPSIS not in widget_text(ink.widget):
        return [f"{ink.text!r} is shortened"]
    writes = isinstance(ink.widget, QLineEdit)  # a long text in a field moves with its cursor
    if not writes and not (room.contains(ink.place) and QRectF(root.rect()).contains(ink.place)):
        return [f"{ink.text!r} in {type(ink.widget).__name__} is cut off"]
    return []


def _over_each_other(written: Sequence[Ink]) -> list[str]:
    found = []
    for at, one in enumerate(written):
        for other in written[at + 1 :]:
            shared = one.place.intersected(other.place)
            if min(shared.width(), shared.height()) > SLACK_PX:
                found.append(f"{one.text!r} and {other.text!r} are written over each other")
    return found


def _alone(written: Sequence[Ink]) -> list[str]:
    """Single characters that are left over for the last line of a text."""
    lines: dict[tuple[int, int], list[Ink]] = defaultdict(list)
    for ink in written:
        lines[id(ink.widget), round(ink.place.bottom())].append(ink)
    found = []
    for (widget, _), inks_of in lines.items():
        last = "".join(ink.text for ink in inks_of).strip()
        whole = "".join(widget_text(inks_of[0].widget).split())
        above = [
            other for (who, y), other in lines.items() if who == widget and y < inks_of[0].place.bottom() - 2
        ]
        before = "".join("".join(ink.text for ink in other) for other in above)[-2:].strip()
        left_over = sum(each.isalnum() for each in last) == 1 and not last.isascii()
        if left_over and before and whole.endswith(before + last):
            found.append(f"{last!r} of {whole!r} stands alone on a line")
    return found


def _contrast(ink: Ink, picture: QImage) -> list[str]:
    """The pen against what really lies around the letters, and the letters as they came out."""
    below = RING_PX + (round(ink.px * LOW_EM) if LOW in ink.text else 0)
    box = ink.place.toRect().adjusted(-RING_PX, -RING_PX, RING_PX, below).intersected(picture.rect())
    if box.isEmpty():
        return []
    view = memoryview(picture.constBits()).cast("I")
    line = picture.bytesPerLine() // 4
    seen: Counter[int] = Counter()
    for y in range(box.top(), box.bottom() + 1):
        seen.update(view[y * line + box.left() : y * line + box.right() + 1])
    ring = Counter(view[box.top() * line + box.left() : box.top() * line + box.right() + 1])
    ring.update(view[y * line + box.left()] for y in range(box.top(), box.bottom() + 1))
    ring.update(view[y * line + box.right()] for y in range(box.top(), box.bottom() + 1))
    ground = _luminance(ring.most_common(1)[0][0])
    best = max(ratio(_luminance(colour), ground) for colour in seen)
    pen = ratio(_luminance(QColor(ink.colour).rgb()), ground)
    if pen < LEAST_CONTRAST or best < LEAST_SEEN:
        return [f"{ink.text!r} has a contrast of {pen:.1f} (seen: {best:.1f})"]
    return []


def ratio(one: float, other: float) -> float:
    """WCAG's contrast of two luminances."""
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=1 << 16)
def _luminance(rgb: int) -> float:
    parts = [(rgb >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
