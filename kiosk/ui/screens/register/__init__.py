"""我要登记: consent, who, trades, wishes, summary, the worker's slip. One question a page."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.register.consent import ConsentScreen
    from kiosk.ui.screens.register.extras import ExtrasScreen
    from kiosk.ui.screens.register.identity import IdentityScreen
    from kiosk.ui.screens.register.phone import PhoneScreen
    from kiosk.ui.screens.register.registered import RegisteredScreen
    from kiosk.ui.screens.register.summary import SummaryScreen
    from kiosk.ui.screens.register.trades import RegisterTradesOfScreen, RegisterTradesScreen
    from kiosk.ui.screens.register.where import WhereScreen
    from kiosk.ui.screens.register.who import WhoScreen
    from kiosk.ui.screens.register.wish import WishScreen
    from kiosk.ui.screens.register.years import YearsScreen

    return (
        ConsentScreen,
        WhoScreen,
        PhoneScreen,
        IdentityScreen,
        RegisterTradesScreen,
        RegisterTradesOfScreen,
        YearsScreen,
        WishScreen,
        WhereScreen,
        ExtrasScreen,
        SummaryScreen,
        RegisteredScreen,
    )
