"""What became of a worker's applications since they last held paper about them.

Nobody writes down what a worker was told: the newest job slip says it, and the placement says how it stands now. Where
the two differ there is news. A new slip, or the mark on one that is void, ends it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kiosk.domain.calendar import is_over, local_date
from kiosk.domain.listings import VALID_DAYS
from kiosk.domain.operations import Apply
from kiosk.domain.person_operations import Guest
from kiosk.domain.records import Placement, Terms
from kiosk.domain.release import MERGED, clashing
from kiosk.domain.values import OPEN, PlacementStatus, SlipKind
from kiosk.services.context import slip_number
from kiosk.services.ports import ReadModel, SlipJob
from kiosk.services.slip_content import CONFIRMED, VOID, WAITLISTED, SlipContent

#: A worker who cancels, or withdraws consent, gives no other reason, and has no need to be told.
OWN_REASONS = frozenset({"", "consent_withdrawn"})


class NewsKind(StrEnum):
    """What a worker has to hear.

    They have the place now, they wait again; two applications of theirs for one listing are one now; two places that
    they hold are at the same time; they waited in vain, they have lost the place.
    """

    SETTLED = "settled"
    WAITING = "waiting"
    MERGED = "merged"
    CLASH = "clash"
    MISSED = "missed"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One application that stands otherwise than the worker's paper says.

    Attributes:
        placement_id: of the application.
        told: the newest slip.
        terms: of the job; None when the city has refused the application and the listing is gone.
        guest: who applied, where the city has refused another kiosk's worker: all that is left of them here.
    """

    kind: NewsKind
    placement_id: UUID
    told: SlipContent
    terms: Terms | None
    guest: Guest | None = None

    @property
    def has_slip(self) -> bool:
        """Whether there is a slip that would be true."""
        return self.kind not in {NewsKind.MISSED, NewsKind.LOST}

    @property
    def ends_old_slip(self) -> bool:
        """Whether the slip that they hold is void from now on."""
        return self.kind in {NewsKind.MERGED, NewsKind.MISSED, NewsKind.LOST}


def news_for(read: ReadModel, worker_id: UUID, now: datetime, also: Sequence[UUID] = ()) -> tuple[News, ...]:
    """A worker's news, good ones first. Jobs whose last day is over are no news; a place in work that is done neither.

    ``also``: other ids of a worker whose record is not here.
    """
    read_here = {(note.placement_id, note.news) for note in read.call_notes() if note.on_screen}
    found = [*_of_placements(read, worker_id, now), *_of_refused(read, (worker_id, *also), now)]
    found = [each for each in found if (each.placement_id, each.kind) not in read_here]
    order = tuple(NewsKind)
    return tuple(sorted(found, key=lambda each: order.index(each.kind)))


def of_all(read: ReadModel, now: datetime, since: datetime) -> Iterator[tuple[UUID, News]]:
    """The news of everybody who applied here since then, with the id of the worker."""
    for placement, jobs in read.placements_with_slips(since):
        news = _of_placement(read, placement, _paper(read, placement.id, _newest(jobs)), now)
        if news is not None:
            yield placement.worker_id, news
    for worker_id in read.busy_workers():
        for news in _of_clashing(read, read.placements_of_worker(worker_id), now):
            yield worker_id, news
    refused = read.refused_applications(None)
    for each in refused:
        news = _of_one_refused(read, each, now)
        if news is not None:
            yield each.worker_id, news


def job_slip(read: ReadModel, placement_id: UUID) -> SlipJob | None:
    """The newest job slip of a placement at this kiosk: what its holder was told here."""
    return _newest(read.slip_jobs(placement_id))


def paper(read: ReadModel, placement_id: UUID) -> SlipContent | None:
    """The newest job slip of a placement, wherever it was numbered: what its holder believes."""
    return _paper(read, placement_id, job_slip(read, placement_id))


def _paper(read: ReadModel, placement_id: UUID, here: SlipJob | None) -> SlipContent | None:
    """Another kiosk's slip is known by number and promise only; where both have one, the later counts."""
    jobs = {job.slip_id for job in read.slip_jobs(placement_id)}
    others = [slip for slip in read.slips_of(placement_id) if slip.state and slip.id not in jobs]
    newest = max(others, key=lambda slip: slip.issued_at, default=None)
    if newest is None or (here is not None and here.queued_at >= newest.issued_at):
        return here.content if here is not None else None
    number = slip_number(newest.home, newest.number)
    return SlipContent(kind=newest.kind.value, number=number, state=newest.state)


