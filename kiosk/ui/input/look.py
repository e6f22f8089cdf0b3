"""Sizes and colours of the dock, in millimetres and by role."""

from dataclasses import dataclass

PX_PER_MM_FULL_HD = 4.03
"""A 21.5 inch panel of 1920 x 1080."""
MIN_KEY_MM = 16.0
GAP_MM = 3.0
MARGIN_MM = 4.0
ROWS = 5
MAX_SHARE = 0.4
TALLEST_MM = 124.0
WIDEST_PANEL_MM = 330.0
TAB_WIDTH_MM = 26.0
ACTION_TEXT_MM = 5.6
SMALLEST_TEXT_MM = 5.0
WRITTEN_TEXT_MM = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DockColours:
    """Colours by role, as ``#rrggbb``. Text on its ground has a contrast of 7:1 or more."""

    ground: str = "#E9E3D6"
    key: str = "#FFFFFF"
    ink: str = "#1C2126"
    soft_ink: str = "#343B42"
    line: str = "#8A8577"
    action: str = "#DBD5C8"
    chosen: str = "#0B4A7A"
    on_chosen: str = "#FFFFFF"
    pressed: str = "#1C2126"
    on_pressed: str = "#FFFFFF"
    paper: str = "#FFFFFF"
    guide: str = "#DDD5C3"


BLACK_WHITE = DockColours(
    ground="#000000",
    key="#000000",
    ink="#FFFFFF",
    soft_ink="#FFFFFF",
    line="#FFFFFF",
    action="#000000",
    chosen="#FFFFFF",
    on_chosen="#000000",
    pressed="#FFFFFF",
    on_pressed="#000000",
    paper="#000000",
    guide="#5A5A5A",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DockLook:
    """How the dock is drawn.

    Attributes:
        px_per_mm: pixels of the panel in a millimetre, from the settings.
        text_scale: 1.0, 1.15 or 1.3 for the three text sizes.
        colours: the palette of the theme or of black and white.
        font_family: the theme's typeface; empty for the application's.
    """

    px_per_mm: float = PX_PER_MM_FULL_HD
    text_scale: float = 1.15
    colours: DockColours = DockColours()
    font_family: str = ""

    def px(self, mm: float) -> int:
        """Millimetres as whole pixels, at least one."""
        return max(1, round(mm * self.px_per_mm))

    @property
    def gap(self) -> int:
        """Pixels between two keys."""
        return self.px(GAP_MM)

    @property
    def margin(self) -> int:
        """Pixels around all keys."""
        return self.px(MARGIN_MM)

    def label_px(self, mm: float) -> int:
        """Pixel size of a text of ``mm`` in the standard size."""
        return self.px(mm * self.text_scale)

    def dock_height(self, window_height: int) -> int:
        """Pixels that the dock takes of a window: room for five rows of keys, never over 40 %."""
        return min(round(window_height * MAX_SHARE), self.px(TALLEST_MM))

    def row_height(self, window_height: int) -> int:
        """Pixels of one of five rows: 16 mm or more wherever the window has the height for it."""
        return (self.dock_height(window_height) - 2 * self.margin - (ROWS - 1) * self.gap) // ROWS

    def stylesheet(self) -> str:
        """The dock's own style sheet."""
        c = self.colours
        border = max(1, self.px(0.4))
        radius = self.px(2.5)
        family = f'font-family: "{self.font_family}";' if self.font_family else ""
        return f"""
#inputDock, #inputDock QWidget {{ background: {c.ground}; color: {c.ink}; {family} }}
#inputDock Key {{ background: {c.key}; color: {c.ink}; border: {border}px solid {c.line};
    border-radius: {radius}px; padding: 0; font-size: {self.label_px(7.0)}px; }}
#inputDock Key[kind="action"] {{ background: {c.action}; font-size: {self.label_px(ACTION_TEXT_MM)}px; }}
#inputDock Key[kind="tab"] {{ background: {c.action}; font-size: {self.label_px(ACTION_TEXT_MM)}px; }}
#inputDock Key[large="true"] {{ font-size: {self.label_px(8.0)}px; }}
#inputDock Key[tight="true"] {{ font-size: {self.px(SMALLEST_TEXT_MM)}px; }}
#inputDock Key[kind="candidate"] {{ font-size: {self.label_px(9.0)}px; }}
#inputDock Key[kind="written"] {{ font-size: {self.label_px(WRITTEN_TEXT_MM)}px; }}
#inputDock Key[kind="written"][tight="true"] {{ font-size: {self.px(6.5)}px; }}
#inputDock Key[kind="digit"] {{ font-size: {self.label_px(10.0)}px; }}
#inputDock Key[kind="tab"]:checked {{ background: {c.chosen}; color: {c.on_chosen};
    border-color: {c.chosen}; font-weight: bold; }}
#inputDock Key:disabled {{ color: {c.soft_ink}; border-style: dashed; }}
#inputDock Key:pressed {{ background: {c.pressed}; color: {c.on_pressed}; border-color: {c.pressed}; }}
#inputDock QLabel {{ color: {c.ink}; font-size: {self.label_px(6.5)}px; }}
#inputDock QLabel[kind="echo"] {{ background: {c.paper}; border-radius: {radius}px;
    font-size: {self.label_px(9.0)}px; font-weight: bold; }}
#inputDock QLabel[kind="hint"] {{ color: {c.soft_ink}; font-size: {self.label_px(5.2)}px; }}
"""
