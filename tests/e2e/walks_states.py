"""What nobody hopes to see: an empty market, nothing found, no paper, nobody there, faults."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kiosk.services.faults import DeviceFault
from kiosk.ui.bugs import Bug
from kiosk.ui.faults import bug_fault, device_fault
from kiosk.ui.idle import DEFAULT_LIMIT_S
from kiosk.ui.screens.find.params import KnownWorker, ListingsParams
from tests.e2e.stage import Stage
from tests.e2e.walks_worker import free_listing, known_worker, show_listing


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


def nothing_found(stage: Stage) -> Iterator[str]:
    """A search without a find."""
    stage.shell.ctx.navigator.show("listings", ListingsParams(text="宇宙飞船驾驶员"))
    stage.hand.wait_screen("listings")
    stage.hand.settle()
    yield "listings-nothing"


def no_paper(stage: Stage) -> Iterator[str]:
    """The place is taken, but the printer does not answer."""
    slips = stage.kiosk.settings.slip_dir
    away = Path(f"{slips}-away")
    if slips.exists():
        slips.rename(away)
    slips.write_text("no folder")
    try:
        worker = known_worker(stage, "丛培强", "13506310135")
        show_listing(stage, free_listing(stage))
        stage.shell.ctx.visit.keep(KnownWorker(worker_id=worker.worker.id, proved=True))
        stage.tap("listing.go")
        stage.hand.wait_screen("applied")
        yield "applied-not-printed"
    finally:
        slips.unlink()
        if away.exists():
            away.rename(slips)


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


EMPTY_WALKS = (nothing_there,)
WALKS = (nothing_found, no_paper, not_open_yet, nobody_there, staff_called, out_of_order)
