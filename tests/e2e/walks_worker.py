"""The worker's ways: find work, register, take a place, my jobs."""

from collections.abc import Iterator

from kiosk.domain.records import Listing
from kiosk.domain.values import ListingStatus, PlacementStatus
from kiosk.services.context import SELF
from kiosk.services.placements import Applied
from kiosk.services.workers import Registered, WorkerForm
from kiosk.ui.screens.find.params import IdentifyParams, KnownWorker, ListingParams
from kiosk.ui.screens.mine.params import MyJobParams
from tests.e2e.stage import Stage

PHONE, NAME = "13806310528", "欧阳海兰"
LONG_NAME = "买买提明·阿卜杜热合曼·吐尔逊江·艾合麦"
LONGEST_LATIN = "Alexandrina Konstantinovna Rozhdestvenka"


def find(stage: Stage) -> Iterator[str]:
    """From the first page to one listing, and narrowing the list down."""
    hand = stage.hand
    yield "welcome"
    stage.tap("welcome.find")
    hand.wait_screen("trades")
    yield "trades"
    stage.tap("find.all_listings")
    hand.wait_screen("listings")
    yield "listings"
    stage.tap("find.full")
    yield "listings-full"
    stage.tap("find.full")
    any_trade = stage.word("find.any_trade")
    hand.tap(stage.word("find.narrow_trade", trade=any_trade))
    hand.wait_screen("trades_of")
    yield "trades_of"
    hand.tap(stage.trade("by"))
    hand.wait_screen("listings")
    hand.tap(stage.word("find.narrow_region", region=stage.word("find.any_region")))
    hand.wait_screen("districts")
    yield "districts"
    hand.tap(stage.region("371002"))
    hand.wait_screen("listings")
    yield "listings-narrowed"
    hand.tap(stage.word("find.narrow_trade", trade=stage.trade("by")))
    hand.wait_screen("trades_of")
    yield "trades_of-category"
    listing = free_listing(stage)
    show_listing(stage, listing)
    yield "listing"
    stage.tap("listing.go")
    hand.wait_screen("identify")
    yield "identify"
    hand.type("phone", "1380631")
    stage.tap("common.next")
    hand.wait_screen("identify")
    yield "identify-error"


def apply_quickly(stage: Stage) -> Iterator[str]:
    """Somebody new takes a place: name and phone are enough."""
    hand = stage.hand
    listing = free_listing(stage)
    show_listing(stage, listing)
    stage.tap("listing.go")
    hand.wait_screen("identify")
    hand.type("phone", PHONE)
    stage.tap("common.next")
    hand.wait_screen("register_consent")
    yield "register_consent-quick"
    stage.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", NAME)
    yield "register_who-quick"
    stage.tap("register.quick")
    hand.wait_screen("applied")
    yield "applied"
    navigator = stage.shell.ctx.navigator
    navigator.show("identify", IdentifyParams(listing_id=listing.id))
    hand.wait_screen("apply_refused")
    yield "apply_refused"


def _say_who(stage: Stage) -> Iterator[str]:
    """Name, phone and ID number, a page each, with a mistake on each."""
    hand = stage.hand
    yield "register_who"
    hand.type("name", f"{LONG_NAME}2")
    stage.tap("common.next")
    yield "register_who-error"
    hand.clear("name")
    hand.type("name", LONG_NAME)
    stage.tap("common.next")
    hand.wait_screen("register_phone")
    yield "register_phone"
    hand.type("phone", "138063112")
    stage.tap("common.next")
    yield "register_phone-error"
    hand.clear("phone")
    hand.type("phone", "13806311234")
    stage.tap("common.next")
    hand.wait_screen("register_id")
    yield "register_id"
    hand.type("id_number", "110105194912310021")
    stage.tap("common.next")
    yield "register_id-error"
    hand.clear("id_number")
    hand.type("id_number", "11010519491231002X")
    stage.tap("common.next")
    hand.wait_screen("register_trades")


def register_fully(stage: Stage) -> Iterator[str]:
    """我要登记, question by question."""
    hand = stage.hand
    stage.tap("welcome.register")
    hand.wait_screen("register_consent")
    yield "register_consent"
    stage.tap("consent.agree")
    hand.wait_screen("register_who")
    yield from _say_who(stage)
    yield "register_trades"
    catalogue = stage.services.catalogue
    category = catalogue.categories()[0].code
    hand.tap(stage.trade(category))
    hand.wait_screen("register_trades_of")
    for trade in catalogue.trades(category)[:3]:
        hand.tap(stage.trade(trade.code))
    yield "register_trades_of"
    stage.tap("register.trades_done")
    hand.wait_screen("register_trades")
    yield "register_trades-chosen"
    stage.tap("common.next")
    hand.wait_screen("register_wish")
    hand.type("wage", "260")
    yield "register_wish"
    stage.tap("common.next")
    hand.wait_screen("register_where")
    for code in ("371002", "371082"):
        hand.tap(stage.region(code))
    yield "register_where"
    stage.tap("common.next")
    hand.wait_screen("register_extras")
    for answer in ("own_tools", "own_vehicle"):
        stage.tap(f"register.{answer}")
    yield "register_extras"
    stage.tap("common.next")
    hand.wait_screen("register_summary")
    yield "register_summary"
    stage.tap("register.confirm")
    hand.wait_screen("registered")
    yield "registered"


