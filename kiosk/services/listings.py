"""Use cases of listings: look for work, post, review, close, renew, see who comes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from kiosk.domain.calendar import MINUTES_PER_DAY, closes, local_date, local_minute
from kiosk.domain.listings import LIVE, VALID_DAYS
from kiosk.domain.money import parse_yuan
from kiosk.domain.numbers import parse_count
from kiosk.domain.operations import (
    Actor,
    CloseListing,
    PostListing,
    RenewListing,
    ReviewListing,
)
from kiosk.domain.phone import check_phone
from kiosk.domain.records import Finding, Listing, Placement, Terms
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import (
    ActorKind,
    EmployerKind,
    ListingStatus,
    PayUnit,
    Settlement,
    Source,
    Strength,
)
from kiosk.services.context import Context
from kiosk.services.ports import Cursor, ListingQuery, Page
from kiosk.services.slip_issue import Issued, SlipIssuer

PAGE = 4
#: The same work once more within so long is asked about: a slip of the finger, or two visits to the screen.
ALIKE_WITHIN = timedelta(minutes=30)
STANDING = LIVE | {ListingStatus.PENDING}
#: Hours as they are usual: a break of an hour in a day longer than six.
HOUR, LONG_MINUTES, MOST_MINUTES = 60, 6 * 60, 12 * 60

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingForm:
    """What was typed and tapped for a listing, as it was typed. Times in minutes after 00:00."""

    trade: str = ""
    title: str = ""
    headcount: str = "1"
    pay: str = ""
    pay_unit: PayUnit = PayUnit.DAY
    settlement: Settlement = Settlement.SAME_DAY
    hours_per_day: str = "8"
    date_from: date | None = None
    date_to: date | None = None
    start_minute: int = 7 * 60
    end_minute: int = 17 * 60
    region: str = ""
    address: str = ""
    meeting_place: str = ""
    meals: bool = False
    lodging: bool = False
    transport: bool = False
    own_tools: bool = False
    strength: Strength = Strength.MEDIUM
    full_time: bool = False
    requirements: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A listing that is in the database now, and the receipt to hold."""

    listing: Listing
    slip: Issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicants:
    """Who comes to a listing: confirmed first, then the waiting in their order."""

    listing: Listing
    placements: tuple[Placement, ...]


def terms_of(form: ListingForm) -> Terms:
    """Typed values from typed text.

    Raises:
        Refusal: a field that cannot be read at all; whether the terms are lawful is for ``check_terms``.
    """
    if not form.trade:
        raise Refusal("refusal.trade_missing", "trade")
    if form.date_from is None:
        raise Refusal("refusal.date_missing", "date_from")
    if not form.region:
        raise Refusal("refusal.region_missing", "region")
    return Terms(
        trade=form.trade,
        title=" ".join(form.title.split()),
        headcount=parse_count(form.headcount, "headcount"),
        pay_fen=parse_yuan(form.pay, "pay"),
        pay_unit=form.pay_unit,
        settlement=form.settlement,
        minutes_per_day=parse_count(form.hours_per_day, "hours_per_day", scale=60),
        date_from=form.date_from,
        date_to=form.date_to or form.date_from,
        start_minute=form.start_minute,
        end_minute=form.end_minute,
        region=form.region,
        address=" ".join(form.address.split()),
        meeting_place=" ".join(form.meeting_place.split()),
        meals=form.meals,
        lodging=form.lodging,
        transport=form.transport,
        own_tools=form.own_tools,
        strength=form.strength,
        full_time=form.full_time,
        requirements=" ".join(form.requirements.split()),
        contact_name=" ".join(form.contact_name.split()),
        contact_phone=check_phone(form.contact_phone, "contact_phone"),
    )


def usual_minutes(start_minute: int, end_minute: int) -> int:
    """Working minutes that are likely between two times of day, to be offered: the person may say another number."""
    span = (end_minute - start_minute) % MINUTES_PER_DAY or MINUTES_PER_DAY
    return min(MOST_MINUTES, span - HOUR if span > LONG_MINUTES else span)


