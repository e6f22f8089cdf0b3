"""What is over: cancelled, paid, past, stopped, withdrawn, erased. A kiosk of its own: its clock goes on for weeks."""

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.domain.records import Employer, Listing
from kiosk.domain.values import PlacementStatus, Standing
from kiosk.services.context import SELF
from kiosk.services.placements import Applied
from kiosk.services.workers import Registered
from kiosk.ui.screens.find.params import KnownWorker
from kiosk.ui.screens.hire.params import ApplicantsParams
from tests.e2e.before import STAFF, all_sent, enrolled, firm, household, listing_of, posted, round_ended
from tests.e2e.stage import Stage
from tests.e2e.walks_worker import known_worker, show_job, show_listing, taken

HOUR, DAY = 3600, 24 * 3600


def my_past(stage: Stage) -> Iterator[str]:
    """Jobs of mine that have come to their end, one way and another, and those that nobody said anything about."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    worker = known_worker(stage, "宋福来", "13606310301")
    today, employer = stage.services.context.today(), household(stage, "13706310301")
    ends = (PlacementStatus.UNPAID, PlacementStatus.PAID, PlacementStatus.NO_SHOW, None, None)
    jobs = [
        taken(stage, worker, short_job(stage, employer, title, hour))
        for title, hour in zip(
            ("卸一车货", "搬家，两车东西", "清仓库", "装车", "抬柜子"), range(6, 18, 2), strict=False
        )
    ]
    prove(stage, worker)
    navigator.show("mine")
    hand.wait_screen("mine")
    show_job(stage, jobs[4])
    stage.tap("mine.cancel")
    stage.tap("mine.ask_cancel.yes")
    hand.wait_text(stage.word("mine.cancelled"))
    yield "my_job-cancelled"
    for job, end in zip(jobs, ends, strict=True):
        _bring_to(stage, job, end)
    for job, name in zip(jobs, ("my_job-unpaid", "my_job-paid", "my_job-absent"), strict=False):
        navigator.back_to("mine")
        show_job(stage, job)
        yield name
    stage.begin()
    waits = taken(stage, worker, _full(stage, today + timedelta(days=1)))
    stage.clock.advance(3 * DAY)
    prove(stage, worker)
    navigator.show("mine")
    hand.wait_screen("mine")
    yield "mine-past"
    for job, name in ((jobs[3], "my_job-past"), (waits, "my_job-declined")):
        show_job(stage, job)
        yield name
        navigator.back_to("mine")


def hours_over(stage: Stage) -> Iterator[str]:
    """In the evening: today's work is over, and whose listing was stopped, by staff or for good."""
    hand, navigator, services = stage.hand, stage.shell.ctx.navigator, stage.services
    employer = firm(stage, "13906310302")
    over = listing_of(stage, employer, title="码头卸货", headcount="4")
    people = [
        taken(stage, known_worker(stage, name, f"1360631040{n}"), over)
        for n, name in enumerate(("于海", "丛培强", "欧阳海兰"))
    ]
    stopped, nobody = (
        listing_of(stage, employer, title=title, headcount="6") for title in ("冷库装箱", "清点库存")
    )
    for n, name in enumerate(("鞠玉兰", "毕广义")):
        taken(stage, known_worker(stage, name, f"1360631041{n}"), stopped)
    for each in (stopped, nobody):
        services.listings.close(each.id, "", SELF)
    waits = posted(stage, employer, title="分拣海带", headcount="8")
    no = posted(stage, employer, title="挑选扇贝", headcount="3").listing
    services.listings.review(
        no.id, approve=False, reason="请写明工作地点和每天几小时，改好后再发", actor=STAFF
    )
    stops = {
        "applicants-stopped": stopped,
        "applicants-stopped-none": nobody,
        "applicants-pending": waits.listing,
        "applicants-rejected": no,
    }
    for name, listing in stops.items():
        navigator.show("applicants", ApplicantsParams(listing_id=listing.id))
        hand.wait_screen("applicants")
        yield name
    services.placements.mark(people[0].placement.id, PlacementStatus.ARRIVED, "", SELF)
    stage.begin()
    stage.clock.advance(14 * HOUR)
    show_listing(stage, over)
    yield "listing-past"
    navigator.show("applicants", ApplicantsParams(listing_id=over.id))
    hand.wait_screen("applicants")
    yield "applicants-past"
    until = services.context.today() + timedelta(days=90)
    services.employers.set_standing(employer.id, Standing.BANNED, "拖欠三名工人的工钱", until, STAFF)
    stage.begin()
    stage.tap("welcome.hire")
    hand.wait_screen("hire_kind")
    stage.tap("hire.returning")
    hand.wait_screen("hire_who")
    hand.type("phone", employer.phone)
    stage.tap("common.next")
    hand.wait_screen("hire_known")
    yield "hire_known-banned"
    stage.begin()
    stage.clock.advance(10 * HOUR)


