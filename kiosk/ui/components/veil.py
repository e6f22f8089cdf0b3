"""What a page hides while somebody writes: nothing on it is seen in part."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.frames import Card


class Veil(QWidget):
    """Lies over a page of which only a part can be seen, in the page's own colour.

    It covers what is below the way on, and what the edges of the part in sight would cut: a field with its words goes
    as a whole, except the one that is written in; so does a heading, if nothing is left of what it is about.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setAutoFillBackground(True)
        self.hide()

    def cover(self, seen_from: int, seen_to: int, foot: QWidget) -> None:
        """Leave the part between two heights (pixels from the page's upper edge) in sight, and the foot."""
        page = self._page
        covered = QRegion(0, seen_to, page.width(), max(0, page.height() - seen_to))
        for place in _cut(page, foot, seen_from, seen_to):
            covered += QRegion(place)
        self.setGeometry(page.rect())
        self.setMask(covered)
        self.setVisible(not covered.isEmpty())  # an empty mask would be none
        self.raise_()


def _cut(page: QWidget, foot: QWidget, seen_from: int, seen_to: int) -> Iterator[QRect]:
    """The places of all parts that are cut, and of headings whose first part is."""
    parts = {unit: QRect(unit.mapTo(page, QPoint(0, 0)), unit.size()) for unit in _units(page, foot)}
    gone = [
        unit
        for unit, at in parts.items()
        if at.top() < seen_from <= at.bottom() or at.top() < seen_to <= at.bottom()
    ]
    for unit in gone:
        yield parts[unit]
    for unit, at in parts.items():
        about = unit.parentWidget()
        if not isinstance(unit, QLabel) or about is None or about is page or at.bottom() >= seen_to:
            continue
        below = [
            (each.top(), each.bottom(), isinstance(other, QLabel))
            for other, each in parts.items()
            if each.top() > at.bottom() and about.isAncestorOf(other)
        ]
        if not below:
            continue
        _, bottom, is_text = min(below)
        if bottom >= seen_to and not is_text:
            yield at


def _units(page: QWidget, foot: QWidget) -> Iterator[QWidget]:
    """What is seen as a whole or not at all: fields, cards, buttons, texts."""
    seen: set[QWidget] = set()
    focus = QApplication.focusWidget()
    for each in page.findChildren(QWidget):
        if not isinstance(each, QAbstractButton | QLabel | QLineEdit) or not each.isVisible():
            continue
        if foot.isAncestorOf(each):
            continue
        unit: QWidget = each
        above = each.parentWidget()
        while above is not None and above is not page:
            if isinstance(above, Field | Card) and (focus is None or not above.isAncestorOf(focus)):
                unit = above
            above = above.parentWidget()
        if unit not in seen and (unit is not each or not isinstance(each, QLabel) or each.text()):
            seen.add(unit)
            yield unit
