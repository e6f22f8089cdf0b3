"""Saved drafts: who has to leave in the middle of a form may go on within a quarter of an hour, and nobody after that.

Only a draft that the person chose to save is kept. It lies in the encrypted database of this kiosk, never leaves it,
and is gone for good when its time is up, when it is finished, or after wrong tries.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.domain.refusal import Refusal
from kiosk.services.context import Context
from kiosk.services.notice import queue_notice
from kiosk.services.ports import AuditEntry, UnitOfWork
from kiosk.services.saved_draft import SavedDraft
from kiosk.services.slip_issue import Issued
from kiosk.services.staff import StaffSession

KEPT = timedelta(minutes=15)
TAIL = 4
#: Wrong last four digits; after that only staff open it.
MOST_TRIES = 3
SERIES = "draft"
PAPER = "draft_note"
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftForm:
    """What is to be saved.

    Attributes:
        flow: which form, by name.
        pages: names of the pages of the form, up to the one that was shown.
        body: the draft, as bytes of the screen's own; ID numbers left out.
        phone: as typed so far; its last four digits open the draft again.
    """

    flow: str
    pages: tuple[str, ...]
    body: bytes
    phone: str = ""


class Drafts:
    """Saves, lists and opens drafts. Writes: database lane; ``waiting``: the same, it sweeps first."""

    def __init__(self, context: Context, station: str) -> None:
        """Take the ports, and the station's name for the paper."""
        self._context = context
        self._station = station

    def save(self, form: DraftForm, number: int | None = None) -> SavedDraft:
        """Keep a draft for ``KEPT`` from now; ``number`` is the one it had when it was saved before."""
        now = self._context.now()
        digits = "".join(each for each in form.phone if each.isascii() and each.isdigit())
        with self._context.unit_of_work() as uow:
            _sweep(uow, now)
            known = number is not None and uow.draft(number) is not None
            draft = SavedDraft(
                number=number if known and number is not None else uow.next_number(SERIES),
                flow=form.flow,
                pages=form.pages,
                body=form.body,
                tail=digits[-TAIL:] if len(digits) >= TAIL else "",
                saved_at=now,
                until=now + KEPT,
            )
            uow.put_draft(draft)
            uow.audit(_line(now, "self", "draft.save"))
            uow.commit()
        return draft

    def paper(self, draft: SavedDraft) -> Issued:
        """The number on paper, ready for the printer; nothing of what was typed stands on it. Database lane."""
        context, words = self._context, self._context.words
        values = {
            "draft_number": spoken(draft.number),
            "kept_until": words.time(draft.until),
            "how": words.text("draft.how" if draft.tail else "draft.how_staff"),
        }
        with context.unit_of_work() as uow:
            issued = queue_notice(context, uow, self._station, PAPER, spoken(draft.number), values)
            uow.commit()
        return issued

    def waiting(self) -> tuple[SavedDraft, ...]:
        """What can still be opened, newest first; what is too old is removed for good."""
        now = self._context.now()
        with self._context.unit_of_work() as uow:
            swept = _sweep(uow, now)
            found = tuple(sorted(uow.drafts(), key=lambda each: each.saved_at, reverse=True))
            if swept:
                uow.commit()
        return found

    def check(self, number: str) -> None:
        """Whether there is a draft of that number which its person can open: said before the digits are asked for.

        Raises:
            Refusal: no such draft any more, too many tries, or no phone was typed: then staff open it.
        """
        now = self._context.now()
        with self._context.unit_of_work() as uow:
            if _sweep(uow, now):
                uow.commit()
            refusal = _barred(_found(uow, number))
        if refusal is not None:
            raise refusal

    def open(self, number: str, tail: str) -> SavedDraft:
        """The person's own draft, by its number and the last four digits of the phone that stands in it.

        Raises:
            Refusal: no such draft any more, wrong digits, too many tries, or no phone was typed: then staff open it.
        """
        now = self._context.now()
        with self._context.unit_of_work() as uow:
            swept = _sweep(uow, now)
            draft = _found(uow, number)
            refusal = _why_not(draft, tail.strip())
            if draft is not None and refusal is not None and draft.tail:
                uow.put_draft(replace(draft, tries=draft.tries + 1))
            if swept or refusal is not None:
                uow.commit()
        if refusal is not None or draft is None:
            raise refusal or Refusal("refusal.draft_unknown", "draft_number")
        return draft

    def open_by_staff(self, number: int, session: StaffSession) -> SavedDraft:
        """A draft that staff go on with, on behalf.

        Raises:
            Refusal: it is too late.
        """
        now = self._context.now()
        with self._context.unit_of_work() as uow:
            _sweep(uow, now)
            draft = uow.draft(number)
            if draft is not None:
                uow.audit(_line(now, f"staff:{session.staff_id}", "draft.open"))
            uow.commit()
        if draft is None:
            raise Refusal("refusal.draft_unknown")
        return draft

    def drop(self, number: int) -> None:
        """It is finished, or not wanted any more."""
        with self._context.unit_of_work() as uow:
            uow.drop_draft(number)
            uow.commit()


def spoken(number: int) -> str:
    """A draft's number as it is shown, said and printed: four digits."""
    return f"{number:04d}"


def _sweep(uow: UnitOfWork, now: datetime) -> bool:
    """Remove what is too old, and what was saved in a future that a wrong clock made up; whether there was any."""
    gone = [each for each in uow.drafts() if not each.saved_at <= now < each.until]
    for each in gone:
        uow.drop_draft(each.number)
    return bool(gone)


def _found(uow: UnitOfWork, number: str) -> SavedDraft | None:
    digits = number.strip()
    return uow.draft(int(digits)) if _NUMBER.fullmatch(digits) else None


def _barred(draft: SavedDraft | None) -> Refusal | None:
    if draft is None:
        return Refusal("refusal.draft_unknown", "draft_number")
    if not draft.tail or draft.tries >= MOST_TRIES:
        return Refusal("refusal.draft_staff")
    return None


def _why_not(draft: SavedDraft | None, tail: str) -> Refusal | None:
    refusal = _barred(draft)
    if refusal is None and draft is not None and draft.tail != tail:
        return Refusal("refusal.draft_tail", "draft_tail")
    return refusal


def _line(at: datetime, actor: str, action: str) -> AuditEntry:
    return AuditEntry(at=at, actor=actor, action=action, entity="draft", entity_id=None)
