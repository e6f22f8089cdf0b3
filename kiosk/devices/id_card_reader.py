"""The ID-card reader: find a card, select it, read its text. The photo that comes along is dropped unread."""

import time

from kiosk.devices import sdt
from kiosk.devices.lines import Line
from kiosk.services.device_ports import DeviceFault, Fault, IdCard

#: Reading a whole card takes about 0.8 s at 115,200 baud.
ANSWER_SECONDS = 2.0


class SdtCardReader:
    """Implements ``kiosk.services.device_ports.IdCardReader`` over a serial line (or USB made serial).

    Args:
        line: opened at the first reading and kept open; opened anew after a fault.
        answer_seconds: how long the reader may take for one answer.
    """

    def __init__(self, line: Line, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._line = line
        self._answer_seconds = answer_seconds
        self._open = False

    def read(self) -> IdCard | None:
        """The card that lies there, or None. A card that was read answers again only after it was lifted."""
        try:
            if self._ask(sdt.FIND).status != sdt.FOUND:
                return None
            if self._ask(sdt.SELECT).status != sdt.DONE:
                raise DeviceFault(Fault.CARD_UNREADABLE, "select")
            answer = self._ask(sdt.READ_TEXT_AND_PHOTO)
            if answer.status != sdt.DONE:
                raise DeviceFault(Fault.CARD_UNREADABLE, f"status {answer.status:#04x}")
            return sdt.card_of(answer.data)
        except sdt.OtherKindError as error:
            raise DeviceFault(Fault.CARD_KIND) from error
        except sdt.FrameError as error:
            self.close()
            raise DeviceFault(Fault.CARD_READER_NOISE, str(error)) from error
        except OSError as error:
            self.close()
            raise DeviceFault(Fault.CARD_READER_UNREACHABLE, type(error).__name__) from error

    def status(self) -> DeviceFault | None:
        """Ask the reader how it is."""
        try:
            self._ask(sdt.STATUS)
        except (sdt.FrameError, OSError) as error:
            self.close()
            noise = isinstance(error, sdt.FrameError)
            return DeviceFault(Fault.CARD_READER_NOISE if noise else Fault.CARD_READER_UNREACHABLE)
        return None

    def close(self) -> None:
        """Let go of the line."""
        self._line.close()
        self._open = False

    def _ask(self, content: bytes) -> sdt.Answer:
        if not self._open:
            self._line.open()
            self._open = True
        while self._line.read(0.001):  # what was said too late is not an answer to this
            pass
        self._line.write(sdt.command(content))
        received = bytearray()
        end = time.monotonic() + self._answer_seconds
        while (left := end - time.monotonic()) > 0:
            received += self._line.read(left)
            answer = sdt.take_answer(bytes(received))
            if answer is not None:
                return answer
        if received:
            raise sdt.FrameError("the answer ends in the middle")
        raise TimeoutError("the reader does not answer")
