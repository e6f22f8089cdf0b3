"""A slip on the screen, whole or in two halves."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from kiosk.ui.theme import Theme
from kiosk.ui.widgets.picture import FOLD_MM, Picture

WIDE, HIGH, WORDS_PX = 100, 400, 30


def png(*begin: int) -> bytes:
    """A long paper with a black bar at each of some heights."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for top in begin:
        painter.fillRect(10, top, WIDE - 20, WORDS_PX, QColor(Qt.GlobalColor.black))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def picture(theme: Theme, qtbot) -> Picture:
    picture = Picture(theme, "slip")
    qtbot.addWidget(picture)
    return picture


def test_a_folded_slip_is_twice_as_large_in_the_same_height(picture, theme):
    picture.show_png(png(20, 180, 300))
    whole = picture.wide_in(HIGH)
    picture.fold(on=True)
    assert whole == WIDE
    assert picture.folded
    half = (picture.wide_in(HIGH) - theme.px(FOLD_MM)) / 2
    assert half > 1.6 * whole


def test_nothing_that_is_written_is_cut_by_the_fold(picture, theme):
    picture.fold(on=True)
    picture.show_png(png(20, 180, 300))
    picture.resize(picture.wide_in(HIGH), HIGH)
    shown = picture.grab().toImage()
    columns = [shown.width() // 4, shown.width() * 3 // 4]
    runs = []
    for x in columns:
        dark = [shown.pixelColor(x, y).lightness() < 128 for y in range(shown.height())]
        begun = [y for y in range(1, len(dark)) if dark[y] and not dark[y - 1]]
        ended = [y for y in range(1, len(dark)) if dark[y - 1] and not dark[y]]
        runs += [end - start for start, end in zip(begun, ended, strict=True)]
    bars = [run for run in runs if run > theme.px(1)]
    assert len(bars) == 3
    assert max(bars) - min(bars) <= 2


def test_a_paper_without_a_white_band_in_the_middle_stays_whole(picture):
    picture.fold(on=True)
    picture.show_png(png(*range(140, 260, WORDS_PX)))
    assert not picture.folded
    assert picture.wide_in(HIGH) == WIDE


def test_a_wiped_picture_takes_no_width(picture):
    picture.fold(on=True)
    picture.show_png(png(20, 300))
    picture.wipe()
    assert picture.wide_in(HIGH) == 0
