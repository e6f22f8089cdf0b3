"""The posting itself: the employer if they are new, then the listing, each saved once."""

from kiosk.domain.refusal import Refusal
from kiosk.services.listings import Posted
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.drafts.keep import forget_saved
from kiosk.ui.screens.hire.draft import HireDraft, HoursSaid
from kiosk.ui.screens.hire.known import is_proved
from kiosk.ui.screens.hire.params import KnownEmployer, PostedParams
from kiosk.ui.screens.hire.step import HireStep


def post(page: HireStep) -> None:
    """Post what the draft says; a refusal brings the page of its field to the front, with all that was typed."""
    ctx, draft, actor = page.ctx, page.draft, actor_of(page.ctx)
    services = ctx.services
    known = ctx.visit.draft(KnownEmployer) if ctx.visit.has(KnownEmployer) else None
    proved_id = known.employer_id if known is not None and is_proved(ctx, known.employer_id) else None
    page.clear_errors()

    def work() -> Posted:
        employer_id = draft.employer_id
        if employer_id is None:
            employer_id = services.employers.register(draft.employer, actor).id
        posted: Posted = services.listings.post(
            employer_id, draft.form, actor, identified=employer_id == proved_id
        )
        return posted

    def done(posted: Posted) -> None:
        employer_id = posted.listing.employer_id
        ctx.visit.keep(KnownEmployer(employer_id=employer_id, proved=employer_id == proved_id))
        ctx.visit.drop(HireDraft)
        ctx.visit.drop(HoursSaid)
        forget_saved(page, page.draft_flow)
        # Not back into the form: what is posted is posted, and a second touch must not post it again.
        ctx.navigator.home()
        ctx.navigator.show("posted", PostedParams(posted=posted))

    def failed(refusal: Refusal) -> None:
        page.refused(refusal)

    page.submit(work, done, failed)
