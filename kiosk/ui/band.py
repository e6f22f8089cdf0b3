"""What the band above every screen says: the line about the station, and that somebody has called for staff."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from kiosk.ui.theme import SMALLEST_TEXT_MM, Role, Theme
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.text import Text

CALL_AIR_MM = 2.0


class Notice(Text):
    """The line about the station. It is as high as the buttons beside it; written smaller where it has more words.

    Only words that do not fit in the smallest size make the band higher.
    """

    def __init__(self, theme: Theme, height_mm: float, parent: QWidget) -> None:
        self._height_mm = height_mm
        super().__init__(theme, Role.SMALL, tone="on_blue", bold=True, parent=parent)

    def heightForWidth(self, width: int) -> int:
        """Pixels."""
        needed = super().heightForWidth(width)
        high = self._theme.px(self._height_mm)
        if needed <= high:
            return needed
        font = self.font()
        font.setPixelSize(min(font.pixelSize(), self._theme.px(SMALLEST_TEXT_MM)))
        return max(high, text_size(self.text(), font, width).height())

    def minimumSizeHint(self) -> QSize:
        """Its width, and no more height than the buttons have."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), min(hint.height(), self._theme.px(self._height_mm)))


class CallLine(Text):
    """Somebody has called for staff: large, on the accent colour, in black and white on black turned round."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, Role.LEAD, tone="on_orange", bold=True, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAutoFillBackground(True)
        self.hide()

    def retheme(self) -> None:
        """Take sizes and colours."""
        super().retheme()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.colour("orange"))
        self.setPalette(palette)
        pad = self._theme.px(CALL_AIR_MM)
        self.setContentsMargins(2 * pad, pad, 2 * pad, pad)
