"""No slip comes out twice without 补打, whoever asks: a guard in front of any printer."""

from collections import OrderedDict
from uuid import UUID

from kiosk.services.device_ports import DeviceFault, Fault, Printer, PrintJob, PrintOutcome, PrintResult

#: Slips of about two busy days.
REMEMBERED = 2000


class PrintOnce:
    """Implements ``kiosk.services.device_ports.Printer`` around another one.

    A first print (copy 0) that came out, or may have, is not printed again. One that broke off with the roll is
    printed once more; if that breaks off too, its state is unknown, and the next one has to be a marked reprint.
    """

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._ends: OrderedDict[UUID, PrintOutcome] = OrderedDict()

    @property
    def width_px(self) -> int:
        """Printable dots."""
        return self._printer.width_px

    def status(self) -> DeviceFault | None:
        """The printer's own."""
        return self._printer.status()

    def print(self, job: PrintJob) -> PrintOutcome:
        """Print, unless this very piece of paper exists already."""
        if job.copy:
            return self._printer.print(job)
        before = self._ends.get(job.slip_id)
        if before is not None and before.result is not PrintResult.FAILED:
            return PrintOutcome(result=PrintResult.FAILED, fault=DeviceFault(Fault.PRINTED_ALREADY))
        outcome = self._printer.print(job)
        if outcome.result is PrintResult.FAILED and outcome.partial and before is not None:
            outcome = PrintOutcome(result=PrintResult.UNKNOWN, fault=outcome.fault, partial=True)
        if outcome.partial or outcome.result is not PrintResult.FAILED:
            self._remember(job.slip_id, outcome)
        return outcome

    def _remember(self, slip_id: UUID, outcome: PrintOutcome) -> None:
        self._ends[slip_id] = outcome
        while len(self._ends) > REMEMBERED:
            self._ends.popitem(last=False)
