"""What a visit has left standing when somebody is on the first page, and the question whose it is before it goes on.

Nobody can see who stands at a kiosk. Who has touched 首页 may be gone for good, and the next person would take a place
in their name: so the first page says that something stands, and no way leads on from there without the question.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kiosk.domain.names import mask_name
from kiosk.domain.phone import mask_phone
from kiosk.domain.refusal import Refusal
from kiosk.services.app import Services
from kiosk.ui.context import UiContext
from kiosk.ui.navigator import Stay
from kiosk.ui.route import ScreenName
from kiosk.ui.screens.drafts.flows import FLOWS, Flow, LeftAt, flow_of
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.screens.people import KnownWorker, typed_phone
from kiosk.ui.screens.register.draft import RegisterDraft
from kiosk.ui.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who is known, and what is half filled.

    Attributes:
        worker_id: the worker who has said who they are.
        employer_id: the employer.
        form: name of the form that is not through; "" for none.
        name: as typed into it.
        phone: as typed into it, or where one is asked who one is.
    """

    worker_id: UUID | None = None
    employer_id: UUID | None = None
    form: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillYouParams:
    """Where the person wants to go, once it is known whether what stands is theirs."""

    page: ScreenName
    params: Any = None


def standing(ctx: UiContext) -> Standing | None:
    """What stands in the visit of whoever is at the kiosk; None when nothing does."""
    if ctx.navigator.stay is not Stay.PERSON or not ctx.navigator.attended:
        return None
    visit = ctx.visit
    flow = next((each for each in FLOWS if each.begun(visit)), None)
    found = Standing(
        worker_id=visit.draft(KnownWorker).worker_id if visit.has(KnownWorker) else None,
        employer_id=visit.draft(KnownEmployer).employer_id if visit.has(KnownEmployer) else None,
        form=flow.name if flow is not None else "",
        name=flow.whose(visit.draft(flow.kind)) if flow is not None else "",
        phone=_phone(visit, flow),
    )
    return found if found != Standing() else None


def _phone(visit: Visit, flow: Flow | None) -> str:
    typed = flow.phone(visit.draft(flow.kind)) if flow is not None else ""
    return typed or typed_phone(visit)


def whose(services: Services, stands: Standing) -> str:
    """Whose it is, as strangers may read it; "" when nobody has said. Reads the database: any thread."""
    try:
        if stands.worker_id is not None:
            return mask_name(services.workers.get(stands.worker_id).name)
        if stands.employer_id is not None:
            employer = services.employers.get(stands.employer_id)
            return mask_name(employer.contact_name or employer.name)
    except Refusal:  # forgotten meanwhile
        return ""
    return mask_name(stands.name.strip()) or mask_phone(stands.phone)


def set_out(ctx: UiContext, page: ScreenName, params: Any = None) -> None:  # noqa: ANN401 - that page's own
    """From the first page on; where something stands, whose it is comes first."""
    if standing(ctx) is not None:
        ctx.navigator.show("still_you", StillYouParams(page=page, params=params))
    else:
        begin(ctx, page)
        ctx.navigator.show(page, params)


def begin(ctx: UiContext, page: ScreenName) -> None:
    """Who comes to register from the first page has given up what they came for before: no place is taken by it."""
    if page == "register_consent" and ctx.navigator.attended and ctx.visit.has(RegisterDraft):
        ctx.visit.keep(replace(ctx.visit.draft(RegisterDraft), then=None))


def fill_on(ctx: UiContext, form: str) -> None:
    """Back into the form, on the page where it was left."""
    home = flow_of(form).home
    left = ctx.visit.draft(LeftAt) if ctx.visit.has(LeftAt) else None
    pages = left.pages if left is not None and left.flow == form else ()
    ctx.navigator.resume((home, *(page for page in pages if page != home)))
