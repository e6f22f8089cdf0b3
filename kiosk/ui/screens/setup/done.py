"""First set-up is through: what was kept, and into the market."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.station_config import StationConfig
from kiosk.ui.context import UiContext
from kiosk.ui.screens.setup.step import SetupStep
from kiosk.ui.widgets.fact_sheet import FactSheet


class DoneStep(SetupStep):
    """设置好了."""

    name = "setup_done"
    title_key = "setup.done_title"
    hint_key = "setup.done_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._config: StationConfig | None = None
        sheet = FactSheet(self.theme)
        self.facts = sheet.facts
        self.body.addWidget(sheet)
        self.body.addStretch(1)
        self.action("setup.begin", self._begin, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StationConfig
        """Show what was kept."""
        self._config = params if isinstance(params, StationConfig) else None
        self.retranslate()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        config = self._config
        if config is None:
            return
        enrolled = config.enrolment is not None
        self.facts.show_rows(
            [
                (self.text("setup.kiosk"), config.kiosk),
                (self.text("setup.name"), config.name),
                (self.text("setup.printer"), self.text(f"setup.printer_{config.printer}")),
                (self.text("setup.city"), config.city_host if enrolled else self.text("setup.offline")),
                (self.text("setup.staff_number"), "1"),
            ]
        )

    @Slot()
    def _begin(self) -> None:
        self.ctx.navigator.finish_setup()
