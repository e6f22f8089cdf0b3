"""Screens: one file each, composition only."""

from kiosk.ui.screen import Screen


def all_screens(*, configured: bool) -> tuple[type[Screen], ...]:
    """Every screen of a configured kiosk, or those of first set-up.

    The flows are imported here and not above: the shell needs this package for the fault screen alone.
    """
    from kiosk.ui.screens import (
        drafts,
        find,
        hire,
        mine,
        policy,
        register,
        setup,
        staff,
        twice,
        wanted,
        welcome,
    )

    flows = (
        (welcome, find, register, mine, hire, wanted, policy, twice, drafts, staff)
        if configured
        else (setup,)
    )
    return tuple(screen for flow in flows for screen in flow.screens())


def first_screens(*, configured: bool) -> tuple[type[Screen], ...]:
    """What a kiosk shows before its database is open: the first page and the trades; or all of first set-up."""
    from kiosk.ui.screens import setup

    if not configured:
        return setup.screens()
    from kiosk.ui.screens.find.trades import TradesScreen
    from kiosk.ui.screens.welcome.welcome import WelcomeScreen

    return (WelcomeScreen, TradesScreen)
