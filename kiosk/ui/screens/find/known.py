"""Once we know who the worker is: news first, and who asks for them; then the application, or their own page."""

from uuid import UUID

from kiosk.domain.refusal import Refusal
from kiosk.services.news import News
from kiosk.services.wanted import Asked
from kiosk.ui.behalf import note_whose
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.route import ScreenName
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.params import (
    ASKING,
    REGISTERING,
    AppliedParams,
    IdentifyParams,
    KnownWorker,
    NewsParams,
    RefusedParams,
)
from kiosk.ui.screens.register.draft import RegisterDraft
from kiosk.ui.screens.wanted.draft import AskedParams, Heard


def proved_worker(ctx: UiContext) -> UUID | None:
    """The worker of this visit, if they have proved who they are or staff act for them."""
    if not ctx.visit.has(KnownWorker):
        return None
    known = ctx.visit.draft(KnownWorker)
    return known.worker_id if known.proved or ctx.navigator.staff is not None else None


def register_again(ctx: UiContext) -> None:
    """Who has withdrawn is registered like anybody who comes for the first time; nothing of before is taken over."""
    ctx.visit.drop(KnownWorker)
    ctx.visit.keep(RegisterDraft())
    ctx.navigator.home()
    ctx.navigator.show("register_consent")


def carry_on(page: Page, worker_id: UUID, wish: IdentifyParams, *, proved: bool = False) -> None:
    """Go on from an identification: news of earlier applications first, then what the person came for.

    Their own page opens only to who has proved who they are; anybody else is asked for the slip.
    """
    ctx = page.ctx
    proved = proved or proved_worker(ctx) == worker_id
    ctx.visit.keep(KnownWorker(worker_id=worker_id, proved=proved))
    if wish.listing_id is None and proved_worker(ctx) is None:
        page.banner.say(page.text("identify.prove"), "info")
        return

    if proved_worker(ctx) is None:
        # Somebody who only knows the number must neither read the news nor make it old.
        _do(page, worker_id, wish)
        return

    heard, by_staff = ctx.visit.draft(Heard).invitations, ctx.navigator.staff is not None
    services = ctx.services

    def told(found: tuple[tuple[News, ...], tuple[Asked, ...], str]) -> None:
        note_whose(ctx.navigator, found[2])
        news, asked = found[0], tuple(each for each in found[1] if each.invitation.id not in heard)
        if news:
            _arrive(ctx, wish, "news", NewsParams(news=news, wish=wish))
        elif asked:
            _arrive(ctx, wish, "asked", AskedParams(asked=asked, wish=wish))
        else:
            _do(page, worker_id, wish)

    # Not a query: touches are held until it is known where this leads.
    page.submit(
        lambda: (
            services.placements.news_for(worker_id),
            services.wanted.asked(worker_id),
            services.workers.get(worker_id).name if by_staff else "",
        ),
        told,
    )


def _arrive(ctx: UiContext, wish: IdentifyParams, name: ScreenName, params: object = None) -> None:
    """Nobody goes back to being asked who they are: that page would send them on again, and apply again.

    Nor into a registration that turned out to have been made before, and is not half filled then.
    """
    if wish.phone:
        ctx.visit.drop(RegisterDraft)
    ctx.navigator.leave_out(ASKING | REGISTERING)
    ctx.navigator.swap(name, params)


def _do(page: Page, worker_id: UUID, wish: IdentifyParams) -> None:
    """What the person came for."""
    ctx = page.ctx
    if wish.listing_id is None:
        _arrive(ctx, wish, wish.page)
        return
    listing_id, actor, services = wish.listing_id, actor_of(ctx), ctx.services
    proved = proved_worker(ctx) is not None

    def work() -> AppliedParams:
        applied = services.placements.apply(worker_id, listing_id, actor)
        more = not proved and bool(services.placements.news_for(worker_id))
        return AppliedParams(applied=applied, more=more)

    def done(params: AppliedParams) -> None:
        _arrive(ctx, wish, "applied", params)

    def refused(refusal: Refusal) -> None:
        _arrive(ctx, wish, "apply_refused", RefusedParams(refusal=refusal))

    page.submit(work, done, refused)
