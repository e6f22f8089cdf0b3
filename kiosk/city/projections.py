"""What each stream shows of a record. What is not written here cannot leak: every projection names its fields.

A kiosk's own stream shows its own records whole. An area stream shows listings that are in the market, and of them
only what a poster on the wall would say; and job-wanted entries, which never say whose they are. A placement is shown
to the kiosks of the worker, of the listing, and where it was made; an invitation to those of employer and worker.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from uuid import UUID

from kiosk.city.memory import LoadedRecords
from kiosk.city.stored import Projected, area_stream, device_stream
from kiosk.domain import merging, presence
from kiosk.domain.listings import LIVE
from kiosk.domain.records import (
    CentralSlots,
    Employer,
    Identity,
    Invitation,
    JobWanted,
    Lease,
    Listing,
    Placement,
    Record,
    Slip,
    Worker,
)
from kiosk.domain.state import Records
from kiosk.domain.values import SlipKind, WantedStatus
from kiosk.protocol.codec import ENTITY_OF, encode
from kiosk.protocol.messages import ALIAS_ENTITY, VERDICT_ENTITY, Alias, Verdict

#: Fields of a listing on a public stream. Not: findings, who reviewed it and why, source.
PUBLIC_LISTING = frozenset(
    {
        "id",
        "employer_id",
        "employer_name",
        "employer_kind",
        "terms",
        "status",
        "taken",
        "number",
        "home",
        "posted_at",
        "published_at",
        "valid_until",
        "changed_at",
        "version",
    }
)
#: Fields of a job-wanted entry on a public stream. Not: the way to the worker's record.
PUBLIC_WANTED = frozenset(
    {
        "id",
        "surname",
        "phone_masked",
        "offer",
        "status",
        "number",
        "home",
        "posted_at",
        "valid_until",
        "changed_at",
        "version",
    }
)
#: What stands in the place of the fields that are not public, so that the record keeps its form.
_BLANK: dict[str, object] = {"source": "self", "findings": [], "review_reason": "", "reviewed_by": None}


def public_listing(listing: Listing) -> bytes:
    """The listing as anybody may read it."""
    shown = {name: getattr(listing, name) for name in _LISTING_FIELDS if name in PUBLIC_LISTING}
    return encode({name: shown.get(name, _BLANK.get(name)) for name in _LISTING_FIELDS})


def public_wanted(wanted: JobWanted) -> bytes:
    """The entry as anybody may read it: nothing that is not named above, whoever adds it to the record."""
    return encode({name: getattr(wanted, name) if name in PUBLIC_WANTED else None for name in _WANTED_FIELDS})


#: Records that have changed: kind and id.
Done = Collection[tuple[type[Record], UUID]]
_LISTING_FIELDS = tuple(field.name for field in fields(Listing))
_WANTED_FIELDS = tuple(field.name for field in fields(JobWanted))


def project(record: Record, records: Records) -> Iterable[Projected]:
    """The record's state in every stream that shows it; nothing for the city's own reserve.

    Args:
        record: as saved, with its new version.
        records: for the home of a placement's worker.
    """
    match record:
        case Worker():
            return _worker(record, records)
        case Employer():
            return [_whole(home, record, record.id) for home in merging.homes(record)]
        case Slip():
            return [_whole(home, record, record.id) for home in sorted(_holders(record, records))]
        case Lease():
            return (_whole(record.home, record, record.listing_id),)
        case Listing():
            return _listing(record)
        case Placement():
            homes = {record.home, record.listing_home, *_worker_homes(record.worker_id, records)}
            return [_whole(home, record, record.id) for home in sorted(homes)]
        case JobWanted():
            return _wanted(record)
        case Invitation():
            return [_whole(home, record, record.id) for home in sorted({record.home, record.worker_home})]
        case CentralSlots():
            return ()


def verdict(kiosk: str, said: Verdict) -> Projected:
    """A verdict as a notice in the kiosk's own stream, for a kiosk that lost the answer for good."""
    return Projected(
        stream=device_stream(kiosk),
        entity=VERDICT_ENTITY,
        id=said.op_id,
        ver=1,
        origin=kiosk,
        body=encode(said),
    )


def alias(kiosk: str, entity: str, old: UUID, now: UUID) -> Projected:
    """Tells the kiosk that made a record which other one it is now."""
    body = encode(Alias(entity=entity, now=now))
    return Projected(stream=device_stream(kiosk), entity=ALIAS_ENTITY, id=old, ver=1, origin=kiosk, body=body)


def gone(kiosk: str, entity: str, record_id: UUID) -> Projected:
    """Tells a kiosk that the city does not have a record which the kiosk had made on its own."""
    return Projected(stream=device_stream(kiosk), entity=entity, id=record_id, ver=0, origin=kiosk, body=None)


