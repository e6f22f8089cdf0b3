"""Use cases of workers: register, find again, change, forget."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kiosk.domain.money import parse_yuan
from kiosk.domain.names import check_person_name
from kiosk.domain.operations import Actor, RegisterWorker, UpdateWorker, WithdrawConsent
from kiosk.domain.phone import check_phone
from kiosk.domain.records import Consent, Identity, Worker, WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.resident_id import parse_resident_id
from kiosk.domain.values import PayUnit
from kiosk.domain.workers import check_birth_date
from kiosk.services.context import Context
from kiosk.services.ports import UnitOfWork
from kiosk.services.slip_issue import Issued, SlipIssuer
from kiosk.services.visitors import Visitors

#: Version of the consent text on the screen (``consent.*`` in the catalogues).
CONSENT_VERSION = "2026-11"
FEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerForm:
    """What was typed, as it was typed. Only ``name`` and ``phone`` are needed for a quick registration."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    trades: tuple[WorkerTrade, ...] = ()
    wage: str = ""
    wage_unit: PayUnit = PayUnit.DAY
    districts: tuple[str, ...] = ()
    night_work: bool = False
    needs_lodging: bool = False
    own_tools: bool = False
    own_vehicle: bool = False
    wants_sms: bool = False
    consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A worker who is in the database now, and the slip to hold."""

    worker: Worker
    slip: Issued


def form_of(worker: Worker) -> WorkerForm:
    """The form of what a worker can change about themselves. The ID number is sealed: its field stays empty."""
    yuan, fen = divmod(worker.wage_wish_fen or 0, FEN)
    return WorkerForm(
        name=worker.name,
        phone=worker.phone,
        trades=worker.trades,
        wage="" if worker.wage_wish_fen is None else f"{yuan}.{fen:02d}" if fen else str(yuan),
        wage_unit=worker.wage_wish_unit,
        districts=worker.districts,
        night_work=worker.night_work,
        needs_lodging=worker.needs_lodging,
        own_tools=worker.own_tools,
        own_vehicle=worker.own_vehicle,
        wants_sms=worker.wants_sms,
        consent=worker.consent.withdrawn_at is None,
    )


def seal_identity(context: Context, text: str, field: str) -> Identity | None:
    """What the kiosk keeps of an ID number; None for an empty field.

    Raises:
        Refusal: not an ID number, or its check digit is wrong.
    """
    if not text.strip():
        return None
    parsed = parse_resident_id(text, field)
    secret = parsed.number.encode("ascii")
    return Identity(
        sealed=context.sealer.seal(secret),
        lookup=context.sealer.lookup(secret),
        birth_date=parsed.birth_date,
        masked=parsed.masked,
    )


class Workers:
    """Register, change and forget workers."""

    def __init__(self, context: Context, slips: SlipIssuer, visitors: Visitors | None = None) -> None:
        self._context = context
        self._slips = slips
        self._visitors = visitors or Visitors()

    def check_identity(self, text: str) -> None:
        """Check an ID number as it is typed: form, check digit and age.

        Raises:
            Refusal: see ``parse_resident_id``; or the person is under 16.
        """
        parsed = parse_resident_id(text, "id_number")
        check_birth_date(parsed.birth_date, self._context.today())

    def check_new(self, form: WorkerForm) -> None:
        """Say early that somebody is registered already: before trades and wishes are asked.

        Raises:
            Refusal: as ``register``, for name, phone, ID number, and who has them already.
        """
        identity = seal_identity(self._context, form.id_number, "id_number")
        name, phone = check_person_name(form.name, "name"), check_phone(form.phone, "phone")
        with self._context.unit_of_work() as uow:
            _check_unknown(uow, name, phone, identity)

    def register(self, form: WorkerForm, actor: Actor) -> Registered:
        """Register a worker with consent, and number their card.

        Raises:
            Refusal: a field is wrong, consent is missing, or the person is registered already
                (``refusal.already_registered`` with ``number``).
        """
        context = self._context
        if not form.consent:
            raise Refusal("refusal.consent_missing", "consent")
        identity = seal_identity(context, form.id_number, "id_number")
        with context.unit_of_work() as uow:
            phone = check_phone(form.phone, "phone")
            name = check_person_name(form.name, "name")
            _check_unknown(uow, name, phone, identity)
            now = context.now()
            body = RegisterWorker(
                worker_id=context.new_id(),
                name=name,
                phone=phone,
                identity=identity,
                consent=Consent(text_version=CONSENT_VERSION, given_at=now),
                number=uow.next_number("worker"),
                trades=form.trades,
                wage_wish_fen=parse_yuan(form.wage, "wage") if form.wage.strip() else None,
                wage_wish_unit=form.wage_unit,
                districts=form.districts,
                night_work=form.night_work,
                needs_lodging=form.needs_lodging,
                own_tools=form.own_tools,
                own_vehicle=form.own_vehicle,
                wants_sms=form.wants_sms,
            )
            context.perform(uow, body, actor)
            worker = uow.worker(body.worker_id)
            assert worker is not None, "the transition has just made it"
            slip = self._slips.worker_card(uow, worker, actor)
            uow.commit()
        context.after_commit(body)
        return Registered(worker=worker, slip=slip)

    def update(self, worker_id: UUID, form: WorkerForm, actor: Actor) -> Worker:
        """Replace what the worker can change about themselves; a card that has become wrong is numbered anew.

        Raises:
            Refusal: a field is wrong, somebody else is registered so, or consent was withdrawn.
        """
        context = self._context
        identity = seal_identity(context, form.id_number, "id_number")
        body = UpdateWorker(
            worker_id=worker_id,
            name=check_person_name(form.name, "name"),
            phone=check_phone(form.phone, "phone"),
            identity=identity,
            trades=form.trades,
            wage_wish_fen=parse_yuan(form.wage, "wage") if form.wage.strip() else None,
            wage_wish_unit=form.wage_unit,
            districts=form.districts,
            night_work=form.night_work,
            needs_lodging=form.needs_lodging,
            own_tools=form.own_tools,
            own_vehicle=form.own_vehicle,
            wants_sms=form.wants_sms,
        )
        with context.unit_of_work() as uow:
            before = uow.worker(worker_id)
            if before is None:
                raise self._unknown(worker_id)
            if before.id != worker_id:
                raise Refusal("refusal.merged")
            _check_change(uow, before, body)
            context.perform(uow, body, actor)
            worker = uow.worker(worker_id)
            assert worker is not None, "the transition has just changed it"
            if _on_card(worker) != _on_card(before):
                self._slips.worker_card(uow, worker, actor)
            uow.commit()
        context.after_commit(body)
        return worker

    def withdraw_consent(self, worker_id: UUID, actor: Actor) -> None:
        """The worker is not listed or called any more; open placements are cancelled."""
        context = self._context
        body = WithdrawConsent(worker_id=worker_id)
        with context.unit_of_work() as uow:
            if uow.worker(worker_id) is None:
                raise self._unknown(worker_id)
            context.perform(uow, body, actor)
            uow.commit()
        context.after_commit(body)

    def get(self, worker_id: UUID) -> Worker:
        """One worker, who may be a visitor.

        Raises:
            Refusal: not known at this kiosk.
        """
        worker = self._context.read.worker(worker_id)
        if worker is not None:
            return worker
        visitor = self._visitors.get(worker_id)
        if visitor is None:
            raise Refusal("refusal.worker_unknown")
        return visitor.worker

    def _unknown(self, worker_id: UUID) -> Refusal:
        """Why nothing can be changed: a visitor's record is at their own kiosk."""
        visits = self._visitors.get(worker_id) is not None
        return Refusal("refusal.other_kiosk" if visits else "refusal.worker_unknown")

    def find(self, text: str, limit: int = 20) -> Sequence[Worker]:
        """For staff: by phone digits, name, pinyin initials or number."""
        return self._context.read.find_workers(text, limit)