def _newest(jobs: Sequence[SlipJob]) -> SlipJob | None:
    slips = [job for job in jobs if job.content.kind == SlipKind.JOB_SLIP]
    # By number, not by time: a clock may have been put back in between.
    return max(slips, key=lambda job: int(job.content.number.rpartition("-")[2]), default=None)


def _of_placements(read: ReadModel, worker_id: UUID, now: datetime) -> Iterator[News]:
    theirs = read.placements_of_worker(worker_id)
    for placement in theirs:
        if placement.terms.date_to < local_date(now):
            continue
        news = _of_placement(read, placement, paper(read, placement.id), now)
        if news is not None:
            yield news
    yield from _of_clashing(read, theirs, now)


def _of_clashing(read: ReadModel, theirs: Sequence[Placement], now: datetime) -> Iterator[News]:
    """Places that two kiosks promised for the same hours: the later one is named, and people decide."""
    for placement in clashing(theirs):
        told = paper(read, placement.id)
        if told is not None and placement.terms.date_to >= local_date(now):
            yield News(kind=NewsKind.CLASH, placement_id=placement.id, told=told, terms=placement.terms)


def keeper(read: ReadModel, merged: Placement) -> Placement | None:
    """The application that counts, of a worker who had two for the same listing; None when that is over, too."""
    return next(
        (
            each
            for each in read.placements_of_worker(merged.worker_id)
            if each.listing_id == merged.listing_id and each.status in OPEN
        ),
        None,
    )


def _of_placement(
    read: ReadModel, placement: Placement, told: SlipContent | None, now: datetime
) -> News | None:
    kind = _kind(placement, told.state) if told is not None and told.state else None
    if kind is NewsKind.MERGED and keeper(read, placement) is None:
        return None
    if told is None or kind is None or placement.terms.date_to < local_date(now):
        return None
    if kind is NewsKind.SETTLED and is_over(placement.terms, now):
        return None  # nobody is sent to work that was over before they heard of it
    return News(kind=kind, placement_id=placement.id, told=told, terms=placement.terms)


def _kind(placement: Placement, told: str) -> NewsKind | None:
    """What is to be said about a placement to somebody who was told that state, if anything."""
    match placement.status:
        case PlacementStatus.CONFIRMED if told == WAITLISTED:
            return NewsKind.SETTLED
        case PlacementStatus.WAITLISTED if told == CONFIRMED:
            return NewsKind.WAITING
        case PlacementStatus.CANCELLED if placement.reason in OWN_REASONS:
            return None
        case PlacementStatus.CANCELLED if placement.reason == MERGED:
            return NewsKind.MERGED if told != VOID else None
        case PlacementStatus.CANCELLED | PlacementStatus.DECLINED:
            return _gone(told)
        case _:
            return None


def _gone(told: str) -> NewsKind | None:
    if told == VOID:
        return None
    return NewsKind.LOST if told == CONFIRMED else NewsKind.MISSED


def _of_refused(read: ReadModel, worker_ids: Collection[UUID], now: datetime) -> Iterator[News]:
    """Applications that the city has refused: nothing is left of them here but the slip."""
    theirs = (each for worker_id in worker_ids for each in read.refused_applications(worker_id))
    for refused in {each.placement_id: each for each in theirs}.values():
        news = _of_one_refused(read, refused, now)
        if news is not None:
            yield news


def _of_one_refused(read: ReadModel, refused: Apply, now: datetime) -> News | None:
    slip = job_slip(read, refused.placement_id)
    kind = _gone(slip.content.state) if slip is not None else None
    if slip is None or kind is None or read.placement(refused.placement_id) is not None:
        return None
    listing = read.listing(refused.listing_id)
    terms = listing.terms if listing is not None else None
    # Nobody knows any more when the work was to be: as long as a listing may last, somebody may still go there.
    last = terms.date_to if terms is not None else local_date(slip.queued_at) + timedelta(days=VALID_DAYS)
    if last >= local_date(now):
        told, guest = slip.content, refused.guest
        return News(kind=kind, placement_id=refused.placement_id, told=told, terms=terms, guest=guest)
    return None
