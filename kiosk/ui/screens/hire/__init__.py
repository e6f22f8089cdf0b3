"""我要招人: who hires, the listing question by question, the receipt, who comes."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.hire.address import PostAddressScreen
    from kiosk.ui.screens.hire.applicants import ApplicantsScreen
    from kiosk.ui.screens.hire.contact import PostContactScreen
    from kiosk.ui.screens.hire.details import PostDetailsScreen
    from kiosk.ui.screens.hire.hours import PostHoursScreen
    from kiosk.ui.screens.hire.kind import KindScreen
    from kiosk.ui.screens.hire.known import HireKnownScreen
    from kiosk.ui.screens.hire.name import HireNameScreen
    from kiosk.ui.screens.hire.posted import PostedScreen
    from kiosk.ui.screens.hire.sheet import HireSheetScreen
    from kiosk.ui.screens.hire.stop import StopScreen
    from kiosk.ui.screens.hire.summary import PostSummaryScreen
    from kiosk.ui.screens.hire.terms import PostTermsScreen
    from kiosk.ui.screens.hire.trade import PostTradeOfScreen, PostTradeScreen
    from kiosk.ui.screens.hire.when import PostWhenScreen
    from kiosk.ui.screens.hire.where import PostDistrictScreen, PostWhereScreen
    from kiosk.ui.screens.hire.who import HireWhoScreen

    return (
        KindScreen,
        HireWhoScreen,
        HireNameScreen,
        HireKnownScreen,
        PostTradeScreen,
        PostTradeOfScreen,
        PostWhenScreen,
        PostHoursScreen,
        PostTermsScreen,
        PostWhereScreen,
        PostDistrictScreen,
        PostAddressScreen,
        PostDetailsScreen,
        PostContactScreen,
        PostSummaryScreen,
        PostedScreen,
        ApplicantsScreen,
        StopScreen,
        HireSheetScreen,
    )
