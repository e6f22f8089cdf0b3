import re

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QRegion

from kiosk.assets import AssetMissing, asset_path
from kiosk.ui.widgets.icons import icon

NAMES = sorted(path.stem for path in asset_path("icons").glob("*.svg"))
INK, PX = "#0b4a7a", 96


def inked(name: str, **more) -> QRect:
    """The part of the picture that has ink."""
    return QRegion(icon(name, INK, PX, **more).mask()).boundingRect()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something_that_stays_inside(qapp, name):
    box = inked(name)
    assert max(box.width(), box.height()) > PX * 0.3
    assert QRect(0, 0, PX, PX).contains(box)
    image = icon(name, INK, PX).toImage()
    assert any(image.pixelColor(x, y) == QColor(INK) for x in range(0, PX, 2) for y in range(0, PX, 2)), (
        "not tinted"
    )


@pytest.mark.parametrize("name", NAMES)
def test_all_have_the_same_line(name):
    drawing = asset_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    grid = re.search(r'viewBox="0 0 (\d+) \1"', drawing)
    assert grid is not None
    lines = {float(width) / int(grid[1]) for width in re.findall(r'stroke-width="([\d.]+)"', drawing)}
    assert lines == {1 / 16}
    assert 'stroke-linecap="round"' in drawing
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing)) <= {"none", "currentColor"}


def test_a_bolder_line_has_more_ink(qapp):
    assert inked("plus", line=1.4).width() > inked("plus").width()


def test_an_unknown_icon_is_an_error(qapp):
    with pytest.raises(AssetMissing):
        icon("no_such_icon", INK, PX)


@pytest.mark.parametrize("px", [0, -3])
def test_where_there_is_no_room_there_is_no_picture_and_no_complaint(qapp, px, qtlog):
    assert icon("check", INK, px).isNull()
    assert qtlog.records == []
