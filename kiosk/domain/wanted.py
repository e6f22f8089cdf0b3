"""Transitions of job-wanted entries 求职信息: what a worker offers, shown to employers without saying who it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from kiosk.domain import calendar
from kiosk.domain.change import changed, replace
from kiosk.domain.free_text import unfit_characters
from kiosk.domain.names import shown_surname
from kiosk.domain.operations import Operation, PostWanted, RenewWanted, WithdrawWanted
from kiosk.domain.phone import mask_phone
from kiosk.domain.records import JobWanted, Offer, Record
from kiosk.domain.refusal import Refusal
from kiosk.domain.rulebook import RuleBook
from kiosk.domain.state import Records
from kiosk.domain.values import ActorKind, Severity, WantedStatus

#: Days an entry is shown unless renewed (as on the public-employment forms).
VALID_DAYS = 15
#: Days after its last one on which an entry may be renewed; then it is withdrawn by rule, and says no more who it was.
KEPT_DAYS = 30
MAX_TRADES = 12
MAX_DISTRICTS = 12
NOTE_MAX = 60
_WEEKDAYS = frozenset(range(1, 8))


def is_shown(wanted: JobWanted, today: date) -> bool:
    """Whether employers may see an entry today."""
    return wanted.status is WantedStatus.OPEN and wanted.valid_until >= today


def is_lapsed(wanted: JobWanted, today: date) -> bool:
    """Whether an entry has been expired for so long that it is withdrawn by rule."""
    return wanted.valid_until < today - timedelta(days=KEPT_DAYS)


def check_note(note: str, rules: RuleBook) -> None:
    """Refuse a line that is too long, breaks the wording rules, or says how to get in touch.

    Raises:
        Refusal: field ``note``.
    """
    if len(note) > NOTE_MAX:
        raise Refusal("refusal.note_long", "note", limit=NOTE_MAX, over=len(note) - NOTE_MAX)
    if unfit_characters(note) is not None:
        raise Refusal("refusal.note_characters", "note")
    if rules.gives_contact(note):
        raise Refusal("refusal.note_contact", "note")
    for finding in rules.check_words(note, "note"):
        if finding.severity is Severity.BLOCK:
            raise Refusal(f"finding.{finding.rule}", "note", **dict(finding.params))


def check_offer(offer: Offer, rules: RuleBook) -> None:
    """Refuse an offer that says too little or what must not be said.

    Raises:
        Refusal: with the field of the form.
    """
    if not offer.trades:
        raise Refusal("refusal.trade_missing", "trades")
    if len(offer.trades) > MAX_TRADES:
        raise Refusal("refusal.too_many_trades", "trades", limit=MAX_TRADES)
    if not all(rules.knows_trade(each.trade) for each in offer.trades):
        raise Refusal("refusal.unknown_trade", "trades")
    if not offer.days or not _WEEKDAYS.issuperset(offer.days) or list(offer.days) != sorted(set(offer.days)):
        raise Refusal("refusal.days_missing", "days")
    if not offer.parts or len(set(offer.parts)) != len(offer.parts):
        raise Refusal("refusal.parts_missing", "parts")
    if not offer.districts:
        raise Refusal("refusal.region_missing", "districts")
    if len(offer.districts) > MAX_DISTRICTS or not all(map(rules.knows_region, offer.districts)):
        raise Refusal("refusal.region_unknown", "districts")
    if offer.wage_wish_fen is not None and offer.wage_wish_fen <= 0:
        raise Refusal("refusal.amount_zero", "wage")
    check_note(offer.note, rules)


def _check_validity(valid_until: date, today: date) -> None:
    if not today <= valid_until <= today + timedelta(days=VALID_DAYS):
        raise Refusal("refusal.validity", "valid_until", days=VALID_DAYS)


def post(op: Operation, body: PostWanted, records: Records, rules: RuleBook) -> Sequence[Record]:
    """A new entry in the place of the worker's earlier one. Seen again, it changes nothing."""
    if records.wanted(body.wanted_id) is not None:
        return ()
    worker = records.worker(body.worker_id)
    if worker is None:
        raise Refusal("refusal.worker_unknown")
    if worker.consent.withdrawn_at is not None:
        raise Refusal("refusal.consent_withdrawn")
    _check_validity(body.valid_until, calendar.local_date(op.at))
    check_offer(body.offer, rules)
    entry = JobWanted(
        id=body.wanted_id,
        worker_id=worker.id,
        surname=shown_surname(worker.name),
        phone_masked=mask_phone(worker.phone),
        offer=body.offer,
        status=WantedStatus.OPEN,
        number=body.number,
        home=op.kiosk,
        posted_at=op.at,
        valid_until=body.valid_until,
        changed_at=op.at,
    )
    return [*taken_down(op, worker.id, records), entry]


def renew(op: Operation, body: RenewWanted, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Shown until a later day; the wording rules of today apply to it again."""
    entry = _known(records, body)
    if entry.status is not WantedStatus.OPEN:
        raise Refusal("refusal.wanted_withdrawn")
    _check_validity(body.valid_until, calendar.local_date(op.at))
    check_offer(entry.offer, rules)
    return changed(entry, op.at, valid_until=body.valid_until)


def withdraw(op: Operation, body: WithdrawWanted, records: Records, rules: RuleBook) -> Sequence[Record]:
    """Taken down by the worker; by the kiosk itself only when it has long expired. Twice changes nothing."""
    entry = _known(records, body)
    if op.actor.kind is ActorKind.STATION and not is_lapsed(entry, calendar.local_date(op.at)):
        raise Refusal("refusal.wanted_not_expired")  # a clock that was wrong at night; the city knows better
    return (down(op, entry),) if entry.status is WantedStatus.OPEN else ()


def taken_down(op: Operation, worker_id: UUID, records: Records) -> list[Record]:
    """All open entries of a worker, withdrawn."""
    theirs = records.wanted_of_worker(worker_id)
    return [down(op, entry) for entry in theirs if entry.status is WantedStatus.OPEN]


def renamed(op: Operation, worker_id: UUID, name: str, phone: str, records: Records) -> list[Record]:
    """Open entries of a worker whose name or phone is another now."""
    surname, masked = shown_surname(name), mask_phone(phone)
    return [
        replace(entry, surname=surname, phone_masked=masked, changed_at=op.at)
        for entry in records.wanted_of_worker(worker_id)
        if entry.status is WantedStatus.OPEN and (entry.surname, entry.phone_masked) != (surname, masked)
    ]


def _known(records: Records, body: RenewWanted | WithdrawWanted) -> JobWanted:
    entry = records.wanted(body.wanted_id)
    if entry is None:
        raise Refusal("refusal.wanted_unknown")
    return entry


def shown_as(entry: JobWanted, name: str, phone: str) -> JobWanted:
    """The entry with what strangers may read of somebody with this name and phone."""
    return replace(entry, surname=shown_surname(name), phone_masked=mask_phone(phone))


def down(op: Operation, entry: JobWanted) -> JobWanted:
    """Withdrawn, and nothing is left of who it was and what they wrote."""
    bare = replace(entry.offer, note="")
    gone = replace(entry, surname="", phone_masked="", offer=bare)
    return replace(gone, status=WantedStatus.WITHDRAWN, changed_at=op.at)
