"""用工凭条: who comes, on paper."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot

from kiosk.services.slip_issue import Issued
from kiosk.ui.components.slip_page import SlipPage
from kiosk.ui.context import UiContext


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetParams:
    """The sheet that was numbered."""

    issued: Issued


class HireSheetScreen(SlipPage):
    """The sheet on the screen and on its way to the printer."""

    name = "hire_sheet"
    finished = True
    title_key = "applicants.sheet_title"
    hint_key = "applicants.sheet_hint"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.action("common.done", self._done, icon_name="check")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - SheetParams
        """Print it."""
        if isinstance(params, SheetParams):
            self.slip.show_slip(params.issued)

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.back()
