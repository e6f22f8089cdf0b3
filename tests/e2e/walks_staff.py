"""The console: reviewing, people, employers, the exchange, and doing things for others."""

from collections.abc import Iterator

from kiosk.domain.values import EmployerKind, ListingStatus
from kiosk.ui.screens.find.params import ListingParams
from tests.e2e.stage import Stage


def console(stage: Stage) -> Iterator[str]:
    """Sign in, then every part of the console."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    stage.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    yield "staff_sign_in"
    hand.type("staff_number", "1")
    hand.type("pin", "000000")
    stage.tap("staff.sign_in")
    hand.settle()
    yield "staff_sign_in-error"
    stage.sign_in()
    yield "staff"
    stage.tap("staff.review")
    hand.wait_screen("staff_review")
    yield "staff_review"
    waiting = stage.kiosk.storage.read.by_status(ListingStatus.PENDING, None, 50).rows
    flagged = max(waiting, key=lambda each: len(each.findings))
    navigator.show("staff_review_detail", ListingParams(listing_id=flagged.id))
    hand.wait_screen("staff_review_detail")
    yield "staff_review_detail"
    navigator.home()
    stage.tap("staff.people")
    hand.wait_screen("staff_people")
    yield "staff_people"
    worker = stage.services.workers.find("138", 1)[0]
    hand.type("search", "138")
    yield "staff_people-found"
    hand.tap(f"{worker.name}  {worker.phone}")
    hand.wait_screen("staff_person")
    yield "staff_person"
    navigator.home()
    stage.tap("staff.employers")
    hand.wait_screen("staff_employers")
    employer = stage.kiosk.storage.read.employers_of_kind(EmployerKind.ENTERPRISE, 1)[0]
    hand.type("search", employer.name[:4])
    yield "staff_employers"
    hand.tap_nth(f"{employer.name}  {employer.phone}", 0)
    hand.wait_screen("staff_employer")
    yield "staff_employer"
    navigator.home()
    stage.tap("staff.sync")
    hand.wait_screen("staff_sync")
    yield "staff_sync"
    stage.tap("staff.join")
    hand.wait_screen("staff_join")
    yield "staff_join"
    navigator.home()
    navigator.begin_on_behalf("trades")
    hand.wait_screen("trades")
    yield "trades-on-behalf"


def machine(stage: Stage) -> Iterator[str]:
    """The way out of the kiosk, nearly taken."""
    stage.sign_in()
    stage.tap("staff.machine")
    stage.hand.wait_screen("staff_machine")
    yield "staff_machine"
    stage.tap("staff.ask_close")
    yield "staff_machine-sure"


WALKS = (console, machine)
