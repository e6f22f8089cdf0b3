"""The registration itself: made once, and what comes after it, for the full way and the quick one."""

from collections.abc import Callable

from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.workers import Registered
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.drafts.keep import forget_saved
from kiosk.ui.screens.find.known import carry_on
from kiosk.ui.screens.find.params import ASKING, REGISTERING, IdentifyParams, KnownWorker, note_typed
from kiosk.ui.screens.register.draft import (
    Changing,
    Completing,
    RegisterDraft,
    RegisteredParams,
    Saved,
    StepParams,
)
from kiosk.ui.screens.register.step import RegisterStep

#: Which step a field stands on.
STEP_OF = {
    "consent": "register_consent",
    "name": "register_who",
    "id_number": "register_who",
    "phone": "register_who",
    "trades": "register_trades",
    "wage": "register_wish",
}
KNOWN_ALREADY = "refusal.already_registered"


def save(page: RegisterStep, changing: Changing) -> None:
    """Keep the change that the draft says; a refusal goes to the step that its field stands on."""
    ctx, form, actor = page.ctx, page.draft.form, actor_of(page.ctx)
    workers = ctx.services.workers
    page.clear_errors()

    def done(_: Worker) -> None:
        ctx.visit.drop(RegisterDraft)
        ctx.visit.keep(Saved())
        ctx.navigator.back()

    page.submit(lambda: workers.update(changing.worker_id, form, actor), done, _mend(page))


def _mend(page: RegisterStep) -> Callable[[Refusal], None]:
    """Where a refusal is said: on the step that has its field."""

    def failed(refusal: Refusal) -> None:
        step = STEP_OF.get(refusal.field or "", page.name)
        if step == page.name:
            page.refused(refusal)
        else:
            page.ctx.navigator.show(step, StepParams(edit=True, refusal=refusal))

    return failed


def register(page: RegisterStep) -> None:
    """Register what the draft says; a refusal goes to the step that its field stands on."""
    ctx, form, actor = page.ctx, page.draft.form, actor_of(page.ctx)
    workers = ctx.services.workers
    page.clear_errors()

    def done(registered: Registered) -> None:
        then = ctx.visit.draft(RegisterDraft).then
        ctx.visit.drop(RegisterDraft)
        forget_saved(page, page.draft_flow)
        ctx.visit.keep(KnownWorker(worker_id=registered.worker.id, proved=True))
        ctx.navigator.leave_out(REGISTERING | ASKING)
        if then is not None and then.listing_id is not None:
            carry_on(page, registered.worker.id, then)
        else:
            ctx.navigator.swap("registered", RegisteredParams(registered=registered))

    page.submit(lambda: workers.register(form, actor), done, _mend(page))


def go_on_as_known(page: RegisterStep) -> None:
    """Registered before: identify by the phone that was typed, then what the person came for."""
    draft, listing_id = page.draft, None
    if draft.quick and draft.then is not None:
        listing_id = draft.then.listing_id
    else:  # who came to register has more to say than is kept of them
        page.ctx.visit.keep(Completing(form=draft.form))
    note_typed(page.ctx.visit, draft.form.phone)
    wish = IdentifyParams(
        listing_id=listing_id, phone=draft.form.phone, page="mine" if draft.quick else "my_data"
    )
    page.ctx.navigator.show("identify", wish)
