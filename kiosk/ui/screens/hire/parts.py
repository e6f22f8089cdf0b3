"""The rows of a posting's summary: what each says, and the page that it is mended on."""

from collections.abc import Callable, Mapping

from kiosk.domain.money import parse_yuan
from kiosk.domain.refusal import Refusal
from kiosk.services.listings import ListingForm
from kiosk.ui.components.page import Page
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.provided import EXTRAS

#: The rows in their order, what was asked on the way first, and the page of each; their words are
#: ``hire.part.<part>`` and ``hire.edit.<part>``.
PARTS: Mapping[str, str] = {
    "work": "post_trade",
    "count": "post_count",
    "day": "post_day",
    "days": "post_days",
    "begin": "post_begin",
    "end": "post_end",
    "pay": "post_pay",
    "settlement": "post_settle",
    "where": "post_where",
    "address": "post_address",
    "provided": "post_provided",
    "contact": "post_contact",
    "phone": "post_phone",
    "title": "post_title",
    "rest": "post_rest",
    "strength": "post_strength",
    "requirements": "post_requirements",
    "meeting": "post_meeting",
    "contract": "post_contract",
    "who": "hire_name",
    "code": "hire_code",
    "id": "hire_id",
}
LONGEST = 18


def shortened(text: str) -> str:
    """The beginning of a long text on one line: enough to know it again; its page shows it whole."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def page_of(part: str, draft: HireDraft) -> str:
    """The page that mends a row: the contact of a new organisation is its own, too."""
    if part == "contact" and draft.employer_id is None and draft.employer.organisation:
        return "hire_contact"
    return PARTS[part]


def parts_of(draft: HireDraft) -> tuple[str, ...]:
    """The rows that concern this employer: no contract for households; code and ID number only of the new."""
    organisation, new = draft.employer.organisation, draft.employer_id is None
    left_out = {
        "contract": not draft.may_sign,
        "code": not (new and organisation),
        "id": organisation or not new,
    }
    return tuple(part for part in PARTS if not left_out.get(part, False))


class PartWords:
    """What the rows say."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def say(self, part: str, draft: HireDraft) -> str:
        """The value of a row."""
        form, who = draft.form, draft.employer
        words = self._work(form) | self._extra(form)
        if part in words:
            return words[part]()
        kind = self._page.text(f"hire.kind.{who.kind}")
        of_employer = {
            "who": self._page.text("listing.employer_kind", name=" ".join(who.name.split()), kind=kind),
            "code": who.credit_code,
            "id": self._page.text("hire.id_given" if who.id_number.strip() else "hire.id_missing"),
        }
        return of_employer[part]

    def _work(self, form: ListingForm) -> dict[str, Callable[[], str]]:
        text, strings = self._page.text, self._page.ctx.strings
        catalogue, today = self._page.ctx.services.catalogue, self._page.ctx.services.context.today()
        days = HireDraft(form=form).days
        return {
            "work": lambda: catalogue.trade_name(form.trade, strings.language),
            "count": lambda: text("hire.headcount_of", n=form.headcount),
            "day": lambda: strings.day(form.date_from, today) if form.date_from is not None else "",
            "days": lambda: text("hire.days", n=days),
            "begin": lambda: strings.minute(form.start_minute),
            "end": lambda: strings.minute(form.end_minute),
            "pay": lambda: self._pay(form),
            "settlement": lambda: text(f"words.settlement.{form.settlement}"),
            "where": lambda: catalogue.region_name(form.region, strings.language) if form.region else "",
            "address": lambda: shortened(form.address),
        }

    def _extra(self, form: ListingForm) -> dict[str, Callable[[], str]]:
        text = self._page.text
        offered = [text(f"listing.{name}") for name, _ in EXTRAS if getattr(form, name)]
        return {
            "provided": lambda: self._or_none(text("common.list_comma").join(offered)),
            "contact": lambda: " ".join(form.contact_name.split()),
            "phone": form.contact_phone.strip,
            "title": lambda: shortened(form.title),
            "rest": lambda: text("hire.hours_long", n=form.hours_per_day),
            "strength": lambda: text(f"words.strength.{form.strength}"),
            "requirements": lambda: self._or_none(shortened(form.requirements)),
            "meeting": lambda: self._or_none(shortened(form.meeting_place)),
            "contract": lambda: text("hire.full_time" if form.full_time else "hire.casual"),
        }

    def _or_none(self, said: str) -> str:
        return said or self._page.text("hire.none_said")

    def _pay(self, form: ListingForm) -> str:
        try:
            return self._page.ctx.strings.pay(parse_yuan(form.pay, "pay"), form.pay_unit)
        except Refusal:
            return form.pay  # said among the remarks
