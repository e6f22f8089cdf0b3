"""Screens: one file each, composition only."""

from kiosk.ui.screen import Screen


def all_screens(*, configured: bool) -> tuple[type[Screen], ...]:
    """Every screen of a configured kiosk, or those of first set-up.

    The flows are imported here and not above: the shell needs this package for the fault screen alone.
    """
    from kiosk.ui.screens import drafts, find, hire, mine, register, setup, staff, welcome

    flows = (welcome, find, register, mine, hire, drafts, staff) if configured else (setup,)
    return tuple(screen for flow in flows for screen in flow.screens())


def first_screens(*, configured: bool) -> tuple[type[Screen], ...]:
    """What a kiosk shows before anybody has touched it: all of first set-up, or the first page."""
    from kiosk.ui.screens import setup, welcome

    return welcome.screens() if configured else setup.screens()
