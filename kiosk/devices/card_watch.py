"""Looks again and again whether a card lies on the reader, while somebody wants one."""

import logging
import threading
from collections.abc import Callable

from kiosk.services.device_ports import DeviceFault, Fault, IdCard, IdCardReader

LOG = logging.getLogger(__name__)
POLL_SECONDS = 0.4
RETRY_SECONDS = 5.0
LOST = frozenset({Fault.CARD_READER_UNREACHABLE, Fault.CARD_READER_NOISE})


class CardWatch:
    """One thread that asks the reader. A card is told once, however long it lies there; so is a fault.

    Args:
        reader: asked from the thread alone.
        poll_seconds: between two looks.
        retry_seconds: before a lost reader is asked again.
    """

    def __init__(
        self,
        reader: IdCardReader,
        *,
        poll_seconds: float = POLL_SECONDS,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._reader = reader
        self._poll_seconds = poll_seconds
        self._retry_seconds = retry_seconds
        self._wanted = threading.Event()
        # Counts how often somebody began to want a card: between two looks one page can end and another begin.
        self._wishes = 0
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, on_card: Callable[[IdCard], None], on_fault: Callable[[DeviceFault], None]) -> None:
        """Begin; cards and faults are told from the thread."""
        if self._thread is not None:
            raise RuntimeError("the card reader is already watched")
        self._ended.clear()
        self._thread = threading.Thread(
            target=self._run, args=(on_card, on_fault), name="card-watch", daemon=True
        )
        self._thread.start()

    def want(self, *, wanted: bool) -> None:
        """Whether a card means anything now. What lies on the reader when nobody asks is not even read."""
        if wanted:
            if not self._wanted.is_set():
                self._wishes += 1
            self._wanted.set()
        else:
            self._wanted.clear()

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._wanted.clear()

    def _run(self, on_card: Callable[[IdCard], None], on_fault: Callable[[DeviceFault], None]) -> None:
        told: object = None
        wish = 0
        while self._wanted.wait() and not self._ended.is_set():
            if wish != self._wishes:
                wish = self._wishes
                told = None  # the next person's card is told, even if it is the same one
            pause = self._poll_seconds
            try:
                card = self._reader.read()
            except DeviceFault as fault:
                if told != fault.key:
                    told = fault.key
                    on_fault(fault)
                if fault.key in {f"device.{each.value}" for each in LOST}:
                    pause = self._retry_seconds
            else:
                if card is not None and told != card and self._wanted.is_set():
                    on_card(card)
                told = card
            self._ended.wait(pause)
