"""The screen's size, where slips go, what reads codes and cards: asked at first set-up, and by staff later on."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.services.setup import SetupForm
from kiosk.services.station_config import IDLE_CHOICES, PrinterKind
from kiosk.ui.input.wish import InputWish
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import STAFF_MM, WORKER_MM
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.text import Text

#: Diagonals that kiosks come with; any other can be typed.
PANELS = ("15.6", "18.5", "21.5", "27", "32", "43")


class DeviceForm(QWidget):
    """The widgets of it; the page registers ``fields`` and judges what was said.

    Signals:
        changed: something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, theme: Theme, *, later: bool = False) -> None:
        """Make it empty.

        Args:
            theme: the look.
            later: staff change a station at work: ask for its phone number (first set-up has a page for it) and for
                how long it waits for somebody who does nothing, too.
        """
        super().__init__()
        self._theme = theme
        self._panel_label = Text(theme, Role.BODY, tone="soft", bold=True)
        high = STAFF_MM if later else WORKER_MM  # the later form asks for more
        self.panels = ChoiceGrid(theme, 6, role=Role.BODY)
        self.inch = Field(theme, "panel_inch", InputWish.MONEY, max_length=6)
        self._printer_label = Text(theme, Role.BODY, tone="soft", bold=True)
        self.printers = ChoiceGrid(theme, 2, role=Role.BODY, height_mm=high)
        names = ("printer_address", "scanner", "card_reader")
        self.lines = tuple(Field(theme, name, InputWish.CODE, max_length=100) for name in names)
        if later:
            self.lines += (Field(theme, "station_phone", InputWish.TEXT, max_length=30),)
        self._idle_label = Text(theme, Role.BODY, tone="soft", bold=True)
        self.idle = ChoiceGrid(theme, len(IDLE_CHOICES), role=Role.BODY, height_mm=STAFF_MM)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for line in self.lines:
            self._row.addWidget(line, 1, Qt.AlignmentFlag.AlignTop)
        self._size = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._size.addWidget(self.panels, 3)
        self._size.addWidget(self.inch, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._panel_label)
        self._column.addLayout(self._size)
        self._column.addWidget(self._printer_label)
        self._column.addWidget(self.printers)
        self._column.addLayout(self._row)
        self._patience = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._column.addLayout(self._patience)
        for part, share in ((self._idle_label, 1), (self.idle, 3)):
            self._patience.addWidget(part, share)
            part.setVisible(later)
        self.panels.changed.connect(self._panel_chosen)
        self.printers.changed.connect(self._printer_chosen)
        self.idle.changed.connect(self.changed)
        for field in self.fields:
            field.changed.connect(lambda _: self.changed.emit())

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, each under the name that a refusal gives it."""
        return (self.inch, *self.lines)

    def arrange(self, *, portrait: bool) -> None:
        """Two printers a row upright; across, all four, and another size beside the usual ones."""
        self.printers.set_columns(2 if portrait else 4)
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._size.setDirection(way)
        self._row.setDirection(way)
        self._patience.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        for layout in (self._column, self._size, self._row, self._patience):
            layout.setSpacing(self._theme.px(4))

    def say(self, text: Callable[..., str]) -> None:
        """Words in; ``text`` gives the sentence behind a key."""
        self._panel_label.setText(text("setup.panel"))
        self.panels.set_options([Option(value=inch, text=text("setup.inch", inch=inch)) for inch in PANELS])
        self.inch.say(text("setup.panel_inch"))
        self._printer_label.setText(text("setup.printer"))
        self.printers.set_options(
            [
                Option(
                    value=kind,
                    text=text(f"setup.printer_{kind}"),
                    note=text(f"setup.printer_{kind}_note"),
                )
                for kind in PrinterKind
            ]
        )
        self._idle_label.setText(text("setup.idle"))
        self.idle.set_options(
            [Option(value=seconds, text=text("setup.idle_seconds", n=seconds)) for seconds in IDLE_CHOICES]
        )
        for line in self.lines:
            line.say(text(f"setup.{line.field_name}"), text(f"setup.{line.field_name}_hint"))

    def show_form(self, form: SetupForm) -> None:
        """What was said before."""
        self.inch.set_text(form.panel_inch)
        self.panels.choose(form.panel_inch)
        self.printers.choose(form.printer)
        self.idle.choose(form.idle_seconds)
        for line in self.lines:
            line.set_text(getattr(form, line.field_name))
        self._show_address(form.printer)

    def read(self, form: SetupForm) -> SetupForm:
        """``form`` with what is said here now."""
        kinds = [PrinterKind(str(kind)) for kind in self.printers.values]
        typed = {field.field_name: field.text for field in self.fields}
        idle = next((each for each in IDLE_CHOICES if each in self.idle.values), form.idle_seconds)
        return replace(form, idle_seconds=idle, printer=kinds[0] if kinds else form.printer, **typed)

    def _show_address(self, kind: PrinterKind) -> None:
        self.lines[0].setVisible(kind is not PrinterKind.FOLDER)

    @Slot()
    def _panel_chosen(self) -> None:
        for inch in self.panels.values:
            self.inch.set_text(str(inch))

    @Slot()
    def _printer_chosen(self) -> None:
        for kind in self.printers.values:
            self._show_address(PrinterKind(str(kind)))
        self.changed.emit()
