"""The records of the market, as frozen values. A change is a new value (``dataclasses.replace``).

Units: money in integer fen; times of day in minutes after 00:00 Asia/Shanghai; instants are aware UTC datetimes;
dates are Asia/Shanghai calendar dates. ``version`` is the city's version of the record, 0 until the city has seen it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kiosk.domain.values import (
    Claim,
    DayPart,
    EmployerKind,
    InvitationStatus,
    ListingStatus,
    PayUnit,
    PlacementStatus,
    Settlement,
    Severity,
    SlipKind,
    Source,
    Standing,
    Strength,
    WantedStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the kiosk keeps of a resident ID number: enough for the rules and for finding the person again.

    Attributes:
        sealed: the number itself, encrypted for the city's key (or this station's, until it is enrolled).
        lookup: keyed hash of the number under this kiosk's key, hex.
        birth_date: from digits 7–14.
        masked: the number with digits 5–14 starred, for the screen.
    """

    sealed: bytes
    lookup: str
    birth_date: date
    masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The worker's consent to be listed and called (PIPL art. 13–17), and when it was given or withdrawn."""

    text_version: str
    given_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerTrade:
    """A trade that a worker offers: trade code and years in it (0 = just starting)."""

    trade: str
    years: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Another kiosk at which a worker is known: registered there too, or remembered there because they wish so.

    Attributes:
        kiosk: its code.
        since: when that registration was made, or the consent to be remembered was given.
        id: the worker's id in that registration, which is no more; None where they are only remembered.
        number: the number on that registration's card.
        consent_text: version of the text that they agreed to, where they are only remembered.
    """

    kiosk: str
    since: datetime
    id: UUID | None = None
    number: int = 0
    consent_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker 零工.

    ``also``: other kiosks that know them. ``merged_into``: who they are now, when this registration turned out to be
    another one's; nothing of the person is left in it then but the keyed hash that finds them by their ID card.
    """

    id: UUID
    name: str
    phone: str
    trades: tuple[WorkerTrade, ...]
    wage_wish_fen: int | None
    wage_wish_unit: PayUnit
    districts: tuple[str, ...]
    identity: Identity | None
    consent: Consent
    number: int
    home: str
    night_work: bool = False
    needs_lodging: bool = False
    own_tools: bool = False
    own_vehicle: bool = False
    wants_sms: bool = False
    also: tuple[Presence, ...] = ()
    merged_into: UUID | None = None
    created_at: datetime
    changed_at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Another registration of an employer, at another kiosk, that turned out to be the same one.

    Attributes:
        id: the employer's id in that registration; operations name it for weeks.
        kiosk: where it was made.
        verified_at: when staff there saw the licence of whoever registered, None if they have not.
    """

    id: UUID
    kiosk: str
    contact_name: str
    phone: str
    made_at: datetime
    verified_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An employer 用工方. ``credit_code`` for enterprise, agency and broker; ``identity`` for the others.

    ``also``: the later registrations under the same credit code, in the order in which the city heard of them.
    """

    id: UUID
    kind: EmployerKind
    name: str
    contact_name: str
    phone: str
    credit_code: str | None
    identity: Identity | None
    home: str
    verified_at: datetime | None = None
    verified_by: UUID | None = None
    standing: Standing = Standing.OK
    standing_reason: str = ""
    standing_until: date | None = None
    also: tuple[Registration, ...] = ()
    created_at: datetime
    changed_at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark of the rule check 提示.

    Attributes:
        rule: stable code, for example ``minimum_wage``; the sentence is ``finding.<rule>``.
        field: form field it is about.
        span: start and end (code points) in that field's text as it was typed, or None.
        law: key of the citation (``law.<law>``).
        params: values of the sentence, as (name, value) pairs; money in fen ends in ``_fen``.
    """

    rule: str
    severity: Severity
    field: str
    law: str
    span: tuple[int, int] | None = None
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an employer offers: everything the law wants on a listing (暂行条例 art. 24) and what a worker asks first.

    Attributes:
        trade: trade code.
        headcount: places, 1–500.
        pay_fen: pay for one ``pay_unit``.
        minutes_per_day: working minutes a day without breaks.
        date_from: first day; date_to: last day (inclusive).
        start_minute: start of work after 00:00; end_minute may be ≤ start_minute: the work ends the next day.
        region: code of the street (or the district when the street is not known).
        full_time: a labour contract rather than part-time 非全日制 work.
    """

    trade: str
    title: str
    headcount: int
    pay_fen: int
    pay_unit: PayUnit
    settlement: Settlement
    minutes_per_day: int
    date_from: date
    date_to: date
    start_minute: int
    end_minute: int
    region: str
    address: str
    meeting_place: str = ""
    meals: bool = False
    lodging: bool = False
    transport: bool = False
    own_tools: bool = False
    strength: Strength = Strength.MEDIUM
    full_time: bool = False
    requirements: str = ""
    contact_name: str
    contact_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A listing 招工信息. ``taken`` counts the places held by confirmed workers, as far as is known here."""

    id: UUID
    employer_id: UUID
    employer_name: str
    employer_kind: EmployerKind
    terms: Terms
    source: Source
    status: ListingStatus
    taken: int
    findings: tuple[Finding, ...]
    number: int
    home: str
    posted_at: datetime
    published_at: datetime | None
    valid_until: date
    review_reason: str = ""
    reviewed_by: UUID | None = None
    changed_at: datetime
    version: int = 0

    @property
    def places_left(self) -> int:
        """Places nobody holds yet; never below 0."""
        return max(0, self.terms.headcount - self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A placement 对接: worker × listing, with the terms copied when it was made (the promise on the slip).

    ``claim_home`` is the kiosk whose lease holds the place, empty for other claims. It is not always ``home``: a
    waiting worker may get a place from another kiosk's lease.
    """

    id: UUID
    listing_id: UUID
    employer_id: UUID
    employer_name: str
    worker_id: UUID
    worker_name: str
    worker_phone: str
    terms: Terms
    status: PlacementStatus
    claim: Claim
    claim_home: str = ""
    home: str
    listing_home: str
    number: int
    applied_at: datetime
    changed_at: datetime
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a worker offers in a job-wanted entry.

    Attributes:
        trades: at least one.
        days: ISO weekdays 1–7 on which they can work, ascending.
        parts: parts of those days.
        wage_wish_fen: wish for one ``wage_wish_unit``, None to be agreed upon.
        districts: codes of districts they would go to, at least one.
        note: a line of their own, under the wording rules and without a phone number.
    """

    trades: tuple[WorkerTrade, ...]
    days: tuple[int, ...]
    parts: tuple[DayPart, ...]
    wage_wish_fen: int | None
    wage_wish_unit: PayUnit
    districts: tuple[str, ...]
    own_tools: bool = False
    own_vehicle: bool = False
    needs_lodging: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobWanted:
    """A job-wanted entry 求职信息. It names nobody: who it is stands in the worker's record, at their own kiosk.

    Attributes:
        worker_id: None where the entry is only shown (another kiosk).
        surname: what strangers may call them (王).
        phone_masked: ``138****1234``.
        home: the worker's kiosk.
    """

    id: UUID
    worker_id: UUID | None
    surname: str
    phone_masked: str
    offer: Offer
    status: WantedStatus
    number: int
    home: str
    posted_at: datetime
    valid_until: date
    changed_at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An employer asks for the worker behind a job-wanted entry, for one listing. The worker decides.

    ``home`` is the kiosk of the employer and the listing, ``worker_home`` the one where the worker is told.
    """

    id: UUID
    wanted_id: UUID
    listing_id: UUID
    employer_id: UUID
    employer_name: str
    terms: Terms
    surname: str
    phone_masked: str
    status: InvitationStatus
    home: str
    worker_home: str
    invited_at: datetime
    changed_at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip 凭条 that was numbered: what it proves and the token in its QR code. Paper is the kiosk's own affair.

    ``state``: what it told its holder (``confirmed``, ``waitlisted``), "" for nothing.
    """

    id: UUID
    kind: SlipKind
    number: int
    subject_id: UUID
    token: str
    home: str
    issued_at: datetime
    state: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Places of one listing that one kiosk may confirm on its own. free = granted − returned − spent ≥ 0."""

    listing_id: UUID
    home: str
    granted: int
    spent: int = 0
    returned: int = 0
    version: int = 0

    @property
    def free(self) -> int:
        """Places this kiosk can still confirm without asking anybody."""
        return self.granted - self.returned - self.spent


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralSlots:
    """The city's side of the escrow of one listing: free + firm + Σ(granted − returned) = headcount."""

    listing_id: UUID
    headcount: int
    free: int
    firm: int = 0
    version: int = 0


Record = Worker | Employer | Listing | Placement | JobWanted | Invitation | Slip | Lease | CentralSlots
