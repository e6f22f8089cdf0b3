"""The speaker of a machine without a voice: says nothing, and says so when asked."""

from kiosk.services.device_ports import DeviceFault, Fault


class SilentSpeaker:
    """Implements ``kiosk.services.device_ports.Speaker``."""

    def say(self, text: str, *, words_per_minute: int = 125) -> None:
        """Nothing is heard; the text stands on the screen."""

    def stop(self) -> None:
        """There is nothing to stop."""

    def status(self) -> DeviceFault | None:
        """No voice."""
        return DeviceFault(Fault.SPEECH_MISSING)
