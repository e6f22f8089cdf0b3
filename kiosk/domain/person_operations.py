"""What is done about people who are known at several kiosks: bodies of operations (``kiosk.domain.operations``)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kiosk.domain.records import Consent, Identity, Worker
from kiosk.domain.values import PayUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A worker of the kiosk ``home`` who stands at this one, as far as the rules here need to know them."""

    name: str
    phone: str
    home: str
    birth_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeWorkers:
    """worker.merge/1 — two registrations are one person; the one under ``new_id`` stands for both from now on.

    ``guest``: what the kiosk knows of the old one when it is another kiosk's; the city has its own. ``agreed``: version
    of the text that the person agreed to; "" where no other kiosk comes to know them by it.
    """

    new_id: UUID
    old_id: UUID
    guest: Guest | None = None
    agreed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberWorker:
    """worker.remember/1 — a worker of another kiosk wishes to be known here, too. ``agreed``: version of the text."""

    worker_id: UUID
    agreed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveKiosk:
    """worker.leave/1 — who was remembered here does not wish it any more."""

    worker_id: UUID


def as_worker(worker_id: UUID, guest: Guest, at: datetime) -> Worker:
    """What the rules need of somebody whose record is not here."""
    born = guest.birth_date
    return Worker(
        id=worker_id,
        name=guest.name,
        phone=guest.phone,
        trades=(),
        wage_wish_fen=None,
        wage_wish_unit=PayUnit.DAY,
        districts=(),
        identity=None if born is None else Identity(sealed=b"", lookup="", birth_date=born, masked=""),
        consent=Consent(text_version="", given_at=at),
        number=0,
        home=guest.home,
        created_at=at,
        changed_at=at,
    )
