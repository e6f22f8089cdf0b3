"""People who are known at two kiosks: their registrations made one, and a visitor who wishes to be remembered."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.twice.remember import RememberScreen
    from kiosk.ui.screens.twice.twice import TwiceScreen

    return (TwiceScreen, RememberScreen)
