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
    hand.wait_screen("post_when")
    today = stage.services.context.today()
    hand.tap(stage.strings.day(today, today))
    yield "post_when"
    stage.tap("common.next")
    hand.wait_screen("post_hours")
    yield "post_hours"
    stage.tap("common.next")
    hand.wait_screen("post_terms")
    hand.clear("pay")
    hand.type("pay", "90")
    yield "post_terms-too-low"
    hand.clear("pay")
    hand.type("pay", "260")
    hand.clear("headcount")
    hand.type("headcount", "2")
    yield "post_terms"
    stage.tap("common.next")


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
    hand.wait_screen("post_details")
    hand.clear("title")
    hand.type("title", "搬家，两车家具，限男")
    yield "post_details-wording"
    hand.clear("title")
    hand.type("title", "搬家，两车家具")
    stage.tap("listing.meals")
    yield "post_details"
    stage.tap("common.next")
    hand.wait_screen("post_summary")
    stage.tap("hire.edit.contact")
    hand.wait_screen("post_contact")
    yield "post_contact"
    stage.tap("common.keep_and_back")
    hand.wait_screen("post_summary")


def firm(stage: Stage) -> Iterator[str]:
    """A company has more to say about itself."""
    hand = stage.hand
    stage.tap("welcome.hire")
    hand.wait_screen("hire_kind")
    stage.tap("hire.kind.enterprise")
    hand.wait_screen("hire_who")
    hand.type("phone", "13906310452")
    stage.tap("common.next")
    hand.wait_screen("hire_name")
    hand.type("name", COMPANY)
    hand.type("contact_name", NAME)
    hand.type("credit_code", CODE)
    stage.tap("common.next")
    hand.settle()
    yield "hire_name-error"


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
