import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from kiosk.ui.preferences import TextSize
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.countdown import CountdownRing
from kiosk.ui.widgets.frames import TONES, Banner
from kiosk.ui.widgets.paged import PagedGrid
from kiosk.ui.widgets.picture import QrView


@pytest.fixture
def grid(theme, qtbot) -> PagedGrid:
    paged = PagedGrid(theme, (50, 30))
    qtbot.addWidget(paged)
    paged.say("上一页", "下一页")
    paged.resize(QSize(theme.px(220), theme.px(140)))
    paged.show()
    tiles = [BigButton(theme, parent=paged) for _ in range(30)]
    for at, tile in enumerate(tiles):
        tile.say(f"{at}")
    paged.set_tiles(tiles)
    return paged


def shown(grid: PagedGrid) -> list[int]:
    return [int(tile.text()) for tile in grid._tiles if tile.isVisible()]


def test_pages_show_every_tile_once(grid):
    seen = shown(grid)
    for _ in range(grid.pages - 1):
        grid._pager._on.click()
        seen += shown(grid)
    assert seen == list(range(30))
    assert not grid._pager._on.isEnabled()


def test_larger_text_means_fewer_tiles_and_the_page_stays_valid(grid, theme):
    before = grid.pages
    for _ in range(before - 1):
        grid._pager._on.click()
    theme.set_look(TextSize.HUGE, high_contrast=False)
    grid.retheme()
    assert grid.pages > before
    theme.set_look(TextSize.STANDARD, high_contrast=False)
    grid.retheme()
    assert grid.page < grid.pages


def test_a_turned_panel_has_other_columns(grid, theme):
    wide = grid._shape(30)[0]
    grid.resize(QSize(theme.px(110), theme.px(250)))
    assert grid._shape(30)[0] < wide


def test_no_pager_when_all_fit(grid):
    grid.set_tiles(grid._tiles[:4])
    assert grid.pages == 1
    assert grid._pager.isHidden()


def test_a_code_is_drawn_in_whole_pixels_on_white_in_every_palette(theme, qtbot):
    theme.set_look(TextSize.LARGE, high_contrast=True)
    view = QrView(theme, "qr")
    qtbot.addWidget(view)
    code = QImage(21, 21, QImage.Format.Format_RGB32)
    code.fill(QColor("white"))
    for at in range(0, 21, 2):
        code.setPixelColor(at, 10, QColor("black"))
    view.show_image(code)
    view.resize(500, 400)
    image = view.grab().toImage()
    row = [image.pixelColor(x, 200).lightness() for x in range(500)]
    times = (400 - 2 * theme.px(4)) // 21
    left = (500 - 21 * times) // 2
    assert {row[left + at * times + times // 2] for at in range(0, 21, 2)} == {0}
    assert {row[left + at * times + times // 2] for at in range(1, 21, 2)} == {255}
    assert set(row[left + 1 : left + times - 1]) == {0}


@pytest.mark.parametrize("tone", sorted(TONES))
def test_a_banner_says_it_with_an_icon_and_hides_when_it_says_nothing(theme, qtbot, tone):
    banner = Banner(theme, tone)
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.say("工资低于最低标准")
    assert not banner.isHidden()
    assert not banner._icon.pixmap().isNull()
    banner.wipe()
    assert banner.isHidden()


def test_the_ring_says_the_seconds_that_are_left(theme, qtbot):
    ring = CountdownRing(theme)
    qtbot.addWidget(ring)
    ring.show_left(30, 30)
    full = ring.grab().toImage()
    ring.show_left(-1, 30)
    assert ring.spoken_text() == "0"
    assert ring.grab().toImage() != full