def wait_in_line(stage: Stage) -> Iterator[str]:
    """A listing without places at this kiosk: queueing, and the slip that says so."""
    hand = stage.hand
    listing = full_listing(stage)
    show_listing(stage, listing)
    yield "listing-full"
    worker = known_worker(stage, "石守信", "13906310777")
    stage.shell.ctx.visit.keep(KnownWorker(worker_id=worker.worker.id, proved=True))
    stage.tap("listing.queue")
    hand.wait_screen("applied")
    yield "applied-waitlisted"
    closed = free_listing(stage)
    stage.services.listings.close(closed.id, "", SELF)
    show_listing(stage, closed)
    yield "listing-closed"


def news(stage: Stage) -> Iterator[str]:
    """Who waited has got the place meanwhile, or will never get it: said before anything else."""
    hand = stage.hand
    listing = full_listing(stage)
    lucky = known_worker(stage, "石守信", "13906310778")
    taken(stage, lucky, listing)
    holder = next(
        each
        for each in stage.services.listings.applicants(listing.id).placements
        if each.status is PlacementStatus.CONFIRMED
    )
    stage.services.placements.cancel(holder.id, "", SELF)
    closed = full_listing(stage)
    unlucky = known_worker(stage, "石守义", "13906310779")
    taken(stage, unlucky, closed)
    stage.services.listings.close(closed.id, "", SELF)
    for person, name in ((lucky, "news"), (unlucky, "news-missed")):
        stage.begin()
        hand.scan(person.slip.content.qr)
        hand.wait_screen("tail")
        hand.type("tail", person.worker.phone[-4:])
        stage.tap("common.next")
        hand.wait_screen("news")
        yield name


