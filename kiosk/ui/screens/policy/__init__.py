"""政策补贴: what there is, whether it fits, a slip to take along."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.policy.ask import PolicyConditionsScreen, PolicyWhoScreen
    from kiosk.ui.screens.policy.item import PolicyScreen
    from kiosk.ui.screens.policy.list import PoliciesScreen

    return (PoliciesScreen, PolicyScreen, PolicyWhoScreen, PolicyConditionsScreen)
