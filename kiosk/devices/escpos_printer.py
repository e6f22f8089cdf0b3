"""A receipt printer that speaks ESC/POS, over any line. It is believed only when it answers.

The order of a print: status (nothing is sent to a printer that is not ready) → picture in bands, paper asked after
each → cut → an answer that comes only after all of it was printed → status again.
"""

import time
from collections.abc import Callable

from kiosk.devices import escpos
from kiosk.devices.lines import Line
from kiosk.services.device_ports import DeviceFault, Fault, PrintJob, PrintOutcome, PrintResult

#: A real-time answer comes in milliseconds; a busy network printer may take longer.
ANSWER_SECONDS = 1.5
#: The longest slip (a metre) at the slowest speed (50 mm/s), and some.
FINISH_SECONDS = 25.0
SLOWEST_ROWS_PER_SECOND = 50 * 8


class EscposPrinter:
    """Implements ``kiosk.services.device_ports.Printer``. One job at a time, from one thread.

    Args:
        line: opened for each job and closed after it: network printers serve one caller at a time.
        width_px: dots of its paper (384 or 576).
        answer_seconds: how long a status may take.
        finish_seconds: how long printing may take after everything was sent.
        wait: sleeps; replaced in tests.
    """

    def __init__(
        self,
        line: Line,
        width_px: int = 576,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        finish_seconds: float = FINISH_SECONDS,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._line = line
        self._width_px = width_px
        self._answer_seconds = answer_seconds
        self._finish_seconds = finish_seconds
        self._wait = wait
        self._orders = False

    @property
    def width_px(self) -> int:
        """Printable dots."""
        return self._width_px

    def status(self) -> DeviceFault | None:
        """Ask the printer; PAPER_NEAR_END is a warning."""
        try:
            self._line.open()
            return self._faults()
        except OSError as error:
            return DeviceFault(Fault.PRINTER_UNREACHABLE, _told(error))
        finally:
            self._line.close()

    def print(self, job: PrintJob) -> PrintOutcome:
        """Print and say what the printer said."""
        if job.raster.width_px > self._width_px:
            return _failed(DeviceFault(Fault.PAPER_WIDTH, f"{job.raster.width_px} dots"))
        try:
            self._line.open()
            fault = self._faults()
        except OSError as error:
            self._line.close()
            return _failed(DeviceFault(Fault.PRINTER_UNREACHABLE, _told(error)))
        try:
            if _stops(fault):
                return _failed(fault)
            return self._send(job)
        except OSError as error:
            # Some of it is in the printer, and nobody can say how much came out.
            lost = DeviceFault(Fault.PRINTER_UNREACHABLE, _told(error))
            return PrintOutcome(result=PrintResult.UNKNOWN, fault=lost, partial=True)
        finally:
            self._line.close()

    def _send(self, job: PrintJob) -> PrintOutcome:
        # Asked while it is idle: a printer that does not answer now does not know the question.
        self._orders = self._orders or self._ordered_paper(self._answer_seconds) is not None
        self._line.write(escpos.INITIALISE)
        for place, band in enumerate(escpos.bands(job.raster)):
            if place and self._paper_is_out():
                return self._ran_out(f"before band {place}")
            self._line.write(band)
        self._line.write(escpos.CUT)
        if not self._orders:
            # Give it the time it needs at its slowest, then see whether it is well.
            self._wait(min(self._finish_seconds, job.raster.height_px / SLOWEST_ROWS_PER_SECOND))
            return self._outcome(printed=not self._paper_is_out())
        paper = self._ordered_paper(self._finish_seconds)
        return self._outcome(printed=paper is not None and not escpos.ordered_paper_out(paper))

    def _outcome(self, *, printed: bool) -> PrintOutcome:
        """The outcome, from whether the printer has said that it is done, and from what it says of itself now."""
        fault = self._faults()
        out_of_paper = fault is not None and fault.fault is Fault.PAPER_OUT
        if out_of_paper and not printed:
            return self._ran_out("at the end")
        # Out of paper and done: the roll ended behind the slip.
        if printed and (out_of_paper or not _stops(fault)):
            return PrintOutcome(result=PrintResult.PRINTED, fault=fault)
        cause = fault if _stops(fault) else DeviceFault(Fault.PRINTER_SILENT)
        return PrintOutcome(result=PrintResult.UNKNOWN, fault=cause, partial=True)

    def _paper_is_out(self) -> bool:
        paper = self._ask(escpos.PAPER)
        return paper is not None and bool(paper & escpos.PAPER_OUT_BITS)

    def _ran_out(self, where: str) -> PrintOutcome:
        self._line.write(escpos.CLEAR_BUFFERS)
        self._ask(escpos.PAPER)  # its answer says that the command before it has arrived: only then hang up
        fault = DeviceFault(Fault.PAPER_OUT, where)
        return PrintOutcome(result=PrintResult.FAILED, fault=fault, partial=True)

    def _faults(self) -> DeviceFault | None:
        answers: dict[int, int] = {}
        for query in escpos.QUERIES:
            answer = self._ask(query)
            if answer is None:
                return DeviceFault(Fault.PRINTER_SILENT, f"query {query}")
            answers[query] = answer
        fault = escpos.fault_of(answers)
        if fault is None:
            return None
        return DeviceFault(fault, " ".join(f"{byte:02x}" for byte in answers.values()))

    def _ask(self, query: int) -> int | None:
        """One real-time answer, or None."""
        self._drain()
        self._line.write(escpos.real_time(query))
        return self._answer(self._answer_seconds, escpos.is_real_time_answer)

    def _ordered_paper(self, seconds: float) -> int | None:
        """The answer that comes after everything sent before was printed, or None."""
        self._drain()
        self._line.write(escpos.ORDERED_PAPER)
        return self._answer(seconds, escpos.is_ordered_answer)

    def _answer(self, seconds: float, fits: Callable[[int], bool]) -> int | None:
        """The first byte that can be the answer; others (status sent unasked) are passed over."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            for byte in self._line.read(left):
                if fits(byte):
                    return byte
        return None

    def _drain(self) -> None:
        while self._line.read(0.001):
            pass


def _stops(fault: DeviceFault | None) -> bool:
    return fault is not None and fault.fault is not Fault.PAPER_NEAR_END


def _failed(fault: DeviceFault | None) -> PrintOutcome:
    return PrintOutcome(result=PrintResult.FAILED, fault=fault)


def _told(error: OSError) -> str:
    return f"{type(error).__name__} {error.errno or ''}".strip()
