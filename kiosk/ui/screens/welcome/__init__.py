"""The first page: what the station offers, and what is new."""

from kiosk.ui.screen import Screen
from kiosk.ui.screens.welcome.scan import ScanScreen
from kiosk.ui.screens.welcome.welcome import WelcomeScreen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow."""
    return (WelcomeScreen, ScanScreen)
