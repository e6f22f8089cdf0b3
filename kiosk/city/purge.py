"""What nobody needs to be told any more: what has long expired, and deletions that every kiosk has long heard of.

Three steps, each in short transactions: a listing whose last day is long over leaves its district's stream as a
deletion, like one that was closed; a job-wanted entry of that age is withdrawn, which erases who it was and what they
wrote, also where its own kiosk is away for good; and deletions of a certain age are forgotten. The stream's fence moves
in the same transaction; a kiosk that was further back reads the stream anew. A kiosk's own stream keeps the records.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from kiosk.city import projections
from kiosk.city.batch import CITY_KIOSK
from kiosk.city.context import CityContext
from kiosk.city.store import CityTransaction
from kiosk.city.stored import CityOp, Projected, Wanted, area_stream
from kiosk.domain.calendar import local_date
from kiosk.domain.decide import decide
from kiosk.domain.listings import LIVE
from kiosk.domain.operations import KINDS, Actor, Operation, WithdrawWanted
from kiosk.domain.values import ActorKind
from kiosk.domain.wanted import KEPT_DAYS
from kiosk.protocol.codec import ENTITY_OF, encode

log = logging.getLogger(__name__)
#: Days that an expired listing or entry is still kept in the market, and that a deletion is still told.
KEEP_DAYS: Final = KEPT_DAYS
#: Rows in one transaction: short, so that no push waits long for their locks.
CHUNK: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How many expired listings left the market's streams, entries were withdrawn, and deletions were forgotten."""

    expired: int
    withdrawn: int
    forgotten: int


def purge(city: CityContext, keep_days: int = KEEP_DAYS, chunk: int = CHUNK) -> Purged:
    """Take out of the streams what is older than ``keep_days``. May be called at any time, and again.

    Raises:
        ValueError: fewer days than none.
        StoreBusy: the database does not answer; what was done is done.
    """
    if keep_days < 0:
        raise ValueError("days to keep")
    now = city.now()
    before = local_date(now) - timedelta(days=keep_days)
    done = Purged(
        expired=expire(city, before, chunk),
        withdrawn=withdraw(city, before, chunk),
        forgotten=forget(city, now - timedelta(days=keep_days), chunk),
    )
    log.info(
        "%d expired listings left the streams, %d expired entries are withdrawn, %d deletions are forgotten",
        done.expired,
        done.withdrawn,
        done.forgotten,
    )
    return done


def expire(city: CityContext, before: date, chunk: int = CHUNK) -> int:
    """Listings that were valid until some day before ``before`` leave the streams of their districts; how many."""
    total, last = 0, UUID(int=0)

    def work(tx: CityTransaction) -> tuple[int, UUID | None]:
        listings = tx.outdated(before, last, chunk)
        # Locked and read again: somebody may be renewing one of them just now.
        records = tx.load(Wanted(listings=frozenset(listings)))
        gone = [
            Projected(
                stream=area_stream(listing.terms.region),
                entity=ENTITY_OF[type(listing)],
                id=listing.id,
                ver=listing.version,
                origin=listing.home,
                body=None,
            )
            for each in listings
            if (listing := records.listing(each)) is not None
            and listing.status in LIVE
            and listing.valid_until < before
        ]
        tx.publish(gone)
        return len(gone), listings[-1] if listings else None

    while True:
        count, at = city.store.run(work)
        if at is None:
            return total
        total, last = total + count, at


def withdraw(city: CityContext, before: date, chunk: int = CHUNK) -> int:
    """Job-wanted entries that were valid until some day before ``before`` are withdrawn; how many."""
    total, last = 0, UUID(int=0)

    def work(tx: CityTransaction) -> Sequence[UUID]:
        lapsed, at = tx.lapsed(before, last, chunk), city.now()
        records, notes = tx.load(Wanted(wanted=frozenset(lapsed))), []
        for wanted_id in lapsed:
            op = _withdrawal(city, wanted_id, at)
            for record in decide(op, records, city.rules).puts:
                records.put(record)
            notes.append(CityOp(subject=wanted_id, op_id=op.op_id, kind=op.kind, op=encode(op)))
        changed = records.changed()
        tx.note(notes, at)
        tx.publish([item for each in changed for item in projections.project(each, records)], changed)
        return lapsed

    while done := city.store.run(work):
        total, last = total + len(done), done[-1]
    return total


def _withdrawal(city: CityContext, wanted_id: UUID, at: datetime) -> Operation:
    return Operation(
        op_id=city.new_id(at),
        kind=KINDS[WithdrawWanted],
        at=at,
        kiosk=CITY_KIOSK,
        actor=Actor(kind=ActorKind.CITY),
        body=WithdrawWanted(wanted_id=wanted_id),
    )


def forget(city: CityContext, before: datetime, chunk: int = CHUNK) -> int:
    """Deletions (and verdicts, which nobody holds) from before ``before`` are told no more; how many."""
    total = 0
    for stream in city.store.run(lambda tx: tx.streams()):
        while True:
            count = city.store.run(lambda tx, stream=stream: tx.purge(stream, before, chunk))  # type: ignore[misc] # mypy and defaults of lambdas
            total += count
            if count < chunk:
                break
    return total
