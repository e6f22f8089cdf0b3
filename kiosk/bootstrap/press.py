"""From a slip's words to paper: the renderer and this station's printer behind one face."""

import io
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.assets import asset_path
from kiosk.services.device_ports import Printer, PrintJob, PrintResult
from kiosk.services.ports import PressResult, PrintState, SlipJob
from kiosk.services.slip_content import SlipContent

if TYPE_CHECKING:
    from kiosk.slips.press import SlipPress

STATES = {
    PrintResult.PRINTED: PrintState.PRINTED,
    PrintResult.FAILED: PrintState.FAILED,
    PrintResult.UNKNOWN: PrintState.UNKNOWN,
}


class StationPress:
    """Implements ``kiosk.services.ports.SlipPress``. Fonts and layouts are loaded when the first slip is needed."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer

    @cached_property
    def _press(self) -> "SlipPress":
        from kiosk.slips.fontfiles import slip_fonts
        from kiosk.slips.press import SlipPress
        from kiosk.slips.typeface import Typeface

        return SlipPress(asset_path(), Typeface(slip_fonts()))

    def print(self, job: SlipJob) -> PressResult:
        """Render and print; blocks until the printer has answered."""
        content = job.content
        raster = self._press.render(content, self._printer.width_px)
        outcome = self._printer.print(
            PrintJob(slip_id=job.slip_id, number=content.number, raster=raster, copy=content.copy)
        )
        return PressResult(state=STATES[outcome.result], fault=outcome.fault)

    def preview(self, content: SlipContent) -> bytes:
        """PNG bytes of the same slip."""
        buffer = io.BytesIO()
        self._press.picture(content, self._printer.width_px).save(buffer, format="PNG")
        return buffer.getvalue()
