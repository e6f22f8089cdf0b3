import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGlyphRun, QImage, QPainter, QRawFont, QTextLayout

from kiosk.fonts import fallback_fonts, main_font
from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import (
    BLACK_WHITE,
    BOLD,
    COLOURS,
    REGULAR,
    SMALLEST_TEXT_MM,
    WEIGHT_AXIS,
    Panel,
    Role,
    Theme,
)

TEXT_ON = (
    ("ink", ("paper", "card", "pressed", "blue_soft", "orange_soft", "green_soft", "red_soft")),
    ("soft", ("paper", "card")),
    ("on_blue", ("blue", "blue_deep")),
    ("on_orange", ("orange", "orange_deep")),
    ("on_green", ("green",)),
    ("on_red", ("red",)),
    ("blue", ("paper", "card", "blue_soft")),
    ("green", ("paper", "card", "green_soft")),
    ("red", ("paper", "card", "red_soft")),
)
EDGES = (("edge", ("paper", "card")), ("focus", ("paper", "card")))
RARE = "㙍䶮𬭬𪚥"


def luminance(colour: str) -> float:
    parts = (value / 255 for value in QColor(colour).getRgb()[:3])
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(table):
    return [(front, ground) for front, grounds in table for ground in grounds]


@pytest.mark.parametrize("palette", [COLOURS, BLACK_WHITE], ids=["colours", "black and white"])
@pytest.mark.parametrize(("front", "ground"), pairs(TEXT_ON))
def test_every_text_has_seven_to_one(palette, front, ground):
    assert contrast(getattr(palette, front), getattr(palette, ground)) >= 7


@pytest.mark.parametrize("palette", [COLOURS, BLACK_WHITE], ids=["colours", "black and white"])
@pytest.mark.parametrize(("front", "ground"), pairs(EDGES))
def test_what_can_be_touched_has_an_edge_that_can_be_seen(palette, front, ground):
    assert contrast(getattr(palette, front), getattr(palette, ground)) >= 3


def test_the_usual_panel_has_four_pixels_in_a_millimetre():
    assert Panel.of(1920, 1080, 21.5).px_per_mm == pytest.approx(4.03, abs=0.01)
    assert Panel.of(1080, 1920, 21.5) == Panel.of(1920, 1080, 21.5)


@pytest.mark.parametrize("size", list(TextSize))
@pytest.mark.parametrize("role", list(Role))
def test_no_text_is_below_five_millimetres(theme, size, role):
    theme.set_look(size, high_contrast=False)
    assert theme.font(role).pixelSize() >= theme.px(SMALLEST_TEXT_MM)


def test_larger_is_larger(theme):
    px = []
    for size in TextSize:
        theme.set_look(size, high_contrast=False)
        px.append(theme.text_px(Role.BODY))
    assert px == sorted(set(px))


def test_it_tells_once_that_the_look_is_another_one(theme, qtbot):
    told = []
    theme.changed.connect(lambda: told.append(theme.palette))
    theme.set_look(TextSize.LARGE, high_contrast=True)
    theme.set_look(TextSize.LARGE, high_contrast=True)
    assert told == [BLACK_WHITE]


def test_a_font_that_was_given_away_can_be_changed(theme):
    theme.font(Role.BODY).setPixelSize(3)
    assert theme.font(Role.BODY).pixelSize() > 3


@pytest.mark.parametrize(("bold", "weight"), [(False, REGULAR), (True, BOLD)])
def test_the_weight_is_set_on_the_axis(theme, bold, weight):
    assert theme.font(Role.BODY, bold=bold).variableAxisValue(WEIGHT_AXIS) == weight


def glyph_runs(theme: Theme, text: str) -> list[QGlyphRun]:
    layout = QTextLayout(text, theme.font(Role.BODY))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout.glyphRuns()


@pytest.mark.parametrize("text", ["找活干，280 元/天 · 05:30–17:00", "Find work for today", RARE])
def test_every_character_has_a_glyph(theme, text):
    """Glyph 0 is the box that stands for a character that a font has not."""
    assert all(0 not in run.glyphIndexes() for run in glyph_runs(theme, text))


def test_chinese_comes_in_the_forms_of_the_mainland(theme):
    assert {run.rawFont().familyName() for run in glyph_runs(theme, "直骨复")} == {"Noto Sans CJK SC"}


def test_our_own_files_have_the_rare_characters_whatever_the_machine_has(qapp):
    ours = [QRawFont(str(path), 20) for path in (main_font(), fallback_fonts()[0])]
    assert all(any(font.supportsCharacter(ord(character)) for font in ours) for character in RARE)


def test_rare_characters_are_painted_and_not_as_boxes(theme):
    """A box is the same for each; ink and difference mean real drawings."""
    pictures = []
    for character in RARE:
        image = QImage(80, 80, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        painter.setFont(theme.font(Role.FACT))
        painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, character)
        painter.end()
        pictures.append(bytes(image.constBits()))
    assert len(set(pictures)) == len(RARE)
    assert all(min(picture) < 100 for picture in pictures)
