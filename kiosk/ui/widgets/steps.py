"""Where in a form we are: the step's question, and how many steps there are."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.text import Text

BAR_MM, GAP_MM = 2.0, 1.5


class StepBar(QWidget):
    """A bar of as many parts as there are steps; those behind us and the present one are full.

    Attributes:
        step: the present one, from 1 (0: none yet).
        steps: how many there are.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.step, self.steps = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_step(self, step: int, steps: int) -> None:
        """Step ``step`` (from 1) of ``steps``."""
        self.step, self.steps = step, steps
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(self._theme.px(40), self._theme.px(BAR_MM))

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's hook
        """Paint the parts."""
        if self.steps < 1:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self._theme.px(GAP_MM)
        width = (self.width() - gap * (self.steps - 1)) / self.steps
        radius = self.height() / 2
        for at in range(self.steps):
            done = at < self.step
            painter.setPen(self._theme.colour("blue" if done else "soft"))
            painter.setBrush(self._theme.colour("blue" if done else "paper"))
            part = QRectF(at * (width + gap), 0, width, self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(part, radius, radius)
        painter.end()


class StepHeader(QWidget):
    """The question in large type, "step 2 of 5" beside it, the bar below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = Text(theme, Role.FACT, bold=True)
        self._place = Text(theme, Role.BODY, tone="soft", bold=True, wrap=False)
        self._bar = StepBar(theme)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._place)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(row)
        self._column.addWidget(self._bar)
        self.retheme()

    def say(self, title: str, place: str, step: int, steps: int) -> None:
        """Put the words in: the question, the words for the place ("第 2 步，共 5 步"), and the place itself."""
        self._title.setText(title)
        self._place.setText(place)
        self._bar.set_step(step, steps)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self._column.setSpacing(self._theme.px(2))
        for part in (self._title, self._place, self._bar):
            part.retheme()
