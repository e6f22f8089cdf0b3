"""我要招人: who hires, the listing question by question, the receipt, who comes."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.hire.applicants import ApplicantsScreen
    from kiosk.ui.screens.hire.day import PostDayScreen
    from kiosk.ui.screens.hire.headcount import PostCountScreen
    from kiosk.ui.screens.hire.hours import PostBeginScreen, PostEndScreen
    from kiosk.ui.screens.hire.kind import KindScreen
    from kiosk.ui.screens.hire.known import HireKnownScreen
    from kiosk.ui.screens.hire.name import HireCodeScreen, HireContactScreen, HireIdScreen, HireNameScreen
    from kiosk.ui.screens.hire.pay import PostPayScreen
    from kiosk.ui.screens.hire.posted import PostedScreen
    from kiosk.ui.screens.hire.provided import PostProvidedScreen
    from kiosk.ui.screens.hire.sheet import HireSheetScreen
    from kiosk.ui.screens.hire.stepped import PostDaysScreen, PostRestScreen
    from kiosk.ui.screens.hire.stop import StopScreen
    from kiosk.ui.screens.hire.summary import PostSummaryScreen
    from kiosk.ui.screens.hire.touched import PostContractScreen, PostSettleScreen, PostStrengthScreen
    from kiosk.ui.screens.hire.trade import PostTradeOfScreen, PostTradeScreen
    from kiosk.ui.screens.hire.where import PostDistrictScreen, PostWhereScreen
    from kiosk.ui.screens.hire.who import HireWhoScreen
    from kiosk.ui.screens.hire.written import (
        PostAddressScreen,
        PostContactScreen,
        PostMeetingScreen,
        PostPhoneScreen,
        PostRequirementsScreen,
        PostTitleScreen,
    )

    return (
        KindScreen,
        HireWhoScreen,
        HireNameScreen,
        HireContactScreen,
        HireCodeScreen,
        HireIdScreen,
        HireKnownScreen,
        PostTradeScreen,
        PostTradeOfScreen,
        PostCountScreen,
        PostDayScreen,
        PostDaysScreen,
        PostBeginScreen,
        PostEndScreen,
        PostPayScreen,
        PostSettleScreen,
        PostWhereScreen,
        PostDistrictScreen,
        PostAddressScreen,
        PostProvidedScreen,
        PostSummaryScreen,
        PostTitleScreen,
        PostRestScreen,
        PostStrengthScreen,
        PostRequirementsScreen,
        PostMeetingScreen,
        PostContractScreen,
        PostContactScreen,
        PostPhoneScreen,
        PostedScreen,
        ApplicantsScreen,
        StopScreen,
        HireSheetScreen,
    )
