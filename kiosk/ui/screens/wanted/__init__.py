"""求职信息: a worker says what they offer; employers look who there is, and ask for somebody."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.wanted.asked import AskedScreen
    from kiosk.ui.screens.wanted.entry import WantedEntryScreen
    from kiosk.ui.screens.wanted.invite import InviteScreen
    from kiosk.ui.screens.wanted.invited import StaffInvitedScreen
    from kiosk.ui.screens.wanted.my_wanted import MyWantedScreen
    from kiosk.ui.screens.wanted.people import WantedListScreen
    from kiosk.ui.screens.wanted.steps import (
        WantedDaysScreen,
        WantedExtrasScreen,
        WantedNoteScreen,
        WantedTimesScreen,
        WantedTradesOfScreen,
        WantedTradesScreen,
        WantedWageScreen,
        WantedWhereScreen,
    )
    from kiosk.ui.screens.wanted.summary import WantedSummaryScreen

    return (
        MyWantedScreen,
        WantedSummaryScreen,
        WantedTradesScreen,
        WantedTradesOfScreen,
        WantedDaysScreen,
        WantedTimesScreen,
        WantedWageScreen,
        WantedWhereScreen,
        WantedExtrasScreen,
        WantedNoteScreen,
        WantedListScreen,
        WantedEntryScreen,
        InviteScreen,
        AskedScreen,
        StaffInvitedScreen,
    )
