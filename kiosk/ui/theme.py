"""The look: millimetres, type scale, colours. One value that widgets ask; it changes when a person wants larger text.

Sizes are in millimetres of the configured panel (never the EDID's). Every pair of text and ground that is used together
has a contrast of at least 7:1 in both palettes; ``tests/ui/test_theme.py`` computes them.
"""

import math
from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase

from kiosk.fonts import FALLBACK_FAMILIES, FAMILY, fallback_fonts, main_font
from kiosk.light import light
from kiosk.ui.preferences import DEFAULT_SIZE, TextSize

MM_PER_INCH = 25.4
#: A 21.5 inch panel of 1920 × 1080.
USUAL_INCH, USUAL_LONG, USUAL_SHORT = 21.5, 1920, 1080
SMALLEST_TEXT_MM = 5.0
#: Key facts (a wage, a number to say or to call) are never written smaller than this, at no text size.
KEY_FACT_MM = 12.0


@light
class Panel:
    """The screen: pixels in a millimetre."""

    px_per_mm: float

    @classmethod
    def of(cls, width_px: int, height_px: int, inch: float) -> "Panel":
        """From resolution and diagonal (inches)."""
        return cls(math.hypot(width_px, height_px) / (inch * MM_PER_INCH))


USUAL_PANEL = Panel.of(USUAL_LONG, USUAL_SHORT, USUAL_INCH)


class Role(Enum):
    """What a text is for; the value is the em of a Chinese character in mm at 大字."""

    SMALL = 5.4
    BODY = 6.8
    LEAD = 8.5
    FACT = 12.0
    HERO = 16.0


#: Weights on the typeface's axis. The regular one is a little above the usual 400: thin strokes vanish for weak eyes.
REGULAR, BOLD = 450.0, 700.0
WEIGHT_AXIS = QFont.Tag("wght")

SCALE = {TextSize.STANDARD: 0.86, TextSize.LARGE: 1.0, TextSize.HUGE: 1.22}


@light
class Palette:
    """Colours by meaning, ``#rrggbb``. ``on_x`` is the text on a ground ``x``; ``x_soft`` a tinted ground for ink.

    ``line`` is for what only divides; ``edge`` (at least 3:1) for what can be touched; ``warm`` fills pictures.
    """

    paper: str
    card: str
    ink: str
    soft: str
    line: str
    edge: str
    blue: str
    on_blue: str
    blue_deep: str
    blue_soft: str
    orange: str
    on_orange: str
    orange_deep: str
    orange_soft: str
    green: str
    on_green: str
    green_soft: str
    red: str
    on_red: str
    red_soft: str
    pressed: str
    focus: str
    warm: str


COLOURS = Palette(
    paper="#FBF8F2",
    card="#FFFFFF",
    ink="#1C2126",
    soft="#454C54",
    line="#CFC8BA",
    edge="#857D6D",
    blue="#0B4A7A",
    on_blue="#FFFFFF",
    blue_deep="#07355A",
    blue_soft="#E4EEF6",
    orange="#FFB224",
    on_orange="#1C2126",
    orange_deep="#F09A00",
    orange_soft="#FFF1D6",
    green="#0B5B33",
    on_green="#FFFFFF",
    green_soft="#E2F2E8",
    red="#96141F",
    on_red="#FFFFFF",
    red_soft="#FBE7E6",
    pressed="#E8E1D2",
    focus="#0B4A7A",
    warm="#FFC65C",
)
BLACK_WHITE = Palette(
    paper="#000000",
    card="#000000",
    ink="#FFFFFF",
    soft="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    blue="#FFFFFF",
    on_blue="#000000",
    blue_deep="#D8D8D8",
    blue_soft="#000000",
    orange="#FFE14A",
    on_orange="#000000",
    orange_deep="#FFFFFF",
    orange_soft="#000000",
    green="#8CFFB8",
    on_green="#000000",
    green_soft="#000000",
    red="#FFB3B3",
    on_red="#000000",
    red_soft="#000000",
    pressed="#4A4A4A",
    focus="#FFE14A",
    warm="#000000",
)


def typeface(*, bold: bool) -> QFont:
    """Our typeface without a size.

    The weight is set on the axis and not as ``QFont.weight``: the variable font calls itself Thin, so Qt would draw
    a bold of its own over the right one.
    """
    font = QFont(FAMILY)
    font.setFamilies([FAMILY, *FALLBACK_FAMILIES])
    font.setVariableAxis(WEIGHT_AXIS, BOLD if bold else REGULAR)
    return font


def load_fonts() -> None:
    """Give Qt our typeface. Once, after the application object is made; ``load_more_fonts`` is to follow.

    Raises:
        FileNotFoundError: the font package is not installed.
    """
    QFontDatabase.addApplicationFont(str(main_font()))
    base = typeface(bold=False)
    from PySide6.QtWidgets import QApplication

    QApplication.setFont(base)


def load_more_fonts() -> None:
    """Give Qt the fonts of rare characters. No word of ours needs them: the first page does not wait for them."""
    for path in fallback_fonts():
        QFontDatabase.addApplicationFont(str(path))


class Theme(QObject):
    """What every widget asks for sizes, fonts and colours.

    Signals:
        changed: text size or contrast is another one.
    """

    changed = Signal()

    def __init__(self, panel: Panel = USUAL_PANEL, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._size = DEFAULT_SIZE
        self._high = False
        self._fonts: dict[tuple[Role, bool], QFont] = {}

    @property
    def panel(self) -> Panel:
        """The configured screen."""
        return self._panel

    @property
    def text_size(self) -> TextSize:
        """The text size now."""
        return self._size

    @property
    def high_contrast(self) -> bool:
        """Whether the black and white palette is on."""
        return self._high

    @property
    def palette(self) -> Palette:
        """The colours now."""
        return BLACK_WHITE if self._high else COLOURS

    def set_look(self, size: TextSize, *, high_contrast: bool) -> None:
        """Another text size or contrast."""
        if (size, high_contrast) != (self._size, self._high):
            self._size, self._high = size, high_contrast
            self._fonts.clear()
            self.changed.emit()

    def px(self, mm: float) -> int:
        """Millimetres as whole pixels, at least one."""
        return max(1, round(mm * self._panel.px_per_mm))

    def text_px(self, role: Role) -> int:
        """Pixels of a Chinese character's em in that role at the present text size; never below its least."""
        least = KEY_FACT_MM if role.value >= KEY_FACT_MM else SMALLEST_TEXT_MM
        return self.px(max(least, role.value * SCALE[self._size]))

    def font(self, role: Role, *, bold: bool = False) -> QFont:
        """The font of a role."""
        font = self._fonts.get((role, bold))
        if font is None:
            font = typeface(bold=bold)
            font.setPixelSize(self.text_px(role))
            self._fonts[role, bold] = font
        return QFont(font)

    def colour(self, name: str) -> QColor:
        """A colour of the palette by name."""
        return QColor(getattr(self.palette, name))
