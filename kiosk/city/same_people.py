"""In the office, with the key out of the safe: who is registered twice, by the ID numbers that nobody else can read.

The sealed boxes are opened one by one, and what is kept of a number is its hash under a key that is made for this run
and forgotten with it. Nothing of it is written, said or sent; what comes out is pairs of registrations.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from kiosk.city import merging
from kiosk.city.batch import CITY_KIOSK, Decided, items_of, promote_waiting
from kiosk.city.context import CityContext
from kiosk.city.store import CityTransaction
from kiosk.city.stored import CityOp, Wanted
from kiosk.domain.decide import decide
from kiosk.domain.operations import KINDS, Actor, Operation
from kiosk.domain.person_operations import MergeWorkers
from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind
from kiosk.protocol.codec import encode
from kiosk.protocol.sealing import SealBroken, unseal

PAGE = 500
KEY_BYTES = 32
_FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two registrations under one ID number; the earlier one stays."""

    stays: Worker
    goes: Worker


@dataclass(slots=True)
class Found:
    """What the boxes say; ``closed``: boxes that are not for this key (of stations that never joined)."""

    opened: int = 0
    closed: int = 0
    pairs: list[Pair] = field(default_factory=list)


def find(city: CityContext, private: bytes) -> Found:
    """Compare all registrations whose ID number the key opens. Nothing is changed.

    Args:
        city: the city.
        private: the city's own X25519 key, 32 bytes.
    """
    found, first_with = Found(), dict[bytes, Worker]()
    once = city.random(KEY_BYTES)
    for worker in _workers(city):
        identity = worker.identity
        if worker.merged_into is not None or identity is None or not identity.sealed:
            continue
        if worker.consent.withdrawn_at is not None or not worker.name:
            continue
        try:
            mark = hmac.digest(once, unseal(identity.sealed, private), sha256)
        except SealBroken:
            found.closed += 1
            continue
        found.opened += 1
        stays = first_with.setdefault(mark, worker)
        if stays is not worker:
            found.pairs.append(Pair(stays=stays, goes=worker))
    return found


def _workers(city: CityContext) -> Iterator[Worker]:
    """All of them, in the order in which they were registered; a few at a time, and no transaction in between."""
    after = _FIRST
    while True:
        page = city.store.read(lambda tx, after=after: tx.workers_after(after, PAGE))  # type: ignore[misc] # mypy and defaults of lambdas
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].id


def merge(city: CityContext, pair: Pair) -> str:
    """Make one of them, as an operation of the city, with a line in its log.

    Returns:
        "" when it is done, else the key of the refusal.
    """
    return city.store.run(lambda tx: _merge(city, tx, pair))


def _merge(city: CityContext, tx: CityTransaction, pair: Pair) -> str:
    both, at = frozenset((pair.stays.id, pair.goes.id)), city.now()
    records = merging.load_people(tx, Wanted(workers=both, leaving=both, proven=both, advertising=both))
    op = Operation(
        op_id=city.new_id(at),
        kind=KINDS[MergeWorkers],
        at=at,
        kiosk=CITY_KIOSK,
        actor=Actor(kind=ActorKind.CITY),
        body=MergeWorkers(new_id=pair.stays.id, old_id=pair.goes.id),
    )
    try:
        changes = decide(op, records, city.rules)
    except Refusal as refusal:
        return refusal.key
    for record in changes.puts:
        records.put(record)
    decided = Decided(records)
    entry = CityOp(subject=pair.stays.id, op_id=op.op_id, kind=op.kind, op=encode(op))
    promote_waiting(city, decided, at)
    changed = records.changed()
    if changed:
        tx.note([entry, *decided.city_ops], at)
        tx.publish(items_of(decided, changed, CITY_KIOSK), changed)
    return ""
