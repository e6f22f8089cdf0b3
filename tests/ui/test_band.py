"""The band above every screen: the line about the station."""

import pytest
from PySide6.QtWidgets import QWidget

from kiosk.ui.band import Notice
from kiosk.ui.chrome import BAR_MM
from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import SMALLEST_TEXT_MM

LINE, WIDE_MM = "环翠零工驿站  ·  05:30  ·  885 unsent", 53


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def notice(theme, window) -> Notice:
    theme.set_look(TextSize.HUGE, high_contrast=False)
    notice = Notice(theme, BAR_MM, window)
    notice.setText(LINE)
    return notice


def test_a_long_line_is_written_smaller_rather_than_make_the_band_higher(notice, theme):
    width = theme.px(WIDE_MM)
    assert notice.heightForWidth(width) == theme.px(BAR_MM)
    notice.setFixedSize(width, notice.heightForWidth(width))
    assert notice.words_fit()


def test_words_that_fit_in_no_size_have_their_lines(notice, theme):
    notice.setText(LINE * 4)
    assert notice.heightForWidth(theme.px(WIDE_MM)) > theme.px(BAR_MM) > 2 * theme.px(SMALLEST_TEXT_MM)
