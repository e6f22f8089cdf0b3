"""The screen's size, which turns millimetres into pixels, where slips go, and what reads codes and cards."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout

from kiosk.services.station import PrinterKind, SetupForm
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.setup.step import SetupStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.text import Text

#: Diagonals that kiosks come with; any other can be typed.
PANELS = ("15.6", "18.5", "21.5", "27", "32", "43")


class DevicesStep(SetupStep):
    """屏幕和打印机."""

    name = "setup_devices"
    title_key = "setup.devices_title"
    next_screen = "setup_city"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._panel_label = Text(self.theme, Role.BODY, tone="soft", bold=True)
        self.panels = ChoiceGrid(self.theme, 6, role=Role.BODY)
        self.inch = self.field(Field(self.theme, "panel_inch", InputWish.MONEY, max_length=6))
        self._printer_label = Text(self.theme, Role.BODY, tone="soft", bold=True)
        self.printers = ChoiceGrid(self.theme, 2, role=Role.BODY)
        self.address = self.field(Field(self.theme, "printer_address", InputWish.CODE, max_length=100))
        self.scanner = self.field(Field(self.theme, "scanner", InputWish.CODE, max_length=100))
        self.card_reader = self.field(Field(self.theme, "card_reader", InputWish.CODE, max_length=100))
        self._lines = (self.address, self.scanner, self.card_reader)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for line in self._lines:
            self._row.addWidget(line, 1, Qt.AlignmentFlag.AlignTop)
        self._size = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._size.addWidget(self.panels, 3)
        self._size.addWidget(self.inch, 1)
        self.body.addWidget(self._panel_label)
        self.body.addLayout(self._size)
        self.body.addWidget(self._printer_label)
        self.body.addWidget(self.printers)
        self.body.addLayout(self._row)
        self.body.addStretch(1)
        self.panels.changed.connect(self._panel_chosen)
        self.printers.changed.connect(self._printer_chosen)
        self.inch.changed.connect(self._typed)
        for line in self._lines:
            line.changed.connect(self._typed)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Two printers a row upright; across, all four, and another size beside the usual ones."""
        self.printers.set_columns(2 if portrait else 4)
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._size.setDirection(way)
        self._row.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._size.setSpacing(self.theme.px(4))
        self._row.setSpacing(self.theme.px(4))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._panel_label.setText(self.text("setup.panel"))
        self.panels.set_options(
            [Option(value=inch, text=self.text("setup.inch", inch=inch)) for inch in PANELS]
        )
        self.inch.say(self.text("setup.panel_inch"))
        self._printer_label.setText(self.text("setup.printer"))
        self.printers.set_options(
            [
                Option(
                    value=kind,
                    text=self.text(f"setup.printer_{kind}"),
                    note=self.text(f"setup.printer_{kind}_note"),
                )
                for kind in PrinterKind
            ]
        )
        self.address.say(self.text("setup.printer_address"), self.text("setup.printer_address_hint"))
        self.scanner.say(self.text("setup.scanner"), self.text("setup.scanner_hint"))
        self.card_reader.say(self.text("setup.card_reader"), self.text("setup.card_reader_hint"))

    def show_form(self, form: SetupForm) -> None:
        """What was chosen before."""
        self.inch.set_text(form.panel_inch)
        self.panels.choose(form.panel_inch)
        self.printers.choose(form.printer)
        for line in self._lines:
            line.set_text(getattr(form, line.field_name))
        self._show_address(form.printer)

    def check(self, form: SetupForm) -> None:
        """Panel and printer."""
        self.setup.check_devices(form)

    def _show_address(self, kind: PrinterKind) -> None:
        self.address.setVisible(kind is not PrinterKind.FOLDER)

    @Slot()
    def _panel_chosen(self) -> None:
        for inch in self.panels.values:
            self.inch.set_text(str(inch))

    @Slot()
    def _printer_chosen(self) -> None:
        for kind in self.printers.values:
            self.keep(printer=kind)
            self._show_address(PrinterKind(str(kind)))

    @Slot(str)
    def _typed(self, _: str) -> None:
        self.keep(panel_inch=self.inch.text, **{line.field_name: line.text for line in self._lines})

    @Slot()
    def _on(self) -> None:
        self.on()
