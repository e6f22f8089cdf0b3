"""The icon family: every drawing parses, keeps the family's line, stays inside the frame, and none is missing."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from kiosk.assets import AssetMissing, asset_path
from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.frames import TONES
from kiosk.ui.widgets.icons import CLEAR, WARM, icon, picture

FOLDER = asset_path("icons")
SIGNS = sorted(FOLDER.glob("*.svg"))
PICTURES = sorted((FOLDER / "trades").glob("*.svg"))
DRAWINGS = [*SIGNS, *PICTURES]
UI = Path(__file__).resolve().parents[2] / "kiosk" / "ui"
SVG = "{http://www.w3.org/2000/svg}"
FAMILY = {
    "fill": "none",
    "stroke": "currentColor",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
#: The two grids in use, with the line that is one weight on both: a sixteenth of the edge.
GRIDS = {"0 0 48 48": "3", "0 0 24 24": "1.5"}
#: What a drawing may be made of: no text, no gradients, no pictures, no styles.
SHAPES = {"path", "circle", "rect"}
INK = QColor("#0b4a7a")
PADDING = 3
VIEW = 48
#: Calls and arguments that name an icon.
CALLS = {"icon", "set_icon"}
KEYWORDS = {"icon", "icon_name"}
NAME = re.compile(r"[a-z][a-z_]*(-[a-z]+)?")


def _name(drawing: Path) -> str:
    """What ``icon`` calls a drawing."""
    return drawing.relative_to(FOLDER).with_suffix("").as_posix()


def _ink_box(name: str, px: int) -> QRect:
    """The smallest rectangle that holds every pixel with more than a breath of ink."""
    picture = icon(name, INK.name(), px).toImage()
    inked = [(x, y) for y in range(px) for x in range(px) if picture.pixelColor(x, y).alpha() > 32]
    if not inked:
        return QRect()
    across, down = {x for x, _ in inked}, {y for _, y in inked}
    return QRect(min(across), min(down), max(across) - min(across) + 1, max(down) - min(down) + 1)


def _literals(node: ast.expr) -> Iterator[str]:
    """The strings that an expression may come to: a literal, either branch of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _asked(node: ast.AST) -> list[ast.expr]:
    """The expressions in one node that name icons: arguments of calls, values of a table ``…ICONS``."""
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        asked = [word.value for word in node.keywords if word.arg in KEYWORDS]
        return asked + (node.args[:1] if called in CALLS else [])
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Name) and target.id.endswith("ICONS") for target in targets):
            return node.value.values
    return []


def _named_in(source: str) -> set[str]:
    """Names of icons that a module asks for by literal."""
    asked = (value for node in ast.walk(ast.parse(source)) for value in _asked(node))
    return {name for value in asked for name in _literals(value) if name}


@pytest.mark.parametrize("drawing", DRAWINGS, ids=_name)
class TestDrawing:
    def test_has_a_plain_name(self, drawing: Path) -> None:
        assert NAME.fullmatch(drawing.stem)

    def test_keeps_the_line_of_the_family(self, drawing: Path) -> None:
        root = ET.fromstring(drawing.read_text(encoding="utf-8"))
        assert root.tag == f"{SVG}svg"
        attributes = dict(root.attrib)
        grid, line = attributes.pop("viewBox"), attributes.pop("stroke-width")
        assert GRIDS[grid] == line
        assert attributes == FAMILY

    def test_is_made_of_plain_shapes_in_the_familys_colours(self, drawing: Path) -> None:
        parts = list(ET.fromstring(drawing.read_text(encoding="utf-8")))
        fills = {"none", "currentColor"} | ({WARM, CLEAR} if drawing in PICTURES else set())
        assert parts
        for part in parts:
            assert part.tag.removeprefix(SVG) in SHAPES
            assert part.get("fill", "none") in fills
            assert part.get("stroke", "none") == "none", "a second colour is lost on one of the themes"
            assert "stroke-width" not in part.attrib

    @pytest.mark.parametrize("px", [24, 96])
    def test_inks_the_frame_and_keeps_the_padding(self, qapp, drawing: Path, px: int) -> None:
        box = _ink_box(_name(drawing), px)
        # One view unit of grace: round ends of slanted lines and the smoothing of edges.
        rim = int((PADDING - 1) * px / VIEW)
        assert QRect(rim, rim, px - 2 * rim, px - 2 * rim).contains(box)
        assert max(box.width(), box.height()) >= px * 0.6, "too small to be seen from arm's length"


@pytest.mark.parametrize("drawing", PICTURES, ids=_name)
def test_a_picture_has_a_warm_fill(drawing: Path) -> None:
    assert WARM in {part.get("fill") for part in ET.fromstring(drawing.read_text(encoding="utf-8"))}


def test_in_black_and_white_a_picture_is_its_line_alone(qapp) -> None:
    theme = Theme()
    theme.set_look(TextSize.LARGE, high_contrast=True)
    drawn = picture(theme, "trades/aq", 96).toImage()
    seen = {drawn.pixelColor(x, y).name() for x in range(96) for y in range(96)}
    assert {"#ffffff", "#000000"} <= seen
    assert all(QColor(colour).saturation() == 0 for colour in seen)


def test_no_two_trades_have_the_same_picture() -> None:
    assert len({drawing.read_text(encoding="utf-8") for drawing in PICTURES}) == len(PICTURES)


def test_takes_the_colour_that_is_asked_for(qapp) -> None:
    middle = icon("minus", "#96141f", 48).toImage().pixelColor(24, 24)
    assert middle.name() == "#96141f"


def test_checked_is_cut_out_so_that_it_shows_on_every_ground(qapp) -> None:
    picture = icon("checked", "#ffffff", 96).toImage()
    assert picture.pixelColor(20, 20).alpha() == 255
    assert picture.pixelColor(44, 65).alpha() == 0


def test_a_missing_icon_is_an_error(qapp) -> None:
    with pytest.raises(AssetMissing):
        icon("no_such_drawing", "#000000", 24)


def test_every_trade_has_a_picture_of_its_own() -> None:
    with asset_path("reference", "trades.csv").open(encoding="utf-8-sig", newline="") as table:
        asked = {row["code"]: row["icon"] for row in csv.DictReader(table)}
    assert asked
    assert asked == {drawing.stem: _name(drawing) for drawing in PICTURES}


def test_every_icon_asked_for_by_the_screens_is_drawn() -> None:
    drawn = {drawing.stem for drawing in SIGNS}
    asked = {
        (name, module.relative_to(UI).as_posix())
        for module in sorted(UI.rglob("*.py"))
        for name in _named_in(module.read_text(encoding="utf-8"))
    }
    assert asked, "the search finds nothing: did the calls change their name?"
    assert sorted((name, module) for name, module in asked if name not in drawn) == []
    assert {name for _, _, name in TONES.values()} <= drawn


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('BigButton(theme, icon_name="left")', {"left"}),
        ('icon("checked", tint, 9)', {"checked"}),
        ('button.set_icon("sun" if light else "night")', {"sun", "night"}),
        ('ICONS = {"household": "house", "person": "person"}', {"house", "person"}),
        ('_STATUS_ICONS: dict[str, str] = {"voice": "speaker"}', {"speaker"}),
        ('BigButton(theme, icon_name="")', set()),
        ("icon(self._icon, tint, 9)", set()),
    ],
)
def test_the_search_reads_the_calls(source: str, names: set[str]) -> None:
    assert _named_in(source) == names
