"""The place of a screen: how high the screen is in it."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from kiosk.ui.area import ScreenArea

PLACE_PX, LABEL_PX = 200, 300


@pytest.fixture
def window(qtbot) -> QWidget:
    """A screen of a field and a label that is higher than the place; in a window with the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    area = ScreenArea(window)
    screen = QWidget()
    column = QVBoxLayout(screen)
    column.addWidget(QLineEdit(screen))
    label = QLabel("还要三个人", screen)
    label.setMinimumHeight(LABEL_PX)
    column.addWidget(label)
    area.add(screen)
    area.put_on_top(screen)
    area.setGeometry(0, 0, 400, PLACE_PX)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if (focus := window.focusWidget()) is not None:
        focus.clearFocus()
    area.place()
    return window


def test_a_screen_that_nobody_writes_on_has_the_height_of_its_place(window):
    assert window.findChild(ScreenArea).current.height() == PLACE_PX


def test_a_screen_that_is_written_on_keeps_its_least_height(window):
    window.findChild(QLineEdit).setFocus()
    assert window.findChild(ScreenArea).current.height() > LABEL_PX


def test_long_words_are_given_their_lines_while_somebody_writes(window):
    label = window.findChild(QLabel)
    label.setMinimumHeight(0)
    label.setWordWrap(True)
    label.setText("每天干完活当场结工钱，" * 60)
    window.findChild(QLineEdit).setFocus()
    assert label.height() >= label.heightForWidth(label.width())


def test_a_remark_below_the_field_that_is_written_is_in_sight(qtbot):
    """It comes while somebody writes, and moves what is below it; the page goes up as far as it takes."""
    window = QWidget()
    qtbot.addWidget(window)
    area = ScreenArea(window)
    screen = QWidget()
    column = QVBoxLayout(screen)
    head = QLabel("工作人员登录", screen)
    head.setMinimumHeight(PLACE_PX - 60)
    field = QWidget(screen)
    parts = QVBoxLayout(field)
    line, remark = QLineEdit(field), QLabel("工号或密码不对，请再试一次。", field)
    remark.hide()
    foot = QLabel("登录", screen)
    foot.setMinimumHeight(60)
    for widget in (line, remark):
        parts.addWidget(widget)
    for widget in (head, field, foot):
        column.addWidget(widget)
    area.add(screen)
    area.put_on_top(screen)
    area.setGeometry(0, 0, 400, PLACE_PX)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    remark.show()
    qtbot.waitUntil(lambda: remark.y() > line.y())
    area.place()
    assert remark.mapTo(area, remark.rect().bottomLeft()).y() <= PLACE_PX
    assert line.mapTo(area, line.rect().topLeft()).y() >= 0
