"""Forms in the middle: saved, shown by number, taken up again."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of saved drafts."""
    from kiosk.ui.screens.drafts.resume import DraftDigitsScreen, DraftResumeScreen
    from kiosk.ui.screens.drafts.saved import DraftSavedScreen

    return DraftSavedScreen, DraftResumeScreen, DraftDigitsScreen
