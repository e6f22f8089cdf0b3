"""The employer's ways: post a listing question by question, come back, see who comes."""

from collections.abc import Iterator

from kiosk.domain.records import Listing
from kiosk.domain.values import EmployerKind, ListingStatus
from kiosk.ui.screens.hire.params import ApplicantsParams
from tests.e2e.stage import Stage

PHONE, NAME, COMPANY, CODE = "13706310451", "曲红梅", "威海海聚水产加工厂", "91371000MA3T3R001X"
DISTRICT, STREET = "371002", "371002003"
HARBOUR = "鲸园码头三号库西门"


def post(stage: Stage) -> Iterator[str]:
    """A household moves house: everything is asked once, the law speaks up once."""
    hand = stage.hand
    stage.tap("welcome.hire")
    hand.wait_screen("hire_kind")
    yield "hire_kind"
    stage.tap("hire.kind.household")
    hand.wait_screen("hire_who")
    hand.type("phone", PHONE)
    yield "hire_who"
    stage.tap("common.next")
    hand.wait_screen("hire_name")
    hand.type("name", NAME)
    yield "hire_name"
    stage.tap("common.next")
    hand.wait_screen("post_trade")
    yield "post_trade"
    hand.tap(stage.trade("by"))
    hand.wait_screen("post_trade_of")
    yield "post_trade_of"
    hand.tap(stage.trade("by-banyun"))
    yield from _days_and_pay(stage)
    yield from _place_and_words(stage)
    yield "post_summary"
    stage.tap("hire.post")
    hand.wait_screen("posted")
    yield "posted"
    stage.tap("hire.see_people")
    hand.wait_screen("applicants")
    yield "applicants-none"


def _days_and_pay(stage: Stage) -> Iterator[str]:
    hand = stage.hand
    hand.wait_screen("post_count")
    yield "post_count"
    hand.tap(stage.word("hire.people_count", n=2))
    hand.wait_screen("post_day")
    yield "post_day"
    today = stage.services.context.today()
    hand.tap(stage.strings.day(today, today))
    hand.wait_screen("post_days")
    yield "post_days"
    hand.tap(stage.word("hire.days", n=1))
    for page, shown in (("post_begin", 480), ("post_end", 1020)):
        hand.wait_screen(page)
        yield page
        hand.tap(stage.strings.minute(shown))
    hand.wait_screen("post_pay")
    hand.clear("pay")
    hand.type("pay", "90")
    yield "post_pay-too-low"
    hand.clear("pay")
    hand.type("pay", "260")
    yield "post_pay"
    stage.tap("common.next")
    hand.wait_screen("post_settle")
    yield "post_settle"
    stage.tap("words.settlement.same_day")


def _place_and_words(stage: Stage) -> Iterator[str]:
    hand = stage.hand
    hand.wait_screen("post_where")
    yield "post_where"
    stage.tap("hire.other_district")
    hand.wait_screen("post_district")
    yield "post_district"
    hand.tap(stage.kiosk.rules.reference.region(DISTRICT).short_name)
    hand.wait_screen("post_where")
    hand.tap(stage.kiosk.rules.reference.region(STREET).short_name)
    hand.wait_screen("post_address")
    hand.type("address", "海滨北路12号3单元501")
    yield "post_address"
    stage.tap("common.next")
    hand.wait_screen("post_provided")
    stage.tap("listing.meals")
    yield "post_provided"
    stage.tap("common.next")
    yield from _rows(stage)


#: What is asked from the summary alone: the row, its page, and a way back that changes nothing.
ROWS = (
    ("title", "post_title"),
    ("rest", "post_rest"),
    ("strength", "post_strength"),
    ("requirements", "post_requirements"),
    ("meeting", "post_meeting"),
    ("contact", "post_contact"),
    ("phone", "post_phone"),
    ("id", "hire_id"),
)


