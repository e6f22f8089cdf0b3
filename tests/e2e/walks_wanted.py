"""求职信息: a worker posts an entry, an employer looks who there is and asks, the worker is told."""

from collections.abc import Iterator

from kiosk.domain.records import JobWanted, Listing, WorkerTrade
from kiosk.services.context import SELF
from kiosk.services.ports import WantedQuery
from kiosk.services.wanted import form_of_wanted
from kiosk.services.workers import Registered, WorkerForm
from kiosk.ui.screens.find.params import IdentifyParams, KnownWorker
from kiosk.ui.screens.hire.params import ApplicantsParams, KnownEmployer
from kiosk.ui.screens.wanted.draft import EntryParams
from tests.e2e.stage import Stage
from tests.e2e.walks_worker import free_listing


def post(stage: Stage) -> Iterator[str]:
    """From 我的 to the entry that employers see, and what each of its parts looks like."""
    hand = stage.hand
    worker = _worker(stage, "毕广义", "13806310901")
    _prove(stage, worker)
    stage.shell.ctx.navigator.show("my_wanted")
    hand.wait_screen("my_wanted")
    yield "my_wanted-none"
    stage.tap("wanted.new")
    hand.wait_screen("wanted_summary")
    yield "wanted_summary"
    for part in ("trades", "days", "times", "wage"):
        screen = f"wanted_{part}"
        stage.tap(f"wanted.edit.{part}")
        hand.wait_screen(screen)
        yield screen
        if part == "trades":
            hand.tap(stage.trade("by"))
            hand.wait_screen("wanted_trades_of")
            yield "wanted_trades_of"
            stage.tap("register.trades_done")
            hand.wait_screen(screen)
        stage.tap("common.keep_and_back")
        hand.wait_screen("wanted_summary")
    stage.tap("wanted.edit.where")
    hand.wait_screen("wanted_where")
    hand.tap(stage.region("371082"))
    yield "wanted_where"
    stage.tap("common.keep_and_back")
    hand.wait_screen("wanted_summary")
    stage.tap("wanted.edit.also")
    hand.wait_screen("wanted_extras")
    yield "wanted_extras"
    stage.tap("common.keep_and_back")
    hand.wait_screen("wanted_summary")
    stage.tap("wanted.edit.note")
    hand.wait_screen("wanted_note")
    hand.type("note", "打我电话13806310901")
    stage.tap("common.keep_and_back")
    yield "wanted_note-error"
    hand.clear("note")
    hand.type("note", "工具齐全，随叫随到，可带两个徒弟一起干")
    stage.tap("common.keep_and_back")
    hand.wait_screen("wanted_summary")
    stage.tap("wanted.post")
    hand.wait_screen("my_wanted")
    yield "my_wanted"
    stage.tap("wanted.withdraw")
    yield "my_wanted-ask"


def look(stage: Stage) -> Iterator[str]:
    """Who looks for work, one of them, and for which job."""
    hand = stage.hand
    stage.tap("welcome.hire")
    hand.wait_screen("hire_kind")
    stage.tap("hire.see_workers")
    hand.wait_screen("wanted_list")
    yield "wanted_list"
    hand.tap(stage.word("find.narrow_trade", trade=stage.word("find.any_trade")))
    hand.wait_screen("trades_of")
    yield "trades_of-wanted"
    hand.tap(stage.trade(_nobody_in(stage)))
    hand.wait_screen("wanted_list")
    yield "wanted_list-none"
    entry = _entry(stage)
    navigator = stage.shell.ctx.navigator
    navigator.show("wanted_entry", EntryParams(wanted_id=entry.id))
    hand.wait_screen("wanted_entry")
    yield "wanted_entry"
    stage.shell.ctx.visit.keep(KnownEmployer(employer_id=_hirer(stage).employer_id, proved=True))
    navigator.back()
    navigator.show("wanted_entry", EntryParams(wanted_id=entry.id))
    hand.wait_screen("wanted_entry")
    yield "wanted_entry-ask"
    navigator.show("invite", EntryParams(wanted_id=entry.id))
    hand.wait_screen("invite")
    yield "invite"


def told(stage: Stage) -> Iterator[str]:
    """The worker who was asked for comes by."""
    worker = _worker(stage, "鞠玉兰", "13806310902")
    entry = stage.services.wanted.post(worker.worker.id, form_of_wanted(worker.worker, "371002"), SELF)
    listing = free_listing(stage)
    stage.services.wanted.invite(entry.id, listing.id, SELF)
    stage.shell.ctx.navigator.show("applicants", ApplicantsParams(listing_id=listing.id))
    stage.hand.wait_screen("applicants")
    yield "applicants-invited"
    _prove(stage, worker)
    navigator = stage.shell.ctx.navigator
    navigator.show("identify", IdentifyParams())
    stage.hand.wait_screen("asked")
    yield "asked"
    stage.sign_in()
    stage.shell.ctx.navigator.show("staff_invited")
    stage.hand.wait_screen("staff_invited")
    yield "staff_invited"


def _worker(stage: Stage, name: str, phone: str) -> Registered:
    """Somebody registered who offers four trades."""
    trades = stage.services.catalogue.trades("jz")[:4]
    form = WorkerForm(
        name=name,
        phone=phone,
        trades=tuple(WorkerTrade(trade=each.code, years=8) for each in trades),
        wage="280",
        districts=("371002", "371003"),
        own_tools=True,
        consent=True,
    )
    return stage.services.workers.register(form, SELF)


def _prove(stage: Stage, worker: Registered) -> None:
    stage.shell.ctx.visit.keep(KnownWorker(worker_id=worker.worker.id, proved=True))


def _entry(stage: Stage) -> JobWanted:
    """The one that has most to say."""
    rows = stage.services.wanted.browse(WantedQuery(), limit=100).rows
    return max(rows, key=lambda each: (len(each.offer.note), len(each.offer.trades), each.id))


def _hirer(stage: Stage) -> Listing:
    """A listing of an employer who has one open."""
    home = stage.services.context.kiosk
    return next(each for each in stage.listings(lambda each: each.home == home and each.places_left > 0))


def _nobody_in(stage: Stage) -> str:
    """A category in which nobody looks for work, or the last one."""
    codes = [each.code for each in stage.services.catalogue.categories()]
    empty = [code for code in codes if not stage.services.wanted.count(WantedQuery(trade=code))]
    return (empty or codes)[-1]


WALKS = (post, look, told)