def _holders(slip: Slip, records: Records) -> set[str]:
    """Who has to know what a slip told its holder: its kiosk, and those that may tell the worker something else."""
    placement = records.placement(slip.subject_id) if slip.kind is SlipKind.JOB_SLIP else None
    if placement is None:
        return {slip.home}
    return {slip.home, placement.home, *_worker_homes(placement.worker_id, records)}


def _worker_homes(worker_id: UUID, records: Records) -> frozenset[str]:
    worker = records.worker(worker_id)
    return presence.homes(worker) if worker is not None else frozenset()


def _worker(worker: Worker, records: Records) -> list[Projected]:
    """Whole to where they are registered, without the ID number to where they are only remembered.

    What is left of a registration that was merged goes to all of them: papers name its id.
    """
    person = records.worker(worker.id) or worker
    whole = presence.registered_at(person)
    return [
        _whole(home, worker if home in whole else bare(worker), worker.id)
        for home in sorted(presence.homes(person))
    ]


def bare(worker: Worker) -> Worker:
    """The worker without the ID number: the rules of work need the birth date, and nobody else needs more."""
    identity = worker.identity
    if identity is None:
        return worker
    born = Identity(sealed=b"", lookup="", birth_date=identity.birth_date, masked="")
    return replace(worker, identity=born)


def homes_changed(records: LoadedRecords, done: Done) -> Iterable[Projected]:
    """What kiosks are shown that have come to know a worker, and what is taken from those that do not any more.

    Args:
        records: as the batch leaves them.
        done: records that have changed, and so have been shown to all who know them.
    """
    for worker_id, before in sorted(records.known_before.items()):
        person = records.worker(worker_id)
        if person is None:
            continue
        now = presence.homes(person)
        for kiosk in sorted(now - before):
            yield from _shown_to(kiosk, person, records, done)
        for kiosk in sorted(before - now):
            yield from _withdrawn_from(kiosk, person, records)


def _withdrawn_from(kiosk: str, worker: Worker, records: LoadedRecords) -> Iterable[Projected]:
    """Tombstones of all that a kiosk was shown of a worker whom it does not know any more, but for its own affairs."""
    for worker_id in presence.ids(worker):
        yield gone(kiosk, ENTITY_OF[Worker], worker_id)
    theirs = records.placements_of_worker(worker.id)
    for placement in theirs:
        if kiosk not in {placement.home, placement.listing_home}:
            yield gone(kiosk, ENTITY_OF[Placement], placement.id)
    for slip in records.slips_about(theirs):
        if kiosk not in _holders(slip, records):
            yield gone(kiosk, ENTITY_OF[Slip], slip.id)


def all_of(kiosk: str, worker_id: UUID, records: LoadedRecords, done: Done) -> Iterable[Projected]:
    """All that a kiosk is shown of a person, under whatever id: the records as they are."""
    worker = records.worker(worker_id)
    if worker is not None:
        yield from _shown_to(kiosk, worker, records, done)


def _shown_to(kiosk: str, worker: Worker, records: LoadedRecords, done: Done) -> Iterable[Projected]:
    shown = {(ENTITY_OF[kind], record_id) for kind, record_id in done}
    theirs = records.placements_of_worker(worker.id)
    registrations = [records.registration(each) for each in presence.ids(worker)]
    told: list[Record] = [each for each in registrations if each is not None]
    entries = records.wanted_of_worker(worker.id)
    for record in (*told, *theirs, *entries, *records.slips_about(theirs)):
        for item in project(record, records):
            known = (item.entity, item.id) in shown
            if item.stream == device_stream(kiosk) and not known:
                yield item


def _whole(home: str, record: Record, record_id: UUID) -> Projected:
    return Projected(
        stream=device_stream(home),
        entity=ENTITY_OF[type(record)],
        id=record_id,
        ver=record.version,
        origin=home,
        body=encode(record),
    )


def _listing(listing: Listing) -> list[Projected]:
    shown = [_whole(listing.home, listing, listing.id)]
    if listing.published_at is not None:
        public = Projected(
            stream=area_stream(listing.terms.region),
            entity=ENTITY_OF[Listing],
            id=listing.id,
            ver=listing.version,
            origin=listing.home,
            body=public_listing(listing) if listing.status in LIVE else None,
        )
        shown.append(public)
    return shown


def _wanted(wanted: JobWanted) -> list[Projected]:
    """Whole to its own kiosk; in each district that the worker would go to, without the way to the worker's record."""
    public = public_wanted(wanted) if wanted.status is WantedStatus.OPEN else None
    streams = sorted({area_stream(code) for code in wanted.offer.districts})
    entity = ENTITY_OF[JobWanted]
    return [
        _whole(wanted.home, wanted, wanted.id),
        *(
            Projected(
                stream=stream,
                entity=entity,
                id=wanted.id,
                ver=wanted.version,
                origin=wanted.home,
                body=public,
            )
            for stream in streams
        ),
    ]
