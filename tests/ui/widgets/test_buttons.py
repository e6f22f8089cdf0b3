import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.buttons import STAFF_MM, WORKER_MM, BigButton, Choice, Kind
from kiosk.ui.widgets.grid import TileGrid


def picture(button: BigButton) -> QImage:
    return button.grab().toImage()


@pytest.fixture
def make(theme: Theme, qtbot):
    def made(kind: Kind = Kind.PLAIN, text: str = "我要去", **more) -> BigButton:
        button = BigButton(theme, kind, **more)
        button.say(text)
        qtbot.addWidget(button)
        button.adjustSize()
        return button

    return made


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("high", [False, True])
def test_a_finger_shows_at_once(make, theme, kind, high):
    theme.set_look(TextSize.LARGE, high_contrast=high)
    button = make(kind)
    before = picture(button)
    button.setDown(True)
    assert picture(button) != before


def test_a_row_of_actions_is_written_in_one_size(make):
    """As far as the smallest one needs it, and not below three fifths."""
    row = [make(text="停止招工", icon_name="stop"), make(text="续期十五天整", icon_name="calendar")]
    for button in row:
        button.stand_with(row)
        button.resize(240, 60)
        button.show()
    own = [button.own_px for button in row]
    assert own[0] > own[1]
    pictures = [button._worded().font.pixelSize() for button in row]
    assert pictures[0] == pictures[1] < own[0]
    row[1].hide()
    assert row[0]._worded().font.pixelSize() == own[0]


def test_sizes_are_those_of_a_finger(make, theme):
    assert make(text="是").sizeHint().height() >= theme.px(WORKER_MM)
    assert make(text="是").sizeHint().width() >= theme.px(WORKER_MM)
    assert make(text="是", height_mm=STAFF_MM).sizeHint().height() >= theme.px(STAFF_MM)


def test_its_name_is_its_word(make):
    button = make(text="我要去")
    assert button.accessibleName() == "我要去"
    assert button.spoken_text() == "我要去"


@pytest.mark.parametrize("size", list(TextSize))
@pytest.mark.parametrize("icon_name", ["", "check", "right"])
@pytest.mark.parametrize("upright", [False, True])
def test_its_own_size_holds_its_words(make, theme, size, icon_name, upright):
    theme.set_look(size, high_contrast=False)
    button = make(text="Cancel this placement", icon_name=icon_name, upright=upright)
    assert button.words_fit()


def test_long_words_wrap_and_shrink_before_they_are_cut(make, theme):
    button = make(text="取消这次上岗并告诉用工方原因", icon_name="cross")
    button.resize(theme.px(80), theme.px(20))
    assert button.words_fit()
    button.resize(theme.px(20), theme.px(16))
    assert not button.words_fit()


def test_the_focus_frame_is_for_the_keyboard(make, qtbot):
    button = make()
    button.show()
    button.activateWindow()
    qtbot.waitUntil(button.isActiveWindow, timeout=2000)
    button.setFocus(Qt.FocusReason.OtherFocusReason)
    plain = picture(button)
    assert not button.focus_shown()
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.focus_shown()
    assert picture(button) != plain


def test_space_presses(make, qtbot):
    button = make()
    with qtbot.waitSignal(button.clicked, timeout=1000):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_chosen_is_more_than_a_colour(theme, qtbot):
    theme.set_look(TextSize.LARGE, high_contrast=True)  # where the ground stays black
    choice = Choice(theme)
    qtbot.addWidget(choice)
    choice.say("今天")
    choice.adjustSize()
    before = picture(choice)
    choice.setChecked(True)
    assert picture(choice) != before
    assert choice.words_fit()


def test_chosen_in_black_and_white_is_turned_round(theme, qtbot):
    """A thicker line and a small mark are missed by weak eyes: the ground changes, as it does in colours."""
    choice = Choice(theme)
    qtbot.addWidget(choice)
    choice.say("今天")
    choice.resize(400, 100)
    choice.setChecked(True)
    for high, ground in ((False, "blue_soft"), (True, "blue")):
        theme.set_look(TextSize.LARGE, high_contrast=high)
        assert picture(choice).pixelColor(60, 50) == theme.colour(ground)
    choice.setChecked(False)
    assert picture(choice).pixelColor(60, 50) == theme.colour("card")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("high", [False, True])
def test_the_focus_frame_is_seen_on_every_ground(make, theme, qtbot, kind, high):
    theme.set_look(TextSize.LARGE, high_contrast=high)
    button = make(kind)
    button.show()
    button.activateWindow()
    qtbot.waitUntil(button.isActiveWindow, timeout=2000)
    button.clearFocus()
    plain = picture(button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.focus_shown()
    framed = picture(button)
    inset = theme.px(1.4)
    row = [framed.pixelColor(x, inset) for x in range(20, framed.width() - 20)]
    ground = plain.pixelColor(framed.width() // 2, inset)
    assert max(abs(each.lightness() - ground.lightness()) for each in row) > 60


def test_words_below_an_icon_keep_their_size_before_the_icon_does(make, theme):
    """A note that comes takes room from the icon: tiles beside each other are read as one group."""
    tile = make(text="建筑装修", icon_name="work", upright=True)
    tile.resize(theme.px(60), theme.px(44))
    tile.say("建筑装修", "选了 3 个")
    placed = tile._place()
    assert placed.lines[0].font.pixelSize() == tile._font().pixelSize()
    assert placed.icon_px < tile._icon_px()


def test_a_word_below_an_icon_stays_on_one_line_if_it_nearly_fits(make, theme):
    tile = make(text="Guarding and property", icon_name="work", upright=True)
    usual, wide = tile._font().pixelSize(), tile.sizeHint().width()
    for share, lines in ((0.9, 1), (0.65, 2)):
        tile.resize(round(wide * share), theme.px(60))
        tile.stand_with([tile])
        tile.show()
        assert len(tile._place().lines[0].text.split("\n")) == lines
        assert usual * 0.8 <= tile.own_px <= usual


def test_a_number_that_changes_paints_its_own_tile_alone(theme, qtbot):
    tiles = [BigButton(theme, icon_name="work", upright=True) for _ in range(3)]
    grid = TileGrid(theme, 3)
    qtbot.addWidget(grid)
    for tile in tiles:
        tile.keep_face()
        tile.say("搬运装卸", "3 个活")
    grid.set_tiles(tiles)
    grid.resize(900, 300)
    grid.show()
    grid.grab()
    asked = []
    for tile in tiles[1:]:
        tile.write_anew = lambda tile=tile: asked.append(tile)
    tiles[0].say("搬运装卸", "4 个活")
    assert asked == []
    tiles[0].say(
        "很长很长的一个工种的名字，一行写不下，两行也写不下，还要再小一些才行，三行四行都不够写", "4 个活"
    )
    assert asked == tiles[1:]