def _rows(stage: Stage) -> Iterator[str]:
    hand = stage.hand
    for row, page in ROWS:
        hand.wait_screen("post_summary")
        _touch_row(stage, row)
        hand.wait_screen(page)
        if row == "title":
            hand.clear("title")
            hand.type("title", "搬家，两车家具，限男")
            yield "post_title-wording"
            hand.clear("title")
            hand.type("title", "搬家，两车家具")
        yield page
        stage.tap("common.keep_and_back")
    hand.wait_screen("post_summary")
    if hand.has(stage.word("common.next_page")):
        yield "post_summary-last"
        _turn(stage, "common.previous_page")


def _touch_row(stage: Stage, row: str) -> None:
    """A row of the summary, on whichever of its pages it stands once the dock has gone."""
    stage.rest()
    word = stage.word(f"hire.edit.{row}")
    if not stage.hand.has(word):
        _turn(stage, "common.next_page")
    if not stage.hand.has(word):
        _turn(stage, "common.previous_page")
    stage.hand.tap(word)


def _turn(stage: Stage, way: str) -> None:
    if stage.hand.has(stage.word(way)) and stage.hand.enabled(stage.word(way)):
        stage.tap(way)


def firm(stage: Stage) -> Iterator[str]:
    """A company has more to say about itself, and is asked for a contract where the law wants one."""
    hand = stage.hand
    stage.tap("welcome.hire")
    hand.wait_screen("hire_kind")
    stage.tap("hire.kind.enterprise")
    hand.wait_screen("hire_who")
    hand.type("phone", "13906310452")
    stage.tap("common.next")
    hand.wait_screen("hire_name")
    hand.type("name", COMPANY)
    yield "hire_name-firm"
    stage.tap("common.next")
    hand.wait_screen("hire_contact")
    hand.type("contact_name", NAME)
    yield "hire_contact"
    stage.tap("common.next")
    hand.wait_screen("hire_code")
    hand.type("credit_code", CODE)
    stage.tap("common.next")
    hand.settle()
    yield "hire_code-error"
    stage.shell.ctx.navigator.show("post_pay")
    hand.wait_screen("post_pay")
    hand.type("pay", "6000")
    stage.tap("hire.unit.month")
    yield "post_pay-contract"
    stage.tap("hire.mend_contract")
    hand.wait_screen("post_contract")
    yield "post_contract"


def again(stage: Stage) -> Iterator[str]:
    """Somebody who has posted before, and the people who come."""
    hand, read = stage.hand, stage.kiosk.storage.read
    listing = _busiest(stage)
    employer = read.employer(listing.employer_id)
    stage.tap("welcome.hire")
    hand.wait_screen("hire_kind")
    stage.tap("hire.returning")
    hand.wait_screen("hire_who")
    hand.type("phone", employer.phone)
    stage.tap("common.next")
    hand.wait_screen("hire_known")
    yield "hire_known"
    stage.shell.ctx.navigator.show("applicants", ApplicantsParams(listing_id=listing.id))
    hand.wait_screen("applicants")
    yield "applicants"
    hand.tap_nth(stage.word("applicants.mark.no_show"), 0)
    yield "applicants-absent"
    stage.tap("applicants.ask_no_show.no")
    hand.tap_nth(stage.word("applicants.mark.arrived"), 0)
    hand.wait_text(stage.word("applicants.take_back"))
    yield "applicants-arrived"
    stage.tap("applicants.print")
    hand.wait_screen("hire_sheet")
    yield "hire_sheet"
    stage.tap("common.done")
    hand.wait_screen("applicants")
    stage.tap("applicants.stop")
    hand.wait_screen("stop_hiring")
    yield "stop_hiring"


def _busiest(stage: Stage) -> Listing:
    """The listing with most people; their work has begun, or begins today."""
    today = stage.services.context.today()
    read, found = stage.kiosk.storage.read, []
    for status in (ListingStatus.PUBLISHED, ListingStatus.FULL):
        found += read.by_status(status, None, 500).rows
    kinds = (EmployerKind.HOUSEHOLD, EmployerKind.ENTERPRISE)
    found = [each for each in found if each.terms.date_from <= today]
    return max((each for each in found if each.employer_kind in kinds), key=lambda each: each.taken)


WALKS = (post, firm, again)
