"""What a page hides while only a part of it can be seen."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.ui.components.veil import Veil
from kiosk.ui.widgets.fields import Field

HIGH, WIDE = 600, 400


@pytest.fixture
def page(theme, qtbot) -> QWidget:
    """A title, a question with its heading and two lines, a field, and a foot."""
    page = QWidget()
    qtbot.addWidget(page)
    page.title = QLabel("多少钱？", page)
    page.title.setGeometry(0, 10, WIDE, 40)
    page.question = QWidget(page)
    page.question.setGeometry(0, 100, WIDE, 150)
    page.heading = QLabel("什么时候结", page.question)
    page.heading.setGeometry(0, 0, WIDE, 30)
    page.first, page.second = QPushButton("当天结", page.question), QPushButton("一周一结", page.question)
    page.first.setGeometry(0, 40, WIDE, 40)
    page.second.setGeometry(0, 100, WIDE, 40)
    page.field = Field(theme, "wage")
    page.field.say("工钱", "可以不填")
    page.field.setParent(page)
    page.field.setGeometry(0, 300, WIDE, 160)
    page.foot = QWidget(page)
    page.foot.setGeometry(0, 520, WIDE, 60)
    QVBoxLayout(page.foot).addWidget(QLabel("下一步", page.foot))
    page.resize(WIDE, HIGH)
    page.show()
    page.veil = Veil(page)
    return page


def hidden(page: QWidget, widget: QWidget) -> bool:
    middle = widget.mapTo(page, widget.rect().center())
    return page.childAt(middle) is page.veil


def test_what_the_lower_edge_cuts_goes_with_its_words(page):
    page.veil.cover(0, 380, page.foot)
    assert hidden(page, page.field.label)
    assert hidden(page, page.field.line)
    assert not hidden(page, page.second)


def test_a_heading_goes_if_nothing_is_left_of_what_it_is_about(page):
    page.veil.cover(0, 160, page.foot)
    assert hidden(page, page.first)
    assert hidden(page, page.heading)
    page.veil.cover(0, 190, page.foot)
    assert not hidden(page, page.first)
    assert not hidden(page, page.heading)


def test_what_the_upper_edge_cuts_goes(page):
    page.veil.cover(30, HIGH, page.foot)
    assert hidden(page, page.title)
    assert not hidden(page, page.heading)


def test_where_nothing_is_cut_nothing_is_hidden(page):
    """An empty mask would be none at all, and the page all veil."""
    page.veil.cover(5, HIGH, page.foot)
    assert page.veil.isHidden()
    assert page.childAt(QPoint(WIDE // 2, 30)) is page.title
