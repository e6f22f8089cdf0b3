"""What every form calls once it is through: its saved draft is not needed any more."""

from kiosk.ui.screen import Screen
from kiosk.ui.screens.drafts.flows import SavedAs
from kiosk.ui.tasks import Lane


def forget_saved(page: Screen, flow: str) -> None:
    """Remove the draft that this form was saved as, if it was."""
    visit, services = page.ctx.visit, page.ctx.services
    if not visit.has(SavedAs):
        return
    saved = visit.draft(SavedAs)
    if saved.flow != flow:
        return
    visit.drop(SavedAs)
    # Not held by the gate and not tied to the visit: the form itself is done.
    page.ctx.tasks.run(lambda: services.drafts.drop(saved.number), lane=Lane.DATABASE)
