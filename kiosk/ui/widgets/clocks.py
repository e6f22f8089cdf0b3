"""Choosing a time of day by touch: large tiles of usual times, and hour and minute to step to any other."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.stepper import Stepper
from kiosk.ui.widgets.text import Text

MINUTES = 60
LAST_HOUR = 23
STEP_MINUTES = 15
#: The usual times take of the room before anything is left free; each of them at least and at most.
FIRST = 1000
TILE_MM, MOST_MM = 22.0, 52.0


class TimePicker(QWidget):
    """Minutes of the day (0–1439). Usual times are one touch; any quarter of an hour is a few.

    Signals:
        changed(int): a person chose another time.
        picked(int): a usual time was touched, also the one that stands; after ``changed``.
    """

    changed = Signal(int)
    picked = Signal(int)

    def __init__(self, theme: Theme, name: str, columns: int = 3, parent: QWidget | None = None) -> None:
        """Make a picker that stands at midnight until ``set_minute``.

        Args:
            theme: the look.
            name: accessible name; its steppers are called ``name.hour`` and ``name.minute``.
            columns: tiles in a row.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self._usual = ChoiceGrid(theme, columns, role=Role.FACT, height_mm=TILE_MM, most_mm=MOST_MM)
        self._other = Text(theme, Role.BODY, tone="soft", bold=True)
        self._hour = Stepper(theme, f"{name}.hour", 0, LAST_HOUR)
        self._minute = Stepper(theme, f"{name}.minute", 0, MINUTES - STEP_MINUTES, step=STEP_MINUTES)
        self._steps = QHBoxLayout()
        self._steps.addWidget(self._hour, 1)
        self._steps.addWidget(self._minute, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._usual.be_snug()
        self._column.addWidget(self._usual, FIRST)
        self._column.addWidget(self._other)
        self._column.addLayout(self._steps)
        self._column.addStretch(1)
        self._usual.changed.connect(self._chosen)
        self._hour.changed.connect(self._stepped)
        self._minute.changed.connect(self._stepped)
        self.retheme()

    def say(
        self,
        usual: Iterable[tuple[int, str]],
        less: str,
        more: str,
        hour: Callable[[int], str],
        minute: Callable[[int], str],
        *,
        shown: tuple[str, str] = ("", ""),
        other: str = "",
    ) -> None:
        """Put the words in.

        Args:
            usual: minutes of the day and their words ("05:30"), a tile each.
            less: what the minus buttons say aloud.
            more: what the plus buttons say aloud.
            hour: how an hour is written ("5 点").
            minute: how minutes are written ("30 分").
            shown: the short words beside minus and plus.
            other: what stands above the steppers.
        """
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self._usual.set_options(Option(value=at, text=text) for at, text in usual)
        self._hour.say(less, more, hour, shown=shown)
        self._minute.say(less, more, minute, shown=shown)
        self._mark()

    @property
    def minute(self) -> int:
        """Minutes since midnight."""
        return self._hour.value * MINUTES + self._minute.value

    def set_minute(self, minute: int) -> None:
        """Show a time."""
        self._hour.set_value(minute // MINUTES)
        self._minute.set_value(minute % MINUTES)
        self._mark()

    def add_below(self, widget: QWidget) -> None:
        """What belongs to the time right below it; the room that is left stays free below that."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def set_columns(self, columns: int) -> None:
        """Another number of tiles in a row."""
        self._usual.set_columns(columns)

    def wipe(self) -> None:
        """Back to midnight."""
        self.set_minute(0)

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        gap = self._theme.px(4)
        self._column.setSpacing(gap)
        self._steps.setSpacing(2 * gap)
        for part in (self._usual, self._other, self._hour, self._minute):
            part.retheme()

    def _mark(self) -> None:
        self._usual.choose(self.minute)

    @Slot()
    def _chosen(self) -> None:
        minute = self._usual.value
        if isinstance(minute, int):
            self.set_minute(minute)
            self.changed.emit(minute)
            self.picked.emit(minute)

    @Slot()
    def _stepped(self) -> None:
        self._mark()
        self.changed.emit(self.minute)
