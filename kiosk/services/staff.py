"""Staff: who may sign in, with a PIN, and with a pause after wrong ones."""

import hashlib
import hmac
import itertools
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from kiosk.domain.names import check_person_name
from kiosk.domain.operations import Actor
from kiosk.domain.refusal import Refusal
from kiosk.services.context import Context, staff_actor
from kiosk.services.fresh import new_id
from kiosk.services.ports import AuditEntry, Clock, Entropy, StaffMember, UnitOfWork

PIN_MIN = 6
PIN_MAX = 12
SALT_BYTES = 16
#: A staff number has no more; the database would not take what a scanner may say.
NUMBER_DIGITS = 9
MAX_TRIES = 5
PAUSE = timedelta(minutes=15)
#: scrypt cost: 16 MiB and some 50 ms; a PIN has few digits, so that guessing must be dear.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**14, 8, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSession:
    """A member of staff who has signed in."""

    staff_id: UUID
    name: str
    number: int

    @property
    def actor(self) -> Actor:
        """The actor of what is done in this session."""
        return staff_actor(self.staff_id)


def check_new_pin(pin: str) -> str:
    """A PIN that may be set.

    Raises:
        Refusal: not 6–12 digits, all the same digit, or a run such as 123456.
    """
    digits = pin.strip()
    if not (digits.isascii() and digits.isdigit() and PIN_MIN <= len(digits) <= PIN_MAX):
        raise Refusal("refusal.pin_form", "pin", minimum=PIN_MIN, limit=PIN_MAX)
    steps = {int(b) - int(a) for a, b in itertools.pairwise(digits)}
    if steps in ({0}, {1}, {-1}):
        raise Refusal("refusal.pin_simple", "pin")
    return digits


def hash_pin(pin: str, entropy: Entropy) -> bytes:
    """Salt (16 bytes) and scrypt hash (32 bytes) of a PIN."""
    salt = entropy.token_bytes(SALT_BYTES)
    return salt + _scrypt(pin, salt)


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P, dklen=32)


def _matches(pin: str, secret: bytes) -> bool:
    return hmac.compare_digest(_scrypt(pin, secret[:SALT_BYTES]), secret[SALT_BYTES:])


def prove(
    context: Context,
    uow: UnitOfWork,
    member: StaffMember,
    pin: str,
    *,
    field: str = "pin",
    wrong: str = "refusal.sign_in",
) -> StaffMember:
    """The member, with the wrong tries forgiven, whose PIN this is. A wrong try is counted and saved at once.

    Args:
        context: the clock.
        uow: ends with a wrong try.
        member: who it should be.
        pin: what was typed.
        field: the form field that a refusal names.
        wrong: key of the sentence for a wrong PIN.

    Raises:
        Refusal: it is wrong, or locked for some minutes after too many wrong ones.
    """
    now = context.now()
    if member.locked_until is not None and now < member.locked_until:
        minutes = int((member.locked_until - now).total_seconds() // 60) + 1
        raise Refusal("refusal.sign_in_locked", field, minutes=minutes)
    if not _matches(pin.strip(), member.secret):
        tries = member.failed_tries + 1
        locked = now + PAUSE if tries % MAX_TRIES == 0 else None
        uow.put_staff(replace(member, failed_tries=tries, locked_until=locked))
        note_staff(context, uow, f"staff:{member.id}", "staff.wrong_pin", member.id)
        uow.commit()
        raise Refusal(wrong, field)
    return replace(member, failed_tries=0, locked_until=None)


def member_of_number(uow: UnitOfWork, text: str) -> StaffMember | None:
    """Who has the staff number that was typed or scanned; None where it is no number."""
    is_number = text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS
    return uow.staff_by_number(int(text)) if is_number else None


def note_staff(context: Context, uow: UnitOfWork, actor: str, action: str, about: UUID) -> None:
    """A line in the audit trail about a member of staff; by id, never by name."""
    entry = AuditEntry(at=context.now(), actor=actor, action=action, entity="staff", entity_id=about)
    uow.audit(entry)


def new_member(
    clock: Clock, entropy: Entropy, uow: UnitOfWork, name: str, pin: str, *, actor: str = "staff"
) -> StaffMember:
    """Add a member of staff inside a transaction, without a badge.

    ``actor`` stands in the audit trail: who adds them, or nobody yet ("staff") at first set-up.

    Raises:
        Refusal: name or PIN cannot be used.
    """
    now = clock.now()
    member = StaffMember(
        id=new_id(clock, entropy),
        name=check_person_name(name, "staff_name"),
        number=uow.next_number("staff"),
        secret=hash_pin(check_new_pin(pin), entropy),
        badge="",
        created_at=now,
    )
    uow.put_staff(member)
    uow.audit(AuditEntry(at=now, actor=actor, action="staff.add", entity="staff", entity_id=member.id))
    return member


class StaffDesk:
    """Sign-in of staff. Wrong tries are counted in the database, so that a restart forgives nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def sign_in(self, who: str, pin: str) -> StaffSession:
        """Sign in by staff number or scanned badge, and PIN.

        Raises:
            Refusal: unknown or wrong (the same sentence for both), or locked for some minutes.
        """
        context = self._context
        with context.unit_of_work() as uow:
            member = self._member(uow, who)
            if member is None or not member.active:
                raise Refusal("refusal.sign_in", "pin")
            member = prove(context, uow, member, pin)
            uow.put_staff(member)
            note_staff(context, uow, f"staff:{member.id}", "staff.sign_in", member.id)
            uow.commit()
        return StaffSession(staff_id=member.id, name=member.name, number=member.number)

    def sign_out(self, session: StaffSession) -> None:
        """Leave a line in the audit trail."""
        self.note(session, "staff.sign_out")

    def note(self, session: StaffSession, action: str) -> None:
        """A line in the audit trail about what staff did to the kiosk itself (``kiosk.close``, ``kiosk.restart``)."""
        with self._context.unit_of_work() as uow:
            note_staff(self._context, uow, f"staff:{session.staff_id}", action, session.staff_id)
            uow.commit()

    def _member(self, uow: UnitOfWork, who: str) -> StaffMember | None:
        """A badge may be digits alone, too: it is looked for first."""
        plain = who.strip()
        held = uow.staff_by_badge(plain) if plain else None
        return held if held is not None else member_of_number(uow, plain)
