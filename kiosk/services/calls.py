"""The call list 电话通知: whom staff have to ring up, because a placement stands otherwise than the paper says.

A call tells a person, it does not mend their paper: at the next identification the news is said once more, with the
slip that is true by then.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from kiosk.domain.calendar import SHANGHAI
from kiosk.domain.operations import Actor
from kiosk.domain.phone import grouped
from kiosk.domain.records import Terms
from kiosk.services import news
from kiosk.services.call_note import CallNote
from kiosk.services.catalogue import Catalogue
from kiosk.services.context import Context
from kiosk.services.news import News
from kiosk.services.notice import queue_notice
from kiosk.services.ports import AuditEntry
from kiosk.services.slip_issue import Issued

#: News of applications older than this are over in any case: a listing lives for 15 days at most before it is renewed.
BACK = timedelta(days=60)
#: On one paper.
MOST_ON_PAPER = 40
KIND = "call_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One person to ring up. ``name`` and ``phone`` are the worker's as they are today."""

    news: News
    worker_id: UUID
    name: str
    phone: str
    note: CallNote | None

    @property
    def told(self) -> bool:
        """Whether the person has been reached."""
        return self.note is not None and (self.note.told_at is not None or self.note.on_screen)

    @property
    def begins(self) -> datetime:
        """When the work begins; for a listing that is gone, long ago: nobody knows, so ask first."""
        return (
            begins(self.news.terms) if self.news.terms is not None else datetime.min.replace(tzinfo=SHANGHAI)
        )


def begins(terms: Terms) -> datetime:
    """The first minute of the work."""
    return datetime.combine(terms.date_from, time(), SHANGHAI) + timedelta(minutes=terms.start_minute)


class CallList:
    """Whom to call, in the order in which it presses, and what became of it."""

    def __init__(self, context: Context, catalogue: Catalogue, station: str) -> None:
        self._context = context
        self._catalogue = catalogue
        self._station = station

    def all(self) -> tuple[Call, ...]:
        """Everybody to be called: who has not been reached first, then by how soon the work begins. Read lane."""
        context = self._context
        read, now = context.read, context.now()
        notes = {note.placement_id: note for note in read.call_notes()}
        found = [
            self._call(each, worker_id, notes.get(each.placement_id))
            for worker_id, each in news.of_all(read, now, now - BACK)
        ]
        return tuple(sorted(filter(None, found), key=lambda call: (call.told, call.begins, call.name)))

    def waiting(self) -> int:
        """How many have not been reached. Read lane."""
        return sum(not call.told for call in self.all())

    def mark(self, call: Call, actor: Actor, *, reached: bool) -> None:
        """Staff have called; whether anybody answered. Calling again counts on."""
        context = self._context
        before = call.note
        note = CallNote(
            placement_id=call.news.placement_id,
            worker_id=call.worker_id,
            news=call.news.kind,
            tries=1 + (before.tries if before is not None else 0),
            told_at=context.now() if reached else None,
            last_at=context.now(),
            staff_id=actor.staff_id,
        )
        with context.unit_of_work() as uow:
            uow.put_call_note(note)
            who = f"staff:{actor.staff_id}" if actor.staff_id is not None else actor.kind.value
            done = "call.reached" if reached else "call.not_reached"
            uow.audit(
                AuditEntry(
                    at=note.last_at, actor=who, action=done, entity="placement", entity_id=note.placement_id
                )
            )
            uow.commit()

    def sentence(self, call: Call) -> str:
        """What to say, in one sentence."""
        words, terms = self._context.words, call.news.terms
        if terms is None:
            values = call.news.told.values
            return words.text(
                "calls.say_gone", name=call.name, station=self._station, work=values.get("trade", "")
            )
        return words.text(
            f"calls.say_{call.news.kind}",
            name=call.name,
            station=self._station,
            work=terms.title,
            day=words.date(terms.date_from),
            hours=words.hours(terms.start_minute, terms.end_minute),
            place=terms.meeting_place or self._place(terms),
        )

    def paper(self) -> Issued | None:
        """The list of those not reached yet, ready for the printer; None when there is nobody to call."""
        calls = [call for call in self.all() if not call.told][:MOST_ON_PAPER]
        if not calls:
            return None
        context, words = self._context, self._context.words
        with context.unit_of_work() as uow:
            issued = queue_notice(
                context,
                uow,
                self._station,
                KIND,
                f"{context.kiosk}-T{uow.next_number(KIND)}",
                {"people_count": words.text("posting.people", n=len(calls))},
                tables={"people": tuple(self._row(call) for call in calls)},
            )
            uow.commit()
        return issued

    def _row(self, call: Call) -> tuple[str, ...]:
        return f"{grouped(call.phone)} {call.name}", self.sentence(call)

    def _place(self, terms: Terms) -> str:
        language = self._context.words.language
        region = self._catalogue.region_name(terms.region, language)
        return self._context.words.text("listing.place", region=region, address=terms.address)

    def _call(self, each: News, worker_id: UUID, note: CallNote | None) -> Call | None:
        read = self._context.read
        person, placement = read.worker(worker_id), read.placement(each.placement_id)
        if person is not None and person.consent.withdrawn_at is not None:
            return None  # who does not want to be listed does not want to be called
        if person is not None:
            name, phone = person.name, person.phone
        elif placement is not None:  # another kiosk's worker, who applied here
            name, phone = placement.worker_name, placement.worker_phone
        elif each.guest is not None:  # … and was refused by the city: nobody else knows that they were here
            name, phone = each.guest.name, each.guest.phone
        else:
            return None
        kept = note if note is not None and note.news == each.kind else None
        return Call(news=each, worker_id=worker_id, name=name, phone=phone, note=kept)
