"""Who acts: the person at the screen, or the member of staff who is signed in, on behalf."""

from kiosk.domain.operations import Actor
from kiosk.services.context import SELF
from kiosk.services.staff import StaffSession
from kiosk.ui.context import UiContext


def actor_of(ctx: UiContext) -> Actor:
    """The actor of whatever is done now."""
    session = ctx.navigator.staff
    return session.actor if isinstance(session, StaffSession) else SELF