def withdrew(stage: Stage) -> Iterator[str]:
    """Consent was taken back: until the night their data is still here; afterwards their slips open nothing."""
    hand, navigator, services = stage.hand, stage.shell.ctx.navigator, stage.services
    worker = known_worker(stage, "毕翠花", "13706310303")
    employer = household(stage, "13706310304", "欧阳海兰")
    job = taken(stage, worker, listing_of(stage, employer))
    services.workers.withdraw_consent(worker.worker.id, SELF)
    prove(stage, worker)
    navigator.show("mine")
    hand.wait_screen("mine")
    yield "mine-withdrawn"
    stage.tap("mine.my_data")
    hand.wait_screen("my_data")
    yield "my_data-withdrawn"
    show_listing(stage, listing_of(stage, employer, title="抬柜子"))
    stage.tap("listing.go")
    hand.wait_screen("apply_refused")
    yield "apply_refused-withdrawn"
    stage.begin()
    stage.clock.advance(DAY)
    services.forgetting.run()
    stage.begin()
    hand.scan(job.slip.content.qr)
    hand.wait_text(stage.word("refusal.slip_withdrawn"))
    yield "welcome-erased"
    stage.begin()
    stage.tap("welcome.mine")
    hand.wait_screen("identify")
    hand.scan(worker.slip.content.qr)
    hand.wait_text(stage.word("refusal.slip_withdrawn"))
    yield "identify-erased"


def weeks_alone(stage: Stage) -> Iterator[str]:
    """No line to the city for weeks: everything goes on, and says so; shut out by the city, with its reason."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    enrolled(stage)
    stage.clock.advance(20 * DAY)
    employer = household(stage, "13706310307")
    for title in ("卸一车货", "搬家，两车东西", "清仓库"):
        listing_of(stage, employer, title=title)
    round_ended(stage, "sync.unreachable")
    stage.begin()
    yield "welcome-unsent"
    stage.sign_in()
    stage.tap("staff.sync")
    hand.wait_screen("staff_sync")
    hand.settle()
    yield "staff_sync-offline"
    all_sent(stage)
    round_ended(stage, "sync.unreachable")
    stage.begin()
    yield "welcome-offline"
    round_ended(stage, "sync.revoked", "这台机器已经搬走，请联系市里重新登记后再用")
    stage.begin()
    yield "welcome-stopped"
    stage.sign_in()
    stage.tap("staff.sync")
    hand.wait_screen("staff_sync")
    hand.settle()
    yield "staff_sync-stopped"
    navigator.leave_all()


WALKS = (my_past, hours_over, withdrew, weeks_alone)


def short_job(stage: Stage, employer: Employer, title: str, hour: int) -> Listing:
    """Two hours of today: so that several of them can be taken."""
    times = {"start_minute": hour * 60, "end_minute": (hour + 2) * 60, "hours_per_day": "2"}
    return listing_of(stage, employer, title=title, **times)


def prove(stage: Stage, worker: Registered) -> None:
    """They have said who they are."""
    stage.shell.ctx.visit.keep(KnownWorker(worker_id=worker.worker.id, proved=True))


def _full(stage: Stage, day: date) -> Listing:
    """A listing whose one place is taken."""
    listing = listing_of(stage, household(stage, "13706310305"), title="卸水泥", date_from=day, date_to=day)
    taken(stage, known_worker(stage, "石守信", "13906310306"), listing)
    return listing


def _bring_to(stage: Stage, job: Applied, end: PlacementStatus | None) -> None:
    """Through all the states before it."""
    placements = stage.services.placements
    way = {
        PlacementStatus.UNPAID: (PlacementStatus.ARRIVED, PlacementStatus.COMPLETED, PlacementStatus.UNPAID),
        PlacementStatus.PAID: (PlacementStatus.ARRIVED, PlacementStatus.COMPLETED, PlacementStatus.PAID),
        PlacementStatus.NO_SHOW: (PlacementStatus.NO_SHOW,),
    }
    for status in way.get(end, ()) if end is not None else ():
        placements.mark(job.placement.id, status, "", STAFF)
