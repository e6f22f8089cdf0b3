"""Measures a screen as a ruler would: touch targets, gaps, text sizes, clipped words."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk.ui.components.page import Page
from kiosk.ui.theme import SMALLEST_TEXT_MM, Theme
from kiosk.ui.widgets.buttons import STAFF_MM, BigButton
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Kind, Touchable

WORKER_LEAST_MM, GAP_MM, DANGER_GAP_MM = 16.0, 3.0, 5.0
#: Sheets from this height on are looked at; what is on them reaches over so much of it, and takes so much of it itself.
HIGH_MM, LEAST_REACH, LEAST_TAKEN = 60.0, 0.45, 0.25
#: A pixel of rounding is no fault.
SLACK_PX = 1


def faults(root: QWidget, theme: Theme, *, for_staff: bool = False) -> list[str]:
    """What a hand or an eye would trip over; an empty list is a good screen.

    Args:
        root: a shown widget of the size to be judged.
        theme: what it was dressed with.
        for_staff: staff targets may be smaller.
    """
    seen = [
        each
        for each in root.findChildren(QWidget)
        if each.isVisible() and _in_sight(each, root) and not _below_the_way_on(each, root)
    ]
    found = [
        fault
        for each in seen
        for fault in _clipped(each, root) + _too_small(each, theme, for_staff=for_staff)
    ]
    found += [fault for each in seen if isinstance(each, Card) for fault in _stretched(each, theme)]
    targets = [each for each in seen if isinstance(each, QAbstractButton | QLineEdit)]
    texts = [each for each in seen if isinstance(each, QLabel) and each.text()]
    return found + _too_near(targets, root, theme) + _overlapping(texts + targets, root)


def _in_sight(widget: QWidget, root: QWidget) -> bool:
    return widget.width() > 0 and root.rect().intersects(_place(widget, root))


def _below_the_way_on(widget: QWidget, root: QWidget) -> bool:
    """On a page that is moved up while somebody writes: what its lifted row of actions covers, wholly or in part."""
    if not isinstance(root, Page) or not root.lifted_over:
        return False
    in_foot = widget is root.foot or root.foot.isAncestorOf(widget)
    return not in_foot and _place(widget, root).bottom() >= root.lifted_over


def _place(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"


def _clipped(widget: QWidget, root: QWidget) -> list[str]:
    found = []
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    if (text or isinstance(widget, QAbstractButton)) and not root.rect().contains(_place(widget, root)):
        found.append(f"{_name(widget)} stands out of the screen")
    if (
        isinstance(widget, BigButton)
        and type(widget).paintEvent is BigButton.paintEvent
        and not widget.words_fit()
    ):
        found.append(f"{_name(widget)} does not fit its words")
    if isinstance(widget, QLabel) and text:
        needs = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        narrow = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + SLACK_PX
        as_written = widget.words_fit() if isinstance(widget, Text) else False  # it may be written smaller
        if (narrow or needs > widget.height() + SLACK_PX) and not as_written:
            found.append(f"{_name(widget)} is clipped")
        longest = max((widget.fontMetrics().horizontalAdvance(word) for word in text.split()), default=0)
        if widget.wordWrap() and text.isascii() and longest > widget.width() + SLACK_PX and not as_written:
            found.append(f"{_name(widget)} has a word that is wider than its place")
    return found


def _too_small(widget: QWidget, theme: Theme, *, for_staff: bool) -> list[str]:
    found = []
    if isinstance(widget, QAbstractButton):
        least = theme.px(STAFF_MM if for_staff else WORKER_LEAST_MM)
        if min(widget.width(), widget.height()) < least - SLACK_PX:
            found.append(f"{_name(widget)} is {widget.width()} × {widget.height()} px, less than {least}")
    named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
    if isinstance(widget, QAbstractButton | QLineEdit) and not named:
        found.append(f"{_name(widget)} has no name")
    if isinstance(widget, BigButton) and widget._icon and not widget.spoken_text():
        found.append(f"{_name(widget)} has an icon and no word")
    says = isinstance(widget, QLabel | QLineEdit) and widget.text()
    if says and not for_staff and widget.font().pixelSize() < theme.px(SMALLEST_TEXT_MM) - SLACK_PX:
        found.append(f"{_name(widget)} has letters of {widget.font().pixelSize()} px")
    return found


def _too_near(targets: list[QWidget], root: QWidget, theme: Theme) -> list[str]:
    places = [(each, _place(each, root)) for each in targets]
    return [
        f"{_name(one)} and {_name(other)} are nearer than {_gap(one, other)} mm"
        for at, (one, place) in enumerate(places)
        for other, beside in places[at + 1 :]
        if not one.isAncestorOf(other)
        and _grown(place, theme.px(_gap(one, other)) - SLACK_PX).intersects(beside)
    ]


def _gap(one: QWidget, other: QWidget) -> float:
    """Around what destroys something there is more air."""
    destroys = any(isinstance(each, Touchable) and each.kind is Kind.DANGER for each in (one, other))
    return DANGER_GAP_MM if destroys else GAP_MM


def _grown(place: QRect, by: int) -> QRect:
    return place.adjusted(-by, -by, by, by)


def _stretched(sheet: Card, theme: Theme) -> list[str]:
    """A sheet that was pulled far beyond what is on it: words in its upper part alone, or scattered over it."""
    if sheet.height() < theme.px(HIGH_MM):
        return []
    leaves = [
        each
        for each in sheet.findChildren(QWidget)
        if each.isVisible()
        and not each.findChildren(QWidget)
        and (not isinstance(each, QLabel) or each.text())
    ]
    spans = sorted(_span(each, sheet) for each in leaves)
    if not spans:
        return []
    top, bottom = spans[0][0], max(end for _, end in spans)
    reached = [top]
    for _, end in spans:
        reached.append(max(reached[-1], end))
    gaps = sum(max(0, start - end) for (start, _), end in zip(spans, reached[: len(spans)], strict=True))
    reach, taken = (bottom - top) / sheet.height(), (bottom - top - gaps) / sheet.height()
    if reach < LEAST_REACH or taken < LEAST_TAKEN:
        return [f"a sheet of {sheet.height()} px is stretched: {reach:.2f} of it reached, {taken:.2f} taken"]
    return []


def _span(widget: QWidget, sheet: QWidget) -> tuple[int, int]:
    """From where to where its contents stand on the sheet; a label's words, not its place."""
    top = widget.mapTo(sheet, QPoint(0, 0)).y()
    if not isinstance(widget, QLabel):
        return top, top + widget.height()
    needs = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
    return top, top + min(needs, widget.height())


def _overlapping(shown: list[QWidget], root: QWidget) -> list[str]:
    """Words or targets that lie over each other (a label inside its button does not)."""
    places = [(each, _place(each, root)) for each in shown]
    return [
        f"{_name(one)} and {_name(other)} lie over each other"
        for at, (one, place) in enumerate(places)
        for other, beside in places[at + 1 :]
        if not (one.isAncestorOf(other) or other.isAncestorOf(one))
        and min(place.intersected(beside).width(), place.intersected(beside).height()) > SLACK_PX
    ]
