"""GET /s/<token>: what a phone shows when it reads the QR code on a slip. No script, no cookie, people masked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from string import Template
from uuid import UUID

from kiosk.city import page_words as words
from kiosk.city.context import CityContext
from kiosk.city.store import CityTransaction
from kiosk.city.stored import KeyRow
from kiosk.domain.calendar import is_over, local_date
from kiosk.domain.employers import ORGANISATIONS
from kiosk.domain.listings import LIVE
from kiosk.domain.names import mask_name
from kiosk.domain.phone import mask_phone
from kiosk.domain.placements import is_past
from kiosk.domain.records import Listing, Placement, Record, Terms, Worker
from kiosk.domain.refusal import Refusal
from kiosk.domain.release import MERGED
from kiosk.domain.values import HOLDING, OPEN, PlacementStatus
from kiosk.protocol.signing import KeyRing, RingKey
from kiosk.protocol.token import City, SlipToken, TokenKind, read

SLIP_PATH = "/s/"
#: Nothing is loaded from anywhere, and no other site may show the page inside its own.
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
_FAULTS = {
    "refusal.qr_foreign": "foreign",
    "refusal.qr_damaged": "damaged",
    "refusal.qr_other_city": "foreign",
    "refusal.qr_newer_version": "damaged",
    "refusal.qr_unknown_key": "unknown",
    "refusal.qr_revoked_key": "revoked",
    "refusal.qr_forged": "forged",
    "refusal.qr_expired": "expired",
}
_TEL = re.compile(r"\{tel:([0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page and its HTTP status."""

    status: int
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What the page says, not yet escaped."""

    kind: str
    state: tuple[str, str, str]
    number: str = ""
    heading: str = ""
    pay: str = ""
    rows: Sequence[tuple[str, str]] = ()


def slip_page(city: CityContext, tx: CityTransaction, token: str) -> Page:
    """The page for a token: the slip's state now, or what is wrong with it."""
    row = tx.city()
    home = City(code=row.area, host=row.host)
    try:
        slip = read(f"https://{row.host}{SLIP_PATH}{token}", ring_of(tx.station_keys()), city.now(), home)
    except Refusal as refusal:
        fault = _Shown(
            kind=words.word("kind", "other"), state=words.state("fault", _FAULTS.get(refusal.key, "forged"))
        )
        return Page(404, _render(city, fault))
    shown = _shown(city, tx, slip)
    return Page(200, _render(city, shown))


def busy_page(city: CityContext) -> Page:
    """The page when the database does not answer."""
    shown = _Shown(kind=words.word("kind", "other"), state=words.state("fault", "busy"))
    return Page(503, _render(city, shown))


def ring_of(keys: Sequence[KeyRow]) -> KeyRing:
    """The keys that sign slips."""
    return KeyRing.of(
        RingKey(
            public=key.public_key,
            station=key.kiosk,
            valid_from=key.valid_from,
            valid_until=key.valid_until,
            revoked=key.revoked,
        )
        for key in keys
    )


def _shown(city: CityContext, tx: CityTransaction, slip: SlipToken) -> _Shown:
    now = city.now()
    match slip.kind:
        case TokenKind.WORKER_CARD:
            worker = person(tx, slip.subject)
            if worker is not None:
                return _worker(slip, worker)
        case TokenKind.JOB_SLIP:
            placement = tx.peek("placement", slip.subject)
            if isinstance(placement, Placement):
                placement = _that_counts(tx, placement)
                return _placement(slip, placement, tx.peek("listing", placement.listing_id), now)
        case TokenKind.POSTING_RECEIPT | TokenKind.HIRE_SHEET:
            listing = tx.peek("listing", slip.subject)
            if isinstance(listing, Listing):
                return _listing(slip, listing, now)
        case _:
            pass
    return _Shown(kind=_kind(slip), number=_number(slip), state=words.state("fault", "unknown"))


def _that_counts(tx: CityTransaction, placement: Placement) -> Placement:
    """Of two applications of one person for one listing that were made one, the one that stayed."""
    if placement.status is not PlacementStatus.CANCELLED or placement.reason != MERGED:
        return placement
    theirs = tx.placements_of(placement.worker_id)
    stayed = (each for each in theirs if each.listing_id == placement.listing_id)
    return next((each for each in stayed if each.status in OPEN | HOLDING), placement)


