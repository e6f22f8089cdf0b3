"""What devices with lines of their own give to the screen that is shown: codes and identity cards."""

from PySide6.QtCore import QObject, Slot

from kiosk.services.device_ports import IdCard
from kiosk.services.faults import DeviceFault
from kiosk.ui.shell import Shell


class Given(QObject):
    """Hands them over. All of it happens on the screen's thread.

    Args:
        shell: the window, and the parent.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell

    @property
    def card_wanted(self) -> bool:
        """Whether the screen that is shown has a use for a card."""
        return self._shell.current_screen.takes_cards

    @Slot(str)
    def code(self, code: str) -> None:
        """A scanner has read a code: as if it had been typed by one."""
        gate = self._shell.ctx.gate
        gate.stir()
        gate.scanner.scanned.emit(code)

    @Slot(object)
    def card(self, card: IdCard) -> None:
        """A card lies on the reader."""
        ctx = self._shell.ctx
        if self.card_wanted:
            ctx.gate.stir()
            ctx.notices.toast.emit(ctx.strings.text("common.toast.card_read"))
            self._shell.current_screen.card_read(card)

    @Slot(object)
    def fault(self, fault: DeviceFault) -> None:
        """A device is at fault: said where a card is wanted; the fields can be filled by hand."""
        ctx = self._shell.ctx
        if self.card_wanted:
            text, params = ctx.strings.text, dict(fault.params)
            ctx.notices.toast.emit(f"{text(fault.key, **params)} {text(fault.what_to_do, **params)}")
