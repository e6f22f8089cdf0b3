"""What nobody hopes to see: an empty market, nothing found, nobody there, faults."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.services.faults import DeviceFault
from kiosk.ui.bugs import Bug
from kiosk.ui.faults import bug_fault, device_fault
from kiosk.ui.idle import DEFAULT_LIMIT_S
from kiosk.ui.screens.find.params import ListingsParams
from tests.e2e.stage import Stage


def nothing_there(stage: Stage) -> Iterator[str]:
    """Before the first listing of the day."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    yield "welcome-empty"
    stage.tap("welcome.find")
    hand.wait_screen("trades")
    yield "trades-empty"
    stage.tap("find.all_listings")
    hand.wait_screen("listings")
    yield "listings-empty"
    stage.sign_in()
    stage.tap("staff.review")
    hand.wait_screen("staff_review")
    yield "staff_review-empty"
    navigator.leave_all()


def nobody_waits(stage: Stage) -> Iterator[str]:
    """The console of a quiet day: lists with nothing on them."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    stage.sign_in()
    for page in ("staff_calls", "staff_invited", "staff_doubles", "staff_drafts", "staff_quarantine"):
        navigator.show(page)
        hand.wait_screen(page)
        hand.settle()
        yield f"{page}-none"
        navigator.back()
        hand.wait_screen("staff")
    stage.tap("staff.people")
    hand.wait_screen("staff_people")
    hand.type("search", "159")
    hand.settle()
    yield "staff_people-none"
    navigator.leave_all()


def nothing_found(stage: Stage) -> Iterator[str]:
    """A search without a find."""
    stage.shell.ctx.navigator.show("listings", ListingsParams(text="宇宙飞船驾驶员"))
    stage.hand.wait_screen("listings")
    stage.hand.settle()
    yield "listings-nothing"


def nobody_there(stage: Stage) -> Iterator[str]:
    """The countdown before the wipe."""
    hand = stage.hand
    stage.tap("welcome.register")
    hand.wait_screen("register_consent")
    stage.clock.advance(DEFAULT_LIMIT_S + 1)
    stage.shell.ctx.gate.idle.check()
    hand.wait_screen("idle_warning")
    yield "idle_warning"
    stage.clock.advance(-(DEFAULT_LIMIT_S + 1))
    stage.tap("idle.continue")
    hand.wait_screen("register_consent")


def staff_called(stage: Stage) -> Iterator[str]:
    """A call for staff: for whoever called, after their visit, and for staff; and while somebody is warned."""
    hand, shell = stage.hand, stage.shell
    stage.tap("welcome.register")
    hand.wait_screen("register_consent")
    stage.tap("common.call_staff")
    shell._toast.wipe()
    yield "register_consent-called"
    stage.clock.advance(DEFAULT_LIMIT_S + 1)
    shell.ctx.gate.idle.check()
    hand.wait_screen("idle_warning")
    yield "idle_warning-called"
    stage.clock.advance(-(DEFAULT_LIMIT_S + 1))
    stage.tap("idle.continue")
    stage.begin()
    yield "welcome-called"
    stage.sign_in()
    yield "staff-called"
    stage.tap("common.call.seen")
    shell.ctx.navigator.leave_all()


def not_open_yet(stage: Stage) -> Iterator[str]:
    """A page was touched before the database was open behind the first one."""
    navigator = stage.shell.ctx.navigator
    navigator._state = replace(navigator.state, opened=False)
    navigator.show("hire_kind")
    stage.hand.wait_screen("one_moment")
    yield "one_moment"
    navigator.finish_opening()
    stage.hand.wait_screen("hire_kind")


def out_of_order(stage: Stage) -> Iterator[str]:
    """Faults: of a device, with a second try; of the program, with none."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    full = DeviceFault("fault.disk_full", what_to_do="fault.disk_full_do", code="D28", retry=True)
    navigator.raise_fault(device_fault(full, "fault.nothing_saved"))
    hand.wait_screen("fault")
    yield "fault"
    navigator.clear_fault()
    newer = DeviceFault("fault.database_newer", what_to_do="fault.database_newer_do", code="D07", found="2")
    navigator.raise_fault(device_fault(newer))
    hand.wait_screen("fault")
    yield "fault-database"
    navigator.clear_fault()
    navigator.raise_fault(bug_fault(Bug(code="K7Q2M", kind="ValueError", frames=())))
    hand.wait_screen("fault")
    yield "fault-bug"
    navigator.clear_fault()


EMPTY_WALKS = (nothing_there, nobody_waits)
WALKS = (nothing_found, not_open_yet, nobody_there, staff_called, out_of_order)
