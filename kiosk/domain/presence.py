"""Where a worker is known: the kiosks of their registrations, and those that remember them because they wish so."""

from uuid import UUID

from kiosk.domain.records import Presence, Worker


def homes(worker: Worker) -> frozenset[str]:
    """The kiosks that know the person and may act for them: where they are registered, or only remembered."""
    if not worker.also:
        return frozenset((worker.home,))
    return frozenset((worker.home, *(each.kiosk for each in worker.also)))


def registered_at(worker: Worker) -> frozenset[str]:
    """The kiosks at which the person is registered: they hold the whole record."""
    return frozenset((worker.home, *(each.kiosk for each in worker.also if each.id is not None)))


def ids(worker: Worker) -> tuple[UUID, ...]:
    """The person's id, and those of their other registrations, which are no more."""
    return (worker.id, *(each.id for each in worker.also if each.id is not None))


def not_remembered(worker: Worker) -> tuple[Presence, ...]:
    """What is left of ``also`` when nobody may remember the person any more."""
    return tuple(each for each in worker.also if each.id is not None)
