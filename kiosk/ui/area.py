"""The part of the window that belongs to the screen, between status bar and input dock."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from kiosk.ui.input.wish import is_text_field
from kiosk.ui.screen import Screen

#: Free space kept around the focused field, as a part of its height.
_AIR = 0.5
#: A field with its label and its remark is at most so many times as high as its line.
_FIELD = 4


class ScreenArea(QWidget):
    """Shows one screen and gives way to the dock: when it opens, the area shrinks and the screen with it.

    A screen that cannot shrink that far keeps its smallest height and is moved up until the field with the focus
    can be seen, above its way on, which stays in sight: neither what a person types nor the button that goes on is ever
    under the dock. Nothing scrolls under the finger. With the dock closed every screen has the height of its place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget(self)
        self._stack.installEventFilter(self)
        # The area decides, not the screens' size hints: a large screen must not push the dock off the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    @property
    def current(self) -> QWidget | None:
        """The screen on top."""
        return self._stack.currentWidget()

    def add(self, screen: QWidget) -> None:
        """Keep a screen, hidden behind the others."""
        self._stack.addWidget(screen)

    def put_on_top(self, screen: QWidget) -> None:
        """Show a screen that was added.

        The focus is let go of before: else Qt hands it to the new screen's first field, and the dock opens uncalled.
        """
        focus = QApplication.focusWidget()
        if (
            focus is not None
            and screen is not self._stack.currentWidget()
            and self._stack.isAncestorOf(focus)
        ):
            focus.clearFocus()
        self._stack.setCurrentWidget(screen)
        self.place()

    def place(self) -> None:
        """Give the screen its height and move it so that the field with the focus is in sight."""
        screen = self._stack.currentWidget()
        # With nobody writing there is no dock: texts that are too long for the page are written smaller instead.
        writing = is_text_field(QApplication.focusWidget())
        height = max(self.height(), self._needed(screen) if writing and screen is not None else 0)
        self._stack.setGeometry(QRect(0, self._stack.y(), self.width(), height))
        layout = screen.layout() if screen is not None and height > self.height() else None
        if layout is not None:
            layout.activate()  # a remark that has just come has moved what is below it
        top = self._top(height)
        self._stack.move(0, top)
        if isinstance(screen, Screen):
            screen.show_part(-top, self.height() - top)

    def minimumSizeHint(self) -> QSize:
        """Nothing: see above."""
        return QSize(0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A screen that says more or less than before (a remark came or went) needs another height."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._stack:
            self.place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self.place()

    def _needed(self, screen: QWidget) -> int:
        """The least height, with the lines that its texts take in this width."""
        layout = screen.layout()
        in_lines = layout.totalMinimumHeightForWidth(self.width()) if layout is not None else 0
        return max(screen.minimumSizeHint().height(), in_lines)

    def _top(self, height: int) -> int:
        """How far the screen is moved (0 or less)."""
        spare = self.height() - height
        focus = QApplication.focusWidget()
        screen = self._stack.currentWidget()
        # A screen that has the focus as a whole has no field to be kept in sight.
        if spare >= 0 or focus is None or focus is screen or not self._stack.isAncestorOf(focus):
            return 0
        y = focus.mapTo(self._stack, QPoint(0, 0)).y()
        lowest = y + round(focus.height() * (1 + _AIR))
        field = focus.parentWidget()
        # What is wrong is said below the line.
        if field is not None and field is not screen and field.height() <= _FIELD * focus.height():
            lowest = max(lowest, field.mapTo(self._stack, QPoint(0, field.height())).y())
        foot = screen.foot_px() if isinstance(screen, Screen) else 0
        # What stands in the foot itself is in sight wherever the screen is.
        return max(spare, -y, min(0, self.height() - foot - lowest))

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._stack.isAncestorOf(new):
            self.place()