def my_jobs(stage: Stage) -> Iterator[str]:
    """我的: the list, one job in its states, my data, taking consent back."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    worker = known_worker(stage, "宋福来", "13606310246")
    stage.shell.ctx.visit.keep(KnownWorker(worker_id=worker.worker.id, proved=True))
    navigator.show("mine")
    hand.wait_screen("mine")
    yield "mine-none"
    full = full_listing(stage)
    waiting, now = taken(stage, worker, full), free_listing(stage, today=True)
    confirmed, ahead = (taken(stage, worker, each) for each in (now, free_listing(stage, after=now)))
    navigator.home()
    stage.tap("welcome.mine")
    hand.wait_screen("still_you")
    stage.tap("still_you.yes")
    hand.wait_screen("mine")
    yield "mine"
    show_job(stage, confirmed)
    yield "my_job"
    stage.tap("mine.cancel")
    yield "my_job-cancel"
    stage.tap("mine.ask_cancel.no")
    stage.tap("mine.mark.arrived")
    hand.wait_text(stage.word("mine.state.arrived"))
    yield "my_job-arrived"
    stage.tap("mine.mark.completed")
    hand.wait_text(stage.word("mine.state.completed"))
    yield "my_job-completed"
    navigator.back_to("mine")
    show_job(stage, ahead)
    yield "my_job-ahead"
    navigator.back_to("mine")
    show_job(stage, waiting)
    yield "my_job-waitlisted"
    navigator.back_to("mine")
    hand.wait_screen("mine")
    stage.tap("mine.my_data")
    hand.wait_screen("my_data")
    yield "my_data"
    yield from change_my_data(stage)
    stage.tap("my_data.withdraw")
    yield "my_data-withdraw"
    stage.tap("my_data.ask.yes")
    hand.wait_screen("withdrawn")
    yield "withdrawn"


def change_my_data(stage: Stage) -> Iterator[str]:
    """修改 on my data: a trade more, the years in it, saved."""
    hand = stage.hand
    stage.tap("my_data.change")
    hand.wait_screen("register_summary")
    yield "register_summary-change"
    stage.tap("register.edit_trades")
    hand.wait_screen("register_trades")
    category = stage.services.catalogue.categories()[0].code
    hand.tap(stage.trade(category))
    hand.wait_screen("register_trades_of")
    for trade in stage.services.catalogue.trades(category)[:6]:
        hand.tap(stage.trade(trade.code))
    stage.tap("register.trades_done")
    hand.wait_screen("register_trades")
    stage.tap("register.years")
    hand.wait_screen("register_years")
    yield "register_years"
    stage.tap("register.years_done")
    hand.wait_screen("register_trades")
    stage.tap("common.keep_and_back")
    hand.wait_screen("register_summary")
    stage.tap("register.save")
    hand.wait_screen("my_data")
    yield "my_data-saved"


def by_slip(stage: Stage) -> Iterator[str]:
    """扫码: a slip says who it is, four digits prove it; several people behind one phone."""
    hand = stage.hand
    stage.tap("welcome.scan")
    hand.wait_screen("scan")
    yield "scan"
    worker = known_worker(stage, "毕翠花", "13706310999")
    hand.scan(worker.slip.content.qr)
    hand.wait_screen("tail")
    yield "tail"
    hand.type("tail", "1111")
    stage.tap("common.next")
    hand.wait_text(stage.word("refusal.tail_wrong", left=2))
    yield "tail-error"
    stage.begin()
    known_worker(stage, "毕翠花的丈夫", "13706310999")
    known_worker(stage, LONGEST_LATIN, "13706310999")
    stage.tap("welcome.mine")
    hand.wait_screen("identify")
    hand.type("phone", "13706310999")
    stage.tap("common.next")
    hand.wait_text(stage.word("identify.which"))
    yield "identify-several"


def left_standing(stage: Stage) -> Iterator[str]:
    """首页 in the middle: the first page says that something stands, and asks whose it is before anybody goes on."""
    hand = stage.hand
    worker = known_worker(stage, LONGEST_LATIN, "13706310888")
    hand.scan(worker.slip.content.qr)
    hand.wait_screen("tail")
    hand.type("tail", "0888")
    stage.tap("common.next")
    hand.wait_screen("mine")
    stage.tap("common.home")
    hand.wait_text(stage.word("standing.done_of", who="A**"))
    yield "welcome-standing"
    stage.tap("welcome.mine")
    hand.wait_text(stage.word("still_you.who", who="A**"))
    yield "still_you"
    stage.begin()
    stage.tap("welcome.register")
    hand.wait_screen("register_consent")
    stage.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", NAME)
    stage.tap("common.home")
    what = stage.word("still_you.what.register")
    hand.wait_text(stage.word("standing.form_of", who="欧**", what=what))
    yield "welcome-form"
    stage.tap("welcome.find")
    hand.wait_text(stage.word("still_you.who", who="欧**"))
    yield "still_you-form"
    stage.tap("still_you.no")
    hand.wait_screen("trades")


WALKS = (find, apply_quickly, register_fully, wait_in_line, news, my_jobs, by_slip, left_standing)


# What walks are made of.


def free_listing(stage: Stage, after: Listing | None = None, *, today: bool = False) -> Listing:
    """The newest listing with a place that this kiosk may give away.

    Args:
        stage: where.
        after: its days do not meet those of this one.
        today: its work begins today, or has begun.
    """
    day = stage.services.context.today()

    def free(each: Listing) -> bool:
        apart = after is None or not (
            each.terms.date_from <= after.terms.date_to and after.terms.date_from <= each.terms.date_to
        )
        begun = each.terms.date_from <= day or not today
        return apart and begun and each.status is ListingStatus.PUBLISHED and each.places_left > 0

    fits = stage.listings(free)
    return next(each for each in fits if stage.leased(each.id))


def full_listing(stage: Stage) -> Listing:
    """A listing that this kiosk can promise nothing of; made full if there is none."""
    full = stage.kiosk.storage.read.by_status(ListingStatus.FULL, None, 50).rows
    if full:
        return min(full, key=lambda each: (each.terms.date_to - each.terms.date_from, each.terms.date_from))
    listing = min(stage.listings(lambda each: stage.leased(each.id)), key=lambda each: each.places_left)
    for n in range(listing.places_left):
        taken(stage, known_worker(stage, "林建军", f"1350631{n:04d}"), listing)
    return stage.services.listings.get(listing.id)


def known_worker(stage: Stage, name: str, phone: str) -> Registered:
    """Somebody who has registered before."""
    return stage.services.workers.register(WorkerForm(name=name, phone=phone, consent=True), SELF)


def taken(stage: Stage, worker: Registered, listing: Listing) -> Applied:
    """A place taken before."""
    return stage.services.placements.apply(worker.worker.id, listing.id, SELF)


def show_listing(stage: Stage, listing: Listing) -> None:
    """Straight to a listing, however far down its list it is."""
    stage.shell.ctx.navigator.show("listing", ListingParams(listing_id=listing.id))
    stage.hand.wait_screen("listing")


def show_job(stage: Stage, applied: Applied) -> None:
    """Straight to one of my jobs."""
    stage.shell.ctx.navigator.show("my_job", MyJobParams(placement_id=applied.placement.id))
    stage.hand.wait_screen("my_job")
