"""The console: reviewing, people, employers, the exchange, and doing things for others."""

from collections.abc import Iterator

from kiosk.domain.values import EmployerKind, ListingStatus, PlacementStatus
from kiosk.protocol.messages import Outcome, Verdict
from kiosk.services.context import SELF, staff_actor
from kiosk.ui.screens.find.params import ListingParams
from kiosk.ui.screens.staff.calls import CallParams
from kiosk.ui.screens.staff.quarantine import AsideParams
from tests.e2e.before import household, listing_of
from tests.e2e.stage import Stage
from tests.e2e.walks_worker import LONG_NAME, full_listing, known_worker, taken
from tests.kiosk_fixture import PIN


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
    yield from _exchange(stage)
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
    stage.tap("staff.devices")
    stage.hand.wait_screen("staff_devices")
    yield "staff_devices"
    stage.tap("setup.printer_tcp")
    stage.tap("staff.devices_save")
    yield "staff_devices-error"
    stage.hand.back()
    stage.hand.wait_screen("staff_machine")
    yield from _members(stage)
    stage.shell.ctx.navigator.back_to("staff_machine")
    stage.hand.wait_screen("staff_machine")
    stage.tap("staff.ask_close")
    yield "staff_machine-sure"


def _members(stage: Stage) -> Iterator[str]:
    """Who may sign in: one more, a badge, somebody else's badge, a new PIN; one who is paused, one who is shut out."""
    hand, session, pin = stage.hand, stage.shell.ctx.navigator.staff, "408215"
    members = stage.services.members
    for name in ("邹慧", "欧阳修远", "丛林"):
        members.add(session, PIN, name, pin, pin)
    members.set_active(session, 3, active=False)
    members.set_badge(session, 1, "ZGZ-0001")
    stage.tap("members.open")
    hand.wait_screen("staff_members")
    yield "staff_members"
    stage.tap("members.add")
    hand.wait_screen("staff_member_add")
    hand.type("staff_name", "于海")
    hand.type("pin", "123456")
    yield "staff_member_add"
    stage.tap("members.save")
    yield "staff_member_add-error"
    hand.back()
    hand.wait_screen("staff_members")
    hand.tap(stage.word("members.row", number=2, name="邹慧"))
    hand.wait_screen("staff_member")
    hand.scan("ZGZ-0001")
    yield "staff_member-badge_taken"
    hand.scan("ZGZ-0002")
    yield "staff_member"
    stage.tap("members.new_pin")
    hand.wait_screen("staff_member_pin")
    yield "staff_member_pin"


def _exchange(stage: Stage) -> Iterator[str]:
    """How the kiosk stands with the city, what the city has not taken, and joining it."""
    stage.tap("staff.sync")
    stage.hand.wait_screen("staff_sync")
    yield "staff_sync"
    yield from _set_aside(stage)
    stage.tap("courier.open")
    stage.hand.wait_screen("staff_courier")
    yield "staff_courier"
    stage.shell.ctx.navigator.back()
    stage.hand.wait_screen("staff_sync")
    stage.tap("staff.join")
    stage.hand.wait_screen("staff_join")
    yield "staff_join"


def _set_aside(stage: Stage) -> Iterator[str]:
    """What the city has not taken: the list, one that waits, giving it up, and one that was rejected."""
    hand, navigator, outbox = stage.hand, stage.shell.ctx.navigator, stage.kiosk.storage.outbox
    reasons = ("quarantine.unknown_kind", "quarantine.follows", "quarantine.database", "refusal.other_kiosk")
    outbox.settle(
        [
            Verdict(
                seq=each.seq,
                op_id=each.op_id,
                outcome=Outcome.REJECTED if reason.startswith("refusal") else Outcome.QUARANTINED,
                reason=reason,
            )
            for each, reason in zip(outbox.unsent(len(reasons)), reasons, strict=False)
        ]
    )
    stage.tap("aside.open")
    hand.wait_screen("staff_quarantine")
    hand.settle()
    yield "staff_quarantine"
    found = stage.services.aside.all()
    navigator.show("staff_quarantine_detail", AsideParams(aside=found[0]))
    hand.wait_screen("staff_quarantine_detail")
    yield "staff_quarantine_detail"
    stage.tap("aside.discard")
    yield "staff_quarantine_detail-ask"
    stage.tap("aside.discard_no")
    navigator.back_to("staff_sync")
    hand.wait_screen("staff_sync")


def calls(stage: Stage) -> Iterator[str]:
    """Somebody waited, has the place now and does not know: the list, and the call."""
    hand, services = stage.hand, stage.services
    listing = full_listing(stage)
    taken(stage, known_worker(stage, "石守礼", "13906310780"), listing)
    people = services.listings.applicants(listing.id).placements
    holder = next(each for each in people if each.status is PlacementStatus.CONFIRMED)
    services.placements.cancel(holder.id, "", SELF)
    stage.sign_in()
    stage.tap("staff.calls")
    hand.wait_screen("staff_calls")
    hand.settle()
    yield "staff_calls"
    stage.shell.ctx.navigator.show("staff_call", CallParams(call=services.calls.all()[0]))
    hand.wait_screen("staff_call")
    yield "staff_call"


def many_calls(stage: Stage) -> Iterator[str]:
    """A dozen waited for a job that was stopped: more than a page; one has been told, one did not answer."""
    services = stage.services
    listing = listing_of(stage, household(stage, "13706310501"), title="搬家，两车家具")
    taken(stage, known_worker(stage, "石守义", "13906310781"), listing)
    for n in range(12):
        taken(stage, known_worker(stage, LONG_NAME if n == 2 else "林建军", f"135063120{n:02d}"), listing)
    services.listings.close(listing.id, "", SELF)
    stage.sign_in()
    reached, missed = services.calls.all()[:2]
    for call, heard in ((reached, True), (missed, False)):
        services.calls.mark(call, staff_actor(stage.shell.ctx.navigator.staff.staff_id), reached=heard)
    stage.tap("staff.calls")
    stage.hand.wait_screen("staff_calls")
    stage.hand.settle()
    yield "staff_calls-many"


WALKS = (console, machine, calls, many_calls)
