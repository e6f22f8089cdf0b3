"""The members of staff: added, given a badge or a new PIN, and shut out, by one who has signed in."""

from dataclasses import dataclass, field, replace

from kiosk.domain.refusal import Refusal
from kiosk.services.context import Context
from kiosk.services.ports import StaffMember, UnitOfWork
from kiosk.services.staff import (
    StaffSession,
    check_new_pin,
    hash_pin,
    member_of_number,
    new_member,
    note_staff,
    prove,
)

#: Codes on badges; shorter ones are staff numbers that somebody typed.
BADGE_MIN, BADGE_MAX = 4, 120
#: The codes on our slips are addresses; a badge's is not.
NO_BADGE = frozenset("/ ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of staff as others see them: nothing of the PIN.

    Attributes:
        number: what they sign in with.
        active: whether they may sign in.
        badge: the code on the badge, "" for none; whoever has the code still needs the PIN.
        paused: whether too many wrong PINs keep them out just now.
        me: whether it is who asks.
    """

    number: int
    name: str
    active: bool
    badge: str = field(repr=False)
    paused: bool
    me: bool


class StaffMembers:
    """Who may sign in here. Each change is one transaction with its line in the audit trail, by id.

    Members are never deleted: what they have signed stays theirs.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, session: StaffSession) -> tuple[Member, ...]:
        """Everybody, by staff number. Read lane."""
        return tuple(self._seen(each, session) for each in self._context.read.staff_members())

    def add(self, session: StaffSession, own_pin: str, name: str, pin: str, again: str) -> Member:
        """Another member, with the next staff number.

        Raises:
            Refusal: name or PIN cannot be used, or ``own_pin`` is not the PIN of who asks.
        """
        context = self._context
        _check_twice(pin, again)
        with context.unit_of_work() as uow:
            actor = self._proven(uow, session, own_pin)
            member = new_member(context.clock, context.entropy, uow, name, pin, actor=_signed(actor))
            uow.commit()
        return self._seen(member, session)

    def set_pin(self, session: StaffSession, number: int, own_pin: str, pin: str, again: str) -> Member:
        """Another PIN for oneself or for a colleague who has forgotten theirs; ends a pause after wrong ones.

        Raises:
            Refusal: the PIN cannot be used, or ``own_pin`` is not the PIN of who asks.
        """
        context = self._context
        digits = _check_twice(pin, again)
        with context.unit_of_work() as uow:
            actor = self._proven(uow, session, own_pin)
            member = self._member(uow, number)
            secret = hash_pin(digits, context.entropy)
            member = replace(member, secret=secret, failed_tries=0, locked_until=None)
            uow.put_staff(member)
            action = "staff.pin" if member.id == actor.id else "staff.pin_of_other"
            note_staff(context, uow, _signed(actor), action, member.id)
            uow.commit()
        return self._seen(member, session)

    def rescue(self, number: int, pin: str, again: str) -> Member:
        """Another PIN for somebody, and the way in, by whoever has the machine itself: nobody could sign in for it.

        Raises:
            Refusal: the PIN cannot be used, or nobody has that number.
        """
        context, digits = self._context, _check_twice(pin, again)
        with context.unit_of_work() as uow:
            member = self._member(uow, number)
            secret = hash_pin(digits, context.entropy)
            member = replace(member, secret=secret, failed_tries=0, locked_until=None, active=True)
            uow.put_staff(member)
            note_staff(context, uow, "machine", "staff.pin_rescued", member.id)
            uow.commit()
        return self._seen(member, None)

    def set_badge(self, session: StaffSession, number: int, code: str) -> Member:
        """The badge that was scanned is theirs from now on; "" takes the badge away.

        Raises:
            Refusal: no badge's code, or somebody else's (``number`` says whose).
        """
        context, badge = self._context, code.strip()
        if badge and not (BADGE_MIN <= len(badge) <= BADGE_MAX and NO_BADGE.isdisjoint(badge)):
            raise Refusal("refusal.badge_form", "badge")
        with context.unit_of_work() as uow:
            actor, member = self._acting(uow, session), self._member(uow, number)
            for other in (uow.staff_by_badge(badge), member_of_number(uow, badge)):
                if other is not None and other.id != member.id:
                    raise Refusal("refusal.badge_taken", "badge", number=other.number)
            member = replace(member, badge=badge)
            uow.put_staff(member)
            note_staff(context, uow, _signed(actor), "staff.badge" if badge else "staff.badge_off", member.id)
            uow.commit()
        return self._seen(member, session)

    def set_active(self, session: StaffSession, number: int, *, active: bool) -> Member:
        """Shut somebody out, or let them in again with PIN and badge as they were.

        Raises:
            Refusal: nobody shuts themselves out; so whoever does it stays, and the station is never without staff.
        """
        context = self._context
        with context.unit_of_work() as uow:
            actor, member = self._acting(uow, session), self._member(uow, number)
            if not active and member.id == actor.id:
                raise Refusal("refusal.staff_oneself")
            member = replace(member, active=active)
            uow.put_staff(member)
            action = "staff.activate" if active else "staff.deactivate"
            note_staff(context, uow, _signed(actor), action, member.id)
            uow.commit()
        return self._seen(member, session)

    def _acting(self, uow: UnitOfWork, session: StaffSession) -> StaffMember:
        """Who has signed in, as they are kept now."""
        actor = uow.staff_by_number(session.number)
        if actor is None or not actor.active:
            raise Refusal("refusal.staff_only")
        return actor

    def _proven(self, uow: UnitOfWork, session: StaffSession, pin: str) -> StaffMember:
        """The same, by their PIN: a console that was left open gives nobody a PIN."""
        actor = self._acting(uow, session)
        actor = prove(self._context, uow, actor, pin, field="own_pin", wrong="refusal.own_pin")
        uow.put_staff(actor)
        return actor

    def _member(self, uow: UnitOfWork, number: int) -> StaffMember:
        member = uow.staff_by_number(number)
        if member is None:
            raise Refusal("refusal.staff_unknown")
        return member

    def _seen(self, member: StaffMember, session: StaffSession | None) -> Member:
        paused = member.locked_until is not None and self._context.now() < member.locked_until
        return Member(
            number=member.number,
            name=member.name,
            active=member.active,
            badge=member.badge,
            paused=paused,
            me=session is not None and member.id == session.staff_id,
        )


def _signed(actor: StaffMember) -> str:
    """As the audit trail has them."""
    return f"staff:{actor.id}"


def _check_twice(pin: str, again: str) -> str:
    """A PIN that may be set, typed twice."""
    digits = check_new_pin(pin)
    if digits != again.strip():
        raise Refusal("refusal.pin_differs", "pin_again")
    return digits
