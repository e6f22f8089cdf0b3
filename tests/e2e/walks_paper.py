"""Slips that do not come out of the printer: every page that ends with one says so, and that nothing is lost."""

from collections.abc import Iterator

from kiosk.services.context import SELF
from kiosk.ui.screens.find.params import KnownWorker
from kiosk.ui.screens.hire.params import ApplicantsParams, PostedParams
from kiosk.ui.screens.register.draft import RegisteredParams
from tests.e2e.before import firm, household, listing_of, posted, printer_away
from tests.e2e.stage import Stage
from tests.e2e.walks_worker import free_listing, known_worker, show_job, show_listing, taken


def of_workers(stage: Stage) -> Iterator[str]:
    """Registered, a place taken, news, the slip once more, the worker's card."""
    hand, navigator, visit = stage.hand, stage.shell.ctx.navigator, stage.shell.ctx.visit
    with printer_away(stage):
        worker = known_worker(stage, "丛培强", "13506310135")
        show_listing(stage, free_listing(stage))
        visit.keep(KnownWorker(worker_id=worker.worker.id, proved=True))
        stage.tap("listing.go")
        yield from _failed(stage, "applied")
        navigator.show("registered", RegisteredParams(registered=worker))
        yield from _failed(stage, "registered")
        navigator.show("my_data")
        hand.wait_screen("my_data")
        stage.tap("slip_panel.again")
        yield from _failed(stage, "my_data")
        other = household(stage, "13706310401", "毕广义")
        evening = listing_of(stage, other, start_minute=18 * 60, end_minute=20 * 60, hours_per_day="2")
        job = taken(stage, worker, evening)
        show_job(stage, job)
        stage.tap("slip_panel.again")
        yield from _failed(stage, "my_job")
        yield from _news(stage)


def _news(stage: Stage) -> Iterator[str]:
    """Somebody waited, and has the place."""
    placements = stage.services.placements
    listing = listing_of(stage, household(stage, "13706310402", "鞠玉兰"), title="抬柜子")
    holder = taken(stage, known_worker(stage, "毕淑芬", "13506310136"), listing)
    lucky = known_worker(stage, "于海", "13506310137")
    taken(stage, lucky, listing)
    placements.cancel(holder.placement.id, "", SELF)
    stage.begin()
    stage.hand.scan(lucky.slip.content.qr)
    stage.hand.wait_screen("tail")
    stage.hand.type("tail", "0137")
    stage.tap("common.next")
    yield from _failed(stage, "news")


def of_employers(stage: Stage) -> Iterator[str]:
    """Waiting for a look; the receipt, and the sheet of who comes; the number of a draft."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    employer = firm(stage, "13906310403")
    waits = posted(stage, employer, headcount="6", title="分拣海带")
    navigator.show("posted", PostedParams(posted=waits))
    hand.wait_screen("posted")
    hand.wait_text(stage.word("slip_panel.printed"))
    yield "posted-pending"
    stage.begin()
    with printer_away(stage):
        navigator.show("posted", PostedParams(posted=posted(stage, employer, title="装车")))
        yield from _failed(stage, "posted")
        listing = listing_of(stage, employer, title="挑选扇贝", headcount="6")
        for n, name in enumerate(("宋福来", "石守信")):
            taken(stage, known_worker(stage, name, f"1350631014{n}"), listing)
        navigator.show("applicants", ApplicantsParams(listing_id=listing.id))
        hand.wait_screen("applicants")
        stage.tap("applicants.print")
        yield from _failed(stage, "hire_sheet")
        stage.begin()
        stage.tap("welcome.register")
        stage.tap("consent.agree")
        hand.wait_screen("register_who")
        hand.type("name", "古丽扎尔·买买提")
        stage.tap("draft.save")
        yield from _failed(stage, "draft_saved")


def of_staff(stage: Stage) -> Iterator[str]:
    """The list of whom to call; the message stands on top of it."""
    listing = listing_of(stage, household(stage, "13706310404", "欧阳海兰"), title="清仓库")
    for n, name in enumerate(("林建军", "毕广义")):
        taken(stage, known_worker(stage, name, f"1350631015{n}"), listing)
    stage.services.listings.close(listing.id, "", SELF)
    stage.sign_in()
    stage.tap("staff.calls")
    stage.hand.wait_screen("staff_calls")
    with printer_away(stage):
        stage.tap("calls.print")
        stage.hand.settle()
        yield "staff_calls-not-printed"


WALKS = (of_workers, of_employers, of_staff)


def _failed(stage: Stage, screen: str) -> Iterator[str]:
    """The page is there, and the printer has not answered."""
    stage.hand.wait_screen(screen)
    stage.hand.wait_text(stage.word("slip_panel.remember"))
    yield f"{screen}-not-printed"