def _check_unknown(uow: UnitOfWork, name: str, phone: str, identity: Identity | None) -> None:
    """Nobody here has that ID number, or that name and phone, unless they took their consent back."""
    known = uow.worker_by_identity(identity.lookup) if identity is not None else None
    if known is None:
        known = next((each for each in uow.worker_by_phone(phone) if each.name == name), None)
    if known is not None and known.consent.withdrawn_at is None:
        raise Refusal("refusal.already_registered", None, number=known.number)


def _check_change(uow: UnitOfWork, worker: Worker, body: UpdateWorker) -> None:
    """Refuse a change that would make one person of two, or for somebody who has withdrawn."""
    if worker.consent.withdrawn_at is not None:
        raise Refusal("refusal.consent_withdrawn")
    if (body.phone, body.name) != (worker.phone, worker.name):
        for other in uow.worker_by_phone(body.phone):
            if other.id != worker.id and other.name == body.name:
                raise Refusal("refusal.taken_by_phone", "phone", number=other.number)
    owner = uow.worker_by_identity(body.identity.lookup) if body.identity is not None else None
    if owner is not None and owner.id != worker.id and owner.consent.withdrawn_at is None:
        raise Refusal("refusal.id_taken", "id_number", number=owner.number)


def _on_card(worker: Worker) -> tuple[object, ...]:
    """What the worker's card says of them."""
    trades = tuple(each.trade for each in worker.trades)
    wish = worker.wage_wish_fen, worker.wage_wish_unit
    return worker.name, worker.phone, trades, wish, worker.districts