def _part_of(form: ListingForm, fields: Collection[str], place: str, today: date) -> Terms:
    """Terms in which the named fields are as typed; what has not been asked yet stands in as anything lawful.

    Raises:
        Refusal: one of the named fields cannot be read.
    """

    def read(name: str, parse: Callable[[], Value], otherwise: Value) -> Value:
        try:
            return parse()
        except Refusal:
            if name in fields:
                raise
            return otherwise

    first = form.date_from
    if first is None and "date_from" in fields:
        raise Refusal("refusal.date_missing", "date_from")
    first = first or today
    return Terms(
        trade=form.trade,
        title=" ".join(form.title.split()),
        headcount=read("headcount", lambda: parse_count(form.headcount, "headcount"), 1),
        pay_fen=read("pay", lambda: parse_yuan(form.pay, "pay"), 1),
        pay_unit=form.pay_unit,
        settlement=form.settlement,
        minutes_per_day=read(
            "hours_per_day", lambda: parse_count(form.hours_per_day, "hours_per_day", scale=HOUR), 8 * HOUR
        ),
        date_from=first,
        date_to=form.date_to or first,
        start_minute=form.start_minute,
        end_minute=form.end_minute,
        region=form.region or place,
        address=" ".join(form.address.split()),
        meeting_place=" ".join(form.meeting_place.split()),
        meals=form.meals,
        lodging=form.lodging,
        transport=form.transport,
        own_tools=form.own_tools,
        strength=form.strength,
        full_time=form.full_time,
        requirements=" ".join(form.requirements.split()),
        contact_name=" ".join(form.contact_name.split()),
        contact_phone=form.contact_phone.strip(),
    )


def form_of(listing: Listing, day: date) -> ListingForm:
    """The form of a listing posted again (再发一次) for one day."""
    terms = listing.terms
    whole, half = divmod(terms.minutes_per_day, 60)
    yuan, fen = divmod(terms.pay_fen, 100)
    return ListingForm(
        trade=terms.trade,
        title=terms.title,
        headcount=str(terms.headcount),
        pay=f"{yuan}.{fen:02d}" if fen else str(yuan),
        pay_unit=terms.pay_unit,
        settlement=terms.settlement,
        hours_per_day=f"{whole}.{half * 100 // 60:02d}".rstrip("0") if half else str(whole),
        date_from=day,
        date_to=day,
        start_minute=terms.start_minute,
        end_minute=terms.end_minute,
        region=terms.region,
        address=terms.address,
        meeting_place=terms.meeting_place,
        meals=terms.meals,
        lodging=terms.lodging,
        transport=terms.transport,
        own_tools=terms.own_tools,
        strength=terms.strength,
        full_time=terms.full_time,
        requirements=terms.requirements,
        contact_name=terms.contact_name,
        contact_phone=terms.contact_phone,
    )


