"""From a slip's words to paper: the renderer and this station's printer behind one face."""

import io

from kiosk.services.device_ports import Printer, PrintJob, PrintResult
from kiosk.services.ports import PressResult, PrintState, SlipJob
from kiosk.services.slip_content import SlipContent
from kiosk.slips.press import SlipPress

STATES = {
    PrintResult.PRINTED: PrintState.PRINTED,
    PrintResult.FAILED: PrintState.FAILED,
    PrintResult.UNKNOWN: PrintState.UNKNOWN,
}


class StationPress:
    """Implements ``kiosk.services.ports.SlipPress``."""

    def __init__(self, press: SlipPress, printer: Printer) -> None:
        self._press = press
        self._printer = printer

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
