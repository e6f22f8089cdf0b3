"""A kept face is the same picture, is used only for what looks the same, and goes when the words do."""

import pytest
from PySide6.QtGui import QImage

from kiosk.ui.preferences import TextSize
from kiosk.ui.widgets.buttons import BigButton, Kind
from tests.ui.ink import inks


@pytest.fixture
def tile(theme, qtbot):
    button = BigButton(theme, Kind.PLAIN, icon_name="work", upright=True)
    button.say("家政服务", "12 个活")
    qtbot.addWidget(button)
    button.resize(330, 300)
    return button


@pytest.fixture
def drawn(tile, monkeypatch):
    """Counts how often the tile is painted anew."""
    times = []
    draw = tile._draw
    monkeypatch.setattr(tile, "_draw", lambda painter: (times.append(1), draw(painter)))
    return times


def look(button: BigButton) -> QImage:
    return button.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_shown_again_it_is_copied_and_looks_the_same(tile, drawn):
    plain = look(tile)
    tile.keep_face()
    pictures = [look(tile) for _ in range(5)]
    assert len(drawn) == 3  # before it was kept, the first time, and into the picture
    assert all(picture == plain for picture in pictures)


@pytest.mark.parametrize(
    "change",
    [
        lambda tile: tile.say("建筑装修", "12 个活"),
        lambda tile: tile.say("家政服务", "13 个活"),
        lambda tile: tile.set_icon("list"),
        lambda tile: tile.set_kind(Kind.ACTION),
        lambda tile: tile.setDown(True),
        lambda tile: tile.setEnabled(False),
        lambda tile: tile.set_keys("F2"),
        lambda tile: tile.resize(300, 330),
    ],
    ids=["word", "note", "icon", "kind", "pressed", "off", "key", "size"],
)
def test_what_has_changed_is_seen(tile, change):
    tile.keep_face()
    before = [look(tile) for _ in range(3)][-1]
    change(tile)
    assert look(tile) != before
    assert look(tile) == look(tile)


def test_another_look_is_painted_anew(tile, theme):
    tile.keep_face()
    before = [look(tile) for _ in range(3)][-1]
    theme.set_look(TextSize.LARGE, high_contrast=True)
    assert look(tile) != before


def test_who_reads_what_is_painted_finds_the_words(tile, qtbot):
    tile.keep_face()
    tile.show()
    for _ in range(3):
        look(tile)
    assert {ink.text for ink in inks(tile)} >= {"家政服务"}