class Listings:
    """Look for, post, review and manage listings."""

    def __init__(self, context: Context, slips: SlipIssuer) -> None:
        self._context = context
        self._slips = slips

    def search(self, query: ListingQuery, cursor: Cursor | None = None, limit: int = PAGE) -> Page[Listing]:
        """A page of listings in the market, newest first. Read lane."""
        return self._context.read.listings(query, self._context.now(), cursor, limit)

    def count_by_trade(self) -> Mapping[str, int]:
        """How many listings each trade has now. Read lane."""
        return self._context.read.count_by_trade(self._context.now())

    def get(self, listing_id: UUID) -> Listing:
        """One listing. Read lane.

        Raises:
            Refusal: not known at this kiosk.
        """
        listing = self._context.read.listing(listing_id)
        if listing is None:
            raise Refusal("refusal.listing_unknown")
        return listing

    def guidance(self, trade: str) -> tuple[int, int, int] | None:
        """Quartiles of what the trade pays today (fen); None with too few listings. Read lane."""
        return self._context.read.pay_range(trade, self._context.today())

    def check(self, form: ListingForm, kind: EmployerKind) -> tuple[Finding, ...]:
        """Everything the rules say about a form, as it is typed. Pure: may run on the GUI thread.

        Raises:
            Refusal: a field that cannot be read yet.
        """
        return self._context.rules.check_terms(terms_of(form), kind, self._context.today())

    def check_part(
        self, form: ListingForm, kind: EmployerKind, fields: Collection[str], place: str
    ) -> tuple[Finding, ...]:
        """What the rules say about some fields of a form that is not full yet. Pure: may run on the GUI thread.

        Args:
            form: as far as it was typed.
            kind: who hires.
            fields: names of the fields that are asked about.
            place: region code that stands in until the place of work is chosen (the station's district).

        Raises:
            Refusal: one of these fields cannot be read.
        """
        today = self._context.today()
        found = self._context.rules.check_terms(_part_of(form, fields, place, today), kind, today)
        return tuple(finding for finding in found if finding.field in fields)

    def post(self, employer_id: UUID, form: ListingForm, actor: Actor, *, identified: bool = False) -> Posted:
        """Post a listing and number its receipt.

        ``identified``: the employer has proved who they are in this visit; else somebody reviews it first.

        Raises:
            Refusal: a field is wrong, a finding blocks, today's hours are over (``refusal.hours_past``), or the
                employer may not post.
        """
        context = self._context
        terms = terms_of(form)
        self._check_ahead(terms, Refusal("refusal.hours_past", "date_from"))
        last_shown = context.today() + timedelta(days=VALID_DAYS)
        with context.unit_of_work() as uow:
            body = PostListing(
                listing_id=context.new_id(),
                employer_id=employer_id,
                terms=terms,
                source=Source.ON_BEHALF if actor.kind is ActorKind.STAFF else Source.SELF,
                number=uow.next_number("listing"),
                valid_until=min(last_shown, max(terms.date_to, context.today())),
                identified=identified,
            )
            context.perform(uow, body, actor)
            listing = uow.listing(body.listing_id)
            assert listing is not None, "the transition has just made it"
            slip = self._slips.posting_receipt(uow, listing, actor)
            uow.commit()
        context.after_commit(body)
        return Posted(listing=listing, slip=slip)

    def posted_alike(self, employer_id: UUID, form: ListingForm) -> bool:
        """Whether the employer has posted just this a moment ago, and it still stands. Read lane.

        Raises:
            Refusal: a field cannot be read.
        """
        terms, since = terms_of(form), self._context.now() - ALIKE_WITHIN
        return any(
            each.terms == terms and each.posted_at > since and each.status in STANDING
            for each in self._context.read.listings_of_employer(employer_id)
        )

    def review_queue(self, cursor: Cursor | None = None, limit: int = 20) -> Page[Listing]:
        """Listings that wait for a decision, longest waiting first. Read lane."""
        return self._context.read.by_status(ListingStatus.PENDING, cursor, limit)

    def review(self, listing_id: UUID, *, approve: bool, reason: str, actor: Actor) -> Listing:
        """Publish or reject; the reason is what the employer reads.

        Raises:
            Refusal: decided already, a finding blocks, or it has waited past its hours (``refusal.review_past``).
        """
        if approve:
            self._check_ahead(self.get(listing_id).terms, Refusal("refusal.review_past"))
        return self._change(
            ReviewListing(listing_id=listing_id, approve=approve, reason=reason.strip()), actor
        )

    def close(self, listing_id: UUID, reason: str, actor: Actor) -> Listing:
        """Take a listing down."""
        return self._change(CloseListing(listing_id=listing_id, reason=reason.strip()), actor)

    def renew(self, listing_id: UUID, actor: Actor) -> Listing:
        """Show a listing for another 15 days from today."""
        until = self._context.today() + timedelta(days=VALID_DAYS)
        return self._change(RenewListing(listing_id=listing_id, valid_until=until), actor)

    def applicants(self, listing_id: UUID) -> Applicants:
        """Who comes. Read lane; only after the employer has been identified, or for staff.

        Raises:
            Refusal: listing not known here.
        """
        return Applicants(
            listing=self.get(listing_id),
            placements=tuple(self._context.read.placements_of_listing(listing_id)),
        )

    def of_employer(self, employer_id: UUID) -> tuple[Listing, ...]:
        """An employer's listings, newest first. Read lane."""
        return tuple(self._context.read.listings_of_employer(employer_id))

    def hire_sheet(self, listing_id: UUID, actor: Actor) -> Issued:
        """Number a sheet that says who comes.

        Raises:
            Refusal: listing or employer not known here.
        """
        context = self._context
        people = context.read.placements_of_listing(listing_id)
        with context.unit_of_work() as uow:
            listing = uow.listing(listing_id)
            if listing is None:
                raise Refusal("refusal.listing_unknown")
            employer = uow.employer(listing.employer_id)
            if employer is None:
                raise Refusal("refusal.employer_unknown")
            slip = self._slips.hire_sheet(uow, listing, employer, people, actor)
            uow.commit()
        context.signals.committed(("slip.issue/1",))
        return slip

    def _check_ahead(self, terms: Terms, otherwise: Refusal) -> None:
        """Nobody is told "published" of what nobody would be shown.

        Asked here and not by the rule, which knows days: what another clock published, the city leaves so. A day that
        has passed is the rule's.
        """
        now = self._context.now()
        if terms.date_to >= local_date(now) and local_minute(now) >= closes(terms):
            raise otherwise

    def _change(self, body: ReviewListing | CloseListing | RenewListing, actor: Actor) -> Listing:
        context = self._context
        with context.unit_of_work() as uow:
            context.perform(uow, body, actor)
            listing = uow.listing(body.listing_id)
            assert listing is not None, "the transition refuses unknown listings"
            uow.commit()
        context.after_commit(body)
        return listing