def person(tx: CityTransaction, worker_id: UUID) -> Worker | None:
    """Who has that id, or had it in a registration that was merged, without a lock."""
    found = tx.peek("worker", worker_id)
    if isinstance(found, Worker) and found.merged_into is not None:
        found = tx.peek("worker", found.merged_into)
    return found if isinstance(found, Worker) else None


def _kind(slip: SlipToken) -> str:
    known = {TokenKind.WORKER_CARD, TokenKind.JOB_SLIP, TokenKind.HIRE_SHEET, TokenKind.POSTING_RECEIPT}
    return words.word("kind", slip.kind if slip.kind in known else "other")


def _number(slip: SlipToken) -> str:
    return words.word("number", number=slip.number)


def _worker(slip: SlipToken, worker: Worker) -> _Shown:
    state = "withdrawn" if worker.consent.withdrawn_at else "listed"
    rows = [
        (words.word("label", "worker"), mask_name(worker.name)),
        (words.word("label", "since"), words.day(local_date(worker.created_at))),
    ]
    return _Shown(kind=_kind(slip), number=_number(slip), state=words.state("worker", state), rows=rows)


def _employer_name(name: str, listing: Record | None) -> str:
    """An organisation by its name, a person (or nobody knows) masked."""
    organisation = isinstance(listing, Listing) and listing.employer_kind in ORGANISATIONS
    return name if organisation else mask_name(name)


def _placement(slip: SlipToken, placement: Placement, listing: Record | None, now: datetime) -> _Shown:
    terms = placement.terms
    rows = [
        (words.word("label", "worker"), mask_name(placement.worker_name)),
        (words.word("label", "employer"), _employer_name(placement.employer_name, listing)),
        *_terms_rows(terms),
        (words.word("label", "phone"), mask_phone(terms.contact_phone)),
    ]
    return _Shown(
        kind=_kind(slip),
        number=_number(slip),
        state=words.state("placement", "past" if is_past(placement, now) else placement.status),
        heading=terms.title,
        pay=words.pay(terms),
        rows=rows,
    )


def _listing(slip: SlipToken, listing: Listing, now: datetime) -> _Shown:
    state = str(listing.status)
    if listing.status in LIVE and is_over(listing.terms, now):
        state = "closed"
    elif listing.status in LIVE and listing.valid_until < local_date(now):
        state = "expired"
    rows = [
        (words.word("label", "employer"), _employer_name(listing.employer_name, listing)),
        (
            words.word("label", "places"),
            words.word("places", headcount=listing.terms.headcount, taken=listing.taken),
        ),
        *_terms_rows(listing.terms),
        (words.word("label", "valid"), words.day(listing.valid_until)),
    ]
    return _Shown(
        kind=_kind(slip),
        number=_number(slip),
        state=words.state("listing", state),
        heading=listing.terms.title,
        pay=words.pay(listing.terms),
        rows=rows,
    )


def _terms_rows(terms: Terms) -> list[tuple[str, str]]:
    return [
        (words.word("label", "days"), words.days(terms)),
        (words.word("label", "hours"), words.hours(terms)),
        (words.word("label", "place"), terms.address),
        (words.word("label", "meeting"), terms.meeting_place),
        (words.word("label", "extras"), words.extras(terms)),
        (words.word("label", "settlement"), words.word("settlement", terms.settlement)),
    ]


def _render(city: CityContext, shown: _Shown) -> str:
    state, tone, advice = shown.state
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in shown.rows if value
    )
    content = ""
    if shown.heading:
        content += f'<h1>{escape(shown.heading)}</h1><p class="pay">{escape(shown.pay)}</p>'
    if rows:
        content += f"<dl>{rows}</dl>"
    footer = [words.word("as_of", time=words.moment(city.now())), *words.lines("rights")]
    return Template(words.template()).substitute(
        title=escape(words.word("title", kind=shown.kind, state=state)),
        tone=tone,
        kind=escape(shown.kind),
        number=escape(shown.number),
        state=escape(state),
        advice=f"<p>{escape(advice)}</p>" if advice else "",
        content=content,
        footer="".join(f"<p>{_with_phones(line)}</p>" for line in footer),
    )


def _with_phones(line: str) -> str:
    return _TEL.sub(r'<a href="tel:\1">\1</a>', escape(line))
