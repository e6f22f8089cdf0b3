"""找活干: trades, listings, one listing, who are you, the promise."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.find.applied import AppliedScreen
    from kiosk.ui.screens.find.districts import DistrictsScreen
    from kiosk.ui.screens.find.identify import IdentifyScreen
    from kiosk.ui.screens.find.listing import ListingScreen
    from kiosk.ui.screens.find.listings import ListingsScreen
    from kiosk.ui.screens.find.narrow import TradesOfScreen
    from kiosk.ui.screens.find.news import NewsScreen
    from kiosk.ui.screens.find.refused import ApplyRefusedScreen
    from kiosk.ui.screens.find.tail import TailScreen
    from kiosk.ui.screens.find.trades import TradesScreen

    return (
        TradesScreen,
        TradesOfScreen,
        DistrictsScreen,
        ListingsScreen,
        ListingScreen,
        IdentifyScreen,
        TailScreen,
        NewsScreen,
        AppliedScreen,
        ApplyRefusedScreen,
    )
