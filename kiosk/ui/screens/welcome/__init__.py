"""The first page: what the station offers, and what is new."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.welcome.scan import ScanScreen
    from kiosk.ui.screens.welcome.still_you import StillYouScreen
    from kiosk.ui.screens.welcome.welcome import WelcomeScreen

    return (WelcomeScreen, ScanScreen, StillYouScreen)
