"""Every rule on an offer, checked as the form is filled, again at review, and again in the city."""

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.domain import calendar
from kiosk.domain.free_text import unfit_characters
from kiosk.domain.names import check_person_name
from kiosk.domain.phone import check_phone
from kiosk.domain.records import Finding, Terms
from kiosk.domain.reference import Level, Reference
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import EmployerKind, Severity
from kiosk.domain.wages import check_pay, offer_of
from kiosk.domain.wording import Wording

MAX_HEADCOUNT = 500
TITLE_MIN = 2
TITLE_MAX = 30
ADDRESS_MAX = 60
REQUIREMENTS_MAX = 200
DAYS_AHEAD = 60
#: Longest span of a part-time offer; work with a labour contract may be announced for a year.
PART_TIME_DAYS = 31
FULL_TIME_DAYS = 366
MAX_MINUTES = 12 * 60
#: Part-time work with one employer: at most 24 hours a week (劳动合同法 art. 68).
WEEKLY_MINUTES = 24 * 60
WEEK = 7

#: Fields with free text, in the order of the form.
FREE_TEXT = ("title", "address", "meeting_place", "requirements")


def check_terms(
    terms: Terms, kind: EmployerKind, reference: Reference, wording: Wording, today: date
) -> tuple[Finding, ...]:
    """All findings on an offer, in the order of the form, blocking ones first.

    Args:
        terms: the offer.
        kind: who hires; a household's own words are judged like everybody's.
        reference: regions, trades and minimum wages.
        wording: rules on words.
        today: local date.
    """
    found = [
        *_title(terms),
        *_codes(terms, reference),
        *_headcount(terms),
        *check_pay(offer_of(terms), reference),
        *_dates(terms, today),
        *_hours(terms),
        *_texts(terms),
        *_contact(terms),
        *_words(terms, wording),
        *_kind(terms, kind),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.BLOCK))


def _block(rule: str, field: str, *params: tuple[str, str | int], law: str = "listing") -> Finding:
    return Finding(rule=rule, severity=Severity.BLOCK, field=field, law=law, params=params)


def _warn(rule: str, field: str, law: str, *params: tuple[str, str | int]) -> Finding:
    return Finding(rule=rule, severity=Severity.WARN, field=field, law=law, params=params)


def _title(terms: Terms) -> Iterator[Finding]:
    length = len(terms.title.strip())
    if length == 0:
        yield _block("title_missing", "title")
    elif length < TITLE_MIN:
        yield _block("title_short", "title", ("limit", TITLE_MIN))
    elif length > TITLE_MAX:
        yield _too_long("title", length, TITLE_MAX)


def _too_long(field: str, length: int, limit: int) -> Finding:
    params = (("limit", limit), ("length", length), ("over", length - limit))
    return _block(f"{field}_long", field, *params)


def _codes(terms: Terms, reference: Reference) -> Iterator[Finding]:
    if reference.trade(terms.trade) is None:
        yield _block("trade_unknown", "trade")
    if not is_place_of_work(terms.region, reference):
        yield _block("region_unknown", "region")


def is_place_of_work(code: str, reference: Reference) -> bool:
    """Whether the code is a district or street: a whole city is no place to meet at."""
    region = reference.region(code)
    return region is not None and region.level in {Level.DISTRICT, Level.STREET}


def _headcount(terms: Terms) -> Iterator[Finding]:
    if terms.headcount < 1:
        yield _block("headcount_none", "headcount")
    elif terms.headcount > MAX_HEADCOUNT:
        yield _block("headcount_many", "headcount", ("limit", MAX_HEADCOUNT))


def _dates(terms: Terms, today: date) -> Iterator[Finding]:
    span = FULL_TIME_DAYS if terms.full_time else PART_TIME_DAYS
    if terms.date_to < terms.date_from:
        yield _block("date_order", "date_to")
    elif terms.date_to < today:
        yield _block("date_past", "date_from")
    elif terms.date_from < today:
        # Only a warning: an offer that runs for a week is reviewed and renewed on its second day, too.
        yield _warn("date_started", "date_from", "true")
    if terms.date_from > today + timedelta(days=DAYS_AHEAD):
        yield _block("date_far", "date_from", ("limit", DAYS_AHEAD))
    if (terms.date_to - terms.date_from).days + 1 > span:
        yield _block("date_span", "date_to", ("limit", span))


def _hours(terms: Terms) -> Iterator[Finding]:
    times = (terms.start_minute, terms.end_minute)
    if not all(0 <= minute < calendar.MINUTES_PER_DAY for minute in times):
        yield _block("times", "start_minute")
    if terms.minutes_per_day < 1:
        yield _block("hours_none", "hours_per_day")
    elif terms.minutes_per_day > MAX_MINUTES:
        yield _block("hours_many", "hours_per_day", ("limit", MAX_MINUTES // 60))
    elif terms.minutes_per_day > calendar.span_minutes(terms):
        yield _block("hours_beyond", "hours_per_day", ("hours", _hours_text(calendar.span_minutes(terms))))
    days = max(0, (terms.date_to - terms.date_from).days + 1)
    if not terms.full_time and terms.minutes_per_day * min(days, WEEK) > WEEKLY_MINUTES:
        hours = _hours_text(terms.minutes_per_day * min(days, WEEK))
        yield _warn(
            "part_time_hours", "hours_per_day", "part_time", ("hours", hours), ("limit", WEEKLY_MINUTES // 60)
        )


def _hours_text(minutes: int) -> str:
    """Hours for a sentence: ``8``, ``7.5``."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _texts(terms: Terms) -> Iterator[Finding]:
    if not terms.address.strip():
        yield _block("address_missing", "address")
    limits = (("address", ADDRESS_MAX), ("meeting_place", ADDRESS_MAX), ("requirements", REQUIREMENTS_MAX))
    for field, limit in limits:
        length = len(getattr(terms, field))
        if length > limit:
            yield _too_long(field, length, limit)
    for field in FREE_TEXT:
        span = unfit_characters(getattr(terms, field))
        if span is not None:
            yield Finding(rule="characters", severity=Severity.BLOCK, field=field, law="listing", span=span)


def _contact(terms: Terms) -> Iterator[Finding]:
    """The same sentences as on the person's own form, so their rules are named after the refusals."""
    try:
        check_person_name(terms.contact_name, "contact_name")
    except Refusal as refusal:
        yield _as_finding(refusal, "contact_name")
    try:
        check_phone(terms.contact_phone, "contact_phone")
    except Refusal as refusal:
        yield _as_finding(refusal, "contact_phone")


def _as_finding(refusal: Refusal, field: str) -> Finding:
    return _block(refusal.key.removeprefix("refusal."), field, *refusal.params.items())


def _words(terms: Terms, wording: Wording) -> Iterator[Finding]:
    for field in FREE_TEXT:
        yield from wording.check(getattr(terms, field), field)


def _kind(terms: Terms, kind: EmployerKind) -> Iterator[Finding]:
    if terms.full_time and kind is EmployerKind.HOUSEHOLD:
        yield _warn("household_contract", "full_time", "household_work")
