"""The registration itself: made once, and what comes after it, for the full way and the quick one."""

from collections.abc import Callable

from kiosk.domain.names import check_person_name
from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.workers import Registered, WorkerForm
from kiosk.ui.components.page import Page
from kiosk.ui.glyphs import check_shown
from kiosk.ui.route import ScreenName
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.drafts.keep import forget_saved
from kiosk.ui.screens.find.known import carry_on
from kiosk.ui.screens.find.params import ASKING, REGISTERING, IdentifyParams, KnownWorker, note_typed
from kiosk.ui.screens.register.draft import (
    ASKED,
    Changing,
    Completing,
    RegisterDraft,
    RegisteredParams,
    Saved,
    StepParams,
)
from kiosk.ui.screens.register.step import STEPS, RegisterStep

#: Which step a field stands on.
STEP_OF = {
    "consent": "register_consent",
    "name": "register_who",
    "phone": "register_phone",
    "id_number": "register_id",
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


def _mend(page: Page) -> Callable[[Refusal], None]:
    """Where a refusal is said: on the step that has its field; about nobody's field, where it can be answered."""

    def failed(refusal: Refusal) -> None:
        here = page.name if isinstance(page, RegisterStep) else "register_who"
        step = STEP_OF.get(refusal.field or "", here)
        if step == page.name:
            page.refused(refusal)
        else:
            # From the summary to mend one thing, and back; from a question to another one, and on from there.
            back = page.name == STEPS[-1]
            page.ctx.navigator.show(step, StepParams(edit=back, refusal=refusal))

    return failed


def next_asked(draft: RegisterDraft, here: ScreenName) -> ScreenName:
    """The next page that asks who somebody is; "" when everything of that has been answered."""
    names = [name for name, _ in ASKED]
    rest = ASKED[names.index(here) + 1 :] if here in names else ASKED
    return next((name for name, field in rest if draft.asks(field)), "")


def registers_next(page: RegisterStep) -> bool:
    """Whether the way on from a page registers: who only wants to apply is asked nothing else."""
    return page.draft.quick and not next_asked(page.draft, page.name)


def _wrong(page: Page, form: WorkerForm) -> Refusal | None:
    """What cannot be so of answers whose pages were left out: a card may say what nobody could have typed."""
    try:
        if form.name.strip():
            check_shown(check_person_name(form.name, "name"), "name")
        if form.id_number.strip():
            page.ctx.services.workers.check_identity(form.id_number)
    except Refusal as refusal:
        return refusal
    return None


def go_on_asking(page: Page) -> None:
    """On to what is still to be asked. As soon as name and phone are known, so is who is registered already."""
    ctx, draft = page.ctx, page.ctx.visit.draft(RegisterDraft)
    following, form, workers = next_asked(draft, page.name), draft.form, page.ctx.services.workers
    refusal = _wrong(page, form)
    if refusal is not None:
        _mend(page)(refusal)
    elif following in {"register_who", "register_phone"}:
        ctx.navigator.show(following)
    elif draft.quick and not following:
        register(page)
    else:
        then = following or "register_trades"
        page.submit(lambda: workers.check_new(form), lambda _: ctx.navigator.show(then), _mend(page))


def register(page: Page) -> None:
    """Register what the draft says; a refusal goes to the step that its field stands on."""
    ctx, form, actor = page.ctx, page.ctx.visit.draft(RegisterDraft).form, actor_of(page.ctx)
    workers = ctx.services.workers
    page.clear_errors()

    def done(registered: Registered) -> None:
        then = ctx.visit.draft(RegisterDraft).then
        ctx.visit.drop(RegisterDraft)
        forget_saved(page, RegisterStep.draft_flow)
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
