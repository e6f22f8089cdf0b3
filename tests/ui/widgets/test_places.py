import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.services.ports import Cursor
from kiosk.services.ports import Page as Rows
from kiosk.ui.components.list_place import ListPlace, Pages, Turned
from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.countdown import CountdownRing
from kiosk.ui.widgets.frames import TONES, Banner
from kiosk.ui.widgets.paged import PagedGrid
from kiosk.ui.widgets.picture import QrView
from kiosk.ui.widgets.states import Blank, PlaceNote
from kiosk.ui.widgets.text import Text

LETTERS = "abcdefghijklmnop"


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


def test_pages_stay_where_they_were_as_long_as_there_is_anything_on_them():
    pages = Pages(per_page=2)
    pages.put("abcde")
    pages.turn(1)
    pages.turn(1)
    assert (pages.shown, pages.place, pages.has_back, pages.has_on) == (("e",), "3/3", True, False)
    pages.turn(1)
    assert pages.shown == ("e",)
    pages.put("abc")
    assert (pages.shown, pages.place) == (("c",), "2/2")
    pages.put("")
    assert (pages.shown, pages.place, pages.has_back, pages.has_on) == ((), "1/1", False, False)


@pytest.mark.parametrize(
    ("former", "turns", "now", "place"),
    [(4, 2, 2, 5), (4, 1, 3, 3), (2, 3, 4, 3), (3, 2, 4, 3), (4, 0, 2, 1), (2, 5, 4, 4), (4, 3, 3, 5)],
)
def test_another_number_of_cards_counts_the_pages_anew(former, turns, now, place):
    """The first card stays the first; going back from there leaves nothing out."""

    def ask(start: Cursor | None, count: int) -> Rows[str]:
        at = start or 0
        return Rows(
            rows=tuple(LETTERS[at : at + count]), next=at + count if at + count < len(LETTERS) else None
        )

    turned: Turned[str] = Turned()
    turned.put(turned.finder(former)(ask))
    for _ in range(turns):
        assert turned.turn_on()
        turned.put(turned.finder(former)(ask))
    first = former * turns
    turned.put(turned.finder(now)(ask))
    assert (len(turned.starts), "".join(turned.rows)) == (place, LETTERS[first : first + now])
    missing = set(LETTERS[:first])
    while turned.turn_back():
        turned.put(turned.finder(now)(ask))
        missing -= set(turned.rows)
    assert not missing
    assert len(turned.starts) == 1


def test_a_note_that_has_a_page_for_itself_is_written_larger(theme, qtbot):
    note = PlaceNote(theme, "warning")
    qtbot.addWidget(note)
    note.say("这个活去不了", "这个活您已经报过名，在“我的”里看。")
    note.show()
    least = note.minimumSizeHint().height()
    for high, px in ((400, theme.text_px(Role.FACT)), (100, theme.text_px(Role.LEAD))):
        note.resize(theme.px(250), theme.px(high))
        assert note.findChildren(Text)[0].font().pixelSize() == px
        assert note.minimumSizeHint().height() <= least


def test_a_place_without_tiles_says_why_and_offers_what_helps(theme, qtbot):
    tiles = [QWidget() for _ in range(4)]
    place = ListPlace(theme, tiles, "search", most_mm=30)
    qtbot.addWidget(place)
    place.resize(800, 900)
    place.show()
    place.lack(Blank(sentence="没有找到这样的活", do="换个说法", action="看全部的活"))
    assert place.note.isVisible()
    button = next(each for each in place.note.findChildren(BigButton))
    with qtbot.waitSignal(place.acted):
        button.click()
    place.show_tiles(2, "1/1", has_back=False, has_on=False)
    assert not place.note.isVisible()
    assert [each.isVisible() for each in tiles] == [True, True, False, False]
    QApplication.processEvents()  # the free room becomes known with the size
    assert tiles[0].height() <= theme.px(30), "few tiles do not grow"
    assert place.minimumSizeHint().height() < 400, (
        "room that is free is not asked for when the place gets lower"
    )
