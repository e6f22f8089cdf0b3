"""The staff console: sign in, review, people, employers, on behalf, the exchange with the city."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The staff screens. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.staff.call import CallScreen
    from kiosk.ui.screens.staff.calls import CallsScreen
    from kiosk.ui.screens.staff.courier import CourierScreen
    from kiosk.ui.screens.staff.devices import StaffDevicesScreen
    from kiosk.ui.screens.staff.double import StaffDoubleScreen
    from kiosk.ui.screens.staff.doubles import StaffDoublesScreen, StaffSameScreen
    from kiosk.ui.screens.staff.drafts import StaffDraftsScreen
    from kiosk.ui.screens.staff.employer import StaffEmployerScreen
    from kiosk.ui.screens.staff.employers import StaffEmployersScreen
    from kiosk.ui.screens.staff.home import StaffHomeScreen
    from kiosk.ui.screens.staff.join import JoinScreen
    from kiosk.ui.screens.staff.machine import StaffMachineScreen
    from kiosk.ui.screens.staff.member import StaffMemberScreen
    from kiosk.ui.screens.staff.member_pin import MemberAddScreen, MemberPinScreen
    from kiosk.ui.screens.staff.members import StaffMembersScreen
    from kiosk.ui.screens.staff.people import StaffPeopleScreen
    from kiosk.ui.screens.staff.person import StaffPersonScreen
    from kiosk.ui.screens.staff.quarantine import QuarantineScreen
    from kiosk.ui.screens.staff.quarantine_detail import QuarantineDetailScreen
    from kiosk.ui.screens.staff.review import ReviewScreen
    from kiosk.ui.screens.staff.review_detail import ReviewDetailScreen
    from kiosk.ui.screens.staff.sign_in import SignInScreen
    from kiosk.ui.screens.staff.sync import SyncScreen

    return (
        SignInScreen,
        StaffHomeScreen,
        ReviewScreen,
        ReviewDetailScreen,
        CallsScreen,
        CallScreen,
        StaffPeopleScreen,
        StaffPersonScreen,
        StaffDoublesScreen,
        StaffSameScreen,
        StaffDoubleScreen,
        StaffEmployersScreen,
        StaffEmployerScreen,
        SyncScreen,
        QuarantineScreen,
        QuarantineDetailScreen,
        CourierScreen,
        JoinScreen,
        StaffDraftsScreen,
        StaffMachineScreen,
        StaffDevicesScreen,
        StaffMembersScreen,
        StaffMemberScreen,
        MemberAddScreen,
        MemberPinScreen,
    )
